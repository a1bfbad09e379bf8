// Chromium, driven: takes nothing, gives contexts that let no request leave
// the site and pages that keep a record of everything that went wrong.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.TOOLS, "package.json"));
const { chromium } = require("playwright-core");
export const AxeBuilder = require("@axe-core/playwright").default;

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A context whose requests to other origins are stopped; `strays` keeps them. */
export async function visitor(browser, origin, options = {}) {
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 360, height: 640 }, ...options });
  const strays = [];
  await context.route((url) => url.origin !== origin, (route) => {
    strays.push(route.request().url());
    return route.abort();
  });
  return { context, strays };
}

/** A page and its list of troubles: errors, failed loads, refusals by the policy. */
export async function watched(context) {
  const page = await context.newPage();
  const troubles = [];
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI}`);
    });
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`script: ${error}`));
  page.on("requestfailed", (request) => {
    // Leaving a page gives up what it was still loading.
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") troubles.push(`${why}: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
  return { page, troubles };
}
