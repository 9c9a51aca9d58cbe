/** What everybody reads of events. */
import { at, NO_PAGE, type Fixture, type Fixtures } from "./kinds";
import { LANGUAGES } from "../words";

const pages = (...visits: [path: string, name: string][]): Fixture => ({
  as: "anyone",
  languages: LANGUAGES,
  visits: visits.map(([path, name]) => at(({ language }) => `/${language}${path}`, name)),
});

export const FIXTURES_OF_EVENTS_PUBLIC: Fixtures = {
  "/{lang}/events": pages(["/events", "plain"], ["/events?year=1999", "nothing fits"]),
  "/{lang}/events/{slug}": pages(["/events/rehearsal-today", "open"], ["/events/round-table-next", "place unknown"]),
  "/{lang}/series/{slug}": {
    as: "anyone",
    languages: LANGUAGES,
    visits: [
      {
        name: "plain",
        go: async ({ page, language }) => {
          await page.goto(`/${language}/events/round-table-next`);
          await page.locator(".events-over a").click();
          await page.waitForURL(/\/series\//);
        },
      },
    ],
  },
  "/{lang}/events/feed.xml": NO_PAGE,
  "/{lang}/events/{slug}/calendar.ics": NO_PAGE,
  "/{lang}/series/{slug}/calendar.ics": NO_PAGE,
};
