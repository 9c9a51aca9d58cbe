import { DEFINITION } from "../../support/definition";
import { awake, cached, controlled, Foot, holds, inAllLanguages, losesFiles, offered, withoutSync } from "../../support/kept";
import { expect, test, type Page } from "../../support/offline";
import { arrive, goOnWith, hasSentAll, planOf } from "../../support/walker";
import { drawn, htmlLang, LANGUAGES } from "../../support/words";

const plan = planOf("Mai");

/** Whether a worker controls this page. */
const isControlled = (page: Page): Promise<boolean> => page.evaluate(() => Boolean(navigator.serviceWorker.controller));

test("without a network a question, the check page and the first page open", async ({ page, way, signal, ledger }) => {
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("hours_week", plan);
  const id = await here.instance();
  await signal.lose();
  await page.reload();
  await here.isAt("hours_week");
  await here.awake();
  await here.answerUntil(null, plan, "hours_week");
  await page.reload();
  await here.isOn("/check");
  await here.awake();
  await expect(page.locator(".c-summary__row")).toHaveCount(DEFINITION.questions.length);
  await page.goto(here.path());
  await goOnWith(here, id);
  await here.isOn("/check");
  await page.goto(here.path("/questions/sector"));
  await here.isAt("sector");
  expect(await here.fields()).toEqual({ answer: ["other"] });
  await page.goto(here.path("/check"));
  await here.isOn("/check");
  await here.awake();
  await here.sendUnheard();
  await page.reload();
  await here.awake();
  await new Foot(page).counts("waiting", 1);
  await signal.find();
  await hasSentAll(here);
  await ledger.holds({ plan });
});

test("one visit is enough, and nothing that was answered is in what is kept of the pages", async ({ page, way, signal }) => {
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil(null, plan);
  for (const [name, paths] of await cached(page)) {
    expect(name).toMatch(new RegExp(`^entaku:${DEFINITION.slug}:`));
    for (const path of paths) expect(path).not.toMatch(/\/(questions|check|sent|console|voice|api)\b/);
  }
  const kept = await page.evaluate(async () => {
    const texts: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) texts.push((await (await cache.match(request))?.text()) ?? "");
    }
    return texts.join("\n");
  });
  expect(kept).not.toContain("Tôi là Mai");
  expect(kept).not.toContain(await here.instance());
  await signal.lose();
  await page.reload();
  await here.isOn("/check");
});

test("the answers to one's navigation come from a hotel or a broken proxy: the kept page is shown", async ({ page, way, network, ledger }) => {
  await withoutSync(page);
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("hours_week", plan);
  for (const mode of ["portal", "bad-gateway", "hang-up", "refuse"] as const) {
    network.mode = mode;
    await page.reload();
    await here.isAt("hours_week");
    await here.awake();
    await expect(page.locator("body")).not.toContainText(/hotel|nginx/i);
  }
  await here.answerUntil(null, plan, "hours_week");
  await here.sendUnheard();
  network.mode = "pass";
  await new Foot(page).sendNow();
  await here.code();
  await ledger.holds({ plan });
});

test("the same behind a proxy", async ({ page, way, network, signal, ledger }) => {
  // ODK Central's links stopped to open offline because of a header that a proxy added.
  network.varies = true;
  const here = way("vi");
  await arrive(here);
  await page.goto(`${here.path()}?via=poster-3`);
  await here.awake();
  await here.beginHere();
  await here.answerUntil("hours_week", plan);
  await signal.lose();
  await page.reload();
  await here.isAt("hours_week");
  await here.awake();
  await here.answerUntil(null, plan, "hours_week");
  await here.sendUnheard();
  await page.goto(`${here.path()}?via=poster-3`);
  await here.awake();
  await expect(here.beginButton()).toBeVisible();
  await signal.find();
  await hasSentAll(here);
  await ledger.holds({ plan });
});

test("a browser that asks for vi-VN or zh-TW", async ({ newPerson, network, way }) => {
  // Enketo did not load offline where a language was announced for which it had no file; sv-SE was that one.
  for (const locale of ["vi-VN", "zh-TW", "sv-SE"]) {
    const person = await newPerson({ locale });
    const page = await person.newPage();
    const here = way("en", page);
    await arrive(here);
    await inAllLanguages(page);
    network.mode = "refuse";
    await person.setOffline(true);
    for (const language of LANGUAGES) {
      await page.goto(way(language, page).path());
      await awake(page);
      await expect(page.locator("html")).toHaveAttribute("lang", htmlLang(language));
      await expect(here.heading()).toHaveText(drawn(DEFINITION.title[language]));
    }
    await page.goto(here.path());
    await here.beginHere();
    network.mode = "pass";
  }
});

for (const lost of ["every second", "pages", "program"] as const) {
  test(`somebody took files out of the cache (${lost}): online they come again, and no answer is lost`, async ({ page, way, signal, network, ledger }) => {
    await withoutSync(page);
    const here = way("vi");
    await arrive(here);
    await inAllLanguages(page);
    await here.beginHere();
    await here.answerUntil("hours_week", plan);
    const id = await here.instance();
    const whole = await cached(page);
    const gone = await losesFiles(page, lost);
    expect(gone.lost).toBeGreaterThan(0);

    // Without a network the open page goes on; a new one is whole, or it is the browser's own that says so.
    await signal.lose();
    await here.answerUntil("treatment", plan, "hours_week");
    const tab = await page.context().newPage();
    await tab.goto(here.path()).catch(() => {});
    const opened = new URL(tab.url()).protocol.startsWith("http") && (await tab.locator("main h1").count()) > 0;
    if (opened) await awake(tab);
    await tab.close();

    await signal.find();
    await page.reload();
    await here.isAt("treatment");
    await here.awake();
    // The worker of the page's language has everything again.
    const isOwn = ([name]: [string, string[]]): boolean => name.startsWith(`entaku:${DEFINITION.slug}:vi:`);
    const own = (all: Map<string, string[]>): string[] => [...all].filter(isOwn).flatMap(([, paths]) => paths).sort();
    await expect.poll(async () => own(await cached(page)), "files of the set").toEqual(own(whole));
    network.mode = "refuse";
    await page.reload();
    await here.isAt("treatment");
    await here.awake();
    await here.answerUntil(null, plan, "treatment");
    expect(await here.instance()).toBe(id);
    await here.sendUnheard();
    network.mode = "pass";
    await new Foot(page).sendNow();
    await here.code();
    await ledger.holds({ plan });
  });
}

test("voice pages, the home page and the console are never controlled", async ({ page, way, network }) => {
  const here = way("vi");
  await arrive(here);
  await inAllLanguages(page);
  for (const path of ["/vi/voice", "/vi", "/", "/vi/privacy", "/console/sign-in"]) {
    await page.goto(path);
    expect(await isControlled(page), path).toBe(false);
    network.mode = "refuse";
    // In a tab of its own: the browser's page for it comes late, and would break off the next one here.
    const tab = await page.context().newPage();
    await expect(tab.goto(path), `${path} without a network`).rejects.toThrow();
    await tab.close();
    network.mode = "pass";
  }
  await page.goto(here.path());
  expect(await isControlled(page)).toBe(true);
});

test("the way out of answers is the server's alone: deleting, the end without answers, the next person", async ({ page, way, network }) => {
  const here = way("vi");
  await arrive(here);
  network.mode = "refuse";
  for (const rest of ["/delete", "/deleted", "/nothing-sent", "/worker.js", "/app.webmanifest"]) {
    await expect(page.goto(here.path(rest)), rest).rejects.toThrow();
  }
});

test("a questionnaire whose name begins alike is not answered by this one's worker", async ({ page, way, server, network }) => {
  const other = { ...DEFINITION, slug: `${DEFINITION.slug}-2`, version: "1" };
  await server.publish(other);
  const here = way("vi");
  await arrive(here);
  network.mode = "refuse";
  await expect(page.goto(way("vi", page, other).path())).rejects.toThrow();
  // The browser's own page for it comes a moment later, and would break off the next visit.
  await expect(() => page.goto(here.path())).toPass({ timeout: 10_000 });
  await here.awake();
});

test("a post never passes the service worker", async ({ page, way, network, ledger }) => {
  // Enketo's sent posts again, at times with empty bodies.
  await withoutSync(page);
  const passed: string[] = [];
  page.on("response", (response) => {
    if (response.request().method() === "POST" && response.fromServiceWorker()) passed.push(response.url());
  });
  const byWorker: string[] = [];
  page.context().on("request", (request) => {
    if (request.method() === "POST" && request.serviceWorker()) byWorker.push(request.url());
  });
  const here = way("vi");
  await arrive(here);
  await page.reload();
  await here.beginHere();
  await here.answerUntil(null, plan);
  await here.send();
  await ledger.holds({ plan });
  expect(passed).toEqual([]);
  expect(byWorker).toEqual([]);
  for (const { body, path } of network.of("POST", /./)) {
    if (!path.endsWith("/new-person")) expect(body, path).not.toBe("");
  }
});

test("an answer in the outbox goes by Background Sync too, when no page is open, and once", async ({ page, context, way, network, ledger }) => {
  const here = way("vi");
  await arrive(here);
  await controlled(page);
  await here.beginHere();
  await here.answerUntil(null, plan);
  network.mode = "refuse";
  await here.sendUnheard();
  await page.close();
  network.mode = "pass";
  // The browser decides when; where it does not, the page does once it is opened. In no case twice.
  const tab = await context.newPage();
  const there = way("vi", tab);
  await tab.goto(there.path());
  await there.awake();
  await hasSentAll(there);
  await holds(tab, "marks", 1);
  await ledger.holds({ plan });
  await expect(offered(tab)).toHaveCount(0);
});

test("the questionnaire can be put on a home screen, from the page about the phone alone", async ({ page, way }) => {
  const here = way("vi");
  await page.goto(here.path());
  await expect(page.locator('link[rel="manifest"]')).toHaveCount(0);
  await page.goto(here.path("/phone"));
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  expect(href).toBe(here.path("/app.webmanifest"));
  const manifest = (await (await page.request.get(href ?? "")).json()) as { start_url: string; icons: { src: string; sizes: string; purpose: string }[] };
  expect(manifest.start_url).toBe(here.path());
  expect(manifest.icons.some(({ purpose }) => purpose === "maskable")).toBe(true);
  for (const { src } of manifest.icons) {
    const icon = await page.request.get(src);
    expect([icon.status(), icon.headers()["content-type"]], src).toEqual([200, "image/png"]);
  }
});
