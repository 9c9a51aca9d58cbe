/** Reading what the law says, from the page of the telephone lines, on the narrowest phone, and leaving nothing behind. */
import { fits } from "../../support/layout";
import { TOPICS } from "../../support/pages/rights";
import { expect, test } from "../../support/test";
import { drawn, LANGUAGES, plain, word } from "../../support/words";

/** Where Exit leads. */
const NEUTRAL = "www.jma.go.jp";

for (const language of LANGUAGES) {
  test(`somebody finds a topic, shows its law and goes back (${language})`, async ({ page }) => {
    const says = (key: string): string => drawn(word(language, `rights.${key}`));
    await page.goto(`/${language}/voice`);
    await page.locator("main a", { hasText: says("link") }).click();
    await expect(page.locator("h1")).toHaveText(says("heading"));
    await expect(page).toHaveTitle(`${plain(word(language, "rights.title"))} – Entaku`);
    await expect(page.locator(".home-choose__link")).toHaveCount(TOPICS.length);
    await page.locator(".home-choose__link", { hasText: says("respect_title") }).click();
    await expect(page.locator("h1")).toHaveText(says("respect_title"));
    // The title tells no more than that somebody read.
    await expect(page).toHaveTitle(`${plain(word(language, "rights.title"))} – Entaku`);
    await expect(page.locator("main li", { hasText: says("respect_law_2") }).locator("[lang=ja]")).toHaveText(
      language === "ja-easy" ? "労働基準法(ろうどうきじゅんほう) 第5条(だいごじょう)" : "労働基準法 第5条",
    );
    await expect(page.locator("script")).toHaveCount(0);
    await fits(page, 320);
    // The same page in another language, and back to all topics.
    await page.locator(".c-languages__entry[lang=en]").click();
    await expect(page.locator("h1")).toHaveText(drawn(word("en", "rights.respect_title")));
    await page.locator("main a", { hasText: drawn(word("en", "rights.all")) }).click();
    await expect(page.locator("h1")).toHaveText(drawn(word("en", "rights.heading")));
    expect(await page.context().cookies()).toEqual([]);
  });
}

test("Exit leaves a topic at once", async ({ page, watch }) => {
  watch.allowHost(NEUTRAL);
  await page.goto("/vi/voice/rights/respect");
  const failed = page.waitForEvent("requestfailed", (request) => new URL(request.url()).host === NEUTRAL);
  await page.locator(".c-exit__button").click({ noWaitAfter: true });
  expect((await failed).isNavigationRequest()).toBe(true);
});

test("a topic can be printed: the sentences stay, what leads elsewhere goes", async ({ page }) => {
  await page.goto("/ja-easy/voice/rights/pay");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("main li").first()).toBeVisible();
  await expect(page.locator(".c-exit")).toBeHidden();
  await expect(page.locator(".c-languages")).toBeHidden();
});
