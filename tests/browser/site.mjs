// A built site: takes its folder from SITE, gives its pages by what they are
// and a server on a free loopback port that sends the headers of `_headers`.
// Never changes a file.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, relative } from "node:path";

export const root = process.env.SITE;

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "text/xml; charset=utf-8",
  ".xsl": "text/xsl; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".webmanifest": "application/manifest+json",
};

/** The file behind an address of the site, or undefined where there is none. */
export function fileOf(pathname) {
  let path = join(root, normalize(decodeURIComponent(pathname)));
  if (pathname.endsWith("/")) path = join(path, "index.html");
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? path : undefined;
}

/** `_headers` as [pattern, name, value], in the file's order. */
export function headerRules() {
  const rules = [];
  let pattern = "";
  for (const line of readFileSync(join(root, "_headers"), "utf8").split("\n")) {
    if (!line.trim()) continue;
    if (!/^\s/.test(line)) pattern = line.trim();
    else rules.push([pattern, line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()]);
  }
  return rules;
}

function applies(pattern, pathname) {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(pathname);
}

/** Serves the site until `close()`; `origin` has no slash at its end. */
export async function serve() {
  const rules = headerRules();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const found = fileOf(pathname);
    const file = found ?? join(root, "404.html");
    response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
    for (const [pattern, name, value] of rules) {
      if (applies(pattern, pathname)) response.setHeader(name, value);
    }
    // A browser keeps what is told to be immutable; tests want to see each request.
    response.setHeader("Cache-Control", "no-store");
    response.writeHead(found ? 200 : 404);
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function page(file) {
  const html = readFileSync(file, "utf8");
  const path = relative(root, file);
  const own = (pattern) => html.match(pattern)?.[1] ?? "";
  return {
    url: "/" + path.replace(/(^|\/)index\.html$/, "$1"),
    lang: own(/<html lang="([^"]*)"/),
    type: own(/<body class="page-([a-z_]+)/),
    kind: own(/<article class="entry kind-([a-z_]+)/),
    canonical: own(/<link rel="canonical" href="([^"]*)"/),
    alternates: Object.fromEntries(
      [...html.matchAll(/<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"/g)].map((hit) => [hit[1], hit[2]]),
    ),
    switch: Object.fromEntries(
      [...(html.match(/<div class="panel">.*?<\/ul>/s)?.[0] ?? "").matchAll(/<a href="([^"]*)" lang="([^"]*)"/g)]
        .map((hit) => [hit[2], hit[1]]),
    ),
    html,
  };
}

/** Every HTML page of the site, in the order of their addresses. */
export const pages = readdirSync(root, { recursive: true })
  .filter((name) => name.endsWith(".html"))
  .sort()
  .map((name) => page(join(root, name)));

/** The heaviest page that fits: the one with the most to go wrong. */
export function heaviest(fits) {
  return pages.filter(fits).reduce((most, one) => (most && most.html.length >= one.html.length ? most : one), undefined);
}

const has = (text) => (one) => one.html.includes(text);
const entry = (kind, lang) => (one) => one.kind === kind && one.lang === lang && !fallback(one);

/** Whether a page shows an entry in another language than its own. */
export function fallback(one) {
  return one.type === "entry" && /<p class="banner"[^>]*>[^<]*<a [^>]*hreflang=/.test(one.html);
}

/** One page of each sort that readers meet, by a name; undefined where the site has none. */
export const sorts = Object.fromEntries(
  Object.entries({
    "home vi": (one) => one.type === "home" && one.lang === "vi",
    "home en": (one) => one.type === "home" && one.lang === "en",
    "home km": (one) => one.type === "home" && one.lang === "km",
    "home tyz": (one) => one.type === "home" && one.lang === "tyz",
    "story": entry("story", "vi"),
    "story with a picture": (one) => entry("story", "vi")(one) && has('class="figure cover"')(one),
    "story of a series": (one) => entry("story", "vi")(one) && has('class="series"')(one),
    "story en": entry("story", "en"),
    "story km": entry("story", "km"),
    "story in another language": (one) => one.kind === "story" && one.lang === "km" && fallback(one),
    "news": entry("news", "vi"),
    "model": entry("model", "vi"),
    "model en": entry("model", "en"),
    "event": (one) => entry("event", "vi")(one) && !has("ticket status-cancelled")(one),
    "event cancelled": (one) => entry("event", "vi")(one) && has("ticket status-cancelled")(one),
    "document": entry("document", "vi"),
    "page": entry("page", "vi"),
    "long title": (one) => one.type === "entry" && one.lang === "vi" && has('<h1 class="long"')(one),
    "section of stories": (one) => one.type === "section" && one.lang === "vi" && has("kind-story")(one),
    "section of models": (one) => one.type === "section" && one.lang === "vi" && has("card-model")(one),
    "section of events": (one) => one.type === "section" && one.lang === "vi" && has('class="event ')(one),
    "section of documents": (one) => one.type === "section" && one.lang === "vi" && has("line kind-document")(one),
    "section km": (one) => one.type === "section" && one.lang === "km",
    "numbered page": (one) => has('class="page-n" aria-current')(one),
    "term": (one) => one.type === "term" && one.lang === "vi",
    "unit": (one) => one.lang === "vi" && has('id="h-below"')(one),
    "unit with units to compare": (one) => one.type === "term" && one.lang === "vi" && has('id="h-units"')(one),
    "programme": (one) => one.type === "term" && one.lang === "vi" && has('class="numbers"')(one),
    "year": (one) => one.type === "yearly" && one.lang === "vi" && has('id="h-months"')(one),
    "years": (one) => one.type === "yearly" && one.lang === "vi" && has('id="h-years"')(one),
    "awards of a year": (one) => one.type === "awards" && one.lang === "vi" && has('class="roll"')(one),
    "appeal": (one) => one.type === "entry" && one.lang === "vi" && has('id="h-receipts"')(one),
    "before and after": (one) => one.type === "entry" && one.lang === "vi" && has('class="before-after"')(one),
    "opportunity": (one) => one.type === "entry" && one.lang === "vi" && has("fact-deadline")(one),
    "section of opportunities": (one) => one.type === "section" && one.lang === "vi" && has("badge-closed")(one),
    "work": (one) => one.type === "entry" && one.lang === "vi" && has("fact-beneficiaries")(one),
    "term km": (one) => one.type === "term" && one.lang === "km",
    "terms": (one) => one.type === "terms" && one.lang === "vi" && !has("terms-units")(one),
    "terms of units": (one) => one.type === "terms" && one.lang === "vi" && has("terms-units")(one),
    "terms km": (one) => one.type === "terms" && one.lang === "km",
    "archive": (one) => one.type === "archive" && one.lang === "vi",
    "month": (one) => one.type === "month" && one.lang === "vi",
    "calendar": (one) => one.type === "agenda" && one.lang === "vi" && !has("agenda-grid")(one),
    "calendar of a month": (one) => one.type === "agenda" && one.lang === "vi" && has("agenda-grid")(one),
    "calendar km": (one) => one.type === "agenda" && one.lang === "km" && has("agenda-grid")(one),
    "column": (one) => one.type === "column" && one.lang === "vi" && has('id="h-story"')(one),
    "press": (one) => one.type === "press" && one.lang === "vi",
    "kit": (one) => one.type === "kit" && one.lang === "vi",
    "sheet": (one) => one.type === "sheet" && one.lang === "vi",
    "not found": (one) => one.type === "not_found" && one.lang === "vi",
    "not found tyz": (one) => one.type === "not_found" && one.lang === "tyz",
    "withdrawn": (one) => one.type === "withdrawn",
  }).map(([name, fits]) => [name, heaviest(fits)]),
);
