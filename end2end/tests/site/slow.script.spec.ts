import { expect, test, type Page } from "../../support/test";
import { choosePhone } from "../../support/way";
import { word } from "../../support/words";
import { Wire } from "../../support/wire";

/** A phone on a mobile network after the month's data is used up. */
const SLOW = { offline: false, latency: 400, downloadThroughput: (400 * 1024) / 8, uploadThroughput: (400 * 1024) / 8 };

test("on a slow phone the question can be answered before the program is there", async ({ page, way, organizer }) => {
  test.setTimeout(120_000);
  const before = await organizer.count();
  const here = way("vi");
  // The program is held back at the door, so that whatever works now works without it.
  let open = (): void => {};
  const gate = new Promise<void>((opened) => (open = opened));
  await page.route("**/*.wasm*", async (route) => {
    await gate;
    await route.continue().catch(() => {});
  });
  await page.goto(here.path());
  await choosePhone(page, "own");
  const wire = await Wire.of(page);
  await wire.session.send("Network.emulateNetworkConditions", SLOW);
  await wire.session.send("Emulation.setCPUThrottlingRate", { rate: 4 });

  const begun = Date.now();
  await page.getByRole("button", { name: word("vi", "questionnaires.begin"), exact: true }).click({ noWaitAfter: true });
  await here.isAt("consent");
  await expect(here.go()).toBeVisible();
  const usable = Date.now() - begun;

  const drawn = await firstDrawn(page);

  // Nothing that could hold back the drawing of the page: no script but modules, which wait, and one style sheet.
  const blocking = await page.locator("script").evaluateAll((scripts) =>
    scripts.filter((script) => (script as HTMLScriptElement).type !== "module" && !(script as HTMLScriptElement).defer).length,
  );
  expect(blocking).toBe(0);
  await expect(page.locator('link[rel="stylesheet"]')).toHaveCount(1);
  await expect(page.locator('link[rel*="preload"]')).toHaveCount(0);

  await here.answer("consent", { codes: ["yes"] });
  await here.isAt("nationality");
  expect(wire.ofKind(".wasm"), "the program had arrived already").toEqual([]);
  const next = await firstDrawn(page);

  // And once it comes, it takes over without a word.
  open();
  await here.awake();
  await wire.session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await wire.session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await here.answerUntil(null, undefined, "nationality");
  await here.send();
  expect(await organizer.count()).toBe(before + 1);

  const measured = `first question drawn after ${drawn} ms, seen to be usable after ${usable} ms, the next one drawn after ${next} ms`;
  test.info().annotations.push({ type: "measured", description: measured });
  console.log(`slow phone (400 ms, 400 kbit/s, CPU / 4): ${measured}`);
});

/** Milliseconds from the press of the button to the first drawing of the page it led to, as the browser counts them. */
async function firstDrawn(page: Page): Promise<number> {
  const drawn = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  return Math.round(drawn ?? Number.NaN);
}
