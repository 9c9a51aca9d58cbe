import { closable } from "../../support/closing";
import { change, Foot, holds, offered, rows, withoutSync } from "../../support/kept";
import { expect, test } from "../../support/offline";
import { arrive, hasSentAll, planOf } from "../../support/walker";

const plan = planOf("Mai");
/** The page waits so long for a database before it goes on without; a busy machine needs more. */
const OPENING_MS = 15_000;

/** How browsers refuse to keep anything; each runs in the page before its scripts. */
const REFUSING: [string, () => void][] = [
  ["there is no database", () => void Object.defineProperty(window, "indexedDB", { value: undefined })],
  [
    "a private window refuses",
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("refused", "SecurityError");
      };
    },
  ],
  [
    "opening fails",
    () => {
      // Said by the event alone, as where the profile on the disk is broken.
      IDBFactory.prototype.open = () => {
        const request = new EventTarget() as unknown as IDBOpenDBRequest;
        setTimeout(() => {
          const event = new Event("error");
          request.dispatchEvent(event);
          request.onerror?.(event);
        }, 5);
        return request;
      };
    },
  ],
  [
    "nobody ever says whether it is open",
    () => {
      // Safari does so at times.
      IDBFactory.prototype.open = () => new EventTarget() as unknown as IDBOpenDBRequest;
    },
  ],
  [
    "the disk is full",
    () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("no room", "QuotaExceededError");
      };
    },
  ],
  [
    "the disk is found to be full at the end",
    () => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function late(this: IDBObjectStore, ...row: Parameters<typeof put>) {
        const request = put.apply(this, row);
        request.addEventListener("success", () => this.transaction.abort());
        return request;
      };
    },
  ],
];

for (const [name, refuse] of REFUSING) {
  test(`${name}: the page says so, goes on, and sends`, async ({ page, way, ledger }) => {
    await page.addInitScript(refuse);
    const here = way("vi");
    await page.goto(here.path());
    await here.awake();
    await here.beginHere();
    await here.answer("consent", { codes: ["yes"] });
    await expect(new Foot(page).line("storage")).toBeVisible({ timeout: OPENING_MS });
    await expect(new Foot(page).line("draft")).toHaveCount(0);
    await here.answerUntil(null, plan, "nationality");
    await here.send();
    await ledger.holds({ plan });
  });

  test(`${name}, and no network: the answers are on the page until there is one`, async ({ page, way, signal, ledger }) => {
    await page.addInitScript(refuse);
    const foot = new Foot(page);
    const here = way("vi");
    await page.goto(here.path());
    await here.awake();
    await here.beginHere();
    await here.answerUntil("message", plan);
    await signal.lose();
    await here.answerUntil(null, plan, "message");
    await here.go().click();
    await here.isWaiting();
    await foot.counts("unkept", 1);
    await foot.isSilentOf("waiting");
    await ledger.isEmpty();
    await signal.find();
    await here.code();
    await foot.isSilentOf("unkept");
    await ledger.holds({ plan });
  });
}

test("a storage that does not answer any more holds nobody up", async ({ page, way, ledger }) => {
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("sector", plan);
  await page.evaluate(() => {
    // Safari does so at times, to a page that slept.
    const get = IDBObjectStore.prototype.get;
    Object.assign(window, { heal: () => (IDBObjectStore.prototype.get = get) });
    IDBObjectStore.prototype.get = () => new EventTarget() as unknown as IDBRequest<unknown>;
  });
  const before = Date.now();
  await here.answerUntil("started_on", plan, "sector");
  expect(Date.now() - before, "as long as the page waits, and some for the machine").toBeLessThan(5_000);
  await here.answerUntil("paid_any", plan, "started_on");
  await page.evaluate(() => (window as unknown as { heal: () => void }).heal());
  await here.answerUntil(null, plan, "paid_any");
  await here.send();
  await ledger.holds({ plan });
});

test("the page says that it keeps nothing", async ({ page, way, ledger }) => {
  const here = way("en");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("sector", plan);
  const foot = new Foot(page);
  await foot.says("draft");
  // It was kept until now, and is not from here on: a write that is refused is never passed over.
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    Object.assign(window, { heal: () => (IDBObjectStore.prototype.put = put) });
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await here.answer("sector", { codes: ["other"] });
  await foot.says("storage");
  await foot.isSilentOf("draft");
  await page.evaluate(() => (window as unknown as { heal: () => void }).heal());
  await here.answerUntil("paid_any", plan, "started_on");
  await foot.says("draft");
  await foot.isSilentOf("storage");
  await here.answerUntil(null, plan, "paid_any");
  await here.send();
  await ledger.holds({ plan });
});

test("a database that the browser closed is opened anew", async ({ page, way, signal, ledger }) => {
  const close = await closable(page);
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("sector", plan);
  const id = await here.instance();
  await close(page);
  await here.answerUntil("hours_week", plan, "sector");
  await expect.poll(async () => (await rows(page, "drafts")).get(id), "the draft").toContain('"page":"hours_week"');
  await new Foot(page).says("draft");
  await signal.lose();
  await here.answerUntil(null, plan, "hours_week");
  await close(page);
  await here.sendUnheard();
  await holds(page, "outbox", 1);
  await close(page);
  await signal.find();
  await here.code();
  await hasSentAll(here);
  await ledger.holds({ plan });
});

test("an older page opens the database of a newer one", async ({ page, way, ledger }) => {
  const here = way("vi");
  await page.goto("/vi");
  // A later program came, made its changes, and was taken back.
  await page.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const opening = indexedDB.open("entaku", 7);
        opening.onupgradeneeded = () => {
          for (const name of ["drafts", "outbox", "marks", "definitions", "facts", "later"]) opening.result.createObjectStore(name);
        };
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          opening.result.close();
          done();
        };
      }),
  );
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("hours_week", plan);
  await new Foot(page).says("draft");
  await holds(page, "drafts", 1);
  await page.reload();
  await here.isAt("hours_week");
  await here.awake();
  await here.answerUntil(null, plan, "hours_week");
  await here.send();
  await hasSentAll(here);
  await ledger.holds({ plan });
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name, version }) => `${name} ${version}`))).toEqual(["entaku 7"]);
});

test("a database that somebody else made, without our stores, is put right", async ({ page, way, ledger }) => {
  const here = way("vi");
  await page.goto("/vi");
  await page.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const opening = indexedDB.open("entaku");
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          opening.result.close();
          done();
        };
      }),
  );
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("sector", plan);
  await holds(page, "drafts", 1);
  await here.answerUntil(null, plan, "sector");
  await here.send();
  await ledger.holds({ plan });
});

test("nothing is offered once the receipt is here", async ({ page, context, way, ledger }) => {
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil(null, plan);
  const id = await here.instance();
  const draft = (await holds(page, "drafts", 1)).get(id);
  const code = await here.send();
  await hasSentAll(here);
  await holds(page, "marks", 1);
  await holds(page, "drafts", 0);
  await page.goto(here.path());
  await here.awake();
  await expect(offered(page)).toHaveCount(0);

  // Also where another tab had the draft in its memory, and a write of it came late.
  await change(page, "drafts", { put: [[id, draft]] });
  await context.clearCookies();
  await page.reload();
  await here.awake();
  if ((await offered(page).count()) > 0) {
    await offered(page).first().click();
    await here.awake();
    if ((await here.form().count()) > 0 && (await here.go().isVisible())) await here.go().click();
    await here.isOn("/sent");
    expect(await here.code()).toBe(code);
  }
  await hasSentAll(here);
  await ledger.holds({ plan });
});

test("somebody deletes the site's data under an open page: it goes on", async ({ page, way, signal, ledger }) => {
  await withoutSync(page);
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("hours_week", plan);
  await holds(page, "drafts", 1);
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const deleting = indexedDB.deleteDatabase("entaku");
        deleting.onsuccess = deleting.onerror = () => done();
      }),
  );
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
    for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
  });
  await here.answerUntil("message", plan, "hours_week");
  await expect.poll(async () => (await rows(page, "drafts")).size, "the draft is kept again").toBe(1);
  await signal.lose();
  await here.answerUntil(null, plan, "message");
  await here.sendUnheard();
  await signal.find();
  await here.code();
  await ledger.holds({ plan });
});
