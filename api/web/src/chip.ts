// A chip of an answer: what was understood, with the controls to change it. Every
// change is a query line; nothing is read again.

import { html, nothing, type TemplateResult } from "lit";
import { isDay, sayRange } from "./calendar";
import * as edit from "./edit";
import { conditions, parseLine, parts } from "./line";
import { Part, define, icon, leaves } from "./part";
import { unique } from "./text";
import { fill, named } from "./words";
import type { Answer, CatalogItem, Chip, Suggestion } from "./types";

interface Option { text: string; query: string; about?: string; current?: boolean }

const grains = ["day", "week", "month", "quarter", "year"];
const limits = [3, 5, 10, 20, 50];
const shown = 400; // options at most; more are found by typing
const atOnce = 100; // query lines that the server looks at in one call

export class WenshuChip extends Part {
  static properties = {
    ...Part.properties, answer: { attribute: false }, chip: { attribute: false }, nth: { attribute: false }, open: { state: true }, find: { state: true }, adding: { state: true },
    members: { state: true }, may: { state: true }, test: { state: true }, from: { state: true }, to: { state: true },
  };
  declare answer: Answer;
  declare chip: Chip | null; // null for the chip that adds
  declare nth: number; // among the chips of its kind
  declare open: boolean;
  declare find: string;
  declare adding: string; // what the chip that adds is adding
  declare members: Suggestion[] | null;
  declare may: Map<string, boolean>; // which query lines could be answered; what is not in it is not known yet
  declare test: edit.Test | null;
  declare from: string;
  declare to: string;
  private id_ = unique("chip");

  constructor() {
    super();
    this.open = false;
    this.find = this.adding = this.from = this.to = "";
    this.members = this.test = null;
    this.may = new Map();
  }

  private get query() { return this.answer.query ?? ""; }
  private get line() { return parseLine(this.query); }

  private toggle() {
    this.open = !this.open;
    this.find = this.adding = "";
    this.test = this.chip?.kind === "filter" ? edit.readTest(this.chip.clause) : null;
    const p = this.answer.period;
    this.from = p?.start?.slice(0, 10) ?? "";
    this.to = p?.end ? dayBefore(p.end) : "";
    if (this.test) void this.loadMembers();
    if (this.open) this.enter();
  }

  // enter moves the focus into the editor unless it is there.
  private enter() {
    void this.updateComplete.then(() => {
      if (this.querySelector(".pop:focus-within")) return;
      this.querySelector(".pop")?.scrollIntoView({ block: "nearest" });
      const first = this.querySelector(".pop [aria-busy=true]") ? ".pop .find" : ".pop input, .pop button, .pop select"; // what is waited for has it then
      this.querySelector<HTMLElement>(first)?.focus();
    });
  }

  // offered are the options that could be answered. Those that are not known are
  // asked about, and wait for it.
  private offered(options: Option[]): { list: Option[]; waiting: boolean } {
    const open = [...new Set(options.filter((o) => !o.current && !this.may.has(o.query)).map((o) => o.query))];
    if (open.length > 0) queueMicrotask(() => void this.check(open));
    return { list: options.filter((o) => o.current || this.may.get(o.query)), waiting: open.length > 0 };
  }

  private checking = new Set<string>();

  private async check(queries: string[]) {
    const fresh = queries.filter((q) => !this.checking.has(q));
    if (fresh.length === 0) return;
    for (const q of fresh) this.checking.add(q);
    const parts = Array.from({ length: Math.ceil(fresh.length / atOnce) }, (_, i) => fresh.slice(i * atOnce, (i + 1) * atOnce));
    const found = await Promise.all(parts.map((p) => this.shell.client.bindable(p).catch(() => p.map(() => true)))); // the answer will say what is wrong
    this.may = new Map([...this.may, ...parts.flatMap((p, i) => p.map((q, j) => [q, found[i][j]] as const))]);
    if (this.open) this.enter();
  }

  private close(refocus = true) {
    if (!this.open) return;
    this.open = false;
    if (refocus) void this.updateComplete.then(() => this.querySelector<HTMLElement>(".face")?.focus());
  }

  private key(e: KeyboardEvent) {
    if (e.key === "Escape" && this.open) { e.stopPropagation(); e.preventDefault(); this.close(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    const list = [...this.querySelectorAll<HTMLElement>(".pop .option")];
    if (!step || list.length === 0 || (e.target as HTMLElement).matches("input.date, input[type=checkbox], select")) return;
    e.preventDefault();
    const at = list.indexOf(e.target as HTMLElement);
    (list[(at + step + list.length) % list.length] ?? list[0]).focus();
  }

  private take(query: string, text: string) {
    this.close(false);
    this.shell.ask({ query }, text);
  }

  render() {
    const { book } = this.shell;
    const c = this.chip;
    const editable = !c || this.editors()[c.kind] !== undefined;
    const name = c ? `${c.label} ${c.text}` : book.add;
    const label = c ? html`<span class="kind">${c.label}</span> <span class="text">${c.text}</span>` : html`${icon("plus")}<span class="text">${book.add}</span>`;
    return html`<div class="chip ${c?.kind ?? "adds"} ${this.open ? "open" : ""}" @keydown=${this.key} @focusout=${(e: FocusEvent) => { if (leaves(e, this) && e.relatedTarget) this.close(false); }}>
      ${editable
        ? html`<button type="button" class="face" aria-haspopup="dialog" aria-expanded=${String(this.open)} aria-controls=${this.open ? this.id_ : nothing} aria-label=${fill(book.edit, { name })} @click=${this.toggle}>${label}${c ? icon("down") : nothing}</button>`
        : html`<span class="face">${label}</span>`}
      ${c?.remove ? html`<button type="button" class="remove" aria-label=${fill(book.without, { name: c.text })} @click=${() => this.take(c.remove!, fill(book.without, { name: c.text }))}>${icon("close")}</button>` : nothing}
      ${this.open ? html`<div class="pop" role="dialog" id=${this.id_} aria-label=${fill(book.editorFor, { name })}>${this.editor()}</div>` : nothing}
    </div>`;
  }

  private editors(): Record<string, () => TemplateResult> {
    return {
      metric: () => this.list(this.things("metrics").map((m) => ({ text: m.label, about: m.group, current: m.name === this.chip?.clause, query: edit.replaceMetric(this.query, this.nth, m.name) }))),
      group: () => this.list(this.groups((name) => edit.replaceGroup(this.query, this.nth, name))),
      period: () => this.period(),
      comparison: () => this.list(this.comparisons()),
      sort: () => this.list(this.orders()),
      limit: () => this.list(this.limits()),
      ...(this.chip?.kind !== "filter" || edit.readTest(this.chip.clause) ? { filter: () => this.filter() } : {}),
    };
  }

  private editor(): TemplateResult {
    if (this.chip) return this.editors()[this.chip.kind]();
    const { book } = this.shell;
    switch (this.adding) {
      case "metric": return this.list(this.things("metrics").map((m) => ({ text: m.label, about: m.group, query: edit.addMetric(this.query, m.name) })));
      case "group": return this.list(this.groups((name) => edit.addGroup(this.query, name)));
      case "comparison": return this.list(this.comparisons().filter((o) => !o.current));
      case "order": return this.list(this.orders());
      case "limit": return this.list(this.limits());
      case "filter": return this.test ? this.filter() : this.chooser();
    }
    const line = this.line;
    const kinds: [string, string, boolean][] = [
      ["metric", book.addMetric, true], ["group", book.addGroup, true], ["filter", book.addFilter, true],
      ["comparison", book.addComparison, line.vs === undefined && Boolean(this.answer.period)], ["order", book.addOrder, line.sort === undefined && Boolean(line.by)], ["limit", book.limit, line.limit === undefined && Boolean(line.by)],
    ];
    return html`<div class="options">${kinds.filter(([, , may]) => may).map(([kind, text]) => html`
      <button type="button" class="option" @click=${() => this.begin(kind)}>${text}${icon("right")}</button>`)}</div>`;
  }

  private begin(kind: string) {
    this.adding = kind;
    this.enter();
  }

  private things(of: "metrics" | "dimensions"): CatalogItem[] {
    return this.shell.catalog?.[of] ?? [];
  }

  // list is a menu of changes, with a field to find among many.
  private list(options: Option[]): TemplateResult {
    const { book } = this.shell;
    const key = this.find.trim().toLowerCase();
    const fits = options.filter((o) => !key || o.text.toLowerCase().includes(key) || o.about?.toLowerCase().includes(key));
    const { list, waiting } = this.offered(fits.slice(0, shown));
    return html`
      ${options.length > 9 ? html`<input class="find" type="search" placeholder=${book.search} aria-label=${book.search} .value=${this.find} @input=${(e: InputEvent) => { this.find = (e.target as HTMLInputElement).value; }}>` : nothing}
      <div class="options" aria-busy=${String(waiting)}>${list.map((o) => html`
        <button type="button" class="option" aria-current=${o.current ? "true" : nothing} @click=${() => (o.current ? this.close() : this.take(o.query, o.text))}><span>${o.text}</span>${o.about ? html`<span class="about">${o.about}</span>` : nothing}${o.current ? icon("check") : nothing}</button>`)}
      ${list.length === 0 && !waiting ? html`<p class="small">${book.nothing}</p>` : nothing}</div>`;
  }

  private groups(query: (name: string) => string): Option[] {
    const { book } = this.shell;
    const clause = this.chip?.clause ?? "";
    const of = /^([^:]+):(\w+)$/.exec(clause)?.[1] ?? "time";
    const times = this.answer.period || clause.includes(":") ? grains.map((g) => ({ text: `${book.byTime} · ${named(book.grains, g)}`, query: query(`${of}:${g}`), current: clause === `${of}:${g}` })) : [];
    return [...times, ...this.things("dimensions").filter((d) => !d.time).map((d) => ({ text: d.label, about: d.group, query: query(d.name), current: d.name === clause }))];
  }

  private comparisons(): Option[] {
    const { book } = this.shell;
    const now = this.line.vs;
    return [
      { text: book.prior, query: edit.compared(this.query, "prior"), current: now === "prior" },
      { text: book.yearAgo, query: edit.compared(this.query, "year_ago"), current: now === "year_ago" },
      ...(now ? [{ text: book.none, query: edit.compared(this.query, null) }] : []),
    ];
  }

  private orders(): Option[] {
    const { book } = this.shell;
    const now = this.line.sort;
    const columns = this.answer.table?.columns ?? [];
    const keys = [...parts(this.line.items), ...parts(this.line.by)].map((x) => /\s+as\s+(\S+)$/u.exec(x)?.[1] ?? x);
    return keys.flatMap((name) => {
      const label = columns.find((c) => c.name === name)?.label ?? name;
      return [{ text: fill(book.descending, { name: label }), query: edit.sorted(this.query, `-${name}`), current: now === `-${name}` }, { text: fill(book.ascending, { name: label }), query: edit.sorted(this.query, name), current: now === name }];
    });
  }

  private limits(): Option[] {
    const now = this.line.limit;
    const { lang, book } = this.shell;
    return [...limits.map((n) => ({ text: new Intl.NumberFormat(lang).format(n), query: edit.limited(this.query, n), current: now === String(n) })), ...(now ? [{ text: book.all, query: edit.limited(this.query, null) }] : [])];
  }

  private period(): TemplateResult {
    const { book } = this.shell;
    const valid = isDay(this.from) && isDay(this.to) && this.from <= this.to;
    const day = (label: string, value: string, set: (v: string) => void) => html`<label>${label}<input class="date" inputmode="numeric" placeholder="2026-01-31" maxlength="10" autocomplete="off" .value=${value} aria-invalid=${String(!isDay(value))} @input=${(e: InputEvent) => set((e.target as HTMLInputElement).value)}></label>`;
    const { list, waiting } = this.offered(this.chip?.options ?? []);
    return html`<form class="days" @submit=${(e: Event) => { e.preventDefault(); if (valid) this.take(edit.between(this.query, this.from, this.to), sayRange(this.shell.lang, this.from, this.to)); }}>
        <p class="small">${book.presets}</p>
        <div class="presets" aria-busy=${String(waiting)}>${list.map((o) => html`<button type="button" class="quiet option" aria-current=${o.query === this.query ? "true" : nothing} @click=${() => this.take(o.query, o.text)}>${o.text}</button>`)}</div>
        <p class="small custom">${book.custom}</p>
        <wenshu-calendar .shell=${this.shell} .from=${isDay(this.from) ? this.from : ""} .to=${isDay(this.to) ? this.to : ""} @pick=${({ detail }: CustomEvent<{ from: string; to: string }>) => { this.from = detail.from; this.to = detail.to; }}></wenshu-calendar>
        <div class="ends">${day(book.from, this.from, (v) => { this.from = v; })}${day(book.to, this.to, (v) => { this.to = v; })}
          <button type="submit" class="primary" ?disabled=${!valid}>${book.apply}</button></div>
      </form>`;
  }

  // chooser picks the dimension of a new filter.
  private chooser(): TemplateResult {
    const { book } = this.shell;
    const key = this.find.trim().toLowerCase();
    const fits = this.things("dimensions").filter((d) => !d.time && (!key || d.label.toLowerCase().includes(key) || d.group?.toLowerCase().includes(key)));
    const { list } = this.offered(fits.slice(0, shown).map((d) => ({ text: d.name, query: edit.addFilter(this.query, d.name, `${d.name} is null`) })));
    const may = new Set(list.map((o) => o.text));
    return html`<input class="find" type="search" placeholder=${book.search} aria-label=${book.search} .value=${this.find} @input=${(e: InputEvent) => { this.find = (e.target as HTMLInputElement).value; }}>
      <div class="options">${fits.filter((d) => may.has(d.name)).map((d) => html`<button type="button" class="option" @click=${() => this.on(d.name)}><span>${d.label}</span><span class="about">${d.group}</span></button>`)}</div>`;
  }

  private on(name: string) {
    this.test = { name, not: false, values: [] };
    this.find = "";
    void this.loadMembers();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".pop input")?.focus());
  }

  private async loadMembers() {
    const t = this.test;
    if (!t) return;
    try {
      const found = await this.shell.client.members(t.name, this.find);
      if (this.test?.name === t.name) this.members = found;
    } catch {
      this.members = []; // what cannot be listed can be typed
    }
  }

  // filter edits one name against members.
  private filter(): TemplateResult {
    const { book } = this.shell;
    const t = this.test;
    if (!t) return html``;
    const label = this.things("dimensions").find((d) => d.name === t.name)?.label ?? t.name;
    const typed = this.find.trim();
    const found = new Map((this.members ?? []).map((m) => [m.name ?? m.text, m.text]));
    const list = [...new Set([...t.values, ...found.keys(), ...(typed && found.size === 0 ? [typed] : [])])].slice(0, shown);
    const toggle = (v: string) => { this.test = { ...t, values: t.values.includes(v) ? t.values.filter((x) => x !== v) : [...t.values, v] }; };
    const apply = (e: Event) => {
      e.preventDefault();
      const bare = t.values.every((v) => /^-?\d+(\.\d+)?$|^(true|false)$/.test(v)) && /= *-?\d|= *(true|false)|in \(-?\d/.test(this.chip?.clause ?? "");
      const condition = edit.writeTest(t, bare);
      const query = this.chip ? edit.replaceFilter(this.query, this.nth, condition) : edit.addFilter(this.query, t.name, condition);
      this.take(query, `${label}${t.not ? ` ${book.isNot} ` : ": "}${t.values.join(", ")}`);
    };
    return html`<form class="filter-form" @submit=${apply}>
      <div class="row"><span class="term">${label}</span>
        <select aria-label=${book.operator} @change=${(e: Event) => { this.test = { ...t, not: (e.target as HTMLSelectElement).value === "not" }; }}><option value="is" ?selected=${!t.not}>${book.is}</option><option value="not" ?selected=${t.not}>${book.isNot}</option></select></div>
      <input class="find" type="search" placeholder=${book.findValue} aria-label=${book.findValue} .value=${this.find} @input=${(e: InputEvent) => { this.find = (e.target as HTMLInputElement).value; void this.loadMembers(); }}>
      <div class="options checks" role="group" aria-label=${label}>${list.map((v) => html`<label class="check"><input type="checkbox" .checked=${t.values.includes(v)} @change=${() => toggle(v)}><span>${found.get(v) ?? v}</span></label>`)}
      ${list.length === 0 ? html`<p class="small">${book.noOptions}</p>` : nothing}</div>
      <button type="submit" class="primary" ?disabled=${t.values.length === 0}>${book.apply}</button>
    </form>`;
  }
}

function dayBefore(instant: string): string {
  const d = new Date(`${instant.slice(0, 10)}T00:00:00Z`);
  if (instant.slice(11, 19) === "00:00:00" || instant.length <= 10) d.setUTCDate(d.getUTCDate() - 1);
  return d.toISOString().slice(0, 10);
}

export const filtersOf = (query: string) => conditions(parseLine(query).where);

define("wenshu-chip", WenshuChip);
