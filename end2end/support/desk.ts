/** A desk as its people use it: opened by organizers, entered by its square, worked by typing. */
import { expect, type BrowserContext, type Page } from "@playwright/test";
import type { Organizer } from "./organizer";

/** The event of `entaku seed` that is today, with two places. */
export const EVENT = "rehearsal-today";

export class Desk {
  private constructor(
    readonly page: Page,
    /** The address of its page. */
    readonly path: string,
  ) {}

  /** Opens a desk at a place (from 0) and enters it in a browser of its own. */
  static async open(organizer: Organizer, context: BrowserContext, place: number, name: string, language = "en"): Promise<Desk> {
    const square = (await organizer.square(EVENT, place, name)).replace(/^\/console\/desk\/[^/]+/, `/console/desk/${language}`);
    const page = await context.newPage();
    await page.goto(square);
    await page.locator("main form button").click();
    await page.waitForURL(/\/console\/desk\/[^/]+\/[0-9a-f]{32}$/);
    const desk = new Desk(page, new URL(page.url()).pathname);
    await desk.isOpen();
    return desk;
  }

  /** The same desk in another page of the same browser. */
  in(page: Page): Desk {
    return new Desk(page, this.path);
  }

  async isOpen(): Promise<void> {
    await expect(this.page.locator("#search")).toBeVisible();
  }

  search() {
    return this.page.locator("#search");
  }

  /** The rows that were found. */
  found() {
    return this.page.locator("#found > li");
  }

  said() {
    return this.page.locator("#said");
  }

  unsent() {
    return this.page.locator("#unsent");
  }

  /** Types, waits until somebody is found, and presses Enter. */
  async checkIn(typed: string): Promise<void> {
    await this.search().fill(typed);
    await expect(this.found().first()).toBeVisible();
    await this.search().press("Enter");
    await expect(this.search()).toHaveValue("");
  }

  async walkIn(name: string): Promise<void> {
    await this.page.locator("#new-guest").click();
    await this.page.locator("#guest-name").fill(name);
    await this.page.locator("#guest-name").press("Enter");
    await expect(this.page.locator("#guest-name")).toHaveCount(0);
  }

  /** How many are here, as its large figure says. */
  async here(count: number): Promise<void> {
    await expect(this.page.locator("#here")).toHaveText(String(count));
  }

  /** Came and here of each place, and in all, as its table says. */
  async numbers(): Promise<number[][]> {
    const rows = await this.page.locator("#all-places tbody tr").all();
    return Promise.all(rows.map(async (row) => (await row.locator("td").allTextContents()).map(Number)));
  }
}
