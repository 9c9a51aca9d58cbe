/** A desk, its square, and the organizers' screens about who is there. */
import { expect } from "@playwright/test";
import { LANGUAGES } from "../words";
import { NO_PAGE, screen, type Fixtures, type Visitor } from "./kinds";

const EVENT = "/console/events/rehearsal-today";

/** The square's page in the visitor's language. */
async function square({ page, language, square }: Visitor): Promise<void> {
  await page.goto((await square()).replace(/^\/console\/desk\/[^/]+/, `/console/desk/${language}`));
}

async function desk(visitor: Visitor): Promise<void> {
  await square(visitor);
  await visitor.page.locator("main form button").click();
  await expect(visitor.page.locator("#search")).toBeVisible();
}

export const FIXTURES_OF_DESKS: Fixtures = {
  [`/console/events/{slug}/attendance`]: screen(
    `${EVENT}/attendance`,
    {
      name: "a desk was opened",
      go: async ({ page }) => {
        await page.goto(`${EVENT}/attendance`);
        await page.locator("#name").fill("受付");
        await page.locator("#place").selectOption({ index: 1 });
        await page.locator("main form button[value=open]").click();
        await expect(page.locator("#square svg")).toBeVisible();
      },
    },
    {
      name: "refused",
      go: async ({ page }) => {
        await page.goto(`${EVENT}/attendance`);
        await page.locator("main form button[value=open]").click();
        await expect(page.locator("#name-error")).toBeVisible();
      },
    },
  ),
  "/console/events/{slug}/attendance.csv": NO_PAGE,
  "/console/events/{slug}/attendance.xlsx": NO_PAGE,
  "/console/events/{slug}/display": screen(`${EVENT}/display`),
  "/console/events/{slug}/live": NO_PAGE,
  "/console/desk/{lang}/open/{token}": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      { name: "to be opened", go: square },
      { name: "opens nothing", go: ({ page, language }) => page.goto(`/console/desk/${language}/open/x`) },
    ],
  },
  "/console/desk/{lang}/worker.js": NO_PAGE,
  "/console/desk/{lang}/{id}": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      {
        name: "not entered",
        go: async ({ page, language }) => {
          await page.goto(`/console/desk/${language}/${"0".repeat(32)}`);
          await expect(page.locator(".desk-closed")).toBeVisible();
        },
      },
      {
        name: "somebody found and checked in",
        go: async (visitor) => {
          await desk(visitor);
          const { page } = visitor;
          await page.locator("#search").fill("い");
          await page.locator("#search").press("Enter");
          await expect(page.locator("#said")).not.toBeEmpty();
          await page.locator("#search").fill("い");
          await page.locator("#found summary").first().click();
          await page.locator("#latest summary").click();
        },
      },
      {
        name: "a guest without registration, refused",
        go: async (visitor) => {
          await desk(visitor);
          await visitor.page.locator("#new-guest").click();
          await visitor.page.locator("#guest-name").press("Enter");
          await expect(visitor.page.locator("#guest-name-error")).toBeVisible();
        },
      },
      {
        name: "the keys",
        go: async (visitor) => {
          await desk(visitor);
          await visitor.page.locator("#keys").click();
          await expect(visitor.page.locator("#keys-list")).toBeVisible();
        },
      },
    ],
  },
  "/console/desk/{lang}/{id}/live": NO_PAGE,
};
