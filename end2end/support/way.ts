/** A person on the way through a questionnaire. */
import { expect, type Page } from "@playwright/test";
import { DEFINITION, idOf, isSelect, layout, prefix, question as named, type Question } from "./definition";
import { pages, storedBy, type Answer, type Page as Asked, type Plan } from "./flow";
import { awake, nextPerson, rewrite, rows, waiting, type Phone } from "./kept";
import { full } from "./plans";
import { plain, word, type Language } from "./words";
import type { Watch } from "./watch";

/** What chooses a language in the frame: a button of the question's form, or a link where the page began as the first. */
export const languageEntry = (language: Language): string =>
  `button.c-languages__entry[name=language][value="${language}"], a.c-languages__entry[href^="/${language}/"]`;

/** Says on the first page who uses the phone; where a draft is open, that was said before. */
export async function choosePhone(page: Page, phone: Phone): Promise<void> {
  const choice = page.locator(`main input[name=phone][value=${phone}]`);
  if ((await choice.count()) > 0) await choice.check();
}

/** `XXXX-XXXX-XXXX`. */
export const CODE = /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/;

export class Way {
  constructor(
    readonly page: Page,
    readonly language: Language,
    private readonly scripted: boolean,
    private readonly watch?: Watch,
    readonly definition = DEFINITION,
  ) {}

  /** The address of a page of the way: `""`, `"/check"`, `"/questions/consent"`. */
  path(rest = "", language = this.language): string {
    return `/${language}/questionnaires/${this.definition.slug}${rest}`;
  }

  readonly form = () => this.page.locator("form#question");
  readonly go = () => this.form().locator("button[name=go]");
  readonly heading = () => this.page.locator("main h1");
  readonly languageEntry = (language: Language) => this.page.locator(languageEntry(language));
  readonly errors = () => this.page.locator("#errors");
  private readonly first = () => this.definition.questions[0]?.name ?? "";

  readonly beginButton = () => this.page.getByRole("button", { name: plain(word(this.language, "questionnaires.begin")), exact: true });

  /** Opens the first page and begins. */
  async begin(phone: Phone = "own"): Promise<void> {
    await this.page.goto(this.path());
    await this.beginHere(phone);
  }

  /** Begins on the first page, which is open. */
  async beginHere(phone: Phone = "own"): Promise<void> {
    // Without a signal nobody but the island can begin.
    await this.awake();
    await choosePhone(this.page, phone);
    await this.beginButton().click();
    await this.isAt(this.first());
    await this.awake();
  }

  /** Waits until the island has taken over, where there is script. */
  async awake(): Promise<void> {
    if (this.scripted) await awake(this.page);
  }

  /** The id of the person whose answers stand on the page. */
  async instance(): Promise<string> {
    return this.form().locator("[name=instance]").first().inputValue();
  }

  /** Waits until the server's cookie holds what the island knows. */
  async settled(): Promise<void> {
    if (this.scripted && this.watch) {
      const isQuiet = (): boolean | undefined => this.watch?.isSettled(this.page.context());
      // A post begins a moment after its answer: the phone notes first what it is going to tell.
      const staysQuiet = async (): Promise<boolean> => {
        if (!isQuiet()) return false;
        await this.page.waitForTimeout(60);
        return isQuiet() === true;
      };
      await expect.poll(staysQuiet, "quiet posts").toBe(true);
    }
  }

  /** Waits for the page of that name: a question, or a group whose questions stand together. */
  async isAt(name: string, language = this.language): Promise<void> {
    await this.isOn(`/questions/${name}`, language);
    await expect(this.form()).toHaveAttribute("action", this.path(`/questions/${name}`, language));
  }

  /** Waits for a page of the way, whatever stands behind its address. */
  async isOn(rest: string, language = this.language): Promise<void> {
    await expect(this.page).toHaveURL((url) => url.pathname === this.path(rest, language));
  }

  /** Puts an answer into the fields of a question on the page. */
  async fill(question: Question, answer: Answer, isList = false): Promise<void> {
    if (answer === "empty") return;
    const { page } = this;
    const before = prefix(question, isList);
    const field = page.locator(`[id="${idOf(question, isList)}"]`);
    const box = (value: string, name = "answer") => page.locator(`input[name="${before}${name}"][value="${value}"]`);
    const isMenu = layout(question) === "select_one minimal";
    if ("none" in answer && !isSelect(question)) return box(answer.none, "no-answer").check();
    if ("typed" in answer) return field.fill(answer.typed);
    if ("date" in answer) {
      for (const [index, end] of ["year", "month", "day"].slice(0, answer.date.length).entries()) {
        await page.locator(`[name="${before}answer-${end}"]`).fill(answer.date[index] ?? "");
      }
      return;
    }
    const values = "codes" in answer ? answer.codes : ["none" in answer ? `_${answer.none}` : "yes"];
    if (isMenu) return void (await field.selectOption(values));
    const ticked = page.locator(`input[type=checkbox][name="${before}answer"]:checked`);
    const others = await ticked.evaluateAll((boxes) => boxes.map((each) => (each as HTMLInputElement).value));
    for (const other of others.filter((each) => !values.includes(each))) await box(other).uncheck();
    for (const value of values) await box(value).check();
  }

  /** Answers the question that is alone on the page, and goes on. */
  async answer(name: string, answer: Answer): Promise<void> {
    await this.isAt(name);
    await this.fill(named(name, this.definition), answer);
    await this.go().click();
  }

  /** Answers all questions on the page and goes on. */
  async answerPage({ name, questions, isList }: Asked, plan: Plan): Promise<void> {
    await this.isAt(name);
    for (const each of questions) await this.fill(each, plan.get(each.name) ?? "empty", isList);
    await this.go().click();
  }

  /** Answers from here to this page (or to the end, which is the check page), not answering it. */
  async answerUntil(name: string | null, plan: Plan = full(this.definition), from?: string): Promise<void> {
    let begun = from === undefined;
    for (const each of pages(plan, this.definition)) {
      begun ||= each.name === from;
      if (!begun) continue;
      if (each.name === name) return this.isAt(each.name);
      await this.answerPage(each, plan);
    }
    await this.isOn("/check");
    await expect(this.page.locator(".c-summary")).toBeVisible();
  }

  /**
   * Puts all answers of a plan into the draft at once, the server's and the phone's: told to the server as the island
   * tells it what was answered meanwhile. Pages that are loaded from now on know them.
   */
  async carry(plan: Plan): Promise<void> {
    const instance = await this.instance();
    // What the island still has to tell would come after, and undo it.
    await this.settled();
    const answers = Object.fromEntries(storedBy(plan, this.definition));
    if (this.scripted && (await rows(this.page, "drafts")).has(instance)) {
      await rewrite(this.page, "drafts", instance, (draft) => ({ ...draft, answers: JSON.stringify(answers) }));
    }
    const own = answers[this.first()] as { choice: string };
    const answer = await this.page.request.post(this.path(`/questions/${this.first()}`), {
      headers: { origin: new URL(this.page.url()).origin, accept: "application/json" },
      form: { instance, answers: JSON.stringify(answers), answer: own.choice },
    });
    expect(answer.status(), "the answers were not taken over").toBe(204);
  }

  /** Lets the island draw a page that may be shown, as it does when somebody goes back or forward to it. */
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

  /** Sends from the check page, and nobody confirms it: the answers wait. */
  async sendUnheard(): Promise<void> {
    await this.go().click();
    await this.isWaiting();
  }

  /** Waits until the page says that the answers wait, after the first try. */
  async isWaiting(): Promise<void> {
    await this.isOn("/sent");
    await expect(waiting(this.page)).toBeVisible();
    await expect(nextPerson(this.page)).toBeVisible();
    await expect(this.page.locator(".c-panel__code")).toHaveCount(0);
  }

  /** Lets the browser post the form itself, past the island, as it does where the program died. */
  async postPastIsland(): Promise<void> {
    await this.form().evaluate((form) => HTMLFormElement.prototype.submit.call(form));
  }

  /** The code on the last page. */
  async code(): Promise<string> {
    const code = this.page.locator(".c-panel__code");
    await expect(code).toHaveText(CODE);
    return (await code.textContent()) ?? "";
  }

  /** What a select on the page lets one choose, in order. */
  async offered(question: Question, isList = false): Promise<string[]> {
    const name = `${prefix(question, isList)}answer`;
    const rows = this.form().locator(`input[name="${name}"], select[name="${name}"] option:not([value=""])`);
    return rows.evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
  }

  /** What stands in the fields of the questions on the page, by name; nothing for what is not chosen. */
  async fields(): Promise<Record<string, string[]>> {
    return this.form().evaluate((form) => {
      const fields: Record<string, string[]> = {};
      for (const control of (form as HTMLFormElement).elements) {
        const input = control as HTMLInputElement;
        if (!/^(\w+\.)?(no-)?answer(-\w+)?$/.test(input.name)) continue;
        if (["radio", "checkbox"].includes(input.type) ? !input.checked : input.value === "") continue;
        (fields[input.name] ??= []).push(input.value);
      }
      return fields;
    });
  }
}
