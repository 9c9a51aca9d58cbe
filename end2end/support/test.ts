/** The `test` of every spec: a server for each worker, pages that are watched, and an organizer who is signed in. */
import { test as base, expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import type { Definition } from "./definition";
import { Organizer } from "./organizer";
import { Server } from "./server";
import { Watch } from "./watch";
import { Way } from "./way";
import type { Language } from "./words";

interface ForEachTest {
  /** Whether pages may run script in this project. */
  scripted: boolean;
  watch: Watch;
  /** A person on the way in this language, in the test's own page or another, through the short questionnaire or another. */
  way: (language: Language, page?: Page, definition?: Definition) => Way;
  /** A browser of another person, watched too. */
  newPerson: (options?: BrowserContextOptions) => Promise<BrowserContext>;
}
interface ForEachWorker {
  server: Server;
  /** Signed in; one a worker. */
  organizer: Organizer;
}

export const test = base.extend<ForEachTest, ForEachWorker>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  organizer: [
    async ({ server }, use) => {
      const organizer = await Organizer.join(server, "organizer@example.org");
      await use(organizer);
      await organizer.close();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  scripted: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),
  watch: async ({ baseURL }, use) => {
    const watch = new Watch(new URL(baseURL ?? "").host);
    await use(watch);
    expect(watch.faults, "what must never happen on a page").toEqual([]);
  },
  context: async ({ context, watch }, use) => {
    await watch.over(context);
    await use(context);
  },
  way: async ({ page, scripted, watch }, use) => {
    await use((language, other = page, definition) => new Way(other, language, scripted, watch, definition));
  },
  newPerson: async ({ browser, watch, baseURL, javaScriptEnabled, viewport, locale, serviceWorkers }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL, javaScriptEnabled, viewport, locale, serviceWorkers, ...options });
      opened.push(context);
      await watch.over(context);
      return context;
    });
    for (const context of opened) await context.close();
  },
});

export { expect };
export type { Browser, BrowserContext, Page };
