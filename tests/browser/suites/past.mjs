// As of a moment: the list as it was, made ready in the background, and nothing that can be done there.
import assert from "node:assert/strict";
import { accessible, shot, valid } from "../lib/checks.mjs";
import { Desk } from "../lib/desk.mjs";
import { vehicle } from "../lib/papers.mjs";

export const tests = {
  async "the past is made ready, says that it is the past, and lacks what came later"({ browser, cluster }) {
    const desk = await Desk.open(browser, cluster.desk("hcm"));
    desk.forgive(/status of (404|409)/);
    await desk.signIn("truc");
    await desk.statePurpose();
    await desk.page.goto("/alerts");
    const position = await desk.part("position").textContent();
    const later = await cluster.issue("hcm", vehicle("59-X9 999.99", "Tìm xe sau thời điểm (ví dụ)"), "hcm-long-an");
    await desk.page.goto("/as-of?to=%2Falerts");
    await desk.page.fill("#as-of-position", position);
    await desk.part("show-past").click();
    await desk.part("past").waitFor({ timeout: 30_000 });
    assert.match(await desk.part("past").textContent(), new RegExp(position));
    assert.ok(!(await desk.part("alerts").textContent()).includes(later), "it came later");
    await valid(desk.page);
    await accessible(desk.page);
    await shot(desk.page, "past");
    await desk.page.goto(`/alerts/${later}?as_of=${position}`);
    assert.equal(await desk.part("headline").count(), 0, "it is not there yet");
    await desk.page.goto(`/alerts?as_of=${position}`);
    await desk.page.locator("[data-open]").first().click();
    await desk.part("headline").waitFor();
    assert.ok(await desk.part("past").isVisible(), "the moment goes along");
    assert.equal(await desk.page.locator("[data-test^=add-], [data-test=acknowledge]").count(), 0, "in the past nothing is done");
    await desk.part("present").click();
    await desk.part("headline").waitFor();
    assert.equal(await desk.part("past").count(), 0);
    await desk.close();
  },
};
