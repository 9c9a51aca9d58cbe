/** What `entaku export answers` writes, and what it has to hold. */
import { parse, type Table } from "./csv";
import type { Definition, Question } from "./definition";
import type { Stored } from "./expression";
import { isAsked, storedBy, type Plan } from "./flow";
import type { Server } from "./server";

/** One person's answers. */
export interface Row {
  definition: string;
  day: string;
  language: string;
  answers: Record<string, Stored>;
}

const EVERYTHING = ["--reason", "The tests compare every answer with what was given"];

/** All answers to a questionnaire, own words included. */
export async function exported(server: Server, slug: string): Promise<Row[]> {
  return JSON.parse(await server.command("export", "answers", slug, "--format", "json", ...EVERYTHING));
}

/** The same as a table. */
export async function exportedTable(server: Server, slug: string): Promise<Table> {
  return parse(Buffer.from(await server.command("export", "answers", slug, "--format", "csv", ...EVERYTHING)));
}

/** Rows come in random order: those that are there more often than before. */
export function added<R>(before: R[], after: R[]): R[] {
  const left = before.map((row) => JSON.stringify(row));
  return after.filter((row) => {
    const index = left.indexOf(JSON.stringify(row));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** The cells of somebody's row, by their heads, as the codebook explains them. */
export function cellsOf(plan: Plan, definition: Definition): Map<string, string> {
  const answers = storedBy(plan, definition);
  return new Map(definition.questions.filter(isAsked).flatMap((question) => cells(question, answers.get(question.name))));
}

function cells(question: Question, stored: Stored | undefined): [string, string][] {
  const { name, kind, may_decline, may_not_know } = question;
  if (kind.type !== "select_multiple") return [[name, valueOf(stored)]];
  const flag = (is: boolean): string => (is ? "1" : "0");
  const chosen = typeof stored === "object" && "choices" in stored ? stored.choices : undefined;
  const none = [may_decline && "declined", may_not_know && "unknown"].filter((each) => typeof each === "string");
  return [
    ...kind.choices.map(({ code }): [string, string] => [`${name}/${code}`, chosen ? flag(chosen.includes(code)) : ""]),
    ...none.map((each): [string, string] => [`${name}/_${each}`, stored ? flag(stored === each) : ""]),
  ];
}

function valueOf(stored: Stored | undefined): string {
  if (stored === undefined) return "";
  if (typeof stored === "string") return stored === "acknowledged" ? "1" : `_${stored}`;
  return String(Object.values(stored)[0]);
}
