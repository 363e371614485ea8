// The live feed: announced, never thrown under the reader's hands, none missing and none twice.
import assert from "node:assert/strict";
import { Desk } from "../lib/desk.mjs";
import { Line } from "../lib/line.mjs";
import { notice, vehicle, wanted } from "../lib/papers.mjs";
import { until } from "../lib/cluster.mjs";

const ZONE = "hcm-long-an";

async function watching({ browser, cluster }, unit = "long-an") {
  const desk = await Desk.open(browser, cluster.desk(unit));
  await desk.signIn("truc");
  await desk.live();
  return desk;
}

/** Waits until so many are announced, shows them, and holds that each stands there once. */
async function shows(desk, numbers) {
  await until(`${numbers.length} announced`, async () => (await desk.page.title()).includes(`(${numbers.length})`), 30_000);
  await desk.part("fresh").click();
  await until("they are shown", async () => !(await desk.page.title()).includes("("));
  const shown = await desk.numbers();
  for (const number of numbers) assert.equal(shown.filter((one) => one === number).length, 1, `${number} in ${shown}`);
  assert.equal(new Set(shown).size, shown.length, `twice: ${shown}`);
}

export const tests = {
  async "an alert of another province is announced without a reload and shown when asked for"(world) {
    const desk = await watching(world);
    await desk.page.evaluate(() => (globalThis.sameDocument = true));
    const before = await desk.numbers();
    const number = await world.cluster.issue("hcm", wanted("Nguyễn Văn Ví Dụ", "Truy nã (ví dụ)"), ZONE);
    await desk.part("fresh").waitFor();
    assert.match(await desk.page.title(), /^‼ \(1\)/);
    assert.deepEqual(await desk.numbers(), before, "a row moved under the reader");
    await shows(desk, [number]);
    assert.equal(await desk.page.evaluate(() => globalThis.sameDocument), true);
    await desk.close();
  },

  async "two pages of one browser are both told"(world) {
    const desk = await watching(world);
    const other = await desk.tab();
    await other.goto("/");
    await other.locator("#line[data-state=open]").waitFor();
    await world.cluster.issue("hcm", vehicle("59X1-000.01", "Xe mất cắp (ví dụ)"), ZONE);
    await desk.part("fresh").waitFor();
    await other.locator("[data-test=fresh]").waitFor();
    await desk.close();
  },

  async "what came while the line was cut is there when it is back, once"(world) {
    const { browser, cluster } = world;
    const line = await Line.to(cluster.desk("long-an").console);
    const desk = await Desk.open(browser, { ...cluster.desk("long-an"), console: line.console });
    desk.forgive(/net::ERR/);
    await desk.signIn("truc");
    await desk.live();
    const numbers = [];
    const issue = async (when, count) => {
      for (let n = 0; n < count; n += 1) {
        numbers.push(await cluster.issue("hcm", vehicle(`59X1-000.1${numbers.length}`, `Xe mất cắp, ${when} (ví dụ)`), ZONE));
      }
    };
    await issue("trước khi mất mạng", 2);
    await until("two are announced", async () => (await desk.page.title()).includes("(2)"));
    line.cut();
    await desk.page.locator("#line[data-state=away]").waitFor();
    await issue("trong khi mất mạng", 3);
    line.mend();
    await desk.live();
    await shows(desk, numbers);
    await desk.close();
  },

  async "a node that is killed and started again goes on where the page was"(world) {
    const desk = await watching(world);
    desk.forgive(/net::ERR/);
    const { cluster } = world;
    const numbers = [await cluster.issue("hcm", vehicle("59X1-000.21", "Trước khi tắt máy (ví dụ)"), ZONE)];
    await desk.part("fresh").waitFor();
    const start = await cluster.kill("long-an");
    await desk.page.locator("#line[data-state=away]").waitFor();
    for (const n of [2, 3]) numbers.push(await cluster.issue("hcm", vehicle(`59X1-000.2${n}`, `Khi máy tắt ${n} (ví dụ)`), ZONE));
    await start();
    await desk.live();
    await shows(desk, numbers);
    await desk.close();
  },

  async "a pause is unmistakable, and what came meanwhile is there after it"(world) {
    const desk = await watching(world);
    await desk.part("pause").click();
    await desk.page.locator("#paused").waitFor();
    await desk.page.locator("#line[data-state=paused]").waitFor();
    const number = await world.cluster.issue("hcm", notice("Trong lúc tạm dừng (ví dụ)", "Ví dụ"), "cluster");
    assert.equal(await desk.part("fresh").isVisible(), false);
    await until("it is in the node's feed", async () => {
      const answer = await desk.context.request.get("/");
      return (await answer.text()).includes(number);
    });
    assert.equal(await desk.part("fresh").isVisible(), false, "announced during the pause");
    await desk.part("pause").click();
    await until("it is shown", async () => (await desk.numbers()).includes(number));
    await desk.close();
  },

  async "keys walk the rows and are silent while somebody types"(world) {
    const desk = await watching(world);
    const { page } = desk;
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    assert.equal(await page.locator("[data-row].chosen").count(), 1);
    await page.keyboard.press("?");
    await page.locator("#keys[open]").waitFor();
    await page.keyboard.press("Escape");
    await desk.part("sound").click();
    await page.goto("/account");
    await page.locator("#old").focus();
    await page.keyboard.type("j?k/p");
    assert.equal(await page.inputValue("#old"), "j?k/p");
    assert.equal(await page.locator("#keys[open]").count(), 0);
    await desk.close();
  },

  async "filters stand in the address, and back and forward lead through them"(world) {
    const desk = await watching(world);
    const { page } = desk;
    await page.selectOption("select[name=category]", "vehicle");
    await page.click("form.filters button[type=submit]");
    await page.waitForURL(/category=vehicle/);
    await page.locator("[data-row]").first().waitFor();
    const filtered = await desk.numbers();
    await page.goto("/due");
    await page.goBack();
    assert.match(page.url(), /category=vehicle/);
    assert.deepEqual(await desk.numbers(), filtered);
    await page.goBack();
    assert.equal(await page.inputValue("select[name=category]"), "");
    await page.goForward();
    assert.deepEqual(await desk.numbers(), filtered);
    await desk.close();
  },
};
