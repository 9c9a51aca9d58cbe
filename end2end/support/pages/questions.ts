/** The states of a question's page, and how each is reached. */
import { expect, type Page } from "@playwright/test";
import { deciding, DEFINITION, FULL, question } from "../definition";
import type { Visit, Visitor } from "./kinds";

/** Stops the program at the door: the page stays as the server sent it. */
async function asleep({ page }: Visitor): Promise<void> {
  await page.route("**/pkg/**/*.wasm*", (route) => route.abort());
  await page.route("**/pkg/*.wasm*", (route) => route.abort());
}

/** Begins without the program, so that the same visit serves plain and refused pages. */
export async function beginAsleep(visitor: Visitor): Promise<void> {
  await asleep(visitor);
  await visitor.page.goto(visitor.way.path());
  await visitor.page.locator("main form button").first().click();
  await visitor.way.isAt(DEFINITION.questions[0]?.name ?? "");
}

/** Answers what decides whether this question is shown, then goes there straight. */
async function reachAsleep(visitor: Visitor, name: string): Promise<void> {
  const { page, way } = visitor;
  await beginAsleep(visitor);
  for (const earlier of deciding(question(name))) {
    await page.goto(way.path(`/questions/${earlier}`));
    await way.answer(earlier, FULL.get(earlier) ?? "empty");
    await expect(page).not.toHaveURL(new RegExp(`/${earlier}$`));
  }
  await page.goto(way.path(`/questions/${name}`));
  await way.isAt(name);
}

/** The same, drawn by the island. */
async function reachAwake({ way }: Visitor, name: string): Promise<void> {
  await way.begin();
  for (const earlier of deciding(question(name))) {
    await way.jump(earlier);
    await way.answer(earlier, FULL.get(earlier) ?? "empty");
  }
  await way.jump(name);
}

const REFUSED: Record<string, (page: Page) => Promise<void>> = {
  consent: async () => {},
  started_on: (page) => page.locator("#answer").fill("2024"),
  deductions: async (page) => {
    for (const code of ["rent", "none"]) await page.locator(`input[value=${code}]`).check();
  },
  hours_week: (page) => page.locator("#answer").fill("abc"),
  message: (page) => page.locator("#answer").fill("ạ".repeat(500)),
};

/** Every question as the server draws it, each of them refused where it can be, and each as the island draws it. */
export const questions: Visit[] = [
  ...DEFINITION.questions.map(({ name }) => ({
    name: `${name}, plain`,
    go: (visitor: Visitor) => reachAsleep(visitor, name),
  })),
  ...Object.entries(REFUSED).map(([name, type]) => ({
    name: `${name}, refused`,
    go: async (visitor: Visitor) => {
      await reachAsleep(visitor, name);
      await type(visitor.page);
      await visitor.way.go().click();
      await expect(visitor.way.errors()).toBeVisible();
    },
  })),
  ...DEFINITION.questions.map(({ name }) => ({
    name: `${name}, drawn by the island`,
    go: (visitor: Visitor) => reachAwake(visitor, name),
  })),
  {
    name: "refused by the island",
    go: async (visitor: Visitor) => {
      await reachAwake(visitor, "hours_week");
      await visitor.way.fill(question("hours_week"), { typed: "abc" });
      await visitor.way.go().click();
      await expect(visitor.way.errors()).toBeVisible();
    },
  },
  {
    name: "with Japanese beside, or without readings",
    go: async (visitor: Visitor) => {
      await reachAwake(visitor, "deductions");
      await visitor.way.settled();
      const button = visitor.page.locator("button[name=japanese], button[name=furigana]");
      // Japanese itself has neither.
      if ((await button.count()) > 0) await button.first().click();
      await visitor.way.isAt("deductions");
    },
  },
];
