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
    finder.forgive(/status of 404/);
    await finder.signIn("truc");
    await finder.page.goto(`/alerts/${number}`);
    await reload(finder, "the alert has arrived", () => finder.part("headline").isVisible());
    await finder.part("acknowledge").click();
    await finder.part("done").waitFor();
    await finder.page.reload();
    assert.equal(await finder.part("acknowledge").count(), 0, "acknowledged once");

    const report = finder.part("report");
    await report.locator("summary").click();
    await report.locator('[name=urgency][value=urgent]').check();
    await report.locator("[name=place]").fill("Bến xe Ví Dụ");
    await report.locator("[name=seen_at]").fill(new Date(Date.now() + 7 * 3600_000 - 60_000).toISOString().slice(0, 16));
    await report.locator("[name=basis]").fill("Giống ảnh (ví dụ)");
    await report.locator("[name=certainty]").first().check();
    await report.locator("[name=done]").fill("Đang theo dõi (ví dụ)");
    await report.locator("button[type=submit]").click();
    await finder.part("done").waitFor();
    const clock = finder.part("hit").locator("[data-due]").first();
    const first = await clock.textContent();
    await until("the countdown goes on", async () => (await clock.textContent()) !== first, 5_000);
    await accessible(finder.page);
    await shot(finder.page, "alert", { fullPage: true });

    const issuer = await Desk.open(browser, cluster.desk("hcm"));
    await issuer.signIn("soan");
    await issuer.page.goto(`/alerts/${number}`);
    await reload(issuer, "the hit has arrived", async () => (await issuer.part("answer").count()) === 1);
    await issuer.part("answer").locator("summary").click();
    await issuer.part("answer").locator("[name=result][value=same]").check();
    await accessible(issuer.page);
    await issuer.part("answer").locator("button[type=submit]").click();
    await issuer.part("done").waitFor();
    assert.equal(await issuer.part("answer").count(), 0, "answered once");
    await valid(issuer.page);
    await finder.page.goto(`/alerts/${number}`);
    await reload(finder, "the answer has arrived", async () => (await finder.part("hit").locator("ul li").count()) === 1);
    await finder.page.emulateMedia({ media: "print" });
    assert.equal(await finder.part("report").isVisible(), false, "forms are not printed");
    const paper = await finder.page.pdf({ format: "A4" });
    assert.ok(paper.length > 1_000);
    await finder.close();
    await issuer.close();
  },
};
