// What every page does beyond its links and forms: keys, countdowns, the table of keys. Text is only
// ever set as text, and nothing here is needed to read or to send.
"use strict";

(() => {
  const body = document.body;
  const words = JSON.parse(body.dataset.words);
  // The node's clock counts: this machine's may be wrong.
  const ahead = Number(body.dataset.now) - Date.now();
  // In the past no time passes.
  const now = () => (body.dataset.past ? Number(body.dataset.now) : Date.now() + ahead);

  // "còn {x}" with x in its place.
  const say = (key, x) => (words[key] ?? "").replace("{x}", () => x);

  // As the server says it: one unit, rounded down.
  function span(ms) {
    const s = Math.max(0, Math.floor(ms / 1000));
    if (s < 60) return say("s", s);
    if (s < 3600) return say("min", Math.floor(s / 60));
    return s < 172800 ? say("h", Math.floor(s / 3600)) : say("d", Math.floor(s / 86400));
  }

  // A countdown shows seconds as well: it is about minutes.
  function clock(ms) {
    const s = Math.floor(Math.abs(ms) / 1000);
    if (s >= 3600) return span(s * 1000);
    return Math.floor(s / 60) + ":" + String(s % 60).padStart(2, "0");
  }

  function set(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function tick() {
    for (const element of document.querySelectorAll("[data-due]")) {
      const left = Number(element.dataset.due) - now();
      element.classList.toggle("over", left <= 0);
      element.classList.toggle("soon", left > 0 && left < 120_000);
      set(element, say(left > 0 ? "left" : "over", clock(left)));
    }
    for (const element of document.querySelectorAll("[data-since]")) {
      set(element, span(now() - Number(element.dataset.since)));
    }
  }

  tick();
  setInterval(tick, 1000);

  // Keys. Vietnamese is typed with letters that combine (Telex), so nothing happens while typing.
  const help = document.getElementById("keys");
  const isTyping = (event) =>
    event.isComposing ||
    event.target.closest("input, textarea, select, [contenteditable]") !== null;

  function move(step) {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (rows.length === 0) return;
    const at = rows.findIndex((row) => row.classList.contains("chosen"));
    const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
    for (const row of rows) row.classList.toggle("chosen", row === rows[next]);
    const link = rows[next].querySelector("[data-open], a");
    if (link !== null) link.focus({ preventScroll: true });
    rows[next].scrollIntoView({ block: "nearest" });
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (body.dataset.keys === "off" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (isTyping(event) || help.open) return;
    const button = document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (button !== null && !button.hidden) {
      event.preventDefault();
      if (button.matches("input")) button.focus();
      else button.click();
    } else if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // A form is sent once, however often the button is pressed on a slow line.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post" || event.defaultPrevented) return;
    if (event.target.dataset.sent === "yes") event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  // Coming back to a page by the browser's history, its forms may be sent again.
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  globalThis.giapranh = { say, words, tick };
})();
