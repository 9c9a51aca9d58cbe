/** The organizers' screens, but for those of one questionnaire. */
import { expect } from "@playwright/test";
import { FACTOR, joinBy, signInHalf, turnOn } from "../factor";
import { at, CONSOLE_LANGUAGES, NO_PAGE, screen, type Fixtures, type Visitor } from "./kinds";

/** The second of three squares, of no text. */
const SQUARE = "ENTAKU/1 00000000 2/3 NRUWK0CB15EC7";

/** A phone's file whose only row is no answer. */
const FILE = "ENTAKU/1 working-in-japan 1\n44136fa3 {}\n";

/** Somebody of their own: whom other tests sign in must need no code. */
async function withFactor({ page, invite }: Visitor): Promise<string> {
  const link = await invite();
  await page.goto(link);
  const email = (await page.locator(".c-console__whose").textContent()) ?? "";
  await joinBy(page, link);
  await turnOn(page);
  return email;
}

/** The same, before the second step of signing in. */
async function halfIn(visitor: Visitor): Promise<void> {
  const email = await withFactor(visitor);
  await visitor.page.context().clearCookies({ name: "session" });
  await signInHalf(visitor.page, email);
}

export const FIXTURES_OF_THE_CONSOLE: Fixtures = {
  "/console/sign-in": {
    as: "anyone",
    languages: CONSOLE_LANGUAGES,
    visits: [
      at(() => "/console/sign-in"),
      {
        name: "refused",
        go: async ({ page }) => {
          await page.goto("/console/sign-in");
          await page.locator("main form button").click();
          await expect(page.locator("#errors")).toBeVisible();
        },
      },
    ],
  },
  "/console/sign-in/code": {
    as: "anyone",
    languages: CONSOLE_LANGUAGES,
    visits: [
      {
        name: "refused",
        go: async (visitor) => {
          await halfIn(visitor);
          await visitor.page.locator("main form button").click();
          await expect(visitor.page.locator("#errors")).toBeVisible();
        },
      },
    ],
  },
  "/console/join/{token}": {
    as: "anyone",
    languages: CONSOLE_LANGUAGES,
    visits: [
      {
        name: "refused",
        go: async ({ page, invite }) => {
          await page.goto(await invite());
          await page.locator("main form button").click();
          await expect(page.locator("#errors")).toBeVisible();
        },
      },
      at(() => "/console/join/not-a-token", "gone"),
    ],
  },
  "/console/sign-out": NO_PAGE,
  "/console": screen("/console"),
  "/console/account": screen("/console/account", {
    name: "refused",
    go: async ({ page }) => {
      await page.goto("/console/account");
      await page.locator("main form:has(input[type=password]) button").click();
      await expect(page.locator("#errors")).toBeVisible();
    },
  }),
  "/console/account/second-factor": screen(
    FACTOR,
    {
      name: "refused",
      go: async ({ page }) => {
        await page.goto(FACTOR);
        await page.locator("main form button").click();
        await expect(page.locator("#errors")).toBeVisible();
      },
    },
    { name: "recovery codes", go: withFactor },
    {
      name: "on",
      go: async (visitor) => {
        await withFactor(visitor);
        await visitor.page.goto(FACTOR);
        await visitor.page.locator("main form button").first().click();
        await expect(visitor.page.locator("#errors")).toBeVisible();
      },
    },
  ),
  "/console/account/sign-out-everywhere": NO_PAGE,
  "/console/organizers": screen("/console/organizers", {
    name: "refused",
    go: async ({ page }) => {
      await page.goto("/console/organizers");
      await page.locator("main form:has(#email) button").click();
      await expect(page.locator("#errors")).toBeVisible();
    },
  }),
  "/console/organizers/{id}/disable": NO_PAGE,
  "/console/organizers/{id}/second-factor": NO_PAGE,
  "/console/audit": screen("/console/audit"),
  "/console/voices": screen("/console/voices", {
    name: "refused",
    go: async ({ page }) => {
      await page.goto("/console/voices");
      // Without script its words are all there is.
      if (await page.locator("noscript p").count()) return;
      await page.locator("main form button").click();
      await expect(page.locator("#called-error")).toBeVisible();
    },
  }),
  "/console/voices/published": screen("/console/voices/published"),
  "/console/voices/published/{id}": NO_PAGE,
  "/console/questionnaires": screen("/console/questionnaires"),
  "/console/take-in": screen(
    "/console/take-in",
    {
      name: "refused",
      go: async ({ page }) => {
        await page.goto("/console/take-in");
        await page.locator("main form button").click();
        await expect(page.locator("#file-error")).toBeVisible();
      },
    },
    {
      name: "with a missing code",
      go: async ({ page }) => {
        await page.goto("/console/take-in");
        await page.locator("#text").fill(SQUARE);
        await page.locator("main form button").click();
        await expect(page.locator("#text-error")).toBeVisible();
        await expect(page.locator("#text")).toHaveValue(SQUARE);
      },
    },
    {
      name: "taken in",
      go: async ({ page }) => {
        await page.goto("/console/take-in");
        await page.locator("#file").setInputFiles({ name: "entaku.txt", mimeType: "text/plain", buffer: Buffer.from(FILE) });
        await page.locator("main form button").click();
        await expect(page.locator("tr[data-outcome=unreadable] td")).toHaveText("1");
      },
    },
  ),
  "/console/live": NO_PAGE,
};
