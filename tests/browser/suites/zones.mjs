// The zones: a map and a list that say the same, and how the neighbours are.
import assert from "node:assert/strict";
import { accessible, fits, shot, valid } from "../lib/checks.mjs";
import { until } from "../lib/cluster.mjs";
import { Desk } from "../lib/desk.mjs";

export const tests = {
  async "the map says what the list says, and leads to the alerts of a zone"({ browser, cluster }) {
    const desk = await Desk.open(browser, cluster.desk("hcm"));
    await desk.signIn("truc");
    await desk.page.goto("/zones?period=month");
    const listed = new Map();
    for (const row of await desk.part("zones").locator("tbody tr").all()) {
      listed.set(await row.getAttribute("data-zone"), await row.locator("td").first().textContent());
    }
    const drawn = await desk.part("map").locator("a").all();
    assert.equal(drawn.length, listed.size - 1, "all but what is said to the whole cluster");
    for (const zone of drawn) {
      const id = await zone.getAttribute("data-zone");
      assert.equal(await zone.locator("text").textContent(), listed.get(id), id);
      // The outline comes from another file: a box says that it was found there.
      const box = await zone.locator("use").evaluate((part) => part.getBoundingClientRect().width);
      assert.ok(box > 5, `${id} is drawn`);
    }
    assert.ok([...listed.values()].some((count) => Number(count) > 0), "something is in force");
    await until("every neighbour was heard", async () => {
      await desk.page.reload();
      const states = await desk.part("neighbours").locator("tbody tr").allTextContents();
      return states.length > 0 && states.every((state) => !/chưa nghe/.test(state));
    }, 30_000);
    await valid(desk.page);
    await desk.page.setViewportSize({ width: 390, height: 800 });
    await fits(desk.page);
    await accessible(desk.page);
    await shot(desk.page, "zones-phone", { fullPage: true });
    await desk.page.setViewportSize({ width: 1280, height: 900 });
    await shot(desk.page, "zones", { fullPage: true });
    await desk.part("map").locator('a[data-zone="hcm-long-an"]').focus();
    await desk.page.keyboard.press("Enter");
    await desk.page.waitForURL(/\/alerts\?zone=hcm-long-an/);
    await desk.close();
  },
};
