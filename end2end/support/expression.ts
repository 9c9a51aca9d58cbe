/**
 * What conditions mean, by the rules E1 to E17 of `app/form/README.md`, as far as the questionnaires of these tests go.
 * Written from the rules, not from the program: it is what the program is measured by.
 */

/** A day as `2024-04-01`. */
export class Day {
  constructor(readonly iso: string) {}
}
/** What an expression amounts to; `null` is nothing (E3). */
export type Value = null | boolean | number | string | Day | string[];

/** An answer as it is stored. */
export type Stored =
  | { choice: string }
  | { choices: string[] }
  | { integer: number }
  | { decimal: string }
  | { text: string }
  | { date: string }
  | { time: string }
  | "acknowledged"
  | "declined"
  | "unknown";

export type Expression =
  | { is: "any" | "all"; parts: Expression[] }
  | { is: "compare"; relation: string; parts: [Expression, Expression] }
  | { is: "call"; name: string; parts: Expression[] }
  | { is: "name"; name: string }
  | { is: "this" }
  | { is: "value"; value: Value };

/** What an expression looks at. */
export interface Scope {
  answers: ReadonlyMap<string, Stored>;
  calculations: ReadonlyMap<string, string>;
  today: string;
  this?: Stored;
}

const TOKEN = /\s*(?:(?<number>\d+(?:\.\d+)?)|'(?<text>[^']*)'|\$\{(?<name>\w+)\}|(?<word>[a-z][a-z-]*)|(?<mark>!=|<=|>=|[=<>().,]))/y;
const read = new Map<string, Expression>();

/** Reads an expression (E1). */
export function parse(text: string): Expression {
  const known = read.get(text);
  if (known) return known;
  const tokens: Record<string, string | undefined>[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.trimEnd().length; ) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text)?.groups;
    if (!found) throw new Error(`these tests do not read what stands at ${at} of: ${text}`);
    tokens.push(found);
  }
  const takes = (mark: string) => (tokens[0]?.mark ?? tokens[0]?.word) === mark && tokens.shift() !== undefined;
  const must = (mark: string) => {
    if (!takes(mark)) throw new Error(`${mark} is missing in: ${text}`);
  };
  const chain = (is: "any" | "all", word: string, part: () => Expression): Expression => {
    const parts = [part()];
    while (takes(word)) parts.push(part());
    return parts.length > 1 ? { is, parts } : (parts[0] as Expression);
  };
  const any = (): Expression => chain("any", "or", all);
  const all = (): Expression => chain("all", "and", comparison);
  const comparison = (): Expression => {
    const left = primary();
    const relation = ["=", "!=", "<=", "<", ">=", ">"].find(takes);
    return relation ? { is: "compare", relation, parts: [left, primary()] } : left;
  };
  const primary = (): Expression => {
    if (takes(".")) return { is: "this" };
    if (takes("(")) {
      const inner = any();
      must(")");
      return inner;
    }
    const token = tokens.shift();
    if (token?.number !== undefined) return { is: "value", value: Number(token.number) };
    if (token?.text !== undefined) return { is: "value", value: token.text };
    if (token?.name !== undefined) return { is: "name", name: token.name };
    if (token?.word === undefined) throw new Error(`a value is missing in: ${text}`);
    must("(");
    const parts: Expression[] = [];
    while (!takes(")")) {
      if (parts.length > 0) must(",");
      parts.push(any());
    }
    return { is: "call", name: token.word, parts };
  };
  const expression = any();
  if (tokens.length > 0) throw new Error(`there is too much in: ${text}`);
  read.set(text, expression);
  return expression;
}

/** The single conditions of an expression: what is joined by `and`, `or` and `not`. */
export function conditions(expression: Expression): Expression[] {
  if (expression.is === "any" || expression.is === "all") return expression.parts.flatMap(conditions);
  return expression.is === "call" && expression.name === "not" ? expression.parts.flatMap(conditions) : [expression];
}

/** Whether it holds; what is not true does not (E6). */
export const holds = (expression: Expression, scope: Scope): boolean => evaluate(expression, scope) === true;

/** What it amounts to. */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.is) {
    case "any":
      return expression.parts.some((part) => holds(part, scope));
    case "all":
      return expression.parts.every((part) => holds(part, scope));
    case "value":
      // An empty text is nothing.
      return expression.value === "" ? null : expression.value;
    case "this":
      return valueOf(scope.this);
    case "name": {
      const calculation = scope.calculations.get(expression.name);
      return calculation === undefined ? valueOf(scope.answers.get(expression.name)) : evaluate(parse(calculation), scope);
    }
    case "compare":
      return compare(expression, scope);
    case "call":
      return call(expression.name, expression.parts, scope);
  }
}

function valueOf(stored: Stored | undefined): Value {
  if (stored === undefined || stored === "declined" || stored === "unknown") return null;
  if (stored === "acknowledged") return true;
  if ("choice" in stored) return stored.choice;
  if ("choices" in stored) return stored.choices.length > 0 ? stored.choices : null;
  if ("integer" in stored) return stored.integer;
  if ("decimal" in stored) return Number(stored.decimal);
  if ("date" in stored) return new Day(stored.date);
  if ("time" in stored) return stored.time;
  return stored.text.trim() === "" ? null : stored.text;
}

/** E4 and E5. */
function compare({ relation, parts }: Extract<Expression, { is: "compare" }>, scope: Scope): boolean {
  const values = parts.map((part) => evaluate(part, scope));
  const [left, right] = values.map((value) => (value instanceof Day ? value.iso : value));
  if (parts.some((part) => part.is === "value" && part.value === "")) {
    const areBoth = left === null && right === null;
    return relation === "=" ? areBoth : relation === "!=" && !areBoth;
  }
  if (left == null || right == null || Array.isArray(left) || Array.isArray(right)) return false;
  const [one, other] = values.map((value) => (value instanceof Day ? "day" : typeof value));
  if (one !== other) return false;
  const results = { "=": left === right, "!=": left !== right, "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right };
  return results[relation as keyof typeof results];
}

function call(name: string, parts: Expression[], scope: Scope): Value {
  const values = () => parts.map((part) => evaluate(part, scope));
  const [first = null] = name === "selected" ? [] : values();
  switch (name) {
    case "not":
      return first !== true;
    case "today":
      return new Day(scope.today);
    case "number":
      return typeof first === "boolean" ? Number(first) : typeof first === "number" ? first : null;
    case "sum": {
      const numbers = values().filter((value) => typeof value === "number");
      return numbers.length > 0 ? numbers.reduce((sum, value) => sum + value) : null;
    }
    case "count-selected":
      return first === null ? 0 : Array.isArray(first) ? first.length : 1;
    case "selected":
      return isSelected(parts, scope);
    default:
      throw new Error(`these tests do not know ${name}()`);
  }
}

/** E11: `_declined` and `_unknown` ask for what is no value. */
function isSelected([question, code]: Expression[], scope: Scope): boolean {
  if (code?.is !== "value") return false;
  const stored = question?.is === "name" ? scope.answers.get(question.name) : scope.this;
  if (typeof stored === "string") return code.value === `_${stored}`;
  if (stored === undefined) return false;
  if ("choice" in stored) return stored.choice === code.value;
  return "choices" in stored && stored.choices.some((each) => each === code.value);
}
