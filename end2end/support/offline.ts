/**
 * The `test` of the specs about phones without a network: the browser knows the server by a network that the test
 * commands (`proxy.ts`), workers are let in, and at the end it is the server's own export that counts.
 */
import { expect, type BrowserContext } from "@playwright/test";
import { DEFINITION, type Definition } from "./definition";
import { added, exported, type Row } from "./export";
import { storedBy, type Plan } from "./flow";
import { Proxy } from "./proxy";
import type { Server } from "./server";
import { test as base } from "./test";
import type { Language } from "./words";

/** A phone's signal: the browser's own idea of it, and whether anything can be reached. */
export class Signal {
  constructor(
    private readonly network: Proxy,
    private readonly context: BrowserContext,
  ) {}

  /** The phone has none, and knows it. */
  async lose(context = this.context): Promise<void> {
    this.network.mode = "refuse";
    await context.setOffline(true);
  }

  /** It has one again. */
  async find(context = this.context): Promise<void> {
    this.network.mode = "pass";
    await context.setOffline(false);
  }
}

/** Somebody whose answers the server must hold in the end. */
export interface Answered {
  plan: Plan;
  language?: Language;
}

/** What the server holds of a questionnaire, from a moment on. */
export class Ledger {
  private constructor(
    private readonly server: Server,
    private readonly definition: Definition,
    private readonly before: Row[],
  ) {}

  static async open(server: Server, definition = DEFINITION): Promise<Ledger> {
    return new Ledger(server, definition, await exported(server, definition.slug));
  }

  /** What came since. */
  async rows(): Promise<Row[]> {
    return added(this.before, await exported(this.server, this.definition.slug));
  }

  /** Nothing came. */
  async isEmpty(): Promise<void> {
    expect(await this.rows(), "answers on the server").toEqual([]);
  }

  /** Waits until these people's answers are there; then each is there once, as they gave it, and nothing else is. */
  async holds(...people: Answered[]): Promise<void> {
    const expected = people.map(({ plan, language }) => line(Object.fromEntries(storedBy(plan, this.definition)), language)).sort();
    const languages = people.every(({ language }) => language !== undefined);
    const stored = async (): Promise<string[]> =>
      (await this.rows()).map(({ answers, language }) => line(answers, languages ? (language as Language) : undefined)).sort();
    await expect.poll(stored, { message: "answers on the server", timeout: 60_000, intervals: [200, 500, 1000] }).toEqual(expected);
  }
}

/** Answers as a line that can be compared, whatever the order of their names. */
function line(answers: Row["answers"], language: Language | undefined): string {
  return JSON.stringify([language ?? "", ...Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

interface ForEachTest {
  /** What stands between the browser and the server. */
  network: Proxy;
  signal: Signal;
  /** What the short questionnaire has received since the test began. */
  ledger: Ledger;
}

export const test = base.extend<ForEachTest>({
  network: async ({ server }, use) => {
    const network = await Proxy.before(server.url);
    await use(network);
    await network.close();
  },
  baseURL: async ({ network }, use) => use(network.url),
  signal: async ({ network, context }, use) => use(new Signal(network, context)),
  ledger: async ({ server }, use) => use(await Ledger.open(server)),
  serviceWorkers: "allow",
});

export { expect };
export type { BrowserContext, Page } from "@playwright/test";
