// What somebody thinks of an answer: a thumb, reasons, a comment.

import { html, nothing } from "lit";
import { Part, define, icon } from "./part";
import { named } from "./words";
import type { Answer } from "./types";

const reasons = ["wrong_metric", "wrong_filter", "wrong_time", "wrong_number", "slow", "other"];

export class WenshuFeedback extends Part {
  static properties = { ...Part.properties, answer: { attribute: false }, state: { state: true }, problem: { state: true }, comment: { state: true }, chosen: { state: true } };
  declare answer: Answer;
  declare state: "asked" | "why" | "thanked";
  declare problem: string;
  declare comment: string;
  declare chosen: string[];

  constructor() {
    super();
    this.state = "asked";
    this.problem = this.comment = "";
    this.chosen = [];
  }

  private async send(body: { good: boolean; reasons?: string[]; comment?: string }) {
    try {
      await this.shell.client.feedback(this.answer.id, body);
      this.state = "thanked";
      this.problem = "";
    } catch (e) {
      this.problem = (e as Error).message || this.shell.book.lost;
    }
  }

  private ask() {
    this.state = "why";
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("input")?.focus());
  }

  render() {
    const { book } = this.shell;
    if (this.state === "thanked") return html`<p class="small thanked" role="status">${icon("check")}${book.thanks}</p>`;
    if (this.state === "asked") {
      return html`<div class="opinion" role="group"><button type="button" class="tool" aria-label=${book.good} title=${book.good} @click=${() => this.send({ good: true })}>${icon("good")}</button>
        <button type="button" class="tool" aria-label=${book.bad} title=${book.bad} @click=${this.ask}>${icon("bad")}</button>${this.failed()}</div>`;
    }
    const toggle = (r: string) => { this.chosen = this.chosen.includes(r) ? this.chosen.filter((x) => x !== r) : [...this.chosen, r]; };
    return html`<form class="why" @submit=${(e: Event) => { e.preventDefault(); void this.send({ good: false, reasons: this.chosen, ...(this.comment.trim() ? { comment: this.comment.trim() } : {}) }); }}>
      <fieldset><legend>${book.why}</legend>${reasons.map((r) => html`<label class="check"><input type="checkbox" .checked=${this.chosen.includes(r)} @change=${() => toggle(r)}><span>${named(book.reasons, r)}</span></label>`)}</fieldset>
      <textarea rows="2" maxlength="2000" placeholder=${book.comment} aria-label=${book.comment} .value=${this.comment} @input=${(e: InputEvent) => { this.comment = (e.target as HTMLTextAreaElement).value; }}></textarea>
      <div class="row"><button type="submit" class="primary">${book.sendFeedback}</button><button type="button" class="quiet" @click=${() => { this.state = "asked"; }}>${book.cancel}</button>${this.failed()}</div>
    </form>`;
  }

  private failed() {
    return this.problem ? html`<span class="failure" role="alert">${this.problem}</span>` : nothing;
  }
}

define("wenshu-feedback", WenshuFeedback);
