/** The organizers' screens for planning events. */
import { expect } from "@playwright/test";
import { at, NO_PAGE, screen, type Fixtures, type Visit } from "./kinds";

const TODAY = "/console/events/rehearsal-today";
const NEXT = "/console/events/round-table-next";

/** The form of an address sent without what it needs. */
const refused = (path: string, empty?: string): Visit => ({
  name: "refused",
  go: async ({ page }) => {
    await page.goto(path);
    if (empty !== undefined) await page.locator(empty).fill("");
    await page.locator("main form button:not([name])").first().click();
    await expect(page.locator("#errors")).toBeVisible();
  },
});

export const FIXTURES_OF_PLANNING: Fixtures = {
  "/console/events": screen("/console/events"),
  "/console/events/new": screen("/console/events/new", refused("/console/events/new"), {
    name: "with more rows",
    go: async ({ page }) => {
      await page.goto("/console/events/new");
      await page.locator("#slug").fill("kept");
      await page.locator("button[name=more][value=places]").click();
      await expect(page.locator("#places-1-capacity")).toBeVisible();
      await expect(page.locator("#slug")).toHaveValue("kept");
    },
  }),
  "/console/events/{slug}": screen(TODAY, at(() => NEXT, "without a place"), at(() => `${NEXT}?ask=cancel`, "asked once more")),
  "/console/events/{slug}/state": NO_PAGE,
  "/console/events/{slug}/edit": screen(`${TODAY}/edit`, refused(`${TODAY}/edit`, "#day")),
  "/console/events/{slug}/roles": screen(`${TODAY}/roles`, {
    name: "refused",
    go: async (visitor) => {
      await visitor.assistant();
      await refused(`${TODAY}/roles`).go(visitor);
    },
  }),
  "/console/events/{slug}/copy": NO_PAGE,
  "/console/series/new": screen("/console/series/new", refused("/console/series/new")),
  "/console/series/{slug}/edit": screen("/console/series/round-table/edit"),
};
