/** A person on the way through the questionnaire. */
import { expect, type Page } from "@playwright/test";
import { DEFINITION, FULL, met, question as named, type Answer, type Plan, type Question } from "./definition";
import { plain, word, type Language } from "./words";
import type { Watch } from "./watch";

/** `XXXX-XXXX-XXXX`. */
export const CODE = /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/;

export class Way {
  constructor(
    readonly page: Page,
    readonly language: Language,
    private readonly scripted: boolean,
    private readonly watch?: Watch,
  ) {}

  /** The address of a page of the way: `""`, `"/check"`, `"/questions/consent"`. */
  path(rest = "", language = this.language): string {
    return `/${language}/questionnaires/${DEFINITION.slug}${rest}`;
  }

  readonly form = () => this.page.locator("form#question");
  readonly go = () => this.form().locator("button[name=go]");
  readonly heading = () => this.page.locator("main h1");
  readonly errors = () => this.page.locator("#errors");

  /** Opens the first page and begins. */
  async begin(): Promise<void> {
    await this.page.goto(this.path());
    await this.page.getByRole("button", { name: plain(word(this.language, "questionnaires.begin")), exact: true }).click();
    await this.isAt(DEFINITION.questions[0]?.name ?? "");
    await this.awake();
  }

  /** Waits until the island has taken over, where there is script. */
  async awake(): Promise<void> {
    if (this.scripted) await this.page.waitForFunction(() => "islandIsAwake" in window);
  }

  /** Waits until the server's cookie holds what the island knows. */
  async settled(): Promise<void> {
    if (this.scripted && this.watch) {
      await expect.poll(() => this.watch?.isSettled(this.page.context()), "quiet posts").toBe(true);
    }
  }

  /** Waits for the page of this question. */
  async isAt(name: string, language = this.language): Promise<void> {
    await this.isOn(`/questions/${name}`, language);
    await expect(this.form()).toHaveAttribute("action", this.path(`/questions/${name}`, language));
  }

  /** Waits for a page of the way, whatever stands behind its address. */
  async isOn(rest: string, language = this.language): Promise<void> {
    await expect(this.page).toHaveURL((url) => url.pathname === this.path(rest, language));
  }

  /** Puts an answer into the fields of the question on the page. */
  async fill(question: Question, answer: Answer): Promise<void> {
    const { page } = this;
    const field = page.locator("#answer");
    if (answer === "empty") return;
    if ("none" in answer) {
      const isSelect = question.kind.type.startsWith("select");
      const value = isSelect ? `input[name=answer][value=_${answer.none}]` : `input[name=no-answer][value=${answer.none}]`;
      await page.locator(value).check();
    } else if ("codes" in answer) {
      for (const code of answer.codes) await page.locator(`input[name=answer][value=${code}]`).check();
    } else if ("date" in answer) {
      const [year, month, day] = answer.date;
      await field.fill(year);
      await page.locator("#answer-month").fill(month);
      await page.locator("#answer-day").fill(day);
    } else {
      await field.fill(answer.typed);
    }
  }

  /** Answers the question on the page and goes on. */
  async answer(name: string, answer: Answer): Promise<void> {
    await this.isAt(name);
    await this.fill(named(name), answer);
    await this.go().click();
  }

  /** Answers from here to this question (or to the end, which is the check page), not answering it. */
  async answerUntil(name: string | null, plan: Plan = FULL, from?: string): Promise<void> {
    let begun = from === undefined;
    for (const each of met(plan)) {
      begun ||= each.name === from;
      if (!begun) continue;
      if (each.name === name) return this.isAt(each.name);
      await this.answer(each.name, plan.get(each.name) ?? "empty");
    }
    await this.isOn("/check");
    await expect(this.page.locator(".c-summary")).toBeVisible();
  }

  /** Lets the island draw a question that may be shown, as it does when somebody goes back or forward to it. */
  async jump(name: string): Promise<void> {
    await this.page.evaluate((path) => {
      history.pushState(null, "", path);
      dispatchEvent(new PopStateEvent("popstate"));
    }, this.path(`/questions/${name}`));
    await this.isAt(name);
  }

  /** Sends from the check page and gives the code. */
  async send(): Promise<string> {
    await this.go().click();
    await this.isOn("/sent");
    return this.code();
  }

  /** The code on the last page. */
  async code(): Promise<string> {
    const code = this.page.locator(".c-panel__code");
    await expect(code).toHaveText(CODE);
    return (await code.textContent()) ?? "";
  }

  /** What stands in the fields of the question on the page, by name; nothing for what is not chosen. */
  async fields(): Promise<Record<string, string[]>> {
    return this.form().evaluate((form) => {
      const fields: Record<string, string[]> = {};
      for (const control of (form as HTMLFormElement).elements) {
        const input = control as HTMLInputElement;
        if (!/^(answer|no-answer)/.test(input.name) || input.name === "answers") continue;
        if (["radio", "checkbox"].includes(input.type) ? !input.checked : input.value === "") continue;
        (fields[input.name] ??= []).push(input.value);
      }
      return fields;
    });
  }
}
