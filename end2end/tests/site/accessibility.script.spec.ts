import { sendToUnknownEdition } from "../../support/api";
import { hasLargeTargets, isAccessible } from "../../support/axe";
import { fits } from "../../support/layout";
import { Organizer } from "../../support/organizer";
import { FIXTURES, judged, OTHER_PAGES, type Fixture, type Visitor } from "../../support/pages";
import { routes } from "../../support/server";
import { expect, test, type BrowserContext } from "../../support/test";
import { Way } from "../../support/way";
import type { Language } from "../../support/words";

test("every route of the program has a way to its pages here", async () => {
  const table = await routes();
  expect(table.length).toBeGreaterThan(10);
  expect(Object.keys(FIXTURES).sort()).toEqual(table.map((route) => route.path).sort());
  for (const { path, access } of table) {
    const fixture = FIXTURES[path];
    if (!fixture || typeof fixture === "string") continue;
    expect(fixture.as === "organizer", path).toBe(access === "organizer");
  }
});

const fixtures: [string, Fixture][] = [
  ...Object.entries(FIXTURES).filter((entry): entry is [string, Fixture] => typeof entry[1] !== "string"),
  ...OTHER_PAGES.map((fixture): [string, Fixture] => [fixture.visits.map((visit) => visit.name).join(), fixture]),
];

let invited = 0;

for (const [turn, [route, fixture]] of fixtures.entries()) {
  for (const visit of fixture.visits) {
    const languages = judged(fixture, visit, turn);
    for (const language of languages) {
      test(`${route} in ${language}: ${visit.name}`, async ({ newPerson, organizer, server, watch, baseURL }) => {
        const isConsole = fixture.as === "organizer" || route.startsWith("/console");
        const context = await newPerson({
          ...(fixture.as === "organizer" && { storageState: await organizer.session() }),
          ...(isConsole && { viewport: { width: 1280, height: 800 } }),
        });
        if (isConsole) await remember(context, language, baseURL ?? "");
        const page = await context.newPage();
        const visitor: Visitor = {
          page,
          language,
          way: new Way(page, language, true, watch),
          through: (definition) => new Way(page, language, true, watch, definition),
          assistant: async () => (await Organizer.join(server, `assistant-${++invited}@example.org`, "assistant")).close(),
          keepAside: async () => expect(await sendToUnknownEdition(server)).toBe(202),
          square: async () => organizer.square("rehearsal-today", 0, "Door"),
          invite: async () => (await server.command("organizer", "invite", `walk-${++invited}@example.org`)).trim(),
        };
        await visit.go(visitor);
        await expect(page.locator("main h1").first()).toBeVisible();
        // Colours are the same in every language: dark ones are looked at in the first.
        for (const colorScheme of language === languages[0] ? (["light", "dark"] as const) : (["light"] as const)) {
          // Without motion, or colours that are on their way from one to the other are judged.
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await isAccessible(page, colorScheme, colorScheme === "light" ? "all" : "colours");
        }
        if (fixture.as === "worker") await hasLargeTargets(page);
        await fits(page, isConsole ? 360 : 320);
      });
    }
  }
}

/** Pages without a language in their address take it from this cookie. */
async function remember(context: BrowserContext, language: Language, url: string): Promise<void> {
  await context.addCookies([{ name: "reading", value: language, url }]);
}

test("with forced colours the pages stay readable", async ({ page, way, organizer, newPerson }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const here = way("vi");
  await page.goto("/vi");
  await isAccessible(page, "home, forced colours");
  await here.begin();
  await here.go().click();
  await expect(here.errors()).toBeVisible();
  await isAccessible(page, "question, forced colours");
  // The box that is chosen must not rely on a colour of ours.
  await page.locator("input[value=yes]").check();
  await expect(page.locator("input[value=yes]")).toBeChecked();
  const context = await newPerson({ storageState: await organizer.session(), forcedColors: "active" });
  const desk = await context.newPage();
  await desk.goto("/console/questionnaires");
  await isAccessible(desk, "console, forced colours");
});
