// Every sort of page, on a phone and on a desk, in light and in dark: rules of
// accessibility, room, targets, the security policy, requests and links.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { AxeBuilder, launch, visitor, watched } from "./browser.mjs";
import { fileOf, serve, sorts } from "./site.mjs";

const shots = process.env.SHOTS;
const widths = [360, 1280];
const schemes = ["light", "dark"];

let server, browser, visit;
before(async () => {
  if (shots) mkdirSync(shots, { recursive: true });
  server = await serve();
  browser = await launch();
  visit = await visitor(browser, server.origin);
});
after(async () => {
  await browser?.close();
  server?.close();
});

/** Of the rules, only those of colour can tell dark from light. */
async function violations(page, scheme) {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (scheme === "dark") axe.withRules(["color-contrast", "link-in-text-block"]);
  else axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
  const { violations: found } = await axe.analyze();
  return found.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.any[0]?.message ?? rule.help}`));
}

/** What reaches over the right edge, outside of boxes that scroll by themselves. */
function tooWide() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (node) => node && (/auto|scroll|hidden|clip/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  const over = [...document.body.querySelectorAll("*")]
    .filter((node) => node.getBoundingClientRect().right > root.clientWidth + 0.5 && !scrolls(node.parentElement))
    .map((node) => `${node.tagName.toLowerCase()}.${node.className} ${node.textContent.trim().slice(0, 40)}`);
  return [`${root.scrollWidth} px in ${root.clientWidth}`, ...over.slice(0, 5)];
}

/** Controls and ways about that are smaller than 24 by 24 pixels. */
function tooSmall() {
  const wanted = "header a, header summary, header button, nav a, .pages a, .share a, .share button, .chips a, .foot a, .feed header a";
  return [...document.querySelectorAll(wanted)]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.matches(".skip"))
    // A link in running text is as high as its line.
    .filter((node) => !node.closest(".sapo, .prose, .banner"))
    .map((node) => [node, node.getBoundingClientRect()])
    .filter(([, box]) => box.width < 24 || box.height < 24)
    .map(([node, box]) => `${node.textContent.trim().slice(0, 30)}: ${box.width.toFixed(1)} x ${box.height.toFixed(1)}`);
}

/** Same-origin addresses that the page asks for or leads to. */
function addresses() {
  const own = [...document.querySelectorAll("[src], [href]")]
    .map((node) => new URL(node.getAttribute("src") ?? node.getAttribute("href"), document.baseURI))
    .filter((url) => url.origin === location.origin);
  return [...new Set(own.map((url) => url.pathname))];
}

async function shoot(page, name, width, scheme) {
  if (!shots) return;
  const file = `${name.replaceAll(" ", "-")}-${width}-${scheme}.png`;
  await page.screenshot({ path: join(shots, file), fullPage: true });
}

async function brokenPictures(page) {
  return page.evaluate(async () => {
    const all = [...document.images];
    for (const picture of all) picture.loading = "eager";
    await Promise.all(all.map((picture) => picture.decode().catch(() => {})));
    return all.filter((picture) => !picture.naturalWidth).map((picture) => picture.src);
  });
}

/** A browser about to lose XSLT says so by a box of its own, which our policy cuts to size. */
const ofTheBrowser = (url, trouble) => url.endsWith(".xml") && /XSLT|inline/.test(trouble);

async function look(name, url) {
  const { page, troubles } = await watched(visit.context);
  const wrong = [];
  const note = (where, found) => wrong.push(...found.map((what) => `${where}: ${what}`));
  const response = await page.goto(url, { waitUntil: "load" });
  assert.equal(response.status(), 200);
  note("picture", await brokenPictures(page));
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      note(`${width} ${colorScheme}`, await violations(page, colorScheme));
      await shoot(page, name, width, colorScheme);
    }
    note(`${width}`, await page.evaluate(tooWide));
    note(`${width}, too small`, await page.evaluate(tooSmall));
  }
  await page.setViewportSize({ width: 320, height: 640 });
  note("320", await page.evaluate(tooWide));
  await page.evaluate(() => { document.documentElement.dataset.text = "3"; });
  note("320, text at 150 %", await page.evaluate(tooWide));
  note("leads nowhere", (await page.evaluate(addresses)).filter((path) => !fileOf(path)));
  note("trouble", troubles.filter((trouble) => !ofTheBrowser(url, trouble)));
  await page.close();
  assert.deepEqual(wrong, []);
}

describe("every sort of page", { concurrency: 2 }, () => {
  for (const [name, one] of Object.entries(sorts)) {
    test(name, async () => {
      assert.ok(one, "the site has no such page");
      await look(name, one.url);
    });
  }
  for (const url of ["/rss.xml", "/atom.xml", "/km/rss.xml"]) {
    test(`feed ${url}`, () => look(`feed${url.replaceAll("/", "-")}`, url));
  }
});

test("no request left the site", () => assert.deepEqual(visit.strays, []));
