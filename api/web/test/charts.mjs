// Charts of every kind, and answers that are nothing but one.

export const cell = (n) => ({ value: n === null ? null : String(n), text: n === null ? "—" : `${n} 元` });
export const labels = ["一月", "二月", "三月", "四月", "五月"].map((text, i) => ({ value: `2026-0${i + 1}-01`, text }));
const values = [120, null, 90, 140, 60];
export const series = (name, list = values, column = 1) => ({ name, column, cells: list.map(cell) });
const two = [series("东"), series("西", [80, 70, null, 60, 50])];

// charts is one chart of every kind that has marks.
export const charts = {
  line: { series: two, incomplete: 4 }, area: { series: [series("东")], incomplete: 4 }, column: { series: [series("东")], incomplete: 4 },
  histogram: { series: [series("东")] }, bar: { series: [series("东", [120, -40, 90, 140, null])] }, grouped_bar: { series: two }, stacked_column: { series: two },
  full_stacked_column: { series: two }, pie: { series: [series("东", [50, 20, 15, 10, 5])] }, heatmap: { series: two, by: { column: 0, label: "区", zero: false } },
  small_multiples: { series: [series("东"), series("西", [0.1, 0.2, null, 0.3, 0.2])], y: undefined, incomplete: 4 }, scatter: { series: [series("x", [1, 2, 3, 4, 5]), series("y", [5, 3, 4, 1, 2])] },
  bubble: { series: [series("x", [1, 2, 3, 4, 5]), series("y", [5, 3, 4, 1, 2]), series("size", [1, 4, 9, 2, 3])] }, funnel: { series: [series("步", [100, 60, 40, 20, 5])] },
  bullet: { series: [series("实际", [90, 80, 70, 60, 50]), series("目标", [100, 70, 80, 60, 40])] }, waterfall: { series: [series("变化", [100, -30, 20, -10, 5])] },
  box: { series: [1, 3, 5, 8, 12].map((n, i) => series(["最小值", "下四分位数", "中位数", "上四分位数", "最大值"][i], [n, n + 1, n + 2, n * 2, n + 3])) },
  strip: { by: { column: 0, label: "区", zero: false }, labels: labels.map((l, i) => ({ ...l, group: i < 3 ? "东" : "西" })), series: [series("金额", [5, 3, 4, 1, 2])] },
};

export const columns = [{ name: "time:month", label: "月", type: "date", role: "group", decimals: -1, grain: "month" }, { name: "revenue", label: "销售额", type: "decimal", role: "value", decimals: 2, unit: "CNY", format: "money" }];

export const answerOf = (kind, more = {}) => ({
  id: `a-${kind}`, conversation: "c", question: kind, lang: "zh-CN", kind: "answer", title: kind, sentence: { text: kind }, asked_at: "2026-07-15T00:00:00Z", query: "revenue by time:month",
  table: { columns, rows: labels.map((l, i) => [l, cell(values[i])]) },
  chart: { kind, rule: 7, reason: "test", score: 1, title: `标题 ${kind}`, x: { column: 0, label: "月", zero: false }, y: { column: 1, label: "销售额", zero: true }, labels, incomplete: -1, ...charts[kind] }, ...more,
});

// mock answers every question with what is made of it.
export const mock = (page, make) => page.route("**/api/v1/ask", (r) => {
  const { question } = r.request().postDataJSON();
  return r.fulfill({ contentType: "text/event-stream", body: `id: 1\nevent: done\ndata: ${JSON.stringify({ kind: "done", elapsed_ms: 1, answer: make(question) })}\n\n` });
});
