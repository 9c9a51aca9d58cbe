/** Writing without a name, from the page of the telephone lines to the last deletion, on the narrowest phone. */
import { Letters } from "../../support/letters";
import { expect, test } from "../../support/test";
import { Wire } from "../../support/wire";
import { drawn, LANGUAGES, word } from "../../support/words";

/** Where Exit leads. */
const NEUTRAL = "www.jma.go.jp";
const TEXT = "Công ty không trả tiền làm thêm.\nBa tháng rồi.";

test("somebody writes, keeps digits, comes back, writes more, gets other digits and deletes everything", async ({ page, newPerson }) => {
  const letters = new Letters(page, "vi");
  const seen: string[] = [];
  page.on("framenavigated", (frame) => seen.push(frame.url()));
  await page.goto("/vi/voice");
  await expect(page.locator("main")).toContainText(letters.says("demonstration"));
  await page.getByRole("link", { name: letters.says("ways_write") }).click();
  await expect(page.locator("h1")).toHaveText(letters.says("write_heading"));
  await expect(page).toHaveTitle(letters.title);
  await letters.write(TEXT);
  await expect(page).toHaveTitle(letters.title);

  await page.locator("#last").fill("0000");
  await letters.button("receipt_go").click();
  await expect(page.locator("#last")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator(".voice-digits__group").first()).toHaveText(letters.digits.slice(0, 4));
  await page.locator("#last").fill(letters.digits.slice(-4));
  await letters.button("receipt_go").click();
  await expect(page.locator("h1")).toHaveText(letters.says("kept_heading"));
  await expect(page.locator("main")).not.toContainText(letters.digits.slice(-4));

  // On another phone.
  const elsewhere = await (await newPerson()).newPage();
  const later = new Letters(elsewhere, "vi");
  await later.back(letters.digits.replace(/(.{4})/g, "$1 "));
  await later.areOpen();
  await expect(elsewhere).toHaveTitle(letters.title);
  await expect(elsewhere.locator(".voice-letter__text")).toHaveText(TEXT);
  await elsewhere.locator("#text").fill("Hôm nay cũng vậy.");
  await later.button("send").click();
  await expect(elsewhere.locator(".voice-letter")).toHaveCount(2);

  await later.button("change_receipt").click();
  await expect(elsewhere.locator("h1")).toHaveText(later.says("change_heading"));
  const digits = (await elsewhere.locator(".voice-digits__group").allTextContents()).join("");
  expect(digits).not.toBe(letters.digits);
  await elsewhere.locator("#last").fill(digits.slice(-4));
  await later.button("receipt_go").click();
  await later.areOpen();
  await letters.back();
  await expect(page.locator("main")).toContainText(letters.says("back_unknown"));

  await later.button("delete").click();
  await later.button("delete_no").or(elsewhere.locator("a", { hasText: later.says("delete_no") })).click();
  await later.areOpen();
  await later.button("delete").click();
  await later.button("delete_yes").click();
  await expect(elsewhere.locator("h1")).toHaveText(later.says("deleted_heading"));
  await later.back(digits);
  await expect(elsewhere.locator("main")).toContainText(later.says("back_unknown"));

  const told = [...seen, elsewhere.url()].join(" ");
  for (const secret of [letters.digits.slice(0, 8), digits.slice(0, 8), "tháng"]) expect(told).not.toContain(secret);
});

test("nothing of it is kept in the browser", async ({ page, scripted }) => {
  const letters = new Letters(page, "vi");
  await letters.write(TEXT);
  await letters.back();
  await letters.areOpen();
  const cookies = await page.context().cookies();
  // With script there is nothing to remember: keys are in the page.
  const visit = scripted ? [] : [["visit", true, "Strict", -1]];
  expect(cookies.map(({ name, httpOnly, sameSite, expires }) => [name, httpOnly, sameSite, expires])).toEqual(visit);
  expect((await page.context().storageState()).origins).toEqual([]);
  // Another page of the site in between, then closed: the way back shows nothing any more.
  await letters.button("close").click();
  await expect(page.locator("h1")).toHaveText(letters.says("closed_heading"));
  await page.goBack();
  await expect(page.locator("main")).not.toContainText("Ba tháng");
});

test("Exit leaves at once, and the letters are closed", async ({ page, newPerson, watch, scripted }) => {
  watch.allowHost(NEUTRAL);
  const letters = new Letters(page, "vi");
  await letters.write(TEXT);
  await letters.back();
  await letters.areOpen();
  const copy = await newPerson();
  await copy.addCookies(await page.context().cookies());
  // No such host can be reached from here: that it was asked for is all there is to see.
  const failed = page.waitForEvent("requestfailed", (request) => new URL(request.url()).host === NEUTRAL);
  await page.locator(".c-exit__button").click({ noWaitAfter: true });
  expect((await failed).isNavigationRequest()).toBe(true);
  await expect(page).toHaveURL((url) => url.host === NEUTRAL || url.protocol === "chrome-error:");
  expect((await page.context().cookies()).map((cookie) => cookie.name)).not.toContain("visit");
  if (scripted) return;
  const other = await copy.newPage();
  await other.goto("/vi/voice/letters");
  await expect(other).toHaveURL(/\/voice\/back$/);
});

test("a keyboard leaves by Shift pressed three times, and asks nothing", async ({ page, scripted, watch }) => {
  test.skip(!scripted, "without script there is the button and its twin");
  watch.allowHost(NEUTRAL);
  page.on("dialog", (dialog) => {
    throw new Error(dialog.type());
  });
  const letters = new Letters(page, "vi");
  await letters.goto("/write");
  await expect(page.locator("#locked")).toContainText(letters.says("exit_keys"));
  // Capital letters are no way out.
  await page.locator("#text").focus();
  for (const key of ["Shift+A", "Shift+B", "Shift+C", "Shift", "Shift", "a", "Shift"]) await page.keyboard.press(key);
  await expect(page.locator("#text")).toHaveValue("ABCa");
  await letters.write(TEXT);
  const failed = page.waitForEvent("requestfailed", (request) => new URL(request.url()).host === NEUTRAL);
  for (const _ of [1, 2, 3]) await page.keyboard.press("Shift");
  expect((await failed).isNavigationRequest()).toBe(true);
});

for (const language of LANGUAGES) {
  test(`what is typed goes along when the language changes (${language})`, async ({ page, scripted }) => {
    const letters = new Letters(page, language);
    const start = new Letters(page, language === "en" ? "ja" : "en");
    await start.goto("/write");
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.postData() ?? ""));
    await page.locator("#text").fill(TEXT);
    await page.locator('input[name="topic"][value="safety"]').check();
    await page.locator(`button[name="language"][value="${language}"]`).click();
    await expect(page.locator("h1")).toHaveText(letters.says("write_heading"));
    await expect(page.locator("#text")).toHaveValue(TEXT);
    await expect(page.locator('input[name="topic"][value="safety"]')).toBeChecked();
    await letters.button("send").click();
    await expect(page.locator("h1")).toHaveText(letters.says("receipt_heading"));
    // Sealed on the phone, it is not shown to the server for another language either.
    if (scripted) expect(sent.map(decodeURIComponent).join("\n")).not.toContain("tháng");
  });
}

test("a letter whose answer was lost is sent again, and is there once", async ({ page, scripted }) => {
  test.skip(scripted, "there it is sent by hand");
  const letters = new Letters(page, "vi");
  await page.goto(letters.path("/write"));
  await page.locator("#text").fill(TEXT);
  // The letter arrives, its answer does not, and the browser sends the same form once more.
  let lost = "";
  await page.route("**/voice/write", async (route) => {
    if (route.request().method() === "POST") lost = await (await route.fetch()).text();
    await route.continue();
  });
  await letters.button("send").click();
  await expect(page.locator("h1")).toHaveText(letters.says("receipt_heading"));
  letters.digits = (await page.locator(".voice-digits__group").allTextContents()).join("");
  for (const group of letters.digits.match(/.{4}/g) ?? []) expect(lost).toContain(group);
  await letters.back();
  await letters.areOpen();
  await expect(page.locator(".voice-letter__text")).toHaveText(TEXT);
});

test("with script a letter is sealed on the phone, and one whose answer was lost is there once", async ({ page, scripted }) => {
  test.skip(!scripted, "without script the server seals");
  const letters = new Letters(page, "vi");
  await letters.goto("/write");
  await expect(page.locator("#locked")).toContainText(letters.says("locked_phone"));
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.url(), request.postData() ?? ""));
  await letters.button("send").click();
  await expect(page.locator("#text")).toHaveAttribute("aria-invalid", "true");
  await page.locator("#text").fill(TEXT);
  await page.locator("#employer").fill("Red Factory");
  let lost = 0;
  await page.route("**/api/v1/voices", async (route) => {
    if (lost > 0) return route.continue();
    const response = await route.fetch();
    // Where many letters came before this one, it is asked for work first.
    if ((await response.text()).includes("work")) return route.fulfill({ response });
    lost += 1;
    await route.abort();
  });
  await letters.button("send").click();
  await expect(page.locator("#voice-status")).toContainText(letters.says("unreachable"));
  await expect(page.locator("#text")).toHaveValue(TEXT);
  // Sent again with a word more: it is one voice, and nothing of it is lost.
  await page.locator("#text").fill(`${TEXT} Hết.`);
  await letters.button("send").click();
  await expect(page.locator("h1")).toHaveText(letters.says("receipt_heading"));
  letters.digits = (await page.locator(".voice-digits__group").allTextContents()).join("");
  await page.locator("#last").fill("0000");
  await letters.button("receipt_go").click();
  await expect(page.locator("#last")).toHaveAttribute("aria-invalid", "true");
  await page.locator("#last").fill(letters.digits.slice(-4));
  await letters.button("receipt_go").click();
  await expect(page.locator("h1")).toHaveText(letters.says("kept_heading"));
  await letters.back();
  await letters.areOpen();
  await expect(page.locator(".voice-letter__text")).toHaveText([TEXT, `${TEXT} Hết.`]);
  await expect(page.locator(".voice-letter").first()).toContainText(letters.says("path_phone"));
  await page.locator("#text").fill("Và thêm nữa.");
  await letters.button("send").click();
  await expect(page.locator(".voice-letter")).toHaveCount(3);
  const told = sent.map(decodeURIComponent).join("\n");
  for (const secret of ["tháng", "Red Factory", "Và thêm", letters.digits, letters.digits.slice(0, 8)]) expect(told).not.toContain(secret);
  // Loaded anew nothing is open, and nothing is remembered.
  await page.reload();
  await expect(page.locator(".voice-letter")).toHaveCount(0);
});

test("digits that nobody has kept are not left by mistake, and letters close by themselves", async ({ page, scripted, watch }) => {
  test.skip(!scripted, "without script the server forgets");
  watch.allowHost(NEUTRAL);
  const asked: string[] = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await page.clock.install();
  const letters = new Letters(page, "vi");
  await letters.write(TEXT);
  // Somebody pulls the page down: it asks, and the digits are still there.
  await page.reload({ timeout: 3_000 }).catch(() => {});
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(page.locator(".voice-digits__group").first()).toHaveText(letters.digits.slice(0, 4));
  await page.locator("#last").fill(letters.digits.slice(-4));
  await letters.button("receipt_go").click();
  await expect(page.locator("h1")).toHaveText(letters.says("kept_heading"));
  await letters.back();
  await letters.areOpen();
  await page.clock.runFor(14 * 60_000);
  await letters.areOpen();
  await page.locator("#text").fill("…");
  await page.clock.runFor(16 * 60_000);
  await expect(page.locator("h1")).toHaveText(letters.says("closed_heading"));
  await expect(page.locator("main")).not.toContainText("Ba tháng");
  // Exit asks nothing, not even with digits on the screen.
  await letters.write(TEXT);
  const failed = page.waitForEvent("requestfailed", (request) => new URL(request.url()).host === NEUTRAL);
  await page.locator(".c-exit__button").click({ noWaitAfter: true });
  await failed;
  expect(asked).toEqual(["beforeunload"]);
});

test("the first page weighs less than 60 KB and needs no script", async ({ page, scripted }) => {
  test.skip(scripted, "with script it weighs what sealing weighs");
  const wire = await Wire.of(page);
  await page.goto("/vi/voice/write", { waitUntil: "networkidle" });
  expect(wire.total, String(wire)).toBeGreaterThan(0);
  expect(wire.total, String(wire)).toBeLessThan(60 * 1024);
  await expect(page.locator("main")).toContainText(drawn(word("vi", "voices.locked_server")));
});
