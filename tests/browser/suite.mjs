// One Chromium for the whole suite. Takes {browser, profile, pages: {name: url}} as JSON on stdin and prints
// {check: [problem, …]} on stdout; a check without problems has passed. What is expected stands in test_browser.py.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launched } from "./chromium.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };
const MODES = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  narrow: { viewport: NARROW },
  print: { media: "print" },
};
// A page without its margins; its text has to be 6 points there, which are 8 px, and 9 px on a screen.
const PAPERS = { A4: { width: 680, height: 1009 }, A3: { width: 1009, height: 1474 } };
const ROWS = "tr[data-readers]";
const TODAY = "2025-06-03T12:00:00";

const { browser: executablePath, profile, pages } = JSON.parse(readFileSync(0, "utf-8"));
const browser = await launched(executablePath, profile);

async function opened(url, { media, at = TODAY, ...options } = {}, look) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(`script error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  page.on("request", (request) => request.url().startsWith("file:") || problems.push(`fetched ${request.url()}`));
  page.on("dialog", (dialog) => (problems.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  await page.clock.setFixedTime(new Date(at));
  if (media) await page.emulateMedia({ media });
  await page.goto(url);
  problems.push(...(await look(page)));
  await context.close();
  return problems;
}

const shown = (page) => page.locator(ROWS).evaluateAll((rows) => rows.filter((row) => row.checkVisibility()).map((row) => row.id));
const all = (page) => page.locator(ROWS).evaluateAll((rows) => rows.map((row) => row.id));
const same = (said, found, expected) =>
  JSON.stringify(found) === JSON.stringify(expected) ? [] : [`${said}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`];

async function accessibility(page) {
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate((values) => axe.run(document, { runOnly: values, resultTypes: ["violations"] }), WCAG);
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.any[0]?.message ?? ""}`));
  return passes.length ? found : ["axe examined nothing"];
}

async function scrolling(page) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  return width <= NARROW.width ? [] : [`the page is ${width} px wide`];
}

async function sizes(page, least) {
  const found = await page.evaluate(() => {
    const written = [...document.querySelectorAll("body *")].filter(
      (each) => each.checkVisibility() && !["title", "desc", "SCRIPT", "STYLE"].includes(each.tagName) && [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
    );
    return written.map((each) => {
      const matrix = each.ownerSVGElement ? each.closest("text")?.getScreenCTM() : null;
      return [parseFloat(getComputedStyle(each).fontSize) * (matrix ? Math.hypot(matrix.a, matrix.b) : 1), each.textContent.trim().slice(0, 40)];
    });
  });
  const small = found.filter(([size]) => size < least).map(([size, text]) => `${size.toFixed(1)} px: ${text}`);
  return found.length ? small : ["no text"];
}

// The year's middle is half a turn from the top: 2 July of a year of 365 days, at noon.
async function handsOfTheDay(page) {
  const turns = await page.locator(".cirkel").evaluateAll((circles) => circles.map((each) => each.querySelector(".idag")?.getAttribute("transform")));
  return [...(turns.length ? [] : ["no circle"]), ...same("hands", turns, turns.map(() => "rotate(180)"))];
}

async function noHand(page) {
  return [
    ...same("hands", await page.locator(".idag").count(), 0),
    ...same("said", await page.locator("#idag").isVisible(), false),
    ...((await page.locator(".cirkel").count()) ? [] : ["no circle"]),
  ];
}

async function agendaInstead(page) {
  const [circles, listed] = await page.evaluate(() => ["svg.hjul", ".months li"].map((each) => [...document.querySelectorAll(each)].filter((found) => found.checkVisibility()).length));
  return [...same("circles", circles, 0), ...(listed ? [] : ["no list"])];
}

async function everyRow(page) {
  const rows = await all(page);
  const count = rows.length ? [] : ["no rows"];
  return [...count, ...same("rows shown", await shown(page), rows)];
}

async function noScriptButOurs(page) {
  const found = await page.evaluate(() => ({
    ran: "ran" in window,
    scripts: document.scripts.length,
    handlers: [...document.querySelectorAll("*")].flatMap((each) => each.getAttributeNames()).filter((name) => name.startsWith("on")),
    schemes: [...document.links].map((link) => link.protocol).filter((scheme) => !["file:", "http:", "https:", "mailto:"].includes(scheme)),
  }));
  return same("scripts", found, { ran: false, scripts: 1, handlers: [], schemes: [] });
}

const focused = (page) => page.evaluate(() => document.activeElement?.name || document.activeElement?.id || document.activeElement?.tagName);

async function tabTo(page, name, most = 200) {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === name) return [];
  }
  return [`${most} Tab do not come to ${name}`];
}

async function filtersByKeyboard(page) {
  const rows = await all(page);
  const ofBoard = await page.locator(ROWS).evaluateAll((found) => found.filter((row) => row.dataset.readers.split(" ").includes("KF")).map((row) => row.id));
  const problems = ofBoard.length && ofBoard.length < rows.length ? [] : ["the body concerns no row, or all"];
  problems.push(...(await tabTo(page, "vem", 5)));
  await page.keyboard.type("Kommunfullm");
  problems.push(...same("by body", await shown(page), ofBoard));
  const important = await page.locator("tr[data-row]").evaluateAll((found) => found.filter((row) => row.checkVisibility()).map((row) => row.dataset.row));
  problems.push(...same("key dates of others", important.filter((row) => !ofBoard.includes(row)), []));
  problems.push(...(important.length ? [] : ["no key date is left"]));
  const bright = await page.locator(".gantt [data-row]:not(.faded)").evaluateAll((found) => found.map((line) => line.dataset.row));
  problems.push(...same("lines of others", bright.filter((row) => !ofBoard.includes(row)), []));
  problems.push(...same("said", await page.getByRole("status").textContent(), `Visar ${ofBoard.length} av ${rows.length} aktiviteter.`));
  problems.push(...(await tabTo(page, "text")));
  await page.keyboard.type("RAMBUDGET");
  problems.push(...same("by body and text", await shown(page), ["budget_kf"]));
  problems.push(...same("address", await page.evaluate(() => location.search), "?vem=KF&text=RAMBUDGET"));
  await page.reload();
  problems.push(...same("after reload", await shown(page), ["budget_kf"]));
  problems.push(...(await tabTo(page, "plan-filter-all")));
  await page.keyboard.press("Enter");
  problems.push(...same("all again", await shown(page), rows), ...same("address", await page.evaluate(() => location.search), ""));
  return problems;
}

async function linksToRows(page) {
  await page.evaluate(() => (location.hash = "#budget_ks"));
  await page.waitForFunction(() => document.querySelector(":target")?.checkVisibility());
  return [
    ...same("all rows, for one hidden was asked for", await shown(page), await all(page)),
    ...same("address", await page.evaluate(() => location.search), ""),
    ...((await page.locator("#budget_ks").evaluate((row) => row.getBoundingClientRect().top < innerHeight)) ? [] : ["the row is out of sight"]),
  ];
}

const today = (page) => page.evaluate(() => [...document.querySelectorAll(".today")].map((line) => Math.round(line.getAttribute("x1"))));

async function todayIsMarked(page) {
  const places = await page.evaluate(() =>
    [...document.querySelectorAll("svg.gantt")].map(({ dataset: { first, days, left, right } }) =>
      Math.round(Number(left) + (right - left) * (((new Date("2025-06-03") - new Date(first)) / 864e5 + 0.5) / days)),
    ),
  );
  const told = await page.locator("#plan-today").textContent();
  return [
    ...(places.length ? [] : ["no chart"]),
    ...same("lines", await today(page), places),
    ...same("said", told, "I dag är det tisdag 3 juni 2025. Härnäst: KS: rambudget 2026, preliminärt tisdag 3 juni 2025"),
  ];
}

async function todayIsNotMarked(page) {
  return [...same("lines", await today(page), []), ...same("said", await page.locator("#plan-today").isVisible(), false)];
}

async function keyDatesAlone(page) {
  const headings = await page.locator("h1, h2").evaluateAll((found) => found.filter((each) => each.checkVisibility()).map((each) => each.textContent));
  return same("headings", headings, ["Tidplan för budget 2026", "Viktiga datum"]);
}

const checks = {};
for (const name of ["plan", "wide", "index", "wheel", "one", "broken"])
  for (const [mode, options] of Object.entries(MODES)) checks[`axe ${name} ${mode}`] = [name, options, accessibility];
for (const name of ["plan", "wide", "index", "wheel", "one", "hostile", "broken"]) checks[`scroll ${name}`] = [name, { viewport: NARROW }, scrolling];
for (const name of ["plan", "broken"]) checks[`rows without javascript ${name}`] = [name, { javaScriptEnabled: false }, everyRow];
for (const name of ["plan", "hostile", "broken"]) {
  checks[`scripts ${name}`] = [name, {}, noScriptButOurs];
  checks[`scripts without policy ${name}`] = [name, { bypassCSP: true }, noScriptButOurs];
}
checks["filters by keyboard"] = ["plan", {}, filtersByKeyboard];
checks["filters by keyboard narrow"] = ["plan", { viewport: NARROW }, filtersByKeyboard];
checks["links to rows"] = ["plan", { query: "?organ=KF" }, linksToRows];
checks["today within the plan"] = ["plan", {}, todayIsMarked];
checks["today after the plan"] = ["plan", { at: "2027-01-01T12:00:00" }, todayIsNotMarked];
checks["today without javascript"] = ["plan", { javaScriptEnabled: false }, todayIsNotMarked];
checks["key dates alone on screen"] = ["plan", { query: "#bara-viktiga-datum" }, keyDatesAlone];
checks["key dates alone in print"] = ["plan", { query: "#bara-viktiga-datum", media: "print" }, keyDatesAlone];

for (const name of ["wheel", "one", "index", "broken"]) {
  for (const [width, viewport] of [[1280, WIDE], [320, NARROW]]) checks[`sizes ${name} ${width}`] = [name, { viewport }, (page) => sizes(page, 9)];
  for (const [paper, viewport] of Object.entries(PAPERS)) checks[`sizes ${name} ${paper}`] = [name, { viewport, media: "print" }, (page) => sizes(page, 8)];
}
for (const name of ["wheel", "index"]) {
  const year = { wheel: 2026, index: 2025 }[name];
  checks[`hand ${name}`] = [name, { at: `${year}-07-02T12:00:00` }, handsOfTheDay];
  checks[`hand of another year ${name}`] = [name, { at: "2031-07-02T12:00:00" }, noHand];
  checks[`hand without javascript ${name}`] = [name, { at: `${year}-07-02T12:00:00`, javaScriptEnabled: false }, noHand];
  checks[`agenda ${name}`] = [name, { viewport: NARROW }, agendaInstead];
}

const waiting = Object.entries(checks);
const results = {};
async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, [target, { query = "", ...options }, look]] = next;
    results[name] = await opened(pages[target] + query, options, look).catch((error) => [String(error)]);
  }
}
await Promise.all([work(), work()]);
await browser.close();
process.stdout.write(JSON.stringify(results));
