/** An organizer who came in by an invitation link, and what only an organizer sees. */
import { request, type APIRequestContext } from "@playwright/test";
import { parse, type Table } from "./csv";
import { DEFINITION } from "./definition";
import type { Server } from "./server";

/** Long enough, and nobody's name. */
export const PASSPHRASE = "quiet harbour seven lanterns";

export const CONSOLE = `/console/questionnaires/${DEFINITION.slug}`;

export class Organizer {
  private opened = 0;

  private constructor(
    readonly email: string,
    private readonly api: APIRequestContext,
  ) {}

  /** Invites somebody and joins in their name. */
  static async join(server: Server, email: string, role: "coordinator" | "assistant" = "coordinator"): Promise<Organizer> {
    const link = (await server.command("organizer", "invite", "--role", role, email)).trim();
    const api = await request.newContext({ baseURL: server.url, extraHTTPHeaders: { origin: server.url } });
    const form = { name: "Sato Hanako", new_passphrase: PASSPHRASE, new_passphrase_again: PASSPHRASE };
    const answer = await api.post(link, { form });
    if (!answer.ok() || !answer.url().endsWith("/console")) {
      throw new Error(`joining gave ${answer.status()} at ${answer.url()}`);
    }
    return new Organizer(email, api);
  }

  /** The session for a browser of its own. */
  async session(): Promise<Awaited<ReturnType<APIRequestContext["storageState"]>>> {
    return this.api.storageState();
  }

  /** The ordinary CSV as it is downloaded, byte by byte. */
  async csv(): Promise<Buffer> {
    const answer = await this.api.get(`${CONSOLE}/answers.csv`);
    if (!answer.ok()) throw new Error(`the CSV gave ${answer.status()}`);
    return answer.body();
  }

  /** The same as a table. */
  async table(): Promise<Table> {
    return parse(await this.csv());
  }

  /** How many answers are stored. */
  async count(): Promise<number> {
    return (await this.table()).rows.length;
  }

  /** Opens a desk at a place of an event (from 0); where its square leads. */
  async square(slug: string, place: number, name: string, hours = 12): Promise<string> {
    const path = `/console/events/${slug}/attendance`;
    const screen = await (await this.api.get(path)).text();
    const select = screen.slice(screen.indexOf('name="place"'));
    const places = [...select.slice(0, select.indexOf("</select>")).matchAll(/value="([^"]+)"/g)].map((found) => found[1] ?? "");
    // No two desks that are open may be called alike.
    this.opened += 1;
    const form = { act: "open", name: `${name} ${this.opened}`, place: places.filter(Boolean)[place] ?? "", hours: String(hours) };
    const opened = await (await this.api.post(path, { form })).text();
    const link = /id="desk-link" href="([^"]+)"/.exec(opened)?.[1];
    if (!link) throw new Error("no desk was opened");
    return new URL(link).pathname;
  }

  /** Closes a desk. */
  async revoke(slug: string, id: string): Promise<void> {
    const answer = await this.api.post(`/console/events/${slug}/attendance`, { form: { act: "revoke", id } });
    if (!answer.ok()) throw new Error(`revoking gave ${answer.status()}`);
  }

  /** A screen of the console as HTML. */
  async text(path: string): Promise<string> {
    const answer = await this.api.get(path);
    if (!answer.ok()) throw new Error(`${path} gave ${answer.status()}`);
    return answer.text();
  }

  /** A file of the console as a table. */
  async file(path: string): Promise<Table> {
    const answer = await this.api.get(path);
    if (!answer.ok()) throw new Error(`${path} gave ${answer.status()}`);
    return parse(await answer.body());
  }

  async close(): Promise<void> {
    await this.api.dispose();
  }
}
