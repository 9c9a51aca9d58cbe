/** The organizers' screens of one questionnaire. */
import { expect, type Page } from "@playwright/test";
import { CONSOLE } from "../organizer";
import { drawn, word } from "../words";
import { at, CONSOLE_LANGUAGES, NO_PAGE, screen, type Fixtures, type Visit, type Visitor } from "./kinds";

const REASON_MISSING: Visit = {
  name: "refused",
  go: async ({ page }) => {
    await page.goto(`${CONSOLE}/answers`);
    await page.locator("form:has(#reason) button").first().click();
    await expect(page.locator("#errors")).toBeVisible();
  },
};

const SHARING: Visit[] = [
  {
    name: "with a channel",
    go: async ({ page }) => {
      await page.goto(`${CONSOLE}/sharing`);
      await page.locator("#name").fill(`Poster ${Date.now()}`);
      await page.locator("form:has(#name) button").click();
      await expect(page.locator("#channels")).toBeVisible();
    },
  },
  {
    name: "refused",
    go: async ({ page }) => {
      await page.goto(`${CONSOLE}/sharing`);
      await page.locator("#code").fill("not a code");
      await page.locator("form:has(#name) button").click();
      await expect(page.locator("#errors")).toBeVisible();
    },
  },
];

/** Opens an answer that is kept aside because nobody knows its edition: one that nobody can count, whatever else waits. */
async function openKeptAside({ page, language, keepAside }: Visitor): Promise<void> {
  await keepAside();
  await page.goto(`${CONSOLE}/quarantine`);
  const unknown = page.locator("main tr", { hasText: drawn(word(language, "answers.why_unknown_definition")) });
  await unknown.locator(`a[href*="${CONSOLE}/quarantine/"]`).first().click();
  await expect(page).toHaveURL(/\/quarantine\/[^/]+$/);
}

/** Opens the first answers of the table, after there is at least one. */
async function openAnswer({ page, way }: Visitor): Promise<void> {
  if (!(await sent(page))) {
    await way.begin();
    await way.answerUntil(null);
    await way.send();
  }
  await page.goto(`${CONSOLE}/answers`);
  await page.locator(`main tbody a[href*="${CONSOLE}/answers/"]`).first().click();
  await expect(page).toHaveURL(/\/answers\/[0-9a-f]{32}\?/);
}

/** Whether an answer is in the table. */
async function sent(page: Page): Promise<boolean> {
  await page.goto(`${CONSOLE}/answers`);
  return (await page.locator("main tbody tr").count()) > 0;
}

export const FIXTURES_OF_A_QUESTIONNAIRE: Fixtures = {
  "/console/questionnaires/{slug}": screen(CONSOLE, {
    name: "live",
    go: async ({ page }) => {
      await page.goto(CONSOLE);
      await expect(page.locator(".answers-count__refresh")).toBeHidden();
    },
  }),
  "/console/questionnaires/{slug}/state": NO_PAGE,
  "/console/questionnaires/{slug}/schedule": screen(`${CONSOLE}/schedule`, {
    name: "refused",
    go: async ({ page }) => {
      await page.goto(`${CONSOLE}/schedule`);
      await page.locator("#opens").fill("2026");
      await page.locator("main form button").click();
      await expect(page.locator("#errors")).toBeVisible();
    },
  }),
  "/console/questionnaires/{slug}/versions": screen(`${CONSOLE}/versions`),
  "/console/questionnaires/{slug}/results-through": screen(`${CONSOLE}/results-through`, {
    name: "refused",
    go: async ({ page }) => {
      await page.goto(`${CONSOLE}/results-through`);
      await page.locator("main form button").click();
      await expect(page.locator("#errors")).toBeVisible();
    },
  }),
  "/console/questionnaires/{slug}/answers": screen(`${CONSOLE}/answers`, REASON_MISSING),
  "/console/questionnaires/{slug}/answers.csv": NO_PAGE,
  "/console/questionnaires/{slug}/answers.json": NO_PAGE,
  "/console/questionnaires/{slug}/answers.xlsx": NO_PAGE,
  "/console/questionnaires/{slug}/answers/{key}": {
    as: "organizer",
    languages: CONSOLE_LANGUAGES,
    visits: [
      { name: "plain", go: openAnswer },
      {
        name: "refused",
        go: async (visitor) => {
          await openAnswer(visitor);
          await visitor.page.locator("form:has(#reason) button").click();
          await expect(visitor.page.locator("#errors")).toBeVisible();
        },
      },
      {
        name: "with everything",
        go: async (visitor) => {
          await openAnswer(visitor);
          await visitor.page.locator("#reason").fill("Looking at what one person wrote");
          await visitor.page.locator("form:has(#reason) button").click();
          await expect(visitor.page.locator(".c-notice--waiting")).toBeVisible();
        },
      },
    ],
  },
  "/console/questionnaires/{slug}/codebook.csv": NO_PAGE,
  "/console/questionnaires/{slug}/codebook": screen(`${CONSOLE}/codebook`),
  "/console/questionnaires/{slug}/sharing": screen(`${CONSOLE}/sharing`, ...SHARING),
  "/console/questionnaires/{slug}/sharing/{code}": NO_PAGE,
  "/console/questionnaires/{slug}/poster": screen(
    `${CONSOLE}/poster`,
    at(() => `${CONSOLE}/poster?sheet=cards`, "cards"),
    at(() => `${CONSOLE}/poster?minutes=many`, "refused"),
  ),
  "/console/questionnaires/{slug}/counts": screen(`${CONSOLE}/counts`, {
    name: "refused",
    go: async ({ page }) => {
      await page.goto(`${CONSOLE}/counts`);
      await page.locator("form:has(#reason) button").click();
      await expect(page.locator("#errors")).toBeVisible();
    },
  }),
  "/console/questionnaires/{slug}/quarantine": screen(`${CONSOLE}/quarantine`),
  "/console/questionnaires/{slug}/quarantine/{id}": {
    as: "organizer",
    languages: CONSOLE_LANGUAGES,
    visits: [
      { name: "plain", go: openKeptAside },
      {
        name: "refused",
        go: async (visitor) => {
          await openKeptAside(visitor);
          await visitor.page.locator("main button[value=read]").click();
          await expect(visitor.page.locator("#errors")).toBeVisible();
        },
      },
      {
        name: "refused to be discarded",
        go: async (visitor) => {
          await openKeptAside(visitor);
          await visitor.page.locator("main button[value=discard]").click();
          await expect(visitor.page.locator("#discard-reason-error")).toBeVisible();
        },
      },
      {
        name: "not to be counted",
        go: async (visitor) => {
          await openKeptAside(visitor);
          await visitor.page.locator("main button[value=accept]").click();
          await expect(visitor.page.locator(".c-notice--wrong")).toBeVisible();
        },
      },
      {
        name: "with what was sent",
        go: async (visitor) => {
          await openKeptAside(visitor);
          await visitor.page.locator("#reason").fill("Looking why it was kept aside");
          await visitor.page.locator("main button[value=read]").click();
          await expect(visitor.page.locator("main pre")).toBeVisible();
        },
      },
    ],
  },
};
