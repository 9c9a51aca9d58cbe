import { DEFINITION, type Definition } from "../../support/definition";
import { cached, Foot, newerWaits, withoutSync } from "../../support/kept";
import { expect, test, type Page } from "../../support/offline";
import { arrive, planOf } from "../../support/walker";

const plan = planOf("Mai");

/** The sets of files that are kept of a questionnaire in Vietnamese. */
async function sets(page: Page, { slug }: Definition): Promise<string[]> {
  return [...(await cached(page)).keys()].filter((name) => name.startsWith(`entaku:${slug}:vi:`)).sort();
}

test("only its own caches are touched, also when a newer set takes the place of the older", async ({ page, way, server, signal }) => {
  const definition = { ...DEFINITION, slug: "caches-of-others", version: "1" };
  await server.publish(definition);
  const here = way("vi", page, definition);
  await arrive(here);
  const foreign = ["foreign", "entaku", "entaku-old", "entaku:another-questionnaire:vi:0123"];
  await page.evaluate(async (names) => {
    for (const name of names) await (await caches.open(name)).put("/kept", new Response("kept"));
  }, foreign);
  const own = () => sets(page, definition);
  const before = await own();
  expect(before.length).toBe(1);

  await server.publish({ ...definition, version: "2" });
  await newerWaits(page);
  await page.reload();
  await here.awake();
  await new Foot(page).button("load-new").click();
  await expect.poll(own, "sets").not.toEqual(before);
  await expect.poll(async () => (await own()).length, "sets").toBe(1);
  for (const name of foreign) expect((await cached(page)).get(name), name).toEqual(["/kept"]);
  await page.goto(here.path());
  await here.awake();
  await signal.lose();
  await page.reload();
  await here.awake();
});

test("a newer version never takes over under an open draft, and is offered before the next one", async ({ page, context, way, server, network }) => {
  const definition = { ...DEFINITION, slug: "newer-version", version: "1" };
  await server.publish(definition);
  const foot = new Foot(page);
  const here = way("vi", page, definition);
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("hours_week", plan);
  const [first] = await sets(page, definition);
  await page.evaluate(() => {
    Object.assign(window, { changes: 0 });
    navigator.serviceWorker.addEventListener("controllerchange", () => (window as unknown as { changes: number }).changes++);
  });
  const changes = (): Promise<number> => page.evaluate(() => (window as unknown as { changes: number }).changes);

  await server.publish({ ...definition, version: "2" });
  await newerWaits(page);
  // Another tab is between respondents, and may not take the newer one either while somebody answers here.
  const tab = await context.newPage();
  const there = way("vi", tab, definition);
  await tab.goto(there.path());
  await there.awake();
  const offer = new Foot(tab).button("load-new");
  if (await offer.isVisible()) await offer.click();
  await there.awake();
  await expect(here.form()).toBeVisible();
  await newerWaits(page);
  expect(await changes()).toBe(0);
  expect(await sets(page, definition)).toContain(first);
  await tab.close();

  await here.answerUntil("treatment", plan, "hours_week");
  await expect(foot.button("load-new")).toHaveCount(0);
  // The old set still serves the page that uses it.
  network.mode = "refuse";
  await here.answerUntil(null, plan, "treatment");
  await expect(foot.button("load-new")).toHaveCount(0);
  network.mode = "pass";
  await here.send();
  expect(await changes()).toBe(0);

  await expect(foot.button("load-new")).toBeVisible();
  await foot.button("load-new").click();
  await here.isOn("");
  await here.awake();
  await expect(here.beginButton()).toBeVisible();
  await expect(foot.line("older")).toHaveCount(0);
  await expect.poll(() => sets(page, definition), "the older set is gone").not.toContain(first);
  expect((await sets(page, definition)).length).toBe(1);
});

test("a newer version that cannot be fetched whole leaves the older one in charge", async ({ page, way, server, network, signal }) => {
  const definition = { ...DEFINITION, slug: "half-a-version", version: "1" };
  await server.publish(definition);
  const here = way("vi", page, definition);
  await arrive(here);
  const before = await sets(page, definition);
  await server.publish({ ...definition, version: "2" });
  network.set(/^\/definitions\//, "portal");
  const failed = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return new Promise<string>((done) => {
      registration?.addEventListener("updatefound", () => {
        const worker = registration.installing;
        worker?.addEventListener("statechange", () => ["installed", "redundant"].includes(worker.state) && done(worker.state));
      });
      registration?.update().catch(() => {});
    });
  });
  expect(failed).toBe("redundant");
  expect(await sets(page, definition)).toEqual(before);
  network.heal();
  await signal.lose();
  await page.reload();
  await here.awake();
  await here.beginHere();
});

test("a page of an older program still sends, and is told afterwards that there is a newer one", async ({ page, way, network, ledger }) => {
  await withoutSync(page);
  const foot = new Foot(page);
  const here = way("vi");
  await arrive(here);
  await here.beginHere();
  await here.answerUntil("hours_week", plan);
  network.build = "0123456789abcdef";
  await here.answerUntil(null, plan, "hours_week");
  await expect(foot.button("load-new")).toHaveCount(0);
  await here.send();
  await ledger.holds({ plan });
  await foot.says("older");
  await foot.button("load-new").click();
  await here.isOn("");
  await here.awake();
  await expect(here.beginButton()).toBeVisible();
});
