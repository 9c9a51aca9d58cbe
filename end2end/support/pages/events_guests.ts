/** The organizers' screens for guests and mailings. */
import { expect } from "@playwright/test";
import { CONSOLE_LANGUAGES, NO_PAGE, screen, type Fixtures } from "./kinds";

const EVENT = "/console/events/rehearsal-today";

/** Two rows that can be taken in and one that cannot. */
const ROWS = "氏名\t電話\t会場\n山田 花子\t03-1111-2222\t東京\nNguyễn Văn A\tcall me\t\n";

export const FIXTURES_OF_GUESTS: Fixtures = {
  "/console/events/{slug}/guests": screen(
    `${EVENT}/guests`,
    {
      name: "nobody was chosen",
      go: async ({ page }) => {
        await page.goto(`${EVENT}/guests?state=registered&sort=name`);
        await page.locator("main form[method=post] button").click();
        await expect(page.locator("#errors")).toBeVisible();
      },
    },
    {
      name: "asked once more",
      go: async ({ page }) => {
        await page.goto(`${EVENT}/guests`);
        await page.locator("main input[name=id]").first().check();
        await page.locator("#what").selectOption("cancel");
        await page.locator("main form[method=post] button").click();
        await expect(page.locator("input[name=sure]")).toHaveCount(1);
      },
    },
  ),
  "/console/events/{slug}/guests.csv": NO_PAGE,
  "/console/events/{slug}/guests.xlsx": NO_PAGE,
  "/console/events/{slug}/guests/new": screen(`${EVENT}/guests/new`, {
    name: "refused",
    go: async ({ page }) => {
      await page.goto(`${EVENT}/guests/new`);
      await page.locator("main form button").click();
      await expect(page.locator("#name-error")).toBeVisible();
    },
  }),
  "/console/events/{slug}/guests/{id}": {
    as: "organizer",
    languages: CONSOLE_LANGUAGES,
    visits: [
      {
        name: "one guest",
        go: async ({ page }) => {
          await page.goto(`${EVENT}/guests`);
          await page.locator("main tbody th a").first().click();
          await expect(page.locator("main dl")).toBeVisible();
        },
      },
    ],
  },
  "/console/events/{slug}/guests/{id}/attendance": NO_PAGE,
  "/console/events/{slug}/import": screen(
    `${EVENT}/import`,
    {
      name: "empty",
      go: async ({ page }) => {
        await page.goto(`${EVENT}/import`);
        await page.locator("main form button").first().click();
        await expect(page.locator("#text-error")).toBeVisible();
      },
    },
    {
      name: "preview",
      go: async ({ page }) => {
        await page.goto(`${EVENT}/import`);
        await page.locator("#text").fill(ROWS);
        await page.locator("main form button").first().click();
        await expect(page.locator("#column-0")).toBeVisible();
      },
    },
  ),
  "/console/events/{slug}/import/undo": NO_PAGE,
  "/console/events/{slug}/print": screen(`${EVENT}/print`),
  "/console/events/{slug}/mailings": screen(`${EVENT}/mailings`, {
    name: "refused",
    go: async ({ page }) => {
      await page.goto(`${EVENT}/mailings`);
      await page.locator("main form button").last().click();
      await expect(page.locator("#errors")).toBeVisible();
    },
  }),
  "/console/events/{slug}/mailings/{id}": {
    as: "organizer",
    languages: CONSOLE_LANGUAGES,
    visits: [
      {
        name: "one mailing",
        go: async ({ page }) => {
          await page.goto(`${EVENT}/mailings`);
          const sent = page.locator("main tbody th a");
          if ((await sent.count()) === 0) {
            await page.locator("#what").selectOption("reminder");
            await page.locator("main form button").last().click();
            await page.locator("main form button").click();
          }
          await sent.first().click();
          await expect(page).toHaveURL(/mailings\/[0-9a-f-]{36}$/u);
        },
      },
    ],
  },
  "/console/personal-data": screen("/console/personal-data"),
};
