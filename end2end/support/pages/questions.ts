/** The states of a question's page, and how each is reached. */
import { expect } from "@playwright/test";
import { KINDS, layout, WHOLE, type Definition } from "../definition";
import { pages, type Page, type Plan } from "../flow";
import { full, PEOPLE, refused } from "../plans";
import { choosePhone, type Way } from "../way";
import type { Language } from "../words";
import type { Visit, Visitor } from "./kinds";

/** Stops the program at the door: the page stays as the server sent it. */
async function asleep({ page }: Visitor): Promise<void> {
  await page.route("**/pkg/**/*.wasm*", (route) => route.abort());
  await page.route("**/pkg/*.wasm*", (route) => route.abort());
}

/** Begins without the program, so that the same visit serves plain and refused pages. */
export async function beginAsleep(visitor: Visitor, way = visitor.way): Promise<void> {
  await asleep(visitor);
  await visitor.page.goto(way.path());
  await choosePhone(visitor.page, "own");
  await visitor.page.locator("main form button").first().click();
  await way.isAt(way.definition.questions[0]?.name ?? "");
}

/** Comes to a page with these answers given, as the server draws it. */
async function reachAsleep(visitor: Visitor, definition: Definition, { name }: Page, plan: Plan): Promise<Way> {
  const way = visitor.through(definition);
  await beginAsleep(visitor, way);
  // At the first question nothing was answered yet.
  if (name !== definition.questions[0]?.name) {
    await way.carry(plan);
    await visitor.page.goto(way.path(`/questions/${name}`));
  }
  await way.isAt(name);
  return way;
}

/** The same, drawn by the island: it comes there from the first question. */
async function reachAwake(visitor: Visitor, definition: Definition, { name }: Page, plan: Plan): Promise<Way> {
  const way = visitor.through(definition);
  const first = definition.questions[0]?.name ?? "";
  await way.begin();
  if (name !== first) {
    await way.carry(plan);
    await visitor.page.goto(way.path(`/questions/${first}`));
    await way.awake();
  }
  await way.jump(name);
  return way;
}

/** Answers to everything but what stands on this page. */
function without({ questions }: Page, plan: Plan): Plan {
  return new Map([...plan].filter(([name]) => !questions.some((question) => question.name === name)));
}

/** Fills in what is refused, everywhere on the page, and goes on. */
async function refuse(way: Way, { questions, isList }: Page): Promise<void> {
  for (const each of questions) await way.fill(each, refused(each) ?? "empty", isList);
  await way.go().click();
  await expect(way.errors()).toBeVisible();
}

const EVERYTHING = PEOPLE["every branch"];
const KIND = full(KINDS);
const kinds = pages(KIND, KINDS);
const wrong = kinds.filter(({ questions }) => questions.some((each) => refused(each)));
const called = ({ name, isList, questions: [first] }: Page): string => (isList || !first ? name : layout(first));

/** A state of a page of the questionnaire of kinds. */
const kind = (page: Page, state: string, languages: readonly Language[], go: Visit["go"]): Visit => ({ name: `${called(page)}, ${state}`, languages, go });

/**
 * Every page of the whole questionnaire in the languages whose texts are longest; a page of each kind in the others;
 * each kind refused, and as the island draws it, which is the same HTML (`same-html`) with the focus elsewhere.
 */
export const questions: Visit[] = [
  ...pages(EVERYTHING, WHOLE).map((page) => ({
    name: `${page.name}, plain`,
    languages: ["ja-easy", "vi"] as const,
    go: (visitor: Visitor) => reachAsleep(visitor, WHOLE, page, EVERYTHING),
  })),
  ...kinds.map((page) => kind(page, "plain", ["ja", "zh-Hans", "en"], (visitor) => reachAsleep(visitor, KINDS, page, KIND))),
  ...wrong.map((page) =>
    kind(page, "refused", ["ja-easy", "vi"], async (visitor) => refuse(await reachAsleep(visitor, KINDS, page, without(page, KIND)), page)),
  ),
  ...kinds.map((page) => kind(page, "drawn by the island", ["vi"], (visitor) => reachAwake(visitor, KINDS, page, KIND))),
  ...wrong.map((page) =>
    kind(page, "refused by the island", ["zh-Hans"], async (visitor) => refuse(await reachAwake(visitor, KINDS, page, without(page, KIND)), page)),
  ),
  ...kinds.filter(({ isList }) => isList).map((page) => ({
    name: "with Japanese beside, or without readings",
    go: async (visitor: Visitor) => {
      const way = await reachAwake(visitor, KINDS, page, KIND);
      const button = visitor.page.locator("button[name=japanese], button[name=furigana]");
      // Japanese itself has neither.
      if ((await button.count()) > 0) await button.first().click();
      await way.isAt(page.name);
    },
  })),
];
