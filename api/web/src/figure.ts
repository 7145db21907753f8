// The chart of an answer with its title, legend, notes, tooltip and what screen
// readers get instead of it.

import { html, nothing } from "lit";

import { byLabel, cellsOf, columnsOf, drawable, formatter, groupTone, kindsOf, notes, number, summary, tone, worded, type Drawing } from "./chart_data";
import type { Mark, Picture } from "./charts";
import { ramp } from "./palette";
import { Part, define } from "./part";
import { styled } from "./styled";
import { named } from "./words";
import type { Chart, Table } from "./types";

const read = 60; // values of a chart that screen readers get beside it; the table has all

export class WenshuFigure extends Part {
  static properties = {
    ...Part.properties, chart: { attribute: false }, table: { attribute: false }, kind: { state: true }, over: { state: true }, state: { state: true }, wide: { state: true }, paint: { attribute: false },
  };
  declare chart: Chart;
  declare table: Table;
  declare kind: string; // another kind than the answer's, drawn from the same values
  declare over: Mark | null;
  declare state: "loading" | "drawn" | "failed";
  declare wide: number;
  declare paint: number; // changes when colours do
  private picture: Picture | null = null;
  private sized: ResizeObserver | null = null;
  private place: HTMLElement | null = null;

  constructor() {
    super();
    this.over = null;
    this.state = "loading";
    this.wide = 0;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.drop();
  }

  private drop() {
    this.sized?.disconnect();
    this.picture?.dispose();
    this.sized = this.picture = this.place = null;
  }

  private drawing(): Drawing {
    const { book, lang, dark, palette } = this.shell;
    return { chart: this.chart, columns: columnsOf(this.table), lang, book, dark, palette, width: this.wide };
  }

  updated() {
    const place = this.querySelector<HTMLElement>(".stage");
    if (place !== this.place) {
      this.drop();
      this.place = place;
      if (place) {
        this.sized = new ResizeObserver(() => { this.wide = Math.round(place.clientWidth); });
        this.sized.observe(place);
      }
    }
    if (place && this.wide >= 60) void this.draw(place);
  }

  private async draw(place: HTMLElement) {
    try {
      const { Picture } = await import("./charts");
      if (this.place !== place) return;
      this.picture ??= new Picture(place, (m) => { this.over = m; }, (m) => this.pick(m));
      const key = JSON.stringify([this.chart, this.wide, this.shell.dark, this.shell.lang]);
      if (place.dataset.key !== key) {
        this.picture.draw(this.drawing());
        place.dataset.key = key;
      }
      this.state = "drawn";
    } catch (e) {
      this.state = "failed";
      console.warn("wenshu: the chart was not drawn", e);
    }
  }

  private pick(m: Mark) {
    this.dispatchEvent(new CustomEvent("pick", { detail: m, bubbles: true }));
  }

  render() {
    const { book } = this.shell;
    if (worded(this.chart)) return this.numbers();
    if (!drawable(this.chart)) return nothing;
    const d = this.drawing();
    return html`
      <figure class="chart ${this.chart.kind === "box" ? "boxes" : this.chart.kind}">
        <figcaption>${this.chart.title}</figcaption>
        ${this.legend(d)}
        <div class="stage-box">
          <div class="stage" role="img" aria-label=${summary(this.chart, book)}></div>
          ${byLabel(this.chart) ? this.slices(d) : nothing}
          ${this.over ? this.tip(d, this.over) : nothing}
          ${this.state === "loading" ? html`<p class="small loading">${book.loadingChart}</p>` : nothing}
          ${this.state === "failed" ? html`<p class="small" role="alert">${book.chartFailed}</p>` : nothing}
        </div>
        ${notes(this.chart).map((text) => html`<p class="small">${text}</p>`)}
        ${this.spoken()}
      </figure>
      ${this.switch()}`;
  }

  // switch offers the other kinds that are legal for these values.
  private switch() {
    const kinds = kindsOf(this.chart);
    if (kinds.length < 2) return nothing;
    const { book } = this.shell;
    return html`<div class="kinds" role="group" aria-label=${book.chartKind}>${[...kinds].sort().map((k) => html`
      <button type="button" class="quiet" aria-pressed=${String(k === this.chart.kind)} @click=${() => this.wish(k)}>${named(book.charts, k)}</button>`)}</div>`;
  }

  private wish(kind: string) {
    if (kind !== this.chart.kind) this.dispatchEvent(new CustomEvent("wish", { detail: kind, bubbles: true }));
  }

  private numbers() {
    const columns = columnsOf(this.table);
    return html`<dl class="numbers">${(this.chart.series ?? []).map((s) => {
      const cell = cellsOf(s)[0];
      return html`<div class=${columns[s.column]?.role ?? ""}><dt>${s.name}</dt><dd title=${cell?.value ?? nothing}>${cell?.text ?? "—"}</dd></div>`;
    })}</dl>`;
  }

  private legend(d: Drawing) {
    const { chart } = this;
    const symbols = ["line", "area", "scatter", "bubble"].includes(chart.kind); // what has none is told by its place
    const key = (name: string, colour: string, i: number) => html`<li><span class="key ${symbols ? `shape-${i % 4} ${i % 8 > 3 ? "hollow" : ""}` : ""}" ${styled({ "--tone": colour })}></span>${name}</li>`;
    if (chart.kind === "heatmap") return this.scale(d);
    if (chart.panels || ["pie", "small_multiples", "waterfall", "box", "strip"].includes(chart.kind)) return nothing;
    if (chart.kind === "scatter" || chart.kind === "bubble") {
      const groups = [...new Set((chart.labels ?? []).map((l) => l.group ?? ""))];
      return groups.length > 1 ? html`<ul class="legend">${groups.map((g, i) => key(g, groupTone(d, g, i), i))}</ul>` : nothing;
    }
    const series = chart.series ?? [];
    return series.length > 1 ? html`<ul class="legend">${series.map((s, i) => key(s.name, tone(d, i), i))}</ul>` : nothing;
  }

  // scale says what the palest and the strongest colour of a heat map stand for.
  private scale(d: Drawing) {
    const cells = (this.chart.series ?? []).flatMap(cellsOf).filter((c) => number(c) !== null);
    if (cells.length < 2) return nothing;
    const by = [...cells].sort((a, b) => number(a)! - number(b)!);
    const format = formatter(d, this.chart.series?.[0]?.column);
    return html`<p class="legend scale"><span>${format(number(by[0])!)}</span><span class="ramp" ${styled({ "--ramp": ramp(d.dark).join(", ") })}></span><span>${format(number(by.at(-1))!)}</span></p>`;
  }

  // slices name the parts beside the ring, with their shares.
  private slices(d: Drawing) {
    const cells = cellsOf(this.chart.series?.[0]);
    const sum = cells.reduce((a, c) => a + Math.max(0, number(c) ?? 0), 0) || 1;
    const percent = new Intl.NumberFormat(d.lang, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
    return html`<ul class="slices">${(this.chart.labels ?? []).map((label, i) => html`<li><span class="key" ${styled({ "--tone": tone(d, i) })}></span><span class="what">${label.text}</span><span class="part">${percent.format(Math.max(0, number(cells[i]) ?? 0) / sum)}</span><span class="amount">${number(cells[i]) === null ? "—" : formatter(d, this.chart.series?.[0]?.column)(number(cells[i])!)}</span></li>`)}</ul>`;
  }

  // tip says the exact value under the pointer.
  private tip(d: Drawing, m: Mark) {
    const points = ["scatter", "bubble", "box", "strip"].includes(this.chart.kind); // all that is known of a mark
    const series = (this.chart.series ?? []).map((s, i) => ({ s, i })).filter(({ i }) => points || m.series < 0 || i === m.series || this.chart.kind === "line" || this.chart.kind === "area" || this.chart.kind === "grouped_bar");
    const left = m.x > this.wide / 2;
    return html`<div class="tip ${left ? "left" : ""}" ${styled({ left: `${m.x}px`, top: `${m.y}px` })} aria-hidden="true">
      <p>${this.chart.labels?.[m.label]?.text}${m.label === this.chart.incomplete ? html` <span class="small">${this.shell.book.incompleteMark}</span>` : nothing}</p>
      ${series.map(({ s, i }) => html`<p class="of">${points || byLabel(this.chart) || this.chart.kind === "heatmap" ? nothing : html`<span class="key" ${styled({ "--tone": tone(d, i) })}></span>`}<span>${s.name}</span><b>${cellsOf(s)[m.label]?.text ?? "—"}</b></p>`)}
    </div>`;
  }

  // spoken are the values as a table that is read and not seen.
  private spoken() {
    const labels = this.chart.labels ?? [];
    const series = this.chart.series ?? [];
    return html`<div class="unseen"><table><caption>${this.shell.book.chartTable}</caption>
      <thead><tr><th scope="col">${this.chart.x?.label ?? this.chart.title}</th>${series.map((s) => html`<th scope="col">${s.name}</th>`)}</tr></thead>
      <tbody>${labels.slice(0, read).map((label, i) => html`<tr><th scope="row">${label.text}</th>${series.map((s) => html`<td>${cellsOf(s)[i]?.text ?? "—"}</td>`)}</tr>`)}</tbody></table></div>`;
  }
}

define("wenshu-figure", WenshuFigure);
