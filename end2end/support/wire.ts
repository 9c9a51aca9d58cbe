/** Bytes as they go over the wire, counted by the browser itself. */
import type { CDPSession, Page } from "@playwright/test";

export interface Loaded {
  path: string;
  kind: string;
  /** Head and body as they came, compressed. */
  bytes: number;
}

/** The kind of an answer that is a head alone (204). */
export const NOTHING = "Nothing";

/** Whether the island notes an answer in the cookie: a post to the question's own page, answered by a head alone. */
const isNote = (method: string, url: string): boolean => method === "POST" && new URL(url).pathname.includes("/questions/");

export class Wire {
  private readonly begun = new Map<string, { path: string; kind: string }>();
  /** The heads of answers without a body: the browser calls these broken off, because nobody reads what is not there. */
  private readonly empty = new Map<string, number>();
  readonly loaded: Loaded[] = [];
  readonly failed: string[] = [];

  private constructor(readonly session: CDPSession) {}

  /** Counts everything that this page loads from now on, preloads included; nothing comes from a cache. */
  static async of(page: Page): Promise<Wire> {
    const session = await page.context().newCDPSession(page);
    const wire = new Wire(session);
    session.on("Network.requestWillBeSent", ({ requestId, request, type, redirectResponse }) => {
      const before = wire.begun.get(requestId);
      if (before && redirectResponse) wire.loaded.push({ ...before, bytes: redirectResponse.encodedDataLength });
      wire.begun.set(requestId, { path: new URL(request.url).pathname, kind: isNote(request.method, request.url) ? NOTHING : (type ?? "Other") });
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const request = wire.begun.get(requestId);
      if (request) wire.loaded.push({ ...request, bytes: encodedDataLength });
    });
    session.on("Network.responseReceived", ({ requestId, response }) => {
      if (response.status === 204) wire.empty.set(requestId, response.encodedDataLength);
    });
    session.on("Network.loadingFailed", ({ requestId, errorText }) => {
      const request = wire.begun.get(requestId);
      const bytes = wire.empty.get(requestId);
      if (request && bytes !== undefined) return void wire.loaded.push({ ...request, kind: NOTHING, bytes });
      wire.failed.push(`${wire.begun.get(requestId)?.path}: ${errorText}`);
    });
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    return wire;
  }

  /** Starts to count anew. */
  clear(): void {
    this.loaded.length = 0;
  }

  get total(): number {
    return this.loaded.reduce((sum, each) => sum + each.bytes, 0);
  }

  /** The files of this kind of name. */
  ofKind(ending: string): Loaded[] {
    return this.loaded.filter((each) => each.path.endsWith(ending));
  }

  /** What was loaded, largest first, for a failing test to show. */
  toString(): string {
    const lines = [...this.loaded].sort((a, b) => b.bytes - a.bytes).map((each) => `${each.bytes}\t${each.kind}\t${each.path}`);
    return [`${this.total} bytes in all`, ...lines].join("\n");
  }
}
