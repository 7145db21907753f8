// The calendar of a period: two days are picked in it, the first and the last,
// by pointer or as a grid of WAI-ARIA APG. Months are named and weeks begin as in
// the language of the widget; the browser's own calendar follows the browser's.

import { html } from "lit";
import { Part, define, icon } from "./part";
import { unique } from "./text";
import { nearest } from "./words";
import type { Lang } from "./types";

const weeks = 6; // of every month, so that nothing moves from one to the next
const iso = (d: Date) => d.toISOString().slice(0, 10);
const date = (day: string) => new Date(`${day}T00:00:00Z`);

function shifted(day: string, days: number): string {
  const d = date(day);
  d.setUTCDate(d.getUTCDate() + days);
  return iso(d);
}

// inMonth is the same day of another month, or its last.
function inMonth(day: string, months: number): string {
  const d = date(day);
  const last = new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + months + 1, 0));
  last.setUTCDate(Math.min(d.getUTCDate(), last.getUTCDate()));
  return iso(last);
}

// firstDay is what weeks begin with, 1 for Monday and 7 for Sunday: in the
// browser's own country when its language is that of the widget.
function firstDay(lang: Lang): number {
  const locale = new Intl.Locale(nearest(navigator.language) === lang ? navigator.language : lang) as Intl.Locale & { getWeekInfo?(): { firstDay: number }; weekInfo?: { firstDay: number } };
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? (lang === "zh-CN" ? 1 : 7);
}

// isDay tells a day of the calendar, as 2026-01-31, from other text.
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date(text).getTime()) && iso(date(text)) === text;
}

// sayRange says from which day to which.
export function sayRange(lang: Lang, from: string, to: string): string {
  return new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).formatRange(date(from), date(to));
}

export class WenshuCalendar extends Part {
  static properties = { ...Part.properties, from: { attribute: false }, to: { attribute: false }, at: { state: true } };
  declare from: string;
  declare to: string;
  declare at: string; // the day that the keyboard stands on
  private first = ""; // picked, while the last is not
  private id_ = unique("month");

  constructor() {
    super();
    this.from = this.to = "";
    this.at = iso(new Date());
  }

  willUpdate(changed: Map<string, unknown>) {
    if (changed.has("from") && this.from) this.at = this.from;
  }

  private pick(day: string) {
    const [from, to] = [this.first || day, day].sort();
    this.first = this.first ? "" : day;
    this.at = day;
    this.dispatchEvent(new CustomEvent("pick", { detail: { from, to } }));
  }

  private key(e: KeyboardEvent) {
    const column = (date(this.at).getUTCDay() - firstDay(this.shell.lang) + 7) % 7;
    const to: Record<string, () => string> = {
      ArrowLeft: () => shifted(this.at, -1), ArrowRight: () => shifted(this.at, 1), ArrowUp: () => shifted(this.at, -7), ArrowDown: () => shifted(this.at, 7),
      Home: () => shifted(this.at, -column), End: () => shifted(this.at, 6 - column), PageUp: () => inMonth(this.at, -1), PageDown: () => inMonth(this.at, 1),
    };
    if (!to[e.key]) return;
    e.preventDefault();
    e.stopPropagation();
    this.at = to[e.key]();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("td [tabindex='0']")?.focus());
  }

  render() {
    const { book, lang } = this.shell;
    const named = (options: Intl.DateTimeFormatOptions) => { const f = new Intl.DateTimeFormat(lang, { ...options, timeZone: "UTC" }); return (day: string) => f.format(date(day)); };
    const month = this.at.slice(0, 7);
    const start = `${month}-01`;
    const grid = shifted(start, -((date(start).getUTCDay() - firstDay(lang) + 7) % 7));
    const days = Array.from({ length: weeks * 7 }, (_, i) => shifted(grid, i));
    const whole = named({ dateStyle: "full" });
    const [short, long] = [named({ weekday: "narrow" }), named({ weekday: "long" })];
    const turn = (months: number, label: string, name: string) => html`<button type="button" class="tool" aria-label=${label} title=${label} @click=${() => { this.at = inMonth(this.at, months); }}>${icon(name)}</button>`;
    const cell = (day: string) => {
      const chosen = this.from <= day && day <= this.to;
      return html`<td role="gridcell" aria-selected=${String(chosen)}><button type="button" class="day ${day === this.from || day === this.to ? "end" : ""} ${day.startsWith(month) ? "" : "outside"}" tabindex=${day === this.at ? 0 : -1} aria-label=${whole(day)} @click=${() => this.pick(day)}>${date(day).getUTCDate()}</button></td>`;
    };
    return html`<div class="row">${turn(-1, book.previous, "left")}<b class="grow" id=${this.id_} aria-live="polite">${named({ year: "numeric", month: "long" })(start)}</b>${turn(1, book.next, "right")}</div>
      <table role="grid" aria-labelledby=${this.id_} @keydown=${this.key}>
        <thead><tr>${days.slice(0, 7).map((d) => html`<th scope="col" abbr=${long(d)}>${short(d)}</th>`)}</tr></thead>
        <tbody>${Array.from({ length: weeks }, (_, i) => html`<tr>${days.slice(i * 7, i * 7 + 7).map(cell)}</tr>`)}</tbody>
      </table>`;
  }
}

define("wenshu-calendar", WenshuCalendar);
