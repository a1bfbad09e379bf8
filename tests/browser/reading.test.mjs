// Reading by itself: without scripts, with a keyboard only, on paper, over a
// slow line, and in an application for feeds.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { launch, visitor, watched } from "./browser.mjs";
import { fileOf, pages, root, serve, sorts } from "./site.mjs";

let server, browser;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function open(url, options) {
  const { context } = await visitor(browser, server.origin, options);
  const { page } = await watched(context);
  await page.goto(url, { waitUntil: "load" });
  return page;
}

describe("without scripts", () => {
  const named = ["home vi", "story of a series", "model", "event", "page", "section of events", "numbered page", "terms"];
  for (const name of named) {
    test(`${name} can be read`, async () => {
      const page = await open(sorts[name].url, { javaScriptEnabled: false });
      const wrong = await page.evaluate(() => {
        const seen = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        const text = [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dd, td, img)")]
          .filter((node) => !node.closest("[hidden], details:not([open])") && (node.textContent.trim() || node.matches("img")));
        const kept = text.filter((node) => !seen(node)).map((node) => `not seen: ${node.outerHTML.slice(0, 80)}`);
        const shown = [...document.querySelectorAll("button, [hidden]")].filter(seen).map((node) => `useless: ${node.outerHTML.slice(0, 80)}`);
        return kept.concat(shown);
      });
      assert.deepEqual(wrong, []);
      await page.context().close();
    });
  }

  test("languages, menu and contents open and lead on", async () => {
    const page = await open(sorts["page"].url, { javaScriptEnabled: false });
    await page.locator("details.contents summary").click();
    assert.ok(await page.locator("details.contents a").first().isVisible());
    await page.locator(".menu a").first().click();
    await page.waitForURL((url) => url.pathname !== sorts["page"].url);
    await page.locator(".langs summary").click();
    await page.locator('.panel a[lang="en"]').click();
    await page.waitForURL((url) => url.pathname.startsWith("/en/"));
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await page.context().close();
  });
});

describe("with a keyboard", () => {
  const focused = (page) => page.evaluate(() => {
    const node = document.activeElement;
    const ring = [getComputedStyle(node), getComputedStyle(node, "::after")]
      .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
    const box = node.getBoundingClientRect();
    return {
      name: `${node.tagName.toLowerCase()}.${node.className} ${node.textContent.trim().slice(0, 30)}`,
      body: node === document.body,
      skip: node.matches(".skip"),
      main: node.matches("main"),
      ring,
      inView: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
  });

  test("the way past the masthead comes first and leads to the content", async () => {
    const page = await open(sorts["story"].url);
    await page.keyboard.press("Tab");
    const first = await focused(page);
    assert.ok(first.skip && first.inView, JSON.stringify(first));
    await page.keyboard.press("Enter");
    assert.ok((await focused(page)).main);
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
    await page.context().close();
  });

  for (const name of ["home vi", "story of a series", "event", "numbered page"]) {
    test(`${name}: each stop is seen`, async () => {
      const page = await open(sorts[name].url);
      const wrong = [];
      let stops = 0;
      for (; stops < 150; stops += 1) {
        await page.keyboard.press("Tab");
        const stop = await focused(page);
        if (stop.body) break;
        if (!stop.ring || !stop.inView) wrong.push(`${stop.ring ? "out of view" : "no ring"}: ${stop.name}`);
      }
      assert.ok(stops > 20, `${stops} stops`);
      assert.deepEqual(wrong, []);
      await page.context().close();
    });
  }

  test("the languages open by Enter, close by Escape and are left by Tab", async () => {
    const page = await open(sorts["home vi"].url);
    await page.locator(".langs summary").focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.querySelector(".langs").open), true);
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.querySelector(".langs").open), false);
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.lang), "en");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/en/");
    await page.context().close();
  });
});

test("on paper there is the text and nothing to press", async () => {
  const page = await open(sorts["story of a series"].url, { viewport: { width: 700, height: 990 } });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const seen = await page.evaluate(() => {
    const visible = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility());
    return {
      controls: visible("nav, button, .tools, .share, .skip").map((node) => node.className || node.tagName),
      title: visible("h1").length,
      lost: [...document.querySelectorAll(".prose p")].filter((node) => !node.checkVisibility()).length,
      paper: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.body).color,
    };
  });
  assert.deepEqual(seen, { controls: [], title: 1, lost: 0, paper: "rgb(255, 255, 255)", ink: "rgb(0, 0, 0)" });
  await page.context().close();
});

describe("feeds in a browser", () => {
  for (const url of ["/rss.xml", "/atom.xml", "/km/rss.xml"]) {
    test(`${url} explains itself and lists entries`, async () => {
      const page = await open(url);
      // A browser without XSLT shows the feed by its CSS: text, no links.
      const transformed = await page.evaluate(() => document.documentElement.localName === "html");
      const shown = await page.evaluate(() =>
        [...document.querySelectorAll(":is(item, entry) > title, .feed-item h3")].filter((node) => node.checkVisibility()).length);
      assert.ok(shown >= 3, `${shown} entries are shown`);
      if (transformed) {
        const links = await page.locator(".feed-item h3 a").evaluateAll((all) => all.map((link) => link.href));
        assert.equal(links.length, shown);
        for (const link of links) assert.ok(fileOf(new URL(link).pathname), link);
        assert.ok(await page.locator(".feed-about").isVisible());
        assert.ok(await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main")).paddingInlineStart)) >= 12);
      }
      await page.context().close();
    });
  }
});

describe("over a slow line", () => {
  const weight = (path) => gzipSync(readFileSync(path), { level: 6 }).length;
  const css = (one) => one.html.match(/<link rel="stylesheet" href="([^"]+)"/)[1];

  test("a story with its style sheet is under 30 KB", () => {
    const heavy = pages.filter((one) => one.kind === "story" || one.kind === "news")
      .map((one) => [one.url, weight(fileOf(one.url)) + weight(fileOf(css(one)))])
      .filter(([, bytes]) => bytes >= 30 * 1024);
    assert.deepEqual(heavy, []);
  });

  test("the style sheet is under 14 KB", () => assert.ok(weight(fileOf(css(sorts["story"]))) < 14 * 1024));

  test("all scripts together are under 12 KB before compression", () => {
    const sizes = readdirSync(join(root, "assets")).filter((name) => name.endsWith(".js"))
      .map((name) => readFileSync(join(root, "assets", name)).length);
    assert.ok(sizes.length > 0);
    const sum = sizes.reduce((total, size) => total + size, 0);
    assert.ok(sum < 12 * 1024, `${sum} bytes`);
  });
});
