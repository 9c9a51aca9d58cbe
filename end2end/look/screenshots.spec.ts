import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sendToUnknownEdition } from "../support/api";
import { FIXTURES, OTHER_PAGES, type Fixture } from "../support/pages";
import { Organizer } from "../support/organizer";
import { expect, test } from "../support/test";
import { Way } from "../support/way";
import { LANGUAGES } from "../support/words";

const OUT = process.env.OUT ?? "test-results/look";
const WIDTHS = [360, 1280];

const all: [string, Fixture][] = [
  ...Object.entries(FIXTURES).filter((entry): entry is [string, Fixture] => typeof entry[1] !== "string"),
  ...OTHER_PAGES.map((fixture): [string, Fixture] => [fixture.visits[0]?.name ?? "other", fixture]),
];

let invited = 0;

for (const [route, fixture] of all) {
  for (const language of LANGUAGES) {
    test(`${route} in ${language}`, async ({ newPerson, organizer, server, watch, baseURL }) => {
      test.setTimeout(300_000);
      for (const visit of fixture.visits.filter(({ languages = [language] }) => languages.includes(language))) {
        const context = await newPerson(fixture.as === "organizer" ? { storageState: await organizer.session() } : {});
        if (route.startsWith("/console") || route === "/") {
          await context.addCookies([{ name: "reading", value: language, url: baseURL }]);
        }
        const page = await context.newPage();
        await visit.go({
          page,
          language,
          way: new Way(page, language, true, watch),
          through: (definition) => new Way(page, language, true, watch, definition),
          assistant: async () => (await Organizer.join(server, `look-assistant-${++invited}@example.org`, "assistant")).close(),
          keepAside: () => sendToUnknownEdition(server),
          square: () => organizer.square("rehearsal-today", 0, "Door"),
          invite: async () => (await server.command("organizer", "invite", `look-${++invited}@example.org`)).trim(),
        });
        await expect(page.locator("main h1").first()).toBeVisible();
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: width === 360 ? 740 : 800 });
          for (const colorScheme of ["light", "dark"] as const) {
            // Without motion, or colours that are on their way from one to the other are judged.
            await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            const name = `${route} ${visit.name}`.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
            const folder = join(OUT, language, `${width}-${colorScheme}`);
            mkdirSync(folder, { recursive: true });
            await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
          }
        }
        await context.close();
      }
    });
  }
}
