/**
 * What stands between a phone and the server: a network that is there or not, and what networks do to requests. The
 * browser knows this address only, so that pages and their workers meet the same network.
 */
import { createServer, request as ask, type IncomingMessage, type Server as Listener, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What becomes of a request. */
export type Mode =
  /** It is handed on, and so is what comes back. */
  | "pass"
  /** Nobody is there: the connection is cut before anything arrives. */
  | "refuse"
  /** It arrives, and the line is cut before the browser hears of it. */
  | "hang-up"
  /** A hotel's page that asks for a room number, and answers 200. */
  | "portal"
  /** A proxy of somebody's has lost the server. */
  | "bad-gateway"
  /** It is handed on after [`SLOW_MS`]. */
  | "slow";

/** What a test lets the network answer itself. */
export interface Answer {
  status: number;
  type: string;
  body: string;
}

/** A request as it came. */
export interface Asked {
  method: string;
  path: string;
  body: string;
}

interface Rule {
  where: RegExp;
  /** A mode, an answer of the network's own, or another server that stands at the address. */
  does: Mode | ((asked: Asked) => Answer) | URL;
}

export const SLOW_MS = 1500;
/** Where answers are sent. */
export const SENDING = /^\/api\/v1\/responses$/;

const HTML = "text/html; charset=utf-8";
const PORTAL: Answer = { status: 200, type: HTML, body: "<!doctype html><title>Hotel</title><h1>Welcome to the hotel</h1><form><input name=room></form>" };
const BAD_GATEWAY: Answer = { status: 502, type: HTML, body: "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>" };

export class Proxy {
  private readonly rules: Rule[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly asked: Asked[] = [];
  private whole: Mode = "pass";

  /** Adds `Vary: *` to everything, as proxies do that add a header for each thing they have looked at. */
  varies = false;
  /** Lets the server seem to be of another build. */
  build: string | undefined;
  /** Lets every request come from another network, for tests that send more than one network may. */
  isManyNetworks = false;

  private constructor(
    readonly url: string,
    private readonly upstream: URL,
    private readonly listener: Listener,
    /** Which network the server takes it for. */
    private network: number,
  ) {}

  /** Stands in front of a server, at an address of its own. */
  static async before(upstream: string): Promise<Proxy> {
    const listener = createServer();
    await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
    const { port } = listener.address() as AddressInfo;
    const proxy = new Proxy(`http://127.0.0.1:${port}`, new URL(upstream), listener, (Math.random() * 2 ** 24) | 0);
    listener.on("connection", (socket) => proxy.connect(socket));
    listener.on("request", (request, response) => void proxy.take(request, response));
    return proxy;
  }

  /** What becomes of everything for which no rule was made. */
  get mode(): Mode {
    return this.whole;
  }

  set mode(mode: Mode) {
    this.whole = mode;
    // What was under way is cut off too.
    if (mode === "refuse") for (const socket of this.sockets) socket.destroy();
  }

  /** Makes a rule for some paths; the latest one counts, also before the mode of the whole. */
  set(where: RegExp, does: Rule["does"]): void {
    this.rules.unshift({ where, does });
  }

  /** Forgets all rules, and lets everything pass. */
  heal(): void {
    this.rules.length = 0;
    this.mode = "pass";
  }

  /** How many requests of a method came for these paths, whatever became of them. */
  count(method: string, where: RegExp): number {
    return this.of(method, where).length;
  }

  /** These requests. Those that nobody took because nobody was there are not among them. */
  of(method: string, where: RegExp): Asked[] {
    return this.asked.filter((each) => each.method === method && where.test(each.path));
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.listener.close(() => done()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private connect(socket: Socket): void {
    if (this.whole === "refuse" && this.rules.length === 0) return void socket.destroy();
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    // A browser that goes away is no fault.
    socket.on("error", () => {});
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks);
    const path = new URL(request.url ?? "/", this.url).pathname;
    const asked: Asked = { method: request.method ?? "", path, body: body.toString("utf8") };
    const does = this.rules.find(({ where }) => where.test(path))?.does ?? this.whole;
    if (does === "refuse") return void request.socket.destroy();
    this.asked.push(asked);
    if (typeof does === "function") return this.answer(response, does(asked));
    if (does === "portal") return this.answer(response, PORTAL);
    if (does === "bad-gateway") return this.answer(response, BAD_GATEWAY);
    if (does === "slow") await new Promise((done) => setTimeout(done, SLOW_MS));
    this.handOn(does instanceof URL ? does : this.upstream, request, body, response, does === "hang-up");
  }

  private answer(response: ServerResponse, { status, type, body }: Answer): void {
    response.writeHead(status, { "content-type": type, ...this.own() });
    response.end(body);
  }

  /**
   * What the network adds. Each connection serves one request: on one that was used before, the browser itself would
   * send again what was cut off, and nobody could say how often the page did.
   */
  private own(): Record<string, string> {
    return { connection: "close", ...(this.varies && { vary: "*" }) };
  }

  private handOn(upstream: URL, request: IncomingMessage, body: Buffer, response: ServerResponse, hangsUp: boolean): void {
    if (this.isManyNetworks) this.network++;
    const network = [16, 8, 0].map((bits) => (this.network >> bits) & 255).join(".");
    const headers = { ...request.headers, connection: "close", "x-forwarded-for": `10.${network}` };
    const { hostname, port } = upstream;
    const asking = ask({ hostname, port, method: request.method, path: request.url, headers, agent: false });
    // The server is away, or went away in the middle: so does the line to the browser.
    asking.on("error", () => request.socket.destroy());
    asking.on("response", (answer) => {
      answer.on("error", () => request.socket.destroy());
      if (hangsUp) {
        // The server has said everything, and nobody hears it.
        answer.resume().on("end", () => request.socket.destroy());
        return;
      }
      const build = this.build && "entaku-build" in answer.headers ? { "entaku-build": this.build } : {};
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...build, ...this.own() });
      answer.pipe(response);
    });
    response.on("close", () => asking.destroy());
    asking.end(body);
  }
}
