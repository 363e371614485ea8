// The cluster of the demonstration, started once for all tests: twelve nodes over a real nats-server.
// Whatever happens, nothing that was started here is left running.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
const START_MS = 90_000;
const PATIENCE_MS = 20_000;

const programs = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target", process.env.GIAPRANH_PROFILE ?? "debug");
const nats = process.env.GIAPRANH_NATS_SERVER ?? path.join(ROOT, ".tools/nats-server");

/** Waits for what `look` gives, and fails with the name of it. */
export async function until(what, look, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`after ${patience} ms: ${what}`);
    await sleep(50);
  }
}

export class Cluster {
  #demo;
  #dir;
  #desks;
  #sessions = new Map();
  #restarted = new Map();

  /** With the story it takes a minute more, and there is something on every page. */
  static async start({ story = false } = {}) {
    const cluster = new Cluster();
    cluster.#dir = mkdtempSync(path.join(tmpdir(), "gr-browser-"));
    const dir = path.join(cluster.#dir, "demo");
    let said = "";
    cluster.#demo = spawn(path.join(programs, "giapranh-demo"), [...(story ? [] : ["--no-story"]), "--dir", dir], {
      cwd: ROOT,
      env: { ...process.env, GIAPRANH_NATS_SERVER: nats },
      stdio: ["ignore", "pipe", "pipe"],
    });
    cluster.#demo.on("error", (error) => (said += error.message));
    for (const stream of [cluster.#demo.stdout, cluster.#demo.stderr]) stream?.on("data", (text) => (said += text));
    const file = path.join(dir, "desks.json");
    try {
      await until("the demonstration has not come up", () => {
        assert.equal(cluster.#demo.exitCode, null, `the demonstration ended:\n${said}`);
        return existsSync(file);
      }, story ? 3 * START_MS : START_MS);
    } catch (error) {
      await cluster.stop();
      throw new Error(`${error.message}\n${said}`);
    }
    cluster.#desks = JSON.parse(readFileSync(file, "utf8"));
    return cluster;
  }

  desk(unit) {
    return this.#desks.find((desk) => desk.unit === unit);
  }

  officer(unit, login) {
    return this.desk(unit).officers.find((officer) => officer.login === login);
  }

  /** Gives a node a command as an officer, over its socket; a second one releases it. */
  async command(unit, login, command, approver) {
    const headers = { authorization: `Bearer ${await this.#session(unit, login)}` };
    if (approver) headers["giapranh-approval"] = `Bearer ${await this.#session(unit, approver)}`;
    return this.#post(unit, "/api/v1/commands", headers, command);
  }

  /** Issues an alert of two officers; gives its number. */
  async issue(unit, content, ...zones) {
    const answer = await this.command(unit, "soan", { act: "issue-alert", zones, content }, "duyet");
    return answer.alert;
  }

  async #session(unit, login) {
    const name = `${unit}/${login}`;
    if (!this.#sessions.has(name)) {
      const { password } = this.officer(unit, login);
      const answer = await this.#post(unit, "/api/v1/session", {}, { login, password });
      this.#sessions.set(name, answer.token);
    }
    return this.#sessions.get(name);
  }

  #post(unit, resource, headers, body) {
    const text = JSON.stringify(body);
    const options = {
      socketPath: path.join(this.desk(unit).dir, "api.sock"), path: resource, method: "POST",
      headers: { host: "localhost", "content-type": "application/json", "content-length": Buffer.byteLength(text), ...headers },
    };
    return new Promise((resolve, reject) => {
      const request = http.request(options, (answer) => {
        let said = "";
        answer.on("data", (part) => (said += part));
        answer.on("end", () => {
          if (answer.statusCode < 300) resolve(said === "" ? null : JSON.parse(said));
          else reject(new Error(`${resource}: ${answer.statusCode} ${said}`));
        });
      });
      request.on("error", reject);
      request.end(text);
    });
  }

  /** Kills a node as a power failure does; gives how it is started again. */
  async kill(unit) {
    const id = this.#restarted.get(unit)?.pid ?? this.desk(unit).process;
    const [program, ...typed] = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0").slice(0, -1);
    process.kill(id, "SIGKILL");
    // The demonstration's own child stays as a zombie until it ends: its socket tells.
    await until(`${unit} still answers`, () => fetch(this.desk(unit).console).then(() => false, () => true));
    return async () => {
      const started = spawn(program, typed, { cwd: ROOT, stdio: "ignore" });
      this.#restarted.set(unit, started);
      await until(`${unit} does not answer`, () => fetch(this.desk(unit).console).then(() => true, () => false));
    };
  }

  async stop() {
    for (const node of this.#restarted.values()) node.kill("SIGTERM");
    if (this.#demo.exitCode === null && this.#demo.pid !== undefined) {
      const ended = new Promise((resolve) => this.#demo.once("exit", resolve));
      this.#demo.kill("SIGTERM");
      await Promise.race([ended, sleep(10_000)]);
    }
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
