// Every page: usable by everybody, valid, with a name of its own, small, in the dark, on paper, on a phone.
import assert from "node:assert/strict";
import { accessible, fits, shot, valid } from "../lib/checks.mjs";
import { Desk } from "../lib/desk.mjs";

const FIRST_BYTES = 150 * 1024;
const LATER_BYTES = 30 * 1024;
const READER = ["/", "/alerts", "/search", "/zones", "/due", "/notices", "/as-of", "/account", "/api", "/api/schemas"];
const WRITER = ["/drafts", "/drafts/new", "/drafts/new/wanted-person", "/drafts/new/vehicle", "/drafts/new/modus-operandi"];

function named(place) {
  return place === "/" ? "feed" : place.slice(1).replaceAll("/", "-");
}

async function walk({ browser, cluster }, login, places) {
  const desk = await Desk.open(browser, cluster.desk("hcm"));
  await desk.page.goto("/sign-in");
  await accessible(desk.page);
  await valid(desk.page);
  await desk.signIn(login);
  await desk.page.waitForURL((url) => url.pathname !== "/sign-in");
  const titles = new Map();
  for (const place of places) {
    await desk.page.goto(place);
    const title = (await desk.page.title()).replace(/^(‼ )?\(\d+\) /, "");
    assert.ok(!titles.has(title), `${place} and ${titles.get(title)} are both called "${title}"`);
    titles.set(title, place);
    await valid(desk.page);
    for (const colorScheme of ["light", "dark"]) {
      await desk.page.emulateMedia({ colorScheme });
      await accessible(desk.page);
      await shot(desk.page, `${named(place)}-${colorScheme}`);
    }
    await desk.page.emulateMedia({ media: "print" });
    const dark = await desk.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.match(dark, /rgb\(255, 255, 255\)|rgba\(0, 0, 0, 0\)/, `${place} is printed on ${dark}`);
    await shot(desk.page, `${named(place)}-print`);
    await desk.page.emulateMedia({ media: null, colorScheme: null });
  }
  await desk.close();
}

/** The bytes on the line, headers and all, until the page is there. */
async function weighed(desk, network, go) {
  let bytes = 0;
  const count = ({ encodedDataLength }) => (bytes += encodedDataLength);
  network.on("Network.loadingFinished", count);
  await go();
  await desk.page.waitForLoadState("load");
  await desk.page.waitForTimeout(300);
  network.off("Network.loadingFinished", count);
  return bytes;
}

export const tests = {
  "a reader's pages are accessible, valid, named, and printed on white": (world) => walk(world, "truc", READER),
  "a writer's pages are too": (world) => walk(world, "soan", WRITER),

  async "on a phone nothing is wider than the screen"({ browser, cluster }) {
    const desk = await Desk.open(browser, cluster.desk("hcm"), {
      viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, colorScheme: "dark",
    });
    await desk.page.goto("/sign-in");
    await fits(desk.page);
    await desk.signIn("truc");
    for (const place of READER) {
      await desk.page.goto(place);
      await fits(desk.page);
      await shot(desk.page, `${named(place)}-phone`);
    }
    await desk.close();
  },

  async "the first page is light, and those after it are lighter"({ browser, cluster }) {
    const desk = await Desk.open(browser, cluster.desk("hcm"));
    const network = await desk.context.newCDPSession(desk.page);
    await network.send("Network.enable");
    const first = await weighed(desk, network, () => desk.page.goto("/sign-in"));
    const feed = await weighed(desk, network, () => desk.signIn("truc"));
    assert.ok(first + feed < FIRST_BYTES, `the form and the feed after it: ${first + feed} bytes`);
    for (const place of ["/alerts", "/due", "/notices"]) {
      const later = await weighed(desk, network, () => desk.page.goto(place));
      assert.ok(later < LATER_BYTES, `${place}: ${later} bytes`);
    }
    await desk.close();
  },
};
