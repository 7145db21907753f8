// The board: pinned answers in one column, computed anew when it is opened.

import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Problem } from "./client";
import { Part, define, icon } from "./part";
import { fill } from "./words";
import type { Answer, Pin } from "./types";

interface Pinned { pin: Pin; answer: Answer | null; problem: string }

export class WenshuBoard extends Part {
  static properties = { ...Part.properties, pinned: { state: true }, loaded: { state: true }, trouble: { state: true } };
  declare pinned: Pinned[];
  declare loaded: boolean;
  declare trouble: string;
  private running = new AbortController();

  constructor() {
    super();
    this.pinned = [];
    this.loaded = false;
    this.trouble = "";
  }

  firstUpdated() { void this.load(); }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.running.abort();
  }

  // load lists the pins and asks for each in turn, with the viewer's own rights.
  private async load() {
    this.running.abort();
    const mine = (this.running = new AbortController());
    this.trouble = "";
    try {
      this.pinned = (await this.shell.client.pins()).map((pin) => ({ pin, answer: null, problem: "" }));
    } catch (e) {
      this.trouble = (e as Error).message || this.shell.book.lost;
    }
    this.loaded = true;
    for (const one of this.pinned) {
      if (mine.signal.aborted) return;
      try {
        one.answer = await this.shell.client.ask({ query: one.pin.query, lang: this.shell.lang, ...(one.pin.chart ? { chart: one.pin.chart } : {}) }, () => undefined, mine.signal);
      } catch (e) {
        one.problem = e instanceof Problem ? e.message : this.shell.book.lost;
      }
      this.pinned = [...this.pinned];
    }
  }

  private async drop(one: Pinned) {
    await this.shell.client.unpin(one.pin.id);
    this.pinned = this.pinned.filter((p) => p !== one);
  }

  render() {
    const { book } = this.shell;
    return html`<div class="flow board"><div class="board-head"><div><h1>${book.boards}</h1><p class="lead">${book.boardLead}</p></div>
        <button type="button" class="quiet" @click=${this.load}>${icon("refresh")}${book.refresh}</button></div>
      ${this.trouble ? html`<p class="failure" role="alert">${this.trouble}</p>` : nothing}
      ${this.loaded && this.pinned.length === 0 && !this.trouble ? html`<div class="empty">${icon("pin")}<p>${book.boardEmpty}</p></div>` : nothing}
      <div class="pins">${repeat(this.pinned, (p) => p.pin.id, (p) => html`<article class="pinned"><button type="button" class="tool unpin" aria-label=${fill(book.unpin, { name: p.pin.title })} title=${fill(book.unpin, { name: p.pin.title })} @click=${() => this.drop(p)}>${icon("close")}</button>
        ${p.answer ? html`<wenshu-card top .shell=${this.shell} .answer=${p.answer}></wenshu-card>` : html`<section class="card"><h2 class="title">${p.pin.title}</h2>${p.problem ? html`<p class="failure">${p.problem}</p>` : html`<p class="working"><span class="pulse" aria-hidden="true"></span><span>${book.running}</span></p>`}</section>`}</article>`)}</div></div>`;
  }
}

define("wenshu-board", WenshuBoard);
