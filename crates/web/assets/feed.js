// The live part of the feed. The server has drawn what was there; this announces what is new and
// shows it when asked, so that no row moves under the reader. Text is only ever set as text.
"use strict";

(() => {
  // The server speaks every 15 seconds; a line that is silent for longer is dead.
  const SILENCE_MS = 40_000;
  const RETRY_MS = 3_000;
  const LONGEST_LIST = 500;

  const feed = document.getElementById("feed");
  const line = document.getElementById("line");
  const position = document.getElementById("position");
  const fresh = document.getElementById("fresh");
  const words = JSON.parse(feed.dataset.words);
  const title = document.title;

  let last = Number(feed.dataset.position);
  let waiting = [];
  let source = null;
  let silence = 0;
  let retry = 0;

  function state(name, text) {
    // A status that says the same again would be read out again.
    if (line.textContent !== text) {
      line.dataset.state = name;
      line.textContent = text;
    }
  }

  function heard(event) {
    clearTimeout(silence);
    silence = setTimeout(reconnect, SILENCE_MS);
    if (event.lastEventId !== "") {
      last = Number(event.lastEventId);
      position.textContent = event.lastEventId;
    }
    state("open", "Đang nối, nhận tin trực tiếp");
  }

  function reconnect() {
    state("away", "Mất đường truyền, đang nối lại…");
    source.close();
    clearTimeout(silence);
    clearTimeout(retry);
    retry = setTimeout(connect, RETRY_MS);
  }

  function connect() {
    source = new EventSource("/api/v1/events?after=" + last);
    source.addEventListener("position", heard);
    source.addEventListener("entry", (event) => {
      heard(event);
      const entry = JSON.parse(event.data);
      if (entry !== null) {
        waiting.push(entry);
        announce();
      }
    });
    // The node's log is another one: what is shown here is not its.
    source.addEventListener("reset", () => location.reload());
    source.addEventListener("error", () => {
      // The browser gives up on an answer that is no stream, so the next try is ours.
      reconnect();
      stay();
    });
    silence = setTimeout(reconnect, SILENCE_MS);
  }

  // When the session has ended the page is not for us any more: it becomes the form to sign in.
  function stay() {
    fetch("/", { method: "HEAD" })
      .then((answer) => {
        if (answer.status === 401 || answer.status === 403) {
          location.reload();
        }
      })
      // The line is down: nothing is known, and the next try tells.
      .catch(() => {});
  }

  function announce() {
    fresh.hidden = waiting.length === 0;
    fresh.textContent = waiting.length + " tin mới";
    document.title = waiting.length === 0 ? title : "(" + waiting.length + ") " + title;
  }

  function show() {
    for (const row of feed.querySelectorAll("tr.fresh")) {
      row.classList.remove("fresh");
    }
    const empty = feed.querySelector("tr.empty");
    if (empty !== null) {
      empty.remove();
    }
    for (const entry of waiting) {
      feed.prepend(row(entry));
    }
    waiting = [];
    while (feed.rows.length > LONGEST_LIST) {
      feed.lastElementChild.remove();
    }
    announce();
    feed.closest("table").scrollIntoView({ block: "start" });
  }

  function row(entry) {
    const tr = document.createElement("tr");
    tr.classList.add("fresh");
    const verdict = word(words.verdicts, entry.verdict, words.verdict);
    if (verdict !== "") {
      tr.classList.add("doubtful");
    }
    cell(tr, "when", moment(entry.recorded));
    const kinds = word(words.kinds, entry.kind, { "": words.kind });
    const kind = cell(tr, "", "");
    part(kind, "kind", word(kinds, entry.category, kinds[""]));
    if (!Object.hasOwn(words.kinds, entry.kind)) {
      part(kind, "code", entry.kind);
    }
    if (entry.headline) {
      part(kind, "headline", entry.headline);
    }
    cell(tr, "alert", entry.alert ?? "");
    cell(tr, "", entry.unit);
    cell(tr, "", entry.zones.join(", "));
    cell(tr, "", word(words.categories, entry.category, entry.category));
    cell(tr, "verdict", verdict);
    return tr;
  }

  // A code from the network may be called like something that every object has.
  function word(table, code, other) {
    return Object.hasOwn(table, code) ? table[code] : other;
  }

  function cell(tr, name, text) {
    const td = document.createElement("td");
    td.className = name;
    td.textContent = text;
    tr.append(td);
    return td;
  }

  function part(td, name, text) {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    td.append(span);
  }

  // 2024-05-31T14:00:05+07:00 is already in the time of Vietnam.
  function moment(text) {
    const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(text);
    return found === null ? text : found[3] + "/" + found[2] + "/" + found[1] + " " + found[4];
  }

  fresh.addEventListener("click", show);
  state("away", "Đang nối…");
  connect();
})();
