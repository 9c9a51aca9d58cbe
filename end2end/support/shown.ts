/** What the pages show of a questionnaire and of what was answered. */
import { choices, DEFINITION, type Question } from "./definition";
import { isAsked, pages, stored, type Answer, type Page, type Plan } from "./flow";
import { dateIn, word, type Language } from "./words";

/** The heading of a page: its question, or what its questions have in common. */
export const headingOf = ({ isList, group, questions }: Page, language: Language): string =>
  ((isList ? group : questions[0])?.label ?? { [language]: "" })[language] ?? "";

/** The rows of the check page: each question that was asked, and the page on which it can be changed. */
export function rowsOf(plan: Plan, definition = DEFINITION): { question: Question; page: string }[] {
  return pages(plan, definition).flatMap(({ name, questions }) => questions.filter(isAsked).map((question) => ({ question, page: name })));
}

/** What the check page shows of an answer, line by line. */
export function linesOf(question: Question, answer: Answer | undefined, language: Language): string[] {
  const kept = stored(question, answer);
  const { kind } = question;
  const label = (code: string): string => choices(question).find((choice) => choice.code === code)?.label[language] ?? "?";
  const own = (key: string): string[] => [word(language, `questionnaires.${key}`)];
  const counted = (number: string): string[] => [[number, "unit" in kind && kind.unit?.[language]].filter(Boolean).join(" ")];
  if (kept === undefined) return own("not_answered");
  if (kept === "declined") return own("prefer_not_to_say");
  if (kept === "unknown") return own("do_not_know");
  if (kept === "acknowledged") return own("acknowledged");
  if ("choice" in kept) return [label(kept.choice)];
  if ("choices" in kept) return kept.choices.map(label);
  if ("integer" in kept) return counted(String(kept.integer));
  if ("decimal" in kept) return counted(kept.decimal);
  if ("date" in kept) return [dateIn(language, kept.date, answer !== "empty" && answer && "date" in answer ? answer.date.length : 3)];
  return ["time" in kept ? kept.time : kept.text];
}
