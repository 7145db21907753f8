// From a chart as data to the option of the drawing library, one function per
// family of kinds.

import type { EChartsCoreOption } from "echarts/core";
import { cellsOf, formatter, groupTone, number, tone, type Drawing } from "./chart_data";
import { grounds, ramp } from "./palette";
import type { Chart } from "./types";

type Option = EChartsCoreOption & { height?: number };
type Build = (d: Drawing) => Option;

// symbols tell series apart without colour: four shapes, filled, then hollow. The
// keys of the legend have the same.
const symbols = ["circle", "triangle", "rect", "diamond"];
const font = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

// shape is the symbol of a series; a hollow one shows the ground of the card.
function shape(d: Drawing, i: number, colour: string) {
  const hollow = i % (2 * symbols.length) >= symbols.length;
  return { symbol: symbols[i % symbols.length], itemStyle: hollow ? { color: ground(d).card, borderColor: colour, borderWidth: 1.75 } : { color: colour } };
}

const cloud = (s: ReturnType<typeof shape>) => ({ ...s, itemStyle: { ...s.itemStyle, opacity: 0.78 } });

const ground = (d: Drawing) => grounds[d.dark ? "dark" : "light"];
const names = (d: Drawing) => (d.chart.labels ?? []).map((l) => l.text);
const wide = (text: string) => [...text].reduce((n, c) => n + (/[\u2e80-\uffef]/.test(c) ? 12 : 6.8), 0);

function base(d: Drawing): Option {
  return { animation: false, textStyle: { fontFamily: font, color: ground(d).muted, fontSize: 12 }, aria: { enabled: false, decal: { show: d.dark ? false : matchMedia("(forced-colors: active), (prefers-contrast: more)").matches } } };
}

// valueAxis begins at zero unless the answer lets it not. A line has one unit
// for all its values.
function valueAxis(d: Drawing, column = d.chart.y?.column ?? d.chart.series?.[0]?.column, zero = d.chart.y?.zero ?? true) {
  const format = formatter(d, column);
  return {
    type: "value", scale: !zero, splitNumber: 4, axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: ground(d).line } },
    axisLabel: { color: ground(d).muted, formatter: (n: number) => format(n) },
  };
}

function categoryAxis(d: Drawing, more: object = {}) {
  return {
    type: "category", data: names(d), axisLine: { lineStyle: { color: ground(d).line } }, axisTick: { show: false },
    axisLabel: { color: ground(d).muted, hideOverlap: true, ...more },
  };
}

// groupAxis names every group, as much of it as there is room for: one without a
// name says nothing. Where there is hardly any, some are left out.
function groupAxis(d: Drawing, groups: string[], step: number) {
  const room = step < 24 ? {} : { interval: 0, hideOverlap: false, width: step - 3, overflow: "truncate" };
  return { ...categoryAxis(d, room), data: groups };
}

const plain = { left: 4, right: 12, top: 16, bottom: 4, containLabel: true };
const tall = (d: Drawing) => (d.width < 480 ? 230 : 290);

// lines draws what is not over yet dashed, and what is not there as a gap.
function lines(d: Drawing): Option {
  const { chart } = d;
  const n = names(d).length;
  const series = (chart.series ?? []).flatMap((s, i) => {
    const values = cellsOf(s).map(number);
    const open = chart.incomplete > 0 && chart.incomplete < n ? chart.incomplete : n;
    const style = {
      type: "line", name: s.name, ...shape(d, i, tone(d, i)), symbolSize: 7, showSymbol: n <= 40, connectNulls: false, color: tone(d, i), cursor: "pointer",
      emphasis: { focus: "none" }, lineStyle: { width: 2.25, color: tone(d, i) },
      ...(chart.kind === "area" ? { areaStyle: { opacity: 0.16, color: tone(d, i) } } : {}),
    };
    const whole = { ...style, data: values.map((v, j) => (j < open ? v : null)), id: `s${i}` };
    if (open === n) return [whole];
    const rest = { ...style, id: `s${i}-open`, lineStyle: { ...style.lineStyle, type: [4, 5] }, data: values.map((v, j) => (j >= open - 1 && j <= open ? v : null)) };
    const after = values.some((v, j) => j > open && v !== null) ? [{ ...style, id: `s${i}-after`, lineStyle: { ...style.lineStyle, type: [4, 5] }, data: values.map((v, j) => (j >= open ? v : null)) }] : [];
    return [whole, rest, ...after];
  });
  return { ...base(d), height: tall(d), grid: plain, xAxis: { ...categoryAxis(d), boundaryGap: n < 3 }, yAxis: valueAxis(d, undefined, chart.kind === "area" || (chart.y?.zero ?? false)), series };
}

// hatched marks a period that is not over yet.
const hatched = (colour: string) => ({ color: colour, opacity: 0.55, borderColor: colour, borderWidth: 1.5, borderType: "dashed" as const });

function columns(d: Drawing): Option {
  const { chart } = d;
  const stacked = chart.kind.includes("stacked");
  const whole = chart.kind === "full_stacked_column";
  const sums = names(d).map((_, j) => (chart.series ?? []).reduce((a, s) => a + (number(cellsOf(s)[j]) ?? 0), 0));
  const one = (chart.series ?? []).length === 1;
  const series = (chart.series ?? []).map((s, i) => ({
    type: "bar", name: s.name, id: `s${i}`, color: tone(d, i), cursor: "pointer", barMaxWidth: 44, barGap: "8%", ...(stacked ? { stack: "all" } : {}),
    barCategoryGap: chart.kind === "histogram" ? "4%" : "32%",
    data: cellsOf(s).map((cell, j) => {
      const n = number(cell);
      const value = n === null ? null : whole ? (sums[j] === 0 ? 0 : n / sums[j]) : n;
      const negative = n !== null && n < 0 && !stacked;
      return {
        value, itemStyle: j === chart.incomplete ? hatched(tone(d, i)) : { borderRadius: stacked ? 0 : negative ? [0, 0, 3, 3] : [3, 3, 0, 0], ...(negative && one ? { color: ground(d).down } : {}) },
      };
    }),
  }));
  const percent = new Intl.NumberFormat(d.lang, { style: "percent", maximumFractionDigits: 0 });
  const y = valueAxis(d, undefined, true);
  return {
    ...base(d), height: tall(d), grid: plain, xAxis: categoryAxis(d), series,
    yAxis: whole ? { ...y, max: 1, axisLabel: { ...y.axisLabel, formatter: (n: number) => percent.format(n) } } : y,
  };
}

// bars lie, so that long names can be read; the largest is on top.
function bars(d: Drawing): Option {
  const { chart } = d;
  const series = chart.series ?? [];
  const room = Math.min(d.width * 0.36, Math.max(40, ...names(d).map(wide)) + 10);
  const thick = series.length > 1 ? 16 : 18;
  const low = Math.min(0, ...series.flatMap((s) => cellsOf(s).map((c) => number(c) ?? 0)));
  const label = series.map((s) => formatter(d, s.column));
  const tail = Math.max(24, ...series.flatMap((s, i) => cellsOf(s).map((c) => (number(c) === null ? 10 : wide(label[i](number(c)!)))))) + 12;
  return {
    ...base(d), height: names(d).length * (thick * series.length + 12) + 12,
    grid: { left: room + 8 + (low < 0 ? tail : 0), right: tail, top: 4, bottom: 4, containLabel: false },
    xAxis: { ...valueAxis(d, undefined, true), axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: {
      ...categoryAxis(d, { width: room, overflow: "truncate", interval: 0, hideOverlap: false, margin: low < 0 ? tail + 8 : 8, color: ground(d).ink }), inverse: true, axisLine: { show: low < 0, onZero: true, lineStyle: { color: ground(d).line } },
    },
    series: series.map((s, i) => ({
      type: "bar", name: s.name, id: `s${i}`, color: tone(d, i), cursor: "pointer", barWidth: thick - 2, barGap: "12%",
      data: cellsOf(s).map((cell, j) => {
        const n = number(cell);
        return {
          value: n, itemStyle: j === chart.incomplete ? hatched(tone(d, i)) : { borderRadius: n !== null && n < 0 ? [3, 0, 0, 3] : [0, 3, 3, 0], ...(n !== null && n < 0 && series.length === 1 ? { color: ground(d).down } : {}) },
          label: { show: n !== null, fontSize: series.length > 1 ? 11 : 12, position: n !== null && n < 0 ? "left" : "right", color: ground(d).ink, formatter: () => (n === null ? "" : label[i](n)) },
        };
      }),
    })),
  };
}

function pie(d: Drawing): Option {
  return {
    ...base(d), height: 230,
    series: [{
      type: "pie", id: "s0", radius: ["52%", "84%"], center: ["50%", "50%"], cursor: "pointer", label: { show: false }, labelLine: { show: false }, emphasis: { scale: false },
      itemStyle: { borderColor: ground(d).card, borderWidth: 2 },
      data: names(d).map((name, i) => ({ name, value: Math.max(0, number(cellsOf(d.chart.series?.[0])[i]) ?? 0), itemStyle: { color: tone(d, i) } })),
    }],
  };
}

function heat(d: Drawing): Option {
  const { chart } = d;
  const rows = chart.series ?? [];
  const cells = rows.flatMap((s, y) => cellsOf(s).map((cell, x) => ({ x, y, n: number(cell) })).filter((c) => c.n !== null));
  const all = cells.map((c) => c.n!);
  const format = formatter(d, rows[0]?.column);
  const room = Math.min(d.width * 0.3, Math.max(30, ...rows.map((s) => wide(s.name))) + 10);
  const step = (d.width - room) / Math.max(1, names(d).length);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const words = step > Math.max(...all.map((n) => wide(format(n)))) + 6;
  return {
    ...base(d), height: rows.length * 30 + 40, grid: { left: room + 8, right: 4, top: 4, bottom: 30 },
    xAxis: { ...groupAxis(d, names(d), step), splitArea: { show: false } },
    yAxis: { type: "category", data: rows.map((s) => s.name), inverse: true, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: ground(d).ink, width: room, overflow: "truncate", interval: 0 } },
    visualMap: { show: false, min: low, max: high === low ? low + 1 : high, inRange: { color: ramp(d.dark) } },
    series: [{
      type: "heatmap", id: "heat", cursor: "pointer", itemStyle: { borderColor: ground(d).card, borderWidth: 2, borderRadius: 3 },
      data: cells.map((c) => {
        const part = (c.n! - low) / (high - low || 1);
        return { value: [c.x, c.y, c.n], label: { show: words, color: (d.dark ? part < 0.57 : part > 0.72) ? "#ffffff" : "#05090f", formatter: () => format(c.n!) } }; // whichever stands out more
      }),
    }],
  };
}

// groupsOf are the groups of points, in the order they come; one without a name
// when nothing groups them.
export const groupsOf = (chart: Chart) => [...new Set((chart.labels ?? []).map((l) => l.group ?? ""))];

// places lays out panels side by side, two where there is room.
function places(d: Drawing, n: number, high: number) {
  const across = d.width >= 560 && n > 1 ? 2 : 1;
  const gap = 30;
  return {
    height: Math.ceil(n / across) * (high + gap),
    at: (i: number) => ({ left: `${(i % across) * (100 / across) + 1}%`, width: `${100 / across - 3}%`, top: Math.floor(i / across) * (high + gap) + 30, height: high - 30, containLabel: true }),
  };
}

const titles = (d: Drawing, names: string[], at: (i: number) => { left: string; top: number }) =>
  names.map((text, i) => ({ text, left: at(i).left, top: at(i).top - 30, textStyle: { fontSize: 12, fontWeight: 600, color: ground(d).ink, fontFamily: font } }));

// points draws entities, a colour and a shape for each group; the third metric
// is the area. A point knows its place among the labels by its name.
function points(d: Drawing): Option {
  const { chart } = d;
  const [x, y, size] = (chart.series ?? []).map((s) => cellsOf(s).map(number));
  const most = Math.max(1e-12, ...(size ?? []).map((n) => n ?? 0));
  const groups = groupsOf(chart);
  const split = Boolean(chart.panels) && groups.length > 1;
  const layout = places(d, groups.length, 190);
  const axis = (column: number | undefined, name: string | undefined, across: boolean, i: number) => ({
    ...valueAxis(d, column, false), gridIndex: i, ...(split ? { splitNumber: 3 } : { name, nameLocation: "middle", nameGap: across ? 28 : 52, nameTextStyle: { color: ground(d).muted } }),
  });
  const each = split ? groups : [""];
  return {
    ...base(d), height: split ? layout.height : tall(d) + 40, grid: split ? groups.map((_, i) => layout.at(i)) : { left: 64, right: 16, top: 16, bottom: 46 },
    ...(split ? { title: titles(d, groups, layout.at) } : {}),
    xAxis: each.map((_, i) => axis(chart.x?.column, chart.x?.label, true, i)), yAxis: each.map((_, i) => axis(chart.y?.column, chart.y?.label, false, i)),
    series: groups.map((group, g) => ({
      type: "scatter", id: `g${g}`, name: group, color: groupTone(d, group, g), ...cloud(shape(d, g, groupTone(d, group, g))), cursor: "pointer", xAxisIndex: split ? g : 0, yAxisIndex: split ? g : 0,
      data: (x ?? []).flatMap((v, i) => ((chart.labels?.[i]?.group ?? "") === group ? [{ name: String(i), value: [v, y?.[i] ?? null], symbolSize: size ? 6 + 34 * Math.sqrt(Math.max(0, size[i] ?? 0) / most) : 10 }] : [])),
    })),
  };
}

// panels are small drawings, each with its own unit where the units differ.
function panels(d: Drawing): Option {
  const { chart } = d;
  const series = chart.series ?? [];
  const layout = places(d, series.length, 156);
  const standing = ["column", "bar", "grouped_bar", "histogram", "stacked_column"].includes(chart.kind);
  const peak = chart.y ? Math.max(...series.flatMap((s) => cellsOf(s).map((c) => number(c) ?? 0))) : 0;
  return {
    ...base(d), height: layout.height, title: titles(d, series.map((s) => s.name), layout.at), grid: series.map((_, i) => layout.at(i)),
    xAxis: series.map((_, i) => ({ ...categoryAxis(d), gridIndex: i })),
    yAxis: series.map((s, i) => ({ ...valueAxis(d, s.column, standing || (chart.y?.zero ?? false)), gridIndex: i, splitNumber: 2, ...(peak > 0 ? { max: peak } : {}), axisLabel: { color: ground(d).muted, hideOverlap: true, showMaxLabel: peak <= 0, formatter: formatter(d, s.column) } })),
    series: series.flatMap((s, i): object[] => {
      const values = cellsOf(s).map(number);
      const open = chart.incomplete > 0 ? chart.incomplete : values.length;
      const style = { name: s.name, xAxisIndex: i, yAxisIndex: i, color: tone(d, chart.by ? i : 0), cursor: "pointer" };
      if (standing) return [{ ...style, type: "bar", id: `s${i}`, barMaxWidth: 24, data: values.map((value, j) => ({ value, itemStyle: j === chart.incomplete ? hatched(style.color) : {} })) }];
      const line = { ...style, type: "line", symbol: "circle", symbolSize: 5, showSymbol: values.length <= 40, lineStyle: { width: 2 } };
      return [{ ...line, id: `s${i}`, data: values.map((v, j) => (j < open ? v : null)) },
        ...(open < values.length ? [{ ...line, id: `s${i}-open`, lineStyle: { width: 2, type: [4, 5] }, data: values.map((v, j) => (j >= open - 1 && j <= open ? v : null)) }] : [])];
    }),
  };
}

// bullet draws the value as a bar and its target as a mark across.
function bullet(d: Drawing): Option {
  const { chart } = d;
  const series = chart.series ?? [];
  const labelled = (chart.labels ?? []).length > 0;
  const list = labelled ? names(d) : [series[0]?.name ?? ""];
  const option = bars({ ...d, chart: { ...chart, labels: list.map((text) => ({ value: text, text })), series: series.slice(0, 1) } });
  const marks = {
    type: "scatter", id: "s1", name: series[1]?.name, symbol: "rect", symbolSize: [3, 26], color: ground(d).ink, z: 5,
    data: list.map((name, i) => [number(cellsOf(series[1])[i]), name]),
  };
  return { ...option, height: (option.height ?? 60) + 16, series: [...(option.series as object[]), marks] };
}

// waterfall lets every change begin where the one before ended.
function waterfall(d: Drawing): Option {
  const { chart } = d;
  let at = 0;
  const steps = cellsOf(chart.series?.[0]).map((cell) => {
    const n = number(cell) ?? 0;
    const from = at;
    at += n;
    return { low: Math.min(from, at), size: Math.abs(n), down: n < 0, n };
  });
  const format = formatter(d, chart.series?.[0]?.column);
  const bar = { type: "bar", stack: "steps", barMaxWidth: 44, cursor: "pointer" };
  return {
    ...base(d), height: tall(d), grid: plain, xAxis: categoryAxis(d), yAxis: valueAxis(d, undefined, true),
    series: [
      { ...bar, id: "under", silent: true, itemStyle: { color: "transparent" }, data: steps.map((s) => s.low) },
      {
        ...bar, id: "s0", name: chart.series?.[0]?.name,
        data: steps.map((s) => ({ value: s.size, itemStyle: { color: s.down ? ground(d).down : tone(d, 0), borderRadius: 3 }, label: { show: true, position: "top", color: ground(d).ink, formatter: () => format(s.n) } })),
      },
    ],
  };
}

// box draws the quartiles of every group, with the least and the most as ends.
function box(d: Drawing): Option {
  const lists = (d.chart.series ?? []).map((s) => cellsOf(s).map(number));
  return {
    ...base(d), height: tall(d), grid: plain, xAxis: groupAxis(d, names(d), (d.width - 66) / names(d).length), yAxis: valueAxis(d, undefined, d.chart.y?.zero ?? false),
    series: [{
      type: "boxplot", id: "s0", boxWidth: [8, 46], cursor: "pointer", itemStyle: { color: d.dark ? "#1d3a54" : "#cfe3f1", borderColor: tone(d, 0), borderWidth: 1.75 },
      data: names(d).map((_, i) => lists.map((list) => list[i])),
    }],
  };
}

// strip draws every row above its group, a little aside from its neighbours and
// the same each time: steps of the golden ratio.
function strip(d: Drawing): Option {
  const { chart } = d;
  const groups = groupsOf(chart);
  const half = Math.min(34, (d.width - 60) / Math.max(1, groups.length) * 0.32);
  const values = cellsOf(chart.series?.[0]).map(number);
  return {
    ...base(d), height: tall(d), grid: plain, xAxis: groupAxis(d, groups, (d.width - 66) / groups.length), yAxis: valueAxis(d, undefined, chart.y?.zero ?? false),
    series: groups.map((group, g) => ({
      type: "scatter", id: `g${g}`, name: group, symbolSize: 7, cursor: "pointer", itemStyle: { color: groupTone(d, group, g), opacity: 0.68 },
      data: values.flatMap((v, i) => ((chart.labels?.[i]?.group ?? "") === group && v !== null ? [{ name: String(i), value: [g, v], symbolOffset: [((i * 0.6180339887498949) % 1 * 2 - 1) * half, 0] }] : [])),
    })),
  };
}

const builders: Record<string, Build> = {
  line: lines, area: lines, column: columns, histogram: columns, stacked_column: columns, full_stacked_column: columns, bar: bars, grouped_bar: bars, funnel: bars,
  pie, heatmap: heat, small_multiples: panels, scatter: points, bubble: points, bullet, waterfall, box, strip,
};

// optionOf is the option of a drawing, with the height that it needs.
export function optionOf(d: Drawing): Option {
  const { chart } = d;
  if (chart.panels && chart.kind !== "scatter" && chart.kind !== "bubble" && (chart.series ?? []).length > 1) return panels(d);
  return (builders[chart.kind] ?? bars)(d);
}
