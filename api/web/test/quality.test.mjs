// Accessibility, reflow, colour schemes, languages, hostile data: d2 lines 19 to
// 22.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { answerOf, mock } from "./charts.mjs";
import { accessible, ask, box, close, drawn, fits, last, open, paint, stop } from "./page.mjs";

const { WENSHU_DEMO: demo, WENSHU_SLOW: slow, WENSHU_HOSTILE: hostile, WENSHU_TRUSTING: trusting } = process.env;
after(stop);

const questions = {
  "zh-CN": { typed: "销", refused: "上个月的qqqq", drawn: "今年每个月各大区销售额", filtered: "上个月华东各省销售额前5名", choices: "上个月的利润" },
  "zh-TW": { typed: "銷", refused: "上個月的qqqq", drawn: "今年每個月各大區銷售額", filtered: "上個月華東各省銷售額前5名", choices: "上個月的利潤" },
  en: { typed: "rev", refused: "qqqq last month", drawn: "monthly revenue by region this year", filtered: "top 5 provinces by revenue in East China last month", choices: "profit last month" },
};

// states walks through what a visitor sees and looks at each; what has been seen
// around a part is not looked at again.
async function states(page, lang, look) {
  const q = questions[lang];
  await page.locator(".starters button").first().waitFor();
  await look("first visit");
  await box(page).pressSequentially(q.typed);
  await page.locator(".suggestions li").first().waitFor();
  await look("typing");
  await box(page).fill("slow one");
  await box(page).press("Escape");
  await box(page).press("Enter");
  await last(page).locator(".card.draft").waitFor();
  await look("working");
  await box(page).press("Escape");
  await last(page).locator(".working.stopped").waitFor();
  await look("stopped");
  await ask(page, q.refused);
  await look("refusal");
  await ask(page, q.choices);
  await last(page).locator(".choices button").first().waitFor();
  await look("choices");
  const answered = await ask(page, q.drawn);
  await drawn(answered);
  await look("chart");
  for (const view of ["table", "sql", "how"]) {
    await answered.locator(`[role=tab][id$=${view}]`).click();
    await look(view, ".turn:last-child .panel");
  }
  await answered.locator("wenshu-menu[icon=download] .tool").click();
  await answered.locator("[role=menuitem]").first().waitFor();
  await look("export", "[role=menu]");
  await page.keyboard.press("Escape");
  await answered.locator(".opinion button").nth(1).click();
  await answered.locator(".why textarea").waitFor();
  await look("feedback", ".why");
  const filtered = await ask(page, q.filtered);
  const rest = filtered.locator(".chips .rest button");
  if (await rest.isVisible()) {
    await rest.click();
  }
  for (const chip of ["metric", "filter", "period", "group", "sort", "limit", "adds"]) {
    await filtered.locator(`.chip.${chip} .face`).first().click();
    await filtered.locator(".pop .option, .pop .check").first().waitFor();
    await look(`chip ${chip}`, ".pop");
    await page.keyboard.press("Escape");
  }
  await page.route("**/api/v1/ask", (r) => r.abort());
  await box(page).fill(q.drawn);
  await box(page).press("Escape");
  await box(page).press("Enter");
  await last(page).locator(".card.problem").waitFor();
  await look("error");
  await page.unroute("**/api/v1/ask");
  page.complaints.length = 0; // the connection was cut on purpose
  for (const button of [".top .tool >> nth=0", ".top .worded >> nth=0"]) {
    await page.locator(button).click();
    await page.locator(".side").waitFor();
    await look(button);
    await page.keyboard.press("Escape");
  }
  await filtered.locator("wenshu-menu[icon=copy] ~ .tool").nth(1).click();
  await filtered.locator(".said", { hasText: /\S/ }).waitFor();
  await page.locator(".top .worded").nth(1).click();
  await page.locator(".pinned .card.answer .foot").first().waitFor();
  await look("board");
}

for (const [lang, width] of [["zh-CN", 1180], ["zh-TW", 360], ["en", 320]]) {
  test(`axe-core finds nothing and nothing is too wide in any state: ${lang}, ${width} px, light and dark`, async () => {
    const page = await open(slow, { lang, width, height: width < 600 ? 720 : 860 });
    await states(page, lang, async (state, part) => {
      await fits(page, state);
      await accessible(page, `${state}, light`, false, part);
      await paint(page, "dark");
      await accessible(page, `${state}, dark`, true, part); // the same elements in other colours
      await paint(page, "light");
    });
    await close(page);
  });
}

test("axe-core finds nothing where one signs in", async () => {
  const page = await open(trusting);
  await page.locator(".sign-in input").waitFor();
  page.complaints.length = 0; // the browser reports that one is not let in
  await accessible(page, "sign in, light");
  await paint(page, "dark");
  await accessible(page, "sign in, dark");
  await close(page);
});

test("every kind of chart is accessible in light and dark", async () => {
  const page = await open(demo);
  await mock(page, (kind) => answerOf(kind));
  for (const kind of ["line", "bar", "pie", "heatmap"]) {
    await drawn(await ask(page, kind));
    await accessible(page, `${kind}, light`);
    await paint(page, "dark");
    await accessible(page, `${kind}, dark`, true);
    await paint(page, "light");
  }
  await close(page);
});

test("400 % zoom reflows, forced colours show what is chosen", async () => {
  const page = await open(demo, { width: 295, height: 215, deviceScaleFactor: 2, forced: true });
  const turn = await ask(page, "上个月各大区销售额");
  await drawn(turn);
  await fits(page, "400 %");
  // A browser in forced colours repaints grounds: what is chosen must have the colour of what is chosen.
  const system = (name) => page.evaluate((colour) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.backgroundColor = colour;
    const seen = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return seen;
  }, name);
  const [chosen, ground] = [await system("Highlight"), await system("Canvas")];
  assert.notEqual(chosen, ground);
  assert.equal(await turn.locator("[role=tab][aria-selected=true]").evaluate((e) => getComputedStyle(e, "::after").backgroundColor), chosen);
  await box(page).fill("销");
  await page.locator(".suggestions li").first().waitFor();
  await box(page).press("ArrowDown");
  const option = await page.locator(".suggestions [aria-selected=true]").evaluate((e) => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineColor]; });
  assert.deepEqual(option, ["solid", chosen]);
  await box(page).press("Escape");
  for (const edge of [".card", ".boxed"]) assert.equal(await page.locator(edge).last().evaluate((e) => getComputedStyle(e).borderTopStyle), "solid", edge);
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
    const probe = e.getRootNode().querySelector(".flow").appendChild(document.createElement("i"));
    probe.style.color = "var(--accent)"; // not the browser's own
    const accent = getComputedStyle(probe).color;
    probe.remove();
    return e.matches(".box") || s.outlineStyle === "solid" && parseFloat(s.outlineWidth) >= 2 && s.outlineColor === accent;
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
  const low = await turn.evaluate((e) => [...e.querySelectorAll(".tool, .chip .face, [role=tab]")].filter((x) => x.checkVisibility() && x.getBoundingClientRect().height < 44).map((x) => x.className));
  assert.deepEqual(low, [], "a finger needs 44 px");
  const ground = () => page.evaluate(() => getComputedStyle(document.querySelector("wenshu-chat")).backgroundColor);
  const light = await ground();
  await page.locator(".top .tool").last().tap();
  await page.waitForFunction(() => document.querySelector("wenshu-chat").theme === "dark");
  assert.notEqual(await ground(), light);
  await close(page);
});

test("its colours follow the system, and its attribute goes before", async () => {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.querySelector("wenshu-chat")).backgroundColor);
  const [light, dark] = [await open(demo), await open(demo, { dark: true })];
  const [day, night] = [await ground(light), await ground(dark)];
  assert.notEqual(day, night);
  await paint(dark, "light");
  await paint(light, "dark");
  assert.deepEqual([await ground(dark), await ground(light)], [day, night]);
  await close(light);
  await close(dark);
});

test("a notch covers nothing, a bar at the bottom neither", async () => {
  const page = await open(demo, { hasTouch: true, isMobile: true, width: 390, height: 800 });
  await box(page).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setSafeAreaInsetsOverride", { insets: { top: 0, left: 40, right: 0, bottom: 34 } });
  const padding = (selector, side) => page.locator(selector).evaluate((e, s) => getComputedStyle(e)[s], side);
  assert.equal(await padding(".composer", "paddingBottom"), "34px");
  for (const part of [".top", ".body"]) assert.equal(await padding(part, "paddingLeft"), "40px", part);
  await close(page);
});

test("what is changed is applied without scrolling: 320 px and 400 % zoom", async () => {
  for (const size of [{ width: 320, height: 640 }, { width: 320, height: 256 }]) {
    const page = await open(demo, { lang: "en", ...size });
    const turn = await ask(page, "revenue in East China last month");
    await turn.locator(".chips .rest button").click();
    for (const [chip, apply] of [["period", ".ends .primary"], ["filter", ".filter-form .primary"]]) {
      await turn.locator(`.chip.${chip} .face`).click();
      await turn.locator(".pop .option, .pop .check").first().waitFor();
      const seen = await turn.locator(apply).evaluate((e) => {
        const { left, top, width, height, bottom } = e.getBoundingClientRect();
        return [bottom <= innerHeight, e.getRootNode().elementFromPoint(left + width / 2, top + height / 2) === e];
      });
      assert.deepEqual(seen, [true, true], `${chip}, ${size.height}`);
      await page.keyboard.press("Escape");
    }
    await close(page);
  }
});

test("a keyboard that covers a part of the window leaves the box in sight, a zoomed view is left alone", async () => {
  const page = await open(demo, { hasTouch: true, isMobile: true, width: 390, height: 800 });
  await ask(page, "上个月各大区销售额");
  const see = (height, offsetTop, scale) => page.evaluate(async ([h, t, s]) => {
    for (const [name, value] of Object.entries({ height: h, offsetTop: t, scale: s })) Object.defineProperty(visualViewport, name, { configurable: true, get: () => value });
    visualViewport.dispatchEvent(new Event("resize"));
    const root = document.querySelector("wenshu-chat").shadowRoot;
    const { top } = root.querySelector(".top").getBoundingClientRect();
    return { top, bottom: root.querySelector(".composer").getBoundingClientRect().bottom };
  }, [height, offsetTop, scale]);
  const whole = { top: 0, bottom: 800 };
  assert.deepEqual(await see(800, 0, 1), whole);
  assert.deepEqual(await see(420, 0, 1), { top: 0, bottom: 420 });
  assert.deepEqual(await see(420, 260, 1), { top: 260, bottom: 680 });
  assert.deepEqual(await see(744, 0, 1), whole, "a bar of the browser");
  assert.deepEqual(await see(400, 100, 2), whole, "zoomed");
  assert.deepEqual(await see(800, 0, 1), whole);
  await close(page);
});

test("nothing moves for those who asked for less motion", async () => {
  for (const [reducedMotion, moves] of [["no-preference", true], ["reduce", false]]) {
    const page = await open(slow, { reducedMotion });
    await box(page).fill("slow one");
    await box(page).press("Enter");
    await last(page).locator(".card.draft").waitFor();
    const names = await page.evaluate(() => [...document.querySelector("wenshu-chat").shadowRoot.querySelectorAll("*")].map((e) => getComputedStyle(e).animationName).filter((n) => n !== "none"));
    assert.equal(names.length > 0, moves, names.join());
    await box(page).press("Escape");
    await last(page).locator(".working.stopped").waitFor();
    await close(page);
  }
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
