// Asking, working, answering: d2 lines 3 to 13.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { answerOf, columns, labels, mock } from "./charts.mjs";
import { ask, box, close, drawn, last, open, stop } from "./page.mjs";

const { WENSHU_DEMO: demo, WENSHU_SLOW: slow } = process.env;
after(stop);

test("a question by keyboard: suggestion, answer, tabs, recall", async () => {
  const page = await open(demo);
  await page.locator(".starters button").nth(2).waitFor();
  await page.waitForFunction(() => document.querySelector("wenshu-chat").shadowRoot.activeElement?.matches(".box"));
  await box(page).pressSequentially("销");
  await page.locator(".suggestions li").first().waitFor();
  assert.deepEqual(await Promise.all(["role", "aria-expanded", "aria-autocomplete"].map((a) => box(page).getAttribute(a))), ["combobox", "true", "list"]);
  assert.equal(await page.locator(`#${await box(page).getAttribute("aria-controls")}`).getAttribute("role"), "listbox");
  await box(page).press("ArrowDown");
  const active = await box(page).getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
  assert.ok(await page.locator(".suggestions .kind").first().textContent());
  await box(page).press("Enter");
  assert.ok((await box(page).inputValue()).length > 1);
  assert.equal(await page.locator(".turn").count(), 0);
  const turn = await ask(page, "上个月各省销售额");
  assert.ok((await turn.locator(".chip").count()) >= 3);
  assert.ok((await turn.locator("strong").first().getAttribute("title")).match(/^[0-9.]+$/)); // the exact value
  assert.match(await turn.locator(".chip.period").textContent(), /2026年6月1日/); // absolute dates
  await drawn(turn);
  assert.ok(await turn.locator(".stage").getAttribute("aria-label"));
  await turn.locator("[role=tab]").first().focus();
  await page.keyboard.press("ArrowRight");
  await turn.locator("tbody tr").nth(3).waitFor();
  assert.equal(await turn.locator("[role=tab][aria-selected=true]").textContent(), "表格");
  await page.keyboard.press("End");
  await turn.locator(".definition .term").first().waitFor();
  assert.match(await turn.locator(".lineage").textContent(), /销售额 ← sum\(order_lines\.amount\) ← sales\.order_lines, orders by/);
  const how = await turn.locator(".panel").textContent();
  for (const word of ["计算方式", "负责人", "数据新鲜度", "用时"]) assert.ok(how.includes(word), `${word} is not said: ${how}`);
  await page.keyboard.press("ArrowLeft");
  assert.match(await turn.locator("pre").first().textContent(), /select/i);
  await page.keyboard.press("/");
  assert.ok(await page.evaluate(() => document.querySelector("wenshu-chat").shadowRoot.activeElement?.matches(".box")));
  await page.keyboard.press("ArrowUp");
  assert.equal(await box(page).inputValue(), "上个月各省销售额");
  await close(page);
});

test("Shift and Enter begins a line, an input method is not disturbed", async () => {
  const page = await open(demo);
  await box(page).waitFor();
  const looked = [];
  page.on("request", (r) => { if (r.url().includes("/suggest")) looked.push(new URL(r.url()).searchParams.get("q")); });
  const session = await page.context().newCDPSession(page);
  const key = (name, more = {}) => page.evaluate(([k, m]) => {
    const e = new KeyboardEvent("keydown", { key: k, bubbles: true, composed: true, cancelable: true, ...m });
    document.querySelector("wenshu-chat").shadowRoot.querySelector(".box").dispatchEvent(e);
    return e.defaultPrevented;
  }, [name, more]);
  await box(page).focus();
  await session.send("Input.imeSetComposition", { text: "shang ge yue", selectionStart: 12, selectionEnd: 12 });
  await page.waitForTimeout(350);
  assert.deepEqual(looked, [], "what is being composed is looked up");
  assert.equal(await page.locator(".suggestions li").count(), 0);
  for (const name of ["Enter", "Escape", "ArrowUp", "Tab"]) assert.equal(await key(name, { keyCode: 229, isComposing: true }), false, `${name} is taken from the input method`);
  await page.evaluate(() => document.querySelector("wenshu-chat").shadowRoot.querySelector("form.composer").requestSubmit());
  assert.equal(await page.locator(".turn").count(), 0, "what is being composed is asked");
  await session.send("Input.insertText", { text: "上个月销售额" });
  await page.locator(".mark.used").first().waitFor();
  await box(page).press("Escape");
  // Some browsers end a composition before the Enter that ended it, which has the code of an input method.
  assert.equal(await key("Enter", { keyCode: 229 }), false);
  await page.waitForTimeout(100);
  assert.equal(await page.locator(".turn").count(), 0, "the Enter that takes a word asks");
  assert.equal(await box(page).inputValue(), "上个月销售额");
  await box(page).press("Shift+Enter");
  assert.match(await box(page).inputValue(), /\n/);
  assert.equal(await page.locator(".turn").count(), 0);
  await close(page);
});

test("suggestions keep up with the keys: outdated ones are dropped, Tab takes one", async () => {
  const page = await open(demo);
  await box(page).waitFor();
  const asked = [];
  page.on("request", (r) => { if (r.url().includes("/suggest")) asked.push(new URL(r.url()).searchParams.get("q")); });
  let outdated;
  const came = new Promise((done) => { outdated = done; });
  let calls = 0;
  await page.route("**/api/v1/suggest*", async (r) => { // the first answer is the last to come
    if (calls++ > 0) return r.continue().catch(() => undefined);
    await page.locator(".suggestions li", { hasText: "订单数" }).first().waitFor();
    await r.fulfill({ json: { suggestions: [{ kind: "past", text: "没人再问" }] } }).catch(() => undefined); // the widget has given it up
    outdated();
  });
  await box(page).pressSequentially("订单", { delay: 90 });
  await page.locator(".suggestions li", { hasText: "订单数" }).first().waitFor();
  await came;
  await page.waitForTimeout(300);
  assert.equal(asked.at(-1), "订单");
  assert.equal(asked[0], "订");
  assert.equal(await page.locator(".suggestions li", { hasText: "没人再问" }).count(), 0);
  await page.locator(".suggestions li", { hasText: "订单数" }).first().waitFor();
  const first = await page.locator(".suggestions li .what").first().textContent();
  await box(page).press("Tab");
  assert.ok((await box(page).inputValue()).startsWith(first));
  assert.equal(await page.locator(".turn").count(), 0);
  asked.length = 0;
  await box(page).fill("");
  await box(page).pressSequentially("上个月各大区销售额", { delay: 5 });
  await page.waitForFunction(() => document.querySelector("wenshu-chat").shadowRoot.querySelector(".mark.used"));
  assert.ok(asked.length < 9, `every key of a burst was sent: ${asked}`);
  await close(page);
});

test("pinyin and initials find Chinese names", async () => {
  const page = await open(demo);
  await box(page).pressSequentially("xse");
  await page.locator(".suggestions li", { hasText: "销售额" }).first().waitFor();
  await close(page);
});

test("words are marked while typing, not by colour alone, and repaired", async () => {
  const page = await open(demo);
  await box(page).pressSequentially("上个月各大区销售额 qqqq");
  await page.locator(".mark.unread").waitFor();
  const style = (s) => page.locator(s).first().evaluate((e) => getComputedStyle(e).textDecorationStyle);
  assert.deepEqual([await style(".mark.used"), await style(".mark.unread")], ["solid", "double"]);
  assert.match(await page.locator(".reading").textContent(), /qqqq/);
  await box(page).fill("上个月的利润");
  await page.locator(".mark.ambiguous").waitFor();
  assert.equal(await style(".mark.ambiguous"), "dotted");
  const over = async (selector) => {
    const { x, y, width, height } = await page.locator(selector).first().boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    return box(page).getAttribute("title");
  };
  await box(page).fill("上个月各大区销售饿");
  await page.locator(".mark.corrected").waitFor();
  assert.match(await page.locator(".reading").textContent(), /“销售饿”按“销售额”理解/);
  assert.equal(await over(".mark.corrected"), "已理解 · 销售额");
  assert.equal(await over(".mark.used >> nth=2"), "已理解 · 大区");
  await page.route("**/api/v1/marks*", (r) => r.fulfill({ json: { words: [{ start: 9, end: 15, text: "毛里", state: "unread", near: ["毛利", "毛利率"] }] } }));
  await box(page).fill("上个月毛里多少");
  await page.locator(".reading button", { hasText: "毛利率" }).waitFor();
  assert.equal(await over(".mark.unread"), "没有理解 · 相近：毛利, 毛利率");
  await page.locator(".reading button", { hasText: "毛利率" }).click();
  assert.equal(await box(page).inputValue(), "上个月毛利率多少");
  await close(page);
});

test("choices are buttons, refusals lead on, the draft survives a failure", async () => {
  const page = await open(demo);
  let turn = await ask(page, "上个月的利润");
  assert.ok((await turn.locator(".choices button").count()) >= 2);
  await turn.locator(".choices button").first().click();
  await page.locator(".turn").nth(1).locator(".card.answer").waitFor();
  await page.locator(".turn").nth(1).locator(".foot").first().waitFor();
  turn = await ask(page, "上个月的qqqq");
  await turn.locator(".card.problem .suggested button").first().waitFor();
  await turn.locator(".suggested button").first().click();
  await page.locator(".turn").nth(3).locator(".card.answer").waitFor();
  await page.route("**/api/v1/ask", (r) => r.abort());
  await box(page).fill("上个月各大区销售额");
  await box(page).press("Escape");
  await box(page).press("Enter");
  await last(page).locator(".card.problem").waitFor();
  assert.equal(await box(page).inputValue(), "上个月各大区销售额");
  page.complaints.length = 0; // the browser reports the connection that was cut on purpose
  await close(page);
});

test("the interpretation comes before the number, Stop keeps it and ends the question", async () => {
  const page = await open(slow);
  await box(page).fill("slow one");
  await box(page).press("Escape");
  await box(page).press("Enter");
  await last(page).locator(".card.draft").waitFor();
  assert.match(await last(page).locator(".card.draft").textContent(), /understood already/);
  await page.locator(".working", { hasText: /正在查询.*1 秒/ }).waitFor(); // never only a spinner
  await page.locator(".send.stopping").waitFor();
  const ended = page.waitForRequest((r) => r.method() === "DELETE" && /\/runs\//.test(r.url()));
  await box(page).press("Escape");
  await ended;
  await last(page).locator(".working.stopped").waitFor();
  assert.equal(await last(page).locator(".card.draft").count(), 1);
  await close(page);
});

test("Esc closes the list, then stops", async () => {
  const page = await open(slow);
  await box(page).fill("slow one");
  await box(page).press("Escape");
  await box(page).press("Enter");
  await last(page).locator(".card.draft").waitFor();
  await box(page).pressSequentially("销");
  await page.locator(".suggestions li").first().waitFor();
  await box(page).press("Escape");
  await page.locator(".suggestions").waitFor({ state: "hidden" });
  assert.equal(await page.locator(".send.stopping").count(), 1, "it stops before the list is closed");
  await box(page).press("Escape");
  await last(page).locator(".working.stopped").waitFor();
  await close(page);
});

// held keeps what follows the interpretation back until the page says let().
const held = (page) => page.evaluate(() => {
  const real = window.fetch;
  window.fetch = async (url, options) => {
    const response = await real(url, options);
    if (!/\/ask$/.test(url) || window.let) return response;
    const text = await response.text();
    const at = text.indexOf("\n\n", text.indexOf("event: understood")) + 2;
    const encoder = new TextEncoder();
    const body = new ReadableStream({ start(c) { c.enqueue(encoder.encode(text.slice(0, at))); options.signal.addEventListener("abort", () => c.error(options.signal.reason)); window.let = () => { c.enqueue(encoder.encode(text.slice(at))); c.close(); }; } });
    return new Response(body, { headers: response.headers });
  };
});

test("the interpretation can be changed before the number comes, and is not lost when it does", async () => {
  const page = await open(demo);
  await box(page).waitFor();
  for (const early of [true, false]) {
    await page.evaluate(() => { window.let = undefined; });
    await held(page);
    const n = await page.locator(".turn").count();
    await box(page).fill("上个月各大区销售额");
    await box(page).press("Escape");
    await box(page).press("Enter");
    const turn = page.locator(".turn").nth(n);
    await turn.locator(".card.draft .chip.group .face").click();
    if (!early) {
      await turn.locator(".pop .find").fill("渠道");
      await page.evaluate(() => window.let());
      await turn.locator(".card.answer .foot").waitFor();
      assert.equal(await turn.locator(".pop .find").inputValue(), "渠道");
    }
    await turn.locator(".pop .option", { hasText: "渠道" }).first().click();
    await page.locator(".turn").nth(n + 1).locator(".foot").waitFor();
    assert.match(await page.locator(".turn").nth(n + 1).locator(".chip.group").textContent(), /渠道/);
    assert.equal(await turn.locator(".working.stopped").count(), early ? 1 : 0);
  }
  await close(page);
});

test("assumptions can be changed, follow-ups lead on, an empty result says why", async () => {
  const page = await open(demo);
  let turn = await ask(page, "各大区销售额");
  assert.match(await turn.locator(".assumptions").textContent(), /默认.*没有说时间/s);
  await turn.locator(".assumptions button").first().click();
  await page.locator(".turn").nth(1).locator(".card.answer").waitFor();
  await page.locator(".turn").nth(1).locator(".follow-ups button").first().click();
  await page.locator(".turn").nth(2).locator(".card.answer").waitFor();
  await page.locator(".turn").nth(2).locator(".foot").first().waitFor();
  turn = await ask(page, "2019年各大区销售额");
  assert.match(await turn.locator(".sentence").textContent(), /没有数据.*现有数据从2023年1月1日/);
  assert.equal(await turn.locator(".stage, .card.problem, .failure").count(), 0);
  await close(page);
});

test("badges, freshness and warnings are shown", async () => {
  const page = await open(demo);
  const turn = await ask(page, "上个月各大区销售额同比");
  await turn.locator(".badge.verified").waitFor();
  assert.match(await turn.locator(".facts").textContent(), /2026年7月/);
  const partial = await ask(page, "今年每个月各大区销售额");
  assert.match(await partial.locator(".warnings").textContent(), /196/);
  await close(page);
});

test("who read it is said, rows are counted, a cut is told", async () => {
  const page = await open(demo);
  await mock(page, (badge) => answerOf("line", { badge, table: { columns, rows: [[labels[0], { value: "0", text: "0" }], [labels[1], { value: "1", text: "1" }]], truncated: true } }));
  for (const [badge, words] of Object.entries({ verified: "已核实的问题", model: "由语义模型计算", llm: "由语言模型协助理解", both: "规则与语言模型理解一致" })) {
    const turn = await ask(page, badge);
    assert.equal((await turn.locator(`.badge.${badge}`).textContent()).trim(), words);
    await turn.locator("[role=tab]").nth(1).click();
    assert.match(await turn.locator("wenshu-table > .small").textContent(), /2 行.*只显示/);
  }
  await close(page);
});

test("a language model sums up where it may, on demand and named as such", async () => {
  const page = await open(demo);
  const turn = await ask(page, "上个月各大区销售额");
  assert.equal(await turn.locator(".sum-up").count(), 0);
  await close(page);
  const told = await open(demo, { before: async (p) => {
    await p.route("**/api/v1/catalog*", async (r) => { const response = await r.fetch(); await r.fulfill({ response, json: { ...(await response.json()), summaries: true } }); });
    await p.route("**/api/v1/answers/*/summary", (r) => r.fulfill({ json: { answer_id: "a", lang: "zh-CN", text: "华东领先。<b>" } }));
  } });
  await told.locator(".starters button").first().waitFor();
  const summed = await ask(told, "上个月各大区销售额");
  await summed.locator(".sum-up").click();
  await summed.locator(".summary", { hasText: "华东领先。<b>" }).waitFor();
  assert.match(await summed.locator(".summary .small").textContent(), /语言模型/);
  await told.route("**/api/v1/answers/*/summary", (r) => r.fulfill({ status: 404, json: { title: "x", status: 404, code: "not_found" } }));
  const none = await ask(told, "上个月各渠道销售额");
  await none.locator(".sum-up").click();
  await none.locator(".said", { hasText: "没有小结" }).waitFor();
  told.complaints.length = 0; // the browser reports the 404
  await close(told);
});

test("another viewer, another language", async () => {
  const page = await open(demo, { viewer: "ann" });
  let turn = await ask(page, "上个月各大区销售额");
  assert.doesNotMatch(await turn.textContent(), /华南/);
  await turn.locator("[role=tab]").last().click();
  assert.match(await turn.locator(".definition").last().textContent(), /权限规则/); // named, its values are not
  await page.locator("select.who").selectOption("bob");
  await page.locator(".starters").waitFor();
  turn = await ask(page, "上个月各大区销售额");
  assert.match(await turn.textContent(), /华南/);
  assert.doesNotMatch(await turn.textContent(), /华东/);
  for (const [lang, word] of [["en", "Ask"], ["zh-TW", "問"]]) {
    await page.locator("select.lang").selectOption(lang);
    await page.waitForFunction((l) => document.documentElement.lang === l, lang);
    assert.ok((await box(page).getAttribute("placeholder")).startsWith(word));
  }
  await close(page);
});

test("a stream that breaks is taken up again, and that is said", async () => {
  const page = await open(demo);
  await box(page).waitFor();
  // The page's own fetch is wrapped: the first stream ends behind its first event.
  await page.evaluate(() => {
    const real = window.fetch;
    window.resumed = [];
    window.fetch = async (url, options) => {
      if (/\/runs\//.test(url)) window.resumed.push([options.headers["Last-Event-ID"], document.querySelector("wenshu-chat").shadowRoot.querySelector(".working").textContent]);
      const response = await real(url, options);
      if (!/\/ask$/.test(url) || window.broken) return response;
      window.broken = true;
      const reader = response.body.getReader();
      let text = "";
      while (!text.includes("event: understood")) text += new TextDecoder().decode((await reader.read()).value);
      const cut = text.slice(0, text.indexOf("\n\n", text.indexOf("event: understood")) + 2);
      reader.cancel();
      return new Response(cut, { headers: response.headers });
    };
  });
  const turn = await ask(page, "上个月各大区销售额");
  assert.equal(await turn.locator(".card.answer").count(), 1);
  assert.deepEqual(await page.evaluate(() => window.resumed), [["1", "连接断了，正在接上…"]]);
  await close(page);
});

test("the answer of a sleeping tab is fetched when its stream is gone", async () => {
  const page = await open(demo);
  await box(page).waitFor();
  await page.evaluate(() => { // the tab wakes up behind the first event, when nobody knows of its run any more
    const real = window.fetch;
    window.fetch = async (url, options) => {
      if (/\/runs\//.test(url)) return new Response('{"code": "not_found", "title": "gone", "status": 404}', { status: 404 });
      const response = await real(url, options);
      if (!/\/ask$/.test(url)) return response;
      const text = await response.text();
      return new Response(text.slice(0, text.indexOf("\n\n", text.indexOf("event: understood")) + 2), { headers: response.headers });
    };
  });
  const fetched = page.waitForRequest((r) => /\/answers\/[^/]+$/.test(r.url()));
  const turn = await ask(page, "上个月各大区销售额");
  assert.match(await turn.locator(".sentence").textContent(), /华东/);
  await fetched;
  await close(page);
});

test("two tabs have conversations of their own, an earlier one is opened again", async () => {
  const [one, two] = [await open(demo), await open(demo)];
  await ask(one, "上个月各大区毛利"); // which nothing else here asks
  await ask(two, "上个月各渠道订单数");
  const turn = await ask(one, "按省份呢");
  assert.match(await turn.locator(".chip.metric").textContent(), /毛利/);
  await two.locator(".top .tool").first().click();
  await two.locator(".past button", { hasText: "上个月各大区毛利" }).first().click(); // named by its first question
  await two.locator(".turn").nth(1).locator(".card.answer").waitFor();
  assert.match(await two.locator(".turn").first().textContent(), /上个月各大区毛利/);
  await close(one);
  await close(two);
});
