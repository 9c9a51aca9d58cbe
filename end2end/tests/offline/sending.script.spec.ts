import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { DEFINITION } from "../../support/definition";
import { exported } from "../../support/export";
import { change, Foot, holds, rows, withoutSync } from "../../support/kept";
import { expect, test } from "../../support/offline";
import { SENDING, type Asked } from "../../support/proxy";
import { Server } from "../../support/server";
import { arrive, hasSentAll, planOf, wordsOf } from "../../support/walker";
import { CODE } from "../../support/way";

const plan = planOf("Mai");
/** The foot has to say that the network changed within this, in milliseconds. */
const TOLD_MS = 500;

test("sent without a signal: it waits, locked, and goes by itself when there is one, once", async ({ page, way, network, signal, ledger }) => {
  await withoutSync(page);
  const foot = new Foot(page);
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("treatment", plan);

  const lost = await foot.tells("offline", "offline", true, () => signal.lose());
  await here.answerUntil(null, plan, "treatment");
  await here.sendUnheard();
  await foot.counts("waiting", 1);
  const [row = ""] = (await holds(page, "outbox", 1)).values();
  expect(row).toContain("sealed");
  // Not even in the letters of base64: what is sealed is not only packed.
  for (const words of [wordsOf("Mai"), "Tôi là Mai", "vietnam"]) {
    expect(row).not.toContain(words);
    expect(row).not.toContain(Buffer.from(words).toString("base64url").slice(2, -3));
  }
  await holds(page, "drafts", 0);
  await ledger.isEmpty();

  const found = await foot.tells("online", "offline", false, () => signal.find());
  expect(await here.code()).toMatch(CODE);
  await foot.counts("sent", 1);
  await foot.isSilentOf("waiting");
  await hasSentAll(here);
  await ledger.holds({ plan, language: "vi" });
  expect(network.count("POST", SENDING)).toBe(1);
  console.log(`the foot says that the network is lost after ${Math.round(lost)} ms, that it is back after ${Math.round(found)} ms`);
  expect(Math.max(lost, found)).toBeLessThanOrEqual(TOLD_MS);
});

test("the page is closed while the answers wait, and opened later: they go by themselves", async ({ page, context, way, signal, ledger }) => {
  await withoutSync(page);
  const here = way("en");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil(null, plan);
  await signal.lose();
  await here.sendUnheard();
  await page.close();
  await signal.find();
  await ledger.isEmpty();

  const tab = await context.newPage();
  const there = way("en", tab);
  await tab.goto(there.path());
  await new Foot(tab).counts("sent", 1);
  await hasSentAll(there);
  await ledger.holds({ plan, language: "en" });
});

test("the answer is lost after it was delivered: sent again, it is the same answer", async ({ page, way, network, ledger }) => {
  await withoutSync(page);
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil(null, plan);
  network.set(SENDING, "hang-up");
  await here.sendUnheard();
  await ledger.holds({ plan });
  await holds(page, "outbox", 1);

  network.heal();
  await new Foot(page).sendNow();
  await here.code();
  await hasSentAll(here);
  expect(network.count("POST", SENDING)).toBeGreaterThanOrEqual(2);
  expect(new Set(network.of("POST", SENDING).map(({ body }) => body)).size, "the bytes never change").toBe(1);
  await ledger.holds({ plan });
});

for (const mode of ["portal", "bad-gateway", "slow"] as const) {
  test(`a network that answers itself deletes nothing: ${mode}`, async ({ page, way, network, ledger }) => {
    await withoutSync(page);
    const here = way("vi");
    await arrive(here);
    await here.beginHere();
    await here.answerUntil(null, plan);
    network.mode = mode;
    if (mode === "slow") {
      // Slow is not wrong: it waits, and comes.
      await here.send();
    } else {
      await here.sendUnheard();
      await holds(page, "outbox", 1);
      await ledger.isEmpty();
      network.heal();
      await new Foot(page).sendNow();
      await here.code();
    }
    await hasSentAll(here);
    await ledger.holds({ plan });
  });
}

/** A receipt as servers write it, signed by whoever. */
function receipt({ body }: Asked, change: Record<string, string> = {}): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { instance_id, digest } = JSON.parse(body) as Record<string, string>;
  const told = { instance_id, digest, outcome: "stored", code: "7K2M-04XR-9HWD", ...change };
  const message = ["entaku/receipt/v1", told.instance_id, told.digest, told.outcome, told.code].join("\n");
  return JSON.stringify({ ...told, signature: sign(null, Buffer.from(message), privateKey).toString("hex") });
}

const FORGED: [string, (asked: Asked) => { status: number; body: string }][] = [
  ["another server's receipt for these answers", (asked) => ({ status: 200, body: receipt(asked) })],
  ["another server's word that they were deleted", (asked) => ({ status: 200, body: receipt(asked, { outcome: "deleted" }) })],
  ["another server's receipt for other answers", (asked) => ({ status: 200, body: receipt(asked, { instance_id: randomUUID() }) })],
  ["a receipt without a signature", (asked) => ({ status: 200, body: receipt(asked).replace(/"signature":"\w+"/, '"signature":""') })],
  ["something else that is JSON", () => ({ status: 200, body: '{"ok":true}' })],
  ["nothing at all", () => ({ status: 204, body: "" })],
];
for (const [name, forge] of FORGED) {
  test(`no receipt of ours deletes nothing: ${name}`, async ({ page, way, network, ledger }) => {
    await withoutSync(page);
    const here = way("vi");
    await arrive(here);
    await here.beginHere();
    await here.answerUntil(null, plan);
    network.set(SENDING, (asked) => ({ type: "application/json", ...forge(asked) }));
    await here.sendUnheard();
    await holds(page, "outbox", 1);
    await ledger.isEmpty();
    expect(network.count("POST", SENDING)).toBeGreaterThanOrEqual(1);

    network.heal();
    await new Foot(page).sendNow();
    await here.code();
    await hasSentAll(here);
    await ledger.holds({ plan });
  });
}

test("the receipt of somebody's earlier answers does not stand for these", async ({ page, way, network, ledger }) => {
  await withoutSync(page);
  const [first, second] = [planOf("Hoa"), planOf("Lan")];
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil(null, first);
  const heard = page.waitForResponse((response) => response.url().endsWith("/api/v1/responses"));
  await here.send();
  const earlier = await (await heard).text();
  await page.goto(here.path());
  await here.beginHere();
  await here.answerUntil(null, second);
  network.set(SENDING, () => ({ status: 200, type: "application/json", body: earlier }));
  await here.sendUnheard();
  await holds(page, "outbox", 1);
  network.heal();
  await new Foot(page).sendNow();
  await here.code();
  await ledger.holds({ plan: first }, { plan: second });
});

test("two tabs with the same answers send one", async ({ page, context, way, signal, network, ledger }) => {
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil(null, plan);
  await here.settled();
  const tab = await context.newPage();
  const there = way("vi", tab);
  await tab.goto(here.path("/check"));
  await there.awake();
  await there.isOn("/check");

  await signal.lose();
  await Promise.all([here.sendUnheard(), there.sendUnheard()]);
  await holds(page, "outbox", 1);
  await signal.find();
  await hasSentAll(here);
  // One of them has sent; the other looks when its timer rings, or when somebody asks it to.
  for (const each of [page, tab]) await new Foot(each).sendNow();
  expect(await here.code()).toBe(await there.code());
  await ledger.holds({ plan });
  expect(new Set(network.of("POST", SENDING).map(({ body }) => body)).size).toBe(1);
});

test("a double tap on send freezes one", async ({ page, way, signal, ledger }) => {
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil(null, plan);
  await signal.lose();
  await here.go().dblclick();
  await here.isWaiting();
  await holds(page, "outbox", 1);
  await signal.find();
  await here.code();
  await hasSentAll(here);
  await ledger.holds({ plan });
});

test("five hundred rows wait, and one of them is good: it goes, and the others are said to be refused", async ({ page, way, signal, network, ledger }) => {
  test.setTimeout(300_000);
  await withoutSync(page);
  network.isManyNetworks = true;
  const foot = new Foot(page);
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil(null, plan);
  await signal.lose();
  await here.sendUnheard();
  const [[id = "", text = ""] = []] = [...(await holds(page, "outbox", 1))];
  const good = JSON.parse(text) as { id: string; body: string };
  const garbage = Array.from({ length: 499 }, (_, index): [string, string] => {
    const id = randomUUID();
    const digest = createHash("sha256").update(id).digest("hex");
    // Envelopes as they should be around what nobody sealed, damaged ones, and others that are no envelope.
    const kinds = [{ sealed: "AAAA" }, { sealed: "" }, { intake_key: "0".repeat(64) }];
    const body = index % 4 < 3 ? JSON.stringify({ ...JSON.parse(good.body), instance_id: id, digest, ...kinds[index % 4] }) : "{}";
    return [id, JSON.stringify({ id, digest, body, own: true })];
  });
  await change(page, "outbox", { put: [...garbage, ["no row", "{"], ["no text", 7]] });

  await signal.find();
  await expect.poll(async () => (await rows(page, "outbox")).has(id), { timeout: 120_000 }).toBe(false);
  await here.code();
  await ledger.holds({ plan });
  await expect(foot.line("refused")).toHaveText(/\b499\b/, { timeout: 180_000 });
  // Nothing is thrown away because somebody does not take it.
  expect((await rows(page, "outbox")).size).toBe(501);
});

test("answers sealed for another installation stay, and are said to be refused", async ({ page, way, network, signal, ledger }) => {
  test.setTimeout(180_000);
  await withoutSync(page);
  const other = await Server.start();
  try {
    const foot = new Foot(page);
    const here = way("vi");
    await arrive(here);
    await here.beginHere();
    await here.answerUntil(null, plan);
    await signal.lose();
    await here.sendUnheard();
    // Another installation answers at the address, with keys of its own.
    network.set(SENDING, new URL(other.url));
    await signal.find();
    await foot.says("refused");
    await holds(page, "outbox", 1);
    expect(await exported(other, DEFINITION.slug)).toEqual([]);
    await ledger.isEmpty();

    network.heal();
    await page.reload();
    await hasSentAll(here);
    await ledger.holds({ plan });
  } finally {
    await other.stop();
  }
});
