/** People of whom each answers otherwise, and the ways they go on a phone that may have no network. */
import { expect } from "@playwright/test";
import { controlled, holds, offeredOf, type Phone } from "./kept";
import type { Plan } from "./flow";
import { full } from "./plans";
import { DEFINITION, type Definition } from "./definition";
import { plain, word, type Language } from "./words";
import type { Way } from "./way";

/** Words that nobody else writes: by them a mix-up shows. */
export const wordsOf = (name: string): string => `Tôi là ${name} <b>&\n残業が多いです。`;

/** What somebody answers: everything, in words of their own, and with hours of their own. */
export function planOf(name: string, definition: Definition = DEFINITION): Plan {
  const hours = 20 + ([...name].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7) % 60);
  return new Map(full(definition)).set("message", { typed: wordsOf(name) }).set("hours_week", { typed: String(hours) });
}

/** Opens the first page where there is a network, and waits until it can be opened where there is none. */
export async function arrive(way: Way): Promise<void> {
  await way.page.goto(way.path());
  await way.awake();
  await controlled(way.page);
}

/** From the first page, on which somebody else may have stood, to the check page. */
export async function walk(way: Way, plan: Plan, phone: Phone = "own"): Promise<void> {
  await beginAnother(way, phone);
  await way.answerUntil(null, plan);
}

/** Begins on the first page, also where it still offers the answers of the one before. */
export async function beginAnother(way: Way, phone: Phone = "own"): Promise<void> {
  const { page } = way;
  if (new URL(page.url(), "http://none").pathname !== way.path()) await page.goto(way.path());
  await way.awake();
  const another = page.getByRole("button", { name: plain(word(way.language, "questionnaires.new_person")), exact: true });
  // A new build may draw the page anew just now: what was looked at a moment ago need not be there.
  await expect(async () => {
    if (await another.isVisible()) await another.click({ timeout: 2_000 });
    await expect(way.beginButton()).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await way.beginHere(phone);
}

/** On the first page: on with the answers of this id, be they the phone's or those that the browser's cookie holds. */
export async function goOnWith(way: Way, id: string): Promise<void> {
  await way.awake();
  const button = offeredOf(way.page, id).or(way.page.locator("form#continue button"));
  await button.first().click();
  await expect(way.form().locator("[name=instance]").first()).toHaveValue(id);
  await way.awake();
}

/** The name of the page of questions on which somebody is; nothing on the check page. */
export function pageOf(way: Way): string | undefined {
  return /\/questions\/([a-z0-9_]+)$/.exec(new URL(way.page.url()).pathname)?.[1];
}

/** Waits until the phone has nothing left to send. */
export async function hasSentAll(way: Way): Promise<void> {
  await holds(way.page, "outbox", 0);
}

/** The heading of a question in a language, as text. */
export const labelOf = (name: string, language: Language, definition: Definition = DEFINITION): string =>
  definition.questions.find((each) => each.name === name)?.label[language] ?? "?";
