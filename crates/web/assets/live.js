// The live part: what is new is announced, and shown when asked for, so that no row moves under the
// reader. One page of a browser holds the stream and tells the others, because browsers allow few
// connections to one host. A page knows the last position that it has, so nothing is missed or counted
// twice, whoever tells it.
"use strict";

(() => {
  // The server speaks every 15 seconds; a line that is silent for longer is dead.
  const SILENCE_MS = 40_000;
  const RETRY_MS = 3_000;

  const { say, words, tick } = globalThis.giapranh;
  const body = document.body;
  const line = document.getElementById("line");
  const position = document.getElementById("position");
  const feed = document.querySelector("[data-live]");
  const fresh = document.getElementById("fresh");
  const pause = document.getElementById("pause");
  const sound = document.getElementById("sound");
  const paused = document.getElementById("paused");
  const title = document.title;
  const channel = new BroadcastChannel("giapranh-live");

  let last = Number(body.dataset.position);
  let waiting = 0;
  let urgent = 0;
  let isPaused = false;
  let current = "away";
  // Until it is known what came while the page was drawn, the rest waits for it.
  let early = [];
  let source = null;
  let silence = 0;
  let retry = 0;

  function state(name) {
    const shown = isPaused ? "paused" : name;
    // A status that says the same again would be read out again.
    if (line.dataset.state !== shown) {
      line.dataset.state = shown;
      line.textContent = words[shown];
    }
  }

  // Everything that comes, from the stream or from another page, comes through here.
  function take(message) {
    if (message.hello && source !== null) channel.postMessage({ state: current });
    if (message.state !== undefined) state((current = message.state));
    if (message.position === undefined || message.position <= last) return;
    if (early !== null) {
      early.push(message);
      return;
    }
    last = message.position;
    if (isPaused) return;
    position.textContent = String(last);
    if (message.entry) announce(message.entry);
  }

  function tell(message) {
    channel.postMessage(message);
    take(message);
  }

  channel.addEventListener("message", (event) => take(event.data));

  function announce(entry) {
    if (feed === null || !matches(entry)) return;
    waiting += 1;
    if (entry.severity === "critical" && entry.verdict === "valid") {
      urgent += 1;
      beep();
    }
    show();
  }

  function matches(entry) {
    const asked = new URLSearchParams(location.search);
    const about = asked.get("about");
    const is = (name, value) => !asked.get(name) || asked.get(name) === value;
    return (
      is("category", entry.category) &&
      is("severity", entry.severity) &&
      (!asked.get("zone") || entry.zones.includes(asked.get("zone"))) &&
      (!about || entry.kind.startsWith(about === "hits" ? "hit." : "alert.")) &&
      !asked.get("before")
    );
  }

  function show() {
    fresh.hidden = waiting === 0;
    fresh.textContent = say("fresh", waiting);
    fresh.classList.toggle("urgent", urgent > 0);
    document.title = waiting === 0 ? title : (urgent > 0 ? "‼ " : "") + "(" + waiting + ") " + title;
  }

  async function insert() {
    const address = new URL(location.href);
    address.searchParams.set("after", feed.dataset.newest);
    for (const row of feed.querySelectorAll(".fresh-row")) row.classList.remove("fresh-row");
    const before = feed.firstElementChild;
    await htmx.ajax("GET", address.pathname + address.search, { target: "#feed", swap: "afterbegin" });
    for (let row = feed.firstElementChild; row !== null && row !== before; row = row.nextElementSibling) {
      row.classList.add("fresh-row");
    }
    const newest = feed.querySelector("[data-position]");
    if (newest !== null) feed.dataset.newest = newest.dataset.position;
    feed.classList.toggle("no-rows", newest === null);
    for (const empty of document.querySelectorAll(".empty")) empty.hidden = newest !== null;
    waiting = 0;
    urgent = 0;
    show();
    tick();
  }

  // Browsers let a page sound only after somebody has touched it: hence the button.
  let audio = null;
  function beep() {
    if (body.dataset.sound === "off" || audio === null || audio.state !== "running") return;
    for (const [at, tone] of [[0, 880], [0.22, 1175]]) {
      const from = audio.currentTime + at;
      const voice = audio.createOscillator();
      const volume = audio.createGain();
      voice.frequency.value = tone;
      volume.gain.setValueAtTime(0.2, from);
      volume.gain.exponentialRampToValueAtTime(0.001, from + 0.2);
      voice.connect(volume).connect(audio.destination);
      voice.start(from);
      voice.stop(from + 0.2);
    }
  }
  function wake() {
    if (audio === null && globalThis.AudioContext !== undefined) audio = new AudioContext();
    return audio === null ? Promise.resolve() : audio.resume();
  }
  addEventListener("pointerdown", wake, { once: true });
  addEventListener("keydown", wake, { once: true });

  if (feed !== null) {
    sound.hidden = false;
    sound.addEventListener("click", () => wake().then(beep));
    pause.hidden = false;
    pause.addEventListener("click", () => {
      // What came meanwhile is not here: the page is loaded again, whole.
      if (isPaused) return location.reload();
      isPaused = true;
      pause.setAttribute("aria-pressed", "true");
      pause.textContent = words.resume;
      paused.hidden = false;
      body.classList.add("is-paused");
      state("paused");
    });
    fresh.addEventListener("click", insert);
  }

  function heard(event) {
    clearTimeout(silence);
    silence = setTimeout(reconnect, SILENCE_MS);
    const message = { state: "open" };
    if (event.lastEventId !== "") message.position = Number(event.lastEventId);
    if (event.type === "entry") message.entry = JSON.parse(event.data);
    tell(message);
  }

  function reconnect() {
    tell({ state: "away" });
    source.close();
    clearTimeout(silence);
    clearTimeout(retry);
    retry = setTimeout(connect, RETRY_MS);
  }

  function connect() {
    source = new EventSource("/api/v1/events?after=" + last);
    source.addEventListener("position", heard);
    source.addEventListener("entry", heard);
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
    fetch("/account", { method: "HEAD" })
      .then((answer) => {
        if (answer.redirected || answer.status === 401 || answer.status === 403) location.reload();
      })
      // The line is down: nothing is known, and the next try tells.
      .catch(() => {});
  }

  // What the others were told between this page being drawn and now.
  function catchUp() {
    fetch("/api/v1/entries?after=" + last)
      .then((answer) => (answer.ok ? answer.json() : { entries: [] }))
      .catch(() => ({ entries: [] }))
      .then(({ entries }) => {
        const told = early;
        early = null;
        for (const entry of entries) take({ position: entry.position, entry });
        told.forEach(take);
      });
  }

  state("away");
  catchUp();
  channel.postMessage({ hello: true });
  // The first page to ask holds the stream until it is closed; then the next one does.
  navigator.locks.request("giapranh-live", () => {
    connect();
    return new Promise(() => {});
  });
})();
