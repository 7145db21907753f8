// What a chart says in numbers and words, apart from how it is drawn.

import { Palette, colour, grounds } from "./palette";
import { fill, named, type Book } from "./words";
import type { Cell, Chart, Column, Lang, Series, Table } from "./types";

export interface Drawing {
  chart: Chart; columns: Column[]; lang: Lang; book: Book; dark: boolean; palette: Palette; width: number;
}

export const number = (cell: Cell | undefined): number | null => (cell?.value == null || cell.value === "" ? null : Number(cell.value));
export const cellsOf = (s: Series | undefined): Cell[] => s?.cells ?? [];

const unpainted = new Set(["number", "kpi", "message", "table"]);

// drawable reports whether a chart has marks to draw.
export const drawable = (chart: Chart | undefined): boolean => Boolean(chart && !unpainted.has(chart.kind) && (chart.series ?? []).some((s) => cellsOf(s).length > 0));

// worded reports whether a chart is numbers in large print.
export const worded = (chart: Chart | undefined): boolean => Boolean(chart && (chart.kind === "number" || chart.kind === "kpi") && (chart.series ?? []).length > 0);

// parts reports whether the labels are the parts, each with its own colour.
export const byLabel = (chart: Chart): boolean => chart.kind === "pie";

// tone is the colour of a series, or of a label where the labels are the parts.
export function tone(d: Drawing, i: number): string {
  const { chart, columns } = d;
  if (byLabel(chart)) return colour(d.palette.index(columns[chart.x?.column ?? -1]?.name ?? "", chart.labels?.[i]?.text ?? ""), d.dark);
  const series = chart.series?.[i];
  if (series && columns[series.column]?.role === "earlier") return grounds[d.dark ? "dark" : "light"].earlier;
  if (chart.by && series) return colour(d.palette.index(columns[chart.by.column]?.name ?? "", series.name), d.dark);
  return colour(i, d.dark);
}

// groupTone is the colour of a group of points.
export const groupTone = (d: Drawing, group: string, i: number): string =>
  d.chart.by && group ? colour(d.palette.index(d.columns[d.chart.by.column]?.name ?? "", group), d.dark) : colour(i, d.dark);

// formatter writes numbers briefly, for axes and the ends of bars. What is said
// exactly is the text of a cell.
export function formatter(d: Drawing, column: number | undefined): (n: number) => string {
  const c = d.columns[column ?? -1];
  if (c?.role === "share" || c?.role === "growth" || c?.format === "percent") {
    const f = new Intl.NumberFormat(d.lang, { style: "percent", maximumFractionDigits: 1 });
    return (n) => f.format(n);
  }
  const options: Intl.NumberFormatOptions = { notation: "compact", maximumFractionDigits: 2 };
  if (c?.format === "money" && /^[A-Z]{3}$/.test(c.unit ?? "")) Object.assign(options, { style: "currency", currency: c.unit, minimumFractionDigits: 0 });
  const f = new Intl.NumberFormat(d.lang, options);
  return (n) => f.format(n);
}

// points are the kinds that show a sample of more rows than can be told apart.
const points = ["scatter", "bubble", "strip"];

// summary is the chart in a sentence or two, for those who do not see it.
export function summary(chart: Chart, book: Book): string {
  const cells = (chart.series ?? []).flatMap((s) => cellsOf(s).map((cell, i) => ({ cell, name: [chart.labels?.[i]?.text, (chart.series ?? []).length > 1 ? s.name : ""].filter(Boolean).join(" ") })));
  const known = cells.filter(({ cell }) => number(cell) !== null);
  const text = fill(book.summary, { title: chart.title, kind: named(book.charts, chart.kind), n: cells.length });
  if (known.length < 2 || points.includes(chart.kind)) return text;
  const most = known.reduce((a, b) => (number(b.cell)! > number(a.cell)! ? b : a));
  const least = known.reduce((a, b) => (number(b.cell)! < number(a.cell)! ? b : a));
  const say = (one: typeof most) => `${one.name} ${one.cell.text}`.trim();
  return `${text} ${fill(book.summaryRange, { max: say(most), min: say(least) })}`;
}

// notes are what a reader of the drawing has to know.
export const notes = (chart: Chart): string[] => [...(chart.notes ?? []), ...(chart.refused ? [chart.refused.text] : [])];

// kindsOf lists the kinds that the answer says are legal here.
export function kindsOf(chart: Chart): string[] {
  const list = [chart.kind, ...(chart.offered ?? [])].filter((k) => k !== "table" && k !== "message");
  return [...new Set(list)];
}

export const columnsOf = (table: Table | undefined): Column[] => table?.columns ?? [];
