import { choices, question, WHOLE } from "../../support/definition";
import { added, exported } from "../../support/export";
import { pages, storedBy, type Plan } from "../../support/flow";
import { Keys } from "../../support/keys";
import { PEOPLE, REFUSED_FIRST, type Person } from "../../support/plans";
import { headingOf } from "../../support/shown";
import { expect, test } from "../../support/test";
import { languageEntry } from "../../support/way";
import { drawn, word, type Language } from "../../support/words";

/** Five people, each in a language of their own, three of them with script. */
const FIVE: [Language, "script" | "no-script", Person][] = [
  ["vi", "script", "every branch"],
  ["ja-easy", "no-script", "every branch"],
  ["ja", "script", "no fee, in an agency's dormitory"],
  ["zh-Hans", "no-script", "a debt paid back, in the employer's home"],
  ["en", "script", "prefers not to say"],
];

/** Where they change the language for a moment, and what they answer otherwise once they see all of it. */
const OTHERWISE_READ = "payslip";
const CHANGED = "age_band";

for (const [language, mode, person] of FIVE) {
  test(`by keyboard alone in ${language}, ${mode}: ${person}`, async ({ page, way, scripted, server }) => {
    test.skip(scripted !== (mode === "script"), "the other mode");
    test.setTimeout(300_000);
    const plan: Plan = new Map(PEOPLE[person]);
    const before = await exported(server, WHOLE.slug);
    const here = way(language, page, WHOLE);
    const keys = new Keys(page);
    /** With script the new page is read from its heading on; without, from its beginning. */
    const arrive = async (): Promise<void> => {
      if (scripted) await expect(here.heading()).toBeFocused();
      else await keys.skip();
    };
    // With script the page is never loaded anew: its beginning lies behind.
    const back = scripted ? "Shift+Tab" : "Tab";
    await page.goto(here.path());
    await here.awake();
    await keys.goTo("main form input[name=phone]");
    await keys.press("Space");
    await keys.goTo("main form button");
    await keys.press("Enter");
    await here.isAt("consent");
    await here.awake();
    await keys.skip(back);

    for (const [index, each] of pages(plan, WHOLE).entries()) {
      await here.isAt(each.name);
      if (index > 0) await arrive();
      if (each.name === OTHERWISE_READ) {
        const other = language === "en" ? "vi" : "en";
        for (const [to, from] of [[other, language], [language, other]] as const) {
          await keys.goTo(languageEntry(to), "Shift+Tab");
          // Where the island began on the first page, the languages are links, which Space does not press.
          await keys.press(scripted || from === language ? "Enter" : "Space");
          await here.isAt(each.name, to);
          await expect(here.heading()).toHaveText(drawn(headingOf(each, to)));
          await here.awake();
          await keys.skip(back);
        }
      }
      const wrong = REFUSED_FIRST.get(each.name);
      if (typeof wrong === "object" && "typed" in wrong) {
        const [asked] = each.questions;
        await keys.answer(question(each.name, WHOLE), wrong);
        await keys.goOn("Enter", "field");
        await expect(here.errors()).toBeFocused();
        await expect(here.errors()).toContainText(drawn(asked?.constraint?.message[language] ?? "?"));
        await keys.goTo("#errors a");
        await keys.press("Enter");
        await expect(page.locator("#answer")).toBeFocused();
        await keys.press("Control+A");
        await keys.press("Delete");
      }
      for (const asked of each.questions) await keys.answer(asked, plan.get(asked.name) ?? "empty", each.isList);
      await keys.goOn(index % 3 ? "Enter" : "Space", index % 2 ? "field" : "button");
    }

    await here.isOn("/check");
    await arrive();
    // The last of the choices, whatever it was before: from one end to the other.
    const last = choices(question(CHANGED, WHOLE)).at(-1);
    plan.set(CHANGED, { codes: [last?.code ?? ""] });
    await keys.goTo(`a[href*="/questions/${CHANGED}?"]`);
    await keys.press("Enter");
    await here.isAt(CHANGED);
    await arrive();
    await keys.answer(question(CHANGED, WHOLE), { codes: [last?.code ?? ""] });
    await keys.goOn();
    await here.isOn("/check");
    await arrive();
    const row = page.locator(".c-summary__row", { has: page.locator(`a[href*="/questions/${CHANGED}?"]`) });
    await expect(row.locator(".c-summary__value")).toHaveText(drawn(last?.label[language] ?? "?"));

    await keys.goOn();
    await here.isOn("/sent");
    expect(await here.code()).not.toBe("");
    if (scripted) await expect(here.heading()).toBeFocused();
    await expect(here.heading()).toHaveText(drawn(word(language, "questionnaires.sent_title")));
    const [kept] = added(before, await exported(server, WHOLE.slug));
    expect(kept?.language).toBe(language);
    expect(kept?.answers).toEqual(Object.fromEntries(storedBy(plan, WHOLE)));
  });
}
