/** The pages of a worker's way through the questionnaire. */
import { expect } from "@playwright/test";
import { DEFINITION } from "../definition";
import { Foot, offered } from "../kept";
import { PhonePage } from "../phone";
import { BRIEF, FULL } from "../plans";
import { LANGUAGES } from "../words";
import { at, NO_PAGE, type Fixtures, type Visitor } from "./kinds";
import { beginAsleep, questions } from "./questions";

async function atCheck({ way }: Visitor): Promise<void> {
  await way.begin();
  await way.answerUntil(null, FULL);
}

export const FIXTURES_OF_THE_WAY: Fixtures = {
  "/q/{slug}": { as: "anyone", languages: ["en"], visits: [at(() => `/q/${DEFINITION.slug}`)] },
  "/q/{slug}/{code}": { as: "anyone", languages: ["en"], visits: [at(() => `/q/${DEFINITION.slug}/no-such-code`)] },
  "/{lang}/questionnaires/{slug}": {
    as: "worker",
    languages: LANGUAGES,
    visits: [
      at(({ way }) => way.path()),
      {
        name: "with a draft",
        go: async ({ way, page }) => {
          await way.begin();
          await page.goto(way.path());
        },
      },
      {
        name: "with drafts of this phone",
        go: async ({ way, page }) => {
          await way.begin();
          await way.answerUntil("sector");
          // The browser was closed since: its cookie is gone, and what the phone keeps is not.
          await way.settled();
          await page.context().clearCookies();
          await page.goto(way.path());
          await expect(offered(page)).toHaveCount(1);
        },
      },
      {
        name: "refused",
        go: async ({ way, page }) => {
          await page.goto(way.path());
          await way.awake();
          await way.beginButton().click();
          await expect(page.locator("#phone-own-error")).toBeVisible();
        },
      },
    ],
  },
  "/{lang}/questionnaires/{slug}/questions/{name}": { as: "worker", languages: LANGUAGES, visits: questions },
  "/{lang}/questionnaires/{slug}/check": {
    as: "worker",
    languages: LANGUAGES,
    visits: [
      { name: "drawn by the island", go: atCheck },
      {
        name: "plain",
        go: async (visitor) => {
          await beginAsleep(visitor);
          await visitor.way.answerUntil(null, BRIEF);
        },
      },
    ],
  },
  "/{lang}/questionnaires/{slug}/sent": {
    as: "worker",
    languages: LANGUAGES,
    visits: [
      {
        name: "drawn by the island",
        go: async (visitor) => {
          await atCheck(visitor);
          await visitor.way.send();
        },
      },
      {
        name: "plain",
        go: async (visitor) => {
          await atCheck(visitor);
          await visitor.way.send();
          await visitor.page.reload();
        },
      },
      {
        name: "waiting",
        go: async (visitor) => {
          await atCheck(visitor);
          await visitor.page.route("**/api/v1/responses", (route) => route.abort());
          await visitor.way.sendUnheard();
        },
      },
      {
        name: "asked whether to delete from this phone",
        go: async (visitor) => {
          const foot = new Foot(visitor.page);
          await atCheck(visitor);
          await visitor.way.send();
          await foot.button("delete-phone").click();
          await expect(foot.button("delete-phone-yes")).toBeVisible();
        },
      },
    ],
  },
  "/{lang}/questionnaires/{slug}/nothing-sent": {
    as: "worker",
    languages: LANGUAGES,
    visits: [at(({ way }) => way.path("/nothing-sent"))],
  },
  "/{lang}/questionnaires/{slug}/delete": {
    as: "worker",
    languages: LANGUAGES,
    visits: [
      at(({ way }) => way.path("/delete")),
      {
        name: "refused",
        go: async ({ way, page }) => {
          await page.goto(way.path("/delete"));
          await page.locator("#code").fill("0000-0000-0000");
          await way.go().click();
          await expect(way.errors()).toBeVisible();
        },
      },
      {
        name: "asked once more",
        go: async (visitor) => {
          const { way, page } = visitor;
          await atCheck(visitor);
          const code = await way.send();
          await page.goto(way.path("/delete"));
          await page.locator("#code").fill(code);
          await way.go().click();
          await expect(page.locator("button[value=delete]")).toBeVisible();
        },
      },
    ],
  },
  "/{lang}/questionnaires/{slug}/deleted": {
    as: "worker",
    languages: LANGUAGES,
    visits: [at(({ way }) => way.path("/deleted"))],
  },
  "/{lang}/questionnaires/{slug}/phone": {
    as: "worker",
    languages: LANGUAGES,
    visits: [
      {
        name: "plain",
        go: async ({ way, page }) => {
          await page.route("**/pkg/*.wasm*", (route) => route.abort());
          await page.goto(way.path("/phone"));
        },
      },
      { name: "with nothing", go: ({ way, page }) => new PhonePage(page).open(way.path("/phone")) },
      {
        name: "with answers that wait",
        go: async (visitor) => {
          const { way, page } = visitor;
          const phone = new PhonePage(page);
          await atCheck(visitor);
          await page.route("**/api/v1/responses", (route) => route.abort());
          await way.sendUnheard();
          await phone.open(way.path("/phone"));
          await phone.button("show-squares").click();
          await expect(page.locator("#phone-square svg")).toBeVisible();
          await phone.button("delete-phone").click();
          await expect(phone.button("delete-phone-yes")).toBeVisible();
        },
      },
      {
        name: "with a code",
        go: async (visitor) => {
          await atCheck(visitor);
          await visitor.way.send();
          const phone = new PhonePage(visitor.page);
          await phone.open(visitor.way.path("/phone"));
          await expect(phone.codes()).toHaveCount(1);
        },
      },
    ],
  },
  "/{lang}/questionnaires/{slug}/new-person": NO_PAGE,
  "/{lang}/questionnaires/{slug}/worker.js": NO_PAGE,
  "/{lang}/questionnaires/{slug}/app.webmanifest": NO_PAGE,
  "/exit": NO_PAGE,
  "/definitions/{hash}": NO_PAGE,
};
