import { choices, isSelect, KINDS, question, WHOLE } from "../../support/definition";
import { added, cellsOf, exported, exportedTable } from "../../support/export";
import { met, pages, storedBy } from "../../support/flow";
import { fits } from "../../support/layout";
import { brief, full, PEOPLE, REFUSED_FIRST, type Person } from "../../support/plans";
import { headingOf, linesOf, rowsOf } from "../../support/shown";
import { expect, test } from "../../support/test";
import { drawn, htmlLang, plain, word, type Language } from "../../support/words";

/** Who answers the whole questionnaire in which language: everybody in both modes, and every language a whole way. */
const WALKS: Record<"script" | "no-script", [Language, Person][]> = {
  script: [
    ["ja", "no fee, in an agency's dormitory"],
    ["ja-easy", "every branch"],
    ["vi", "every branch"],
    ["zh-Hans", "a debt paid back, in the employer's home"],
    ["en", "as little as possible"],
    ["vi", "prefers not to say"],
    ["ja", "consent and nothing else"],
  ],
  "no-script": [
    ["ja", "every branch"],
    ["ja-easy", "as little as possible"],
    ["vi", "every branch"],
    ["zh-Hans", "prefers not to say"],
    ["en", "no fee, in an agency's dormitory"],
    ["ja-easy", "a debt paid back, in the employer's home"],
    ["en", "consent and nothing else"],
  ],
};

for (const [mode, walks] of Object.entries(WALKS)) {
  for (const [language, person] of walks) {
    test(`the whole questionnaire in ${language}, ${mode}: ${person}`, async ({ page, way, scripted, server }) => {
      test.skip(scripted !== (mode === "script"), "the other mode");
      test.setTimeout(300_000);
      const plan = PEOPLE[person];
      const before = await exported(server, WHOLE.slug);
      const here = way(language, page, WHOLE);
      await here.begin();
      await expect(page.locator("html")).toHaveAttribute("lang", htmlLang(language));
      if (scripted) await page.evaluate(() => Object.assign(window, { marker: "never reloaded" }));

      for (const each of pages(plan, WHOLE)) {
        await here.isAt(each.name);
        await expect(here.heading()).toHaveText(drawn(headingOf(each, language)));
        expect(await page.title()).toContain(plain(headingOf(each, language)));
        await fits(page, 360);
        for (const asked of each.questions.filter(isSelect)) {
          const none = [asked.may_decline && "_declined", asked.may_not_know && "_unknown"].filter(Boolean);
          expect(await here.offered(asked, each.isList), asked.name).toEqual([...choices(asked).map(({ code }) => code), ...none]);
        }
        const refused = person === "every branch" ? REFUSED_FIRST.get(each.name) : undefined;
        if (refused) {
          await here.answer(each.name, refused);
          await expect(here.errors()).toContainText(drawn(question(each.name, WHOLE).constraint?.message[language] ?? "?"));
        }
        await here.answerPage(each, plan);
      }

      await here.isOn("/check");
      await expect(here.heading()).toHaveText(drawn(word(language, "questionnaires.check_title")));
      await fits(page, 320);
      const asked = rowsOf(plan, WHOLE);
      const rows = page.locator(".c-summary__row");
      await expect(rows.locator(".c-summary__key")).toHaveText(asked.map(({ question }) => drawn(question.label[language])));
      for (const [index, { question, page: name }] of asked.entries()) {
        const lines = linesOf(question, plan.get(question.name), language).map((line) => drawn(line));
        await expect(rows.nth(index).locator(".c-summary__line, .c-summary__typed")).toHaveText(lines, { useInnerText: false });
        await expect(rows.nth(index).getByRole("link")).toHaveAttribute("href", `${here.path(`/questions/${name}`)}?change`);
      }

      expect(await here.send()).not.toBe("");
      await fits(page, 320);
      if (scripted) {
        expect(await page.evaluate(() => "marker" in window), "moving on and sending reloaded the page").toBe(true);
      }
      const [row] = added(before, await exported(server, WHOLE.slug));
      expect(row?.language).toBe(language);
      expect(row?.answers).toEqual(Object.fromEntries(storedBy(plan, WHOLE)));
    });
  }
}

test("whoever says no at the door of the whole questionnaire is asked nothing more", async ({ page, way, server }) => {
  const before = await exported(server, WHOLE.slug);
  const here = way("vi", page, WHOLE);
  await here.begin();
  expect(met(PEOPLE["no thank you at the door"], WHOLE).map(({ name }) => name)).toEqual(["consent"]);
  await here.answer("consent", { codes: ["no"] });
  await here.isOn("/nothing-sent");
  for (const name of ["private_place", "documents", "docs_passport", "message"]) {
    await page.goto(here.path(`/questions/${name}`));
    await here.isOn("");
  }
  expect(added(before, await exported(server, WHOLE.slug))).toEqual([]);
});

test("Enter in a field goes on in the same language", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil("hours_week");
  await page.locator("#answer").fill("40");
  await page.locator("#answer").press("Enter");
  // The language buttons stand before the form's own and belong to it too: none of them may be the one pressed.
  await here.isAt("treatment");
});

test("no thank you at the door ends with nothing sent", async ({ page, way, organizer }) => {
  const before = await organizer.count();
  const here = way("vi");
  await here.begin();
  await here.answer("consent", { codes: ["no"] });
  await here.isOn("/nothing-sent");
  await expect(here.heading()).toHaveText(word("vi", "questionnaires.nothing_title"));
  await page.goto(here.path("/check"));
  await here.isOn("");
  expect(await organizer.count()).toBe(before);
});


test("a choice is offered on its days only", async ({ page, way }) => {
  const here = way("en", page, KINDS);
  const menu = question("menu", KINDS);
  const all = "choices" in menu.kind ? menu.kind.choices : [];
  expect(all.filter(({ from, until }) => from ?? until).map(({ code }) => code)).toEqual(["later", "before"]);
  await here.begin();
  await here.answerUntil("menu");
  expect(await here.offered(menu)).toEqual(["spring", "summer", "autumn", "winter", "_declined", "_unknown"]);
});

for (const [name, definition, plan] of [
  ["the whole questionnaire", WHOLE, PEOPLE["every branch"]],
  ["the whole questionnaire, declined", WHOLE, PEOPLE["prefers not to say"]],
  ["every kind", KINDS, full(KINDS)],
  ["every kind, left open", KINDS, brief(KINDS)],
] as const) {
  test(`the table holds what was answered, cell by cell: ${name}`, async ({ page, way, server }) => {
    const before = await exportedTable(server, definition.slug);
    const here = way("zh-Hans", page, definition);
    await here.begin();
    await here.carry(plan);
    await page.goto(here.path("/check"));
    await here.awake();
    await here.send();
    const { heads, rows } = await exportedTable(server, definition.slug);
    const [row = []] = added(before.rows, rows);
    const cells = cellsOf(plan, definition);
    expect(heads.filter((head) => cells.has(head))).toEqual([...cells.keys()]);
    expect(Object.fromEntries(heads.map((head, index) => [head, row[index]]))).toMatchObject({ _language: "zh-Hans", ...Object.fromEntries(cells) });
  });
}
