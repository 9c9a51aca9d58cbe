/** The questionnaires of the tests, as their JSON (format 2) has them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "./words";

export type Text = Record<Language, string>;
export interface Choice {
  code: string;
  label: Text;
  exclusive?: boolean;
  /** The first and the last day on which it is offered. */
  from?: string;
  until?: string;
}
export type Kind =
  | { type: "select_one"; choices: Choice[]; appearance?: "minimal" | "likert" }
  | { type: "select_multiple"; choices: Choice[] }
  | { type: "integer"; min: number; max: number; unit?: Text; appearance?: "scale" }
  | { type: "decimal"; min: string; max: string; unit?: Text }
  | { type: "text"; max_bytes: number; multiline?: boolean }
  | { type: "date"; appearance?: "month_year" | "year" }
  | { type: "time" | "acknowledge" | "note" };
export interface Question {
  name: string;
  group?: string;
  label: Text;
  hint?: Text;
  kind: Kind;
  required?: boolean;
  relevant?: string;
  constraint?: { expression: string; message: Text };
  may_decline?: boolean;
  may_not_know?: boolean;
  sensitivity?: number;
}
export interface Group {
  name: string;
  label: Text;
  hint?: Text;
  relevant?: string;
  appearance?: "field_list";
}
export interface Calculation {
  name: string;
  label: Text;
  expression: string;
}
export interface Definition {
  format: 2;
  slug: string;
  version: string;
  languages: Language[];
  title: Text;
  purpose: Text;
  groups?: Group[];
  questions: Question[];
  calculations?: Calculation[];
}

const ROOT = join(__dirname, "../..");
const read = (file: string): Definition => JSON.parse(readFileSync(join(ROOT, file), "utf8"));

/** The demonstration questionnaire, whole: what a new installation asks. */
export const WHOLE = read("app/src/questionnaires/server/seed/working-in-japan.json");

/** Eleven questions of it: enough for what happens on the way. Where a spec names no questionnaire, it means this one. */
export const DEFINITION: Definition = {
  ...read("server/tests/it/questionnaires/short.json"),
  slug: "short-questions",
  version: "end2end",
};

/** A question of each kind, alone and on a page with others. */
export const KINDS = read("end2end/support/kinds.json");

/** The day of the site, by which choices are offered. */
export const TODAY = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tokyo" }).format(new Date());

/** The question of that name. */
export function question(name: string, definition = DEFINITION): Question {
  const found = definition.questions.find((each) => each.name === name);
  if (!found) throw new Error(`there is no question ${name} in ${definition.slug}`);
  return found;
}

/** The section that a question belongs to. */
export function groupOf(question: Question, definition: Definition): Group | undefined {
  return definition.groups?.find((group) => group.name === question.group);
}

/** The choices of a select that are offered today, and none for other kinds. */
export function choices({ kind }: Question): Choice[] {
  if (!("choices" in kind)) return [];
  return kind.choices.filter(({ from = TODAY, until = TODAY }) => from <= TODAY && TODAY <= until);
}

/** Whether a question's choices are rows or options that its own field sends. */
export const isSelect = ({ kind }: Question): boolean => "choices" in kind;

/** The kind, and how it is laid out. */
export function layout({ kind }: Question): string {
  const appearance = "appearance" in kind ? kind.appearance : undefined;
  return [kind.type, appearance ?? ("multiline" in kind && kind.multiline ? "multiline" : "")].filter(Boolean).join(" ");
}

/** What stands before a question's fields, on a page of its own (nothing) or with others. */
export const prefix = (question: Question, isList: boolean): string => (isList ? `${question.name}.` : "");

/** The id of a question's first control; its errors lead there. */
export const idOf = (question: Question, isList: boolean): string => `${prefix(question, isList)}answer`.replace(".", "-");
