import { Foot, holds, nextPerson, offered, rows, waiting, withoutSync } from "../../support/kept";
import { expect, test, type Page } from "../../support/offline";
import { arrive, hasSentAll, planOf } from "../../support/walker";

const NAMES = ["Mai", "Hoa", "Lan"];
const MINUTE_MS = 60_000;

/** What the person before wrote is nowhere: not on the page, not in a field, not behind *back*. */
async function knowsNothingOf(page: Page, names: string[]): Promise<void> {
  const html = await page.content();
  for (const name of names) expect(html).not.toContain(`Tôi là ${name}`);
  expect(await rows(page, "drafts")).toEqual(new Map());
  await expect(offered(page)).toHaveCount(0);
}

test("three people answer one after the other on a phone without a signal, and nothing is mixed, kept or shown to the next", async ({ page, way, signal, ledger }) => {
  await withoutSync(page);
  const plans = NAMES.map((name) => planOf(name));
  const foot = new Foot(page);
  const here = way("vi");
  await arrive(here);
  await signal.lose();
  for (const [index, plan] of plans.entries()) {
    const before = NAMES.slice(0, index);
    await knowsNothingOf(page, before);
    await here.beginHere("shared");
    expect(await here.fields()).toEqual({});
    await foot.says("memory");
    await here.answerUntil("message", plan);
    await here.answerUntil(null, plan, "message");
    // Not for a moment, also not after each of the answers.
    expect(await rows(page, "drafts")).toEqual(new Map());
    await here.sendUnheard();
    await holds(page, "outbox", index + 1);
    await foot.counts("waiting", index + 1);
    await expect(waiting(page)).not.toContainText("Tôi là");
    await knowsNothingOf(page, NAMES.slice(0, index + 1));

    await page.goBack();
    await here.isOn("/sent");
    await knowsNothingOf(page, NAMES.slice(0, index + 1));
    await nextPerson(page).click();
    await here.isOn("");
    await expect(here.beginButton()).toBeVisible();
    await foot.counts("waiting", index + 1);
  }

  await signal.find();
  await hasSentAll(here);
  await ledger.holds(...plans.map((plan) => ({ plan })));
  await foot.counts("sent", 3);
  // The code is for its own person's eyes, who is gone.
  for (const mark of (await holds(page, "marks", 3)).values()) expect(JSON.parse(mark)).not.toHaveProperty("code");
});

test("a reload on a shared phone forgets what was not sent", async ({ page, way, signal }) => {
  const here = way("vi");
  await arrive(here);
  await signal.lose();
  await here.beginHere("shared");
  await here.answerUntil("started_on", planOf("Mai"));
  await page.reload();
  await here.isOn("");
  await here.awake();
  await knowsNothingOf(page, ["Mai"]);
  await here.beginHere("shared");
  expect(await here.fields()).toEqual({});
  await here.answerUntil("sector", planOf("Hoa"));
  expect(await here.fields()).toEqual({});
});

test("the receipt comes while the person still stands there: the code is shown, and gone with the next person", async ({ page, way, signal, ledger }) => {
  const plan = planOf("Mai");
  const here = way("vi");
  await arrive(here);
  await signal.lose();
  await here.beginHere("shared");
  await here.answerUntil(null, plan);
  await here.sendUnheard();
  await signal.find();
  const code = await here.code();
  await ledger.holds({ plan });
  await nextPerson(page).click();
  await here.isOn("");
  await expect(here.beginButton()).toBeVisible();
  await expect(page.locator("body")).not.toContainText(code);
});

for (const [phone, minutes, isOffered] of [["shared", 10, false], ["own", 30, true]] as const) {
  test(`a page that was left alone for ${minutes} minutes on ${phone === "own" ? "one's own" : "a shared"} phone is closed`, async ({ page, way, ledger }) => {
    const plan = planOf("Mai");
    await page.clock.install();
    const here = way("vi");
    await arrive(here);
    await here.beginHere(phone);
    await here.answerUntil("message", plan);
    const id = await here.instance();
    await page.locator("#answer").fill("Tôi là Mai");
    // Somebody who is still there is left in peace.
    await page.clock.fastForward((minutes - 2) * MINUTE_MS);
    await page.keyboard.press("Shift");
    await page.clock.fastForward((minutes - 2) * MINUTE_MS);
    await here.isAt("message");
    await expect(page.locator("#answer")).toHaveValue("Tôi là Mai");

    await page.clock.fastForward((minutes + 1) * MINUTE_MS);
    await here.isOn("");
    await expect(page.locator("#answer")).toHaveCount(0);
    await expect(page.locator("body")).not.toContainText("Tôi là Mai");
    await expect(offered(page)).toHaveCount(isOffered ? 1 : 0);
    await expect(here.beginButton()).toBeVisible();
    await page.goBack();
    await expect(page.locator("#answer")).toHaveCount(0);
    await expect(page.locator("body")).not.toContainText("Tôi là Mai");
    await ledger.isEmpty();
    if (!isOffered) return expect(await rows(page, "drafts")).toEqual(new Map());

    await page.goto(here.path());
    await here.awake();
    await offered(page).first().click();
    await here.isAt("message");
    expect(await here.instance()).toBe(id);
    await here.answerUntil(null, plan, "message");
    await here.send();
    await ledger.holds({ plan });
  });
}
