import { question, TODAY } from "../../support/definition";
import { pages } from "../../support/flow";
import { change, controlled, Foot, holds, offered, offeredOf, rewrite, rows } from "../../support/kept";
import { expect, test } from "../../support/offline";
import { arrive, beginAnother, goOnWith, hasSentAll, planOf, walk, wordsOf } from "../../support/walker";

/** A day so many days before today. */
function daysAgo(days: number): string {
  return new Date(Date.parse(TODAY) - days * 86_400_000).toISOString().slice(0, 10);
}

test("answers come back after a reload, a closed tab and a page opened anew, with nobody at the server's address", async ({ page, context, way, network, ledger }) => {
  const plan = planOf("Mai");
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("hours_week", plan);
  const id = await here.instance();
  await holds(page, "drafts", 1);

  network.mode = "refuse";
  await page.reload();
  await here.isAt("hours_week");
  await here.awake();
  await page.locator(".c-back").click();
  await here.isAt("deductions");
  expect(await here.fields()).toEqual({ answer: ["tax_insurance", "rent"] });
  await here.go().click();
  await here.isAt("hours_week");

  await page.close();
  const tab = await context.newPage();
  const there = way("vi", tab);
  await tab.goto(there.path());
  await there.awake();
  await expect(offered(tab)).toHaveCount(1);
  await goOnWith(there, id);
  await there.isAt("hours_week");
  await there.answerUntil(null, plan, "hours_week");
  await there.sendUnheard();
  await ledger.isEmpty();

  network.mode = "pass";
  await new Foot(tab).sendNow();
  await there.code();
  await ledger.holds({ plan, language: "vi" });
});

test("a page that an answer opened comes back, also where the server was not told of the answer yet", async ({ page, way, network, ledger }) => {
  const plan = planOf("Mai");
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("paid_any", plan);
  await here.settled();
  // What the program tells the server by the way is lost; pages come.
  network.set(/\/questions\/paid_any$/, "bad-gateway");
  const next = pages(plan).findIndex(({ name }) => name === "paid_any") + 1;
  const opened = pages(plan)[next]?.name ?? "";
  await here.answerUntil(opened, plan, "paid_any");
  await page.reload();
  await here.awake();
  await here.isAt(opened);
  network.heal();
  await here.answerUntil(null, plan, opened);
  await here.send();
  await ledger.holds({ plan, language: "vi" });
});

test("whoever sees the next page has the answer of the one before on the phone", async ({ page, way, ledger }) => {
  const plan = planOf("Mai");
  const here = way("vi");
  await page.addInitScript(() => {
    const written: string[] = [];
    const drawn: { path: string; kept: string }[] = [];
    Object.assign(window, { drawn });
    // Listens before the program does: of two listeners the first one's promises go on before the second is called.
    const rows = new WeakMap<IDBTransaction, string>();
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function watched(this: IDBDatabase, ...what: Parameters<typeof begin>) {
      const transaction = begin.apply(this, what);
      transaction.addEventListener("complete", () => written.push(...[rows.get(transaction) ?? []].flat()));
      return transaction;
    };
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function watched(this: IDBObjectStore, ...row: Parameters<typeof put>) {
      if (this.name === "drafts") rows.set(this.transaction, String(row[0]));
      return put.apply(this, row);
    };
    const push = history.pushState.bind(history);
    history.pushState = (...entry: Parameters<typeof push>) => {
      drawn.push({ path: String(entry[2]), kept: written.at(-1) ?? "" });
      push(...entry);
    };
  });
  await arrive(here);
  await here.beginHere();
  await here.answerUntil(null, plan);
  const drawn = await page.evaluate(() => (window as unknown as { drawn: { path: string; kept: string }[] }).drawn);
  const names = pages(plan).map(({ name }) => name);
  for (const [index, name] of [...names, null].entries()) {
    const before = names[index - 1];
    const of = drawn.find(({ path }) => path.endsWith(name ? `/questions/${name}` : "/check"));
    expect(of, name ?? "check").toBeTruthy();
    const kept = JSON.parse(of?.kept || "{}") as { answers?: string; page?: string };
    if (before) expect(JSON.parse(kept.answers ?? "{}")).toHaveProperty(before);
    if (before) expect(kept.page).toBe(name ?? "");
  }
  await here.send();
  await ledger.holds({ plan, language: "vi" });
});

test("a browser that was ended and started again without a network goes on", async ({ playwright, browserName, launchOptions, baseURL, way, watch, network, ledger }, info) => {
  const folder = info.outputPath("phone");
  const start = async () => {
    const phone = await playwright[browserName].launchPersistentContext(folder, {
      ...launchOptions,
      ...(baseURL ? { baseURL } : {}),
      viewport: { width: 360, height: 740 },
      locale: "vi-VN",
      serviceWorkers: "allow",
    });
    await watch.over(phone);
    return { phone, page: phone.pages()[0] ?? (await phone.newPage()) };
  };
  const plan = planOf("Hoa");
  const before = await start();
  const here = way("vi", before.page);
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("pay_time", plan);
  const id = await here.instance();
  await holds(before.page, "drafts", 1);
  await before.phone.close();

  network.mode = "refuse";
  const after = await start();
  const there = way("vi", after.page);
  await after.page.goto(there.path());
  await goOnWith(there, id);
  await there.isAt("pay_time");
  await there.answerUntil(null, plan, "pay_time");
  await there.sendUnheard();
  await after.phone.close();

  // And once more, with what waits in the outbox.
  network.mode = "pass";
  const last = await start();
  await last.page.goto(way("vi", last.page).path());
  await ledger.holds({ plan });
  await hasSentAll(way("vi", last.page));
  await last.phone.close();
});

for (const mode of ["portal", "bad-gateway", "hang-up", "refuse"] as const) {
  test(`answers of which the server never heard are still there when it can be reached again: ${mode}`, async ({ page, way, network, ledger }) => {
    const plan = planOf("Mai");
    const here = way("vi");
    await arrive(here);
    await here.beginHere();
    await here.answerUntil("sector", plan);
    await here.settled();
    network.mode = mode;
    await here.answerUntil("hours_week", plan, "sector");
    await here.settled();
    network.mode = "pass";
    await page.reload();
    await here.isAt("hours_week");
    await here.awake();
    for (const [name, fields] of [
      ["deductions", { answer: ["tax_insurance", "rent"] }],
      ["started_on", { "answer-year": ["2024"], "answer-month": ["4"], "answer-day": ["1"] }],
    ] as const) {
      await here.jump(name);
      expect(await here.fields()).toEqual(fields);
    }
    await here.jump("hours_week");
    await here.answerUntil(null, plan, "hours_week");
    await here.send();
    await ledger.holds({ plan });
  });
}

test("two people on one's own phone have a draft each, and neither sees the other's", async ({ page, way, signal, ledger }) => {
  const [mai, hoa] = [planOf("Mai").set("sector", { codes: ["fishing"] }), planOf("Hoa").set("sector", { codes: ["textile"] })];
  const here = way("vi");
  await arrive(here);
  await signal.lose();
  await here.beginHere();
  await here.answerUntil("started_on", mai);
  const first = await here.instance();
  await beginAnother(here);
  expect(await here.fields()).toEqual({});
  await here.answerUntil("started_on", hoa);
  const second = await here.instance();
  expect(second).not.toBe(first);
  await holds(page, "drafts", 2);

  for (const [id, plan, sector] of [[first, mai, "fishing"], [second, hoa, "textile"]] as const) {
    await page.goto(here.path());
    await expect(offeredOf(page, id)).toBeVisible();
    await goOnWith(here, id);
    await here.isAt("started_on");
    await here.jump("sector");
    expect(await here.fields()).toEqual({ answer: [sector] });
    await here.jump("started_on");
    await here.answerUntil(null, plan, "started_on");
    await here.sendUnheard();
  }
  await signal.find();
  await ledger.holds({ plan: mai }, { plan: hoa });
  await page.goto(here.path());
  await here.awake();
  await expect(offered(page)).toHaveCount(0);
});

for (const [days, isOffered] of [[7, true], [8, false]] as const) {
  test(`a draft that nobody touched for ${days} days is ${isOffered ? "offered" : "gone"}`, async ({ page, context, way }) => {
    const here = way("en");
    await arrive(here);
    await here.beginHere();
    await here.answerUntil("sector");
    await here.settled();
    const id = await here.instance();
    await rewrite(page, "drafts", id, (draft) => ({ ...draft, touched_on: daysAgo(days) }));
    await page.close();
    // The cookie has ended long before.
    await context.clearCookies();

    const tab = await context.newPage();
    const there = way("en", tab);
    await tab.goto(there.path());
    await there.awake();
    await expect(offered(tab)).toHaveCount(isOffered ? 1 : 0);
    if (!isOffered) await holds(tab, "drafts", 0);
  });
}

test("Delete from this phone asks once, erases unfinished answers and codes, and leaves alone what waits", async ({ page, way, signal, network, ledger }) => {
  const [sent, waits, open] = [planOf("Mai"), planOf("Hoa"), planOf("Lan")];
  const foot = new Foot(page);
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil(null, sent);
  await here.send();
  await holds(page, "marks", 1);
  await signal.lose();
  await walk(here, waits);
  await here.sendUnheard();
  await beginAnother(here);
  await here.answerUntil("hours_week", open);
  await holds(page, "drafts", 1);

  await foot.button("delete-phone").click();
  await foot.button("delete-phone-no").click();
  await expect(foot.button("delete-phone-yes")).toHaveCount(0);
  await holds(page, "drafts", 1);
  await foot.deleteFromPhone();
  await holds(page, "drafts", 0);
  await holds(page, "marks", 0);
  await holds(page, "outbox", 1);
  await expect(page.locator("body")).not.toContainText(wordsOf("Lan").split("\n")[0] ?? "");
  await page.goto(here.path());
  await here.awake();
  await expect(offered(page)).toHaveCount(0);

  await signal.find();
  await ledger.holds({ plan: sent }, { plan: waits });
  await hasSentAll(here);
  expect(network.count("POST", /responses$/)).toBeGreaterThanOrEqual(2);
});

test("rows that somebody changed are left where they are, and the page goes on beside them", async ({ page, context, way, signal, ledger }) => {
  const plan = planOf("Mai");
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("hours_week", plan);
  const id = await here.instance();
  const good = JSON.parse((await holds(page, "drafts", 1)).get(id) ?? "{}") as Record<string, unknown>;
  const other = "3f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b";
  const unreadable = "1a2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5c";
  const bad: [string, unknown][] = [
    ["not json", "{"],
    ["empty", ""],
    ["a number", 7],
    ["a list", [good]],
    ["an object", good],
    // Under another key than its own id: it would be somebody else's.
    [other, JSON.stringify(good)],
    ["a path", JSON.stringify({ ...good, id: "../../outbox", definition: "../x" })],
    ["no day", JSON.stringify({ ...good, touched_on: "yesterday" })],
    ["large", JSON.stringify({ ...good, id: other, answers: "x".repeat(2_000_000) })],
    [unreadable, JSON.stringify({ ...good, id: unreadable, answers: '{"sector":{"choice":7}' })],
  ];
  await change(page, "drafts", { put: bad });
  await change(page, "marks", { put: [["not json", "{"], ["a number", 7]] });
  await change(page, "facts", { put: [["lease", "nobody until tomorrow"], [`told:${id}`, "{"]] });
  await page.close();
  await context.clearCookies();
  await signal.lose();

  const tab = await context.newPage();
  const there = way("vi", tab);
  await tab.goto(there.path());
  await there.awake();
  await expect(offeredOf(tab, id)).toBeVisible();
  await expect(offeredOf(tab, other)).toHaveCount(0);
  // Answers that cannot be read never become a blank form.
  if ((await offeredOf(tab, unreadable).count()) > 0) {
    await offeredOf(tab, unreadable).click();
    await expect(offeredOf(tab, id)).toBeVisible();
    await expect(there.form()).toHaveCount(0);
  }
  await goOnWith(there, id);
  await there.isAt("hours_week");
  await there.answerUntil(null, plan, "hours_week");
  await there.sendUnheard();
  await signal.find();
  await ledger.holds({ plan });
  const left = await rows(tab, "drafts");
  for (const [key] of bad) expect([...left.keys()]).toContain(key);
});

test("a definition that somebody changed on the phone is not believed", async ({ page, way, signal, ledger }) => {
  const plan = planOf("Mai");
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("sector", plan);
  const [[hash = "", text = ""] = []] = [...(await rows(page, "definitions"))];
  const label = question("sector").label.vi;
  expect(text).toContain(label);
  await change(page, "definitions", { put: [[hash, text.replaceAll(label, "Số hộ chiếu của bạn?")]] });
  await controlled(page);
  await signal.lose();
  await page.reload();
  await here.isAt("sector");
  await here.awake();
  await expect(here.heading()).toHaveText(label);
  await expect(page.locator("body")).not.toContainText("hộ chiếu của bạn");
  await here.answerUntil(null, plan, "sector");
  await here.sendUnheard();
  await signal.find();
  await ledger.holds({ plan });
});
