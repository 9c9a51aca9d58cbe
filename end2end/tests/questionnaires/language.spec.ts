import { choices, DEFINITION, KINDS, question } from "../../support/definition";
import type { Answer } from "../../support/flow";
import { full } from "../../support/plans";
import { expect, test } from "../../support/test";
import { drawn, htmlLang, LANGUAGES, word } from "../../support/words";

const FIFTH = DEFINITION.questions[4]?.name ?? "";

test("another language on the fifth question stays there and keeps the answers", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil(FIFTH);
  await page.locator("input[name=answer][value=yes]").check();
  for (const language of ["zh-Hans", "ja", "en", "ja-easy", "vi"] as const) {
    await here.languageEntry(language).click();
    await here.isAt(FIFTH, language);
    await expect(here.heading()).toHaveText(drawn(question(FIFTH).label[language]));
    await expect(page.locator("html")).toHaveAttribute("lang", htmlLang(language));
    expect(await here.fields()).toEqual({ answer: ["yes"] });
  }
  await page.locator(".c-back").click();
  await here.isAt("started_on");
  expect(await here.fields()).toMatchObject({ "answer-year": ["2024"] });
});

test("half-typed text and an unreadable number go along", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil("hours_week");
  await page.locator("#answer").fill("abc");
  await here.languageEntry("en").click();
  await here.isAt("hours_week", "en");
  await expect(page.locator("#answer")).toHaveValue("abc");
  await expect(here.errors()).toHaveCount(0);

  await here.awake();
  const english = way("en");
  await page.locator("#answer").fill("40");
  await english.go().click();
  await english.answer("treatment", { codes: ["none"] });
  await english.isAt("message");
  await page.locator("#answer").fill("Half a sent");
  await here.languageEntry("ja").click();
  await here.isAt("message", "ja");
  await expect(page.locator("#answer")).toHaveValue("Half a sent");
});

test("a date typed in part goes along", async ({ page, way }) => {
  const here = way("en");
  await here.begin();
  await here.answerUntil("started_on");
  await page.locator("#answer").fill("2023");
  await here.languageEntry("vi").click();
  await here.isAt("started_on", "vi");
  await expect(page.locator("#answer")).toHaveValue("2023");
});

test("half of a page of several questions goes along", async ({ page, way }) => {
  const here = way("vi", page, KINDS);
  await here.begin();
  await here.carry(new Map([...full(KINDS)].filter(([name]) => !name.startsWith("beside_"))));
  await page.goto(here.path("/questions/beside"));
  await here.awake();
  const half: [string, Answer][] = [
    ["menu", { codes: ["summer"] }],
    ["several", { codes: ["mon", "none"] }],
    ["whole", { typed: "abc" }],
    ["scale", { codes: ["7"] }],
    ["lines", { typed: "Nửa câu\n" }],
    ["birthday", { date: ["2024"] }],
    ["time", { none: "unknown" }],
  ];
  for (const [name, answer] of half) await here.fill(question(`beside_${name}`, KINDS), answer, true);
  const typed = await here.fields();
  expect(Object.keys(typed).length).toBe(7);
  await here.languageEntry("ja").click();
  await here.isAt("beside", "ja");
  await expect(here.errors()).toHaveCount(0);
  await expect(here.heading()).toHaveText("いっしょの質問");
  expect(await here.fields()).toEqual(typed);
});

test("the check page changes its language too", async ({ page, way }) => {
  const here = way("en");
  await here.begin();
  await here.answerUntil(null);
  await here.languageEntry("vi").click();
  await here.isOn("/check", "vi");
  await expect(page.locator(".c-summary__row")).toHaveCount(DEFINITION.questions.length);
  await expect(here.heading()).toHaveText(word("vi", "questionnaires.check_title"));
});

test("furigana off takes every reading out of the page and is remembered", async ({ page, way }) => {
  const here = way("ja-easy");
  await here.begin();
  await here.answerUntil("sector");
  await expect(page.locator("rt").first()).toBeAttached();
  await page.locator("input[name=answer][value=farming]").check();
  await page.locator("button[name=furigana][value=off]").click();
  await expect(page.locator("button[name=furigana][value=on]")).toBeVisible();
  await here.isAt("sector");
  await expect(page.locator("rt, rp, ruby")).toHaveCount(0);
  expect(await here.fields()).toEqual({ answer: ["farming"] });

  await here.awake();
  await here.go().click();
  await here.isAt("started_on");
  await expect(page.locator("rt")).toHaveCount(0);
  await page.goto("/ja-easy");
  await expect(page.locator("main h1")).toBeVisible();
  await expect(page.locator("rt")).toHaveCount(0);

  await page.locator("button[name=furigana][value=on]").click();
  await expect(page).toHaveURL(/\/ja-easy$/);
  await expect(page.locator("rt").first()).toBeAttached();
});

test("Japanese stands beside the person's own language when asked for", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil("sector");
  await expect(page.locator("main [lang=ja]")).toHaveCount(0);
  await page.locator("button[name=japanese][value=on]").click();
  const beside = here.heading().locator("[lang=ja]");
  await expect(beside).toHaveText(question("sector").label.ja);
  await expect(here.heading()).toContainText(question("sector").label.vi);
  await expect(page.locator(".c-choice [lang=ja]")).toContainText(choices(question("sector")).map((choice) => choice.label.ja));

  await here.awake();
  await here.go().click();
  await here.isAt("started_on");
  await expect(here.heading().locator("[lang=ja]")).toHaveText(question("started_on").label.ja);
  await page.locator("button[name=japanese][value=off]").click();
  await expect(page.locator("button[name=japanese][value=on]")).toBeVisible();
  await expect(page.locator("main [lang=ja]")).toHaveCount(0);
});

for (const path of ["", "/privacy", "/accessibility", "/voice", `/questionnaires/${DEFINITION.slug}`]) {
  test(`languages of ${path || "the home page"} know each other`, async ({ page, baseURL }) => {
    const alternates = new Map<string, string>();
    for (const language of LANGUAGES) {
      await page.goto(`/${language}${path}`);
      await expect(page.locator("html")).toHaveAttribute("lang", htmlLang(language));
      await expect(page.locator('link[rel="canonical"]')).toHaveAttribute("href", `${baseURL}/${language}${path}`);
      const links = await page.locator('link[rel="alternate"][hreflang]').evaluateAll((found) =>
        found.map((link) => [link.getAttribute("hreflang"), link.getAttribute("href")] as const).filter(([tag]) => tag !== "x-default"),
      );
      // Each language lists the same pages, itself among them: that is what reciprocal means.
      const listed = JSON.stringify([...links].sort());
      alternates.set(language, listed);
      expect(Object.fromEntries(links)).toEqual(
        Object.fromEntries(LANGUAGES.filter((each) => each !== "ja-easy").map((each) => [each, `${baseURL}/${each}${path}`])),
      );
      for (const [, href] of links) expect((await page.request.get(href ?? "")).status()).toBe(200);
      const menu = page.locator("nav.c-languages a");
      await expect(menu).toHaveText(["日本語", "やさしい日本語", "Tiếng Việt", "简体中文", "English"]);
      for (const entry of await menu.all()) {
        await expect(entry).toHaveAttribute("lang", /.+/);
        await expect(entry).toHaveAttribute("hreflang", /.+/);
      }
      await expect(page.locator("nav.c-languages [aria-current=true]")).toHaveAttribute("href", `/${language}${path}`);
    }
    expect(new Set(alternates.values()).size).toBe(1);
  });
}

test("the list of languages names each in its own script, with a suggestion and no redirect", async ({ newPerson }) => {
  const context = await newPerson({ locale: "vi-VN" });
  const page = await context.newPage();
  const answer = await page.goto("/");
  expect(answer?.status()).toBe(200);
  expect(new URL(page.url()).pathname).toBe("/");
  for (const language of LANGUAGES) {
    const link = page.locator(`main li a[href="/${language}"]`);
    await expect(link).toBeVisible();
    await expect(link).toHaveAttribute("lang", htmlLang(language));
  }
  // The browser asks for Vietnamese: one line says so, in Vietnamese.
  await expect(page.locator('main [lang="vi"] a.c-button')).toHaveText(word("vi", "home.suggestion"));
});
