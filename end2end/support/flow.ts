/** Who meets which question, worked out by the tests' own reading of the conditions. */
import { DEFINITION, groupOf, TODAY, type Definition, type Group, type Question } from "./definition";
import { holds, parse, type Scope, type Stored } from "./expression";

/** What a person puts into a question's fields. */
export type Answer =
  | { codes: string[] }
  | { typed: string }
  | { date: string[] }
  | { ticked: true }
  | { none: "declined" | "unknown" }
  | "empty";
/** What somebody answers, by question. */
export type Plan = Map<string, Answer>;

/** What is shown together: one question, or those of a group that is a page. */
export interface Page {
  name: string;
  group?: Group;
  isList: boolean;
  questions: Question[];
}

/** What is stored of what was put in; nothing if that was nothing. */
export function stored({ kind }: Question, answer: Answer | undefined): Stored | undefined {
  if (answer === undefined || answer === "empty") return undefined;
  if ("none" in answer) return answer.none;
  if ("ticked" in answer) return "acknowledged";
  if ("codes" in answer) {
    if (kind.type === "integer") return { integer: Number(answer.codes[0]) };
    if (kind.type === "select_one") return { choice: answer.codes[0] ?? "" };
    // In the order of the definition.
    const codes = "choices" in kind ? kind.choices.map((choice) => choice.code).filter((code) => answer.codes.includes(code)) : [];
    return codes.length > 0 ? { choices: codes } : undefined;
  }
  if ("date" in answer) {
    const [year = "", month = "1", day = "1"] = answer.date;
    return { date: [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-") };
  }
  const text = answer.typed.normalize("NFKC");
  if (kind.type === "integer") return { integer: Number(text) };
  if (kind.type === "decimal") return { decimal: String(Number(text)) };
  if (kind.type === "time") return { time: text.padStart(5, "0") };
  return { text: answer.typed.normalize("NFC").trim() };
}

/** Everything that is stored of somebody who answers by this plan. */
export function storedBy(plan: Plan, definition = DEFINITION): Map<string, Stored> {
  return walk(plan, definition).answers;
}

/** What an expression sees of it. */
export function scopeOf(answers: ReadonlyMap<string, Stored>, definition: Definition): Scope {
  const calculations = new Map(definition.calculations?.map(({ name, expression }) => [name, expression]));
  return { answers, calculations, today: TODAY };
}

/** The questions that somebody meets who answers by this plan, in order. */
export function met(plan: Plan, definition = DEFINITION): Question[] {
  return walk(plan, definition).shown;
}

/** The pages that they meet. */
export function pages(plan: Plan, definition = DEFINITION): Page[] {
  const found: Page[] = [];
  for (const question of met(plan, definition)) {
    const group = groupOf(question, definition);
    const isList = group?.appearance === "field_list";
    const name = isList ? group.name : question.name;
    const last = found.at(-1);
    if (last?.name === name) last.questions.push(question);
    else found.push({ name, ...(group && { group }), isList, questions: [question] });
  }
  return found;
}

/** Whether a page asks anything. */
export const isAsked = ({ kind }: Question): boolean => kind.type !== "note";

/** Whether an answer is in its question's range and passes its constraint. */
export function isAccepted(question: Question, answer: Answer, plan: Plan, definition: Definition): boolean {
  const own = stored(question, answer);
  if (own === undefined || typeof own === "string") return true;
  const { kind, constraint } = question;
  const number = "integer" in own ? own.integer : "decimal" in own ? Number(own.decimal) : undefined;
  if (number !== undefined && "min" in kind && (number < Number(kind.min) || number > Number(kind.max))) return false;
  if (!constraint) return true;
  return holds(parse(constraint.expression), { ...scopeOf(storedBy(plan, definition), definition), this: own });
}

/** Each condition on questions and groups, in order, with what it saw; the questions that were shown. */
function walk(plan: Plan, definition: Definition): { shown: Question[]; answers: Map<string, Stored> } {
  const shown: Question[] = [];
  const answers = new Map<string, Stored>();
  for (const question of definition.questions) {
    const scope = scopeOf(answers, definition);
    const conditions = [groupOf(question, definition)?.relevant, question.relevant];
    if (!conditions.every((each) => each === undefined || holds(parse(each), scope))) continue;
    shown.push(question);
    const own = isAsked(question) ? stored(question, plan.get(question.name)) : undefined;
    if (own !== undefined) answers.set(question.name, own);
  }
  return { shown, answers };
}
