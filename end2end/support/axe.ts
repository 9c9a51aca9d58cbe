/** What a program can find out about accessibility. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Pixels of a CSS pixel grid; what a thumb hits. */
const TARGET = 44;

/** All that is asked, or what other colours can change: the rest was seen before. */
const RULES = { all: (axe: AxeBuilder) => axe.withTags(TAGS), colours: (axe: AxeBuilder) => axe.withRules(["color-contrast", "link-in-text-block"]) };

/** No violation of WCAG 2.2 A or AA. */
export async function isAccessible(page: Page, where: string, rules: keyof typeof RULES = "all"): Promise<void> {
  const { violations } = await RULES[rules](new AxeBuilder({ page })).setLegacyMode().analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.target.join(" ")}: ${node.any[0]?.message ?? node.html}`),
  );
  expect.soft(found, where).toEqual([]);
}

/**
 * Everything that can be pressed is large enough for a thumb. A box or dot is pressed by its label's whole row; links
 * within a sentence are as high as the sentence; what is out of sight until it has the focus is not pressed.
 */
export async function hasLargeTargets(page: Page): Promise<void> {
  const small = await page.evaluate((limit) => {
    const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    return [...document.querySelectorAll<HTMLElement>(pressed)].flatMap((each) => {
      const isBox = each instanceof HTMLInputElement && ["radio", "checkbox"].includes(each.type);
      const target = isBox ? (each.closest("label") ?? each) : each;
      const { width, height, right, bottom } = target.getBoundingClientRect();
      const isHidden = width <= 1 || height <= 1 || right < 0 || bottom < 0 || !target.checkVisibility();
      const sentence = each.localName === "a" && each.closest("p");
      const isInSentence = sentence && (sentence.textContent ?? "").trim().length > (each.textContent ?? "").trim().length;
      if (isHidden || isInSentence || (width >= limit - 0.5 && height >= limit - 0.5)) return [];
      return [`${each.localName}.${each.className} “${(each.textContent ?? "").trim().slice(0, 30)}” ${Math.round(width)}×${Math.round(height)}`];
    });
  }, TARGET);
  expect.soft(small, `smaller than ${TARGET} px`).toEqual([]);
}
