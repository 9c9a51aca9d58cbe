/** A phone with an authenticator app (RFC 6238), and a second factor set up with it. */
import { createHmac } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { PASSPHRASE } from "./organizer";

/** Where a second factor is set up. */
export const FACTOR = "/console/account/second-factor";

const STEP_MS = 30_000;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export class Phone {
  private last = 0;

  constructor(private readonly secret: Buffer) {}

  /** Types the letters that a page shows beside the square into the app. */
  static typed(groups: string): Phone {
    const letters = groups.replaceAll(/\s/g, "");
    const bits = [...letters].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
    const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
    if (letters.length !== 32 || bytes.length !== 20) throw new Error(`no secret: ${groups}`);
    return new Phone(Buffer.from(bytes));
  }

  /** A code that was not used yet. The server forgives a step early or late, so there are three before anybody waits. */
  async next(): Promise<string> {
    const now = () => Math.floor(Date.now() / STEP_MS);
    this.last = Math.max(this.last + 1, now() - 1);
    while (this.last > now() + 1) await new Promise((done) => setTimeout(done, 200));
    return this.code(this.last);
  }

  /** A code that is wrong now. */
  wrong(): string {
    const now = Math.floor(Date.now() / STEP_MS);
    const near = [-2, -1, 0, 1, 2].map((late) => this.code(now + late));
    for (let number = 0; ; number++) {
      const code = String(number).padStart(6, "0");
      if (!near.includes(code)) return code;
    }
  }

  private code(step: number): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const hash = createHmac("sha1", this.secret).update(counter).digest();
    const at = hash.readUInt8(hash.length - 1) & 0x0f;
    return String((hash.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
  }
}

/** Joins by an invitation's link, in the place of whoever is signed in here. */
export async function joinBy(page: Page, link: string): Promise<void> {
  await page.context().clearCookies({ name: "session" });
  await page.goto(link);
  await page.locator("#name").fill("Nguyễn Thị Mai");
  await page.locator("#new_passphrase").fill(PASSPHRASE);
  await page.locator("#new_passphrase_again").fill(PASSPHRASE);
  await page.locator("main form button").click();
  await expect(page).toHaveURL("/console");
}

/** Turns the second factor on; the page shows the recovery codes then. */
export async function turnOn(page: Page): Promise<Phone> {
  await page.goto(FACTOR);
  const phone = Phone.typed((await page.locator("#secret").textContent()) ?? "");
  await page.locator("#passphrase").fill(PASSPHRASE);
  await page.locator("#code").fill(await phone.next());
  await page.locator("main form button").click();
  await expect(page.locator("#codes li")).toHaveCount(10);
  return phone;
}

/** Signs in with the passphrase; the page asks for a code then. */
export async function signInHalf(page: Page, email: string, to = ""): Promise<void> {
  await page.goto(`/console/sign-in${to && `?to=${to}`}`);
  await page.locator("#email").fill(email);
  await page.locator("#passphrase").fill(PASSPHRASE);
  await page.locator("main form button").click();
  await expect(page).toHaveURL(/\/console\/sign-in\/code/);
}
