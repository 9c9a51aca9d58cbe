/** A cheap phone on a bad network: the form is there first, the program takes it over, and locking takes its time. */
import { Letters } from "../../support/letters";
import { expect, test } from "../../support/test";
import { Wire } from "../../support/wire";

/** A phone on a mobile network after the month's data is used up. */
const SLOW = { offline: false, latency: 400, downloadThroughput: (400 * 1024) / 8, uploadThroughput: (400 * 1024) / 8 };

test("what is typed before the program is there stays, and is locked on the phone", async ({ page }) => {
  test.setTimeout(120_000);
  let open = (): void => {};
  const gate = new Promise<void>((opened) => (open = opened));
  await page.route("**/*.wasm*", async (route) => {
    await gate;
    await route.continue().catch(() => {});
  });
  const wire = await Wire.of(page);
  await wire.session.send("Network.emulateNetworkConditions", SLOW);
  await wire.session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const letters = new Letters(page, "vi");
  await page.goto(letters.path("/write"));
  // Nobody says yet that it is locked on the phone.
  await expect(page.locator("#locked")).toHaveText(letters.says("locked_server"));
  await page.locator('input[name="topic"][value="papers"]').check();
  await page.locator("#text").fill("Chủ giữ hộ chiếu");
  await page.locator("#text").focus();
  const began = Date.now();
  open();
  await letters.isReady();
  const awake = Date.now() - began;
  await expect(page.locator("#locked")).toContainText(letters.says("locked_phone"));
  await expect(page.locator("#text")).toHaveValue("Chủ giữ hộ chiếu");
  await expect(page.locator("#text")).toBeFocused();
  await expect(page.locator('input[name="topic"][value="papers"]')).toBeChecked();
  await page.keyboard.press("End");
  await page.keyboard.type(" của tôi.");

  await wire.session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  const pressed = Date.now();
  await letters.button("send").click();
  await expect(page.locator("h1")).toHaveText(letters.says("receipt_heading"));
  const locked = Date.now() - pressed;
  letters.digits = (await page.locator(".voice-digits__group").allTextContents()).join("");
  await letters.back();
  await letters.areOpen();
  await expect(page.locator(".voice-letter__text")).toHaveText("Chủ giữ hộ chiếu của tôi.");

  const measured = `program awake after ${awake} ms, digits worked out, letter locked and sent ${locked} ms after the press`;
  test.info().annotations.push({ type: "measured", description: measured });
  console.log(`slow phone (400 ms, 400 kbit/s, CPU / 4): ${measured}`);
});
