import { FACTOR, joinBy, signInHalf, turnOn } from "../../support/factor";
import { Organizer, PASSPHRASE } from "../../support/organizer";
import { Server } from "../../support/server";
import { expect, test } from "../../support/test";
import { word } from "../../support/words";

const en = (key: string) => word("en", key);
let made = 0;
const somebody = () => `factor-${++made}-${test.info().project.name}@example.org`;

test("a second factor is set up, asked for, and turned off", async ({ page, server, newPerson }) => {
  const email = somebody();
  await joinBy(page, (await server.command("organizer", "invite", email)).trim());
  await page.goto("/console/account");
  await page.getByRole("link", { name: en("console.factor_set_up") }).click();
  await expect(page.getByRole("img", { name: en("console.factor_square") })).toBeVisible();
  const secret = await page.locator("#secret").textContent();
  await page.locator("#passphrase").fill(PASSPHRASE);
  await page.locator("#code").fill("12345");
  await page.getByRole("button", { name: en("console.factor_add") }).click();
  await expect(page.locator("#errors")).toContainText(en("console.factor_digits_missing"));
  // What was scanned stays on the page.
  await expect(page.locator("#secret")).toHaveText(secret?.trim() ?? "");

  const phone = await turnOn(page);
  const codes = await page.locator("#codes li").allTextContents();
  await page.reload();
  await expect(page.locator("#codes")).toHaveCount(0);

  const other = await (await newPerson()).newPage();
  await signInHalf(other, email, "/console/account");
  await other.goto("/console");
  await expect(other).toHaveURL(/\/console\/sign-in\?to=/);
  await signInHalf(other, email, "/console/account");
  await other.locator("#code").fill(phone.wrong());
  await other.getByRole("button", { name: en("auth.sign_in_button") }).click();
  await expect(other.locator("#errors")).toContainText(en("auth.code_wrong"));
  await expect(other.locator("#errors")).toBeFocused();
  const code = await phone.next();
  // As it stands in the app, in two groups.
  await other.locator("#code").fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await other.getByRole("button", { name: en("auth.sign_in_button") }).click();
  await expect(other).toHaveURL("/console/account");
  expect((await other.context().cookies()).map((cookie) => cookie.name)).not.toContain("half-open");

  await other.goto(FACTOR);
  await other.locator("#passphrase").fill(PASSPHRASE);
  await other.locator("#code").fill(codes[0]?.toLowerCase() ?? "");
  await other.getByRole("button", { name: en("console.factor_remove") }).click();
  await expect(other.getByRole("status")).toHaveText(en("console.factor_removed"));
});

test("a recovery code opens once, and a colleague can take the second factor away", async ({ page, server, organizer, newPerson }) => {
  const email = somebody();
  await joinBy(page, (await server.command("organizer", "invite", email)).trim());
  await turnOn(page);
  const [code = ""] = await page.locator("#codes li").allTextContents();

  const lost = await (await newPerson()).newPage();
  await signInHalf(lost, email);
  await lost.locator("#code").fill(code);
  await lost.getByRole("button", { name: en("auth.sign_in_button") }).click();
  await expect(lost).toHaveURL("/console");
  const again = await (await newPerson()).newPage();
  await signInHalf(again, email);
  await again.locator("#code").fill(code);
  await again.getByRole("button", { name: en("auth.sign_in_button") }).click();
  await expect(again.locator("#errors")).toContainText(en("auth.code_wrong"));

  const boss = await (await newPerson({ storageState: await organizer.session() })).newPage();
  await boss.goto("/console/organizers");
  const row = boss.locator("tr", { hasText: email });
  await row.locator("summary", { hasText: en("console.factor_take") }).click();
  await row.getByRole("button", { name: en("console.factor_take_button") }).click();
  await expect(boss.getByRole("status")).toHaveText(en("console.factor_taken"));
  await lost.goto("/console");
  await expect(lost).toHaveURL(/\/console\/sign-in/);
  await lost.locator("#email").fill(email);
  await lost.locator("#passphrase").fill(PASSPHRASE);
  await lost.getByRole("button", { name: en("auth.sign_in_button") }).click();
  await expect(lost).toHaveURL("/console");
});

test("a desk that is no demonstration says that it needs a second factor", async ({ newPerson, watch }) => {
  const own = await Server.start();
  try {
    await own.command("desk", "close");
    watch.allowHost(new URL(own.url).host);
    const organizer = await Organizer.join(own, somebody());
    const context = await newPerson({ baseURL: own.url, storageState: await organizer.session() });
    const page = await context.newPage();
    await page.goto("/console/voices");
    await expect(page.locator("main")).toContainText(en("console.voices_set_up"));
    await page.getByRole("link", { name: en("console.voices_to_account") }).click();
    await expect(page).toHaveURL("/console/account");
    await turnOn(page);
    await page.goto("/console/voices");
    await expect(page.locator("#without-factor")).toHaveCount(0);
    await expect(page.locator("main h1")).toHaveText(en("members.title"));
    await organizer.close();
    await context.close();
  } finally {
    await own.stop();
  }
});
