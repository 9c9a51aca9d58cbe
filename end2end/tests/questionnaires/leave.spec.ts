import { rows } from "../../support/kept";
import { FULL } from "../../support/plans";
import { expect, test, type Page } from "../../support/test";
import type { Way } from "../../support/way";
import { plain, word } from "../../support/words";

const NEUTRAL = "www.jma.go.jp";

/** Sends the form as the browser does, past the island. */
async function post(page: Page, here: Way, scripted: boolean): Promise<number> {
  const answered = page.waitForResponse((response) => response.request().isNavigationRequest() && response.request().method() === "POST");
  await (scripted ? here.postPastIsland() : here.go().click());
  return (await answered).status();
}

test("another person finds nothing of the one before", async ({ page, way }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil("paid_any");
  await here.settled();
  await page.goto(here.path());
  await expect(page.locator("main")).toContainText(word("vi", "questionnaires.open_draft"));
  const before = await page.context().cookies();
  await page.getByRole("button", { name: plain(word("vi", "questionnaires.new_person")), exact: true }).click();
  await here.isOn("");
  await expect(page.getByRole("button", { name: word("vi", "questionnaires.begin"), exact: true })).toBeVisible();
  expect(before.map((cookie) => cookie.name)).toContain("draft");
  expect((await page.context().cookies()).map((cookie) => cookie.name)).not.toContain("draft");

  await here.begin();
  expect(await here.fields()).toEqual({});
  await here.answer("consent", { codes: ["yes"] });
  await here.isAt("nationality");
  expect(await here.fields()).toEqual({});
});

test("after sending, the next person begins with nothing", async ({ page, way }) => {
  const here = way("en");
  await here.begin();
  await here.answerUntil(null);
  const code = await here.send();
  await here.go().click();
  await here.isOn("");
  await here.settled();
  await page.goto(here.path("/sent"));
  await here.isOn("");
  await expect(page.locator("body")).not.toContainText(code);
});

test("exit leaves at once, and back shows nothing that was typed", async ({ page, way, watch }) => {
  watch.allowHost(NEUTRAL);
  const here = way("vi");
  await here.begin();
  await here.answerUntil("message");
  await page.locator("#answer").fill("Bí mật");
  // No such host can be reached from here: that it was asked for is all there is to see.
  const failed = page.waitForEvent("requestfailed", (request) => new URL(request.url()).host === NEUTRAL);
  await page.locator(".c-exit__button").click({ noWaitAfter: true });
  expect((await failed).isNavigationRequest()).toBe(true);
  await expect(page).toHaveURL((url) => url.host === NEUTRAL || url.protocol === "chrome-error:");
  expect((await page.context().cookies()).map((cookie) => cookie.name)).not.toContain("draft");

  await page.goBack();
  await here.isOn("");
  await expect(page.locator("#answer")).toHaveCount(0);
  await expect(page.locator("body")).not.toContainText("Bí mật");
  await expect(page.locator("main")).not.toContainText(word("vi", "questionnaires.open_draft"));
});

test("a cookie that was tampered with ends with a page that says so", async ({ page, context, way, scripted }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil("sector");
  await here.settled();
  const [draft] = (await context.cookies()).filter((cookie) => cookie.name === "draft");
  if (!draft) throw new Error("there is no draft cookie");
  const altered = draft.value.slice(0, -4) + (draft.value.endsWith("AAAA") ? "BBBB" : "AAAA");
  await context.addCookies([{ ...draft, value: altered }]);
  expect(await post(page, here, scripted)).toBe(410);
  await expect(page.locator("main h1")).toHaveText(word("vi", "questionnaires.gone_title"));
  await page.locator("main a.c-button").click();
  await here.isOn("");
});

test("a page of somebody else asks whose answers go on", async ({ page, context, way, scripted }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil("sector");
  await here.settled();

  const tab = await context.newPage();
  const there = way("vi", tab);
  await tab.goto(here.path());
  await tab.getByRole("button", { name: word("vi", "questionnaires.new_person"), exact: true }).click();
  await expect(there.beginButton()).toBeVisible();
  await there.begin();
  await there.answer("consent", { codes: ["yes"] });
  await there.isAt("nationality");
  await there.settled();

  await page.locator("input[name=answer][value=fishing]").check();
  expect(await post(page, here, scripted)).toBe(409);
  await expect(page.locator("main h1")).toHaveText(word("vi", "questionnaires.other_title"));
  await page.getByRole("button", { name: word("vi", "questionnaires.other_continue"), exact: true }).click();
  // The answers that are open now: the other person's, who has not come to the sector yet.
  await here.isAt("nationality");
  await page.goto(here.path("/questions/sector"));
  await here.isAt("sector");
  expect(await here.fields()).toEqual({});
});

test("with script, answers are sent although the cookie is gone", async ({ context, way, scripted, organizer }) => {
  test.skip(!scripted, "without script the cookie is all there is");
  const before = await organizer.count();
  const here = way("vi");
  await here.begin();
  await here.answerUntil("message");
  await here.settled();
  await context.clearCookies();
  await here.answerUntil(null, FULL, "message");
  await here.send();
  expect(await organizer.count()).toBe(before + 1);
});

test("after sending, nothing that was typed is left in the browser", async ({ page, way, scripted }) => {
  const here = way("vi");
  await here.begin();
  await here.answerUntil(null);
  const code = await here.send();
  await page.goBack();
  await expect(page.locator("body")).not.toContainText("残業");
  if (!scripted) return;
  // The code of one's own answers is, and what everybody finds: the definition.
  const [mark = ""] = (await rows(page, "marks")).values();
  expect(mark).toContain(code);
  expect(await rows(page, "drafts")).toEqual(new Map());
  expect(await rows(page, "outbox")).toEqual(new Map());
  expect(JSON.stringify([...(await rows(page, "facts")), mark])).not.toMatch(/残業|Xin chào/);
  // The tab may remember whose page it shows, by the id.
  const [noted, databases] = await page.evaluate(async () => [
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), await caches.keys()]),
    (await indexedDB.databases()).map((database) => database.name),
  ]);
  expect(noted).not.toMatch(/残業|Xin chào/);
  expect(databases).toEqual(["entaku"]);
});
