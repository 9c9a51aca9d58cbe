// A desk's page in one language, without a network. What it knows stands in front, written by `worker.rs` beside this
// file: SCOPE, LANGUAGE, PAGE, FILES, SET.
//
// It keeps one set, the page and all it loads, and uses it only while it is whole. The page is the same for every desk
// and knows nobody's name; names are in the program's own storage, and no call or stream passes through here. It
// answers GET alone and touches no cache but those that begin with "entaku-desk:".

const PREFIX = `entaku-desk:${LANGUAGE}:`;
const OWN = PREFIX + SET;
const WHOLE = [...FILES, PAGE];
const BUILD_HEADER = "entaku-build";
const PAGE_MS = 3000;

const TYPES = { js: "text/javascript", wasm: "application/wasm", css: "text/css", svg: "image/svg" };
const KEPT_HEADERS = [
  "content-type", "content-security-policy", "referrer-policy", "permissions-policy", "x-content-type-options",
  "cross-origin-opener-policy", BUILD_HEADER,
];

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const held = (path) => caches.match(path, { cacheName: OWN, ignoreVary: true, ignoreSearch: true });

// What the server has under a path, without cookies, if it is the real thing; else it throws: a hotel's page does not
// bear the header, and a login page under a file's name has another type.
async function fetched(path) {
  const cache = path === PAGE ? "no-cache" : "default";
  const answer = await fetch(path, { mode: "same-origin", credentials: "omit", redirect: "error", cache });
  const type = path === PAGE ? "text/html" : TYPES[path.split(".").pop()];
  const isReal = answer.status === 200 && answer.headers.get("content-type")?.startsWith(type);
  if (!isReal || (path === PAGE && !answer.headers.has(BUILD_HEADER))) throw new Error(`another ${path}`);
  // Whole before it is kept. Safari keeps no answer that is still a stream.
  const bytes = await answer.arrayBuffer();
  const headers = new Headers();
  for (const name of KEPT_HEADERS) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  return new Response(bytes, { headers });
}

async function isWhole() {
  return (await Promise.all(WHOLE.map(held))).every(Boolean);
}

async function fill() {
  if (await isWhole()) return;
  const cache = await caches.open(OWN);
  const done = await Promise.allSettled(WHOLE.map(async (path) => cache.put(path, await fetched(path))));
  const failed = done.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
}

addEventListener("install", (event) => {
  // Half a set is worse than none: it goes, and the worker before this one stays.
  event.waitUntil(fill().catch((error) => caches.delete(OWN).then(() => Promise.reject(error))));
});

addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== OWN);
  await Promise.all(older.map((name) => caches.delete(name)));
  if (older.length === 0) await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.cache === "only-if-cached" && request.mode !== "same-origin") return;
  if (request.mode === "navigate" && /^[0-9a-f]{32}$/.test(pathname.slice(SCOPE.length))) {
    event.respondWith(navigation(event));
  } else if (FILES.includes(pathname)) {
    event.respondWith(held(pathname).catch(() => undefined).then((found) => found ?? fetch(request)));
  }
});

// The network, and the kept page when it does not answer, not in time, or not with a page of ours.
async function navigation(event) {
  const network = fetch(event.request);
  const answer = await Promise.race([network, after(PAGE_MS)]).catch(() => undefined);
  if (answer && answer.status < 500 && answer.headers.has(BUILD_HEADER)) {
    event.waitUntil(fill().catch(() => undefined));
    return answer;
  }
  const kept = await isWhole().then((is) => (is ? held(PAGE) : undefined)).catch(() => undefined);
  return kept ?? network;
}
