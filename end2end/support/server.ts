/** One `dist/entaku` for one worker: own port, own folder, own database. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { DEFINITION, KINDS, type Definition } from "./definition";

const run = promisify(execFile);

/** The folder that `make build` fills. */
export const DIST = resolve(process.env.ENTAKU_DIST ?? join(__dirname, "../../dist"));
const PROGRAM = join(DIST, "entaku");
const START_LIMIT_MS = 30_000;

/** A running server. */
export class Server {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  private readonly log: string[] = [];
  private child: ChildProcess | undefined;

  /** Fills a fresh database with the demonstration content and the questionnaires of the tests, and serves it. `more` is
   * what this one's environment has beside. */
  static async start(more: NodeJS.ProcessEnv = {}): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "entaku-end2end-"));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const environment = {
      ...inherited(),
      ENTAKU_DATA: folder,
      ENTAKU_DATABASE_URL: `sqlite://${join(folder, "entaku.sqlite")}`,
      ENTAKU_LISTEN: `127.0.0.1:${port}`,
      ENTAKU_BASE_URL: url,
      // Phones of different tests stand in different networks (`proxy.ts`), so that none is slowed down by the others.
      ENTAKU_TRUSTED_PROXIES: "127.0.0.1",
      ENTAKU_DIST: DIST,
      ENTAKU_DEV: "1",
      ENTAKU_LOG: "warn",
      ...more,
    };
    const server = new Server(url, folder, environment);
    await server.command("seed");
    await server.command("desk", "demonstrate");
    for (const definition of [DEFINITION, KINDS]) await server.publish(definition);
    await server.serve();
    return server;
  }

  /** Publishes a definition: from now on it is the one that new answers are given to. Gives its hash. */
  async publish(definition: Definition): Promise<string> {
    const file = join(this.folder, `${definition.slug}.json`);
    await writeFile(file, JSON.stringify(definition));
    const told = await this.command("questionnaires", "publish", file);
    const hash = /^hash: ([0-9a-f]{64})$/m.exec(told)?.[1];
    if (!hash) throw new Error(`publishing told no hash:\n${told}`);
    return hash;
  }

  /** Serves, or serves again after `kill`, at the same address. */
  async serve(): Promise<void> {
    this.child = spawn(PROGRAM, ["serve"], { env: this.environment, cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on("data", (chunk) => this.log.push(String(chunk)));
    await this.ready(this.child);
  }

  /** Ends it as a power cut does, in the middle of whatever it was doing. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Runs a subcommand beside the running server and gives what it prints. */
  async command(...words: string[]): Promise<string> {
    const { stdout } = await run(PROGRAM, words, {
      env: this.environment,
      cwd: this.folder,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  }

  /** Ends it by its own id. A panic on the way is a failure, whatever the tests saw. */
  async stop(): Promise<void> {
    await this.end("SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
    const log = this.log.join("");
    if (/panicked at|ERROR/.test(log)) throw new Error(`the server's log holds an error:\n${log}`);
  }

  /** Ends the process by its own id, if there is one. */
  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((done) => child.once("exit", () => done()));
    child.kill(signal);
    await ended;
  }

  private async ready(child: ChildProcess): Promise<void> {
    const until = Date.now() + START_LIMIT_MS;
    while (Date.now() < until) {
      if (child.exitCode !== null) break;
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((done) => setTimeout(done, 20));
    }
    child.kill("SIGKILL");
    throw new Error(`the server did not start:\n${this.log.join("")}`);
  }
}

/** The table of addresses as `entaku routes` prints it. */
export async function routes(): Promise<{ path: string; access: string; bundle: string | null }[]> {
  const { stdout } = await run(PROGRAM, ["routes"], { env: inherited() });
  return JSON.parse(stdout);
}

/** Our own variables would be refused by the program or change what is tested. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("ENTAKU_")));
}

async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? done(address.port) : failed(new Error("no port"))));
    });
  });
}
