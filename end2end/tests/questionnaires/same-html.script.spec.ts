import { KINDS, WHOLE, type Definition } from "../../support/definition";
import { pages, type Page as Asked, type Plan } from "../../support/flow";
import { FULL, full, plan, refused } from "../../support/plans";
import { drawnByIsland, drawnByServer } from "../../support/same";
import { expect, test, type Page } from "../../support/test";
import type { Way } from "../../support/way";
import { LANGUAGES } from "../../support/words";

/** The page in the window equals what the server draws for the same address and draft. */
async function same(page: Page, here: Way): Promise<void> {
  await here.settled();
  const answer = await page.request.get(page.url());
  expect(answer.url(), "the server shows another page").toBe(page.url());
  expect(await drawnByIsland(page), page.url()).toBe(await drawnByServer(page, await answer.text()));
}

/** The same of every page that somebody meets, each drawn by the island, which never loads a page. */
async function sameOnEveryPage(page: Page, here: Way, answers: Plan): Promise<void> {
  const loaded = await page.evaluate(() => performance.timeOrigin);
  for (const { name } of pages(answers, here.definition)) {
    await here.jump(name);
    await same(page, here);
  }
  expect(await page.evaluate(() => performance.timeOrigin), "the page was loaded anew").toBe(loaded);
}

/** Opens the first question with these answers given. */
async function open(page: Page, here: Way, answers: Plan): Promise<void> {
  await here.carry(answers);
  await page.goto(here.path(`/questions/${here.definition.questions[0]?.name}`));
  await here.awake();
}

const WITH_PAGES: [string, Definition][] = [
  ["the whole questionnaire", WHOLE],
  ["every kind", KINDS],
];

for (const [name, definition] of WITH_PAGES) {
  for (const language of LANGUAGES) {
    test(`island and server draw every page the same in ${language}: ${name}`, async ({ page, way }) => {
      const everything = full(definition);
      const needed = plan(definition, (each) => (each.required && everything.get(each.name)) || "empty");
      const here = way(language, page, definition);
      await here.begin();
      await open(page, here, needed);
      await sameOnEveryPage(page, here, needed);
      await open(page, here, everything);
      await sameOnEveryPage(page, here, everything);
      // From the last page on, the check page is drawn by the island too.
      await here.go().click();
      await here.isOn("/check");
      await same(page, here);

      // Otherwise read: Japanese beside it, or no readings.
      const button = page.locator("button[name=japanese][value=on], button[name=furigana][value=off]");
      if ((await button.count()) === 0) return;
      await button.click();
      await here.isOn("/check");
      await open(page, here, everything);
      await sameOnEveryPage(page, here, everything);
    });
  }
}

for (const language of LANGUAGES) {
  test(`island and server draw the same on the way there and back in ${language}`, async ({ page, way }) => {
    const here = way(language);
    await here.begin();
    const loaded = await page.evaluate(() => performance.timeOrigin);
    for (const each of pages(FULL)) {
      await here.isAt(each.name);
      await same(page, here);
      await here.answerPage(each, FULL);
    }
    await here.isOn("/check");
    await same(page, here);
    // Back through all of them: the fields hold what was answered.
    for (const each of pages(FULL).reverse()) {
      await page.locator(".c-back").click();
      await here.isAt(each.name);
      await same(page, here);
    }
    expect(await page.evaluate(() => performance.timeOrigin), "the page was loaded anew").toBe(loaded);
  });

  test(`island and server refuse in the same words in ${language}`, async ({ page, way }) => {
    const answers = full(KINDS);
    const here = way(language, page, KINDS);
    await here.begin();
    for (const each of pages(answers, KINDS)) {
      await here.isAt(each.name);
      if (each.questions.some((question) => refused(question))) await sameRefusal(page, here, each);
      await here.answerPage(each, answers);
    }
    await here.isOn("/check");
    await same(page, here);
  });
}

/** Fills in what is refused, everywhere on the page, and posts the same past the island. */
async function sameRefusal(page: Page, here: Way, { questions, isList }: Asked): Promise<void> {
  for (const each of questions) await here.fill(each, refused(each) ?? "empty", isList);
  const instance = await here.form().locator("[name=instance]").inputValue();
  const pairs = Object.entries(await here.fields()).flatMap(([name, values]) => values.map((value) => [name, value]));
  await here.settled();
  await here.go().click();
  await expect(here.errors()).toBeVisible();
  const island = await drawnByIsland(page);
  const answer = await page.request.post(page.url(), {
    headers: { origin: new URL(page.url()).origin, "content-type": "application/x-www-form-urlencoded" },
    data: new URLSearchParams([["instance", instance], ...pairs]).toString(),
  });
  expect(answer.status()).toBe(422);
  expect(island).toBe(await drawnByServer(page, await answer.text()));
}

test("the page with the code is the same", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil(null);
  await here.send();
  const island = await drawnByIsland(page);
  const answer = await page.request.get(page.url());
  expect(answer.url()).toBe(page.url());
  expect(island).toBe(await drawnByServer(page, await answer.text()));
});
