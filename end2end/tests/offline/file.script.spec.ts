import { createHash } from "node:crypto";
import type { BrowserContextOptions } from "@playwright/test";
import { DEFINITION } from "../../support/definition";
import { exported } from "../../support/export";
import { change, Foot, holds, rows, withoutSync } from "../../support/kept";
import { expect, test, type BrowserContext, type Page } from "../../support/offline";
import { PhonePage, TakeIn } from "../../support/phone";
import { SENDING } from "../../support/proxy";
import { Organizer } from "../../support/organizer";
import { Server } from "../../support/server";
import { arrive, beginAnother, hasSentAll, planOf, walk } from "../../support/walker";
import type { Watch } from "../../support/watch";
import type { Way } from "../../support/way";

type NewPerson = (options?: BrowserContextOptions) => Promise<BrowserContext>;

const [mai, hoa] = [planOf("Mai"), planOf("Hoa")];

/** Two people's answers wait on this phone, and nobody takes them. */
async function twoWait(page: Page, here: Way): Promise<PhonePage> {
  for (const plan of [mai, hoa]) {
    await walk(here, plan, "shared");
    await here.sendUnheard();
  }
  await holds(page, "outbox", 2);
  const phone = new PhonePage(page);
  await phone.open(here.path("/phone"));
  await expect(phone.line("waiting")).toHaveText(/\b2\b/);
  return phone;
}

/** An organizer at a desk that reaches the server by another network than the phone. */
async function desk(newPerson: NewPerson, watch: Watch, organizer: Organizer, { url }: Server): Promise<TakeIn> {
  watch.allowHost(new URL(url).host);
  const context = await newPerson({ baseURL: url, storageState: await organizer.session(), viewport: { width: 1280, height: 800 } });
  return new TakeIn(await context.newPage());
}

test("what waits is saved as a file and taken in once", async ({ page, way, newPerson, watch, organizer, server, signal, network, ledger }) => {
  await withoutSync(page);
  const here = way("vi");
  await arrive(here);
  await signal.lose();
  const phone = await twoWait(page, here);
  const { name, text } = await phone.save();
  expect(name).toMatch(/^entaku-.*\.txt$/);
  expect(text).not.toContain("Tôi là");
  expect(text).not.toContain(Buffer.from("Tôi là").toString("base64url"));
  // Saving takes nothing away.
  await holds(page, "outbox", 2);

  const takeIn = await desk(newPerson, watch, organizer, server);
  await takeIn.file(text);
  await takeIn.tells({ stored: 2 });
  await ledger.holds({ plan: mai }, { plan: hoa });
  await takeIn.file(text);
  await takeIn.tells({ known: 2 });
  // The file came as a mail: other line ends, and words above and below.
  await takeIn.file(`Xin chào,\r\n\r\n${text.replaceAll("\n", "\r\n")}\r\n-- \r\nNhóm A\r\n`);
  await takeIn.tells({ known: 2 });
  await ledger.holds({ plan: mai }, { plan: hoa });

  // And the phone, once it has a network, gets its receipts for the same answers.
  await signal.find();
  await hasSentAll(here);
  expect(network.count("POST", SENDING)).toBeGreaterThanOrEqual(2);
  await ledger.holds({ plan: mai }, { plan: hoa });
  await holds(page, "marks", 2);
});

test("what waits is shown as squares, and what a camera reads is taken in", async ({ page, way, newPerson, watch, organizer, server, signal, ledger }) => {
  await withoutSync(page);
  const here = way("en");
  await arrive(here);
  await signal.lose();
  const phone = await twoWait(page, here);
  const squares = await phone.squares();
  expect(squares.length).toBeGreaterThan(1);
  await holds(page, "outbox", 2);
  await phone.button("square-close").click();
  await expect(page.locator("#phone-square svg")).toHaveCount(0);

  const takeIn = await desk(newPerson, watch, organizer, server);
  // One was left out: nothing is taken in, and the page says which.
  await takeIn.scanned(squares.slice(1).join("\n"));
  await takeIn.findsNothing();
  await expect(takeIn.problem("text")).toContainText("1");
  await ledger.isEmpty();
  // In any order, and one of them twice.
  await takeIn.scanned([...squares].reverse().concat(squares[0] ?? "").join("\n"));
  await takeIn.tells({ stored: 2 });
  await ledger.holds({ plan: mai }, { plan: hoa });
  await takeIn.scanned(squares.join("\r\n"));
  await takeIn.tells({ known: 2 });

  await signal.find();
  await hasSentAll(here);
  await ledger.holds({ plan: mai }, { plan: hoa });
});

test("a file that was edited by hand brings what is whole of it, and nothing else", async ({ page, way, newPerson, watch, organizer, server, signal, ledger }) => {
  await withoutSync(page);
  const here = way("vi");
  await arrive(here);
  await signal.lose();
  const phone = await twoWait(page, here);
  const { text } = await phone.save();
  const takeIn = await desk(newPerson, watch, organizer, server);
  const [first = "", one = "", two = ""] = text.split("\n");
  const edited = (line: string): string => line.replace(/"sealed":"(.)/, (_, letter) => `"sealed":"${letter === "A" ? "B" : "A"}`);

  // A letter of each: the checksums see it.
  await takeIn.file([first, edited(one), edited(two), ""].join("\n"));
  await takeIn.findsNothing();
  // Somebody who makes the checksum fit finds the answers sealed.
  const summed = (body: string): string => `${createHash("sha256").update(body).digest("hex").slice(0, 8)} ${body}`;
  await takeIn.file([first, summed(edited(one).slice(9)), ""].join("\n"));
  await takeIn.tells({ unreadable: 1 });
  // Answers of one under the envelope of the other.
  const sealed = (line: string): string => /"sealed":"([^"]*)"/.exec(line)?.[1] ?? "";
  const mixed = one.slice(9).replace(sealed(one), sealed(two));
  await takeIn.file(summed(mixed));
  await takeIn.tells({ unreadable: 1 });
  await takeIn.file("a picture of a cat");
  await takeIn.findsNothing();
  await ledger.isEmpty();

  // One line is whole.
  await takeIn.file([first, edited(one), two, ""].join("\n"));
  await takeIn.tells({ stored: 1 });
  await expect(takeIn.problem("file")).toContainText("2");
  expect((await ledger.rows()).length).toBe(1);
  await signal.find();
  await hasSentAll(here);
  await ledger.holds({ plan: mai }, { plan: hoa });
});

test("a file for another installation is not taken in there", async ({ page, way, newPerson, watch, signal, ledger }) => {
  test.setTimeout(180_000);
  await withoutSync(page);
  const here = way("vi");
  await arrive(here);
  await signal.lose();
  const { text } = await (await twoWait(page, here)).save();
  const other = await Server.start();
  try {
    const stranger = await Organizer.join(other, "stranger@example.org");
    const takeIn = await desk(newPerson, watch, stranger, other);
    await takeIn.file(text);
    await takeIn.tells({ elsewhere: 2 });
    expect(await exported(other, DEFINITION.slug)).toEqual([]);
    await stranger.close();
  } finally {
    await other.stop();
  }
  await signal.find();
  await hasSentAll(here);
  await ledger.holds({ plan: mai }, { plan: hoa });
});

test("the page about the phone counts what is there, sends it, shows the codes of one's own, and deletes but what waits", async ({ page, way, signal, ledger }) => {
  await withoutSync(page);
  const [lan] = [planOf("Lan")];
  const here = way("vi");
  await arrive(here);
  await walk(here, mai);
  const code = await here.send();
  await signal.lose();
  await walk(here, hoa);
  await here.sendUnheard();
  await beginAnother(here);
  await here.answerUntil("hours_week", lan);
  await change(page, "outbox", { put: [["damaged", "{"]] });

  await page.locator("#kept a.c-kept__more").click();
  const phone = new PhonePage(page);
  await here.isOn("/phone");
  await expect(phone.line("waiting")).toHaveText(/\b1\b/);
  await expect(phone.line("damaged")).toHaveText(/\b1\b/);
  await expect(phone.line("draft")).toHaveText(/\b1\b/);
  // A page that was opened meanwhile may think that there is a network; that nobody answers it notices itself.
  await expect(phone.line("offline").or(phone.line("unreachable"))).toBeVisible();
  await expect(phone.codes()).toHaveText([code]);
  await page.reload();
  await expect(phone.line("waiting")).toHaveText(/\b1\b/);

  await phone.button("delete-phone").click();
  await phone.button("delete-phone-no").click();
  await holds(page, "drafts", 1);
  await phone.button("delete-phone").click();
  await phone.button("delete-phone-yes").click();
  await holds(page, "drafts", 0);
  await holds(page, "marks", 0);
  await holds(page, "outbox", 2);
  await expect(phone.codes()).toHaveCount(0);

  await signal.find();
  await expect(phone.line("sent")).toHaveText(/\b1\b/);
  await ledger.holds({ plan: mai }, { plan: hoa });
  expect([...(await rows(page, "outbox")).keys()]).toEqual(["damaged"]);
  await page.goto(here.path());
  await here.awake();
  await new Foot(page).isSilentOf("waiting");
});
