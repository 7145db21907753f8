// The card of one answer.

import { html, nothing, type TemplateResult } from "lit";
import { drawable, worded } from "./chart_data";
import "./chip";
import * as edit from "./edit";
import "./feedback";
import "./figure";
import { change, parseLine, parts } from "./line";
import "./menu";
import { Part, define, icon } from "./part";
import "./table";
import { pieces, unique } from "./text";
import { fill, named } from "./words";
import type { Answer, Choice, Definition, Origin } from "./types";
import type { Mark } from "./charts";

type View = "chart" | "table" | "sql" | "how";

export class WenshuCard extends Part {
  static properties = { ...Part.properties, answer: { attribute: false }, draft: { type: Boolean }, top: { type: Boolean }, view: { state: true }, picked: { state: true }, done: { state: true }, summed: { state: true }, all: { state: true } };
  declare answer: Answer;
  declare draft: boolean; // what was understood, before there are numbers
  declare top: boolean; // no question stands above it, so its heading is of that rank
  declare view: View | "";
  declare picked: { mark: Mark; options: Choice[]; name: string } | null;
  declare done: string; // the last action, in words
  declare all: boolean; // chips that a narrow card leaves out are shown
  declare summed: string | null; // what a language model wrote; null while it writes
  private id_ = unique("card");

  constructor() {
    super();
    this.view = this.done = this.summed = "";
    this.picked = null;
    this.draft = this.top = this.all = false;
  }

  render() {
    const a = this.answer;
    const early = this.draft; // the same elements, so that a chip that is being changed stays when the number comes
    return html`<section class="card ${early ? "draft" : a.kind}" aria-label=${a.title || a.sentence.text} part="card">
      ${this.head()}${this.sentence()}${this.summary()}${early ? nothing : this.facts()}${this.chips()}${early ? nothing : this.notes()}${this.assumptions()}${this.views()}
      ${a.kind === "definition" ? (a.definitions ?? []).map((d) => this.definition({ ...d, label: "", description: "" })) : nothing}
      ${a.kind === "freshness" ? html`<ul class="plain">${(a.as_of ?? []).map((f) => html`<li>${f.text}</li>`)}</ul>` : nothing}
      ${this.near()}${this.buttons("", a.choices, "choices")}${this.buttons(this.shell.book.instead, a.suggestions, "suggested")}
      ${this.buttons(this.shell.book.followUps, a.follow_ups, "follow-ups")}${this.foot()}
    </section>`;
  }

  private ask(c: Choice) {
    this.shell.ask({ query: c.query }, c.text);
  }

  private head() {
    const a = this.answer;
    if (!a.title || !(a.kind === "answer" || this.draft)) return nothing;
    return html`<header class="head">${this.top ? html`<h2 class="title">${a.title}</h2>` : html`<h3 class="title">${a.title}</h3>`}${a.badge && !this.draft ? html`<span class="badge ${a.badge}">${a.badge === "verified" ? icon("check") : nothing}${named({ verified: this.shell.book.verified, model: this.shell.book.model, llm: this.shell.book.llm, both: this.shell.book.both }, a.badge)}</span>` : nothing}</header>`;
  }

  // sentence sets the numbers in bold; each is a cell, whose exact value shows.
  private sentence() {
    const a = this.answer;
    if (!a.sentence.text) return nothing;
    const isValue = (col: number) => a.table?.columns?.[col]?.role !== "group";
    return html`<p class="sentence">${a.kind === "problem" || a.kind === "declined" ? icon("warn") : nothing}<span>${pieces(a.sentence.text, a.sentence.spans).map(({ text, span }) =>
      span && (span.kind === "cell" || span.kind === "size") && isValue(span.col) ? html`<strong title=${a.table?.rows?.[span.row]?.[span.col]?.value ?? nothing}>${text}</strong>` : text)}</span></p>`;
  }

  // summary is what a language model says about the result, on demand and named
  // as such.
  private summary() {
    const { book } = this.shell;
    return this.summed ? html`<div class="summary"><p>${this.summed}</p><p class="small">${book.sumUpBy}</p></div>` : nothing;
  }

  private async sumUp() {
    this.summed = null;
    try {
      this.summed = await this.shell.client.summary(this.answer.id);
      this.shell.announce(this.summed);
    } catch {
      this.summed = "";
      this.say(this.shell.book.noSumUp);
    }
  }

  private facts() {
    const { book } = this.shell;
    const a = this.answer;
    const said = (text: string) => a.chips?.some((c) => c.text.includes(text)); // a chip shows it already
    const list: [string, string][] = [];
    if (a.period && !said(a.period.text)) list.push([book.period, a.period.text]);
    for (const c of a.comparisons ?? []) if (!said(c.text)) list.push([book.comparedWith, c.text]);
    if (a.kind === "answer" && a.as_of?.length) list.push([book.asOf, a.as_of.map((f) => f.text).join(" · ")]);
    return list.length ? html`<dl class="facts">${list.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>` : nothing;
  }

  // chips can be changed before there is a number, which is then not waited for.
  private chips() {
    const a = this.answer;
    if (!a.chips?.length) return nothing;
    const count: Record<string, number> = {};
    return html`<ul class="chips">${a.chips.map((c) => {
      const nth = (count[c.kind] = (count[c.kind] ?? -1) + 1);
      return html`<li><wenshu-chip .shell=${this.shell} .answer=${a} .chip=${c} .nth=${nth}></wenshu-chip></li>`;
    })}${a.query && !parseLine(a.query).items?.startsWith("list ") ? html`<li><wenshu-chip .shell=${this.shell} .answer=${a} .chip=${null} .nth=${0}></wenshu-chip></li>` : nothing}${this.all || a.chips.length < 3 ? nothing : html`<li class="rest"><button type="button" class="quiet" aria-expanded="false" @click=${this.unfold}>${fill(this.shell.book.moreChips, { n: a.chips.length - 2 })}</button></li>`}</ul>`;
  }

  // unfold shows the chips that a narrow card leaves out, and goes to the first.
  private async unfold() {
    this.all = true;
    await this.updateComplete;
    this.querySelector<HTMLElement>(".chips > li:nth-child(3) .face")?.focus();
  }

  private notes() {
    const { book } = this.shell;
    const a = this.answer;
    const list = new Set((a.warnings ?? []).map((n) => n.text));
    const coded = new Set((a.warnings ?? []).map((n) => n.code));
    if (!coded.has("corrected")) for (const m of (a.words ?? []).filter((x) => x.state === "corrected")) list.add(fill(book.corrected, { from: m.text, to: m.label ?? m.meaning ?? "" }));
    return list.size ? html`<ul class="warnings">${[...list].map((text) => html`<li>${icon("warn")}<span>${text}</span></li>`)}</ul>` : nothing;
  }

  private assumptions() {
    const { book } = this.shell;
    return this.answer.assumptions?.length ? html`<ul class="assumptions">${this.answer.assumptions.map((one) => html`<li><span class="kind">${book.assumptions}</span><span>${one.text}</span>${(one.others ?? []).map((o) => html`
      <button type="button" class="quiet" @click=${() => this.ask(o)}>${book.change} ${o.text}</button>`)}</li>`)}</ul>` : nothing;
  }

  private near() {
    const list = (this.answer.problems ?? []).filter((p) => p.near?.length && !this.answer.sentence.text.includes(p.near[0])).map((p) => fill(this.shell.book.near, { list: p.near!.join(", ") }));
    return list.map((text) => html`<p class="small near">${text}</p>`);
  }

  private buttons(heading: string, list: Choice[] | undefined, name: string) {
    return list?.length ? html`<div class=${name}>${heading ? html`<p class="small heading">${heading}</p>` : nothing}<ul class="buttons">${list.map((c) => html`<li><button type="button" @click=${() => this.ask(c)}>${c.text}</button></li>`)}</ul></div>` : nothing;
  }

  // views are the tabs of an answer: chart, table, SQL, how.
  private views() {
    const a = this.answer;
    if (a.kind !== "answer" || this.draft) return nothing;
    const { book } = this.shell;
    const rows = a.table?.rows?.length ?? 0;
    const tabs = ([["chart", drawable(a.chart) || worded(a.chart)], ["table", rows > 0], ["sql", Boolean(a.sql?.length)], ["how", true]] as [View, boolean][]).filter(([, has]) => has).map(([v]) => v);
    const now = this.view && tabs.includes(this.view) ? this.view : tabs[0];
    const show = (v: View) => { this.view = v; this.picked = null; };
    const key = (e: KeyboardEvent) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      const to = step ? tabs[(tabs.indexOf(now) + step + tabs.length) % tabs.length] : { Home: tabs[0], End: tabs.at(-1) }[e.key];
      if (!to) return;
      e.preventDefault();
      show(to);
      void this.updateComplete.then(() => this.querySelector<HTMLElement>("[role=tab][aria-selected=true]")?.focus());
    };
    return html`<div class="views">
      <div class="tabs" role="tablist" aria-label=${book.views} @keydown=${key}>${tabs.map((v) => html`
        <button type="button" role="tab" id="${this.id_}-${v}" aria-controls="${this.id_}-panel" aria-selected=${String(v === now)} tabindex=${v === now ? 0 : -1} @click=${() => show(v)}>${book[v]}</button>`)}</div>
      <div class="panel" role="tabpanel" id="${this.id_}-panel" aria-labelledby="${this.id_}-${now}" tabindex="-1">${this.panel(now)}</div>
    </div>`;
  }

  private panel(v: View): TemplateResult {
    const a = this.answer;
    switch (v) {
      case "chart":
        return html`<div class="drawing" @pick=${(e: CustomEvent<Mark>) => this.pick(e.detail)} @wish=${(e: CustomEvent<string>) => this.wish(e.detail)}>
          <wenshu-figure .shell=${this.shell} .chart=${a.chart} .table=${a.table} .paint=${this.shell.dark}></wenshu-figure>${this.closer()}</div>`;
      case "table": return html`<wenshu-table .shell=${this.shell} .table=${a.table} label=${this.shell.book.table}></wenshu-table>`;
      case "sql": return html`${(a.sql ?? []).map((s) => this.statement(s))}`;
      case "how": return this.how();
    }
  }

  private wish(kind: string) {
    this.dispatchEvent(new CustomEvent("redraw", { detail: { query: this.answer.query, chart: kind }, bubbles: true }));
  }

  // pick offers to look closer at the mark that was clicked.
  private pick(m: Mark) {
    const a = this.answer;
    const { book } = this.shell;
    const query = a.query ?? "";
    const columns = a.table?.columns ?? [];
    const by = parts(parseLine(query).by);
    const groups = columns.map((c, i) => ({ c, i })).filter(({ c }) => c.role === "group");
    const place = (column: number | undefined) => groups.findIndex((g) => g.i === column);
    const label = a.chart?.labels?.[m.label];
    const at = place(a.chart?.x?.column ?? groups[0]?.i);
    if (!label || at < 0 || by.length !== groups.length || !query) return;
    const column = groups[at].c;
    const options: Choice[] = [];
    if (column.grain) {
      const period = label.value ? edit.periodOf(column.grain, label.value) : null;
      const grain = edit.finerGrain(column.grain);
      if (!period || !grain) return;
      options.push({ text: fill(book.zoom, { name: label.text, grain: named(book.grains, grain) }), query: edit.grouped(changePeriod(query, period), by.map((g, i) => (i === at ? g.replace(/:\w+/, `:${grain}`) : g))) });
      const rest = by.filter((_, i) => i !== at);
      options.push({ text: fill(book.only, { name: label.text }), query: edit.grouped(changePeriod(query, period), rest) });
    } else {
      const name = by[at].replace(/\s+as\s+\S+$/u, "");
      const inside = edit.addFilter(query, name, edit.only(name, column, label.value));
      options.push({ text: fill(book.only, { name: label.text }), query: edit.grouped(inside, by.filter((_, i) => i !== at)) });
      for (const f of (a.follow_ups ?? []).filter((x) => x.kind === "drill" || x.kind === "trend")) {
        const next = parts(parseLine(f.query).by).filter((g) => !by.includes(g));
        if (next.length) options.push({ text: fill(book.byPart, { name: label.text, part: f.text }), query: edit.grouped(inside, next) });
      }
    }
    this.picked = { mark: m, options, name: label.text };
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".closer button")?.focus({ preventScroll: true }));
  }

  private closer() {
    const p = this.picked;
    if (!p) return nothing;
    const { book } = this.shell;
    return html`<div class="closer" role="group" aria-label=${fill(book.drill, { name: p.name })} @keydown=${(e: KeyboardEvent) => { if (e.key === "Escape") { e.stopPropagation(); this.picked = null; } }}>
      <ul class="buttons">${p.options.map((o) => html`<li><button type="button" @click=${() => { this.picked = null; this.ask(o); }}>${o.text}</button></li>`)}
      <li><button type="button" class="tool" aria-label=${book.close} @click=${() => { this.picked = null; }}>${icon("close")}</button></li></ul></div>`;
  }

  private statement(s: { source: string; sql: string; args?: string[] }) {
    const { book } = this.shell;
    return html`<div class="statement"><p class="small"><span>${book.source}</span><code>${s.source}</code><button type="button" class="quiet" @click=${() => this.copy(s.sql)}>${book.copy}</button></p>
      <pre tabindex="0"><code>${s.sql}</code></pre>${s.args?.length ? html`<p class="small"><span>${book.arguments}</span>${s.args.map((x) => html`<code>${x}</code>`)}</p>` : nothing}</div>`;
  }

  private how() {
    const { book, lang } = this.shell;
    const a = this.answer;
    const rules = [...new Set((a.filters ?? []).filter((f) => f.rule).map((f) => f.text))];
    const ms = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
    const timings = (a.timings ?? []).filter((t) => book.rooms[t.room]).map((t) => `${named(book.rooms, t.room)} ${fill(book.ms, { n: ms.format(t.micros / 1000) })}`);
    const row = (name: string, text: unknown) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`;
    return html`${(a.definitions ?? []).map((d) => this.definition(d))}
      <dl class="definition">
        ${a.lineage?.length ? row(book.lineage, html`<ul class="lineage">${a.lineage.map((o) => this.origin(o))}</ul>`) : nothing}
        ${a.as_of?.length ? row(book.freshness, a.as_of.map((f) => f.text).join(" · ")) : nothing}
        ${rules.length ? row(book.byRule, rules.join(" · ")) : nothing}
        ${a.query ? row(book.queryLine, html`<code class="line">${a.query}</code>`) : nothing}
        ${timings.length ? row(book.timings, timings.join(" · ")) : nothing}
      </dl>`;
  }

  // origin is one table that gives to a column, spelled as the model spells it.
  private origin(o: Origin) {
    return html`<li>${o.label} ← <code>${[o.takes?.join(", "), `${o.source}.${[o.table, ...(o.joined ?? [])].join(", ")}`].filter(Boolean).join(" ← ")}</code></li>`;
  }

  private definition(d: Definition) {
    const { book } = this.shell;
    const rows = ([[book.formula, d.formula], [book.owner, d.owner], [book.unit, d.unit], [book.synonyms, d.synonyms?.slice(0, 8).join(", ")]] as [string, string | undefined][]).filter(([, text]) => text);
    return html`<div class="definition">${d.label ? html`<p class="term">${d.label}</p>` : nothing}${d.description ? html`<p>${d.description}</p>` : nothing}
      ${rows.length ? html`<dl>${rows.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>` : nothing}</div>`;
  }

  private foot() {
    const a = this.answer;
    if (!a.id || this.draft) return nothing;
    return html`<footer class="foot">${a.kind === "answer" ? this.tools() : nothing}
      <wenshu-feedback .shell=${this.shell} .answer=${a}></wenshu-feedback></footer>`;
  }

  private tools() {
    const { book } = this.shell;
    const a = this.answer;
    const rows = (a.table?.rows?.length ?? 0) > 0;
    const drawn = drawable(a.chart);
    return html`<div class="tools">
      <wenshu-menu icon="copy" .label=${book.copy} .actions=${[
        { text: book.copyText, run: () => this.copy(this.plain()) }, ...(rows ? [{ text: book.copyTable, run: () => this.copy(this.tsv()) }] : []), ...(drawn ? [{ text: book.copyPicture, run: () => this.copyPicture() }] : []),
      ]}></wenshu-menu>
      ${rows ? html`<wenshu-menu icon="download" .label=${book.download} .actions=${["table.csv", "table.xlsx", ...(drawn ? ["chart.png", "chart.svg"] : [])].map((name) => ({ text: name.split(".")[1].toUpperCase(), run: () => this.download(name) }))}></wenshu-menu>` : nothing}
      ${a.query ? html`<button type="button" class="tool" aria-label=${book.copyLink} title=${book.copyLink} @click=${() => this.copy(this.shell.link(a.query!))}>${icon("link")}</button>
      <button type="button" class="tool" aria-label=${book.pin} title=${book.pin} @click=${() => this.pin()}>${icon("pin")}</button>` : nothing}
      <button type="button" class="tool" aria-label=${book.print} title=${book.print} @click=${() => print()}>${icon("print")}</button>
      ${this.chats()}
      ${rows && this.shell.catalog?.summaries && !this.summed ? html`<button type="button" class="quiet sum-up" ?disabled=${this.summed === null} @click=${() => this.sumUp()}>${book.sumUp}</button>` : nothing}
      <span class="said" role="status">${this.done}</span>
    </div>`;
  }

  // chats lead to bots that answer where people talk; chats take no question from
  // an address, so it waits in the clipboard.
  private chats() {
    const { book, chats, link } = this.shell;
    const { question, query } = this.answer;
    return chats.map((c) => {
      const label = fill(book.askIn, { name: named(book.vendors, c.vendor) });
      const put = () => navigator.clipboard.writeText(question || link(query ?? "")).then(() => this.say(book.pasteThere), () => undefined); // the way there is open all the same
      return html`<a class="tool" href=${c.url} target="_blank" rel="noopener noreferrer" aria-label=${label} title=${label} @click=${put}>${icon("chat")}</a>`;
    });
  }

  private say(text: string) {
    this.done = text;
    setTimeout(() => { if (this.done === text) this.done = ""; }, 4000);
  }

  private async copy(text: string) {
    await navigator.clipboard.writeText(text);
    this.say(this.shell.book.copied);
  }

  private async pin() {
    try {
      await this.shell.client.pin(this.answer.id);
      this.say(this.shell.book.pinned);
    } catch (e) {
      this.say((e as Error).message || this.shell.book.lost);
    }
  }

  private async copyPicture() {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": this.shell.client.file(this.answer.id, "chart.png") })]);
      this.say(this.shell.book.copied);
    } catch (e) {
      this.say((e as Error).message || this.shell.book.lost);
    }
  }

  // download fetches a file, whose token no address may carry, and saves it.
  private async download(name: string) {
    try {
      const address = URL.createObjectURL(await this.shell.client.file(this.answer.id, name));
      const link = document.createElement("a");
      link.href = address;
      link.download = `${(this.answer.title || "wenshu").replace(/[\\/:*?"<>|]+/g, " ").slice(0, 80)}.${name.split(".").at(-1)}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (e) {
      this.say((e as Error).message || this.shell.book.lost);
    }
  }

  // plain is the answer as text: sentence, what was understood, query line.
  private plain(): string {
    const a = this.answer;
    return [a.sentence.text, a.chips?.map((c) => c.text).join(" · "), a.query].filter(Boolean).join("\n");
  }

  private tsv(): string {
    const line = (cells: string[]) => cells.map((c) => c.replace(/[\t\r\n]+/g, " ")).join("\t");
    return [line((this.answer.table?.columns ?? []).map((c) => c.label)), ...(this.answer.table?.rows ?? []).map((r) => line(r.map((c) => c.text)))].join("\n");
  }
}

// changePeriod looks at one period alone.
const changePeriod = (query: string, period: string) => edit.compared(change(query, { during: period }), null);

define("wenshu-card", WenshuCard);
