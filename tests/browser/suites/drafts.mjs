// A draft in the console: written by one officer, sent back and released by another, seen by a neighbour.
import assert from "node:assert/strict";
import { accessible, shot } from "../lib/checks.mjs";
import { Desk } from "../lib/desk.mjs";

const FIELDS = {
  headline: "Mất xe tại bãi giữ xe (ví dụ)",
  contact: "Trực ban (ví dụ)",
  "ground/date": "29/10/2020",
  "ground/agency": "Công an thành phố (ví dụ)",
  "situation_notice/text": "Đêm hội hoa, dễ mất xe (ví dụ)",
  purpose: "Phòng ngừa (ví dụ)",
};
const CHOICES = { severity: "important", required_action: "inform", handling: "internal", "ground/kind": "directive" };

async function choose(page, name, value) {
  const field = page.locator(`[name="${name}"]`);
  const kind = await field.first().evaluate((part) => part.type ?? part.tagName);
  if (kind.startsWith("select")) return field.selectOption(value);
  return page.locator(`[name="${name}"][value="${value}"]`).check();
}

async function fill(page) {
  for (const [name, value] of Object.entries(FIELDS)) await page.fill(`[name="/content/${name}"]`, value);
  for (const [name, value] of Object.entries(CHOICES)) await choose(page, `/content/${name}`, value);
  await choose(page, "/zones", "cluster");
}

export const tests = {
  async "a draft is kept by itself, sent back with a reason, and released by another officer"({ browser, cluster }) {
    const writer = await Desk.open(browser, cluster.desk("hcm"));
    writer.forgive(/status of 422/);
    await writer.signIn("soan");
    await writer.page.goto("/drafts/new/situation-notice");
    await fill(writer.page);
    await writer.page.locator("[data-test=state]").filter({ hasText: /\d\d:\d\d/ }).waitFor();
    await writer.part("submit").click();
    await writer.part("faults").waitFor();
    assert.equal(await writer.page.evaluate(() => document.activeElement.dataset.test), "faults", "the faults take the focus");
    await accessible(writer.page);
    await shot(writer.page, "draft-faults", { fullPage: true });
    const year = new Date().getFullYear() + 1;
    await writer.page.fill('[name="/content/expires"]', `01/02/${year} 14:00`);
    await writer.part("submit").click();
    await writer.page.waitForURL(/\/drafts\/hcm\/\d+\/\d+/);
    const path = new URL(writer.page.url()).pathname;
    assert.equal(await writer.part("release").count(), 0, "who wrote it may not release it");

    const approver = await Desk.open(browser, cluster.desk("hcm"));
    await approver.signIn("duyet");
    await approver.page.goto("/drafts");
    await approver.part("draft-row").getByRole("link").first().waitFor();
    await approver.page.goto(path);
    await approver.page.fill("#return-reason", "Thiếu địa điểm (ví dụ)");
    await approver.part("return").click();
    await approver.part("done").waitFor();

    await writer.page.goto(path);
    await writer.part("returned").getByText("Thiếu địa điểm (ví dụ)").waitFor();
    await writer.page.fill('[name="/content/headline"]', "Mất xe tại bãi giữ xe Ví Dụ");
    await writer.part("submit").click();
    await writer.page.waitForURL(/done=1/);

    const neighbour = await Desk.open(browser, cluster.desk("long-an"));
    await neighbour.signIn("truc");
    await neighbour.live();
    await approver.page.goto(path);
    await shot(approver.page, "draft", { fullPage: true });
    await accessible(approver.page);
    await approver.part("release").click();
    await approver.part("release-now").click();
    await neighbour.part("fresh").click();
    await neighbour.part("feed").getByText("Mất xe tại bãi giữ xe Ví Dụ").waitFor();
    for (const desk of [writer, neighbour]) await desk.close();
    await approver.close();
  },
};
