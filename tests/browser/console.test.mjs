// The console in a real browser, against the cluster of the demonstration: one cluster, one browser,
// one test at a time.
import { after, before, test } from "node:test";
import { launch } from "./lib/browser.mjs";
import { Cluster } from "./lib/cluster.mjs";
import * as alerts from "./suites/alerts.mjs";
import * as drafts from "./suites/drafts.mjs";
import * as feed from "./suites/feed.mjs";
import * as hostile from "./suites/hostile.mjs";
import * as pages from "./suites/pages.mjs";
import * as past from "./suites/past.mjs";
import * as search from "./suites/search.mjs";
import * as session from "./suites/session.mjs";
import * as trail from "./suites/trail.mjs";
import * as zones from "./suites/zones.mjs";

const world = {};
before(async () => {
  world.cluster = await Cluster.start();
  world.browser = await launch();
}, { timeout: 150_000 });
after(async () => {
  await world.browser?.close();
  await world.cluster?.stop();
}, { timeout: 30_000 });

for (const suite of [session, feed, alerts, search, trail, zones, past, drafts, hostile, pages]) {
  for (const [name, body] of Object.entries(suite.tests)) test(name, { timeout: 60_000 }, () => body(world));
}
