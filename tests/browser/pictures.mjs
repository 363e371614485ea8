// Draws the pictures of the guide and the README from the demonstration and its story: docs/images.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { launch } from "./lib/browser.mjs";
import { Cluster, ROOT } from "./lib/cluster.mjs";
import { Desk } from "./lib/desk.mjs";

const FOLDER = path.join(ROOT, "docs/images");
mkdirSync(FOLDER, { recursive: true });

const cluster = await Cluster.start({ story: true });
const browser = await launch();
try {
  const draw = async (unit, login, place, name, options = {}) => {
    const desk = await Desk.open(browser, cluster.desk(unit), { viewport: { width: 1040, height: 640 }, ...options });
    await desk.signIn(login);
    await desk.statePurpose();
    await desk.page.goto(typeof place === "function" ? await place(desk) : place);
    await desk.page.evaluate(() => document.fonts.ready);
    await desk.page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
    await desk.close();
  };
  const first = (list, selector) => async (desk) => {
    await desk.page.goto(list);
    return desk.page.locator(selector).first().getAttribute("href");
  };
  await draw("hcm", "truc", "/", "feed");
  await draw("hcm", "truc", first("/alerts?status=all&category=wanted-person", "[data-test=alerts] [data-open]"), "alert");
  await draw("hcm", "truc", "/due?whose=province", "due");
  await draw("hcm", "truc", "/zones?period=month", "zones");
  await draw("hcm", "duyet", first("/drafts", "[data-test=draft-row] a"), "draft");
  await draw("long-an_duc-hoa", "truc", "/", "phone", {
    viewport: { width: 390, height: 720 }, isMobile: true, hasTouch: true, colorScheme: "dark",
  });
} finally {
  await browser.close();
  await cluster.stop();
}
