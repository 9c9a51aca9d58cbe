/** What guests of events do. The seed's events: `rehearsal-today` is open, `round-table-next` only announced. */
import { expect, type Page } from "@playwright/test";
import { LANGUAGES, type Language } from "../words";
import { at, NO_PAGE, type Fixtures } from "./kinds";

/** Registers somebody for the open event; the page is then their own. */
export const registerGuest = async (page: Page, language: Language, name = "Rehearsal Guest"): Promise<string> => {
  await page.goto(`/${language}/events/rehearsal-today/register`);
  const places = page.locator("input[name=place]");
  if ((await places.count()) > 0) await places.first().check();
  await page.locator("#name").fill(name);
  await page.locator("#organisation").fill("Red One");
  await page.locator("#phone").fill("03-1234-5678");
  await page.locator("main form#question .c-actions button").click();
  await expect(page.locator(".c-panel__code")).toBeVisible();
  return new URL(page.url()).pathname;
};

export const FIXTURES_OF_REGISTRATION: Fixtures = {
  "/{lang}/events/{slug}/register": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      at(({ language }) => `/${language}/events/rehearsal-today/register`),
      at(({ language }) => `/${language}/events/round-table-next/register`, "interest"),
      {
        name: "refused",
        go: async ({ page, language }) => {
          await page.goto(`/${language}/events/rehearsal-today/register`);
          await page.locator("main form#question .c-actions button").click();
          await expect(page.locator("#errors")).toBeVisible();
        },
      },
    ],
  },
  "/{lang}/events/{slug}/again/{link}": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      {
        name: "plain",
        go: async ({ page, language }) => {
          const own = await registerGuest(page, language, "Comes Again");
          await page.goto(`/${language}/events/round-table-next/again/${own.split("/").pop()}`);
          await expect(page.locator("main form#question")).toBeVisible();
        },
      },
    ],
  },
  "/{lang}/registrations/{link}": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      { name: "plain", go: ({ page, language }) => registerGuest(page, language) },
      {
        name: "cancelling",
        go: async ({ page, language }) => page.goto(`${await registerGuest(page, language)}?ask=cancel`),
      },
      {
        name: "deleted",
        go: async ({ page, language }) => {
          await page.goto(`${await registerGuest(page, language, "Deletes Everything")}?ask=delete`);
          await page.locator("main form button[value=delete]").click();
          await expect(page.locator(".c-panel__code")).toHaveCount(0);
        },
      },
    ],
  },
  "/{lang}/registrations/{link}/calendar.ics": NO_PAGE,
  "/{lang}/registrations/{link}/correct": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      {
        name: "plain",
        go: async ({ page, language }) => page.goto(`${await registerGuest(page, language)}/correct`),
      },
    ],
  },
  "/{lang}/follow/{link}": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [at(({ language }) => `/${language}/follow/AAAAAAAAAAAAAAAAAAAAAA`, "ended")],
  },
};
