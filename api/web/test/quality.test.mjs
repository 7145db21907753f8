// Accessibility, reflow, colour schemes, languages, hostile data: d2 lines 19 to
// 22.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { answerOf, mock } from "./charts.mjs";
import { accessible, ask, box, close, drawn, fits, open, stop } from "./page.mjs";

const { WENSHU_DEMO: demo, WENSHU_HOSTILE: hostile } = process.env;
after(stop);

// states walks through what a visitor sees and looks at each.
async function states(page, look) {
  await page.locator(".starters button").first().waitFor();
  await look("first visit");
  await box(page).pressSequentially("销");
  await page.locator(".suggestions li").first().waitFor();
  await look("typing");
  const turn = await ask(page, "上个月各大区销售额同比 qqqq").catch(() => null);
  assert.ok(turn);
  await look("refusal");
  const answered = await ask(page, "今年每个月各大区销售额");
  await drawn(answered);
  await look("chart");
  for (const view of [1, 2, 3]) {
    await answered.locator("[role=tab]").nth(view).click();
    await look(`view ${view}`);
  }
  for (const chip of ["metric", "period", "group", "adds"]) {
    await answered.locator(`.chip.${chip} .face`).first().click();
    await answered.locator(".pop").waitFor();
    await look(`chip ${chip}`);
    await page.keyboard.press("Escape");
  }
  await answered.locator(".opinion button").nth(1).click();
  await look("feedback");
  await ask(page, "上个月的利润");
  await look("choices");
  for (const button of [".top .tool >> nth=0", ".top .worded >> nth=0"]) {
    await page.locator(button).click();
    await page.locator(".side").waitFor();
    await look(button);
    await page.keyboard.press("Escape");
  }
  await page.locator(".top .worded").nth(1).click();
  await page.locator("wenshu-board h1").waitFor();
  await look("board");
}

const variants = [["zh-CN", false, 1180], ["en", true, 1180], ["zh-TW", false, 360], ["en", true, 320]];

for (const [lang, dark, width] of variants) {
  test(`axe-core finds nothing and nothing is too wide: ${lang}, ${dark ? "dark" : "light"}, ${width} px`, async () => {
    const page = await open(demo, { lang, dark, width, height: width < 600 ? 720 : 860 });
    await states(page, async (state) => {
      await accessible(page, state);
      await fits(page, state);
    });
    await close(page);
  });
}

test("every kind of chart is accessible in light and dark", async () => {
  for (const dark of [false, true]) {
    const page = await open(demo, { dark });
    await mock(page, (kind) => answerOf(kind));
    for (const kind of ["line", "bar", "pie", "heatmap"]) await drawn(await ask(page, kind));
    await accessible(page, `charts ${dark}`);
    await close(page);
  }
});

test("400 % zoom reflows, forced colours show what is chosen", async () => {
  const page = await open(demo, { width: 295, height: 215, deviceScaleFactor: 2, forced: true });
  const turn = await ask(page, "上个月各大区销售额");
  await drawn(turn);
  await fits(page, "400 %");
  const line = await turn.locator("[role=tab][aria-selected=true]").evaluate((e) => getComputedStyle(e, "::after").backgroundColor);
  assert.notEqual(line, "rgba(0, 0, 0, 0)");
  await close(page);
});

test("a tour by keyboard alone: ask, change a chip, read the table, export, opinion", async () => {
  const page = await open(demo);
  await page.waitForFunction(() => document.querySelector("wenshu-chat").shadowRoot.activeElement?.matches(".box"));
  const focus = async (selector) => {
    for (let i = 0; i < 120; i++) {
      if (await page.evaluate((s) => document.querySelector("wenshu-chat").shadowRoot.activeElement?.matches(s), selector)) return;
      await page.keyboard.press("Shift+Tab");
    }
    assert.fail(`the keyboard does not reach ${selector}`);
  };
  const visible = () => page.evaluate(() => {
    const e = document.querySelector("wenshu-chat").shadowRoot.activeElement;
    const s = getComputedStyle(e);
    return e.matches(".box") || s.outlineStyle !== "none";
  });
  await page.keyboard.type("上个月各大区销售额");
  await page.locator(".suggestions li").first().waitFor({ timeout: 3000 }).catch(() => undefined);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.locator(".foot").waitFor();
  await focus(".opinion .tool");
  assert.ok(await visible());
  await focus("wenshu-menu[icon=download] .tool");
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  await page.locator("[role=menuitem]").first().waitFor();
  await page.keyboard.press("Enter");
  assert.match((await download).suggestedFilename(), /\.csv$/);
  await focus("[role=tab]");
  await page.keyboard.press("ArrowRight");
  await page.locator("tbody tr").nth(3).waitFor();
  await focus(".chip.period .face");
  await page.keyboard.press("Enter");
  await page.locator(".presets button").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".turn").nth(1).locator(".foot").waitFor();
  await focus(".opinion .tool");
  await page.keyboard.press("Enter");
  await page.locator(".turn").nth(1).locator(".why input").first().waitFor();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  for (let i = 0; i < 5; i++) await page.keyboard.press("Tab");
  await page.keyboard.type("六月");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator(".turn").nth(1).locator(".thanked").waitFor();
  await close(page);
});

test("finished answers are said, in whole sentences", async () => {
  const page = await open(demo);
  const turn = await ask(page, "上个月各大区销售额");
  await page.waitForFunction((text) => document.querySelector("wenshu-chat").shadowRoot.querySelector(".unseen[role=status]").textContent === text, (await turn.locator(".sentence").textContent()).trim());
  assert.equal(await page.locator("[role=log]").getAttribute("aria-label"), "问答");
  await close(page);
});

test("targets are large enough, colours follow the scheme and the attribute", async () => {
  const page = await open(demo, { hasTouch: true, isMobile: true, width: 390, height: 800 });
  const turn = await ask(page, "上个月各大区销售额");
  await drawn(turn);
  const small = await page.evaluate(() => [...document.querySelector("wenshu-chat").shadowRoot.querySelectorAll("button, select, input, textarea")].filter((e) => e.checkVisibility()).map((e) => [e.className, e.getBoundingClientRect()]).filter(([, r]) => r.width < 24 || r.height < 24).map(([c, r]) => `${c} ${r.width}x${r.height}`));
  assert.deepEqual(small, []);
  const ground = () => page.evaluate(() => getComputedStyle(document.querySelector("wenshu-chat")).backgroundColor);
  const light = await ground();
  await page.locator(".top .tool").last().tap();
  await page.waitForFunction(() => document.querySelector("wenshu-chat").theme === "dark");
  assert.notEqual(await ground(), light);
  await close(page);
});

test("hostile texts run nothing and load nothing, in every view and kind of chart", async () => {
  const page = await open(hostile);
  await page.locator(".starters button").first().waitFor();
  await page.locator(".top .worded").first().click();
  await page.locator(".found button").first().waitFor();
  await page.keyboard.press("Escape");
  await box(page).fill("x");
  await page.locator(".suggestions li").first().waitFor();
  await page.locator(".mark.unread").waitFor();
  for (const kind of ["line", "bar", "column", "pie", "heatmap", "scatter", "small_multiples", "waterfall", "bullet", "number"]) {
    const turn = await ask(page, kind);
    if (kind !== "number") await drawn(turn);
    for (const view of [1, 2, 3]) {
      await turn.locator("[role=tab]").nth(view).click();
      assert.match(await turn.locator(".panel").textContent(), /<img/);
    }
    await turn.locator(".chip.metric .face").first().click();
  }
  assert.deepEqual(await page.evaluate(() => [window.pwned, document.querySelector("wenshu-chat").shadowRoot.querySelectorAll("img, script").length, document.scripts.length]), [undefined, 0, 1]);
  await close(page);
});
