import { Foot, holds, offered, rows } from "../../support/kept";
import { expect, test } from "../../support/offline";
import { hasSentAll, planOf } from "../../support/walker";

const plan = planOf("Mai");

/** What apps say they are whose windows show pages. */
const APPS = {
  Facebook:
    "Mozilla/5.0 (Linux; Android 13; SM-A136U Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 " +
    "Chrome/120.0.6099.144 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/446.0.0.33.110;]",
  LINE: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/13.21.1",
};

for (const [app, userAgent] of Object.entries(APPS)) {
  test(`inside ${app}: it says how to open the page in a browser, and all but opening it without a network works`, async ({ newPerson, way, signal, ledger }) => {
    const person = await newPerson({ userAgent });
    // Their windows have no service workers, or none that stays.
    await person.addInitScript(() => delete (Navigator.prototype as unknown as { serviceWorker?: unknown }).serviceWorker);
    const page = await person.newPage();
    const foot = new Foot(page);
    const here = way("vi", page);
    await page.goto(here.path());
    await here.awake();
    await foot.says("in-app");
    await here.beginHere();
    await foot.says("in-app");
    await here.answerUntil("sector", plan);
    await holds(page, "drafts", 1);

    await signal.lose(person);
    await foot.says("offline");
    await here.answerUntil(null, plan, "sector");
    for (const language of ["en", "vi"] as const) {
      await here.languageEntry(language).click();
      await here.isOn("/check", language);
    }
    await here.sendUnheard();
    await foot.counts("waiting", 1);
    await ledger.isEmpty();
    await signal.find(person);
    await here.code();
    await hasSentAll(here);
    await ledger.holds({ plan });

    await page.locator("#kept a.c-kept__more").click();
    await here.isOn("/phone");
    await expect(page.locator("#browser")).toBeVisible();
  });
}

test("a browser without service workers says that the page must stay open, and keeps drafts all the same", async ({ newPerson, way, ledger }) => {
  const person = await newPerson();
  await person.addInitScript(() => delete (Navigator.prototype as unknown as { serviceWorker?: unknown }).serviceWorker);
  const page = await person.newPage();
  const here = way("vi", page);
  await page.goto(here.path());
  await here.beginHere();
  await expect(page.locator('#kept p[data-kind="not-offline"]')).toBeVisible();
  await expect(new Foot(page).line("in-app")).toHaveCount(0);
  await here.answerUntil("hours_week", plan);
  await here.settled();
  await person.clearCookies();
  await page.close();

  const tab = await person.newPage();
  const there = way("vi", tab);
  await tab.goto(there.path());
  await there.awake();
  await offered(tab).first().click();
  await there.isAt("hours_week");
  await there.answerUntil(null, plan, "hours_week");
  await there.send();
  await ledger.holds({ plan });
});

test("a browser that has everything is told nothing of it, and nothing about the browser is kept or sent", async ({ page, way, network, ledger }) => {
  const here = way("vi");
  await page.goto(here.path());
  await here.awake();
  await here.beginHere();
  for (const kind of ["in-app", "not-offline"]) await expect(page.locator(`#kept p[data-kind="${kind}"]`)).toHaveCount(0);
  await here.answerUntil(null, plan);
  await here.send();
  await ledger.holds({ plan });
  for (const store of ["drafts", "outbox", "marks", "facts"] as const) {
    expect(JSON.stringify([...(await rows(page, store))])).not.toMatch(/mozilla|chrome/i);
  }
  for (const { body } of network.of("POST", /./)) expect(body).not.toMatch(/mozilla|chrome/i);
});

test("where the browser has no locks, two tabs still send one", async ({ newPerson, way, signal, ledger }) => {
  const person = await newPerson();
  await person.addInitScript(() => {
    delete (Navigator.prototype as unknown as { serviceWorker?: unknown }).serviceWorker;
    delete (Navigator.prototype as unknown as { locks?: unknown }).locks;
  });
  const [page, tab] = [await person.newPage(), await person.newPage()];
  const [here, there] = [way("vi", page), way("vi", tab)];
  await page.goto(here.path());
  await here.beginHere();
  await here.answerUntil(null, plan);
  await here.settled();
  await tab.goto(there.path("/check"));
  await there.awake();
  await signal.lose(person);
  await Promise.all([here.sendUnheard(), there.sendUnheard()]);
  await holds(page, "outbox", 1);
  await signal.find(person);
  await hasSentAll(here);
  await ledger.holds({ plan });
});
