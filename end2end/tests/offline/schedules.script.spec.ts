/**
 * People, phones, a network and a server to which anything may happen, in an order that follows from a number. However
 * it went: once all is well again, the server holds the answers of everybody who pressed *Send*, once each.
 *
 * `SCHEDULES` says how many are played, `SEED` with which number they begin: a schedule that failed is played again by
 * `SEED=17 SCHEDULES=1`. The simulator in `server/tests/it/offline/` plays a hundred thousand times as many around the
 * same program; here it is in a real browser.
 */
import { DEFINITION, type Definition } from "../../support/definition";
import { pages, type Plan } from "../../support/flow";
import { awake, Foot, inAllLanguages, nextPerson, offeredOf, rows, type Phone } from "../../support/kept";
import { expect, Ledger, test, type BrowserContext, type Page } from "../../support/offline";
import { SENDING, type Proxy } from "../../support/proxy";
import type { Server } from "../../support/server";
import { arrive, beginAnother, goOnWith, pageOf, planOf } from "../../support/walker";
import type { Way } from "../../support/way";

const SCHEDULES = Number(process.env.SCHEDULES ?? 6);
const FIRST = Number(process.env.SEED ?? 1);
const STEPS = 24;

/** Chance that follows from a number (mulberry32). */
class Chance {
  constructor(private state: number) {}

  /** A whole number below this. */
  below(count: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  }

  pick<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }
}

interface Somebody {
  name: string;
  plan: Plan;
  id: string;
}

/** One schedule as it stands. */
class Story {
  /** What happened, for whoever looks for a fault. */
  readonly told: string[] = [];
  readonly pressed: Somebody[] = [];
  private current: Somebody | undefined;
  private come = 0;
  private version = 1;
  private isDead = false;

  constructor(
    private readonly chance: Chance,
    private readonly phone: Phone,
    private readonly context: BrowserContext,
    private readonly network: Proxy,
    private readonly server: Server,
    private readonly definition: Definition,
    private readonly ways: (page: Page) => Way,
    private page: Page,
  ) {}

  private get way(): Way {
    return this.ways(this.page);
  }

  /** The next thing that happens; people answer more often than worlds end. */
  async step(): Promise<void> {
    const happenings = [
      ...Array.from({ length: 6 }, () => this.somebodyAnswers),
      ...Array.from({ length: 2 }, () => this.networkChanges),
      this.reloads,
      this.isClosedAndOpened,
      this.anotherTab,
      this.serverDiesOrComesBack,
      this.newVersion,
    ];
    const happens = this.chance.pick(happenings);
    this.told.push(`${happens.name}, ${this.current?.name ?? "nobody"} at ${new URL(this.page.url()).pathname}, network ${this.network.mode}`);
    await test.step(this.told.at(-1) ?? "", () => happens.call(this));
  }

  /** All is well again: everything goes that waits. */
  async heals(): Promise<void> {
    this.network.heal();
    await this.context.setOffline(false);
    await this.revives();
    await this.page.goto(this.way.path());
    await awake(this.page);
    await expect
      .poll(
        async () => {
          const button = new Foot(this.page).button("send-now");
          if (await button.isVisible()) await button.click({ timeout: 1000 }).catch(() => {});
          return (await rows(this.page, "outbox")).size;
        },
        { message: "what waits", timeout: 90_000 },
      )
      .toBe(0);
  }

  /** The server is there again, if it was not. */
  async revives(): Promise<void> {
    if (this.isDead) await this.server.serve();
    this.isDead = false;
  }

  private async somebodyAnswers(): Promise<void> {
    if (!this.current) {
      const name = `Người ${++this.come}`;
      await beginAnother(this.way, this.phone);
      this.current = { name, plan: planOf(name, this.definition), id: await this.way.instance() };
    }
    const all = pages(this.current.plan, this.definition);
    for (let left = 1 + this.chance.below(5); left > 0; left--) {
      const index = all.findIndex(({ name }) => name === pageOf(this.way));
      const here = all[index];
      if (!here) return this.sends();
      await this.way.answerPage(here, this.current.plan);
      const next = all[index + 1];
      await (next ? this.way.isAt(next.name) : this.way.isOn("/check"));
    }
  }

  private async sends(): Promise<void> {
    if (!this.current) return;
    await this.way.isOn("/check");
    const isHasty = this.chance.below(3) === 0;
    await this.way.go().click({ clickCount: isHasty ? 2 : 1 });
    // Received or waiting: in both cases the next person may come.
    await expect(nextPerson(this.page)).toBeVisible({ timeout: 60_000 });
    this.pressed.push(this.current);
    this.current = undefined;
  }

  private async networkChanges(): Promise<void> {
    const { network } = this;
    network.heal();
    const what = this.chance.pick(["lost", "lost", "found", "found", "portal", "bad-gateway", "slow", "answers lost", "nobody takes answers"] as const);
    this.told.push(`  the network: ${what}`);
    await this.context.setOffline(what === "lost");
    if (what === "lost") network.mode = "refuse";
    else if (what === "answers lost") network.set(SENDING, "hang-up");
    else if (what === "nobody takes answers") network.set(SENDING, "bad-gateway");
    else if (what !== "found") network.mode = what;
  }

  private async reloads(): Promise<void> {
    await this.page.reload();
    // The page that tells of what was sent has no program, once it comes from the server.
    if (new URL(this.page.url()).pathname.endsWith("/sent")) await this.page.goto(this.way.path());
    await this.settles();
  }

  private async isClosedAndOpened(): Promise<void> {
    await this.page.close();
    this.page = await this.context.newPage();
    await this.page.goto(this.way.path());
    await this.settles();
  }

  /** Another tab of the same phone: it looks, and where it finds the same answers to be sent, it sends them too. */
  private async anotherTab(): Promise<void> {
    const tab = await this.context.newPage();
    const there = this.ways(tab);
    const atCheck = this.current && pageOf(this.way) === undefined;
    await tab.goto(there.path(atCheck ? "/check" : ""));
    await awake(tab);
    if (atCheck && new URL(tab.url()).pathname === there.path("/check") && (await there.instance()) === this.current?.id) {
      await there.go().click();
      await this.sends();
      await expect(nextPerson(tab)).toBeVisible({ timeout: 60_000 });
    }
    await tab.close();
  }

  private async serverDiesOrComesBack(): Promise<void> {
    if (this.isDead) return this.revives();
    await this.server.kill();
    this.isDead = true;
  }

  /** The questionnaire is published anew: another set of files, and another definition for whoever begins next. */
  private async newVersion(): Promise<void> {
    await this.server.publish({ ...this.definition, version: String(++this.version) });
    const newer = new Foot(this.page).button("load-new");
    if (!this.current && (await newer.isVisible())) {
      await newer.click();
      await this.way.isOn("");
      await awake(this.page);
    }
  }

  /** A page was loaded: on one's own phone the answers are there or offered, on a shared one they are gone. */
  private async settles(): Promise<void> {
    await awake(this.page);
    const { current } = this;
    if (!current) return;
    const shown = this.way.form().locator("[name=instance]").first();
    if ((await shown.count()) > 0 && (await shown.inputValue()) === current.id) {
      if (this.phone === "own") return;
      // The server's cookie knows the person, and no answer of theirs.
      expect(JSON.stringify(await this.way.fields())).toBe("{}");
    }
    if (this.phone === "shared") {
      await expect(offeredOf(this.page, current.id)).toHaveCount(0);
      this.current = undefined;
      return;
    }
    if (new URL(this.page.url()).pathname !== this.way.path()) await this.page.goto(this.way.path());
    await goOnWith(this.way, current.id);
  }
}

for (let seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
  test(`schedule ${seed}`, async ({ page, context, way, network, server }) => {
    test.setTimeout(300_000);
    const chance = new Chance(seed);
    const definition: Definition = { ...DEFINITION, slug: `schedule-${seed}`, version: "1" };
    await server.publish(definition);
    const ledger = await Ledger.open(server, definition);
    const phone = chance.pick(["own", "own", "shared"] as const);
    const ways = (page: Page): Way => way("vi", page, definition);
    await arrive(ways(page));
    await inAllLanguages(page, definition);
    const story = new Story(chance, phone, context, network, server, definition, ways, page);
    try {
      for (let step = 0; step < STEPS; step++) await story.step();
      await story.heals();
      await ledger.holds(...story.pressed.map(({ plan }) => ({ plan })));
    } catch (error) {
      console.log(`schedule ${seed}, ${phone} phone:\n${story.told.join("\n")}`);
      throw error;
    } finally {
      // The other tests of this worker need it.
      await story.revives();
    }
    console.log(`schedule ${seed}, ${phone} phone: ${story.pressed.length} people sent, each is there once`);
  });
}
