/** A real mail server for one spec: it takes what the program sends, and reads it as mail programs do. */
import ICAL from "ical.js";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";

const PATIENCE_MS = 30_000;

/** A calendar entry as a calendar sees it. */
export interface Entry {
  method: string;
  uid: string;
  sequence: number;
  status: string;
  location: string;
  summary: string;
  begins: string;
}

export class PostOffice {
  private constructor(private readonly server: SMTPServer) {}

  private readonly mails: { to: string; mail: ParsedMail }[] = [];
  /** How many mails were taken out of each box. */
  private readonly read = new Map<string, number>();

  static async open(): Promise<PostOffice> {
    let office: PostOffice | undefined;
    const server = new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      onData(stream, session, done) {
        simpleParser(stream).then(
          (mail) => {
            for (const { address } of session.envelope.rcptTo) office?.mails.push({ to: address, mail });
            done();
          },
          (error: Error) => done(error),
        );
      },
    });
    office = new PostOffice(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return office;
  }

  /** What the program is told of it. */
  get url(): string {
    const address = this.server.server.address();
    if (!address || typeof address === "string") throw new Error("the mail server does not listen");
    return `smtp://127.0.0.1:${address.port}?tls=off`;
  }

  /** The next mail to an address that was not asked for yet. */
  async next(to: string): Promise<ParsedMail> {
    const until = Date.now() + PATIENCE_MS;
    const seen = this.read.get(to) ?? 0;
    while (Date.now() < until) {
      const box = this.mails.filter((mail) => mail.to === to);
      const found = box[seen];
      if (found) {
        this.read.set(to, seen + 1);
        return found.mail;
      }
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`no mail came to ${to}; others: ${this.mails.map(({ to, mail }) => `${to}: ${mail.subject}`).join("; ")}`);
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.server.close(done));
  }
}

/** The one entry of a calendar file. */
export function entryOf(text: string): Entry {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent");
  const first = events[0];
  if (events.length !== 1 || !first) throw new Error(`${events.length} entries`);
  const value = (name: string): string => String(first.getFirstPropertyValue(name) ?? "");
  return {
    method: String(calendar.getFirstPropertyValue("method") ?? ""),
    uid: value("uid"),
    sequence: Number(value("sequence")),
    status: value("status"),
    location: value("location"),
    summary: value("summary"),
    begins: value("dtstart"),
  };
}

/** The calendar entry that goes with a mail. */
export function entryIn(mail: ParsedMail): Entry {
  const attached = mail.attachments.find(({ contentType }) => contentType.startsWith("text/calendar"));
  if (!attached) throw new Error(`no calendar entry in "${mail.subject}"`);
  return entryOf(attached.content.toString("utf8"));
}

/** The address of this site in a mail that leads to what matches. */
export function linkIn(mail: ParsedMail, pattern: RegExp): string {
  const link = mail.text?.match(/https?:\/\/\S+/g)?.find((link) => pattern.test(link));
  if (!link) throw new Error(`no link ${pattern} in:\n${mail.text}`);
  return link;
}
