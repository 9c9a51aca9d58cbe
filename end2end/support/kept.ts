/**
 * What a phone keeps of answers, and how its page says so: the rows of its database, its worker with the files of the
 * pages, and the foot under the question. What the tests know of these stands here and nowhere else.
 */
import { expect, type Locator, type Page } from "@playwright/test";
import { DEFINITION, type Definition } from "./definition";
import { LANGUAGES, type Language } from "./words";

/** Who uses the phone, as the person says before they begin. */
export type Phone = "own" | "shared";
export type Store = "drafts" | "outbox" | "marks" | "definitions" | "facts";
/** The lines of the foot. */
export type Line = "draft" | "memory" | "storage" | "offline" | "sending" | "waiting" | "unkept" | "sent" | "refused" | "older" | "in-app" | "deleted";
export type FootButton = "send-now" | "delete-phone" | "delete-phone-yes" | "delete-phone-no" | "load-new";

const DATABASE = "entaku";

/** What one transaction changes in a store; every value may be put, also one that the program never writes. */
interface Change {
  put?: [string, unknown][];
  remove?: string[];
}

/** Waits until the program has taken the page over: it knows its definition and whether there is a database. */
export async function awake(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.awake === "yes");
}

/** All rows of a store as text, by their keys; none where there is no database yet. */
export async function rows(page: Page, store: Store): Promise<Map<string, string>> {
  return new Map(await inPage(page, transact, { name: DATABASE, store, put: [] as [string, unknown][], remove: [] as string[] }));
}

/** Puts and takes away rows behind the program's back, as somebody does who opens the browser's own tools. */
export async function change(page: Page, store: Store, { put = [], remove = [] }: Change): Promise<void> {
  await inPage(page, transact, { name: DATABASE, store, put, remove });
}

/** Changes the text of a row that is there. */
export async function rewrite(page: Page, store: Store, key: string, how: (row: Record<string, unknown>) => Record<string, unknown>): Promise<void> {
  const text = (await rows(page, store)).get(key);
  if (text === undefined) throw new Error(`there is no row ${key} in ${store}`);
  await change(page, store, { put: [[key, JSON.stringify(how(JSON.parse(text)))]] });
}

/** Waits until a store holds so many rows, and gives them. */
export async function holds(page: Page, store: Store, count: number): Promise<Map<string, string>> {
  await expect.poll(async () => (await rows(page, store)).size, `rows of ${store}`).toBe(count);
  return rows(page, store);
}

/** Asks the page; once more where it went on to the next one in that moment. */
async function inPage<A, R>(page: Page, ask: (argument: A) => Promise<R>, argument: A): Promise<R> {
  for (let tries = 0; ; tries++) {
    try {
      return await page.evaluate(ask as never, argument) as R;
    } catch (error) {
      if (tries === 3 || !/context was destroyed|Cannot find context/.test(String(error))) throw error;
      await page.waitForLoadState();
    }
  }
}

/** Runs in the page: one transaction, then everything that the store holds. It never makes a database. */
async function transact(asked: { name: string; store: string; put: [string, unknown][]; remove: string[] }): Promise<[string, string][]> {
  const { name, store, put, remove } = asked;
  if (!(await indexedDB.databases()).some((each) => each.name === name)) return [];
  const database = await new Promise<IDBDatabase>((done, failed) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  try {
    if (!database.objectStoreNames.contains(store)) return [];
    const transaction = database.transaction(store, put.length + remove.length > 0 ? "readwrite" : "readonly");
    const rows = transaction.objectStore(store);
    for (const [key, value] of put) rows.put(value, key);
    for (const key of remove) rows.delete(key);
    const [keys, values] = [rows.getAllKeys(), rows.getAll()];
    await new Promise<void>((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error);
    });
    return keys.result.map((key, index): [string, string] => [String(key), String(values.result[index])]);
  } finally {
    database.close();
  }
}

/** Where a questionnaire's worker of a language is in control. */
const scope = (language: Language, { slug }: Definition): string => `/${language}/questionnaires/${slug}`;

/** Waits until the worker controls the page; all files of its language are there then, or it would not be. */
export async function controlled(page: Page): Promise<void> {
  await page.waitForFunction(() => Boolean(navigator.serviceWorker?.controller));
}

/** Waits until the workers of all five languages have their files. The page fetches the other four when it is idle. */
export async function inAllLanguages(page: Page, definition = DEFINITION): Promise<void> {
  const scopes = LANGUAGES.map((language) => scope(language, definition));
  const active = (): Promise<string[]> =>
    inPage(page, async () => {
      const all = await navigator.serviceWorker.getRegistrations();
      return all.filter((each) => each.active?.state === "activated").map((each) => new URL(each.scope).pathname.replace(/\/$/, ""));
    }, undefined);
  await expect.poll(async () => (await active()).filter((each) => scopes.includes(each)).sort(), "workers").toEqual([...scopes].sort());
}

/** Lets the browser look for a newer worker, and waits until it has its files and waits to take over. */
export async function newerWaits(page: Page): Promise<void> {
  const looks = async (): Promise<boolean> =>
    inPage(page, async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      if (!registration?.waiting) await registration?.update();
      return Boolean(registration?.waiting);
    }, undefined);
  await expect.poll(looks, "a newer worker waits").toBe(true);
}

/** The caches of the page's origin, by name, with the paths of what is in them. */
export async function cached(page: Page): Promise<Map<string, string[]>> {
  return new Map(
    await inPage(page, async () => {
      const names = await window.caches.keys();
      const paths = async (name: string): Promise<string[]> => {
        const requests = await (await window.caches.open(name)).keys();
        return requests.map(({ url }) => new URL(url).pathname);
      };
      return Promise.all(names.map(async (name): Promise<[string, string[]]> => [name, await paths(name)]));
    }, undefined),
  );
}

/** Takes files out of all caches, behind the worker's back; gives how many there were and how many went. */
export async function losesFiles(page: Page, isLost: "every second" | "pages" | "program"): Promise<{ before: number; lost: number }> {
  return page.evaluate(async (isLost) => {
    let [before, lost] = [0, 0];
    for (const name of (await window.caches.keys()).filter((each) => each.startsWith("entaku:"))) {
      const cache = await window.caches.open(name);
      for (const request of await cache.keys()) {
        const { pathname } = new URL(request.url);
        const isProgram = /\.(js|wasm|css)$/.test(pathname);
        const goes = { "every second": before++ % 2 === 1, pages: !isProgram, program: isProgram }[isLost];
        if (goes && (await cache.delete(request))) lost++;
      }
    }
    return { before, lost };
  }, isLost);
}

/**
 * Takes Background Sync out of pages that are opened from now on, so that only the page itself sends: a test that says
 * when something may arrive must not depend on when the browser wakes the worker.
 */
export async function withoutSync(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const browser = window as unknown as Record<string, { prototype: Record<string, unknown> } | undefined>;
    delete browser.SyncManager?.prototype.register;
    delete browser.ServiceWorkerRegistration?.prototype.sync;
  });
}

/** The foot under the page, and its lines and buttons. */
export class Foot {
  constructor(private readonly page: Page) {}

  readonly all = (): Locator => this.page.locator("#kept");
  readonly line = (kind: Line): Locator => this.all().locator(`p[data-kind="${kind}"]`);
  readonly button = (name: FootButton): Locator => this.all().locator(`button[name="${name}"]`);

  /** Waits for a line. */
  async says(kind: Line): Promise<void> {
    await expect(this.line(kind)).toBeVisible();
  }

  /** Waits for a line with this number in it. */
  async counts(kind: "waiting" | "unkept" | "sent" | "refused", count: number): Promise<void> {
    await expect(this.line(kind)).toHaveText(new RegExp(`(^|\\D)${count}(\\D|$)`));
  }

  /** Waits until a line is gone. */
  async isSilentOf(kind: Line): Promise<void> {
    await expect(this.line(kind)).toHaveCount(0);
  }

  /** Presses *Send now*, unless the page was faster. */
  async sendNow(): Promise<void> {
    const button = this.button("send-now");
    await expect(button.or(this.line("sent")).or(this.line("sending")).first()).toBeVisible();
    if (await button.isVisible()) await button.click({ timeout: 2000 }).catch(() => {});
  }

  /** *Delete from this phone*, both steps. */
  async deleteFromPhone(): Promise<void> {
    await this.button("delete-phone").click();
    await this.button("delete-phone-yes").click();
  }

  /**
   * Changes the network, and gives the milliseconds from the moment the browser told the page until the foot showed a
   * line or did not show it any more, as the page itself counts them.
   */
  async tells(event: "online" | "offline", kind: Line, isShown: boolean, change: () => Promise<void>): Promise<number> {
    const selector = `#kept p[data-kind="${kind}"]`;
    await this.page.evaluate(
      ([event, selector, isShown]) => {
        const told = new Promise<number>((done) => {
          const look = (begun: number): void => {
            const now = performance.now();
            if (Boolean(document.querySelector(selector)) === isShown) done(now - begun);
            else if (now - begun < 10_000) setTimeout(look, 5, begun);
            else done(Number.POSITIVE_INFINITY);
          };
          addEventListener(event, () => look(performance.now()), { once: true });
        });
        Object.assign(window, { told });
      },
      [event, selector, isShown] as const,
    );
    await change();
    return this.page.evaluate(() => (window as unknown as { told: Promise<number> }).told);
  }
}

/** The drafts that the first page offers to go on with. */
export const offered = (page: Page): Locator => page.locator("#offered button[name=continue]");

/** The draft of this id among them. */
export const offeredOf = (page: Page, id: string): Locator => page.locator(`#offered button[name=continue][value="${id}"]`);

/** The page after *Send*, as long as no receipt came. */
export const waiting = (page: Page): Locator => page.locator("[data-waiting]");

/** What hands the phone to the next person there; it is not offered while the first try goes on. */
export const nextPerson = (page: Page): Locator => page.locator('main button[name=go][value="new-person"]');
