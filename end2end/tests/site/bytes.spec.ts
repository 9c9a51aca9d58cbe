import { DEFINITION, WHOLE } from "../../support/definition";
import { pages } from "../../support/flow";
import { CONSOLE } from "../../support/organizer";
import { PEOPLE } from "../../support/plans";
import { expect, test, type Page } from "../../support/test";
import { choosePhone } from "../../support/way";
import { LANGUAGES } from "../../support/words";
import { NOTHING, Wire, type Loaded } from "../../support/wire";

const KB = 1024;

/** Until nothing is under way: the page's own load event, and the program where there is one. */
async function quiet(page: Page): Promise<void> {
  await page.waitForLoadState("load");
}

for (const language of LANGUAGES) {
  test(`first question in ${language}: at most 20 KB before any script`, async ({ page, way, scripted }) => {
    const here = way(language, page, WHOLE);
    // The program is left out of this count, and of the network too: what remains must be enough.
    if (scripted) await page.route(/\/pkg\/.*\.(js|wasm)/, (route) => route.abort());
    await page.goto(here.path());
    await choosePhone(page, "own");
    const wire = await Wire.of(page);
    await page.locator("main form button").first().click();
    await here.isAt("consent");
    await quiet(page);
    const document = wire.loaded.filter((each) => each.path.includes("/questions/"));
    expect(document.length, String(wire)).toBeGreaterThan(0);
    expect(wire.ofKind(".css").length, String(wire)).toBeGreaterThan(0);
    if (!scripted) expect([...wire.ofKind(".js"), ...wire.ofKind(".wasm")], "script-off browsers fetch no program").toEqual([]);
    expect(wire.total, String(wire)).toBeLessThanOrEqual(20 * KB);
    report(`first question in ${language}, without script`, wire.total);
  });

  test(`any question in ${language}: at most 20 KB without script`, async ({ page, way, scripted }) => {
    test.skip(scripted, "the server sends the same page to everybody");
    const plan = PEOPLE["every branch"];
    const here = way(language, page, WHOLE);
    await here.begin();
    await here.carry(plan);
    const wire = await Wire.of(page);
    let largest = { name: "", bytes: 0, loaded: "" };
    for (const { name } of pages(plan, WHOLE)) {
      wire.clear();
      await page.goto(here.path(`/questions/${name}`));
      await quiet(page);
      // All of it each time: the page, its style, and the answers before it in the props.
      if (wire.total > largest.bytes) largest = { name, bytes: wire.total, loaded: String(wire) };
    }
    expect(largest.bytes, largest.loaded).toBeLessThanOrEqual(20 * KB);
    report(`largest question page in ${language} (${largest.name}), without script`, largest.bytes);
  });
}

test("the whole questionnaire with script: at most 192 KB beside its definition, the program at most 165 KB", async ({ page, way, scripted }) => {
  test.skip(!scripted, "the program is what this counts");
  test.setTimeout(300_000);
  const wire = await Wire.of(page);
  // The longest of the languages, and each file once, as a browser with a cache has it.
  await wire.session.send("Network.setCacheDisabled", { cacheDisabled: false });
  const here = way("ja-easy", page, WHOLE);
  await here.begin();
  await here.answerUntil(null);
  await here.send();
  await here.settled();
  // What comes out of the cache is listed too, and weighs nothing.
  const program = wire.ofKind(".wasm").filter(({ bytes }) => bytes > 0);
  expect(program.length, String(wire)).toBe(1);
  expect.soft(program[0]?.bytes, String(wire)).toBeLessThanOrEqual(165 * KB);
  expect(wire.ofKind(".js").length, String(wire)).toBeGreaterThan(0);
  // What the budget speaks of: pages, style, script, program. The heads with which the server notes each
  // answer in the cookie come on top, a little after each step, when nobody waits for them.
  const sum = (loaded: Loaded[]): number => loaded.reduce((bytes, each) => bytes + each.bytes, 0);
  const heads = sum(wire.loaded.filter((each) => each.kind === NOTHING));
  const definition = wire.loaded.filter((each) => each.path.startsWith("/definitions/") && each.bytes > 0);
  expect(definition.length, String(wire)).toBe(1);
  expect.soft(wire.total - heads - sum(definition), String(wire)).toBeLessThanOrEqual(192 * KB);
  expect.soft(sum(definition), String(wire)).toBeLessThanOrEqual(34 * KB);
  expect(wire.failed).toEqual([]);
  report("the whole questionnaire, with script, without its definition", wire.total - heads - sum(definition));
  report("its definition in all languages, compressed", sum(definition));
  report("heads of the answers noted on the way", heads);
  // Each carries the draft in its cookie, which grows with the answers.
  expect(heads / pages(PEOPLE["every branch"], WHOLE).length, String(wire)).toBeLessThanOrEqual(2 * KB);
});

const PATHS = ["", "/voice", "/voice/rights", "/voice/rights/family", "/privacy", "/accessibility"];
const READING = ["/", ...LANGUAGES.flatMap((language) => PATHS.map((path) => `/${language}${path}`))];

test("reading pages: no program, at most 40 KB", async ({ page }) => {
  const wire = await Wire.of(page);
  for (const path of [...READING, "/vi/no-such-page"]) {
    wire.clear();
    await page.goto(path);
    await quiet(page);
    expect([...wire.ofKind(".wasm"), ...wire.ofKind(".js")], path).toEqual([]);
    await expect(page.locator("script")).toHaveCount(0);
    expect(wire.total, `${path}: ${wire}`).toBeLessThanOrEqual(40 * KB);
  }
});

test("the first page of a questionnaire: at most 40 KB before the program", async ({ page, scripted }) => {
  const wire = await Wire.of(page);
  if (scripted) await page.route(/\/pkg\/.*\.(js|wasm)/, (route) => route.abort());
  for (const { slug } of [WHOLE, DEFINITION]) {
    wire.clear();
    await page.goto(`/vi/questionnaires/${slug}`);
    await quiet(page);
    if (!scripted) expect([...wire.ofKind(".wasm"), ...wire.ofKind(".js")], "script-off browsers fetch no program").toEqual([]);
    expect(wire.total, `${slug}: ${wire}`).toBeLessThanOrEqual(40 * KB);
  }
});

test("console: at most 350 KB", async ({ newPerson, organizer, scripted }) => {
  const context = await newPerson({ storageState: await organizer.session(), viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const wire = await Wire.of(page);
  await page.goto(CONSOLE);
  if (scripted) await expect(page.locator(".answers-count__refresh")).toBeHidden();
  await quiet(page);
  expect(wire.ofKind(".wasm").length, String(wire)).toBe(scripted ? 1 : 0);
  expect(wire.total, String(wire)).toBeLessThanOrEqual(350 * KB);
  report("console", wire.total);
});

function report(what: string, bytes: number): void {
  console.log(`${what}: ${bytes} bytes`);
  test.info().annotations.push({ type: "bytes", description: `${what}: ${bytes}` });
}
