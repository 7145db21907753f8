// Chips that are changed, tables, taking answers away, boards, opinions: d2
// lines 9, 16, 17, 18.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { answerOf, columns, labels, mock } from "./charts.mjs";
import { accessible, ask, box, close, drawn, open, stop } from "./page.mjs";

const { WENSHU_DEMO: demo } = process.env;
after(stop);

const lines = (page) => page.locator(".turn").last().locator("code.line");
// asked is the query line of the answer that comes next.
async function line(page, n) {
  const turn = page.locator(".turn").nth(n);
  await turn.locator("[role=tab]").last().click();
  return turn.locator("code.line").textContent();
}

test("every kind of chip is changed by query line, without reading again", async () => {
  const page = await open(demo);
  const questions = [];
  page.on("request", (r) => { if (/\/(ask|query)$/.test(r.url())) questions.push(new URL(r.url()).pathname); });
  await ask(page, "上个月华东各省销售额前5名");
  const chip = (kind) => page.locator(".turn").last().locator(`.chip.${kind}`).first();
  const pick = async (kind, text) => {
    const before = await page.locator(".turn").count();
    await chip(kind).locator(".face").click();
    await chip(kind).locator(".option", { hasText: text }).first().click();
    await page.locator(".turn").nth(before).locator(".foot").waitFor();
    return line(page, before);
  };
  assert.match(await pick("metric", "订单数"), /^orders by province where region = "华东" during month\(-1\) sort -orders limit 5$/);
  assert.match(await pick("limit", "10"), /limit 10/);
  assert.match(await pick("sort", "从低到高"), /sort orders limit/);
  assert.match(await pick("group", "渠道"), /by channel/);
  assert.match(await pick("period", "去年"), /during year\(-1\)/);
  await chip("period").locator(".face").click();
  await chip("period").locator(".presets[aria-busy=false] [aria-current]").waitFor();
  assert.deepEqual(await chip("period").locator(".presets [aria-current]").allTextContents(), ["去年"]);
  await page.keyboard.press("Escape");
  await chip("filter").locator(".face").click();
  await chip("filter").locator(".check", { hasText: "华南" }).click();
  const n = await page.locator(".turn").count();
  await chip("filter").locator(".primary").click();
  await page.locator(".turn").nth(n).locator(".foot").waitFor();
  assert.match(await line(page, n), /region in \("华东", "华南"\)/);
  await chip("period").locator(".face").click();
  await chip("period").locator("input.date").first().fill("2026-05-01");
  await chip("period").locator("input.date").last().fill("2026-05-31");
  await chip("period").locator(".primary").click();
  await page.locator(".turn").nth(n + 1).locator(".foot").waitFor();
  assert.match(await line(page, n + 1), /during 2026-05-01\.\.2026-06-01|during 2026-05/);
  await chip("adds").locator(".face").click();
  await chip("adds").locator(".option", { hasText: "对比" }).click();
  await chip("adds").locator(".option", { hasText: "去年同期" }).click();
  await page.locator(".turn").nth(n + 2).locator(".foot").waitFor();
  assert.match(await line(page, n + 2), /vs year_ago.* show growth/);
  assert.match(await pick("comparison", "上一期"), / vs prior/);
  await chip("comparison").locator(".remove").click();
  await page.locator(".turn").nth(n + 4).locator(".foot").waitFor();
  assert.doesNotMatch(await line(page, n + 4), / vs /);
  assert.deepEqual(new Set(questions.slice(1)), new Set(["/api/v1/query"]));
  assert.equal(questions.filter((q) => q.endsWith("/ask")).length, 1);
  assert.ok(await lines(page).count());
  await close(page);
});

test("the calendar speaks the widget's language, begins weeks as its country does, and is picked from by pointer and keys", async () => {
  const first = { "zh-CN": ["一", "2026年6月", "2026年6月1日星期一"], "zh-TW": ["日", "2026年6月", "2026年6月1日 星期一"], en: ["S", "June 2026", "Monday, June 1, 2026"] };
  for (const [lang, [weekday, month, day]] of Object.entries(first)) {
    const page = await open(demo, { lang, locale: "en-US" });
    const turn = await ask(page, lang === "en" ? "revenue by region last month" : "上个月各大区销售额");
    await turn.locator(".chip.period .face").click();
    const calendar = turn.locator("wenshu-calendar");
    assert.equal(await calendar.locator("th").first().textContent(), weekday);
    assert.equal(await calendar.locator(".row b").textContent(), month);
    assert.equal(await calendar.locator("[aria-selected=true]").count(), 30);
    const named = (name) => calendar.getByRole("button", { name, exact: true });
    assert.equal(await named(day).getAttribute("tabindex"), "0");
    await accessible(page, `calendar, ${lang}`, false, "wenshu-calendar");
    if (lang !== "en") { await close(page); continue; }
    await named("Friday, June 12, 2026").click();
    await named("Wednesday, June 10, 2026").click();
    assert.equal(await calendar.locator("[aria-selected=true]").count(), 3);
    await calendar.locator("td [tabindex='0']").focus();
    const walk = { ArrowRight: "11", ArrowDown: "18", Home: "14", End: "20", ArrowUp: "13", ArrowLeft: "12", PageUp: "12", PageDown: "12" };
    for (const [key, to] of Object.entries(walk)) {
      await page.keyboard.press(key);
      await page.waitForFunction((n) => document.querySelector("wenshu-chat").shadowRoot.activeElement?.matches(".day[tabindex='0']") && document.querySelector("wenshu-chat").shadowRoot.activeElement.textContent === n, to);
      if (key === "PageUp") assert.equal(await calendar.locator(".row b").textContent(), "May 2026");
    }
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    assert.deepEqual(await turn.locator("input.date").evaluateAll((list) => list.map((e) => e.value)), ["2026-06-12", "2026-06-13"]);
    await turn.locator("input.date").last().fill("2026-06-31");
    assert.ok(await turn.locator(".ends .primary").isDisabled(), "no such day");
    await turn.locator("input.date").last().fill("2026-06-13");
    await turn.locator(".ends .primary").click();
    await page.locator(".turn").nth(1).locator(".foot").waitFor();
    assert.match(await line(page, 1), /during 2026-06-12\.\.2026-06-14/);
    assert.match(await page.locator(".question").last().textContent(), /June 12\s–\s13, 2026$/);
    await close(page);
  }
});

test("a narrow card shows few chips, and the others when they are wanted", async () => {
  const page = await open(demo, { width: 360, height: 740 });
  const turn = await ask(page, "上个月华东各省销售额前5名");
  const seen = () => turn.locator(".chip").filter({ visible: true });
  assert.equal(await seen().count(), 2);
  const [card, chips] = [await turn.locator(".card").boundingBox(), await turn.locator(".chips").boundingBox()];
  assert.ok(chips.height < card.height / 4, `chips take ${chips.height} of ${card.height} px`);
  await turn.locator(".chips .rest button").click();
  assert.ok((await seen().count()) >= 6);
  assert.ok(await page.evaluate(() => document.querySelector("wenshu-chat").shadowRoot.activeElement?.matches(".chips .face")));
  assert.equal(await turn.locator(".chips .rest").count(), 0);
  await close(page);
  const wide = await open(demo);
  const whole = await ask(wide, "上个月华东各省销售额前5名");
  assert.equal(await whole.locator(".chips .rest").isVisible(), false);
  assert.ok((await whole.locator(".chip").filter({ visible: true }).count()) >= 6);
  await close(wide);
});

test("what would be refused is not offered", async () => {
  const page = await open(demo, { viewer: "hugo" });
  const turn = await ask(page, "各仓库昨天的库存量");
  const verdicts = []; // of each request: what was asked, and what it may
  page.on("response", (r) => { if (r.url().endsWith("/bindable")) verdicts.push(Promise.all([r.request().postDataJSON().queries, r.json()])); });
  await turn.locator(".chip.group .face").click();
  await turn.locator(".pop .options[aria-busy=false] .option").first().waitFor();
  const offered = (await turn.locator(".pop .option").allTextContents()).map((t) => t.replace(/\s/g, ""));
  const { dimensions } = await page.evaluate(() => fetch("/api/v1/catalog?lang=zh-CN", { headers: { "X-Wenshu-Viewer": "hugo" } }).then((r) => r.json()));
  const lines = (await Promise.all(verdicts)).flatMap(([queries, { bind }]) => queries.filter((_, i) => bind[i] === false));
  const refused = lines.map((l) => dimensions.find((d) => l.includes(` by ${d.name} `))).filter(Boolean);
  assert.ok(refused.length > 3 && offered.length > 3, `${refused.length} refused, ${offered.length} offered`);
  assert.deepEqual(refused.filter((d) => offered.includes(`${d.label}${d.group}`.replace(/\s/g, ""))), []);
  await close(page);
});

test("a hundred thousand rows scroll, sort by value, keep their head and totals", async () => {
  const page = await open(demo);
  const n = 100000;
  const rows = Array.from({ length: n }, (_, i) => [{ value: `m${i}`, text: `m${i}` }, i === 7 ? { value: null, text: "—" } : { value: String((i * 7919) % n), text: `¥${(i * 7919) % n}` }]);
  const types = [{ ...columns[0], name: "m", label: "名", type: "text", grain: undefined }, { ...columns[1], additive: true }];
  await mock(page, () => answerOf("table", { table: { columns: types, rows, totals: [{ value: null, text: "" }, { value: "42", text: "¥42" }] }, chart: undefined }));
  const turn = await ask(page, "table");
  const scroll = turn.locator(".scroll");
  assert.ok((await turn.locator("tbody tr").count()) < 120);
  const started = Date.now();
  await turn.locator("thead button").nth(1).click();
  await turn.locator("tbody td", { hasText: `¥${n - 1}` }).first().waitFor();
  assert.ok(Date.now() - started < 4000, "sorting takes too long");
  await turn.locator("thead button").nth(1).click();
  await turn.locator("thead [aria-sort=ascending]").waitFor();
  assert.deepEqual((await turn.locator("tbody td.number").allTextContents()).slice(0, 3), ["¥0", "¥1", "¥2"], "values are sorted as texts");
  await scroll.evaluate((e) => { e.scrollTop = e.scrollHeight; });
  await turn.locator("tbody td.null").waitFor(); // what is not known is last
  const head = await turn.locator("thead th").first().boundingBox();
  const box_ = await scroll.boundingBox();
  assert.ok(Math.abs(head.y - box_.y) < 3, "the head is not where it was");
  assert.match(await turn.locator("tfoot").textContent(), /合计.*¥42/s);
  const frames = await scroll.evaluate(async (e) => {
    const times = [];
    let last = performance.now();
    for (let i = 0; i < 30; i++) {
      e.scrollTop = (e.scrollHeight / 30) * i;
      await new Promise((done) => requestAnimationFrame(done));
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times.sort((a, b) => a - b);
  });
  assert.ok(frames[15] < 200, `a frame takes ${frames[15]} ms`);
  await close(page);
});

test("copy, files, a link that asks anew, print", async () => {
  const page = await open(demo);
  const turn = await ask(page, "上个月各大区销售额");
  await drawn(turn);
  const clip = () => page.evaluate(() => navigator.clipboard.readText());
  const menu = async (icon, i) => { await turn.locator(`wenshu-menu[icon=${icon}] .tool`).click(); await turn.locator("[role=menuitem]").nth(i).click(); };
  await menu("copy", 0);
  await turn.locator(".said", { hasText: "已复制" }).waitFor();
  assert.match(await clip(), /华东/);
  await menu("copy", 1);
  await page.waitForFunction(() => navigator.clipboard.readText().then((t) => t.includes("\t")));
  assert.equal((await clip()).split("\n")[0], "大区\t销售额");
  await menu("copy", 2);
  await page.waitForFunction(() => navigator.clipboard.read().then((list) => list[0].types.includes("image/png")));
  for (const [i, form] of ["csv", "xlsx", "png", "svg"].entries()) {
    const download = page.waitForEvent("download");
    await menu("download", i);
    const file = await download;
    assert.ok(file.suggestedFilename().endsWith(form));
    const body = readFileSync(await file.path());
    if (form === "csv") assert.match(body.toString(), /^\ufeff大区,/);
    else assert.match(body.subarray(0, 4).toString("latin1"), { xlsx: /^PK/, png: /^.PNG/, svg: /^<svg/ }[form]);
  }
  await turn.locator(".tools .tool[title=复制链接]").click();
  await page.waitForFunction(() => navigator.clipboard.readText().then((t) => t.startsWith("http")));
  const link = await clip();
  assert.ok(!new URL(link).search && new URL(link).hash.includes("revenue")); // no server sees it
  const other = await open(demo, { viewer: "bob" });
  await other.evaluate((hash) => { location.hash = hash; }, new URL(link).hash);
  await other.locator(".turn .card.answer").waitFor();
  assert.doesNotMatch(await other.locator(".turn").textContent(), /华东/); // with the reader's own rights
  assert.equal(new URL(other.url()).hash, "", "the address keeps what was asked");
  assert.match(await other.locator(".question").textContent(), /上月各大区的销售额$/);
  await other.evaluate((hash) => { location.hash = hash; }, new URL(link).hash); // a link to the page that is open
  await other.locator(".turn").nth(1).locator(".card.answer").waitFor();
  await close(other);
  await page.emulateMedia({ media: "print" });
  assert.equal(await box(page).isVisible(), false);
  await close(page);
});

test("an answer goes on in a chat where a bot answers", async () => {
  const page = await open(demo);
  const turn = await ask(page, "上个月各大区销售额");
  const way = turn.getByRole("link", { name: "到Slack里问" });
  assert.deepEqual(await Promise.all(["href", "target", "rel"].map((a) => way.getAttribute(a))), ["https://slack.example/app_redirect?app=A1", "_blank", "noopener noreferrer"]);
  await page.context().route("https://slack.example/**", (r) => r.fulfill({ body: "" }));
  const [other] = await Promise.all([page.context().waitForEvent("page"), way.click()]);
  await other.close();
  await turn.locator(".said", { hasText: "问题已复制" }).waitFor();
  await page.bringToFront();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "上个月各大区销售额");
  await close(page);
});

test("pins are computed anew on the board, and taken away", async () => {
  const page = await open(demo, { viewer: "hugo" });
  const turn = await ask(page, "上个月各大区销售额");
  await turn.locator(".tools .tool[title=固定到看板]").click();
  await turn.locator(".said", { hasText: "已固定" }).waitFor();
  const board = await open(demo, { viewer: "hugo", path: "/boards" });
  const asked = [];
  board.on("request", (r) => { if (r.url().endsWith("/query")) asked.push(r.postDataJSON().query); });
  await board.locator(".pinned .card.answer").waitFor();
  assert.deepEqual(asked, ["revenue by region during month(-1)"]);
  const again = board.waitForRequest((r) => r.url().endsWith("/query"));
  await board.locator(".board-head .quiet").click();
  assert.equal((await again).postDataJSON().query, asked[0]);
  await board.locator(".pinned .card.answer .stage svg").waitFor({ state: "attached" });
  await board.locator(".unpin").click();
  await board.locator(".empty").waitFor();
  await close(board);
  await close(page);
});

test("an opinion has reasons and a comment", async () => {
  const page = await open(demo);
  const turn = await ask(page, "上个月各大区销售额");
  const sent = page.waitForRequest(/feedback$/);
  await turn.locator(".opinion .tool").nth(1).click();
  await turn.locator(".why .check", { hasText: "时间不对" }).click();
  await turn.locator(".why textarea").fill("应为五月");
  await turn.locator(".why .primary").click();
  assert.deepEqual((await sent).postDataJSON(), { good: false, reasons: ["wrong_time"], comment: "应为五月" });
  await turn.locator(".thanked").waitFor();
  const next = await ask(page, "上个月各渠道销售额");
  const good = page.waitForRequest(/feedback$/);
  await next.locator(".opinion .tool").first().click();
  assert.deepEqual((await good).postDataJSON(), { good: true });
  await next.locator(".thanked").waitFor();
  await close(page);
});

test("the catalogue is searched and asked from", async () => {
  const page = await open(demo);
  await page.locator(".starters button").first().waitFor();
  await page.locator(".top .worded").first().click();
  await page.locator(".side .find").fill("毛利");
  await page.locator(".found button", { hasText: "毛利率" }).first().click();
  assert.match(await box(page).inputValue(), /毛利率/);
  await close(page);
});
