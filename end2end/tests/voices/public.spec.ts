/** What everybody may read: on the narrowest phone, in every language, and what members say was done about it. */
import { hasLargeTargets, isAccessible } from "../../support/axe";
import { fits } from "../../support/layout";
import { Members } from "../../support/members";
import { Organizer } from "../../support/organizer";
import { expect, test } from "../../support/test";
import { drawn, LANGUAGES, plain, word } from "../../support/words";

for (const language of LANGUAGES) {
  test(`everybody reads what was said, what it means and what was done (${language})`, async ({ page, scripted }) => {
    const says = (key: string): string => drawn(word(language, `voices.${key}`));
    await page.goto(`/${language}/voice`);
    await page.locator("main a", { hasText: says("public_link") }).click();
    await expect(page.locator("h1")).toHaveText(says("public_heading"));
    await expect(page, "the title tells nothing").toHaveTitle(`${plain(word(language, "voices.title"))} – Entaku`);
    const voices = page.locator("main article");
    await expect(voices).toHaveCount(2);
    const first = voices.filter({ hasText: plain(word("ja", "voices.sample_1")) });
    const texts = first.locator(".voice-letter__text");
    // What the reader reads stands first.
    await expect(texts.first()).toHaveAttribute("lang", language === "vi" ? "vi" : "ja");
    await expect(texts.and(page.locator("[lang=vi]"))).toHaveText(plain(word("vi", "voices.sample_1")));
    await expect(first, "no day is told").not.toContainText(/\d{4}-\d{2}-\d{2}/);
    await expect(page.locator("script")).toHaveCount(0);
    if (scripted) await isAccessible(page, "what everybody reads");
    await hasLargeTargets(page);
    await fits(page, 320);
  });
}

test("a member says what was done; who is none only reads", async ({ page, scripted, server, newPerson }) => {
  const name = scripted ? "with" : "without";
  const organizer = await Organizer.join(server, `published-${name}@example.org`);
  const context = await newPerson({ storageState: await organizer.session(), locale: "vi", javaScriptEnabled: true });
  const desk = await context.newPage();
  await desk.goto("/console/voices/published");
  await expect(desk.locator("main article")).toHaveCount(2);
  await expect(desk.locator("main article form")).toHaveCount(0);
  await new Members(desk, "vi").join("Thu");
  await desk.goto("/console/voices/published");
  const form = desk.locator("main article form").first();
  await form.locator("summary").first().click();
  const said = `Đã báo cho Phòng Giám sát (${name}). </textarea><script>document.title = 'x'</script>`;
  await form.locator("textarea[name=vi]").fill("ア".repeat(1400));
  await form.locator("button[value=tell]").click();
  await expect(desk.locator("#errors")).toBeVisible();
  await expect(form.locator("textarea[name=vi]"), "what was typed stays").toHaveValue("ア".repeat(1400));
  await isAccessible(desk, "what was done, refused");
  await form.locator("textarea[name=vi]").fill(said);
  await form.locator("button[value=tell]").click();
  await page.goto("/vi/voices");
  await expect(page.locator("main")).toContainText(said);
  await expect(page).not.toHaveTitle("x");
});
