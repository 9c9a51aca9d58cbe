/** What may not happen to a page on a narrow screen. */
import { expect, type Page } from "@playwright/test";

/** No page scrolls sideways; wide tables do so in a box of their own. */
export async function fits(page: Page, width: number): Promise<void> {
  const before = page.viewportSize();
  if (before?.width !== width) await page.setViewportSize({ width, height: 740 });
  const wide = (): Promise<string[]> =>
    page.evaluate(() => {
      const limit = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= limit) return [];
      const reaching = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > limit + 1);
      return ["the page", ...reaching.map((each) => `${each.tagName}.${each.className}`)];
    });
  // A busy machine may need a moment to lay the page out anew.
  await expect.configure({ soft: true }).poll(wide, { message: `${page.url()} at ${width} px is wider than the screen`, timeout: 3000 }).toEqual([]);
  if (before && before.width !== width) await page.setViewportSize(before);
}
