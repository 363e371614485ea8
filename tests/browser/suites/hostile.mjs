// Whatever an event says is text.
import assert from "node:assert/strict";
import { Desk } from "../lib/desk.mjs";
import { hostile, notice, vehicle, wanted } from "../lib/papers.mjs";
import { until } from "../lib/cluster.mjs";

const SCRIPT = `"'><script>globalThis.broken=1</script><img src=x onerror=globalThis.broken=1>`;

export const tests = {
  async "a script in every field that a neighbour can write is shown as text"({ browser, cluster }) {
    const numbers = [];
    for (const content of [wanted("Ví Dụ", `${SCRIPT} người`), vehicle("59X1-000.66", `${SCRIPT} xe`), notice(`${SCRIPT} tin`, "")]) {
      numbers.push(await cluster.issue("hcm", hostile(content, SCRIPT), "cluster"));
    }
    const desk = await Desk.open(browser, cluster.desk("long-an"));
    await desk.signIn("truc");
    await desk.statePurpose();
    await until("all of them are there", async () => {
      await desk.page.goto("/");
      const shown = await desk.numbers();
      return numbers.every((number) => shown.includes(number));
    });
    const places = ["/", "/alerts", "/due", "/notices", ...numbers.map((number) => `/alerts/${number}`)];
    for (const place of places) {
      const answer = await desk.page.goto(place);
      if (answer.status() === 404) throw new Error(`${place} is no page`);
      if (place.startsWith("/alerts/")) assert.ok(await desk.part("headline").isVisible(), `${place} is shown`);
      assert.equal(await desk.page.evaluate(() => globalThis.broken), undefined, place);
      assert.equal(await desk.page.locator("main script, main img[onerror]").count(), 0, place);
    }
    await desk.page.goto("/alerts");
    assert.ok((await desk.page.textContent("main")).includes(SCRIPT), "the text stands there as it was written");
    await desk.close();
  },

  async "a secret that somebody made up opens nothing"({ browser, cluster }) {
    const desk = await Desk.open(browser, cluster.desk("long-an"));
    const url = cluster.desk("long-an").console;
    for (const name of ["giapranh", "session", "giapranh-session", "__Host-giapranh"]) {
      await desk.context.addCookies([{ name, value: "x".repeat(43), url, secure: name.startsWith("__Host") }]).catch(() => {});
    }
    await desk.page.goto("/");
    assert.match(desk.page.url(), /\/sign-in/);
    await desk.close();
  },
};
