import { TODAY } from "../../support/definition";
import { Foot, holds, offered, withoutSync } from "../../support/kept";
import { expect, test } from "../../support/offline";
import { arrive, hasSentAll, planOf } from "../../support/walker";

const plan = planOf("Mai");

for (const [year, time] of [[1970, "1970-01-02T03:04:05"], [2099, "2099-12-30T23:59:00"]] as const) {
  test(`a phone whose clock stands in ${year} keeps its draft, and sends`, async ({ page, way, signal, ledger }) => {
    await withoutSync(page);
    await page.clock.install({ time });
    const here = way("vi");
    await arrive(here);
    await here.beginHere();
    await here.answerUntil("hours_week", plan);
    const id = await here.instance();
    // The day that the server drew the page is believed, not the phone's.
    expect(JSON.parse((await holds(page, "drafts", 1)).get(id) ?? "{}")).toMatchObject({ touched_on: TODAY });
    await here.settled();
    await page.context().clearCookies();
    await signal.lose();
    await page.goto(here.path());
    await here.awake();
    await expect(offered(page)).toHaveCount(1);
    await offered(page).first().click();
    await here.isAt("hours_week");
    await here.answerUntil(null, plan, "hours_week");
    await here.sendUnheard();
    await signal.find();
    await here.code();
    await hasSentAll(here);
    await ledger.holds({ plan });
    expect((await ledger.rows())[0]?.day).toBe(TODAY);
  });
}

test("a clock that is set right meanwhile, back or forth, takes nothing away", async ({ page, way, signal, ledger }) => {
  await withoutSync(page);
  await page.clock.install({ time: "2099-01-01T12:00:00" });
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("sector", plan);
  for (const time of ["1970-01-01T00:00:10", new Date().toISOString(), "2099-01-01T12:00:00"]) {
    await page.clock.setSystemTime(time);
    await page.keyboard.press("Shift");
  }
  await page.clock.setSystemTime(new Date());
  await here.isAt("sector");
  await here.answerUntil("treatment", plan, "sector");
  await signal.lose();
  await here.answerUntil(null, plan, "treatment");
  await page.clock.setSystemTime("1970-01-01T00:00:10");
  await here.sendUnheard();
  await page.clock.setSystemTime("2099-01-01T12:00:00");
  // Somebody is there: else the page would take the years for time in which nobody was.
  await page.keyboard.press("Shift");
  await signal.find();
  await new Foot(page).sendNow();
  await here.code();
  await hasSentAll(here);
  await ledger.holds({ plan });
});
