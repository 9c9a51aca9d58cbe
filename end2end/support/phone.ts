/** The page about the answers on a phone, and the organizers' page that takes in what somebody carried there. */
import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import jsQR from "jsqr";
import { awake } from "./kept";

/** Pixels of a module when a square is drawn to be read. */
const MODULE = 4;

/** `…/phone`. */
export class PhonePage {
  constructor(readonly page: Page) {}

  readonly line = (kind: string): Locator => this.page.locator(`#phone-state p[data-kind="${kind}"]`);
  readonly button = (name: string): Locator => this.page.locator(`#phone button[name="${name}"]`);
  readonly codes = (): Locator => this.page.locator("#phone-codes li");

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await awake(this.page);
  }

  /** Saves what waits as a file; gives its name and its text. */
  async save(): Promise<{ name: string; text: string }> {
    const arriving = this.page.waitForEvent("download");
    await this.button("save-file").click();
    const download = await arriving;
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  }

  /** Shows what waits as squares, turns over all of them, and gives what a camera reads. */
  async squares(): Promise<string[]> {
    await this.button("show-squares").click();
    const title = this.page.locator("#phone-square-title");
    await expect(title).toHaveText(/\d/);
    const count = Number(/(\d+)\D*$/.exec((await title.textContent()) ?? "")?.[1]);
    const read: string[] = [];
    for (let number = 1; number <= count; number++) {
      // "Square code 2 of 3", in whatever language.
      await expect(title).toHaveText(new RegExp(`${number}\\D+${count}\\D*$`));
      read.push(scan(await this.page.locator("#phone-square svg path").last().getAttribute("d"), await this.page.locator("#phone-square svg").getAttribute("viewBox")));
      if (number < count) await this.button("square-next").click();
    }
    return read;
  }
}

/** Draws the black rectangles of a square and reads it as a camera does. */
function scan(path: string | null, viewBox: string | null): string {
  const side = Number(viewBox?.split(" ")[2]) * MODULE;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, length] of (path ?? "").matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * MODULE; row < (Number(y) + 1) * MODULE; row++) {
      for (let column = Number(x) * MODULE; column < (Number(x) + Number(length)) * MODULE; column++) {
        pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
      }
    }
  }
  const found = jsQR(pixels, side, side);
  if (!found) throw new Error("no camera can read this square");
  return found.data;
}

/** What became of answers that were taken in. */
export type Outcome = "stored" | "known" | "kept-aside" | "conflict" | "unreadable" | "elsewhere";

/** `/console/take-in`. */
export class TakeIn {
  constructor(private readonly page: Page) {}

  /** Chooses a file and takes it in. */
  async file(text: string): Promise<void> {
    await this.page.goto("/console/take-in");
    await this.page.locator("#file").setInputFiles({ name: "answers.txt", mimeType: "text/plain", buffer: Buffer.from(text, "utf8") });
    await this.press();
  }

  /** Scans into the field and takes in. */
  async scanned(text: string): Promise<void> {
    await this.page.goto("/console/take-in");
    await this.page.locator("#text").fill(text);
    await this.press();
  }

  private async press(): Promise<void> {
    const answered = this.page.waitForResponse((response) => response.request().method() === "POST");
    await this.page.locator("main form button").click();
    await answered;
    await this.page.waitForLoadState("load");
  }

  /** Each outcome's number; those that are not named must be none. */
  async tells(numbers: Partial<Record<Outcome, number>>): Promise<void> {
    for (const outcome of ["stored", "known", "kept-aside", "conflict", "unreadable", "elsewhere"] as const) {
      await expect(this.page.locator(`tr[data-outcome="${outcome}"] td`), outcome).toHaveText(String(numbers[outcome] ?? 0));
    }
  }

  /** Nothing was taken in: no answer was found. */
  async findsNothing(): Promise<void> {
    await expect(this.page.locator("#errors")).toBeVisible();
    await expect(this.page.locator("tr[data-outcome]")).toHaveCount(0);
  }

  /** What could not be read of it. */
  readonly problem = (field: "file" | "text"): Locator => this.page.locator(`#${field}-error`);
}
