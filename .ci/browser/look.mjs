// The sample site as a browser shows it: every kind of page on a phone and on a desk, light and dark.
//
//     node look.mjs HOME WORK PROGRAM PROJECT
//
// HOME holds node_modules (package.json beside this file) and WORK takes the site and the pictures. Ends with status 1
// where a page logs an error, asks another host for anything, is wider than the screen, or breaks a rule of axe-core,
// where the search does not find, or where Lighthouse gives less than 95 of 100.
import { execFile, execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const [home, work, program, project] = process.argv.slice(2).map((given) => path.resolve(given));
const require = createRequire(path.join(home, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const PORT = 8917;
const origin = `http://127.0.0.1:${PORT}`;
const faults = [];

const site = path.join(work, "look");
const output = path.join(site, "output");
const pictures = path.join(work, "pictures");

/** The sample site under the address that it is served at, with the explanation of two texts beside it. */
function build() {
  mkdirSync(pictures, { recursive: true });
  mkdirSync(site, { recursive: true });
  cpSync(path.join(project, "input"), path.join(site, "input"), { recursive: true });
  const settings = readFileSync(path.join(project, "dateline.toml"), "utf8");
  writeFileSync(path.join(site, "dateline.toml"), settings.replace(/^base_url = .*$/m, `base_url = "${origin}/"`));
  execFileSync(program, ["build", "-q"], { cwd: site });
  mkdirSync(path.join(output, "explain"), { recursive: true });
  for (const name of ["2026-09-14-pilotage-panel", "2026-04-22-arabic-training"]) {
    const page = execFileSync(program, ["explain", "--html", `input/${name}.txt`], { cwd: site });
    writeFileSync(path.join(output, "explain", `${name}.html`), page);
  }
}

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".json": "application/json",
  ".jsonld": "application/ld+json",
  ".css": "text/css; charset=utf-8",
  ".xml": "text/xml; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
};

function serve() {
  const server = createServer((request, answer) => {
    const asked = decodeURIComponent(new URL(request.url, origin).pathname);
    if (asked === "/favicon.ico") return answer.writeHead(204).end();
    const file = path.join(output, asked.endsWith("/") ? `${asked}index.html` : asked);
    if (!file.startsWith(output) || !existsSync(file) || !statSync(file).isFile()) return answer.writeHead(404).end();
    answer.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" });
    answer.end(readFileSync(file));
  });
  return new Promise((ready) => server.listen(PORT, "127.0.0.1", () => ready(server)));
}

/** One page of each kind, and those whose language runs from right to left. */
function kinds() {
  const in_ = (folder, part) => {
    const name = readdirSync(path.join(output, folder)).find((name) => name.includes(part) && name.endsWith(".html"));
    if (!name) throw new Error(`no page in ${folder} whose name holds ${part}`);
    return `/${folder}/${encodeURIComponent(name)}`;
  };
  return {
    index: "/",
    year: in_("years", "2026.html"),
    language: in_("years", ".fr.html"),
    release: in_("releases", "pilotage-panel"),
    report: in_("releases", "annual-report"),
    "release-rtl": in_("releases", "arabic"),
    picture: in_("releases", "night-of-the-lights"),
    event: in_("events", "night-of-the-lights"),
    "event-rtl": in_("events", "arabic"),
    search: "/search.html?q=phare",
    feed: "/feed.xml",
    explain: "/explain/2026-09-14-pilotage-panel.html",
    "explain-rtl": "/explain/2026-04-22-arabic-training.html",
  };
}

async function look(browser, name, address, width, scheme) {
  const told = `${name} at ${width} px, ${scheme}`;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    deviceScaleFactor: 1,
    isMobile: width < 500,
  });
  const page = await context.newPage();
  page.on("console", (line) => ["error", "warning"].includes(line.type()) && faults.push(`${told}: ${line.text()}`));
  page.on("pageerror", (error) => faults.push(`${told}: ${error}`));
  page.on("requestfailed", (request) => faults.push(`${told}: ${request.url()} failed`));
  page.on("response", (answer) => answer.status() >= 400 && faults.push(`${told}: ${answer.url()}: ${answer.status()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`)) faults.push(`${told}: asks for ${request.url()}`);
  });
  await page.goto(origin + address, { waitUntil: "networkidle" });
  if (name === "search") {
    const found = await page.locator("#found a").count();
    if (found !== 1) faults.push(`${told}: finds ${found} releases`);
  }
  if (name === "feed") {
    const shown = await page.evaluate(() => getComputedStyle(document.querySelector("item > title")).display);
    if (shown !== "block") faults.push(`${told}: is shown without its style sheet`);
  } else {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    for (const { id, nodes } of violations) faults.push(`${told}: axe ${id}: ${nodes[0].html.slice(0, 160)}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) faults.push(`${told}: ${wide} px wider than the screen`);
  await page.screenshot({ path: path.join(pictures, `${name}-${width}-${scheme}.png`), fullPage: name !== "feed" });
  await context.close();
}

/** Without script the search page leads to every year. */
async function withoutScript(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/search.html`);
  if (!(await page.locator(".years a").count())) faults.push("search without script: leads nowhere");
  await context.close();
}

async function print(browser, address) {
  const page = await browser.newPage();
  await page.goto(origin + address);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.screenshot({ path: path.join(pictures, "release-print.png") });
  await page.close();
}

/** Lighthouse over a page; what it measures of speed is the machine's, so a slow one may try again. */
async function lighthouse(name, address) {
  let lacking = await marks(name, address);
  if (lacking.length) lacking = await marks(name, address);
  faults.push(...lacking.map((what) => `lighthouse: ${name}: ${what}`));
}

/** The categories with less than 95 of 100, each with what costs it marks. */
async function marks(name, address) {
  const report = path.join(work, "lighthouse.json");
  const options = [
    require.resolve("lighthouse/cli/index.js"),
    origin + address,
    "--quiet",
    "--output=json",
    `--output-path=${report}`,
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    "--only-categories=performance,accessibility,best-practices,seo",
  ];
  try {
    await promisify(execFile)(process.execPath, options, { env: { ...process.env, CHROME_PATH: browserPath } });
  } catch (error) {
    return [`does not run: ${String(error.stderr).slice(-400)}`];
  }
  const { categories, audits } = JSON.parse(readFileSync(report, "utf8"));
  const all = Object.values(categories);
  console.log(`lighthouse: ${name}: ${all.map(({ id, score }) => `${id} ${Math.round(score * 100)}`).join(", ")}`);
  const lost = ({ auditRefs }) =>
    auditRefs.filter(({ id, weight }) => weight && audits[id].score !== null && audits[id].score < 0.9).map(({ id }) => id);
  return all.filter(({ score }) => score < 0.95).map((category) => `${category.id}: ${lost(category).join(", ")}`);
}

build();
const server = await serve();
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu"] });
const pages = kinds();
for (const [name, address] of Object.entries(pages)) {
  for (const width of [390, 1440]) {
    for (const scheme of ["light", "dark"]) await look(browser, name, address, width, scheme);
  }
}
await withoutScript(browser);
await print(browser, pages.report);
await browser.close();
console.log(`looked at ${Object.keys(pages).length} pages, each on a phone and a desk, light and dark; pictures in ${pictures}`);
for (const name of ["index", "release", "event"]) await lighthouse(name, pages[name]);
server.close();
console.log(faults.length ? `faults:\n${faults.join("\n")}` : "no faults");
process.exit(faults.length ? 1 : 0);
