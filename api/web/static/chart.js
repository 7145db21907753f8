// Charts from data: numbers, lines, columns, bars and pies. What cannot be drawn
// here is left to the table. Marks are only as exact as pixels; every number in
// words comes from the answer or, on axes and bars, from its exact value.

import { h, s } from "./dom.js";
import { language, w } from "./words.js";
import { band, linear, ticks } from "./scale.js";

const drawn = {
  number: numbers, kpi: numbers, line: lines, area: lines, column: columns, histogram: columns, stacked_column: columns, full_stacked_column: columns,
  bar: bars, grouped_bar: bars, funnel: bars, pie,
};

// drawable reports whether a chart of the answer can be drawn here.
export const drawable = (chart) => Boolean(chart && drawn[chart.kind] && (chart.series ?? []).length > 0);

// chart draws a chart and draws it again when its width changes.
export function chart(data, table) {
  const context = { data, columns: table?.columns ?? [], format: formatter(table?.columns ?? [], data) };
  if (data.kind === "number" || data.kind === "kpi") return numbers(context);
  const caption = h("figcaption", { class: "title" }, data.title);
  const stage = h("div", { class: "stage" });
  const figure = h("figure", { class: "chart" }, caption, stage);
  let width = 0;
  const draw = () => {
    const now = Math.round(stage.clientWidth);
    if (now < 60 || now === width) return;
    width = now;
    stage.replaceChildren(drawn[data.kind]({ ...context, width }));
  };
  new ResizeObserver(draw).observe(stage);
  figure.append(...notes(data));
  if (data.series.length > 1 && data.kind !== "pie") caption.after(legend(context));
  return figure;
}

function notes(data) {
  const list = [];
  if (data.incomplete >= 0) list.push(w("incomplete"));
  if (data.cut && data.cut.shown < data.cut.of) list.push(w("cut", data.cut));
  if (data.refused) list.push(data.refused.text);
  return list.map((text) => h("p", { class: "small" }, text));
}

const legend = (c) => h("ul", { class: "legend" }, c.data.series.map((one, i) => h("li", null, h("span", { class: `key ${tone(c, i)}` }), one.name)));

// tone is the class that colours a series: an earlier period is grey.
const tone = (c, i) => (c.columns[c.data.series[i].column]?.role === "earlier" ? "earlier" : `tone-${i % 8}`);

const value = (cell) => (cell && cell.value !== null && cell.value !== undefined ? Number(cell.value) : null);

// formatter words numbers briefly, for axes and bars.
function formatter(columns, data) {
  const column = columns[data.y?.column ?? data.series[0]?.column] ?? {};
  const options = { notation: "compact", maximumFractionDigits: 2 };
  if (column.format === "percent") Object.assign(options, { style: "percent", notation: "standard", maximumFractionDigits: 1 });
  else if (column.format === "money" && /^[A-Z]{3}$/.test(column.unit ?? "")) Object.assign(options, { style: "currency", currency: column.unit, minimumFractionDigits: 0 });
  const format = new Intl.NumberFormat(language(), options);
  return (n) => format.format(n);
}

function numbers({ data, columns }) {
  return h("dl", { class: "numbers" }, data.series.map((one) => h("div", { class: columns[one.column]?.role }, h("dt", null, one.name), h("dd", null, one.cells?.[0]?.text ?? w("null")))));
}

// canvas is a drawing that screen readers know by its title; the numbers are in
// the table.
function canvas(c, height, ...marks) {
  return s("svg", { viewBox: `0 0 ${c.width} ${height}`, width: c.width, height, role: "img", "aria-label": summary(c.data) }, marks);
}

function summary(data) {
  const first = (data.series ?? []).slice(0, 3).map((one) => (data.labels ?? []).slice(0, 5).map((label, i) => `${label.text} ${one.cells?.[i]?.text ?? ""}`).join(", "));
  return [data.title, ...first].join(". ");
}

const title = (label, name, cell) => s("title", null, [label?.text, name, cell?.text].filter(Boolean).join(" · "));

// extent is the least and the greatest value, zero among them where asked.
function extent(rows, zero) {
  const all = rows.flat().filter((n) => n !== null && Number.isFinite(n));
  if (all.length === 0) return [0, 1];
  let [low, high] = [Math.min(...all), Math.max(...all)];
  if (zero || low === high) [low, high] = [Math.min(0, low), Math.max(0, high)];
  return low === high ? [low, low + 1] : [low, high];
}

// frame draws the value axis at the left and leaves the rest to the marks.
function frame(c, [low, high], height) {
  const marks = ticks(low, high, 4);
  const top = 12;
  const foot = height - 30;
  const labels = marks.map(c.format);
  const left = Math.min(c.width / 3, Math.max(...labels.map(measure)) + 12);
  const y = linear([marks[0], marks.at(-1)], [foot, top]);
  const grid = marks.map((n, i) => s("g", { class: n === 0 ? "base" : "grid" },
    s("line", { x1: left, x2: c.width, y1: y(n), y2: y(n) }), s("text", { x: left - 8, y: y(n) + 4, "text-anchor": "end" }, labels[i])));
  return { left, foot, top, y, grid };
}

// measure guesses the width of a small text in pixels.
export const measure = (text) => [...text].reduce((sum, char) => sum + (/[\u2e80-\uffef]/u.test(char) ? 12 : 6.9), 0);

// below draws the labels of the categories, as many as fit.
function below(labels, x, y, width) {
  const widest = Math.max(...labels.map((l) => measure(l.text)), 1) + 14;
  const step = Math.ceil((labels.length * widest) / width) || 1;
  return labels.map((label, i) => i % step === 0 && s("text", { class: "label", x: x(i), y, "text-anchor": "middle" }, label.text));
}

function lines(c) {
  const { labels, series, kind, incomplete } = c.data;
  const height = c.width < 480 ? 220 : 280;
  const rows = series.map((one) => one.cells.map(value));
  const f = frame(c, extent(rows, kind === "area" || c.data.y?.zero), height);
  const edge = Math.min(24, c.width / 12);
  const x = labels.length > 1 ? linear([0, labels.length - 1], [f.left + edge, c.width - edge]) : () => (f.left + c.width) / 2;
  const marks = series.map((one, i) => {
    const points = rows[i].map((n, j) => (n === null ? null : [x(j), f.y(n)]));
    const whole = incomplete >= 0 ? points.slice(0, incomplete) : points;
    const dash = incomplete > 0 && points[incomplete] && points[incomplete - 1] ? [points[incomplete - 1], points[incomplete]] : [];
    return s("g", { class: tone(c, i) },
      kind === "area" && runs(points).map((run) => s("path", { class: "fill", d: `${path(run)}L${run.at(-1)[0]} ${f.y(0)}L${run[0][0]} ${f.y(0)}Z` })),
      runs(whole).map((run) => s("path", { class: "line", d: path(run) })),
      dash.length > 0 && s("path", { class: "line dashed", d: path(dash) }),
      points.map((p, j) => p && s("circle", { class: labels.length > 40 ? "dot tiny" : "dot", cx: p[0], cy: p[1], r: labels.length > 40 ? 6 : 3.5 }, title(labels[j], series.length > 1 && one.name, one.cells[j]))));
  });
  return canvas(c, height, f.grid, marks, below(labels, x, height - 8, c.width - f.left));
}

// runs cuts points at gaps.
function runs(points) {
  const list = [[]];
  for (const p of points) {
    if (p) list.at(-1).push(p);
    else if (list.at(-1).length > 0) list.push([]);
  }
  return list.filter((run) => run.length > 0);
}

const path = (points) => points.map(([x, y], i) => `${i ? "L" : "M"}${x} ${y}`).join("");

function columns(c) {
  const { labels, series, kind, incomplete } = c.data;
  const height = c.width < 480 ? 220 : 280;
  const stacked = kind.includes("stacked");
  let rows = labels.map((_, j) => series.map((one) => value(one.cells[j])));
  if (kind === "full_stacked_column") {
    rows = rows.map((row) => { const sum = row.reduce((a, b) => a + (b ?? 0), 0); return row.map((n) => (n === null || sum === 0 ? n : n / sum)); });
    const percent = new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 0 });
    c = { ...c, format: (n) => percent.format(n) };
  }
  const sums = rows.map((row) => row.reduce((a, b) => a + (b ?? 0), 0));
  const f = frame(c, extent(stacked ? [sums] : rows, true), height);
  const along = band(labels.length, [f.left + 6, c.width], 0.28);
  const within = band(stacked ? 1 : series.length, [0, along.width], stacked ? 0 : 0.08);
  const marks = rows.map((row, j) => {
    let from = 0;
    return row.map((n, i) => {
      if (n === null) return null;
      const start = stacked ? from : 0;
      from = start + n;
      const [y1, y2] = [f.y(start), f.y(start + n)];
      return s("rect", {
        class: `mark ${tone(c, i)} ${j === incomplete ? "open" : ""}`, x: along.at(j) + within.at(stacked ? 0 : i), width: Math.max(1, Math.min(within.width, 56)),
        y: Math.min(y1, y2), height: Math.max(0.5, Math.abs(y1 - y2)), rx: stacked ? 0 : 2,
        transform: within.width > 56 ? `translate(${(within.width - 56) / 2} 0)` : null,
      }, title(labels[j], series.length > 1 && series[i].name, series[i].cells[j]));
    });
  });
  return canvas(c, height, f.grid, marks, below(labels, (j) => along.at(j) + along.width / 2, height - 8, c.width - f.left));
}

function bars(c) {
  const { labels, series } = c.data;
  const thick = series.length > 1 ? 16 : 22;
  const step = thick * series.length + 12;
  const height = labels.length * step + 4;
  const rows = series.map((one) => one.cells.map(value));
  const [low, high] = extent(rows, true);
  const room = Math.min(c.width * 0.34, Math.max(...labels.map((l) => measure(l.text))) + 12);
  const words = rows.map((row) => row.map((n) => (n === null ? w("null") : c.format(n))));
  const tail = Math.max(...words.flat().map(measure)) + 12;
  const x = linear([low, high], [room + (low < 0 ? tail : 0), c.width - (high > 0 ? tail : 8)]);
  const marks = labels.map((label, j) => s("g", null,
    s("text", { class: "label", x: room - 8, y: j * step + (thick * series.length) / 2 + 8, "text-anchor": "end" }, shorten(label.text, room - 10), s("title", null, label.text)),
    series.map((one, i) => {
      const n = rows[i][j];
      const y = j * step + i * thick + 4;
      const [from, to] = [x(0), x(n ?? 0)];
      return s("g", null,
        n !== null && s("rect", { class: `mark ${tone(c, i)}`, x: Math.min(from, to), y, width: Math.max(1, Math.abs(to - from)), height: thick - 3, rx: 2 }, title(label, series.length > 1 && one.name, one.cells[j])),
        s("text", { class: "value", x: (n ?? 0) < 0 ? to - 6 : to + 6, y: y + thick / 2 + 3, "text-anchor": (n ?? 0) < 0 ? "end" : "start" }, words[i][j]));
    })));
  return canvas(c, height, s("line", { class: "zero", x1: x(0), x2: x(0), y1: 0, y2: height }), marks);
}

function shorten(text, width) {
  if (measure(text) <= width) return text;
  let short = text;
  while (short && measure(short) > width - 10) short = short.slice(0, -1);
  return `${short}…`;
}

function pie(c) {
  const { labels, series } = c.data;
  const row = series[0].cells.map(value);
  const sum = row.reduce((a, b) => a + Math.max(0, b ?? 0), 0) || 1;
  const percent = new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 1 });
  const radius = 92;
  let from = -Math.PI / 2;
  const at = (angle, r) => `${100 + r * Math.cos(angle)} ${100 + r * Math.sin(angle)}`;
  const slices = row.map((n, j) => {
    const part = Math.max(0, n ?? 0) / sum;
    const to = from + Math.min(part, 0.9999) * 2 * Math.PI;
    const big = part > 0.5 ? 1 : 0;
    const d = `M${at(from, radius)}A${radius} ${radius} 0 ${big} 1 ${at(to, radius)}L${at(to, 54)}A54 54 0 ${big} 0 ${at(from, 54)}Z`;
    from = to;
    return s("path", { class: `slice tone-${j % 8}`, d }, title(labels[j], percent.format(part), series[0].cells[j]));
  });
  const list = labels.map((label, j) => h("li", null, h("span", { class: `key tone-${j % 8}` }), h("span", { class: "name" }, label.text),
    h("span", { class: "part" }, percent.format(Math.max(0, row[j] ?? 0) / sum)), h("span", { class: "amount" }, row[j] === null ? w("null") : c.format(row[j]))));
  return h("div", { class: "pied" }, s("svg", { viewBox: "0 0 200 200", width: 200, height: 200, role: "img", "aria-label": summary(c.data) }, slices), h("ul", { class: "parts" }, list));
}
