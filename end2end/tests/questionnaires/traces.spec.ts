import { KINDS } from "../../support/definition";
import { full } from "../../support/plans";
import { expect, test } from "../../support/test";
import { drawn, word } from "../../support/words";

const TELLING = "Xin gọi cho tôi: 090-1234-5678";
const SAYS = drawn(word("vi", "questionnaires.traces"));

test("own words with a phone number are pointed out while typing, at once and before sending, and never refused", async ({ page, way, scripted }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil("message");
  const warning = page.locator(".c-traces");
  await expect(warning).toBeHidden();
  await page.locator("#answer").pressSequentially(TELLING);
  if (scripted) {
    await expect(warning).toHaveText(SAYS);
    await page.locator("#answer").fill("Không có gì");
    await expect(warning).toBeHidden();
    await page.locator("#answer").fill(TELLING);
  }
  await here.go().click();

  await here.isOn("/check");
  await expect(page.locator(".c-summary__row .c-traces")).toHaveText(SAYS);
  await page.locator('a[href*="/questions/message?"]').click();
  await here.isAt("message");
  await expect(warning).toHaveText(SAYS);
  await page.locator("#answer").fill("Không có gì");
  await here.go().click();
  await here.isOn("/check");
  await expect(page.locator(".c-traces")).toHaveCount(0);
});

test("on a page of several questions the words are pointed out where they stand", async ({ page, way, scripted }) => {
  const here = way("vi", page, KINDS);
  await here.begin();
  await here.carry(new Map([...full(KINDS)].filter(([name]) => !name.startsWith("beside_"))));
  await page.goto(here.path("/questions/beside"));
  await here.awake();
  const warnings = page.locator(".c-traces");
  await expect(warnings).toHaveCount(2);
  await page.locator('[id="beside_lines-answer"]').fill(TELLING);
  // A long number is no trace of anybody.
  await page.locator('[id="beside_whole-answer"]').fill("123456789");
  // Without script they are seen once the page comes again: here because of the number.
  if (!scripted) await here.go().click();
  await expect(warnings.nth(1)).toBeVisible();
  await expect(warnings.nth(0)).toBeHidden();
});
