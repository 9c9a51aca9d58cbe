/** What a guest and an organizer see of mail, through a real mail server: one calendar entry, never two. */
import type { Page } from "@playwright/test";
import { Organizer } from "../../support/organizer";
import { entryIn, linkIn, PostOffice, type Entry } from "../../support/post";
import { Server } from "../../support/server";
import { expect, test as base } from "../../support/test";

const GUEST = "xanh2@example.org";
const SLUG = "round-table-next";

const test = base.extend<{ office: PostOffice; own: { server: Server; desk: Page; guest: Page } }>({
  office: async ({}, use) => {
    const office = await PostOffice.open();
    await use(office);
    await office.close();
  },
  // A server of its own, which is told of the mail server.
  own: async ({ office, browser, javaScriptEnabled }, use) => {
    const server = await Server.start({ ENTAKU_SMTP_URL: office.url, ENTAKU_MAIL_FROM: "desk@example.org" });
    const organizer = await Organizer.join(server, "planner@example.org");
    const context = await browser.newContext({
      baseURL: server.url,
      storageState: await organizer.session(),
      javaScriptEnabled,
      locale: "en",
    });
    const guest = await browser.newContext({ baseURL: server.url, javaScriptEnabled });
    await use({ server, desk: await context.newPage(), guest: await guest.newPage() });
    await guest.close();
    await context.close();
    await organizer.close();
    await server.stop();
  },
});

/** Fills fields of the event's form and sends it. */
async function change(desk: Page, fields: Record<string, string>, tell = false): Promise<void> {
  await desk.goto(`/console/events/${SLUG}/edit`);
  for (const [name, value] of Object.entries(fields)) await desk.locator(`main [name="${name}"]`).fill(value);
  if (tell) await desk.locator("main input[name=tell]").check();
  await desk.locator("main form button:not([name])").last().click();
  await expect(desk).toHaveURL(/done=saved/);
}

async function decide(desk: Page, state: string): Promise<void> {
  await desk.goto(`/console/events/${SLUG}${state === "cancelled" ? "?ask=cancel" : ""}`);
  await desk.locator(`main button[name=state][value=${state}]`).click();
  await desk.waitForLoadState();
}

test("from the announcement to the cancellation a guest has one calendar entry, which only moves forward", async ({ own, office }) => {
  test.setTimeout(120_000);
  const { desk, guest: page } = own;
  const entries: Entry[] = [];

  await page.goto(`/vi/events/${SLUG}/register`);
  await page.locator("#name").fill("Xanh 2");
  const organisation = page.locator("#organisation");
  if ((await organisation.count()) > 0) await organisation.fill("Xưởng Xanh");
  await page.locator("#phone").fill("０３－００００－０００２");
  await page.locator("#email").fill(GUEST);
  const places = page.locator("input[name=place]");
  if ((await places.count()) > 0) await places.first().check();
  await page.locator("main form#question .c-actions button").click();
  const interest = await office.next(GUEST);
  expect(interest.subject).not.toBe("");
  entries.push(entryIn(interest));

  await change(desk, {
    begins: "14:00",
    ends: "16:00",
    "places-0-address-en": "Blue House 1, Tokyo",
    "places-1-address-en": "Blue House 2, Osaka",
  });
  entries.push(entryIn(await office.next(GUEST)));

  await decide(desk, "open");
  const opened = await office.next(GUEST);
  const link = linkIn(opened, /\/vi\/registrations\//);
  await page.goto(link);
  // Who only wanted to hear of it told less than a guest list needs.
  await page.locator(`main a[href*="/correct"]`).first().click();
  await page.locator("#organisation").fill("Xưởng Xanh");
  await page.locator("main form#question .c-actions button").click();
  await page.locator("main button[value=choose]").first().click();
  const confirmation = await office.next(GUEST);
  entries.push(entryIn(confirmation));
  expect(confirmation.text).toContain(link);

  await change(desk, { begins: "15:00", ends: "17:00" }, true);
  entries.push(entryIn(await office.next(GUEST)));

  await decide(desk, "cancelled");
  entries.push(entryIn(await office.next(GUEST)));

  expect(new Set(entries.map(({ uid }) => uid)).size, "one entry").toBe(1);
  const sequences = entries.map(({ sequence }) => sequence);
  expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
  expect(new Set(sequences.slice(1)).size, "each change raises it").toBe(sequences.length - 1);
  expect(entries.at(0)?.status).toBe("TENTATIVE");
  expect(entries.at(1)?.location).toContain("Blue House");
  expect(entries.at(-1)).toMatchObject({ method: "CANCEL", status: "CANCELLED" });
});
