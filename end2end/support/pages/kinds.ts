/** What the fixtures of pages are made of. */
import type { Page } from "@playwright/test";
import type { Definition } from "../definition";
import type { Way } from "../way";
import { LANGUAGES, type Language } from "../words";

/** What a visit may use. */
export interface Visitor {
  page: Page;
  language: Language;
  way: Way;
  /** The same person on the way through another questionnaire than the short one. */
  through: (definition: Definition) => Way;
  /** Opens a desk and gives the address that its square says. */
  square: () => Promise<string>;
  /** Makes an invitation and gives its link. */
  invite: () => Promise<string>;
  /** Makes a colleague who is no coordinator. */
  assistant: () => Promise<unknown>;
  /** Sends answers that cannot be placed. */
  keepAside: () => Promise<unknown>;
}

/** One state of one page. */
export interface Visit {
  name: string;
  go: (visitor: Visitor) => Promise<unknown>;
  /** Where it need not be looked at in all languages of its fixture. */
  languages?: readonly Language[];
}

/** The pages of one route. */
export interface Fixture {
  /** Who is on the page. */
  as: "anyone" | "worker" | "organizer";
  languages: readonly Language[];
  visits: Visit[];
}

/** A route that only takes posts or gives no page: what it leads to has a row of its own. */
export const NO_PAGE = "no page";

/** The fixtures of a part of the program, by route. */
export type Fixtures = Record<string, Fixture | typeof NO_PAGE>;

export const CONSOLE_LANGUAGES: readonly Language[] = ["ja", "vi"];

/** Visits of one fixture from which on they are many of a kind, as the questions of a questionnaire are. */
const MANY = 20;

/**
 * In which languages a visit is judged. Each state of each page is looked at in easy Japanese, the one with readings, in
 * Vietnamese, the one with the longest words, and in one of the other three in turn; many of a kind take turns with the
 * first two as well. `EVERY_LANGUAGE=1` looks at everything in all of them.
 */
export function judged({ languages, visits }: Fixture, visit: Visit, turn: number): readonly Language[] {
  const own = visit.languages ?? languages;
  const at = visits.indexOf(visit) + turn;
  if (process.env.EVERY_LANGUAGE) return own;
  if (own.length < 3) return visits.length < MANY ? own : own.slice(at % own.length, (at % own.length) + 1);
  const hard: Language[] = own.filter((language) => language === "ja-easy" || language === "vi");
  const others = own.filter((language) => !hard.includes(language));
  const chosen = visits.length < MANY ? hard : hard.slice(at % 2, (at % 2) + 1);
  return own.filter((language) => chosen.includes(language) || language === others[at % others.length]);
}

/** A page that is reached by its address alone. */
export const at = (path: (visitor: Visitor) => string, name = "plain"): Visit => ({ name, go: (visitor) => visitor.page.goto(path(visitor)) });

/** A page under `/{lang}`. */
export const reading = (path: string): Fixture => ({
  as: "anyone",
  languages: LANGUAGES,
  visits: [at(({ language }) => `/${language}${path}`)],
});

/** A screen of the console, whose language is remembered by the browser. */
export const screen = (path: string, ...more: Visit[]): Fixture => ({
  as: "organizer",
  languages: CONSOLE_LANGUAGES,
  visits: [at(() => path), ...more],
});

