// What a story's photos cost a reader who has not scrolled yet: eight of them
// on a phone 360 pixels wide, on fine screens, on lines of both sorts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, visitor } from "./browser.mjs";

/** In bytes; what the photos of one page may come to. */
const room = 200_000;
/** Of the finest version, in bytes, as photos with much detail have them (people, leaves, roofs). */
const busy = [24_000, 40_000];
const lines = {
  slow: { latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000, connectionType: "cellular3g" },
  fast: { latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000, connectionType: "cellular4g" },
};
const kinds = { html: "text/html", css: "text/css", js: "text/javascript", webp: "image/webp", jpg: "image/jpeg", png: "image/png", svg: "image/svg+xml" };

let root, server, browser, origin;

function write(path, data) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, data);
}

/** Runs in the browser: a JPEG of noise that falls off with its frequency, as in nature. */
async function nature(seed) {
  const [width, height] = [1600, 1200];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  let state = seed * 7919 + 17;
  const random = () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32;
  context.fillStyle = `hsl(${seed * 47} 40% 45%)`;
  context.fillRect(0, 0, width, height);
  for (let side = 800; side >= 6; side /= 2) {
    const [columns, rows] = [Math.ceil(width / side) + 1, Math.ceil(height / side) + 1];
    const layer = new OffscreenCanvas(columns, rows);
    const own = layer.getContext("2d");
    const data = own.createImageData(columns, rows);
    const tint = random() * 60;
    for (let at = 0; at < data.data.length; at += 4) {
      const light = random() * 255;
      data.data.set([light, light * 0.95 + tint / 10, light * 0.9 + tint / 5, 255], at);
    }
    own.putImageData(data, 0, 0);
    context.globalAlpha = side > 100 ? 0.35 : 0.22;
    context.drawImage(layer, 0, 0, columns * side, rows * side);
  }
  context.globalAlpha = 1;
  for (let n = 0; n < 120; n++) {
    context.fillStyle = `hsl(${random() * 360} 35% ${15 + random() * 60}%)`;
    context.fillRect(random() * width, random() * height, 4 + random() * 120, 2 + random() * 40);
  }
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 });
  return [...new Uint8Array(await blob.arrayBuffer())];
}

const text = "Một đoạn của bài, dài bằng những đoạn mà người ta vẫn viết giữa hai tấm ảnh, kể chuyện đã xảy ra ở đó. ".repeat(3);
const shows = (between) => Array.from({ length: 7 }, (_, n) => `![Ảnh ${n + 1}](${n + 1}.jpg "Chú thích của ảnh")`).join(between);
const story = (title, body) =>
  `---\ntitle: ${title}\nsummary: Tóm tắt của bài, một hai câu như mọi bài.\ndate: 2026-10-20\ncover: {file: 0.jpg, alt: Bìa}\n---\n${text}\n\n${body}\n`;

function build() {
  write("site.yaml", "title: {vi: Tin}\nbase_url: https://tintot.example/\nlanguages:\n  - {tag: vi, name: Tiếng Việt}\n");
  write("content/tin/_index.md", "---\ntitle: Tin\nkind: story\n---\n");
  write("content/tin/bo-anh/index.md", story("Phóng sự ảnh", shows("\n")));
  write("content/tin/bai/index.md", story("Bài có ảnh", shows(`\n\n${text}\n\n`)));
  const built = spawnSync(process.env.TINTOT, ["-r", root, "build", "-o", join(root, "out")], { encoding: "utf8" });
  assert.equal(built.status, 0, built.stderr);
}

before(async () => {
  root = mkdtempSync(join(tmpdir(), "tintot-pictures-"));
  browser = await launch();
  const studio = await browser.newPage();
  for (let n = 0; n < 8; n++) {
    const photo = Buffer.from(await studio.evaluate(nature, n + 1));
    for (const story of ["bo-anh", "bai"]) write(`content/tin/${story}/${n}.jpg`, photo);
  }
  await studio.close();
  build();
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = join(root, "out", pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    response.setHeader("Content-Type", kinds[file.split(".").pop()] ?? "application/octet-stream");
    response.setHeader("Cache-Control", "no-store");
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${server.address().port}`;
});

after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  if (root) rmSync(root, { recursive: true, force: true });
});

/** The photos that a page has asked for once it rests, by bytes. */
async function asked(path, deviceScaleFactor, line) {
  const { context } = await visitor(browser, origin, { viewport: { width: 360, height: 740 }, deviceScaleFactor, isMobile: true });
  const page = await context.newPage();
  const photos = new Map();
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/assets/anh/")) photos.set(pathname, readFileSync(join(root, "out", pathname)).length);
  });
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, ...lines[line] });
  await page.goto(path, { waitUntil: "load" });
  await page.waitForTimeout(1000);
  const still = await page.evaluate(() => scrollY);
  await context.close();
  assert.equal(still, 0);
  return photos;
}

describe("eight photos on a phone", () => {
  for (const path of ["/tin/bo-anh/", "/tin/bai/"]) {
    for (const ratio of [2, 3]) {
      for (const line of Object.keys(lines)) {
        test(`${path} at ratio ${ratio} on a ${line} line`, async (t) => {
          const photos = await asked(path, ratio, line);
          const sizes = [...photos.values()];
          const sum = sizes.reduce((all, size) => all + size, 0);
          t.diagnostic(`${sizes.length} photos, ${sum} bytes: ${[...photos.keys()].map((name) => name.match(/-\d+/)).join(" ")}`);
          assert.ok(sizes.length >= 2, "the first are there");
          const mean = sum / sizes.length;
          assert.ok(mean >= busy[0] && mean <= busy[1], `photos with less or more in them than people take: ${mean}`);
          assert.ok(sum <= room, `${sum} bytes: ${[...photos].join(" ")}`);
        });
      }
    }
  }
});
