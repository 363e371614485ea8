// The page of an alert: two consoles act on it, each sees what the other did.
import assert from "node:assert/strict";
import { accessible, shot, valid } from "../lib/checks.mjs";
import { Desk } from "../lib/desk.mjs";
import { wanted } from "../lib/papers.mjs";
import { until } from "../lib/cluster.mjs";

async function reload(desk, what, look) {
  await until(what, async () => {
    const answer = await desk.page.reload();
    return answer.status() === 200 && look();
  });
}

export const tests = {
  async "a hit is reported at one console, counts down, and is answered from the other"({ browser, cluster }) {
    const number = await cluster.issue("hcm", wanted("Trần Văn Ví Dụ", "Truy nã: cướp giật (ví dụ)"), "hcm-long-an");
    const finder = await Desk.open(browser, cluster.desk("long-an"));
    finder.forgive(/status of (404|422)/);
    await finder.signIn("truc");
    await finder.statePurpose();
    await finder.page.goto(`/alerts/${number}`);
    await reload(finder, "the alert has arrived", () => finder.part("headline").isVisible());
    await finder.part("acknowledge").click();
    await finder.part("done").waitFor();
    await finder.page.reload();
    assert.equal(await finder.part("acknowledge").count(), 0, "acknowledged once");

    await finder.part("add-hit").click();
    await finder.part("look").click();
    await finder.part("faults").waitFor();
    await valid(finder.page);
    await accessible(finder.page);
    await finder.page.selectOption('[name="/urgency"]', "urgent");
    await finder.page.locator('[name="/hit/place"]').fill("Bến xe Ví Dụ");
    await finder.page.locator('[name="/hit/basis"]').fill("Giống ảnh (ví dụ)");
    await finder.page.selectOption('[name="/hit/certainty"]', "probable");
    await finder.page.locator('[name="/hit/done"]').fill("Đang theo dõi (ví dụ)");
    await finder.part("look").click();
    await finder.part("sent").waitFor();
    assert.match(await finder.part("sent").textContent(), /Bến xe Ví Dụ/);
    assert.match(await finder.part("whom").textContent(), /Long An/);
    await valid(finder.page);
    await accessible(finder.page);
    await shot(finder.page, "confirm", { fullPage: true });
    await finder.part("edit").click();
    assert.equal(await finder.page.locator('[name="/hit/place"]').inputValue(), "Bến xe Ví Dụ");
    await finder.part("look").click();
    await finder.part("send").click();
    await finder.part("done").waitFor();
    const clock = finder.part("hit").locator("[data-due]").first();
    const first = await clock.textContent();
    await until("the countdown goes on", async () => (await clock.textContent()) !== first, 5_000);
    await accessible(finder.page);
    await shot(finder.page, "alert", { fullPage: true });

    const issuer = await Desk.open(browser, cluster.desk("hcm"));
    await issuer.signIn("soan");
    await issuer.statePurpose();
    await issuer.page.goto(`/alerts/${number}`);
    await reload(issuer, "the hit has arrived", async () => (await issuer.part("answer").count()) === 1);
    await issuer.part("answer").click();
    await issuer.page.selectOption('[name="/answer/result"]', "same");
    await accessible(issuer.page);
    await issuer.part("look").click();
    await issuer.part("send").click();
    await issuer.part("done").waitFor();
    assert.equal(await issuer.part("answer").count(), 0, "answered once");
    await valid(issuer.page);
    await finder.page.goto(`/alerts/${number}`);
    await reload(finder, "the answer has arrived", async () => (await finder.part("hit").locator("ul li").count()) === 1);
    await finder.page.emulateMedia({ media: "print" });
    assert.equal(await finder.part("add-hit").isVisible(), false, "what can be done is not printed");
    const paper = await finder.page.pdf({ format: "A4" });
    assert.ok(paper.length > 1_000);
    await finder.close();
    await issuer.close();
  },
};
