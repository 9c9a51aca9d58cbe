import { readFile } from "node:fs/promises";
import { parse } from "../../support/csv";
import { choices, DEFINITION } from "../../support/definition";
import { CONSOLE } from "../../support/organizer";
import { FULL } from "../../support/plans";
import { expect, test } from "../../support/test";
import { drawn, word } from "../../support/words";

const en = (key: string) => word("en", key);
const FORMULA = '=HYPERLINK("https://example.org","x")';

test("the count moves while one looks", async ({ organizer, newPerson, way, scripted, watch }) => {
  const context = await newPerson({ storageState: await organizer.session(), viewport: { width: 1280, height: 800 } });
  const desk = await context.newPage();
  await desk.goto(CONSOLE);
  const number = desk.locator(".answers-count__number");
  const before = Number(await number.textContent());
  expect(before).toBe(await organizer.count());
  if (scripted) {
    // The link for those without script goes away once the stream is open.
    await expect(desk.locator(".answers-count__refresh")).toBeHidden();
    await desk.evaluate(() => Object.assign(window, { marker: "never reloaded" }));
  }
  const worker = await (await newPerson()).newPage();
  const here = way("vi", worker);
  await here.begin();
  await here.answerUntil(null);
  await here.send();

  if (!scripted) await desk.locator(".answers-count__refresh").click();
  await expect(number).toHaveText(String(before + 1));
  if (scripted) expect(await desk.evaluate(() => "marker" in window)).toBe(true);
  expect(watch.faults).toEqual([]);
});

test("table and file leave out own words and the most sensitive questions", async ({ organizer, newPerson, way }) => {
  const here = way("en");
  await here.begin();
  await here.answerUntil(null, new Map(FULL).set("message", { typed: FORMULA }));
  await here.send();

  const hidden = DEFINITION.questions.filter((question) => (question.sensitivity ?? 0) >= 3 || question.kind.type === "text");
  expect(hidden.length).toBeGreaterThan(1);
  const context = await newPerson({ storageState: await organizer.session(), viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${CONSOLE}/answers`);
  const table = page.getByRole("table");
  await expect(table).toBeVisible();
  const main = page.locator("main");
  for (const question of hidden) {
    await expect(table.locator("th", { hasText: question.label.en })).toHaveCount(0);
    for (const choice of choices(question)) await expect(table).not.toContainText(choice.label.en);
  }
  await expect(main).not.toContainText("HYPERLINK");
  const { heads } = await organizer.table();
  for (const question of hidden) {
    expect(heads.filter((head) => head === question.name || head.startsWith(`${question.name}/`))).toEqual([]);
  }
  expect((await organizer.csv()).toString()).not.toContain("HYPERLINK");

  // Everything needs a reason, and a formula stays a text in Excel.
  const reason = page.locator("#reason");
  const asCsv = page.getByRole("button", { name: en("answers.with_csv") });
  await asCsv.click();
  await expect(page.locator("#errors")).toContainText(en("answers.reason_missing"));
  await reason.fill("Figures for the session in December");
  const arriving = page.waitForEvent("download");
  await asCsv.click();
  const bytes = await readFile(await (await arriving).path());
  const everything = parse(bytes);
  const column = everything.heads.indexOf("message");
  expect(everything.rows.map((row) => row[column])).toContain(`'${FORMULA}`);
  await page.goto("/console/audit");
  await expect(main).toContainText("Figures for the session in December");
});

test("the file begins with a byte order mark and ends its lines as Excel expects", async ({ organizer, way }) => {
  const here = way("ja");
  await here.begin();
  await here.answerUntil(null);
  await here.send();
  const bytes = await organizer.csv();
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = bytes.toString("utf8");
  expect(text.endsWith("\r\n")).toBe(true);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  const { heads, rows } = parse(bytes);
  for (const row of rows) expect(row.length).toBe(heads.length);
});

test("the command line writes the same rows", async ({ organizer, server, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil(null);
  await here.send();
  const file = parse(Buffer.from(await server.command("export", "answers", DEFINITION.slug, "--format", "csv")));
  const shown = await organizer.table();
  expect(file.heads).toEqual(shown.heads);
  const sorted = (rows: string[][]) => rows.map((row) => row.join("\t")).sort();
  expect(sorted(file.rows)).toEqual(sorted(shown.rows));
});

test("the table can be narrowed by language", async ({ organizer, newPerson, way }) => {
  const here = way("zh-Hans");
  await here.begin();
  await here.answerUntil(null);
  await here.send();
  const context = await newPerson({ storageState: await organizer.session(), viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${CONSOLE}/answers`);
  await page.locator("select#language").selectOption("zh-Hans");
  await page.getByRole("button", { name: en("answers.filter_apply"), exact: true }).click();
  await expect(page).toHaveURL(/language=zh-Hans/);
  const cells = page.locator("tbody tr td:nth-child(2)");
  await expect(cells.first()).toBeVisible();
  expect(new Set(await cells.allTextContents())).toEqual(new Set(["简体中文"]));
});

test("one person's answers are opened from the table, and lead back to it", async ({ organizer, newPerson, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil(null, new Map(FULL).set("message", { typed: FORMULA }));
  await here.send();
  const context = await newPerson({ storageState: await organizer.session(), viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${CONSOLE}/answers?language=vi`);
  await page.locator("main tbody tr a").first().click();
  await expect(page.locator("main h1")).toHaveText(en("answers.answer_title"));
  await expect(page.locator("dl .c-beside[lang=ja]").first()).toBeVisible();
  await expect(page.locator("main")).not.toContainText("HYPERLINK");
  await page.getByRole("link", { name: en("answers.to_answers"), exact: true }).click();
  await expect(page).toHaveURL(/language=vi/);
  await expect(page.getByRole("table")).toBeVisible();
});

test("the workbook is there for whom a table is not enough", async ({ organizer, newPerson, way }) => {
  const here = way("en");
  await here.begin();
  await here.answerUntil(null);
  await here.send();
  const context = await newPerson({ storageState: await organizer.session(), viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${CONSOLE}/answers`);
  const arriving = page.waitForEvent("download");
  await page.getByRole("button", { name: en("answers.download_xlsx"), exact: true }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  // Every workbook is a zip.
  expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe("PK");
});

test("a closed questionnaire says so and keeps aside what was begun before", async ({ organizer, newPerson, page, way }) => {
  const before = await organizer.count();
  const context = await newPerson({ storageState: await organizer.session(), viewport: { width: 1280, height: 800 } });
  const desk = await context.newPage();
  const here = way("en");
  await here.begin();
  await here.answerUntil(null);

  await desk.goto(CONSOLE);
  await desk.getByRole("button", { name: en("answers.do_close") }).click();
  await expect(desk.getByRole("button", { name: en("answers.do_open") })).toBeVisible();
  try {
    await here.send();
    await expect(page.locator("main")).toContainText(drawn(en("questionnaires.sent_kept_aside")));
    expect(await organizer.count()).toBe(before);
    await desk.goto(`${CONSOLE}/quarantine`);
    await expect(desk.locator("main")).toContainText(en("answers.why_closed"));
    const other = await (await newPerson()).newPage();
    await other.goto(here.path());
    await expect(other.locator("main")).toContainText(en("questionnaires.closed_title"));
  } finally {
    await desk.goto(CONSOLE);
    await desk.getByRole("button", { name: en("answers.do_open") }).click();
    await expect(desk.getByRole("button", { name: en("answers.do_close") })).toBeVisible();
  }
});
