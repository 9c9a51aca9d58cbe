/** The interface's words as the program draws them, read from its own locale files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The languages in the order in which they are offered. */
export const LANGUAGES = ["ja", "ja-easy", "vi", "zh-Hans", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const ROOT = join(__dirname, "../..");
const RUBY = /\{([^{}|]+)\|([^{}|]+)\}/g;
const files = new Map<string, Record<string, unknown>>();

/** One text of `locales/`, markup included: `word("vi", "questionnaires.send")`. */
export function word(language: Language, key: string): string {
  const [namespace = "", ...path] = key.split(".");
  const file = join(ROOT, "locales", language, `${namespace}.json`);
  if (!files.has(file)) files.set(file, JSON.parse(readFileSync(file, "utf8")));
  const found = path.reduce<unknown>((node, part) => (node as Record<string, unknown>)?.[part], files.get(file));
  if (typeof found !== "string") throw new Error(`${key} is not in ${language}`);
  return found;
}

/** What `textContent` holds of a text of ours: base and reading, or the base alone. */
export function drawn(text: string, furigana = true): string {
  return text.replace(RUBY, furigana ? "$1($2)" : "$1");
}

/** A text without its readings, as in titles. */
export function plain(text: string): string {
  return drawn(text, false);
}

/** The value of `lang` on a page in this language. */
export function htmlLang(language: Language): string {
  return language === "ja-easy" ? "ja" : language;
}
