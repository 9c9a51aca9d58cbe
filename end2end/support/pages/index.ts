/** How to come to a page of each route of the program's table, in each state that it has. */
import { expect } from "@playwright/test";
import { LANGUAGES } from "../words";
import { FIXTURES_OF_THE_CONSOLE } from "./console";
import { FIXTURES_OF_DESKS } from "./desk";
import { FIXTURES_OF_REGISTRATION } from "./events_guest";
import { FIXTURES_OF_GUESTS } from "./events_guests";
import { FIXTURES_OF_PLANNING } from "./events_planning";
import { FIXTURES_OF_EVENTS_PUBLIC } from "./events_public";
import { FIXTURES_OF_LETTERS } from "./letters";
import { at, NO_PAGE, reading, type Fixture, type Fixtures } from "./kinds";
import { FIXTURES_OF_A_QUESTIONNAIRE } from "./questionnaire";
import { FIXTURES_OF_RIGHTS } from "./rights";
import { FIXTURES_OF_THE_WAY } from "./way";

export { judged, type Fixture, type Visitor } from "./kinds";

/** Every route of `entaku routes`; the accessibility walk fails if one is missing, or if one here is no route. */
export const FIXTURES: Fixtures = {
  "/": { as: "anyone", languages: ["en"], visits: [at(() => "/")] },
  "/{lang}": reading(""),
  "/{lang}/voice": reading("/voice"),
  "/{lang}/voices": reading("/voices"),
  "/{lang}/privacy": reading("/privacy"),
  "/{lang}/accessibility": reading("/accessibility"),
  "/{lang}/reading": NO_PAGE,
  "/dev/ui": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      at(({ language }) => `/dev/ui?lang=${language}`),
      at(({ language }) => `/dev/ui?lang=${language}&frame=worker&japanese=on`, "as a worker's page"),
      at(({ language }) => `/dev/ui?lang=${language}&frame=console`, "in the console"),
    ],
  },
  ...FIXTURES_OF_THE_WAY,
  ...FIXTURES_OF_THE_CONSOLE,
  ...FIXTURES_OF_A_QUESTIONNAIRE,
  ...FIXTURES_OF_REGISTRATION,
  ...FIXTURES_OF_PLANNING,
  ...FIXTURES_OF_GUESTS,
  ...FIXTURES_OF_EVENTS_PUBLIC,
  ...FIXTURES_OF_DESKS,
  ...FIXTURES_OF_LETTERS,
  ...FIXTURES_OF_RIGHTS,
};

/** Pages that no route has. */
export const OTHER_PAGES: Fixture[] = [
  { as: "anyone", languages: LANGUAGES, visits: [at(({ language }) => `/${language}/no-such-page`, "not found")] },
  {
    as: "worker",
    languages: LANGUAGES,
    visits: [
      {
        name: "the answers are gone",
        go: async ({ way, page }) => {
          await way.begin();
          await way.settled();
          await page.context().clearCookies();
          await way.postPastIsland();
          await expect(way.form()).toHaveCount(0);
        },
      },
    ],
  },
];
