/** Reading and answering: keys are made and used in the browser, and the server sees nothing of what they open. */
import { hasLargeTargets, isAccessible } from "../../support/axe";
import { fits } from "../../support/layout";
import { Letters } from "../../support/letters";
import { KEY_PASSPHRASE, Members } from "../../support/members";
import { Organizer } from "../../support/organizer";
import { expect, test } from "../../support/test";

/** Could be a script, were it not a letter. */
const TEXT = "Chủ giữ hộ chiếu của tôi.\n</textarea><script>document.title = 'x'</script>";
const ANSWER = "Chúng tôi đã đọc.\nNgày mai có người gọi luật sư.";

let made = 0;

test.describe("with script", () => {
  test.beforeEach(({ scripted }) => test.skip(!scripted, "the desk is a program"));

  test("a member joins, reads, notes, answers; the worker reads it; nobody else can", async ({ page, server, newPerson }) => {
    const letters = new Letters(page, "vi");
    await letters.write(TEXT);

    const organizer = await Organizer.join(server, `member-${(made += 1)}@example.org`);
    const context = await newPerson({ storageState: await organizer.session(), locale: "vi" });
    const desk = await context.newPage();
    const sent: string[] = [];
    desk.on("request", (request) => sent.push(request.url(), request.postData() ?? ""));
    const member = new Members(desk, "vi");
    await member.open();
    await member.button("join").click();
    await expect(desk.locator("#called")).toBeFocused();
    await expect(desk.locator("#called")).toHaveAttribute("aria-invalid", "true");
    await member.join("Nguyệt");
    await isAccessible(desk, "the list");
    await hasLargeTargets(desk);
    await fits(desk, 360);

    await member.read(TEXT);
    const letter = desk.locator(".voice-letter__text").first();
    await expect(letter).toHaveText(TEXT);
    await expect(desk.locator(".voice-letter").first()).toContainText(member.says("path_phone"));
    await isAccessible(desk, "a voice");
    await hasLargeTargets(desk);
    await fits(desk, 360);

    await desk.locator("#note").fill("Hộ chiếu: hỏi luật sư");
    await member.button("note_save").click();
    await expect(desk.locator("main [role=status]").first()).toContainText(member.says("note_saved"));
    await desk.locator("#assign").selectOption({ label: "Nguyệt" });
    await expect(desk.locator("main [role=status]").first()).toContainText(member.says("assigned"));

    // Nothing written, no step chosen: told beside the field, and what was typed stays.
    await member.button("send").click();
    await expect(desk.locator("#text")).toHaveAttribute("aria-invalid", "true");
    await desk.locator("#text").fill(ANSWER);
    await member.button("send").click();
    await expect(desk.locator("#text")).toHaveValue(ANSWER);
    await expect(desk.locator(".c-error, .c-group--error").first()).toBeVisible();
    await member.answer(ANSWER, "assessed");
    await expect(desk.locator("main [role=status]").first()).toContainText(member.says("sent"));
    await expect(desk.locator(".voice-letter__text").nth(1)).toHaveText(ANSWER);
    await expect(desk.locator("#text")).toHaveValue("");

    // Back leads to the list, by the browser's button too.
    await desk.goBack();
    await member.isOpen();
    await expect(desk.locator(".members-row", { hasText: "Hộ chiếu" })).toContainText("Nguyệt");
    await desk.locator("#search").fill("LUAT SƯ");
    await expect(member.rows).toHaveCount(0);
    await desk.locator("#search").fill("giữ hộ chiếu");
    await expect(member.rows).toHaveCount(1);
    await desk.locator("#search").fill("");

    await letters.back();
    await letters.areOpen();
    await expect(page.locator(".voice-letter--desk .voice-letter__text")).toHaveText(ANSWER);
    await expect(page.locator(".voice-letter--desk h2")).toContainText("Nguyệt");

    // Nothing that was typed or read left the browser in clear, and nothing stays in it.
    for (const secret of [KEY_PASSPHRASE, "hộ chiếu", "luật sư", "Chúng tôi"]) expect(sent.join("\n")).not.toContain(secret);
    expect((await context.storageState()).origins).toEqual([]);
    expect(await desk.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);

    // Loaded anew it is locked; another passphrase opens nothing.
    await desk.reload();
    await member.isLocked();
    await member.unlock("four small wooden boat");
    await expect(desk.locator("#passphrase")).toHaveAttribute("aria-invalid", "true");
    await member.unlock();
    await member.isOpen();
    await member.button("lock").click();
    await member.isLocked();
    await organizer.close();
  });

  test("it locks itself, and loses its words with the keys", async ({ server, newPerson }) => {
    const organizer = await Organizer.join(server, `member-${(made += 1)}@example.org`);
    const context = await newPerson({ storageState: await organizer.session(), locale: "ja" });
    const desk = await context.newPage();
    await desk.clock.install();
    const member = new Members(desk, "ja");
    await member.join("ゆき");
    await desk.clock.runFor(14 * 60_000);
    await member.isOpen();
    await desk.locator("#search").fill("x");
    await desk.clock.runFor(14 * 60_000);
    await member.isOpen();
    await desk.clock.runFor(2 * 60_000);
    await member.isLocked();
    await organizer.close();
  });

  test("without a network it says so, and what was written stays", async ({ page, server, newPerson }) => {
    const letters = new Letters(page, "vi");
    await letters.write("Một thư khác.");
    const organizer = await Organizer.join(server, `member-${(made += 1)}@example.org`);
    const context = await newPerson({ storageState: await organizer.session(), locale: "vi" });
    const desk = await context.newPage();
    const member = new Members(desk, "vi");
    await member.join("Hoa");
    await member.read("Một thư khác.");
    await context.setOffline(true);
    await member.answer(ANSWER, "addressed");
    await expect(desk.locator("main [role=status]").first()).toContainText(member.says("unreachable"));
    await expect(desk.locator("#text")).toHaveValue(ANSWER);
    await context.setOffline(false);
    // Somebody else's letter came meanwhile: it is shown first.
    await letters.back();
    await letters.areOpen();
    await page.locator("#text").fill("Thêm một điều.");
    await letters.button("send").click();
    await member.button("send").click();
    await expect(desk.locator("main [role=status]").first()).toContainText(member.says("conflict"));
    await expect(desk.locator(".voice-letter__text").last()).toHaveText("Thêm một điều.");
    await expect(desk.locator("#text")).toHaveValue(ANSWER);
    await member.button("send").click();
    await expect(desk.locator(".voice-letter__text").last()).toHaveText(ANSWER);
    await organizer.close();
  });
});

test("without script the page says what it needs", async ({ scripted, server, newPerson }) => {
  test.skip(scripted, "with script it is the desk");
  const organizer = await Organizer.join(server, `member-${(made += 1)}@example.org`);
  const desk = await (await newPerson({ storageState: await organizer.session(), locale: "vi" })).newPage();
  const member = new Members(desk, "vi");
  await member.open();
  // Playwright reads no text in it, but it is seen.
  await expect(desk.locator("main noscript p")).toBeVisible();
  expect(await desk.locator("main noscript p").evaluate((each) => each.textContent)).toBe(member.says("no_script"));
  await organizer.close();
});
