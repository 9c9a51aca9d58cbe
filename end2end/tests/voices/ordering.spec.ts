/** What goes without the worker's yes: one member asks, another one answers for it or says no, and the worker sees it. */
import { isAccessible } from "../../support/axe";
import { fits } from "../../support/layout";
import { Letters } from "../../support/letters";
import { Members } from "../../support/members";
import { Organizer } from "../../support/organizer";
import { expect, test } from "../../support/test";

const WORDS = "会社の寮で人が倒れています。";
const SHOWN = "Có người ngất trong ký túc xá.";
const REASON = "Chúng tôi phải gọi cứu thương ngay.";
const TO = "青色消防署";

for (const answer of ["approve", "refuse"] as const) {
  test(`a second member must answer: ${answer}`, async ({ page, scripted, server, newPerson }) => {
    const mode = scripted ? "script" : "plain";
    const text = `Có người ngất. ${mode} ${answer} ${Date.now()}`;
    const letters = new Letters(page, "vi");
    await letters.write(text);
    const member = async (called: string): Promise<Members> => {
      const organizer = await Organizer.join(server, `${called.toLowerCase()}-${answer}-${mode}@example.org`);
      const context = await newPerson({ storageState: await organizer.session(), locale: "vi", javaScriptEnabled: true });
      const members = new Members(await context.newPage(), "vi");
      await members.join(called);
      return members;
    };
    const first = await member("Thu");
    const second = await member("Hai");
    await first.read(text);
    const form = first.page;
    await form.locator(".members-ask summary").click();
    await form.locator("input[name=right][value=danger_to_life]").check();
    await form.locator("#kind").selectOption("public");
    await first.button("share_ask").click();
    await expect(form.locator("#kind"), "only a worker publishes").toBeFocused();
    await form.locator("#kind").selectOption("ministry");
    await form.locator("#recipient").fill(TO);
    await form.locator("#share-language").selectOption("ja");
    await form.locator("#words").fill(WORDS);
    await form.locator("#shown").fill(SHOWN);
    await first.button("share_ask").click();
    await expect(form.locator("#reason"), "the worker must be told why").toBeFocused();
    await form.locator("#reason").fill(REASON);
    await first.button("share_ask").click();
    await expect(form.locator("main [role=status]").first()).toContainText(first.says("order_sent"));
    await expect(form.locator(".members-part .voice-letter")).toContainText(first.says("order_waits"));
    await expect(first.button("order_approve")).toHaveCount(0);

    await second.page.reload();
    await second.unlock();
    await second.isOpen();
    await second.read(text);
    const card = second.page.locator(".members-part .voice-letter");
    await expect(card).toContainText("Thu");
    await expect(card.locator(".voice-letter__text")).toHaveText([WORDS, SHOWN]);
    await isAccessible(second.page, "what a second member decides");
    await fits(second.page, 360);
    second.page.on("dialog", (dialog) => void dialog.accept());
    await letters.back();
    await letters.areOpen();
    const seen = page.locator("#shared .voice-letter");
    await expect(seen).toContainText(letters.says("order_asked"));
    await expect(page.locator("main")).toContainText(REASON);
    if (answer === "approve") {
      await second.button("order_approve").click();
      await expect(second.page.locator("#letter")).toBeFocused();
      await expect(second.page.locator("#letter + .voice-letter__text")).toContainText(WORDS);
    } else {
      await second.button("order_refuse").click();
      await expect(second.page.locator("main [role=status]").first()).toContainText(second.says("order_said_no"));
      await expect(second.button("order_approve")).toHaveCount(0);
    }
    await letters.back();
    await letters.areOpen();
    await expect(seen.locator("form"), "there is nothing to agree to").toHaveCount(0);
    const now = answer === "approve" ? "Hai người trong chúng tôi đã ký" : "Không có gì được chuyển.";
    await expect(seen).toContainText(now);
    if (scripted) await isAccessible(page, "an order as its worker sees it");
    await fits(page, 360);
  });
}
