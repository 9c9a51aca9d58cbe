import { DEFINITION, KINDS, layout, question, WHOLE, type Definition } from "../../support/definition";
import { conditions, evaluate, holds, parse, type Stored } from "../../support/expression";
import { isAccepted, met, pages, scopeOf, storedBy, type Plan } from "../../support/flow";
import { BRIEF, FULL, full, PEOPLE, REFUSED_FIRST } from "../../support/plans";
import { expect, test } from "../../support/test";

/** Each condition of a questionnaire, and each part of it, with what it was for these people. */
function sides(definition: Definition, people: Plan[]): [string, Set<boolean>][] {
  const scopes = people.map((plan) => scopeOf(storedBy(plan, definition), definition));
  const all = [...(definition.groups ?? []), ...definition.questions].flatMap(({ name, relevant }) => {
    if (relevant === undefined) return [];
    const whole = parse(relevant);
    return [whole, ...conditions(whole)].map((part, index) => ({ place: `${name}, ${index || "whole"}: ${relevant}`, part }));
  });
  return all.map(({ place, part }) => [place, new Set(scopes.map((scope) => holds(part, scope)))]);
}

test("the people of the whole questionnaire meet every question and both sides of every condition", () => {
  const people = Object.values(PEOPLE);
  const seen = new Set(people.flatMap((plan) => met(plan, WHOLE)).map(({ name }) => name));
  expect(WHOLE.questions.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
  const found = sides(WHOLE, people);
  expect(found.length).toBeGreaterThan(40);
  expect(found.filter(([, values]) => values.size < 2).map(([place]) => place), "on one side only").toEqual([]);
});

test("what is calculated of them is told of some and not of others", () => {
  const scopes = Object.values(PEOPLE).map((plan) => scopeOf(storedBy(plan, WHOLE), WHOLE));
  for (const { name, expression } of WHOLE.calculations ?? []) {
    expect.soft(new Set(scopes.map((scope) => evaluate(parse(expression), scope))).size, name).toBeGreaterThan(1);
  }
});

test("one of them opens every branch, and nobody is shown less than the shortest way", () => {
  expect(met(PEOPLE["every branch"], WHOLE)).toEqual(WHOLE.questions);
  const shortest = met(PEOPLE["as little as possible"], WHOLE).length;
  for (const [name, plan] of Object.entries(PEOPLE)) {
    if (name !== "no thank you at the door") expect(met(plan, WHOLE).length, name).toBeGreaterThanOrEqual(shortest);
  }
  expect(met(PEOPLE["no thank you at the door"], WHOLE).length).toBe(1);
  expect(met(FULL)).toEqual(DEFINITION.questions);
  expect(met(BRIEF).length).toBeLessThan(DEFINITION.questions.length);
  expect(met(full(KINDS), KINDS)).toEqual(KINDS.questions);
});

test("every answer of theirs is accepted, and each constraint refuses something too", () => {
  for (const plan of Object.values(PEOPLE)) {
    for (const each of met(plan, WHOLE)) {
      expect(isAccepted(each, plan.get(each.name) ?? "empty", plan, WHOLE), each.name).toBe(true);
    }
  }
  const constrained = WHOLE.questions.filter(({ constraint }) => constraint).map(({ name }) => name);
  expect([...REFUSED_FIRST.keys()]).toEqual(constrained);
  for (const [name, answer] of REFUSED_FIRST) {
    expect(isAccepted(question(name, WHOLE), answer, PEOPLE["every branch"], WHOLE), name).toBe(false);
  }
});

test("the questionnaire of kinds has each of them, alone and beside others", () => {
  const every = [
    ...["select_one", "select_one minimal", "select_one likert", "select_multiple", "integer", "integer scale", "decimal"],
    ...["text", "text multiline", "date", "date month_year", "date year", "time", "acknowledge", "note"],
  ];
  for (const isList of [false, true]) {
    const shown = pages(full(KINDS), KINDS).filter((page) => page.isList === isList);
    expect(new Set(shown.flatMap((page) => page.questions.map(layout)))).toEqual(new Set(every));
  }
});

const ANSWERS = new Map<string, Stored>([
  ["n", { integer: 48 }],
  ["one", { choice: "a" }],
  ["some", { choices: ["a", "b"] }],
  ["day", { date: "2026-11-01" }],
  ["declined", "declined"],
]);

const MEANT = [
  ["E1", "${n} = 1 and ${n} = 2 or ${n} = 48", true],
  ["E1", "${n} = 48 or ${n} = 1 and ${n} = 2", true],
  ["E1", "(${n} = 48 or ${n} = 1) and ${n} = 2", false],
  ["E3", "${declined} = ''", true],
  ["E4", "${nobody} != 1", false],
  ["E4", "${nobody} = ''", true],
  ["E4", "${n} != ''", true],
  ["E5", "${one} = 1", false],
  ["E5", "${one} != 1", false],
  ["E5", "${day} = '2026-11-01'", false],
  ["E6", "not(${nobody} > 1)", true],
  ["E7", "sum(${n}, ${nobody}, number(${n} > 40))", 49],
  ["E10", "${day} <= today()", true],
  ["E11", "selected(${some}, 'b')", true],
  ["E11", "selected(${declined}, '_declined')", true],
  ["E11", "selected(${one}, 'b')", false],
  ["E12", "count-selected(${nobody})", 0],
  ["E12", "count-selected(${some}) >= 2", true],
  ["E13", "number(${n} > 60)", 0],
] as const;

test("the measure itself keeps to the rules", () => {
  for (const [rule, expression, value] of MEANT) {
    const scope = { answers: ANSWERS, calculations: new Map(), today: "2026-11-25" };
    expect.soft(evaluate(parse(expression), scope), `${rule}: ${expression}`).toBe(value);
  }
});
