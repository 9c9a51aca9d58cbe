import { BRIEF, FULL, met, type Answer, type Question } from "../../support/definition";
import { fits } from "../../support/layout";
import { expect, test } from "../../support/test";
import { drawn, htmlLang, LANGUAGES, plain, word, type Language } from "../../support/words";

/** What the check page shows of an answer, line by line. */
function shown(question: Question, answer: Answer, language: Language): string[] {
  if (answer === "empty") return [word(language, "questionnaires.not_answered")];
  if ("none" in answer) {
    const key = answer.none === "declined" ? "prefer_not_to_say" : "do_not_know";
    return [word(language, `questionnaires.${key}`)];
  }
  if ("codes" in answer) {
    return answer.codes.map((code) => question.kind.choices?.find((choice) => choice.code === code)?.label[language] ?? "?");
  }
  // A day is written as the language writes it; its year stands in it in every case.
  if ("date" in answer) return [answer.date[0]];
  return question.kind.type === "integer" ? [answer.typed.normalize("NFKC")] : [answer.typed];
}

for (const language of LANGUAGES) {
  for (const [name, plan] of [["every branch", FULL], ["as little as possible", BRIEF]] as const) {
    test(`answers in ${language}, ${name}`, async ({ page, way, scripted, organizer }) => {
      const before = await organizer.count();
      const here = way(language);
      await here.begin();
      await expect(page.locator("html")).toHaveAttribute("lang", htmlLang(language));
      if (scripted) await page.evaluate(() => Object.assign(window, { marker: "never reloaded" }));

      const questions = met(plan);
      for (const question of questions) {
        await here.isAt(question.name);
        await expect(here.heading()).toHaveText(drawn(question.label[language]));
        expect(await page.title()).toContain(plain(question.label[language]));
        await fits(page, 360);
        await fits(page, 320);
        await here.answer(question.name, plan.get(question.name) ?? "empty");
      }

      await here.isOn("/check");
      await expect(here.heading()).toHaveText(drawn(word(language, "questionnaires.check_title")));
      await fits(page, 320);
      const rows = page.locator(".c-summary__row");
      await expect(rows.locator(".c-summary__key")).toHaveText(questions.map((each) => drawn(each.label[language])));
      for (const [index, question] of questions.entries()) {
        for (const line of shown(question, plan.get(question.name) ?? "empty", language)) {
          await expect(rows.nth(index).locator(".c-summary__value")).toContainText(drawn(line));
        }
        await expect(rows.nth(index).getByRole("link")).toHaveAttribute("href", new RegExp(`/questions/${question.name}\\?`));
      }

      const code = await here.send();
      expect(code).not.toBe("");
      await fits(page, 320);
      if (scripted) {
        expect(await page.evaluate(() => "marker" in window), "moving on and sending reloaded the page").toBe(true);
      }
      const table = await organizer.table();
      expect(table.rows.length).toBe(before + 1);
    });
  }
}

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

test("what was answered is what the organizer reads", async ({ way, organizer }) => {
  const before = await organizer.table();
  const here = way("zh-Hans");
  await here.begin();
  await here.answerUntil(null);
  await here.send();
  const { heads, rows } = await organizer.table();
  const row = addedRow(before.rows, rows);
  const cell = (head: string) => row[heads.indexOf(head)];
  expect(cell("language")).toBe("zh-Hans");
  expect(cell("hours_week")).toBe("48");
  expect(cell("started_on")).toBe("2024-04-01");
  expect(cell("paid_any")).toBe("yes");
  expect(cell("deductions/tax_insurance")).toBe("1");
  expect(cell("deductions/none")).toBe("0");
});

/** Rows come in random order: the one that is there once more than before. */
function addedRow(before: string[][], after: string[][]): string[] {
  const left = before.map((row) => row.join("\n"));
  const added = after.filter((row) => {
    const index = left.indexOf(row.join("\n"));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  expect(added.length).toBe(1);
  return added[0] ?? [];
}
