import { idOf, KINDS, question } from "../../support/definition";
import { pages } from "../../support/flow";
import { full, refused } from "../../support/plans";
import { expect, test, type Page } from "../../support/test";
import { drawn, plain, word } from "../../support/words";

interface Refused {
  name: string;
  question: string;
  /** Types into the page. */
  type: (page: Page) => Promise<void>;
  /** What is said, as a text of the locale `vi` or of the definition. */
  says: string;
  /** What still stands in the fields afterwards. */
  kept: Record<string, string[]>;
}

const hours = (typed: string) => (page: Page) => page.locator("#answer").fill(typed);
const day = (year: string, month: string, date: string) => async (page: Page) => {
  await page.locator("#answer").fill(year);
  await page.locator("#answer-month").fill(month);
  await page.locator("#answer-day").fill(date);
};
const kept = (year: string, month: string, date: string) => ({
  ...(year && { "answer-year": [year] }),
  ...(month && { "answer-month": [month] }),
  ...(date && { "answer-day": [date] }),
});
const vi = (key: string) => word("vi", `questionnaires.${key}`);
const future = String(new Date().getFullYear() + 1);

const REFUSED: Refused[] = [
  { name: "consent left empty", question: "consent", type: async () => {}, says: vi("problem_required"), kept: {} },
  { name: "letters for hours", question: "hours_week", type: hours("abc"), says: vi("problem_not_a_number"), kept: { answer: ["abc"] } },
  { name: "less than no hours", question: "hours_week", type: hours("-1"), says: vi("problem_too_small").replace("{{ min }}", "0"), kept: { answer: ["-1"] } },
  { name: "more hours than a week has", question: "hours_week", type: hours("169"), says: vi("problem_too_large").replace("{{ max }}", "168"), kept: { answer: ["169"] } },
  { name: "more hours than the constraint allows", question: "hours_week", type: hours("113"), says: question("hours_week").constraint?.message.vi ?? "", kept: { answer: ["113"] } },
  { name: "31 February", question: "started_on", type: day("2024", "2", "31"), says: vi("problem_not_a_date"), kept: kept("2024", "2", "31") },
  { name: "a day to come", question: "started_on", type: day(future, "12", "31"), says: question("started_on").constraint?.message.vi ?? "", kept: kept(future, "12", "31") },
  { name: "a day in part", question: "started_on", type: day("2024", "", "1"), says: vi("problem_incomplete_date"), kept: kept("2024", "", "1") },
  {
    name: "an exclusive choice beside others",
    question: "deductions",
    type: async (page) => {
      for (const code of ["rent", "none"]) await page.locator(`input[value=${code}]`).check();
    },
    says: vi("problem_exclusive"),
    kept: { answer: ["rent", "none"] },
  },
  {
    name: "an answer and “I do not know” together",
    question: "hours_week",
    type: async (page) => {
      await page.locator("#answer").fill("40");
      await page.locator("input[name=no-answer][value=unknown]").check();
    },
    says: vi("problem_both"),
    kept: { answer: ["40"], "no-answer": ["unknown"] },
  },
];

for (const { name, question: asked, type, says, kept } of REFUSED) {
  test(`refused: ${name}`, async ({ page, way, scripted }) => {
    const here = way("vi");
    await here.begin();
    await here.answerUntil(asked);
    await type(page);
    const answered = scripted ? null : page.waitForResponse((response) => response.request().method() === "POST");
    await here.go().click();

    await expect(here.errors()).toBeVisible();
    // The post leads to the page anew, so that the way back never meets a form that was sent.
    if (answered) expect((await answered).status()).toBe(303);
    await here.isAt(asked);
    await expect(page).toHaveTitle(`${plain(word("vi", "shell.error_prefix"))} ${question(asked).label.vi} – Entaku`);
    const link = here.errors().getByRole("link");
    await expect(link).toHaveText(drawn(says));
    await expect(page.locator("#answer-error")).toHaveText(drawn(says));
    await expect(here.errors()).toBeFocused();
    expect(await here.fields()).toEqual(kept);

    await link.click();
    await expect(page.locator("#answer")).toBeFocused();
    // The field says itself that it is wrong, not only the list.
    const described = page.locator("[aria-describedby~=answer-error]");
    await expect(described.first()).toBeAttached();
  });
}

test("a refused answer can be corrected", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil("hours_week");
  await page.locator("#answer").fill("abc");
  await here.go().click();
  await expect(here.errors()).toBeVisible();
  await page.locator("#answer").fill("48");
  await here.go().click();
  await here.isAt("treatment");
  await expect(page).toHaveTitle(`${question("treatment").label.vi} – Entaku`);
});

test("code in a message comes back as text and nothing runs", async ({ page, way, scripted }) => {
  const hostile = '</textarea><script>document.title = "broken"</script><img src=x onerror="document.title=1">\n\n&amp;{a|b}';
  const here = way("en");
  await here.begin();
  await here.answerUntil("message");
  await page.locator("#answer").fill(hostile);
  await here.go().click();
  await here.isOn("/check");
  await expect(page.locator(".c-summary__typed").last()).toHaveText(hostile, { useInnerText: false });
  await expect(page.locator("main script, main img, .c-summary ruby")).toHaveCount(0);

  await page.locator('a[href*="/questions/message?"]').click();
  await here.isAt("message");
  await expect(page.locator("#answer")).toHaveValue(hostile);
  await here.settled();
  await page.reload();
  await expect(page.locator("#answer")).toHaveValue(hostile);
  await expect(page.locator("main img, textarea ~ script")).toHaveCount(0);
  if (scripted) expect(await page.title()).toContain(question("message").label.en);
});

test("a message that is too long is refused with its text kept", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil("message");
  const long = "ạ".repeat(500);
  await page.locator("#answer").fill(long);
  await here.go().click();
  await expect(here.errors().getByRole("link")).toHaveText(vi("problem_text_too_long"));
  await expect(page.locator("#answer")).toHaveValue(long);
});

test("on a page of several questions each problem leads to its own field", async ({ page, way }) => {
  const answers = full(KINDS);
  const [list] = pages(answers, KINDS).filter(({ isList }) => isList);
  if (!list) throw new Error("there is no such page");
  const here = way("vi", page, KINDS);
  await here.begin();
  await here.carry(new Map([...answers].filter(([name]) => !list.questions.some((each) => each.name === name))));
  await page.goto(here.path(`/questions/${list.name}`));
  await here.awake();
  for (const each of list.questions) await here.fill(each, refused(each) ?? "empty", true);
  const typed = await here.fields();
  await here.go().click();

  await expect(here.errors()).toBeFocused();
  const wrong = list.questions.filter((each) => refused(each));
  const links = here.errors().getByRole("link");
  await expect(links).toHaveCount(wrong.length);
  for (const [index, each] of wrong.entries()) {
    const id = idOf(each, true);
    const [label = "?", sentence = "?"] = ((await links.nth(index).textContent()) ?? "").split(" — ");
    expect(label).toBe(each.label.vi);
    await expect(page.locator(`[id="${id}-error"]`)).toHaveText(sentence);
    await links.nth(index).click();
    await expect(page.locator(`[id="${id}"]`)).toBeFocused();
  }
  expect(await here.fields()).toEqual(typed);

  await here.answerPage(list, answers);
  await here.isOn("/check");
});
