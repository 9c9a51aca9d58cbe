import { closable } from "../../support/closing";
import { Desk, EVENT } from "../../support/desk";
import { Proxy } from "../../support/proxy";
import type { Organizer } from "../../support/organizer";
import { expect, test } from "../../support/test";

const FILE = `/console/events/${EVENT}/attendance.csv`;
/** What the list calls the two places, in their order. */
const PLACES = ["東京", "大阪"];
const SENDING = /^\/api\/v1\/operations$/;

interface Guest {
  name: string;
  reading: string;
  code: string;
  place: string;
  cameTo: string;
  walkedIn: boolean;
}

/** The list that organizers take along, as it is now. */
async function list(organizer: Organizer): Promise<Guest[]> {
  const { rows } = await organizer.file(FILE);
  return rows.map((row) => {
    const [name = "", reading = "", , , code = "", place = "", cameTo = "", , , walkedIn = ""] = row;
    return { name, reading, code, place, cameTo, walkedIn: walkedIn === "1" };
  });
}

/** So many guests of a place who have not come: other tests of this server have their own. */
async function absent(organizer: Organizer, place: number, count: number): Promise<Guest[]> {
  const guests = (await list(organizer)).filter((guest) => guest.place && !guest.cameTo);
  const found = guests.filter((guest) => guest.place === PLACES[place]).slice(0, count);
  expect(found.length, "guests who have not come").toBe(count);
  return found;
}

/** Came and here in all, as the list says. */
async function cameInAll(organizer: Organizer): Promise<number> {
  return (await list(organizer)).filter((guest) => guest.cameTo).length;
}

/** What a desk counts in all, once it agrees with the list. */
async function agrees(desk: Desk, organizer: Organizer): Promise<void> {
  const came = await cameInAll(organizer);
  await expect.poll(async () => (await desk.numbers()).at(-1)?.[1]).toBe(came);
  const [, ...places] = [...(await desk.numbers())].reverse();
  expect(places.reduce((sum, row) => sum + (row[1] ?? 0), 0), "the places together are all").toBe(came);
}

test.describe("two places", () => {
  test("agree with each other and with the list, whatever the network does; a third joins late", async ({ newPerson, organizer }) => {
    const [first, second, third] = await absent(organizer, 0, 3);
    const [fourth] = await absent(organizer, 1, 1);
    if (!first || !second || !third || !fourth) throw new Error("too few guests");
    const here = await Desk.open(organizer, await newPerson(), 0, "Entrance");
    const thereContext = await newPerson();
    const there = await Desk.open(organizer, thereContext, 1, "Osaka desk");
    const before = await cameInAll(organizer);

    await here.checkIn(first.code);
    await expect(here.said()).toContainText(first.name);
    await expect(here.unsent()).toHaveText("Everything is sent");
    await expect.poll(async () => (await there.numbers()).at(-1)?.[1]).toBe(before + 1);

    await thereContext.setOffline(true);
    await there.checkIn(fourth.name);
    // Registered for the other place, and here all the same.
    await there.checkIn(second.code);
    await there.walkIn("Walked <In> Bold");
    await expect(there.unsent()).toHaveText("3 not yet sent");
    await expect(there.page.locator(".desk-net")).toContainText("No network");
    expect((await there.numbers()).at(-1)?.[1], "its own are counted at once").toBe(before + 4);
    await here.checkIn(third.reading);
    await expect(here.unsent()).toHaveText("Everything is sent");
    expect(await cameInAll(organizer)).toBe(before + 2);

    await thereContext.setOffline(false);
    await expect(there.unsent()).toHaveText("Everything is sent");
    await agrees(here, organizer);
    await agrees(there, organizer);
    expect(await cameInAll(organizer)).toBe(before + 5);
    const rows = await list(organizer);
    expect(rows.find((row) => row.code === second.code)?.cameTo, "counted where they came").not.toBe(second.place);
    expect(rows.filter((row) => row.name === "Walked <In> Bold" && row.walkedIn)).toHaveLength(1);
    // The other desk finds who walked in there, by name.
    await here.search().fill("walked in");
    await expect(here.found()).toContainText("Walked <In> Bold");

    const late = await Desk.open(organizer, await newPerson(), 0, "Late");
    await agrees(late, organizer);
    expect(await late.numbers()).toEqual(await here.numbers());
  });
});

test("what was taken back stays taken back: in place, by the keys, from the list", async ({ newPerson, organizer }) => {
  const guests = await absent(organizer, 0, 3);
  const desk = await Desk.open(organizer, await newPerson(), 0, "Undo");
  const before = await cameInAll(organizer);
  const [first, second, third] = guests.map((guest) => guest.code);
  if (!first || !second || !third) throw new Error("too few guests");
  await desk.checkIn(first);
  await desk.page.locator(".desk-said__undo").click();
  await expect(desk.said()).toContainText("Taken back");
  await desk.checkIn(second);
  await desk.search().press("Control+z");
  await expect(desk.said()).toContainText("Taken back");
  await desk.checkIn(third);
  // The button beside it goes after a moment; the list stays.
  await expect(desk.page.locator(".desk-said__undo")).toHaveCount(0, { timeout: 8_000 });
  await desk.page.locator("#latest summary").click();
  await desk.page.locator("#latest li button").first().click();
  await expect(desk.said()).toContainText("Taken back");
  await expect(desk.unsent()).toHaveText("Everything is sent");
  expect(await cameInAll(organizer)).toBe(before);
  // Who was taken back comes after all.
  await desk.checkIn(first);
  await expect(desk.unsent()).toHaveText("Everything is sent");
  expect(await cameInAll(organizer)).toBe(before + 1);
  // Once more is no second time.
  await desk.checkIn(first);
  await expect(desk.said()).toContainText("is here already");
  expect(await cameInAll(organizer)).toBe(before + 1);
});

test("a guest leaves, comes back, came elsewhere, is spelled otherwise", async ({ newPerson, organizer }) => {
  const [guest] = await absent(organizer, 0, 1);
  if (!guest) throw new Error("too few guests");
  const here = await Desk.open(organizer, await newPerson(), 0, "Ways");
  const there = await Desk.open(organizer, await newPerson(), 1, "Ways elsewhere");
  await here.checkIn(guest.code);
  const act = async (desk: Desk, label: string) => {
    await desk.search().fill(guest.code);
    const row = desk.found().first();
    if (!(await row.getByRole("button", { name: label }).isVisible())) await row.locator("summary").click();
    await row.getByRole("button", { name: label }).click();
    await expect(desk.search()).toHaveValue("");
  };
  await act(here, "Leaves");
  await expect(here.said()).toContainText("has left");
  await act(here, "Is back");
  await expect(here.unsent()).toHaveText("Everything is sent");
  await act(there, "Came here, not there");
  await expect(there.unsent()).toHaveText("Everything is sent");
  const row = (await list(organizer)).find((row) => row.code === guest.code);
  expect(row?.cameTo).not.toBe(guest.place);
  await there.search().fill(guest.code);
  await there.found().first().locator("summary").click();
  await there.found().first().getByRole("button", { name: "Correct the name" }).click();
  await there.page.locator("#guest-name").fill(" ");
  await there.page.locator("#guest-name").press("Enter");
  await expect(there.page.locator("#guest-name-error")).toBeVisible();
  await there.page.locator("#guest-name").fill("Spelled Anew");
  await there.page.locator("#guest-name").press("Enter");
  await expect(there.unsent()).toHaveText("Everything is sent");
  await here.search().fill("spelled anew");
  await expect(here.found()).toHaveCount(1);
  expect((await list(organizer)).find((row) => row.code === guest.code)?.name).toBe("Spelled Anew");
});

test("nothing is listed until somebody types, and whatever is typed finds", async ({ newPerson, organizer }) => {
  const [guest] = await absent(organizer, 0, 1);
  if (!guest) throw new Error("too few guests");
  const desk = await Desk.open(organizer, await newPerson(), 0, "Search");
  await expect(desk.found()).toHaveCount(0);
  const wide = guest.code.replace(/[A-Z0-9]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  for (const typed of [guest.code.toLowerCase(), wide, `${guest.code.slice(0, 3)} ${guest.code.slice(3)}`, `EN1-${guest.code}-ABCDEFGHIJ`]) {
    await desk.search().fill(typed);
    await expect(desk.found(), typed).toHaveCount(1);
    await expect(desk.found()).toContainText(guest.name);
  }
  const katakana = guest.reading.replace(/[ぁ-ゖ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60));
  await desk.search().fill(katakana);
  await expect(desk.found().first()).toContainText(guest.name);
  await desk.search().fill("");
  await expect(desk.found()).toHaveCount(0);
  await desk.page.locator("#whole-list").click();
  expect(await desk.found().count()).toBeGreaterThan(100);
  await desk.page.locator("#whole-list").click();
  await expect(desk.found()).toHaveCount(0);
  // A hand scanner types and presses Enter, wherever the focus is.
  await desk.page.locator("h1").click();
  await desk.page.keyboard.type("EN1-ZZZZZZ-ABCDEFGHIJ\n");
  await expect(desk.said()).toContainText("nobody on the list");
  await desk.page.keyboard.type(`EN1-${guest.code}-ABCDEFGHIJ\n`);
  await expect(desk.said()).toContainText(guest.name);
});

test("the keys: another row, help, a guest without registration, escape", async ({ newPerson, organizer }) => {
  const desk = await Desk.open(organizer, await newPerson(), 0, "Keys");
  const { page } = desk;
  await page.keyboard.press("?");
  await expect(page.locator("#keys-list")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("#keys-list")).toHaveCount(0);
  await expect(desk.search()).toBeFocused();
  await desk.search().fill("い");
  expect(await desk.found().count()).toBeGreaterThan(1);
  await desk.search().press("ArrowDown");
  await expect(desk.found().nth(1)).toHaveAttribute("aria-current", "true");
  await desk.search().press("Escape");
  await expect(desk.search()).toHaveValue("");
  await desk.search().fill("Nobody Here At All");
  await desk.search().press("Enter");
  await expect(page.locator("#guest-name")).toHaveValue("Nobody Here At All");
  await page.keyboard.press("Escape");
  await expect(page.locator("#guest-name")).toHaveCount(0);
  await page.keyboard.press("F2");
  await page.locator("#guest-name").fill("Came By F2");
  // Pressed twice in a hurry.
  await page.locator("form.desk-form").evaluate((form: HTMLFormElement) => {
    form.requestSubmit();
    form.requestSubmit();
  });
  await expect(desk.said()).toContainText("Came By F2");
  await expect(desk.search()).toBeFocused();
  await expect(desk.unsent()).toHaveText("Everything is sent");
  expect((await list(organizer)).filter((row) => row.name === "Came By F2")).toHaveLength(1);
});

test.describe("without a network", () => {
  test.use({ serviceWorkers: "allow" });

  test("a desk opens, works, dies and goes on, and each guest is there once", async ({ server, newPerson, organizer, watch }) => {
    const guests = await absent(organizer, 0, 3);
    const before = await cameInAll(organizer);
    // The browser knows the server by a network that the test commands.
    const network = await Proxy.before(server.url);
    watch.allowHost(new URL(network.url).host);
    const context = await newPerson({ baseURL: network.url, serviceWorkers: "allow" });
    let desk = await Desk.open(organizer, context, 0, "Offline");
    await desk.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    network.mode = "refuse";
    await context.setOffline(true);
    await desk.checkIn(guests[0]?.code ?? "");
    await desk.page.reload();
    await desk.isOpen();
    await expect(desk.unsent()).toHaveText("1 not yet sent");
    await desk.checkIn(guests[1]?.code ?? "");
    await desk.page.close();
    const page = await context.newPage();
    await page.goto(desk.path);
    desk = desk.in(page);
    await desk.isOpen();
    await expect(desk.unsent()).toHaveText("2 not yet sent");
    await desk.search().fill(guests[0]?.code ?? "");
    await expect(desk.found()).toHaveClass(/is-here/);
    await desk.search().fill("");
    // A hotel answers 200 to everything, and is no verdict.
    network.mode = "portal";
    await context.setOffline(false);
    await desk.page.getByRole("button", { name: "Send now" }).click();
    await expect.poll(() => network.count("POST", SENDING)).toBeGreaterThan(0);
    await expect(desk.unsent()).toHaveText("2 not yet sent");
    // The server takes it in, and nobody hears of it.
    network.set(SENDING, "hang-up");
    network.mode = "pass";
    const heard = network.count("POST", SENDING);
    await desk.page.getByRole("button", { name: "Send now" }).click();
    await expect.poll(() => network.count("POST", SENDING)).toBeGreaterThan(heard);
    await expect(desk.unsent()).toHaveText("2 not yet sent");
    network.heal();
    await expect(desk.unsent()).toHaveText("Everything is sent", { timeout: 40_000 });
    expect(await cameInAll(organizer)).toBe(before + 2);
    // The server dies in the middle and comes back.
    network.mode = "bad-gateway";
    await desk.checkIn(guests[2]?.code ?? "");
    await expect(desk.unsent()).toHaveText("1 not yet sent");
    network.heal();
    await expect(desk.unsent()).toHaveText("Everything is sent", { timeout: 40_000 });
    await agrees(desk, organizer);
    expect(await cameInAll(organizer)).toBe(before + 3);
    await context.close();
    await network.close();
  });

  test("storage that the system closed is opened anew", async ({ newPerson, organizer }) => {
    const guests = await absent(organizer, 0, 2);
    const context = await newPerson({ serviceWorkers: "allow" });
    const close = await closable(context);
    let desk = await Desk.open(organizer, context, 0, "Slept");
    await desk.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    await desk.checkIn(guests[0]?.code ?? "");
    await close(desk.page);
    await desk.checkIn(guests[1]?.code ?? "");
    await expect(desk.unsent()).toHaveText("2 not yet sent");
    const page = await context.newPage();
    await desk.page.close();
    await page.goto(desk.path);
    desk = desk.in(page);
    await desk.isOpen();
    await expect(desk.unsent(), "both were kept").toHaveText("2 not yet sent");
    await context.setOffline(false);
    await expect(desk.unsent()).toHaveText("Everything is sent", { timeout: 40_000 });
  });

  test("what is kept tells no name, and goes when the desk is revoked", async ({ newPerson, organizer }) => {
    const [guest] = await absent(organizer, 0, 1);
    const context = await newPerson({ serviceWorkers: "allow" });
    const desk = await Desk.open(organizer, context, 0, "Revoked");
    await context.setOffline(true);
    await desk.walkIn("Secret Walker");
    await desk.page.waitForTimeout(1_000);
    const kept = () =>
      desk.page.evaluate(async () => {
        const names = (await indexedDB.databases()).map(({ name }) => name ?? "").filter((name) => name.startsWith("entaku-desk-"));
        const texts: string[] = [];
        for (const name of names) {
          const database = await new Promise<IDBDatabase>((done) => {
            const opening = indexedDB.open(name);
            opening.onsuccess = () => done(opening.result);
          });
          const rows = await new Promise<unknown[]>((done) => {
            const reading = database.transaction("rows").objectStore("rows").getAll();
            reading.onsuccess = () => done(reading.result);
          });
          database.close();
          for (const row of rows as { bytes?: ArrayBuffer }[]) if (row.bytes) texts.push(new TextDecoder().decode(row.bytes));
        }
        return { names, texts: texts.join("\n") };
      });
    const rows = await kept();
    expect(rows.names).toHaveLength(1);
    expect(rows.texts.length).toBeGreaterThan(1_000);
    for (const name of ["Secret Walker", guest?.name ?? "", guest?.code ?? ""]) expect(rows.texts).not.toContain(name);
    await organizer.revoke(EVENT, desk.path.split("/").pop() ?? "");
    await context.setOffline(false);
    await expect(desk.page.locator(".desk-closed")).toContainText("This desk is closed");
    // What it had said lies with the organizers; here is nothing left.
    await expect.poll(async () => (await kept()).names).toEqual([]);
    const tray = await organizer.text(`/console/events/${EVENT}/attendance`);
    expect(tray).toContain("Secret Walker");
    await desk.page.reload();
    await expect(desk.page.locator(".desk-closed")).toContainText("This desk is closed");
  });
});

test("a second window is not the same desk, and another browser never is", async ({ newPerson, organizer, page }) => {
  const context = await newPerson();
  const desk = await Desk.open(organizer, context, 0, "Alone");
  const second = await context.newPage();
  await second.goto(desk.path);
  await expect(second.locator(".desk-closed")).toContainText("already open in another window");
  await page.goto(desk.path);
  await expect(page.locator(".desk-closed")).toContainText("has not entered this desk");
  await desk.page.locator("#keys").click();
  await desk.page.locator("#end").click();
  await desk.page.locator("#end-yes").click();
  await expect(desk.page.locator(".desk-closed")).toContainText("Nothing of the guests is left");
  // And it does not come back.
  await expect(async () => {
    await desk.page.reload();
    await expect(desk.page.locator(".desk-closed")).toContainText("This desk is closed", { timeout: 2_000 });
  }).toPass();
});

test("who is called exactly so stands first, and what waits is told to the organizers", async ({ newPerson, organizer }) => {
  const [guest] = await absent(organizer, 0, 1);
  if (!guest) throw new Error("too few guests");
  const context = await newPerson();
  const desk = await Desk.open(organizer, context, 0, "Waits");
  await desk.search().fill(guest.name);
  await expect(desk.found().first()).toContainText(guest.name);
  await expect(desk.found().first()).toHaveAttribute("aria-current", "true");
  // The calls by which it sends fail; everything else goes on.
  await context.route("**/api/v1/operations", (route) => route.abort());
  await desk.checkIn(guest.code);
  await expect(desk.page.locator(".desk-net")).toContainText("nothing can be sent", { timeout: 30_000 });
  const organizers = await newPerson({ storageState: await organizer.session(), viewport: { width: 1280, height: 800 } });
  const screen = await organizers.newPage();
  const made = screen.locator(".desk-cards tr", { hasText: /Waits \d/ }).locator("td.is-number");
  await expect(async () => {
    await screen.goto(`/console/events/${EVENT}/attendance`);
    await expect(made.first(), "said").toHaveText("1", { timeout: 1_000 });
    await expect(made.last(), "not come").toContainText("1", { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await context.unroute("**/api/v1/operations");
  await expect(desk.unsent()).toHaveText("Everything is sent", { timeout: 40_000 });
  // On a phone what was found is in sight.
  await desk.search().fill(guest.name);
  const box = await desk.found().first().boundingBox();
  expect((box?.y ?? 999) + 40, "on the first screen").toBeLessThan(500);
});

test("the wall and the organizers' screen move with the desks", async ({ newPerson, organizer }) => {
  const [guest] = await absent(organizer, 1, 1);
  const context = await newPerson({ storageState: await organizer.session(), viewport: { width: 1280, height: 800 } });
  const wall = await context.newPage();
  await wall.goto(`/console/events/${EVENT}/display`);
  const sum = async () => (await wall.locator(".board__number").allTextContents()).slice(0, -1).map(Number).reduce((a, b) => a + b, 0);
  await expect(wall.locator("p.c-hint[role=status]")).toContainText("As of");
  const before = await sum();
  const desk = await Desk.open(organizer, await newPerson(), 1, "For the wall");
  await desk.checkIn(guest?.code ?? "");
  await expect.poll(sum).toBe(before + 1);
  const screen = await context.newPage();
  await screen.goto(`/console/events/${EVENT}/attendance`);
  await expect(screen.locator("#desks")).toBeVisible();
  await expect(screen.locator("main")).toContainText("For the wall");
});
