// A tab of the widget in the distribution's Chromium, and what tests ask of it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;

export async function start() {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--renderer-process-limit=1"] });
  return browser;
}

export async function stop() {
  await browser?.close();
  browser = undefined;
}

// open opens the page of a server. complaints is what the browser complained
// about, foreign what was fetched from elsewhere.
export async function open(server, { width = 1180, height = 860, lang = "zh-CN", viewer = "fay", dark = false, path = "/", forced = false, before, ...more } = {}) {
  const context = await (await start()).newContext({ viewport: { width, height }, colorScheme: dark ? "dark" : "light", reducedMotion: "reduce", forcedColors: forced ? "active" : "none", acceptDownloads: true, locale: lang, ...more });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.complaints = [];
  page.foreign = [];
  page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") page.complaints.push(m.text()); });
  page.on("pageerror", (e) => page.complaints.push(e.message));
  page.on("request", (r) => { if (!r.url().startsWith(server) && !/^(data|blob):/.test(r.url())) page.foreign.push(r.url()); });
  await before?.(page);
  await page.goto(`${server}${path}?lang=${lang}&viewer=${viewer}`);
  return page;
}

export async function close(page) {
  const { complaints, foreign } = page;
  await page.context().close();
  assert.deepEqual(complaints, []);
  assert.deepEqual(foreign, []);
}

export const box = (page) => page.locator(".box");
export const last = (page) => page.locator(".turn").last();

// ask types a question, sends it by keyboard and waits for what comes of it.
export async function ask(page, question) {
  const before = await page.locator(".turn").count();
  await box(page).fill(question);
  await box(page).press("Enter");
  const turn = page.locator(".turn").nth(before);
  await turn.locator(".foot").first().waitFor();
  return turn;
}

// drawn waits until the chart of a turn stands.
export async function drawn(turn) {
  await turn.locator(".stage svg path").first().waitFor({ state: "attached" });
}

// paint gives the widget a scheme, which its attribute does.
export async function paint(page, theme) {
  await page.evaluate(async (t) => {
    const chat = document.querySelector("wenshu-chat");
    chat.theme = t;
    await chat.updateComplete;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, theme);
}

// accessible fails on anything that axe-core finds in a page or frame; earlier
// turns, which have been looked at, are left out, and so is what follows the
// twelfth of its like in a list. With colours, only the rules about colours are
// held; with a selector, only what it finds is looked at. One rule is left out: HTML has no element for a combobox of several lines,
// and the question box is one.
export async function accessible(page, state, colours = false, part = "") {
  const there = () => page.evaluate("Boolean(window.axe)");
  if (!(await there())) await page.evaluate(`(() => { ${axe} })()`).catch(() => undefined);
  if (!(await there())) await page.context().newCDPSession(page).then((s) => s.send("Runtime.evaluate", { expression: axe }));
  const found = await page.evaluate(async ([some, only]) => {
    const root = document.querySelector("wenshu-chat").shadowRoot;
    const seen = [...[...root.querySelectorAll(".turn")].slice(0, -1), ...root.querySelectorAll(":is(.found ul, .options, .suggestions) > :nth-child(n + 13)")];
    const options = { resultTypes: ["violations"], ...(some ? { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } } : { rules: { "aria-allowed-role": { enabled: false } } }) };
    const { violations } = await window.axe.run(only ? root.querySelector(only) : seen.length > 0 ? { include: document, exclude: seen } : document, options);
    return violations.map((v) => `${v.id}: ${v.nodes.slice(0, 2).map((n) => `${n.target} ${n.failureSummary}`).join(" | ")}`);
  }, [colours, part]);
  assert.deepEqual(found, [], state);
}

// fits fails when something is wider than its window.
export async function fits(page, state) {
  const wide = await page.evaluate(() => {
    const root = document.querySelector("wenshu-chat").shadowRoot;
    const scrollers = [document.documentElement, root.querySelector(".flow"), root.querySelector(".frame")];
    return scrollers.filter((e) => e && e.scrollWidth > e.clientWidth + 1).map((e) => `${e.className || e.tagName} ${e.scrollWidth} > ${e.clientWidth}`);
  });
  assert.deepEqual(wide, [], state);
}
