/** A desk, its square, and the organizers' screens about who is there. */
import { expect, type Page } from "@playwright/test";
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

async function openDesk(page: Page): Promise<void> {
  await page.goto(`${EVENT}/attendance`);
  await page.locator("#name").fill(`受付 ${Date.now()}`);
  await page.locator("#place").selectOption({ index: 1 });
  await page.locator("main form button[value=open]").click();
  await expect(page.locator("#square svg")).toBeVisible();
}

export const FIXTURES_OF_DESKS: Fixtures = {
  [`/console/events/{slug}/attendance`]: screen(
    `${EVENT}/attendance`,
    {
      name: "a desk was opened",
      go: ({ page }) => openDesk(page),
    },
    {
      name: "somebody walked in, and something lies on the tray",
      go: async ({ page }) => {
        await openDesk(page);
        const phone = await page.context().newPage();
        await phone.goto((await page.locator("#desk-link").getAttribute("href")) ?? "");
        await phone.locator("main form button").click();
        await expect(phone.locator("#search")).toBeVisible();
        await phone.locator("#new-guest").click();
        await phone.locator("#guest-name").fill("Nguyễn Thị Đào");
        const sent = phone.waitForResponse((answer) => answer.url().endsWith("/api/v1/operations"));
        await phone.locator("#guest-name").press("Enter");
        await sent;
        // What no desk of ours says: an arrival of nobody.
        await phone.evaluate(async () => {
          const now = Date.now();
          const [id, guest, place] = ["a", "b", "c"].map((sign) => sign.repeat(24) + now.toString(16).padStart(8, "0").slice(-8));
          const said = { id, sequence: 9, at: now, known: 0, act: "arrive", guest, place };
          const body = { desk: location.pathname.split("/").pop(), sent_at: now, made: 9, operations: [said] };
          const headers = { "content-type": "application/json" };
          await fetch("/api/v1/operations", { method: "POST", headers, body: JSON.stringify(body) });
        });
        await phone.close();
        await expect(async () => {
          await page.goto(`${EVENT}/attendance`);
          await expect(page.locator("#walk-ins")).toBeVisible({ timeout: 500 });
        }).toPass();
        await expect(page.locator("#tray")).toBeVisible();
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
      {
        name: "ended by hand",
        go: async (visitor) => {
          await desk(visitor);
          await visitor.page.locator("#keys").click();
          await visitor.page.locator("#end").click();
          await visitor.page.locator("#end-yes").click();
          await expect(visitor.page.locator(".desk-closed")).toBeVisible();
        },
      },
    ],
  },
  "/console/desk/{lang}/{id}/live": NO_PAGE,
};
