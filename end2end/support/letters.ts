/** Somebody who writes to the voice desk without giving a name. */
import { expect, type Page } from "@playwright/test";
import { drawn, plain, word, type Language } from "./words";

export class Letters {
  /** The digits, once there are some. */
  digits = "";

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {}

  path(rest: string): string {
    return `/${this.language}/voice${rest}`;
  }

  says(key: string): string {
    return drawn(word(this.language, `voices.${key}`));
  }

  /** Without the readings, as buttons are named. */
  button(key: string) {
    return this.page.locator("main button", { hasText: this.says(key) });
  }

  /** Opens a page; where script runs, the program is awake then. */
  async goto(rest: string): Promise<void> {
    await this.page.goto(this.path(rest));
    await this.isReady();
  }

  /** Whether the page is what it becomes. */
  async isReady(): Promise<void> {
    const scripted = await this.page.evaluate(() => {
      const probe = document.createElement("div");
      // Where script runs, what stands in it is text.
      probe.innerHTML = "<noscript><p></p></noscript>";
      return !probe.querySelector("noscript p");
    });
    if (scripted) await expect(this.page.locator("html[data-awake]")).toBeAttached();
  }

  /** Writes; the page with the digits is there then. */
  async write(text: string): Promise<void> {
    await this.goto("/write");
    await this.page.locator('input[name="topic"][value="wages"]').check();
    await this.page.locator("#text").fill(text);
    await this.button("send").click();
    await expect(this.page.locator("h1")).toHaveText(this.says("receipt_heading"));
    this.digits = (await this.page.locator(".voice-digits__group").allTextContents()).join("");
    expect(this.digits).toMatch(/^\d{24}$/);
  }

  /** Comes back with the digits. */
  async back(digits = this.digits): Promise<void> {
    await this.goto("/back");
    await this.page.locator("#digits").fill(digits);
    await this.button("back_go").click();
  }

  /** Whether the letters are shown. */
  async areOpen(): Promise<void> {
    await expect(this.page).toHaveURL(new RegExp(`${this.path("/(letters|back)")}$`));
    await expect(this.page.locator("h1")).toHaveText(this.says("letters_heading"));
  }

  /** What stands in the window's title on every page of the desk. */
  get title(): string {
    return `${plain(word(this.language, "voices.title"))} – Entaku`;
  }
}
