/** Every question page on a narrow phone, to be looked at: `OUT=/tmp/look npm run look -- questions`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { KINDS, WHOLE } from "../support/definition";
import { pages } from "../support/flow";
import { full, refused } from "../support/plans";
import { expect, test } from "../support/test";

const OUT = process.env.OUT ?? "test-results/look";

for (const language of ["ja-easy", "vi"] as const) {
  for (const definition of [WHOLE, KINDS]) {
    test(`questions of ${definition.slug} in ${language}`, async ({ page, way }) => {
      test.setTimeout(300_000);
      const folder = join(OUT, "questions", definition.slug, language);
      mkdirSync(folder, { recursive: true });
      let count = 0;
      const take = async (name: string): Promise<void> => {
        // What the pointer happens to rest on would be lit.
        await page.mouse.move(0, 0);
        const number = String(++count).padStart(2, "0");
        await page.screenshot({ path: join(folder, `${number}-${name}.png`), fullPage: true });
      };
      const plan = full(definition);
      const here = way(language, page, definition);
      await page.goto(here.path());
      await take("start");
      await here.begin();
      for (const each of pages(plan, definition)) {
        await here.isAt(each.name);
        await take(each.name);
        // Of each kind one page as it is refused, and all pages as they are filled in.
        if (definition === KINDS && each.questions.some((asked) => refused(asked))) {
          for (const asked of each.questions) await here.fill(asked, refused(asked) ?? "empty", each.isList);
          await here.go().click();
          await expect(here.errors()).toBeVisible();
          await take(`${each.name}-refused`);
        }
        await here.answerPage(each, plan);
      }
      await here.isOn("/check");
      await take("check");
      await here.send();
      await take("sent");
    });
  }
}
