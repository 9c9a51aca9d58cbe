import { DEFINITION, type Definition } from "../../support/definition";
import { exported } from "../../support/export";
import { change, holds, losesFiles, offeredOf, rows } from "../../support/kept";
import { expect, Ledger, test } from "../../support/offline";
import { arrive, goOnWith, hasSentAll, planOf } from "../../support/walker";

const plan = planOf("Mai");

/** The short questionnaire under a name of its own, so that another test does not meet its versions. */
const edition = (slug: string): Definition => ({ ...DEFINITION, slug, version: "1" });

/** The next one: a question is gone, another one asks something else. */
function renewed(definition: Definition): Definition {
  const questions = definition.questions
    .filter(({ name }) => name !== "deductions")
    .map((each) => (each.name === "sector" ? { ...each, label: { ...each.label, vi: "Công việc mới của bạn?" } } : each));
  return { ...definition, version: "2", questions };
}

test("a draft on a phone goes on with its own definition", async ({ page, context, way, server }) => {
  const old = edition("pinned");
  const hash = await server.publish(old);
  const ledger = await Ledger.open(server, old);
  const here = way("vi", page, old);
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("started_on", plan);
  const id = await here.instance();
  await here.settled();
  const newHash = await server.publish(renewed(old));
  // The browser was ended: the server's cookie is gone, and the page comes new.
  await context.clearCookies();
  await page.close();

  const tab = await context.newPage();
  const there = way("vi", tab, old);
  await tab.goto(there.path());
  await goOnWith(there, id);
  await there.isAt("started_on");
  await there.jump("sector");
  await expect(there.heading()).toHaveText(DEFINITION.questions.find(({ name }) => name === "sector")?.label.vi ?? "?");
  await there.jump("started_on");
  await there.answerUntil(null, plan, "started_on");
  await there.send();
  await ledger.holds({ plan });
  const [row] = await ledger.rows();
  expect(row?.definition).toBe(hash);

  // Who begins now answers the new one.
  const next = way("vi", tab, renewed(old));
  await next.begin();
  const other = new Map([...plan].filter(([name]) => name !== "deductions"));
  await next.answerUntil(null, other);
  await next.send();
  expect((await exported(server, old.slug)).map(({ definition }) => definition).sort()).toEqual([hash, newHash].sort());
});

test("without a network, a draft of an older version goes on from a page of the newer one", async ({ page, context, way, server, signal }) => {
  const old = edition("pinned-offline");
  await server.publish(old);
  const ledger = await Ledger.open(server, old);
  const here = way("vi", page, old);
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("started_on", plan);
  const id = await here.instance();
  await here.settled();
  await server.publish(renewed(old));
  await context.clearCookies();
  await page.close();
  const tab = await context.newPage();
  const there = way("vi", tab, old);
  await tab.goto(there.path());
  await there.awake();
  await signal.lose();
  await goOnWith(there, id);
  await there.answerUntil(null, plan, "started_on");
  await there.sendUnheard();
  await signal.find();
  await there.code();
  await ledger.holds({ plan });
});

test("without its definition a draft stays as it is", async ({ page, context, way, server, network }) => {
  const old = edition("no-definition");
  const hash = await server.publish(old);
  const ledger = await Ledger.open(server, old);
  const here = way("vi", page, old);
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("hours_week", plan);
  const id = await here.instance();
  await here.settled();
  await context.clearCookies();
  await page.goto(here.path());
  await here.awake();
  const draft = (await holds(page, "drafts", 1)).get(id);
  // A newer one took its place on this phone, and the older one is not to be had.
  await server.publish(renewed(old));
  await page.reload();
  await here.awake();
  await change(page, "definitions", { remove: [hash] });
  await losesFiles(page, "pages");
  network.set(new RegExp(`^/definitions/${hash}`), "bad-gateway");
  // The browser's own cache would have it for a year.
  const session = await context.newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  await page.reload();
  await here.awake();
  await offeredOf(page, id).click();
  // No blank form, no other questions under these answers, nothing written.
  await expect(offeredOf(page, id)).toBeVisible();
  await expect(here.form()).toHaveCount(0);
  await here.isOn("");
  expect((await rows(page, "drafts")).get(id)).toBe(draft);

  network.heal();
  await goOnWith(here, id);
  await here.isAt("hours_week");
  await here.answerUntil(null, plan, "hours_week");
  await here.send();
  await hasSentAll(here);
  await ledger.holds({ plan });
});

test("a page kept from before a new version still sends, and the answer is counted", async ({ page, way, server, signal }) => {
  const old = edition("kept-page");
  const hash = await server.publish(old);
  const ledger = await Ledger.open(server, old);
  const here = way("vi", page, old);
  await arrive(here);
  await signal.lose();
  await server.publish(renewed(old));
  await page.reload();
  await here.awake();
  await here.beginHere();
  await here.answerUntil(null, plan);
  await here.sendUnheard();
  await signal.find();
  await here.code();
  await ledger.holds({ plan });
  expect((await ledger.rows())[0]?.definition).toBe(hash);
});
