/** Which Chromium, and how it is started. */
import { existsSync } from "node:fs";
import type { LaunchOptions } from "@playwright/test";

const QUIET = [
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  // Whatever a page asks for, nothing leaves this machine.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** The browser named by the environment, the system's, or else Playwright's own. */
export function launchOptions(): LaunchOptions {
  const named = process.env.ENTAKU_CHROMIUM || process.env.CHROMIUM;
  const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
  const executablePath = named || system;
  // Chromium's sandbox refuses to start as root.
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return { args: [...root, ...QUIET], ...(executablePath ? { executablePath } : {}) };
}
