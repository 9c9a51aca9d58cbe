/** The pages of the voice desk. */
import { expect } from "@playwright/test";
import { Letters } from "../letters";
import { LANGUAGES } from "../words";
import { at, type Fixtures, type Visitor } from "./kinds";

const TEXT = "Công ty không trả tiền làm thêm.";

/** Somebody who has written, and is on the page with the digits. */
const written = async ({ page, language }: Visitor): Promise<Letters> => {
  const letters = new Letters(page, language);
  await letters.write(TEXT);
  return letters;
};

/** Who has come back. */
const opened = async (visitor: Visitor): Promise<Letters> => {
  const letters = await written(visitor);
  await letters.back();
  await letters.areOpen();
  return letters;
};

export const FIXTURES_OF_LETTERS: Fixtures = {
  "/{lang}/voice/write": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      at(({ language }) => `/${language}/voice/write`),
      {
        name: "nothing written",
        go: async ({ page, language }) => {
          const letters = new Letters(page, language);
          await letters.goto("/write");
          await letters.button("send").click();
          await expect(page.locator(".c-errors")).toBeVisible();
        },
      },
    ],
  },
  "/{lang}/voice/receipt": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      { name: "the digits", go: written },
      {
        name: "another group typed",
        go: async (visitor) => {
          const letters = await written(visitor);
          await visitor.page.locator("#last").fill("12");
          await letters.button("receipt_go").click();
          await expect(visitor.page.locator(".c-errors")).toBeVisible();
        },
      },
      {
        name: "kept",
        go: async (visitor) => {
          const letters = await written(visitor);
          await visitor.page.locator("#last").fill(letters.digits.slice(-4));
          await letters.button("receipt_go").click();
          await expect(visitor.page.locator("h1")).toHaveText(letters.says("kept_heading"));
        },
      },
    ],
  },
  "/{lang}/voice/back": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      at(({ language }) => `/${language}/voice/back`),
      {
        name: "too few digits",
        go: async ({ page, language }) => {
          const letters = new Letters(page, language);
          await letters.back("1234 5678");
          await expect(page.locator(".c-errors")).toBeVisible();
        },
      },
    ],
  },
  "/{lang}/voice/letters": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      { name: "open", go: opened },
      {
        name: "delete?",
        go: async (visitor) => {
          const letters = await opened(visitor);
          await letters.button("delete").click();
          await expect(visitor.page.locator("h1")).toHaveText(letters.says("delete_heading"));
        },
      },
    ],
  },
};
