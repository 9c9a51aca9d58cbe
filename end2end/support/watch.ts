/** What must never happen on any page: a refused script, an error in a script, a request to another host. */
import type { BrowserContext, ConsoleMessage, Request } from "@playwright/test";

/**
 * The browser says so of every answer of 400 and above, of every request while offline, and of a service worker that it
 * wanted to look after then.
 */
const UNFETCHED = /^Failed to load resource|fetching the script|unsupported MIME type|^The FetchEvent for /;

/** Everything that went wrong in one test, in words. */
export class Watch {
  readonly faults: string[] = [];
  private readonly allowed = new Set<string>();
  private readonly quiet = new Map<BrowserContext, Set<Request>>();

  constructor(private readonly host: string) {}

  /** For the tests that leave the site on purpose. */
  allowHost(host: string): void {
    this.allowed.add(host);
  }

  /** Listens to all pages of a context, also those opened later. */
  async over(context: BrowserContext): Promise<void> {
    context.on("weberror", (error) => this.faults.push(`error in a script: ${error.error().stack ?? error.error()}`));
    context.on("console", (message) => this.hear(message));
    const pending = new Set<Request>();
    this.quiet.set(context, pending);
    context.on("request", (request) => {
      const { protocol, host } = new URL(request.url());
      const inside = protocol === "data:" || protocol === "blob:" || host === this.host || this.allowed.has(host);
      if (!inside) this.faults.push(`request to another host: ${request.url()}`);
      if (isQuietPost(request)) pending.add(request);
    });
    context.on("requestfinished", (request) => pending.delete(request));
    context.on("requestfailed", (request) => pending.delete(request));
  }

  /** Whether the island has told the server everything it wanted to tell. */
  isSettled(context: BrowserContext): boolean {
    return (this.quiet.get(context)?.size ?? 0) === 0;
  }

  private hear(message: ConsoleMessage): void {
    const text = message.text();
    if (message.type() === "error" && UNFETCHED.test(text)) return;
    if (message.type() === "error" || /Content Security Policy/i.test(text)) {
      this.faults.push(`the console says: ${text} (${message.location().url})`);
    }
  }
}

/** The island keeps the server's cookie in step without asking for a page. */
function isQuietPost(request: Request): boolean {
  return request.method() === "POST" && request.headers()["accept"] === "application/json" && request.resourceType() === "fetch";
}
