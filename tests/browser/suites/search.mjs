// Search: asked once what for, then as people type it.
import assert from "node:assert/strict";
import { accessible, fits, shot, valid } from "../lib/checks.mjs";
import { Desk } from "../lib/desk.mjs";
import { wanted } from "../lib/papers.mjs";

export const tests = {
  async "a search asks once what for, and finds without diacritics"({ browser, cluster }) {
    const number = await cluster.issue("hcm", wanted("Trần Thị Thử Nghiệm", "Truy nã: trộm cắp (ví dụ)"), "hcm-long-an");
    const desk = await Desk.open(browser, cluster.desk("hcm"));
    desk.forgive(/status of 422/);
    await desk.signIn("truc");
    await desk.page.waitForURL((url) => url.pathname === "/");
    await desk.page.keyboard.press("/");
    await desk.page.keyboard.type("thu nghiem tran thi");
    await desk.page.keyboard.press("Enter");
    await desk.part("state-purpose").waitFor();
    await valid(desk.page);
    await accessible(desk.page);
    await shot(desk.page, "search-purpose", { fullPage: true });
    await desk.page.fill("#purpose", "Xác minh tin báo (ví dụ)");
    await desk.part("go-on").click();
    await desk.part("found").waitFor();
    assert.equal(await desk.part("q").inputValue(), "thu nghiem tran thi", "what was asked is not lost");
    const first = desk.part("found").locator("li.row").first();
    assert.match(await first.textContent(), new RegExp(number));
    assert.match(await first.locator("[data-test=because]").textContent(), /Họ và tên.*Trần Thị Thử Nghiệm/s);
    assert.match(await desk.part("purpose").textContent(), /đã được ghi lúc/);
    await valid(desk.page);
    for (const colorScheme of ["light", "dark"]) {
      await desk.page.emulateMedia({ colorScheme });
      await accessible(desk.page);
      await shot(desk.page, `found-${colorScheme}`, { fullPage: true });
    }
    await desk.page.goto("/search?q=kh%C3%B4ng+c%C3%B3+ai");
    await desk.part("nothing").waitFor();
    await desk.page.setViewportSize({ width: 390, height: 800 });
    await desk.page.goto("/search?q=tran+thi");
    await desk.part("found").waitFor();
    await fits(desk.page);
    await shot(desk.page, "found-phone");
    await desk.close();
  },
};
