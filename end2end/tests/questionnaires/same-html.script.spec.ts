import { FULL, met, question } from "../../support/definition";
import { drawnByIsland, drawnByServer } from "../../support/same";
import { expect, test, type Page } from "../../support/test";
import type { Way } from "../../support/way";
import { LANGUAGES } from "../../support/words";

/** The page in the window equals what the server draws for the same address and draft. */
async function same(page: Page, here: Way): Promise<void> {
  await here.settled();
  const answer = await page.request.get(page.url());
  expect(answer.url(), "the server shows another page").toBe(page.url());
  expect(await drawnByIsland(page)).toBe(await drawnByServer(page, await answer.text()));
}

for (const language of LANGUAGES) {
  test(`island and server draw the same in ${language}`, async ({ page, way, baseURL }) => {
    const here = way(language);
    await here.begin();
    const loaded = await page.evaluate(() => performance.timeOrigin);
    for (const each of met(FULL)) {
      await here.isAt(each.name);
      await same(page, here);
      await here.answer(each.name, FULL.get(each.name) ?? "empty");
    }
    await here.isOn("/check");
    await same(page, here);

    // Back through all of them: the fields hold what was answered.
    for (const each of met(FULL).reverse()) {
      await page.locator(".c-back").click();
      await here.isAt(each.name);
      await same(page, here);
    }

    for (const [name, fields] of Object.entries(REFUSED)) {
      await here.jump(name);
      await here.fill(question(name), FULL.get(name) ?? "empty");
      await type(page, fields);
      const instance = await here.form().locator("[name=instance]").inputValue();
      await here.go().click();
      await expect(here.errors()).toBeVisible();
      const island = await drawnByIsland(page);
      const refused = await page.request.post(page.url(), {
        headers: { origin: baseURL ?? "" },
        form: { instance, ...fields },
      });
      expect(refused.status()).toBe(422);
      expect(island).toBe(await drawnByServer(page, await refused.text()));
    }
    expect(await page.evaluate(() => performance.timeOrigin), "the page was loaded anew").toBe(loaded);
  });
}

/** What cannot be read, by question. */
const REFUSED: Record<string, Record<string, string>> = {
  hours_week: { answer: "abc" },
  started_on: { "answer-year": "2024", "answer-month": "2", "answer-day": "31" },
};

async function type(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`main [name=${name}]`).fill(value);
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
