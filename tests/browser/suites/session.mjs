// Coming in, going out, the language, and a browser without scripts.
import assert from "node:assert/strict";
import { Desk } from "../lib/desk.mjs";
import { notice } from "../lib/papers.mjs";
import { until } from "../lib/cluster.mjs";

export const tests = {
  async "a wrong password is told, the right one leads to the feed, and signing out ends it"({ browser, cluster }) {
    const desk = await Desk.open(browser, cluster.desk("long-an"));
    desk.forgive(/status of 401/);
    await desk.signIn("truc", "không phải mật khẩu");
    assert.match(await desk.part("refusal").textContent(), /\S/);
    assert.equal(new URL(desk.page.url()).pathname, "/sign-in");
    await desk.signIn("truc");
    await desk.part("feed").waitFor();
    await desk.part("sign-out").click();
    await desk.page.goto("/due");
    assert.match(desk.page.url(), /\/sign-in\?back=/);
    await desk.close();
  },

  async "the language is switched on every page and stays"({ browser, cluster }) {
    const desk = await Desk.open(browser, cluster.desk("long-an"));
    await desk.signIn("truc");
    assert.equal(await desk.page.getAttribute("html", "lang"), "vi");
    await desk.part("language").click();
    await desk.page.locator("html[lang=en]").waitFor();
    await desk.page.goto("/due");
    assert.equal(await desk.page.getAttribute("html", "lang"), "en");
    await desk.close();
  },

  async "without JavaScript one signs in, reads the feed and opens the list"({ browser, cluster }) {
    const number = await cluster.issue("hcm", notice("Không cần kịch bản (ví dụ)", "Ví dụ"), "cluster");
    const desk = await Desk.open(browser, cluster.desk("long-an"), { javaScriptEnabled: false });
    await desk.signIn("truc");
    await until("the notice is in the feed", async () => {
      await desk.page.goto("/");
      return (await desk.numbers()).includes(number);
    });
    await desk.page.click("nav.pages a[href='/alerts']");
    await desk.part("alerts").getByText("Không cần kịch bản (ví dụ)").waitFor();
    await desk.part("sign-out").click();
    await desk.page.locator("#login").waitFor();
    await desk.close();
  },
};
