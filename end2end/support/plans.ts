/** Ways through the questionnaires, made from their JSON: two for any, and as many for the whole one as open all of it. */
import { choices, DEFINITION, layout, question, WHOLE, type Definition, type Question } from "./definition";
import { isAccepted, met, type Answer, type Plan } from "./flow";

/** A plan by a rule. */
export function plan(definition: Definition, choose: (question: Question, index: number) => Answer): Plan {
  return new Map(definition.questions.map((each, index) => [each.name, choose(each, index)]));
}

const codes = (question: Question): string[] => choices(question).filter(({ exclusive }) => !exclusive).map(({ code }) => code);

/** An answer that says something, in fields of every kind. */
function answered(question: Question, select: (codes: string[]) => string[]): Answer {
  const { kind } = question;
  switch (layout(question)) {
    case "text":
      return { typed: "Sửa chữa tàu cá <i>&" };
    case "text multiline":
      return { typed: "Xin chào <b>&\n残業が多いです。" };
    case "integer":
      // As a Japanese keyboard writes it.
      return { typed: kind.type === "integer" && kind.max < 48 ? String(kind.max) : "４８" };
    case "integer scale":
      return { codes: select(kind.type === "integer" ? [kind.min, kind.min + 1, kind.max].map(String) : []).slice(-1) };
    case "decimal":
      return { typed: "７.5" };
    case "time":
      return { typed: "8:30" };
    case "date":
      return { date: ["2024", "4", "1"] };
    case "date month_year":
      return { date: ["2024", "4"] };
    case "date year":
      return { date: ["2024"] };
    case "acknowledge":
      return { ticked: true };
    case "note":
      return "empty";
    case "select_multiple":
      return { codes: select(codes(question)) };
    default:
      return { codes: select(codes(question)).slice(-1) };
  }
}

/** What a question of this kind refuses; nothing where nothing can be wrong. */
export function refused(question: Question): Answer | undefined {
  const { kind, required } = question;
  switch (layout(question)) {
    case "text":
    case "text multiline":
      return { typed: "ạ".repeat(kind.type === "text" ? Math.ceil(kind.max_bytes / 3) + 1 : 0) };
    case "integer":
    case "decimal":
      return { typed: "abc" };
    case "time":
      return { typed: "25:00" };
    case "date":
      return { date: ["2024", "2", "31"] };
    case "date month_year":
      return { date: ["2024", "13"] };
    case "date year":
      return { date: ["20x"] };
    case "select_multiple":
      return { codes: [codes(question)[0] ?? "", choices(question).find(({ exclusive }) => exclusive)?.code ?? ""] };
    default:
      return required ? "empty" : undefined;
  }
}

/** As little as a question lets one say. */
function quiet(question: Question, index: number): Answer {
  const exclusive = choices(question).find((choice) => choice.exclusive);
  if (exclusive) return { codes: [exclusive.code] };
  if (question.may_not_know) return { none: "unknown" };
  if (question.may_decline && index % 2) return { none: "declined" };
  return "empty";
}

/** Other answers to a question: each choice, and the numbers that conditions compare with, and one more. */
function others(question: Question, definition: Definition): Answer[] {
  if (question.kind.type !== "integer" || layout(question) === "integer scale") return choices(question).map(({ code }) => ({ codes: [code] }));
  const compared = definition.questions.flatMap((each) => [...(each.relevant ?? "").matchAll(/\$\{(\w+)\} [<>]=? (\d+)/g)]);
  const numbers = compared.filter(([, name]) => name === question.name).map(([, , number]) => Number(number));
  return numbers.flatMap((number) => [number, number + 1]).map((number) => ({ typed: String(number) }));
}

/** From a plan to the one that meets most questions, or fewest, changing answers only where that makes a difference. */
function improved(first: Plan, definition: Definition, wanted: "most" | "fewest"): Plan {
  const sign = wanted === "most" ? 1 : -1;
  return definition.questions.reduce((best, each) => {
    // Who would say as little as may be said would say no at the door.
    if (wanted === "fewest" && each.required) return best;
    const changed = others(each, definition)
      .filter((answer) => isAccepted(each, answer, best, definition))
      .map((answer) => new Map(best).set(each.name, answer));
    return changed.reduce((a, b) => (sign * (met(b, definition).length - met(a, definition).length) > 0 ? b : a), best);
  }, first);
}

/** Answers everything and opens every branch. */
export function full(definition: Definition): Plan {
  const first = (each: Question): Answer => answered(each, (all) => (each.kind.type === "select_multiple" ? all.slice(0, 2) : all));
  return improved(plan(definition, first), definition, "most");
}

/** Says as little as may be said and opens no branch but the first. */
export function brief(definition: Definition): Plan {
  const answers = full(definition);
  const first = (each: Question, index: number): Answer => (each.required && answers.get(each.name)) || quiet(each, index);
  return improved(plan(definition, first), definition, "fewest");
}

export const FULL: Plan = full(DEFINITION);
export const BRIEF: Plan = brief(DEFINITION);

/** Somebody who chooses the `n`th answer of each question, but for those given here. */
function somebody(n: number, own: Record<string, Answer>): Plan {
  for (const name of Object.keys(own)) question(name, WHOLE);
  const nth = (all: string[]): string[] => [all[n % all.length] ?? ""];
  return new Map([...plan(WHOLE, (each) => answered(each, nth)), ...Object.entries(own)]);
}

const one = (code: string): Answer => ({ codes: [code] });

/** People who together meet every question of the whole questionnaire, and each condition on both its sides. */
export const PEOPLE = {
  "every branch": full(WHOLE),
  "as little as possible": brief(WHOLE),
  "consent and nothing else": plan(WHOLE, (each) => (each.required ? one("yes") : "empty")),
  "no fee, in an agency's dormitory": somebody(0, {
    consent: one("yes"),
    paid_any: one("no"),
    promise_match: one("little"),
    hours_week: { typed: "112" },
    overtime_paid: one("none"),
    housing: one("agency_dorm"),
    asked_help: one("nobody"),
  }),
  "a debt paid back, in the employer's home": somebody(1, {
    consent: one("yes"),
    private_place: one("no"),
    time_japan: one("under_1"),
    paid_any: { none: "unknown" },
    debt_start: one("yes"),
    debt_left: one("paid_back"),
    hours_week: { typed: "40" },
    movement: { codes: ["no_visitors", "phone_limited"] },
    injury: one("doctor"),
    injury_care: { codes: ["no_treatment", "told_to_hide"] },
    housing: one("employer_family"),
  }),
  "prefers not to say": plan(WHOLE, (each) => (each.required ? one("yes") : each.may_decline ? { none: "declined" } : "empty")),
  "no thank you at the door": plan(WHOLE, (each) => (each.required ? one("no") : "empty")),
} satisfies Record<string, Plan>;
export type Person = keyof typeof PEOPLE;

/** What is typed first into some questions and refused by their constraints. */
export const REFUSED_FIRST: Plan = new Map<string, Answer>([
  ["hours_week", { typed: "113" }],
  ["want_first", { codes: ["pay", "hours", "debt", "housing"] }],
]);
