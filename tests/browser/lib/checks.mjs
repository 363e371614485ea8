// What must hold of every page: it can be used by everybody, it is valid, it has a name of its own.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { HtmlValidate } from "html-validate";
import { ROOT } from "./cluster.mjs";

export const SHOTS = path.join(ROOT, "tests/browser/shots");
mkdirSync(SHOTS, { recursive: true });

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // Matters of taste: how askama leaves space, and how HTML may be written.
    "no-trailing-whitespace": "off", "attr-quotes": "off", "void-style": "off", "long-title": "off",
    "no-implicit-button-type": "error", "no-inline-style": "error",
    // Lists and buttons are as ARIA has them; `role` on a live region repeats nothing here.
    "no-redundant-role": "off", "prefer-native-element": "off",
    "doctype-style": "off", "attribute-boolean-style": "off", "unique-landmark": "off",
    "text-content": "off", "form-dup-name": "off", "valid-autocomplete": "off", "no-raw-characters": "off",
  },
});

export async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: "tag", values } }), LEVELS);
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`);
  assert.deepEqual(told, [], `axe at ${page.url()}`);
}

export async function valid(page) {
  const answer = await page.context().request.get(page.url());
  const report = await validator.validateString(await answer.text());
  const told = report.results.flatMap(({ messages }) => messages.map(({ ruleId, line, column, message }) => `${ruleId} ${line}:${column} ${message}`));
  assert.deepEqual(told, [], `html-validate at ${page.url()}`);
}

/** Nothing has to be pushed sideways to be read. */
export async function fits(page) {
  const over = await page.evaluate(() => {
    const room = document.documentElement;
    if (room.scrollWidth <= room.clientWidth) return null;
    const wide = [...document.body.querySelectorAll("*")].filter((part) => part.getBoundingClientRect().right > room.clientWidth + 1);
    return `${room.scrollWidth} > ${room.clientWidth}: ${wide.slice(0, 5).map((part) => part.tagName + "." + part.className).join(", ")}`;
  });
  assert.equal(over, null, `wider than the screen: ${page.url()}`);
}

export function shot(page, name, options = {}) {
  return page.screenshot({ path: path.join(SHOTS, `${name}.png`), ...options });
}
