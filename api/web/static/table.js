// The table of an answer: sorted by exact values, the first rows first.

import { h } from "./dom.js";
import { w } from "./words.js";

const page = 100;

const isNumber = (column) => ["int", "decimal", "float"].includes(column.type) && column.role !== "group";

// table draws a table that can be sorted by its headings.
export function table(data) {
  const columns = data.columns ?? [];
  let rows = data.rows ?? [];
  let shown = page;
  let sorted = { column: -1, down: false };
  const body = h("tbody");
  const more = h("button", { type: "button", class: "quiet", onclick: () => { shown += page; draw(); } });
  const heads = columns.map((column, i) => h("th", { scope: "col", class: isNumber(column) && "number" },
    h("button", { type: "button", title: w("sort", { name: column.label }), onclick: () => sort(i) }, column.label,
      column.unit && column.format !== "money" && h("span", { class: "unit" }, column.unit), h("span", { class: "arrow", "aria-hidden": "true" }))));

  function sort(i) {
    sorted = { column: i, down: sorted.column === i ? !sorted.down : isNumber(columns[i]) };
    rows = [...(data.rows ?? [])].sort((a, b) => compare(columns[i], a[i], b[i], sorted.down));
    heads.forEach((head, j) => head.setAttribute("aria-sort", j !== i ? "none" : sorted.down ? "descending" : "ascending"));
    draw();
  }

  const cells = (row, tag) => row.map((cell, i) => h(i === 0 && tag ? "th" : "td", {
    class: isNumber(columns[i]) && "number", scope: i === 0 && tag ? "row" : null,
    title: isNumber(columns[i]) && cell.value !== null && cell.value !== cell.text ? cell.value : null,
  }, cell.text));

  function draw() {
    body.replaceChildren(...rows.slice(0, shown).map((row) => h("tr", null, cells(row, columns[0]?.role === "group"))));
    more.hidden = rows.length <= shown;
    more.textContent = w("more", { n: Math.min(page, rows.length - shown) });
  }
  draw();

  const foot = data.totals && h("tfoot", null, h("tr", null, data.totals.map((cell, i) => h(i === 0 ? "th" : "td",
    { class: isNumber(columns[i]) && "number", scope: i === 0 ? "row" : null }, i === 0 && cell.value === null ? w("total") : cell.value === null ? "" : cell.text))));
  return h("div", { class: "tabled" },
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": w("table") }, h("table", null, h("thead", null, h("tr", null, heads)), body, foot)),
    h("p", { class: "small" }, w("rows", { n: rows.length }), data.truncated && ` · ${w("truncated")}`), more);
}

// compare orders cells by value, with nulls last either way.
function compare(column, a, b, down) {
  if (a.value === null || b.value === null) return (a.value === null) - (b.value === null);
  const order = isNumber(column) || column.type === "int" ? Number(a.value) - Number(b.value) : a.value.localeCompare(b.value, document.documentElement.lang);
  return down ? -order : order;
}
