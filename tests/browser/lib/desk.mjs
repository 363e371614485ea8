// An officer's browser at one node's console. It watches what the page does: no error, no breach of the
// policy, no request to another host may happen while a test looks elsewhere.
import assert from "node:assert/strict";

const SILENT = [/favicon/];

/** Every violation of the Content-Security-Policy becomes an error in the console of the page. */
function tellViolations() {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });
}

export class Desk {
  #faults = [];
  #forgiven = [...SILENT];

  /** What is opened is closed by `close`, which also tells what went wrong. */
  static async open(browser, node, options = {}) {
    const desk = new Desk();
    desk.node = node;
    desk.context = await browser.newContext({
      baseURL: node.console, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", viewport: { width: 1280, height: 800 }, ...options,
    });
    desk.context.setDefaultTimeout(10_000);
    await desk.context.addInitScript(tellViolations);
    desk.context.on("request", (request) => desk.#watch(request));
    desk.page = await desk.tab();
    return desk;
  }

  async tab() {
    const page = await this.context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") this.#fault(`${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => this.#fault(error.message));
    return page;
  }

  #watch(request) {
    const { protocol, origin } = new URL(request.url());
    const own = new URL(this.node.console).origin;
    if (protocol !== "data:" && protocol !== "blob:" && origin !== own) this.#fault(`another host: ${request.url()}`);
  }

  #fault(text) {
    if (!this.#forgiven.some((pattern) => pattern.test(text))) this.#faults.push(text);
  }

  /** From here on errors like this are what the test is about. */
  forgive(pattern) {
    this.#forgiven.push(pattern);
  }

  async signIn(login, password = this.node.officers.find((officer) => officer.login === login).password) {
    await this.page.goto("/sign-in");
    await this.page.fill("#login", login);
    await this.page.fill("#password", password);
    await this.page.click("form.sign-in button[type=submit]");
  }

  /** What the session is for: without it no alert of a person is shown. */
  async statePurpose() {
    await this.page.waitForURL((url) => url.pathname !== "/sign-in");
    await this.page.goto("/search?q=v%C3%AD+d%E1%BB%A5");
    await this.page.fill("#purpose", "Trực ban, xem tin báo (ví dụ)");
    await this.part("go-on").click();
    await this.part("purpose").waitFor();
  }

  /** A part of the page by its hook. */
  part(name) {
    return this.page.locator(`[data-test="${name}"]`);
  }

  /** The line to the node is open: what is issued from now on is told. */
  async live() {
    await this.page.locator("#line[data-state=open]").waitFor();
  }

  /** What the feed shows, by the numbers of the alerts, newest first. */
  async numbers() {
    return this.page.locator("[data-test=feed] .row-meta .number").allTextContents();
  }

  async close() {
    await this.context.close();
    assert.deepEqual(this.#faults, [], "errors in the browser");
  }
}
