// Debian's Chromium, found on the machine: no browser is downloaded.
import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";

function found() {
  const named = process.env.GIAPRANH_CHROMIUM;
  if (named) return named;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch { /* the next one */ }
  }
  throw new Error("no Chromium on PATH: run tests/browser/install.sh");
}

export function launch() {
  return chromium.launch({
    executablePath: found(),
    // A closed network, and in a container no sandbox of its own.
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}
