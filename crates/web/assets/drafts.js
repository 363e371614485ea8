// How a draft is while it is written: saved, not yet, or not at all. Saving itself is htmx's, and the
// buttons work without either.
"use strict";

(() => {
  const form = document.querySelector("[data-draft]");
  for (const element of document.querySelectorAll("[data-focus]")) element.focus();
  if (form === null) return;
  const state = document.getElementById("draft-state");
  let saving = false;
  let pressed = null;

  function say(text) {
    const span = document.createElement("span");
    span.className = "state-text bad";
    span.dataset.test = "state";
    span.textContent = text;
    state.replaceChildren(span);
  }

  form.addEventListener("input", () => say(form.dataset.dirty));
  form.addEventListener("htmx:beforeRequest", () => {
    saving = true;
    say(form.dataset.saving);
  });
  form.addEventListener("htmx:afterRequest", () => {
    saving = false;
    const button = pressed;
    pressed = null;
    // The answer has to have renewed the version first.
    if (button !== null) setTimeout(() => form.requestSubmit(button), 50);
  });
  for (const kind of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    form.addEventListener(kind, () => say(form.dataset.failed));
  }

  // Pressed while the draft is just saving itself: after that, or this would be a conflict with oneself.
  form.addEventListener("submit", (event) => {
    if (!saving) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = event.submitter;
  });
})();
