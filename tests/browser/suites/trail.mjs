// The trail: an auditor sees who was shown what, and what was said with it leaves a trace in turn.
import assert from "node:assert/strict";
import { accessible, fits, shot, valid } from "../lib/checks.mjs";
import { Desk } from "../lib/desk.mjs";
import { wanted } from "../lib/papers.mjs";

export const tests = {
  async "an auditor sees who was shown an alert, and that the auditor read what for is seen as well"({ browser, cluster }) {
    const number = await cluster.issue("hcm", wanted("Lê Thị Thử Nghiệm", "Truy nã: ai đã xem (ví dụ)"), "hcm-long-an");
    const reader = await Desk.open(browser, cluster.desk("hcm"));
    await reader.signIn("truc");
    await reader.statePurpose();
    await reader.page.goto(`/alerts/${number}`);
    await reader.part("headline").waitFor();
    await reader.close();

    const desk = await Desk.open(browser, cluster.desk("hcm"));
    await desk.signIn("thanh-tra");
    await desk.page.waitForURL((url) => url.pathname === "/");
    await desk.page.getByRole("link", { name: "Lượt xem" }).click();
    await desk.part("trail").waitFor();
    await desk.page.fill("[name=alert]", number);
    await desk.page.locator("[data-test=filters] button").click();
    const rows = desk.part("trail").locator("tbody tr");
    const viewed = rows.filter({ hasText: "xem · bảng trực ban" }).first();
    await viewed.waitFor();
    assert.match(await viewed.textContent(), new RegExp(number));
    await valid(desk.page);
    for (const colorScheme of ["light", "dark"]) {
      await desk.page.emulateMedia({ colorScheme });
      await accessible(desk.page);
    }
    await shot(desk.page, "trail", { fullPage: true });
    await desk.page.setViewportSize({ width: 390, height: 800 });
    await fits(desk.page);
    await desk.page.setViewportSize({ width: 1280, height: 900 });

    await viewed.getByRole("link", { name: "mục đích" }).click();
    await desk.part("state-purpose").waitFor();
    await desk.part("usual").selectOption("inspection");
    await desk.part("go-on").click();
    await desk.part("said").waitFor();
    assert.match(await desk.part("said").textContent(), /Trực ban, xem tin báo/);
    await valid(desk.page);
    await accessible(desk.page);
    await desk.page.goto("/trail");
    const read = rows.filter({ hasText: "đọc nội dung đã nêu, đã gõ" }).first();
    await read.waitFor();
    await desk.close();
  },
};
