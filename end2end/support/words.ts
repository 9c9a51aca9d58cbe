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

const MONTHS = "いち に さん し ご ろく しち はち く じゅう じゅういち じゅうに".split(" ");
const DAYS =
  ("ついたち ふつか みっか よっか いつか むいか なのか ようか ここのか とおか じゅういちにち じゅうににち じゅうさんにち じゅうよっか " +
    "じゅうごにち じゅうろくにち じゅうしちにち じゅうはちにち じゅうくにち はつか にじゅういちにち にじゅうににち にじゅうさんにち " +
    "にじゅうよっか にじゅうごにち にじゅうろくにち にじゅうしちにち にじゅうはちにち にじゅうくにち さんじゅうにち さんじゅういちにち").split(" ");

/** A day as a language writes it, markup included: the year, the year and the month, or all three. */
export function dateIn(language: Language, iso: string, parts: number): string {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  if (language === "vi") return [`ngày ${day} `, `tháng ${month} `, `năm ${year}`].slice(3 - parts).join("");
  if (language === "ja-easy") {
    return [`${year}{年|ねん}`, ` {${month}月|${MONTHS[month - 1]}がつ}`, ` {${day}日|${DAYS[day - 1]}}`].slice(0, parts).join("");
  }
  const asked = { year: "numeric", month: parts > 1 ? "long" : undefined, day: parts > 2 ? "numeric" : undefined } as const;
  const tag = { ja: "ja", en: "en-GB", "zh-Hans": "zh-Hans" }[language];
  return new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...asked }).format(new Date(Date.UTC(year, month - 1, day)));
}
