/** A person without mouse or touch: nothing here but keys that are pressed. */
import { expect, type Page } from "@playwright/test";
import { idOf, isSelect, layout, prefix, type Question } from "./definition";
import type { Answer } from "./flow";

/** No page of ours has more stops than this. */
const STOPS = 120;

export class Keys {
  constructor(private readonly page: Page) {}

  /** Presses a key, so many times. */
  async press(key: string, times = 1): Promise<void> {
    for (let count = 0; count < times; count++) await this.page.keyboard.press(key);
  }

  /** Goes from stop to stop until this one, forwards or back. Each stop on the way is seen. */
  async goTo(selector: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    for (let stop = 0; stop < STOPS; stop++) {
      await this.press(key);
      const { isThere, label, unseen } = await this.page.evaluate(focused, selector);
      expect(unseen, `the focus on ${label} at ${this.page.url()}`).toEqual([]);
      if (isThere) return;
    }
    throw new Error(`no stop is ${selector} at ${this.page.url()}`);
  }

  /** The same, where the focus may be there already. */
  private async reach(selector: string): Promise<void> {
    const { isThere } = await this.page.evaluate(focused, selector);
    if (!isThere) await this.goTo(selector);
  }

  /** Past the frame of a page that was just loaded, or up to its beginning first: a stop there leads to what it is about. */
  async skip(key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await this.goTo('a.c-skip[href="#main"]', key);
    await this.press("Enter");
    await expect(this.page.locator("#main")).toBeFocused();
  }

  /** Gives an answer in the fields of a question. */
  async answer(question: Question, answer: Answer, isList = false): Promise<void> {
    if (answer === "empty") return;
    const before = prefix(question, isList);
    const field = (name: string): string => `[name="${before}${name}"]`;
    const box = async (name: string, value: string): Promise<void> => {
      await this.reach(`${field(name)}[value="${value}"]`);
      await this.press("Space");
    };
    if ("date" in answer) {
      for (const [index, part] of answer.date.entries()) {
        await this.reach(field(`answer-${["year", "month", "day"][index]}`));
        await this.write(part);
      }
    } else if ("typed" in answer) {
      await this.reach(`[id="${idOf(question, isList)}"]`);
      await this.write(answer.typed);
    } else if ("none" in answer && !isSelect(question)) {
      await box("no-answer", answer.none);
    } else {
      const values = "codes" in answer ? answer.codes : ["none" in answer ? `_${answer.none}` : "yes"];
      if (["select_multiple", "acknowledge"].includes(layout(question))) for (const value of values) await box("answer", value);
      else await this.choose(field("answer"), values[0] ?? "");
    }
  }

  /** Types over what stands in the field. */
  async write(text: string): Promise<void> {
    await this.press("Control+A");
    await this.page.keyboard.type(text);
  }

  /** Chooses one of a group of dots or of a menu: one stop, and the arrows within it. */
  private async choose(selector: string, value: string): Promise<void> {
    await this.reach(selector);
    const steps = await this.page.evaluate(([, wanted]) => {
      const here = document.activeElement as HTMLInputElement | HTMLSelectElement;
      const all = here instanceof HTMLSelectElement ? [...here.options] : [...document.querySelectorAll<HTMLInputElement>(`input[name="${here.name}"]`)];
      const now = here instanceof HTMLSelectElement ? here.selectedIndex : all.findIndex((each) => each === here);
      return all.findIndex((each) => each.value === wanted) - now;
    }, [selector, value]);
    if (steps === 0) await this.press("Space");
    else await this.press(steps > 0 ? "ArrowDown" : "ArrowUp", Math.abs(steps));
    const chosen = await this.page.evaluate(() => (document.activeElement as HTMLInputElement).value);
    expect(chosen, "what the arrows chose").toBe(value);
  }

  /** Presses *Continue* or *Send*: with Enter where the focus is, if a form takes it there, or on the button itself. */
  async goOn(by: "Enter" | "Space" = "Enter", from: "field" | "button" = "button"): Promise<void> {
    const isField = await this.page.evaluate(() => document.activeElement instanceof HTMLInputElement);
    if (from === "button" || !isField) await this.goTo("form#question button[name=go]");
    await this.press(from === "button" ? by : "Enter");
  }
}

/** Runs in the page: what has the focus, and why somebody might not see that it has. */
function focused(selector: string): { isThere: boolean; label: string; unseen: string[] } {
  const here = document.activeElement as HTMLElement;
  const label = `${here.localName}#${here.id}.${here.className}[${here.getAttribute("name") ?? ""}]`;
  // Behind the last stop the focus leaves the page for the browser.
  if (here === document.body) return { isThere: false, label, unseen: [] };
  // Boxes and dots are drawn by their row, which carries the ring for them.
  const row = here.closest("label") ?? here;
  const rings = [here, row].map((each) => getComputedStyle(each));
  const unseen: string[] = [];
  if (!rings.some((ring) => ring.outlineStyle !== "none" && Number.parseFloat(ring.outlineWidth) > 0)) unseen.push("has no outline");
  const { top, bottom, left, right } = row.getBoundingClientRect();
  if (right - left <= 1 || bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) unseen.push("is out of sight");
  const heights = [0.1, 0.5, 0.9].map((part) => Math.min(Math.max(top + (bottom - top) * part, 1), innerHeight - 1));
  const over = heights.map((y) => document.elementFromPoint(Math.min((left + right) / 2, innerWidth - 1), y));
  if (!over.some((each) => each && (row.contains(each) || each.contains(row)))) unseen.push("is covered");
  return { isThere: here.matches(selector), label, unseen };
}
