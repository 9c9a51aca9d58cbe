/** The library of rights beside the voice desk. */
import { LANGUAGES } from "../words";
import { at, reading, type Fixtures } from "./kinds";

/** The topics, as addresses name them, in the order in which they are offered. */
export const TOPICS = ["pay", "time", "health", "respect", "change", "papers", "home", "family", "together"] as const;

export const FIXTURES_OF_RIGHTS: Fixtures = {
  "/{lang}/voice/rights": reading("/voice/rights"),
  "/{lang}/voice/rights/{topic}": {
    as: "anyone",
    languages: LANGUAGES,
    visits: TOPICS.map((topic) => at(({ language }) => `/${language}/voice/rights/${topic}`, topic)),
  },
};
