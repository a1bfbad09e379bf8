// The preview in a browser: open pages follow what is saved.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, beforeEach, describe, test } from "node:test";
import { launch, visitor, watched } from "./browser.mjs";

let root, server, origin, browser;

function write(path, text) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const long = Array.from({ length: 80 }, (_, n) => `Đoạn thứ ${n + 1} của bài.`).join("\n\n");
const news = (title, more, body) => `---\ntitle: ${title}\ndate: 2026-10-20\n${more}---\n${body}\n`;

before(async () => {
  root = mkdtempSync(join(tmpdir(), "tintot-serve-"));
  write("site.yaml", "title: {vi: Tin}\nbase_url: https://tintot.example/\nlanguages:\n  - {tag: vi, name: Tiếng Việt}\n");
  write("content/tin/_index.md", "---\ntitle: Tin\nkind: news\n---\n");
  write("content/tin/nhap.md", news("Bài nháp", "draft: true\n", "Chưa xong."));
  write("content/tin/bai.md", news("Bài dài", "", long));
  write("static/rieng.css", "h1 { color: rgb(1, 2, 3) }");
  write(
    "themes/default/templates/kinds/news.html",
    '{% extends "entry.html" %}{% block head %}<link rel="stylesheet" href="/rieng.css">{% endblock head %}',
  );
  server = spawn(process.env.TINTOT, ["-r", root, "serve", "-p", "0", "--lang", "vi"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: server.stdout })) {
    origin = line.match(/http:\/\/[^/]+/)?.[0];
    break;
  }
  server.stdout.resume();
  assert.ok(origin, "the server says where it is");
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.kill("SIGINT");
  if (root) rmSync(root, { recursive: true, force: true });
});

beforeEach(() => write("content/tin/bai.md", news("Bài dài", "", long)));

async function open(url) {
  const { context, strays } = await visitor(browser, origin);
  const { page, troubles } = await watched(context);
  await page.goto(url, { waitUntil: "load" });
  await page.waitForSelector("html[data-tintot-live]");
  // Lost by a reload, kept by anything less.
  await page.evaluate(() => {
    window.since = "the first load";
  });
  const loaded = () => page.evaluate(() => window.since);
  return { page, troubles, strays, loaded };
}

describe("the preview", () => {
  test("a save reloads the page and keeps the place", async () => {
    const { page, troubles, strays, loaded } = await open("/tin/bai/");
    await page.waitForFunction(() => document.body.scrollHeight > 3000);
    await page.evaluate(() => {
      scrollTo({ top: 1500, behavior: "instant" });
      document.querySelector("footer a").focus({ preventScroll: true });
    });
    const focus = () => page.evaluate(() => document.activeElement.getAttribute("href"));
    const focused = await focus();
    assert.ok(focused, "a link has the focus");
    write("content/tin/bai.md", news("Bài dài", "", `${long}\n\nCâu mới viết.`));
    await page.getByText("Câu mới viết.").waitFor({ state: "attached" });
    await page.waitForSelector("html[data-tintot-live]");
    await page.waitForFunction(() => Math.abs(scrollY - 1500) < 4);
    assert.equal(await loaded(), undefined, "it was loaded anew");
    assert.equal(await focus(), focused);
    assert.deepEqual(troubles, []);
    assert.deepEqual(strays, []);
    await page.context().close();
  });

  test("new styles come without a reload", async () => {
    const { page, troubles, loaded } = await open("/tin/bai/");
    const colour = () => page.locator("h1").evaluate((title) => getComputedStyle(title).color);
    assert.equal(await colour(), "rgb(1, 2, 3)");
    for (const number of [4, 5]) {
      write("static/rieng.css", `h1 { color: rgb(${number}, ${number}, ${number}) }`);
      await page.waitForFunction(
        (wanted) => getComputedStyle(document.querySelector("h1")).color === wanted,
        `rgb(${number}, ${number}, ${number})`,
      );
    }
    assert.equal(await loaded(), "the first load");
    assert.equal(await page.locator('link[href*="rieng.css"]').count(), 1, "no sheet is left behind");
    assert.deepEqual(troubles, []);
    await page.context().close();
  });

  test("an error lies over the page until it is mended", async () => {
    const { page, troubles, loaded } = await open("/tin/bai/");
    write("content/tin/bai.md", news("Bài dài", "titel: nhầm\n", long));
    const panel = page.locator("tintot-problems .panel");
    await panel.waitFor();
    const said = await panel.textContent();
    for (const words of ["T0103", "content/tin/bai.md:4", "titel", "bản tốt gần nhất"]) {
      assert.ok(said.includes(words), `${words}: ${said}`);
    }
    assert.equal(await panel.locator("mark").first().textContent(), "titel");
    assert.equal(await page.locator("h1").textContent(), "Bài dài");
    const { width, height } = await panel.boundingBox();
    assert.ok(width <= 360 && height <= 400, `${width} x ${height}`);
    write("content/tin/bai.md", news("Bài dài", "", long));
    await panel.waitFor({ state: "detached" });
    assert.equal(await loaded(), "the first load", "nothing has changed, so nothing is loaded");
    assert.deepEqual(troubles, []);
    await page.context().close();
  });

  test("drafts have a badge, other pages have none", async () => {
    const draft = await open("/tin/nhap/");
    assert.equal(await draft.page.locator("tintot-badge .mark").textContent(), "Bản nháp");
    assert.ok(await draft.page.locator("tintot-badge .mark").isVisible());
    await draft.page.context().close();
    const live = await open("/tin/bai/");
    assert.equal(await live.page.locator("tintot-badge").count(), 0);
    await live.page.context().close();
  });

  test("two tabs follow, each its own page", async () => {
    const one = await open("/tin/bai/");
    const two = await open("/tin/nhap/");
    write("content/tin/bai.md", news("Bài dài", "", "Ngắn lại."));
    await one.page.getByText("Ngắn lại.").waitFor();
    assert.equal(await two.loaded(), "the first load");
    write("content/tin/nhap.md", news("Bài nháp", "draft: true\n", "Sắp xong."));
    await two.page.getByText("Sắp xong.").waitFor();
    await one.page.context().close();
    await two.page.context().close();
  });
});
