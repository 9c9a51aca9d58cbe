// One questionnaire in one language, without a network. What it knows stands in front, written by `mod.rs` beside this
// file: BUILD, SET, SCOPE, LANGUAGE, SLUG, FILES, ICONS, PAGES, DEFINITION.
//
// It keeps one set, the pages and all they load, of one build, and uses its pages only while the set is whole. Pages
// come from the network first, so that nobody who is online sees an old one. It answers GET and nothing else, touches
// no cache but those that begin with "entaku:", and decides nothing: the page says when a new set may take over.

const FAMILY = `entaku:${SLUG}:`;
const PREFIX = `${FAMILY}${LANGUAGE}:`;
const OWN = PREFIX + SET;
const WHOLE = [...FILES, ...ICONS, DEFINITION, ...PAGES];
const BUILD_HEADER = "entaku-build";

// How long the network may take for a page, for the frame of one, and for one row of the outbox.
const [PAGE_MS, FRAME_MS, POST_MS] = [4000, 3000, 20000];

// A login page that comes under a file's name has another type. What has no ending is the definition.
const TYPES = { js: "text/javascript", wasm: "application/wasm", css: "text/css", svg: "image/svg", png: "image/png" };

// The headers that are kept: what makes a page as safe as it came. Not `Vary`, because of a proxy's `Vary: *` the
// browser would refuse to keep the answer; not the encoding, because the bytes come unpacked.
const KEPT_HEADERS = [
  "content-type", "content-security-policy", "referrer-policy", "permissions-policy", "x-content-type-options",
  "cross-origin-opener-policy", BUILD_HEADER,
];

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const held = (path, cacheName) => caches.match(path, { cacheName, ignoreVary: true, ignoreSearch: true });
// A hotel's page does not bear the header; a proxy's excuse and our own trouble are no better than no network.
const isOurs = (answer) => answer.status < 500 && answer.headers.has(BUILD_HEADER);

// What the server has under a path, without cookies, if it is the real thing; else it throws. A redirect throws too.
async function fetched(path) {
  const isPage = PAGES.includes(path);
  const cache = isPage ? "no-cache" : "default";
  const answer = await fetch(path, { mode: "same-origin", credentials: "omit", redirect: "error", cache });
  const type = isPage ? "text/html" : (TYPES[path.split(".").pop()] ?? "application/json");
  const isReal = answer.status === 200 && answer.headers.get("content-type")?.startsWith(type);
  // A page of another build names other files; the next worker is for that one.
  if (!isReal || (isPage && answer.headers.get(BUILD_HEADER) !== BUILD)) throw new Error(`another ${path}`);
  // Whole before it is kept. Safari keeps no answer that is still a stream.
  const bytes = await answer.arrayBuffer();
  if (path === DEFINITION && !path.endsWith(`/${await sha256(bytes)}`)) throw new Error(`another ${path}`);
  const headers = new Headers();
  for (const name of KEPT_HEADERS) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  return new Response(bytes, { headers });
}

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What our caches hold under a path, the best of them asked first.
async function find(path, family, isBest) {
  const names = (await caches.keys()).filter((name) => name.startsWith(family));
  for (const name of [...names.filter(isBest), ...names]) {
    const found = await held(path, name);
    if (found) return found;
  }
}

// A file, from whichever set has it: its name holds a hash, so the bytes are the same.
const file = (path) => find(path, "entaku:", (name) => name === OWN).catch(() => undefined);
// A first page in any language. Of our own build if there is one: another language may be one behind.
const frame = (path) => find(path, FAMILY, (name) => name.includes(`:${BUILD}-`)).catch(() => undefined);

async function isWhole() {
  return (await Promise.all(WHOLE.map((path) => held(path, OWN)))).every(Boolean);
}

// Makes the set whole, or throws. One worker after the other: the second language finds what the first one fetched.
function fill() {
  const work = async () => {
    // The server may have gone back to the set that the worker in charge still uses.
    if (await isWhole()) return;
    const cache = await caches.open(OWN);
    const keep = async (path) => {
      const copy = [...PAGES, ...ICONS].includes(path) ? undefined : await file(path);
      await cache.put(path, copy ?? (await fetched(path)));
    };
    // All of them end before it throws: nothing is still being written into a cache that is thrown away.
    const failed = (await Promise.allSettled(WHOLE.map(keep))).find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
  };
  return navigator.locks ? navigator.locks.request("entaku-fill", work) : work();
}

addEventListener("install", (event) => {
  // Half a set (no network, no room) is worse than none: it goes, and the worker before this one stays.
  const undo = (error) => caches.delete(OWN).then(() => Promise.reject(error));
  event.waitUntil(fill().catch(undo));
});

addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== OWN);
  await Promise.all(older.map((name) => caches.delete(name)));
  // The first worker takes the page that brought it, so that one visit is enough; a later one takes no page by itself.
  if (older.length === 0) await clients.claim();
}

// A new worker waits until no page uses the old one, unless the page says that nobody is answering now.
addEventListener("message", (event) => {
  if (event.data?.entaku === "take-over") event.waitUntil(skipWaiting());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  // A post is never touched: some browsers have sent it again without its body.
  if (request.method !== "GET" || origin !== location.origin) return;
  // The developers' tools ask for what the cache alone has; to pass that on is an error.
  if (request.cache === "only-if-cached" && request.mode !== "same-origin") return;
  if (request.mode === "navigate") {
    const page = pageFor(pathname);
    if (page) event.respondWith(navigation(event, page));
  } else if (pathname.startsWith("/pkg/") || pathname.startsWith("/definitions/") || ICONS.includes(pathname)) {
    event.respondWith(file(pathname).then((found) => found ?? fetch(request)));
  } else if (pathname.split("/").length === 4 && pathname.endsWith(`/questionnaires/${SLUG}`)) {
    event.respondWith(language(request, pathname));
  }
});

// The kept page that stands in for a page of ours: the program in it finds the place by what the phone holds. The scope
// has no slash at its end, so the browser brings the pages of `SLUG-2` as well; they are not ours.
function pageFor(path) {
  if (path === `${SCOPE}/phone`) return path;
  const rest = ["", "/check", "/sent"].map((rest) => SCOPE + rest);
  return rest.includes(path) || path.startsWith(`${SCOPE}/questions/`) ? SCOPE : undefined;
}

// The network, and the kept page when it does not answer, not in time, or not with a page of ours.
async function navigation(event, page) {
  const url = new URL(event.request.url);
  const headers = { accept: event.request.headers.get("accept") ?? "text/html" };
  const stop = new AbortController();
  // Redirects are followed here to see where they lead: one that is left to the browser is opaque, and a hotel's looks
  // like one of ours.
  const how = { mode: "same-origin", credentials: "same-origin", redirect: "follow", headers, signal: stop.signal };
  const network = fetch(url, how);
  // What was refused stands on the server's page alone: whatever comes is shown, however late.
  const isRefused = url.searchParams.has("refused");
  const answer = await (isRefused ? network : Promise.race([network, after(PAGE_MS)])).catch(() => undefined);
  if (answer && (isRefused || isOurs(answer))) {
    // Somebody may have taken a part of the set away.
    if (answer.headers.get(BUILD_HEADER) === BUILD) event.waitUntil(fill().catch(() => undefined));
    // The browser takes no answer to a navigation that was redirected on the way: it is sent there itself.
    return answer.redirected ? Response.redirect(answer.url, 303) : answer;
  }
  // Never a page whose program, style or definition is gone: it would stand there and do nothing.
  const kept = await isWhole().then((is) => (is ? held(page, OWN) : undefined)).catch(() => undefined);
  if (kept) {
    stop.abort();
    return kept;
  }
  // Nothing to offer: as if there were no worker.
  const late = await network.catch(() => undefined);
  return late && !late.redirected ? late : fetch(event.request);
}

// A first page that a page asks for: it takes its frame from there when the person changes the language.
async function language(request, path) {
  const network = fetch(request);
  const answer = await Promise.race([network, after(FRAME_MS)]).catch(() => undefined);
  if (answer && isOurs(answer)) return answer;
  return (await frame(path)) ?? network;
}

addEventListener("sync", (event) => {
  // Pages post under the same lock. Whoever finds it taken leaves it, and the browser asks again later.
  if (event.tag === "entaku-outbox" && navigator.locks) {
    event.waitUntil(navigator.locks.request("entaku-outbox", { ifAvailable: true }, send));
  }
});

// Posts what waits and deletes nothing: that is for the page, which can tell a receipt from a forgery. A row that
// somebody changed by hand is left to the page too.
async function send(lock) {
  let failed = !lock;
  const bodies = lock ? (await rows()).map(bodyOf).filter((body) => typeof body === "string") : [];
  for (const body of bodies) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), POST_MS);
    const headers = { "content-type": "application/json", accept: "application/json" };
    const how = { method: "POST", mode: "same-origin", credentials: "omit", redirect: "error", headers, body };
    const answer = await fetch("/api/v1/responses", { ...how, signal: stop.signal });
    clearTimeout(timer);
    // Somebody else, or too many at once: not one more now. Refused for good (409) is an answer, and so is a receipt.
    if (!answer.headers.has(BUILD_HEADER) || answer.status === 429) throw new Error("not sent");
    failed ||= answer.status >= 500 || answer.status === 408;
  }
  if (failed) throw new Error("not sent");
}

function bodyOf(row) {
  try {
    return JSON.parse(row).body;
  } catch {
    return undefined;
  }
}

function rows() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("entaku");
    // Nobody made it yet. Made here, without its stores, it would never get them.
    opening.onupgradeneeded = () => {
      resolve([]);
      opening.transaction.abort();
    };
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      if (!database.objectStoreNames.contains("outbox")) resolve([]);
      else {
        const reading = database.transaction("outbox").objectStore("outbox").getAll();
        reading.onsuccess = () => resolve(reading.result);
        reading.onerror = () => reject(reading.error);
      }
      // At once, as soon as the reading is over: never in the way of a page that wants to change it.
      database.close();
    };
  });
}
