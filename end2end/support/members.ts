/** Somebody who reads at the voice desk. */
import { expect, type Page } from "@playwright/test";
import { drawn, word, type Language } from "./words";

/** Long enough, and nobody's. */
export const KEY_PASSPHRASE = "four small wooden boats";

export class Members {
  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {}

  says(key: string): string {
    return drawn(word(this.language, `members.${key}`));
  }

  button(key: string) {
    return this.page.locator("main button", { hasText: this.says(key) });
  }

  async open(): Promise<void> {
    await this.page.goto("/console/voices");
  }

  /** Asks to join; a demonstration signs at once, and the list is there. */
  async join(called: string): Promise<void> {
    await this.open();
    await this.page.locator("#called").fill(called);
    await this.page.locator("#passphrase").fill(KEY_PASSPHRASE);
    await this.page.locator("#again").fill(KEY_PASSPHRASE);
    await this.button("join").click();
    await this.isOpen();
  }

  async unlock(passphrase = KEY_PASSPHRASE): Promise<void> {
    await this.page.locator("#passphrase").fill(passphrase);
    await this.button("unlock").click();
  }

  /** Whether the list is shown. */
  async isOpen(): Promise<void> {
    await expect(this.page.locator("#letters")).toBeVisible({ timeout: 20_000 });
  }

  /** Whether nothing is shown but the passphrase. */
  async isLocked(): Promise<void> {
    await expect(this.page.locator("#passphrase")).toBeVisible();
    await expect(this.page.locator("#letters, #one, .voice-letter")).toHaveCount(0);
  }

  get rows() {
    return this.page.locator(".members-row");
  }

  /** Opens the voice whose first letter says this: other tests write to the same desk. */
  async read(text: string): Promise<void> {
    const unnamed = this.rows.filter({ has: this.page.locator(".is-unnamed") });
    // The list is there a moment before its rows.
    await expect(unnamed.first()).toBeVisible();
    const count = await unnamed.count();
    for (let at = 0; at < count; at++) {
      await unnamed.nth(at).locator(".members-row__open").click();
      await expect(this.page.locator("#one")).toBeFocused();
      if ((await this.page.locator(".voice-letter__text").first().textContent()) === text) return;
      await this.page.goBack();
      await this.isOpen();
      await expect(unnamed).toHaveCount(count);
    }
    throw new Error("no voice says this");
  }

  /** Answers the voice that is open. */
  async answer(text: string, step: "assessed" | "addressed" | "concluded"): Promise<void> {
    await this.page.locator("#text").fill(text);
    await this.page.locator(`input[name="step"][value="${step}"]`).check();
    await this.button("send").click();
  }
}
