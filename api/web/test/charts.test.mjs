// Charts from data: every kind is drawn in light and dark, wide and narrow; gaps
// are gaps, what is not over is dashed, colours stay.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { answerOf, charts, columns, labels, mock, series } from "./charts.mjs";
import { ask, box, close, drawn, open, stop } from "./page.mjs";

const { WENSHU_DEMO: demo } = process.env;
after(stop);

for (const [name, options] of Object.entries({ light: {}, "dark and narrow": { dark: true, width: 360, height: 740 } })) {
  test(`every kind is drawn, ${name}`, async () => {
    const page = await open(demo, options);
    await mock(page, (kind) => answerOf(kind));
    for (const kind of Object.keys(charts)) {
      const turn = await ask(page, kind);
      await drawn(turn);
      assert.match(await turn.locator(".stage").getAttribute("aria-label"), new RegExp(`标题 ${kind}.*(5|10|15|25)`), kind);
      assert.equal(await turn.locator("figcaption").textContent(), `标题 ${kind}`);
      assert.equal(await turn.locator(".unseen tbody tr").count(), 5, kind);
      const over = await turn.locator(".stage").evaluate((e) => e.querySelector("svg").getBoundingClientRect().width - e.clientWidth);
      assert.ok(over <= 1, `${kind} is ${over} px too wide`);
    }
    await close(page);
  });
}

test("a narrow chart names every group", async () => {
  const page = await open(demo, { width: 360, height: 740 });
  const groups = ["华东", "华南", "华北", "西南", "华中", "东北", "西北", "（空）"];
  const many = groups.map((text) => ({ value: text, text }));
  await mock(page, (kind) => {
    const a = answerOf(kind);
    const list = a.chart.series.map((s) => ({ ...s, cells: many.map((_, i) => s.cells[i % 5]) }));
    return { ...a, chart: { ...a.chart, series: list, labels: kind === "strip" ? many.map((l) => ({ ...l, group: l.text })) : many } };
  });
  for (const kind of ["box", "strip", "heatmap"]) {
    const turn = await ask(page, kind);
    await drawn(turn);
    const words = await turn.locator(".stage svg text").allTextContents();
    assert.deepEqual(groups.filter((g) => !words.includes(g) && !words.some((w) => w.endsWith("...") && g.startsWith(w.slice(0, -3)))), [], kind);
  }
  await close(page);
});

test("what a reader has to know stands below the drawing", async () => {
  const page = await open(demo);
  await mock(page, (kind) => { const a = answerOf(kind); return { ...a, chart: { ...a.chart, notes: ["从 4,071 个中均匀抽取了 5 个来显示。"], refused: { kind: "pie", reason: "x", text: "不能画成环形图。" } } }; });
  const turn = await ask(page, "strip");
  await drawn(turn);
  assert.deepEqual(await turn.locator(".chart > .small").allTextContents(), ["从 4,071 个中均匀抽取了 5 个来显示。", "不能画成环形图。"]);
  await close(page);
});

test("a heat map says what its colours stand for, its numbers can be read on every one", async () => {
  for (const dark of [false, true]) {
    const page = await open(demo, { dark });
    await mock(page, (kind) => answerOf(kind, { chart: { ...answerOf(kind).chart, series: [series("东", [0, 20, 40, 60, 80]), series("西", [10, 30, 50, 70, 100])] } }));
    const turn = await ask(page, "heatmap");
    await drawn(turn);
    assert.match(await turn.locator(".scale").textContent(), /¥0.*¥100/);
    const bright = (hex) => hex.match(/\w\w/g).map((h) => parseInt(h, 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const inks = await turn.locator(".stage svg text").evaluateAll((list) => list.filter((e) => /^¥/.test(e.textContent)).map((e) => e.getAttribute("fill")));
    assert.equal(inks.length, 10);
    assert.equal(new Set(inks).size, 2, "one ink for pale and strong colours");
    const ramp = dark ? ["#1d2f4a", "#2f6ea8", "#9fd0f5"] : ["#e8f1fa", "#5a9fd4", "#0b4f86"];
    const ground = (part) => [0, 1, 2].map((c) => { const at = (i) => parseInt(ramp[i].slice(1 + 2 * c, 3 + 2 * c), 16); const i = part > 0.5 ? 1 : 0; return Math.round(at(i) + (at(i + 1) - at(i)) * (part * 2 - i)).toString(16).padStart(2, "0"); }).join("");
    const parts = [0, 0.2, 0.4, 0.6, 0.8, 0.1, 0.3, 0.5, 0.7, 1];
    parts.forEach((part, i) => {
      const [low, high] = [bright(ground(part)), bright(inks[i])].sort((a, b) => a - b);
      assert.ok((high + 0.05) / (low + 0.05) >= 4.5, `${inks[i]} at ${part}`);
    });
    await close(page);
  }
});

test("hollow symbols show the ground of the card, in the dark too", async () => {
  const page = await open(demo, { dark: true });
  const many = Array.from({ length: 6 }, (_, i) => series(`甲${i}`, [1, 2, 3, 4, 5].map((n) => n + i)));
  await mock(page, (kind) => { const a = answerOf(kind); return { ...a, chart: { ...a.chart, series: many } }; });
  const turn = await ask(page, "line");
  await drawn(turn);
  const fills = await turn.locator(".stage svg path").evaluateAll((list) => list.map((p) => p.getAttribute("fill")));
  const card = await turn.locator(".card.answer").evaluate((e) => getComputedStyle(e).backgroundColor);
  const rgb = (hex) => `rgb(${[1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)).join(", ")})`;
  assert.equal(fills.filter((f) => f?.length === 7 && rgb(f) === card).length, 12, fills.join());
  assert.equal(fills.filter((f) => /^(#fff(fff)?|white)$/.test(f ?? "")).length, 0);
  await close(page);
});

test("series differ by their symbols, not by colour alone", async () => {
  const page = await open(demo);
  const four = Array.from({ length: 4 }, (_, i) => series(`甲${i}`, [1, 2, 3, 4, 5].map((n) => n + i)));
  await mock(page, (kind) => { const a = answerOf(kind); return { ...a, chart: { ...a.chart, series: four, incomplete: -1 } }; });
  const turn = await ask(page, "line");
  await drawn(turn);
  const keys = await turn.locator(".legend .key").evaluateAll((list) => list.map((e) => [e.style.getPropertyValue("--tone"), e.className]));
  const shapes = (await turn.locator(".stage svg path").evaluateAll((list) => list.map((p) => [p.getAttribute("fill"), p.getAttribute("d")]))).filter(([fill]) => keys.some(([tone]) => tone === fill));
  assert.equal(new Set(shapes.map(([colour]) => colour)).size, 4);
  assert.equal(new Set(shapes.map(([, d]) => d)).size, 4, "symbols of different series are alike");
  assert.equal(new Set(keys.map(([, name]) => name)).size, 4);
  await close(page);
});

test("the colours of series stand out from the card three to one", async () => {
  const bright = (rgb) => rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  for (const dark of [false, true]) {
    const page = await open(demo, { dark });
    await mock(page, (kind) => { const a = answerOf(kind); return { ...a, chart: { ...a.chart, series: Array.from({ length: 8 }, (_, i) => series(`甲${i}`)) } }; });
    const turn = await ask(page, "line");
    await drawn(turn);
    const tones = await turn.locator(".legend .key").evaluateAll((list) => list.map((e) => e.style.getPropertyValue("--tone").match(/\w\w/g).map((h) => parseInt(h, 16))));
    const card = await turn.locator(".card.answer").evaluate((e) => getComputedStyle(e).backgroundColor.match(/\d+/g).map(Number));
    assert.equal(new Set(tones.map(String)).size, 8);
    for (const tone of tones) {
      const [low, high] = [bright(tone), bright(card)].sort((a, b) => a - b);
      assert.ok((high + 0.05) / (low + 0.05) >= 3, `${tone} on ${card}`);
    }
    await close(page);
  }
});

test("a gap is a gap, what is not over yet is dashed", async () => {
  const page = await open(demo);
  await mock(page, (kind) => answerOf(kind));
  const turn = await ask(page, "line");
  await drawn(turn);
  const paths = await turn.locator(".stage svg path").evaluateAll((list) => list.filter((p) => p.getAttribute("fill") === "none" && p.getAttribute("stroke-width") === "2.25").map((p) => ({ d: p.getAttribute("d"), dash: p.getAttribute("stroke-dasharray") })));
  assert.ok(paths.some((p) => p.dash), "nothing is dashed");
  const east = paths.find((p) => !p.dash);
  assert.equal(east.d.match(/M/g).length, 2, `the line of the first series goes through its gap: ${east.d}`);
  await close(page);
});

test("zero is 0 and null is —, bars begin at zero, the tip is exact", async () => {
  const page = await open(demo);
  await mock(page, (kind) => answerOf(kind, { table: { columns, rows: [[labels[0], { value: "0", text: "0" }], [labels[1], { value: null, text: "—" }], [labels[2], { value: "12345.678", text: "¥12,345.68" }]] } }));
  const turn = await ask(page, "column");
  await drawn(turn);
  const axis = await turn.locator(".stage svg text").allTextContents();
  assert.ok(axis.some((t) => /^¥?0$/.test(t.trim())), `the axis has no zero: ${axis}`);
  const bars = turn.locator(".stage svg path[fill='#0072b2']");
  await bars.first().hover({ force: true });
  await turn.locator(".tip b", { hasText: "120 元" }).waitFor();
  await turn.locator("[role=tab]").nth(1).click();
  assert.deepEqual(await turn.locator("tbody td").allTextContents(), ["0", "—", "¥12,345.68"]);
  assert.equal(await turn.locator("tbody td").last().getAttribute("title"), "12345.678");
  await close(page);
});

test("a member keeps its colour through a conversation", async () => {
  const page = await open(demo);
  const by = { by: { column: 0, label: "区", zero: false } };
  const one = answerOf("line");
  await mock(page, (q) => ({ ...one, id: q, chart: { ...one.chart, ...by, series: q === "first" ? [series("东"), series("西")] : [series("西"), series("北")] } }));
  const tones = async (turn) => Object.fromEntries(await turn.locator(".legend li").evaluateAll((list) => list.map((e) => [e.textContent, e.querySelector(".key").style.getPropertyValue("--tone")])));
  const a = await tones(await ask(page, "first"));
  const b = await tones(await ask(page, "second"));
  assert.equal(a["西"], b["西"]);
  assert.equal(new Set([...Object.values(a), ...Object.values(b)]).size, 3);
  await close(page);
});

test("other legal kinds are offered, and no others", async () => {
  const page = await open(demo);
  const turn = await ask(page, "今年各渠道销售额占比");
  await drawn(turn);
  const kinds = await turn.locator(".kinds button").allTextContents();
  assert.deepEqual(kinds.sort(), ["条形", "环形"].sort());
  await turn.locator(".kinds button", { hasText: "条形" }).click();
  await turn.locator(".chart.bar").waitFor();
  await turn.locator(".kinds button[aria-pressed=true]", { hasText: "条形" }).waitFor();
  await close(page);
});

test("a mark leads closer: one member, one period", async () => {
  const page = await open(demo);
  let turn = await ask(page, "上个月各大区销售额");
  await drawn(turn);
  await turn.locator(".stage svg path[fill='#0072b2']").first().click({ force: true });
  await turn.locator(".closer button", { hasText: "只看华东" }).click();
  await page.locator(".turn").nth(1).locator(".chip.filter", { hasText: "华东" }).waitFor();
  await page.locator(".turn").nth(1).locator(".foot").first().waitFor(); // a question waits for the answer before it
  turn = await ask(page, "今年每个月的订单数");
  await drawn(turn);
  await turn.locator(".stage svg path").filter({ visible: true }).nth(8).hover({ force: true });
  await turn.locator(".tip").waitFor();
  await box(page).focus();
  await close(page);
});

test("the drawing library is loaded with the first chart and not before", async () => {
  const page = await open(demo);
  const loaded = [];
  page.on("request", (r) => loaded.push(new URL(r.url()).pathname));
  await page.locator(".starters").waitFor();
  await ask(page, "上个月的qqqq");
  assert.ok(!loaded.includes("/assets/charts.js"));
  let arrive;
  await page.route("**/assets/charts.js", async (r) => { await new Promise((done) => { arrive = done; }); await r.fallback(); });
  const turn = await ask(page, "上个月各大区销售额");
  await turn.locator(".loading", { hasText: "正在加载图表" }).waitFor(); // a place that waits has words
  arrive();
  await drawn(turn);
  assert.equal(await turn.locator(".loading").count(), 0);
  assert.ok(loaded.includes("/assets/charts.js"));
  await close(page);
});
