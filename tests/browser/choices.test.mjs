// What readers choose and do: a language, a colour scheme, a size of text, to
// share; and the words that depend on their clock.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, visitor, watched } from "./browser.mjs";
import { fallback, heaviest, pages, serve, sorts } from "./site.mjs";

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
  const { page, troubles } = await watched(context);
  await page.goto(url, { waitUntil: "load" });
  return { page, troubles };
}

async function switchTo(page, tag) {
  await page.locator(".langs summary").click();
  const link = page.locator(`.panel a[lang="${tag}"]`);
  const path = await link.getAttribute("href");
  await link.click();
  await page.waitForURL((url) => url.pathname === path);
  return path;
}

const home = (tag) => sorts[`home ${tag}`].url;
const isPage = (url) => pages.find((one) => one.url === url);

describe("languages", () => {
  const translated = heaviest((one) => one.kind === "story" && one.lang === "vi" && one.alternates.en);

  test("a translated story leads to itself and back", async () => {
    const { page } = await open(translated.url);
    const title = await page.locator("h1").textContent();
    const path = await switchTo(page, "en");
    assert.equal(new URL(translated.alternates.en).pathname, path);
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.notEqual(await page.locator("h1").textContent(), title);
    assert.equal(await page.locator('.panel a[aria-current]').getAttribute("lang"), "en");
    assert.equal(await switchTo(page, "vi"), translated.url);
    assert.equal(await page.locator("html").getAttribute("lang"), "vi");
    assert.equal(await page.locator("h1").textContent(), title);
    await page.context().close();
  });

  test("every entry leads in each language to itself, to a stand-in or to a home page", () => {
    const wrong = [];
    for (const one of pages.filter((each) => each.type === "entry")) {
      for (const [tag, url] of Object.entries(one.switch)) {
        const target = isPage(url);
        const same = target && (target.switch[one.lang] === one.url || target.switch.vi === one.switch.vi);
        if (!target || target.lang !== tag || !(url === home(tag) || same)) wrong.push(`${one.url} -> ${tag} ${url}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  test("an entry that is not translated leads to its stand-in, which says so", async () => {
    const stand = heaviest((one) => fallback(one) && one.lang === "km" && one.kind === "story" && one.switch.vi !== home("vi"));
    const { page } = await open(stand.switch.vi);
    assert.equal(await switchTo(page, "km"), stand.url);
    assert.equal(await page.locator("html").getAttribute("lang"), "km");
    const banner = page.locator(".entry-head > .banner").first();
    assert.ok(await banner.isVisible());
    assert.equal(await banner.locator("a").getAttribute("href"), stand.switch.vi);
    for (const part of ["h1", ".sapo", ".entry-main"]) {
      assert.equal(await page.locator(`article.entry ${part}`).first().getAttribute("lang"), "vi", part);
    }
    await page.context().close();
  });

  test("one without a stand-in leads to the home page of the language", async () => {
    const alone = heaviest((one) => one.type === "entry" && one.lang === "vi" && one.switch.km === home("km"));
    const { page } = await open(alone.url);
    assert.equal(await switchTo(page, "km"), home("km"));
    assert.equal(await page.locator("html").getAttribute("lang"), "km");
    await page.context().close();
  });
});

describe("how a page is shown", () => {
  /** Notes what the root says of itself when the body comes into being. */
  function witness() {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      const { scheme, text } = document.documentElement.dataset;
      window.first = { scheme: scheme ?? "", text: text ?? "" };
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  }
  const first = (page) => page.evaluate(() => window.first);
  const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const size = (page) => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));

  test("a scheme and a size, once chosen, hold on every page from its first paint", async () => {
    const { page, troubles } = await open(home("vi"), { colorScheme: "light" });
    await page.addInitScript(witness);
    const [light, normal] = [await background(page), await size(page)];
    await page.locator(".langs summary").click();
    const button = page.locator("[data-scheme-switch]");
    const name = await button.getAttribute("aria-label");
    await button.click();
    await button.click();
    assert.notEqual(await button.getAttribute("aria-label"), name);
    await page.locator('button[data-text="1"]').click();
    const dark = await background(page);
    assert.notEqual(dark, light);
    for (const go of [() => page.locator(".menu a").first().click(), () => page.reload()]) {
      await go();
      await page.waitForLoadState("load");
      assert.deepEqual(await first(page), { scheme: "dark", text: "1" });
      assert.equal(await background(page), dark);
      assert.ok((await size(page)) > normal);
    }
    await page.locator(".langs summary").click();
    await button.click();
    await page.locator('button[data-text="-1"]').click();
    await page.reload({ waitUntil: "load" });
    assert.deepEqual(await first(page), { scheme: "", text: "" });
    assert.equal(await background(page), light);
    assert.deepEqual(troubles, []);
    await page.context().close();
  });

  test("the scheme's button says its state once, however often it is pressed", async () => {
    const { page } = await open(home("vi"));
    await page.locator(".langs summary").click();
    const button = page.locator("[data-scheme-switch]");
    const name = () => button.getAttribute("aria-label");
    const start = await name();
    for (let press = 0; press < 3; press += 1) await button.click();
    assert.equal(await name(), start);
    await page.context().close();
  });

  test("without a choice the device's scheme holds", async () => {
    const { page } = await open(home("vi"), { colorScheme: "dark" });
    const dark = await background(page);
    await page.emulateMedia({ colorScheme: "light" });
    assert.notEqual(await background(page), dark);
    await page.context().close();
  });

  test("the text grows and shrinks within bounds", async () => {
    const { page } = await open(home("vi"));
    await page.locator(".langs summary").click();
    const [less, more] = [page.locator('button[data-text="-1"]'), page.locator('button[data-text="1"]')];
    for (let press = 0; press < 3; press += 1) await more.click();
    assert.ok(await more.isDisabled());
    for (let press = 0; press < 4; press += 1) await less.click();
    assert.ok(await less.isDisabled());
    await page.context().close();
  });
});

describe("sharing", () => {
  const story = sorts["story"];

  test("links are plain and carry the page's address", async () => {
    const { page } = await open(story.url, { javaScriptEnabled: false });
    const links = await page.locator(".share a").evaluateAll((all) =>
      all.map(({ href, target, rel }) => ({ href, target, rel })));
    const at = (href) => new URL(href);
    assert.deepEqual(
      links.map(({ href, target, rel }) => [at(href).host, at(href).searchParams.get("u") ?? at(href).searchParams.get("url"), target, rel]),
      [
        ["www.facebook.com", story.canonical, "_blank", "noopener noreferrer"],
        ["zalo.me", story.canonical, "_blank", "noopener noreferrer"],
      ],
    );
    await page.context().close();
  });

  test("a press copies the address and says so", async () => {
    const { page } = await open(story.url, { permissions: ["clipboard-read", "clipboard-write"] });
    await page.locator("[data-copy]").click();
    await page.waitForFunction(() => document.querySelector("[data-status]").textContent !== "");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), story.canonical);
    await page.context().close();
  });
});

test("events say how far away they are, by the reader's clock", async () => {
  const { context } = await visitor(browser, server.origin);
  const { page } = await watched(context);
  const start = sorts["event"].html.match(/data-start="([^"]+)"/)[1];
  const badge = async (moment) => {
    await page.clock.setFixedTime(moment);
    await page.goto(sorts["event"].url, { waitUntil: "load" });
    return (await page.locator(".ticket .badge-now").allTextContents()).join("|");
  };
  const day = 24 * 3600 * 1000;
  const began = Date.parse(start);
  const words = [await badge(new Date(began - 5 * day)), await badge(new Date(began - day)), await badge(new Date(began + 400 * day))];
  assert.match(words[0], /5/);
  assert.equal(new Set(words).size, 3);
  assert.ok(words.every((text) => text && !text.includes("{")), words.join(", "));
  await context.close();
});

test("an old address leads on to the new one", async () => {
  const old = heaviest((one) => one.type === "redirect");
  const { context } = await visitor(browser, server.origin);
  const page = await context.newPage();
  // It names the site's own address, which is out of reach here.
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname !== old.url && request.isNavigationRequest());
  await page.goto(old.url, { waitUntil: "commit" });
  assert.equal((await asked).url(), old.canonical);
  await context.close();
});
