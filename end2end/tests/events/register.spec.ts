/** What a guest does, with and without script. */
import { registerGuest } from "../../support/pages/events_guest";
import { expect, test } from "../../support/test";

test("a guest registers, corrects, moves, cancels and deletes", async ({ page }) => {
  const own = await registerGuest(page, "en", "Walks All Ways");
  await expect(page.locator(".c-panel__code")).toHaveText(/^[A-Z0-9]{3} [A-Z0-9]{3}$/);
  await expect(page.locator("svg.c-qr")).toBeVisible();

  await page.goto(`${own}/correct`);
  await expect(page.locator("#name")).toHaveValue("Walks All Ways");
  await page.locator("#name").fill("Walks Every Way");
  await page.locator("main form#question .c-actions button").click();
  await expect(page.locator(".c-summary__typed", { hasText: "Walks Every Way" })).toBeVisible();

  await page.locator("main button[value=choose]").first().click();
  await expect(page).toHaveURL(/done=moved/);

  await page.goto(`${own}?ask=cancel`);
  await page.locator("main button[value=cancel]").click();
  await expect(page.locator(".c-panel__code")).toHaveCount(0);

  await page.goto(`${own}?ask=delete`);
  await page.locator("main button[value=delete]").click();
  await expect(page.locator("main")).not.toContainText("Walks Every Way");
  expect((await page.goto(own))?.status()).toBe(410);
});

test("a refused form keeps what was typed", async ({ page }) => {
  await page.goto("/en/events/rehearsal-today/register");
  await page.locator("#name").fill("山田 太郎");
  await page.locator("#phone").fill("call me");
  await page.locator("main form#question .c-actions button").click();
  await expect(page.locator("#errors")).toBeVisible();
  await expect(page.locator("#name")).toHaveValue("山田 太郎");
  await expect(page.locator("#phone")).toHaveValue("call me");
  await expect(page.locator("#phone-error")).toBeVisible();
});

test("another language keeps what was typed", async ({ page }) => {
  await page.goto("/en/events/rehearsal-today/register");
  await page.locator("#name").fill("Nguyễn Văn A");
  await page.locator("input[name=place]").nth(1).check();
  await page.locator(".c-languages__entry[lang=vi]").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "vi");
  await expect(page.locator("#name")).toHaveValue("Nguyễn Văn A");
  await expect(page.locator("input[name=place]").nth(1)).toBeChecked();
  await expect(page.locator("#errors")).toHaveCount(0);
});
