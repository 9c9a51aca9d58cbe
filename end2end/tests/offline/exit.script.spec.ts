import { controlled, Foot, holds, offered, rows } from "../../support/kept";
import { expect, test, type BrowserContext } from "../../support/offline";
import { SENDING } from "../../support/proxy";
import { arrive, beginAnother, hasSentAll, planOf, walk } from "../../support/walker";
import type { Watch } from "../../support/watch";

const WEATHER = "www.jma.go.jp";

/** The page that *Exit* leads to, as if it could be reached from here. */
async function withWeather(context: BrowserContext, watch: Watch): Promise<void> {
  watch.allowHost(WEATHER);
  await context.route(`https://${WEATHER}/**`, (route) => route.fulfill({ contentType: "text/html", body: "<title>Weather</title><p>Fine</p>" }));
}

test("exit clears the screen, drafts, codes and the session, and never what waits", async ({ page, context, way, watch, network, ledger }) => {
  await withWeather(context, watch);
  const [sent, waits, open] = [planOf("Mai"), planOf("Hoa"), planOf("Lan")];
  const here = way("vi");
  await arrive(here);
  await walk(here, sent);
  await here.send();
  network.set(SENDING, "refuse");
  await walk(here, waits);
  await here.sendUnheard();
  await beginAnother(here);
  await here.answerUntil("message", open);
  await page.locator("#answer").fill("Tôi là Lan");
  await holds(page, "drafts", 1);
  await here.settled();

  await page.locator(".c-exit__button").click({ noWaitAfter: true });
  await expect(page).toHaveURL((url) => url.host === WEATHER);
  expect((await context.cookies()).map((cookie) => cookie.name)).not.toContain("draft");

  await page.goBack();
  await expect(page.locator("body")).not.toContainText("Tôi là Lan");
  await page.goto(here.path());
  await here.awake();
  await expect(offered(page)).toHaveCount(0);
  await expect(here.beginButton()).toBeVisible();
  expect(await rows(page, "drafts")).toEqual(new Map());
  expect(await rows(page, "marks")).toEqual(new Map());
  await holds(page, "outbox", 1);
  await ledger.holds({ plan: sent });

  network.heal();
  await new Foot(page).sendNow();
  await hasSentAll(here);
  await ledger.holds({ plan: sent }, { plan: waits });
});

test("without a signal the screen is empty at once, and nothing of the answers is left", async ({ page, context, way, watch, signal, ledger }) => {
  watch.allowHost(WEATHER);
  const [waits, open] = [planOf("Mai"), planOf("Hoa")];
  const here = way("vi");
  await arrive(here);
  await controlled(page);
  await signal.lose();
  await walk(here, waits);
  await here.sendUnheard();
  await beginAnother(here);
  await here.answerUntil("message", open);
  await page.locator("#answer").fill("Tôi là Hoa");
  const cleared = await page.evaluate(() => {
    document.querySelector<HTMLElement>(".c-exit__button")?.click();
    return document.body.innerText.trim();
  });
  expect(cleared, "what is on the screen in the same moment").toBe("");
  // The browser's own page stands there: it says so itself, its address bar still names the page that was left.
  await expect.poll(() => page.evaluate(() => location.protocol).catch(() => "")).toBe("chrome-error:");

  const tab = await context.newPage();
  const there = way("vi", tab);
  await tab.goto(there.path());
  await there.awake();
  await expect(offered(tab)).toHaveCount(0);
  expect(await rows(tab, "drafts")).toEqual(new Map());
  await holds(tab, "outbox", 1);
  await signal.find();
  await hasSentAll(there);
  await ledger.holds({ plan: waits });
});

test("exit from the page about the phone does the same", async ({ page, context, way, watch, network, ledger }) => {
  await withWeather(context, watch);
  const [waits, open] = [planOf("Mai"), planOf("Hoa")];
  const here = way("vi");
  await arrive(here);
  network.set(SENDING, "refuse");
  await walk(here, waits);
  await here.sendUnheard();
  await beginAnother(here);
  await here.answerUntil("sector", open);
  await holds(page, "drafts", 1);
  await page.goto(here.path("/phone"));
  await here.awake();
  await page.locator(".c-exit__button").click({ noWaitAfter: true });
  await expect(page).toHaveURL((url) => url.host === WEATHER);
  network.heal();
  await page.goto(here.path());
  await here.awake();
  await expect(offered(page)).toHaveCount(0);
  expect(await rows(page, "drafts")).toEqual(new Map());
  await hasSentAll(here);
  await ledger.holds({ plan: waits });
});
