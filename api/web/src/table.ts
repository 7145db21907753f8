// The table of an answer: sorted by exact values, drawn only where it can be
// seen, so that a hundred thousand rows scroll like ten.

import { html, nothing } from "lit";
import { Part, define } from "./part";
import { styled } from "./styled";
import { compareNumbers } from "./text";
import { fill } from "./words";
import type { Cell, Column, Table } from "./types";

const height = 34; // pixels of a row, as the sheet says
const spare = 12; // rows drawn above and below what is seen

export const isNumber = (c: Column | undefined) => Boolean(c && ["int", "decimal", "float"].includes(c.type) && c.role !== "group");

export class WenshuTable extends Part {
  static properties = { ...Part.properties, table: { attribute: false }, label: {}, from: { state: true }, to: { state: true }, sortBy: { state: true }, down: { state: true } };
  declare table: Table;
  declare label: string;
  declare from: number;
  declare to: number;
  declare sortBy: number;
  declare down: boolean;
  private rows: Cell[][] = [];

  constructor() {
    super();
    this.from = 0;
    this.to = 40;
    this.sortBy = -1;
    this.down = false;
  }

  willUpdate(changed: Map<string, unknown>) {
    if (changed.has("table")) {
      this.sortBy = -1;
      this.rows = this.table.rows ?? [];
    }
  }

  private sort(i: number) {
    const column = this.table.columns![i];
    this.down = this.sortBy === i ? !this.down : isNumber(column);
    this.sortBy = i;
    const sign = this.down ? -1 : 1;
    const collator = new Intl.Collator(this.shell.lang);
    const order = isNumber(column) || column.type === "int" ? compareNumbers : column.type === "text" ? collator.compare : (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    this.rows = [...(this.table.rows ?? [])].sort((a, b) => {
      const [x, y] = [a[i].value, b[i].value];
      return x === null || y === null ? Number(x === null) - Number(y === null) : sign * order(x, y); // what is not known stays last
    });
    this.shell.announce(fill(this.shell.book.sorted, { name: column.label }));
  }

  private scrolled(e: Event) {
    const box = e.currentTarget as HTMLElement;
    const from = Math.max(0, Math.floor(box.scrollTop / height) - spare);
    if (Math.abs(from - this.from) < spare / 2 && from !== 0) return;
    this.from = from;
    this.to = from + Math.ceil(box.clientHeight / height) + 2 * spare;
  }

  render() {
    const { book } = this.shell;
    const columns = this.table.columns ?? [];
    const all = this.rows.length;
    const from = Math.min(this.from, Math.max(0, all - 1));
    const to = Math.min(all, Math.max(this.to, from + 40));
    const gap = (n: number) => (n > 0 ? html`<tr class="gap" aria-hidden="true"><td colspan=${columns.length} ${styled({ height: `${n * height}px` })}></td></tr>` : nothing);
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${this.label} @scroll=${this.scrolled}>
        <table aria-rowcount=${all + 1}>
          <thead><tr aria-rowindex="1">${columns.map((c, i) => html`
            <th scope="col" class=${isNumber(c) ? "number" : ""} aria-sort=${this.sortBy !== i ? "none" : this.down ? "descending" : "ascending"}>
              <button type="button" title=${fill(book.sort, { name: c.label })} @click=${() => this.sort(i)}>${c.label}${unitOf(c)}<span class="arrow" aria-hidden="true"></span></button>
            </th>`)}</tr></thead>
          <tbody>${gap(from)}${this.rows.slice(from, to).map((row, i) => html`<tr aria-rowindex=${from + i + 2}>${row.map((cell, j) => this.cell(cell, j, columns))}</tr>`)}${gap(all - to)}</tbody>
          ${this.table.totals ? html`<tfoot><tr>${this.table.totals.map((cell, i) => this.total(cell, i, columns[i]))}</tr></tfoot>` : nothing}
        </table>
      </div>
      <p class="small">${all === 1 ? book.row : fill(book.rows, { n: new Intl.NumberFormat(this.shell.lang).format(all) })}${this.table.truncated ? html` · ${book.truncated}` : nothing}</p>`;
  }

  private cell(cell: Cell, i: number, columns: Column[]) {
    const c = columns[i];
    const exact = isNumber(c) && cell.value !== null && cell.value !== cell.text ? cell.value : nothing;
    const kind = `${isNumber(c) ? "number" : ""} ${cell.value === null ? "null" : ""} ${c?.role ?? ""}`;
    if (i === 0 && c?.role === "group") return html`<th scope="row" class=${kind}>${cell.text}</th>`;
    return html`<td class=${kind} title=${exact}>${cell.text}</td>`;
  }

  private total(cell: Cell, i: number, c: Column | undefined) {
    const text = i === 0 && cell.value === null ? this.shell.book.total : cell.value === null ? "" : cell.text;
    if (i === 0 && c?.role === "group") return html`<th scope="row">${text}</th>`;
    return html`<td class=${isNumber(c) ? "number" : ""}>${text}</td>`;
  }
}

const unitOf = (c: Column) => (c.unit && c.format !== "money" && c.format !== "percent" && c.unit !== "%" ? html`<span class="unit">${c.unit}</span>` : nothing);

define("wenshu-table", WenshuTable);
