/** The page about the answers on a phone, and how a phone comes to have something on it. */
import { expect } from "@playwright/test";
import { DEFINITION } from "../definition";
import { awake, change, type Store } from "../kept";
import { PhonePage } from "../phone";
import { LANGUAGES } from "../words";
import { type Fixtures, type Visitor } from "./kinds";

const id = (number: number): string => `3f2b8c1e-9d4a-4e6f-8a7b-${String(number).padStart(12, "0")}`;
const HASH = "ab".repeat(32);

/** A row as *Send* freezes it. Nobody can open what is in it, which is all the same to the page. */
function row(number: number): [string, string] {
  const envelope = { questionnaire: DEFINITION.slug, definition: HASH, instance_id: id(number), digest: HASH, intake_key: HASH, sealed: "A".repeat(900) };
  return [id(number), JSON.stringify({ id: id(number), digest: HASH, body: JSON.stringify(envelope), own: true })];
}

const MARK = { questionnaire: DEFINITION.slug, code: "7K2M-04XR-9HWD" };
const DRAFT = { id: id(9), questionnaire: DEFINITION.slug, definition: HASH, language: "vi", page: "consent", touched_on: "2026-11-25", answers: "{}" };

/** A phone on which somebody sent before, began again, and two people's answers wait. */
const EVERYTHING: [Store, [string, string][]][] = [
  ["outbox", [row(1), row(2)]],
  ["marks", [[id(8), JSON.stringify(MARK)]]],
  ["drafts", [[id(9), JSON.stringify(DRAFT)]]],
];

/** Opens the page on a phone that has nothing yet. */
async function openEmpty({ page, way }: Visitor): Promise<PhonePage> {
  const phone = new PhonePage(page);
  await phone.open(way.path("/phone"));
  await expect(phone.line("nothing")).toBeVisible();
  return phone;
}

/** Opens the page on a phone that has something of everything, and no way to the server. */
async function openFull(visitor: Visitor): Promise<PhonePage> {
  const { page } = visitor;
  await page.route("**/api/v1/responses", (route) => route.abort());
  const phone = await openEmpty(visitor);
  for (const [store, put] of EVERYTHING) await change(page, store, { put });
  await page.reload();
  await awake(page);
  await expect(phone.line("waiting")).toContainText("2");
  // Once it was tried; until then the lines still change.
  await expect(phone.line("unreachable")).toBeVisible();
  return phone;
}

export const FIXTURES_OF_THE_PHONE: Fixtures = {
  "/{lang}/questionnaires/{slug}/phone": {
    as: "worker",
    languages: LANGUAGES,
    visits: [
      {
        name: "plain",
        go: async ({ page, way }) => {
          await page.route("**/pkg/*.wasm*", (route) => route.abort());
          await page.goto(way.path("/phone"));
        },
      },
      { name: "with nothing", go: openEmpty },
      { name: "with everything", go: openFull },
      {
        name: "with a square",
        go: async (visitor) => {
          const phone = await openFull(visitor);
          await phone.button("show-squares").click();
          await expect(visitor.page.locator("#phone-square svg")).toBeVisible();
        },
      },
      {
        name: "asked whether to delete",
        go: async (visitor) => {
          const phone = await openFull(visitor);
          await phone.button("delete-phone").click();
          await expect(phone.button("delete-phone-yes")).toBeVisible();
        },
      },
    ],
  },
};
