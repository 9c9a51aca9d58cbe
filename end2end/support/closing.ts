/** Storage that the system closes: iOS ends the connections of a page that slept. */
import type { BrowserContext, Page } from "@playwright/test";

/** Watches what pages open from here on; gives what closes all connections of one of them. */
export async function closable(pages: BrowserContext | Page): Promise<(page: Page) => Promise<void>> {
  await pages.addInitScript(() => {
    const opened: IDBDatabase[] = [];
    Object.assign(window, { closeAll: () => opened.splice(0).forEach((each) => each.close()) });
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function watched(this: IDBFactory, ...asked: Parameters<typeof open>) {
      const request = open.apply(this, asked);
      request.addEventListener("success", () => opened.push(request.result));
      return request;
    };
  });
  return (page) => page.evaluate(() => (window as unknown as { closeAll: () => void }).closeAll());
}
