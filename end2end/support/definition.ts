/** The demonstration questionnaire and two ways through it, both made from its JSON. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "./words";

export type Text = Record<Language, string>;
export interface Choice {
  code: string;
  label: Text;
  exclusive?: boolean;
}
export interface Kind {
  type: "select_one" | "select_multiple" | "integer" | "text" | "date";
  choices?: Choice[];
  unit?: Text;
}
export interface Question {
  name: string;
  label: Text;
  hint?: Text;
  kind: Kind;
  relevant?: Expression;
  constraint?: { message: Text };
  required?: boolean;
  may_decline?: boolean;
  may_not_know?: boolean;
  sensitivity: number;
}
export interface Definition {
  slug: string;
  title: Text;
  questions: Question[];
}
type Expression =
  | { selected: { question: string; code: string } }
  | { all: Expression[] }
  | { any: Expression[] }
  | { not: Expression };

/** What a person puts into a question's fields. */
export type Answer =
  | { codes: string[] }
  | { typed: string }
  | { date: [string, string, string] }
  | { none: "declined" | "unknown" }
  | "empty";
export type Plan = Map<string, Answer>;

const FILE = "../../app/src/questionnaires/server/seed/working-in-japan.json";
export const DEFINITION: Definition = JSON.parse(readFileSync(join(__dirname, FILE), "utf8"));

/** The question of that name. */
export function question(name: string): Question {
  const found = DEFINITION.questions.find((each) => each.name === name);
  if (!found) throw new Error(`there is no question ${name}`);
  return found;
}

/** Answers everything and opens every branch. */
export const FULL: Plan = plan((each) => {
  const opening = DEFINITION.questions.flatMap((other) => selections(other.relevant));
  const opens = opening.find((selection) => selection.question === each.name)?.code;
  const codes = each.kind.choices?.filter((choice) => !choice.exclusive).map((choice) => choice.code) ?? [];
  switch (each.kind.type) {
    case "select_one":
      return { codes: [opens ?? codes.at(-1) ?? ""] };
    case "select_multiple":
      return { codes: codes.slice(0, 2) };
    case "integer":
      return { typed: "４８" };
    case "text":
      return { typed: "Xin chào <b>&\n残業が多いです。" };
    case "date":
      return { date: ["2024", "4", "1"] };
  }
});

/** Says as little as may be said and opens no branch but the first. */
export const BRIEF: Plan = plan((each, index) => {
  const opening = DEFINITION.questions.flatMap((other) => selections(other.relevant));
  const opens = opening.find((selection) => selection.question === each.name)?.code;
  if (each.required && opens) return { codes: [opens] };
  if (opens) return { codes: [each.kind.choices?.find((choice) => choice.code !== opens)?.code ?? ""] };
  const exclusive = each.kind.choices?.find((choice) => choice.exclusive);
  if (exclusive) return { codes: [exclusive.code] };
  if (each.may_not_know) return { none: "unknown" };
  if (each.may_decline && index % 2) return { none: "declined" };
  return "empty";
});

/** The questions that somebody meets who answers by this plan, in order. */
export function met(plan: Plan): Question[] {
  return DEFINITION.questions.filter((each) => holds(each.relevant, plan));
}

/** The earlier questions that decide whether this one is shown. */
export function deciding(question: Question): string[] {
  return [...new Set(selections(question.relevant).map((selection) => selection.question))];
}

function plan(choose: (question: Question, index: number) => Answer): Plan {
  return new Map(DEFINITION.questions.map((each, index) => [each.name, choose(each, index)]));
}

function holds(expression: Expression | undefined, plan: Plan): boolean {
  if (!expression) return true;
  if ("all" in expression) return expression.all.every((part) => holds(part, plan));
  if ("any" in expression) return expression.any.some((part) => holds(part, plan));
  if ("not" in expression) return !holds(expression.not, plan);
  const answer = plan.get(expression.selected.question);
  return typeof answer === "object" && "codes" in answer && answer.codes.includes(expression.selected.code);
}

function selections(expression: Expression | undefined): { question: string; code: string }[] {
  if (!expression) return [];
  if ("all" in expression) return expression.all.flatMap(selections);
  if ("any" in expression) return expression.any.flatMap(selections);
  return "selected" in expression ? [expression.selected] : [];
}
