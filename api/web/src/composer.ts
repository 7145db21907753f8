// The question box: a combobox (WAI-ARIA APG) whose list opens above it, with
// what is understood marked under the text.

import { html, nothing } from "lit";
import { Part, define, icon } from "./part";
import { pieces, unique } from "./text";
import { fill, named } from "./words";
import type { Suggestion, WordMark } from "./types";

// milliseconds from one look for suggestions to the next: a list has to stand
// within 100 of its key, which a wait of 150 for quiet would rule out. A look that
// is outdated by the next key is dropped.
const step = 60;
const pause = 160; // milliseconds of quiet before the words are marked
const longest = 1000; // characters of a question

export class WenshuComposer extends Part {
  static properties = { ...Part.properties, busy: { type: Boolean }, items: { state: true }, active: { state: true }, value: { state: true }, marks: { state: true }, narrow: { type: Boolean } };
  declare busy: boolean;
  declare narrow: boolean;
  declare items: Suggestion[];
  declare active: number;
  declare value: string;
  declare marks: { text: string; words: WordMark[] };
  past: string[] = [];
  private recalled = 0;
  private composing = false;
  private timer = 0;
  private marking = 0;
  private looked = -step;
  private fetching: AbortController | null = null;
  private id_ = unique("suggestions");

  constructor() {
    super();
    this.busy = this.narrow = false;
    this.items = [];
    this.active = -1;
    this.value = "";
    this.marks = { text: "", words: [] };
  }

  private get box() { return this.querySelector<HTMLTextAreaElement>(".box"); }

  focusBox() { this.box?.focus({ preventScroll: true }); }

  // restore gives a draft back unless another has been begun.
  restore(text: string) {
    if (!this.value.trim()) this.put(text);
  }

  clear() {
    this.put("");
    this.shut();
  }

  private put(text: string) {
    this.value = text;
    void this.updateComplete.then(() => { this.grow(); this.box?.setSelectionRange(text.length, text.length); });
  }

  private grow() {
    const box = this.box;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
  }

  private shut() {
    clearTimeout(this.timer);
    clearTimeout(this.marking);
    this.fetching?.abort();
    this.items = [];
    this.active = -1;
  }

  private typed(e: InputEvent) {
    this.value = (e.target as HTMLTextAreaElement).value;
    this.grow();
    this.later();
  }

  private later() {
    this.shut();
    if (!this.value.trim()) this.marks = { text: "", words: [] };
    if (this.composing || !this.value.trim()) return;
    const mine = (this.fetching = new AbortController());
    this.timer = window.setTimeout(() => void this.suggest(this.value, mine.signal), Math.max(0, this.looked + step - performance.now()));
    this.marking = window.setTimeout(() => void this.mark(this.value, mine.signal), pause);
  }

  // suggest asks how one could go on; outdated replies are left.
  private async suggest(text: string, signal: AbortSignal) {
    this.looked = performance.now();
    try {
      const found = await this.shell.client.suggest(text, signal);
      if (!signal.aborted && this.value === text && this.matches(":focus-within")) this.items = found;
    } catch { /* suggestions are a help, not a promise */ }
  }

  // mark asks how the words are read.
  private async mark(text: string, signal: AbortSignal) {
    try {
      const words = await this.shell.client.marks(text, signal);
      if (!signal.aborted && this.value === text) this.marks = { text, words };
    } catch { /* marks are a help, not a promise */ }
  }

  private take(i: number) {
    const { kind, text } = this.items[i];
    const whole = kind === "verified" || kind === "past";
    const before = whole ? "" : this.value.replace(/[^\s,，、]*$/u, "");
    this.put(before + text + (whole || /\p{Script=Han}$/u.test(text) ? "" : " "));
    this.shut();
    this.focusBox();
    const mine = (this.fetching = new AbortController());
    void this.updateComplete.then(() => { this.marking = window.setTimeout(() => void this.mark(this.value, mine.signal), pause); });
  }

  private move(to: number) {
    this.active = (to + this.items.length) % this.items.length;
    void this.updateComplete.then(() => this.querySelector(`#${this.id_}-${this.active}`)?.scrollIntoView({ block: "nearest" }));
  }

  private recall(step: number): boolean {
    const to = this.recalled + step;
    if (to < 0 || to > this.past.length) return false;
    this.recalled = to;
    this.put(this.past[to] ?? "");
    return true;
  }

  private submit() {
    const text = this.value.trim();
    if (!text || this.busy || this.composing) return;
    this.shut();
    if (this.past.at(-1) !== text) this.past.push(text);
    this.recalled = this.past.length;
    this.marks = { text: "", words: [] };
    this.dispatchEvent(new CustomEvent("ask", { detail: text, bubbles: true }));
  }

  private stop() {
    this.dispatchEvent(new CustomEvent("stop", { bubbles: true }));
  }

  private key(e: KeyboardEvent) {
    if (e.isComposing || this.composing || e.keyCode === 229) return;
    const open = this.items.length > 0;
    const oneLine = !this.value.includes("\n");
    const handled: Record<string, () => boolean> = {
      Enter: () => { if (e.shiftKey) return false; if (this.active >= 0) this.take(this.active); else this.submit(); return true; },
      Tab: () => { if (!open || e.shiftKey) return false; this.take(Math.max(this.active, 0)); return true; },
      ArrowDown: () => { if (open) { this.move(this.active + 1); return true; } return oneLine && this.recalled < this.past.length && this.recall(1); },
      ArrowUp: () => { if (open) { this.move(this.active < 0 ? this.items.length - 1 : this.active - 1); return true; } return oneLine && (!this.value || this.recalled < this.past.length) && this.recall(-1); },
      Escape: () => { if (open) { this.shut(); return true; } if (this.busy) { this.stop(); return true; } return false; },
    };
    if (!handled[e.key]?.()) return;
    e.preventDefault();
    e.stopPropagation();
  }

  render() {
    const { book } = this.shell;
    const open = this.items.length > 0;
    return html`<form class="composer" role="search" aria-label=${book.ask} part="composer" @submit=${(e: Event) => { e.preventDefault(); this.submit(); }}>
      <ul class="suggestions" role="listbox" id=${this.id_} aria-label=${book.suggestions} ?hidden=${!open}>${this.items.map((item, i) => html`
        <li role="option" id="${this.id_}-${i}" aria-selected=${String(i === this.active)} @pointerdown=${(e: Event) => { e.preventDefault(); this.take(i); }}><span class="kind ${item.kind}">${named(book.kinds, item.kind)}</span><span class="what">${item.text}</span>${item.label && item.label !== item.text ? html`<span class="about">${item.label}</span>` : nothing}</li>`)}</ul>
      <div class="boxed">
        <div class="writing">
          <div class="mirror" aria-hidden="true">${this.marked()}</div>
          <textarea class="box" rows="1" role="combobox" aria-label=${book.short} aria-autocomplete="list" aria-expanded=${String(open)} aria-controls=${this.id_} aria-haspopup="listbox"
            aria-activedescendant=${this.active >= 0 ? `${this.id_}-${this.active}` : nothing} aria-describedby="${this.id_}-read" placeholder=${this.narrow ? book.short : book.placeholder} maxlength=${longest} autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="send"
            .value=${this.value} @input=${this.typed} @pointermove=${this.point} @keydown=${this.key} @blur=${() => this.shut()} @compositionstart=${() => { this.composing = true; this.shut(); }} @compositionend=${(e: CompositionEvent) => { this.composing = false; this.value = (e.target as HTMLTextAreaElement).value; this.later(); }}></textarea>
        </div>
        ${this.busy
          ? html`<button type="button" class="send stopping" aria-label=${book.stop} title=${book.stop} @click=${this.stop}>${icon("stop")}</button>`
          : html`<button type="submit" class="send" aria-label=${book.ask} title=${book.ask} ?disabled=${!this.value.trim()}>${icon("send")}</button>`}
      </div>
      <div class="below">${this.read()}</div>
    </form>`;
  }

  // marked is the text again, invisible, with a line under its words.
  private marked() {
    if (this.marks.text !== this.value) return this.value;
    return pieces(this.value, this.marks.words).map(({ text, span }) => (span ? html`<span class="mark ${span.state}">${text}</span>` : text));
  }

  // point says what the word under the pointer was read as; the text itself lies
  // above the words with lines.
  private point({ clientX: x, clientY: y }: PointerEvent) {
    const { book } = this.shell;
    const words = this.marks.text === this.value ? pieces(this.value, this.marks.words).flatMap(({ span }) => span ?? []) : [];
    const at = [...this.querySelectorAll(".mirror .mark")].findIndex((e) => [...e.getClientRects()].some((r) => x >= r.left && x <= r.right && y >= r.top && y <= r.bottom));
    const w = words[at];
    const said: Record<string, string> = { used: book.certain, corrected: book.certain, ambiguous: book.unsure, unread: book.unknown };
    const box = this.box;
    if (box) box.title = w ? [said[w.state], w.label, w.near?.length ? fill(book.near, { list: w.near.join(", ") }) : ""].filter(Boolean).join(" · ") : "";
  }

  // read says in words what the lines under the text show.
  private read() {
    const { book } = this.shell;
    const words = this.marks.text === this.value ? this.marks.words : [];
    const unknown = words.filter((m) => m.state === "unread");
    const unsure = words.filter((m) => m.state === "ambiguous");
    const fixed = words.filter((m) => m.state === "corrected" && m.label);
    const replace = (m: WordMark, by: string) => { this.put(pieces(this.value, [m]).map((p) => (p.span ? by : p.text)).join("")); this.focusBox(); this.later(); };
    const said = [
      ...unknown.map((m) => html`<span class="state unread">${book.unknown}: ${m.text}</span>${(m.near ?? []).slice(0, 3).map((n) => html`<button type="button" class="quiet" @click=${() => replace(m, n)}>${n}</button>`)}`),
      ...unsure.map((m) => html`<span class="state ambiguous">${book.unsure}: ${m.text}</span>`),
      ...fixed.map((m) => html`<span class="state corrected">${fill(book.corrected, { from: m.text, to: m.label! })}</span>`),
    ];
    return html`<p class="reading" id="${this.id_}-read" aria-live="polite">${said.length ? said : html`<span class="hint">${book.hint}</span>`}</p>`;
  }
}

define("wenshu-composer", WenshuComposer);
