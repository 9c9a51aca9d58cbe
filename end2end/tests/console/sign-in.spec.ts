import { PASSPHRASE } from "../../support/organizer";
import { expect, test } from "../../support/test";
import { word } from "../../support/words";

const en = (key: string) => word("en", key);
let invited = 0;

test("an invitation's link is good once", async ({ page, server, newPerson }) => {
  const email = `new-${++invited}-${test.info().project.name}@example.org`;
  const link = (await server.command("organizer", "invite", email)).trim();
  expect((await page.goto(link))?.status()).toBe(200);
  await expect(page.locator("main")).toContainText(email);
  await page.locator("#name").fill("Nguyễn Thị Mai");
  await page.locator("#new_passphrase").fill("short");
  await page.locator("#new_passphrase_again").fill("short");
  await page.getByRole("button", { name: en("auth.join_button") }).click();
  await expect(page.locator("#errors")).toContainText(en("auth.passphrase_short"));
  await expect(page.locator("#errors")).toBeFocused();
  await expect(page).toHaveTitle(new RegExp(`^${en("shell.error_prefix")} `));
  await expect(page.locator("#name")).toHaveValue("Nguyễn Thị Mai");
  await expect(page.locator("#new_passphrase")).toHaveValue("");

  await page.locator("#new_passphrase").fill(PASSPHRASE);
  await page.locator("#new_passphrase_again").fill(`${PASSPHRASE}s`);
  await page.getByRole("button", { name: en("auth.join_button") }).click();
  await expect(page.locator("#errors")).toContainText(en("auth.passphrase_differs"));

  await page.locator("#new_passphrase").fill(PASSPHRASE);
  await page.locator("#new_passphrase_again").fill(PASSPHRASE);
  await page.getByRole("button", { name: en("auth.join_button") }).click();
  await expect(page).toHaveURL("/console");
  await expect(page.locator(".c-console__person")).toHaveText("Nguyễn Thị Mai");

  const other = await (await newPerson()).newPage();
  expect((await other.goto(link))?.status()).toBe(410);
  await expect(other.locator("main h1")).toHaveText(en("auth.gone_title"));
  const forged = link.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  expect((await other.goto(forged))?.status()).toBe(410);
});

test("signing in leads to the page that was asked for, and signing out closes it", async ({ page, organizer }) => {
  await page.goto("/console/audit");
  await expect(page).toHaveURL(/\/console\/sign-in\?to=/);

  await page.locator("#email").fill(organizer.email);
  await page.locator("#passphrase").fill("not the passphrase at all");
  const refused = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: en("auth.sign_in_button") }).click();
  expect((await refused).status()).toBe(422);
  await expect(page.locator("#errors")).toContainText(en("auth.sign_in_wrong"));
  await expect(page.locator("#email")).toHaveValue(organizer.email);
  await expect(page.locator("#passphrase")).toHaveValue("");

  await page.locator("#passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: en("auth.sign_in_button") }).click();
  await expect(page).toHaveURL(/\/console\/audit$/);
  await expect(page.locator("main h1")).toHaveText(en("console.audit_title"));
  const session = (await page.context().cookies()).find((cookie) => cookie.name === "session");
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });

  await page.getByRole("button", { name: en("console.sign_out") }).click();
  await expect(page).toHaveURL(/\/console\/sign-in\?done=out$/);
  await expect(page.getByRole("status")).toHaveText(en("auth.signed_out"));
  // The session is void on the server too, not only forgotten by the browser.
  if (session) await page.context().addCookies([session]);
  await page.goto("/console");
  await expect(page).toHaveURL(/\/console\/sign-in/);
});

test("an unknown address and a wrong passphrase are told the same", async ({ page }) => {
  await page.goto("/console/sign-in");
  await page.locator("#email").fill("nobody@example.org");
  await page.locator("#passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: en("auth.sign_in_button") }).click();
  await expect(page.locator("#errors")).toContainText(en("auth.sign_in_wrong"));
});

test("signing in leads to no other site", async ({ page, organizer }) => {
  await page.goto("/console/sign-in?to=//evil.example/console");
  await page.locator("#email").fill(organizer.email);
  await page.locator("#passphrase").fill(PASSPHRASE);
  await page.getByRole("button", { name: en("auth.sign_in_button") }).click();
  await expect(page).toHaveURL("/console");
});

test("every screen of the console asks for a session", async ({ page }) => {
  for (const path of ["", "/questionnaires", "/questionnaires/working-in-japan/answers", "/organizers", "/account"]) {
    await page.goto(`/console${path}`);
    await expect(page).toHaveURL(/\/console\/sign-in/);
  }
  const file = await page.request.get("/console/questionnaires/working-in-japan/answers.csv", { maxRedirects: 0 });
  expect(file.status()).not.toBe(200);
});
