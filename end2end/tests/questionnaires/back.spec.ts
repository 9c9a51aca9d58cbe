import { choices, question, WHOLE } from "../../support/definition";
import { FULL, PEOPLE } from "../../support/plans";
import { expect, test } from "../../support/test";

test("back, browser back and forward, and refresh keep the answers", async ({ page, way, scripted }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil("paid_any");

  await page.locator(".c-back").click();
  await here.isAt("started_on");
  expect(await here.fields()).toEqual({ "answer-year": ["2024"], "answer-month": ["4"], "answer-day": ["1"] });

  await page.goBack();
  await here.isAt("paid_any");
  await page.goBack();
  await here.isAt("started_on");
  await page.goBack();
  await here.isAt("sector");
  expect(await here.fields()).toEqual({ answer: ["other"] });
  await page.goForward();
  await here.isAt("started_on");
  expect(await here.fields()).toMatchObject({ "answer-year": ["2024"] });

  await here.settled();
  await page.reload();
  await here.isAt("started_on");
  expect(await here.fields()).toMatchObject({ "answer-year": ["2024"], "answer-day": ["1"] });
  if (scripted) await here.awake();
  await here.go().click();
  await here.answerUntil(null, FULL, "paid_any");
  await expect(page.locator(".c-summary__row")).toHaveCount(FULL.size);
});

test("the way back after a refusal never asks to send a form again", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await here.go().click();
  await expect(here.errors()).toBeVisible();
  await here.answer("consent", { codes: ["yes"] });
  await here.isAt("nationality");
  await page.goBack();
  await here.isAt("consent");
  await expect(here.heading()).toBeVisible();
  expect(await here.fields()).toEqual({ answer: ["yes"] });
});

test("a change from the check page returns there", async ({ page, way }) => {
  const here = way("en");
  await here.begin();
  await here.answerUntil(null);
  const row = page.locator(".c-summary__row", { has: page.locator('a[href*="/questions/hours_week?"]') });
  await row.getByRole("link").click();
  await here.isAt("hours_week");
  expect(await here.fields()).toEqual({ answer: ["48"] });
  await page.locator("#answer").fill("60");
  await here.go().click();
  await here.isOn("/check");
  await expect(row.locator(".c-summary__value")).toContainText("60");
});

test("the way back from a change leads to the check page and changes nothing", async ({ page, way }) => {
  const here = way("ja");
  await here.begin();
  await here.answerUntil(null);
  await page.locator('a[href*="/questions/hours_week?"]').click();
  await here.isAt("hours_week");
  await page.locator(".c-back").click();
  await here.isOn("/check");
  await expect(page.locator(".c-summary__row")).toHaveCount(FULL.size);
});

test("a change that opens a branch asks the new question, and closing it takes the answer away", async ({ page, way }) => {
  const here = way("ja-easy");
  const without = new Map(FULL).set("paid_any", { codes: ["no"] });
  await here.begin();
  await here.answerUntil(null, without);
  await expect(page.locator(".c-summary__row")).toHaveCount(FULL.size - 1);

  await page.locator('a[href*="/questions/paid_any?"]').click();
  await here.answer("paid_any", { codes: ["yes"] });
  await here.answer("paid_amount", { codes: ["from_600k"] });
  await here.isOn("/check");
  await expect(page.locator(".c-summary__row")).toHaveCount(FULL.size);

  await page.locator('a[href*="/questions/paid_any?"]').click();
  await here.answer("paid_any", { codes: ["no"] });
  await here.isOn("/check");
  await expect(page.locator(".c-summary__row")).toHaveCount(FULL.size - 1);
  await expect(page.locator('a[href*="/questions/paid_amount?"]')).toHaveCount(0);
});

test("a change on a page of several questions returns to the check page", async ({ page, way }) => {
  const here = way("vi", page, WHOLE);
  await here.begin();
  await here.carry(PEOPLE["every branch"]);
  await page.goto(here.path("/check"));
  await here.awake();
  const changes = page.locator('a[href*="/questions/documents?"]');
  await expect(changes).toHaveCount(3);
  await changes.nth(2).click();
  await here.isAt("documents");
  expect(await here.fields()).toEqual({
    "docs_passport.answer": ["cannot_get"],
    "docs_residence_card.answer": ["cannot_get"],
    "docs_bank_book.answer": ["cannot_get"],
  });
  await here.fill(question("docs_bank_book", WHOLE), { codes: ["keep"] }, true);
  await here.go().click();
  await here.isOn("/check");
  const asked = choices(question("docs_bank_book", WHOLE));
  const [kept, , lost] = asked.map(({ label }) => label.vi);
  await expect(page.locator(".c-summary__row", { has: changes }).locator(".c-summary__value")).toHaveText([lost ?? "?", lost ?? "?", kept ?? "?"]);
});

test("an address further on leads to the question that needs an answer", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await page.goto(here.path("/questions/message"));
  await here.isAt("consent");
  await page.goto(here.path("/check"));
  await here.isAt("consent");
});

test("a refresh in the middle of a change still leads back to the check page", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil(null);
  await here.settled();
  await page.locator('a[href*="/questions/hours_week?"]').click();
  await here.isAt("hours_week");
  await page.reload();
  await here.awake();
  await page.locator("#answer").fill("50");
  await here.go().click();
  await here.isOn("/check");
});

test("the skip link leads to the question and leaves alone what was typed", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil("hours_week");
  await page.locator("#answer").fill("4");
  await page.locator('a.c-skip[href="#main"]').focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);
  await expect(page.locator("#main")).toBeFocused();
  await expect(page.locator("#answer")).toHaveValue("4");
});
