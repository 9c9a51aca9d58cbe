import { question } from "../../support/definition";
import { Foot } from "../../support/kept";
import { FULL } from "../../support/plans";
import { expect, test } from "../../support/test";

test("a double tap on send gives one row", async ({ way, organizer }) => {
  const before = await organizer.count();
  const here = way("vi");
  await here.begin();
  await here.answerUntil(null);
  await here.go().dblclick();
  await here.isOn("/sent");
  await here.code();
  expect(await organizer.count()).toBe(before + 1);
});

test("going back after sending and coming again shows the same code", async ({ page, way, organizer }) => {
  const before = await organizer.count();
  const here = way("en");
  await here.begin();
  await here.answerUntil(null);
  const code = await here.send();
  await page.goBack();
  await here.isOn("/sent");
  expect(await here.code()).toBe(code);
  await page.goto(here.path("/check"));
  await here.isOn("/sent");
  await page.reload();
  expect(await here.code()).toBe(code);
  expect(await organizer.count()).toBe(before + 1);
});

test("two tabs with the same draft give one row and the same code", async ({ page, context, way, organizer }) => {
  const before = await organizer.count();
  const here = way("zh-Hans");
  await here.begin();
  await here.answerUntil(null);
  await here.settled();
  const tab = await context.newPage();
  const there = way("zh-Hans", tab);
  await tab.goto(page.url());
  await there.isOn("/check");
  await there.awake();

  const code = await here.send();
  expect(await there.send()).toBe(code);
  expect(await organizer.count()).toBe(before + 1);
});

test("the page from before sending, sent again, changes nothing", async ({ page, way, organizer, baseURL }) => {
  const before = await organizer.count();
  const here = way("vi");
  await here.begin();
  await here.answerUntil(null);
  const instance = await here.form().locator("[name=instance]").inputValue();
  const code = await here.send();
  const again = await page.request.post(here.path("/check"), {
    headers: { origin: baseURL ?? "" },
    form: { instance, go: "send" },
  });
  expect(again.url()).toContain("/sent");
  expect(await again.text()).toContain(code);
  expect(await organizer.count()).toBe(before + 1);
});

test("script that dies midway loses nothing and sends once", async ({ page, way, organizer, scripted }) => {
  test.skip(!scripted, "there is no script to die");
  const before = await organizer.count();
  const here = way("vi");
  await here.begin();
  await here.answerUntil("started_on");
  await here.settled();
  // From here on the program cannot be had any more.
  await page.route("**/*.wasm*", (route) => route.abort());
  await page.reload();
  await here.isAt("started_on");
  const plain = way("vi");
  await plain.answerUntil(null, FULL, "started_on");
  await expect(page.locator(".c-summary__row")).toHaveCount(FULL.size);
  await plain.send();
  expect(await organizer.count()).toBe(before + 1);
});

test("answers of which the server heard nothing go along with the next form", async ({ page, way, organizer, scripted }) => {
  test.skip(!scripted, "without script the server hears of each answer");
  const before = await organizer.count();
  const here = way("vi");
  await here.begin();
  await page.route("**/questions/**", (route) =>
    route.request().headers()["accept"] === "application/json" ? route.abort() : route.continue(),
  );
  await here.answerUntil("paid_any");
  await here.fill(question("paid_any"), FULL.get("paid_any") ?? "empty");
  await here.postPastIsland();
  await here.isAt("paid_amount");
  await page.unrouteAll();
  await here.awake();
  await here.answerUntil(null, FULL, "paid_amount");
  await expect(page.locator(".c-summary__row")).toHaveCount(FULL.size);
  await here.send();
  expect(await organizer.count()).toBe(before + 1);
});

test.describe("a network that fails or lies", () => {
  test.skip(({ scripted }) => !scripted, "without script the browser itself shows what failed");

  test("offline: the answers wait, and go when there is a signal", async ({ context, way, organizer }) => {
    const before = await organizer.count();
    const here = way("vi");
    await here.begin();
    await here.answerUntil("treatment");
    await here.settled();
    await context.setOffline(true);
    await here.answerUntil(null, FULL, "treatment");
    await here.sendUnheard();
    await expect(here.heading()).toBeFocused();
    expect(await organizer.count()).toBe(before);

    await context.setOffline(false);
    await here.code();
    expect(await organizer.count()).toBe(before + 1);
  });

  const lies: [string, (sent: Record<string, string>) => { status: number; contentType: string; body: string }][] = [
    ["a login page that answers 200", () => ({ status: 200, contentType: "text/html", body: "<h1>Welcome to the hotel</h1>" })],
    [
      "a receipt that nobody signed",
      ({ instance_id, digest }) => ({
        status: 200,
        contentType: "application/json",
        body: JSON.stringify({ instance_id, digest, outcome: "stored", code: "AAAA-AAAA-AAAA", signature: "0".repeat(128) }),
      }),
    ],
    [
      "a server that asks for a pause",
      () => ({ status: 429, contentType: "application/json", body: JSON.stringify({ too_many_requests: { retry_after: 30 } }) }),
    ],
  ];
  for (const [name, lie] of lies) {
    test(`${name} is not taken for sent`, async ({ page, way, organizer }) => {
      const before = await organizer.count();
      const here = way("vi");
      await here.begin();
      await here.answerUntil(null);
      await page.route("**/api/v1/responses", (route) => route.fulfill(lie(route.request().postDataJSON())));
      await here.sendUnheard();
      expect(await organizer.count()).toBe(before);

      await page.unrouteAll();
      await new Foot(page).sendNow();
      await here.code();
      expect(await organizer.count()).toBe(before + 1);
    });
  }

  test("a receipt that got lost on the way: sending again gives the same code and one row", async ({ page, way, organizer }) => {
    const before = await organizer.count();
    const here = way("vi");
    await here.begin();
    await here.answerUntil(null);
    let code = "";
    await page.route("**/api/v1/responses", async (route) => {
      const answer = await route.fetch();
      code = (await answer.json()).code;
      await route.abort();
    });
    await here.sendUnheard();
    expect(await organizer.count()).toBe(before + 1);
    await page.unrouteAll();
    await new Foot(page).sendNow();
    expect(await here.code()).toBe(code);
    expect(await organizer.count()).toBe(before + 1);
  });
});
