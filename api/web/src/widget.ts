// <wenshu-chat>: the widget. It fills its place in the page, or with `launcher`
// waits behind a button, or with `full` is the page.

import { LitElement, html, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "./board";
import "./card";
import { Client, Lost, Problem, type GetToken } from "./client";
import "./composer";
import type { WenshuComposer } from "./composer";
import { tokensFromParent } from "./frame";
import { Palette } from "./palette";
import { define, icon, type Shell } from "./part";
import { styles } from "./style";
import { bookOf, fill, languages, nearest } from "./words";
import type { Answer, AskMessage, Catalog, CatalogItem, Identity, Lang, PastTurn } from "./types";

interface Turn {
  id: number; shown: string; message: AskMessage; state: "working" | "done" | "stopped" | "failed"; step: string; seconds: number; understood: Answer | null; answer: Answer | null; problem: Problem | null;
}

type Panel = "" | "history" | "catalog";

const viewEvents = ["resize", "scroll"];
const keyboard = 100; // pixels: what covers less of the window is a bar of the browser

// kept reads and writes settings of this browser; private windows keep nothing.
const kept = {
  get(name: string) { try { return localStorage.getItem(`wenshu-${name}`); } catch { return null; } },
  set(name: string, value: string) { try { localStorage.setItem(`wenshu-${name}`, value); } catch { /* nothing is kept */ } },
};

export class WenshuChat extends LitElement {
  static styles = styles;
  static properties = {
    lang: { reflect: true }, theme: { reflect: true }, server: {}, full: { type: Boolean }, launcher: { type: Boolean }, opened: { state: true }, view: { state: true }, turns: { state: true }, catalog: { state: true }, who: { state: true },
    panel: { state: true }, history: { state: true }, find: { state: true }, trouble: { state: true }, locked: { state: true }, said: { state: true }, dark: { state: true }, narrow: { state: true },
  };
  declare lang: string;
  declare theme: string;
  declare server: string; // scheme://host of the server; that of the script when absent
  declare full: boolean;
  declare launcher: boolean;
  declare opened: boolean;
  declare view: "chat" | "board";
  declare turns: Turn[];
  declare catalog: Catalog | null;
  declare who: Identity | null;
  declare panel: Panel;
  declare history: PastTurn[];
  declare find: string;
  declare trouble: string;
  declare locked: boolean;
  declare said: string;
  declare dark: boolean;
  declare narrow: boolean;

  private tokens: GetToken | null = null;

  private client = new Client();
  private palette = new Palette();
  private conversation = "";
  private running: AbortController | null = null;
  private count = 0;
  private chosen = false; // whether somebody chose the language, so that answers keep to it
  private scheme = matchMedia("(prefers-color-scheme: dark)");
  private sized = new ResizeObserver((e) => {
    const { width = 0, height = 0 } = e[0]?.contentRect ?? {};
    this.narrow = (this.launcher ? 460 : width) < 600;
    this.style.setProperty("--tall", `${this.launcher ? 720 : Math.round(height)}px`);
  });

  constructor() {
    super();
    this.full = this.launcher = this.opened = this.locked = this.dark = this.narrow = false;
    this.view = "chat";
    this.turns = [];
    this.catalog = this.who = null;
    this.panel = "";
    this.history = [];
    this.find = this.trouble = this.said = "";
    const early = Object.getOwnPropertyDescriptor(this, "getToken")?.value as GetToken | undefined; // set before this script ran
    if (early) {
      delete (this as { getToken?: unknown }).getToken;
      this.getToken = early;
    }
  }

  // getToken is set by the page that embeds the widget: it fetches a short-lived
  // token from that page's own server.
  get getToken(): GetToken | null { return this.tokens; }
  set getToken(f: GetToken | null) {
    this.tokens = this.client.getToken = f;
    this.client.forget();
    if (this.isConnected && !this.who && (!this.launcher || this.opened)) void this.enter();
  }

  private get language(): Lang {
    return nearest(this.lang) ?? nearest(document.documentElement.lang) ?? nearest(navigator.language) ?? "en";
  }

  private get book() { return bookOf(this.language); }

  private get shell(): Shell {
    return {
      client: this.client, book: this.book, lang: this.language, dark: this.dark, catalog: this.catalog, palette: this.palette, chats: this.who?.chats ?? [],
      ask: (message, shown) => { this.view = "chat"; void this.ask(message, shown); }, announce: (text) => { this.said = text; }, link: (query) => this.link(query),
    };
  }

  connectedCallback() {
    super.connectedCallback();
    this.client.base = (this.server ?? serverOf(import.meta.url)).replace(/\/$/, "");
    this.scheme.addEventListener("change", this.shade);
    document.addEventListener("keydown", this.shortcut);
    addEventListener("hashchange", this.follow);
    for (const event of viewEvents) visualViewport?.addEventListener(event, this.squeeze);
    this.sized.observe(this);
    if (this.full) this.settle();
    if (this.hasAttribute("framed") && !this.getToken) this.getToken = tokensFromParent(new URLSearchParams(location.search).get("origin") ?? "");
    this.shade();
    this.greet();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.scheme.removeEventListener("change", this.shade);
    document.removeEventListener("keydown", this.shortcut);
    removeEventListener("hashchange", this.follow);
    for (const event of viewEvents) visualViewport?.removeEventListener(event, this.squeeze);
    this.sized.disconnect();
    this.running?.abort();
  }

  // settle takes up what this browser or the address chose.
  private settle() {
    const asked = new URLSearchParams(location.search);
    const lang = nearest(asked.get("lang") ?? kept.get("lang"));
    this.chosen = lang !== null;
    this.lang = lang ?? nearest(navigator.language) ?? "en";
    this.theme = asked.get("theme") ?? kept.get("theme") ?? "";
    this.client.viewer = asked.get("viewer") ?? "";
    if (location.pathname === "/boards") this.view = "board";
  }

  private shade = () => {
    this.dark = this.theme === "dark" || (this.theme !== "light" && this.scheme.matches);
  };

  // squeeze keeps to what an on-screen keyboard leaves of the window. One who has
  // zoomed in sees a part of the window too, and moves about in it.
  private squeeze = () => {
    const { height, offsetTop, scale } = visualViewport!;
    const covered = Math.abs(scale - 1) < 0.01 && document.documentElement.clientHeight - height > keyboard;
    this.style.setProperty("--view-height", covered ? `${height}px` : null);
    this.style.setProperty("--view-top", covered ? `${offsetTop}px` : null);
  };

  willUpdate(changed: PropertyValues<this>) {
    if (changed.has("theme")) this.shade();
    this.client.lang = this.language;
  }

  updated(changed: PropertyValues<this>) {
    if (changed.has("lang") && changed.get("lang") !== undefined) void this.learn();
    if (this.full && changed.has("lang")) {
      document.documentElement.lang = this.language;
      document.title = `${this.book.name} · ${this.view === "board" ? this.book.boards : this.book.tagline}`;
    }
  }

  private greet() {
    queueMicrotask(() => {
      this.client.lang = this.language;
      if (!this.launcher || this.opened) void this.enter().then(() => { if (this.full) { this.focusBox(); this.follow(); } });
    });
  }

  // enter finds out who asks; a page without tokens of its own asks for one.
  private async enter() {
    this.trouble = "";
    try {
      this.who = await this.client.me();
      this.locked = false;
    } catch (e) {
      if (e instanceof Problem && e.body.status === 401 && this.full) this.locked = true;
      if (!this.locked || this.client.getToken) this.trouble = this.word(e);
      return;
    }
    await Promise.all([this.learn(), this.remember()]);
  }

  private async learn() {
    try {
      this.catalog = await this.client.catalog();
    } catch (e) {
      if (!this.locked) this.trouble = this.word(e);
    }
  }

  private async remember() {
    try {
      this.history = await this.client.history();
    } catch { /* the list is a help, not a promise */ }
  }

  private word(e: unknown): string {
    return e instanceof Problem && e.message ? e.message : this.book.lost;
  }

  private shortcut = (e: KeyboardEvent) => {
    const at = e.composedPath()[0];
    const typing = at instanceof Element && at.matches("input, textarea, select, [contenteditable]");
    if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey && (this.full || this.matches(":focus-within"))) { e.preventDefault(); this.focusBox(); }
    if (e.key === "Escape" && !e.defaultPrevented && (this.full || this.matches(":focus-within"))) {
      if (this.panel) this.panel = "";
      else if (this.running) this.stop();
      else if (this.launcher && this.opened) this.shut();
    }
  };

  private get composer() { return this.renderRoot.querySelector<WenshuComposer>("wenshu-composer"); }
  private focusBox() { void this.updateComplete.then(() => this.composer?.updateComplete).then(() => this.composer?.focusBox()); }

  // link is an address that carries the query line behind the hash, which no
  // server and no log sees; opening it asks anew with the reader's own rights.
  private link(query: string): string {
    const base = this.full ? location.origin : this.client.base || location.origin;
    return `${base}/#${new URLSearchParams({ query })}`;
  }

  private follow = () => {
    if (!this.full) return;
    const query = new URLSearchParams(location.hash.slice(1)).get("query");
    if (!query) return;
    history.replaceState(null, "", location.pathname + location.search);
    this.view = "chat";
    void this.ask({ query }, query);
  };

  private stop() { this.running?.abort(); }

  // lead scrolls to the beginning of a turn.
  private lead(id: number) {
    void this.updateComplete.then(() => {
      const turn = this.renderRoot.querySelector<HTMLElement>(`#turn-${id}`);
      const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
      this.renderRoot.querySelector(".flow")?.scrollTo({ top: (turn?.offsetTop ?? 0) - 16, behavior });
    });
  }

  // ask sends a message and follows its answer.
  private async ask(message: AskMessage, shown: string) {
    this.running?.abort();
    const mine = (this.running = new AbortController());
    const turn: Turn = { id: ++this.count, shown, message, state: "working", step: "sent", seconds: 0, understood: null, answer: null, problem: null };
    this.turns = [...this.turns, turn];
    this.panel = "";
    if (message.question) this.composer?.clear();
    this.lead(turn.id);
    const clock = setInterval(() => { turn.seconds++; this.requestUpdate(); }, 1000);
    try {
      turn.answer = await this.send(message, turn, mine.signal);
      turn.state = "done";
      if (shown === message.query) turn.shown = turn.answer.title || shown; // of a link, which has no words of its own
      this.lead(turn.id);
      this.said = turn.answer.sentence.text;
      void this.remember();
    } catch (e) {
      turn.state = mine.signal.aborted ? "stopped" : "failed";
      turn.problem = e instanceof Problem ? e : null;
      this.said = turn.state === "stopped" ? this.book.stopped : this.word(e);
      if (!mine.signal.aborted && message.question) this.composer?.restore(message.question);
      if (e instanceof Problem && e.body.status === 401) void this.enter();
    } finally {
      clearInterval(clock);
      if (this.running === mine) this.running = null;
      this.turns = [...this.turns];
    }
  }

  // send follows up on the conversation, or begins another when that is not
  // known any more.
  private async send(message: AskMessage, turn: Turn, signal: AbortSignal): Promise<Answer> {
    const body: AskMessage & { conversation?: string; lang?: string } = { ...message };
    if (this.chosen || !message.question) body.lang = this.language;
    if (this.conversation) body.conversation = this.conversation;
    try {
      const answer = await this.client.ask(body, (step) => {
        if (step.kind === "done") return;
        turn.step = step.kind;
        if (step.answer) turn.understood = step.answer;
        this.said = step.kind === "understood" && step.answer?.title ? step.answer.title : this.said;
        this.turns = [...this.turns];
      }, signal);
      this.conversation = answer.conversation ?? this.conversation;
      return answer;
    } catch (e) {
      if (e instanceof Lost && turn.understood && !signal.aborted) return this.client.answer(turn.understood.id);
      if (!(e instanceof Problem) || e.body.code !== "not_found" || !this.conversation) throw e;
      this.conversation = "";
      return this.send(message, turn, signal);
    }
  }

  private async redraw(turn: Turn, { query, chart }: { query: string; chart: string }) {
    try {
      turn.answer = await this.send({ query, chart }, { ...turn }, new AbortController().signal);
      this.turns = [...this.turns];
    } catch (e) {
      this.said = this.word(e);
    }
  }

  private anew() {
    this.running?.abort();
    this.turns = [];
    this.conversation = "";
    this.panel = "";
    this.view = "chat";
    this.focusBox();
  }

  // recall shows an earlier conversation again.
  private async recall(past: PastTurn) {
    this.anew();
    const turns = this.history.filter((t) => t.conversation === past.conversation).reverse();
    const answers = await Promise.all(turns.map((t) => this.client.answer(t.id).catch(() => null)));
    this.conversation = past.conversation;
    this.turns = answers.flatMap((answer, i) => (answer ? [{ id: ++this.count, shown: turns[i].text, message: { question: answer.question }, state: "done" as const, step: "done", seconds: 0, understood: null, answer, problem: null }] : []));
    this.lead(this.count);
  }

  private async become(id: string) {
    this.client.viewer = id;
    this.anew();
    this.history = [];
    await this.enter();
  }

  private speak(lang: Lang) {
    kept.set("lang", lang);
    this.chosen = true;
    this.lang = lang;
  }

  private paint() {
    this.theme = this.dark ? "light" : "dark";
    if (this.full) kept.set("theme", this.theme);
  }

  private async open() {
    this.opened = true;
    if (!this.who) void this.enter();
    await this.updateComplete;
    this.focusBox();
  }

  private shut() {
    this.opened = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".launcher")?.focus());
  }

  render() {
    const { book } = this;
    if (!this.launcher) return this.frame();
    return html`${this.opened ? html`<div class="sheet" role="dialog" aria-label=${book.open}>${this.frame()}</div>` : nothing}
      <button type="button" class="launcher" part="launcher" aria-haspopup="dialog" aria-expanded=${String(this.opened)} ?hidden=${this.opened} @click=${this.open}>${icon("chat")}<span>${book.open}</span></button>`;
  }

  private frame() {
    const { book } = this;
    return html`<div class="frame ${this.full ? "full" : ""} ${this.narrow ? "narrow" : ""}" lang=${this.language}>
      ${this.top()}
      <div class="body">
        ${this.side()}
        <div class="main" role=${this.full ? "main" : nothing}>
          ${this.locked ? this.signIn() : this.view === "board" ? html`<wenshu-board .shell=${this.shell}></wenshu-board>` : this.chat()}
        </div>
      </div>
      <p class="unseen" role="status" aria-live="polite">${this.said}</p>
      ${this.launcher ? html`<button type="button" class="tool shut" aria-label=${book.close} title=${book.close} @click=${this.shut}>${icon("close")}</button>` : nothing}
    </div>`;
  }

  private top() {
    const { book } = this;
    const flip = (p: Panel) => {
      this.panel = this.panel === p ? "" : p;
      this.find = "";
      if (this.panel === "history") void this.remember(); // other tabs ask too
    };
    return html`<div class="top" role=${this.full ? "banner" : nothing} part="header">
      ${this.locked ? nothing : html`<button type="button" class="tool" aria-label=${book.menu} title=${book.menu} aria-expanded=${String(this.panel === "history")} @click=${() => flip("history")}>${icon("menu")}</button>`}
      <span class="brand"><svg viewBox="0 0 32 32" aria-hidden="true"><rect class="ground" width="32" height="32" rx="9"></rect><path class="bars" d="M8 17h4v7H8zM14 12h4v12h-4zM20 8h4v16h-4z"></path></svg><b>${book.name}</b></span>
      <span class="grow"></span>
      ${this.locked ? nothing : html`<button type="button" class="tool worded" aria-expanded=${String(this.panel === "catalog")} aria-label=${book.catalog} title=${book.catalog} @click=${() => flip("catalog")}>${icon("book")}<span>${book.catalog}</span></button>`}
      ${this.full && !this.locked ? html`<button type="button" class="tool worded" aria-label=${book.boards} title=${book.boards} aria-pressed=${String(this.view === "board")} @click=${() => this.show(this.view === "board" ? "chat" : "board")}>${icon("board")}<span>${book.boards}</span></button>` : nothing}
      ${this.full ? html`${this.people()}<select class="lang" aria-label=${book.language} @change=${(e: Event) => this.speak((e.target as HTMLSelectElement).value as Lang)}>${languages.map(([code, name]) => html`<option value=${code} ?selected=${code === this.language}>${name}</option>`)}</select>
        <button type="button" class="tool" aria-label=${book.theme} title=${book.theme} @click=${this.paint}>${icon("theme")}</button>` : nothing}
    </div>`;
  }

  private show(view: "chat" | "board") {
    this.view = view;
    this.panel = "";
    history.replaceState(null, "", (view === "board" ? "/boards" : "/") + location.search);
  }

  // people lets one be another sample viewer in the demo.
  private people() {
    const { who, book } = this;
    if (!who) return nothing;
    if (!who.demo) return html`<span class="who">${who.viewer.name}</span>`;
    return html`<select class="who" aria-label=${book.viewer} @change=${(e: Event) => this.become((e.target as HTMLSelectElement).value)}>${(who.viewers ?? []).map((v) => html`<option value=${v.id} ?selected=${v.id === who.viewer.id}>${v.about ? `${v.name} · ${v.about}` : v.name}</option>`)}</select>`;
  }

  private side() {
    if (!this.panel) return nothing;
    const { book } = this;
    const title = this.panel === "history" ? book.history : book.catalog;
    return html`<div class="shade" @click=${() => { this.panel = ""; }}></div><aside class="side ${this.panel}" role=${this.full ? nothing : "region"} aria-label=${title}>
      <div class="row"><h2>${title}</h2><button type="button" class="tool" aria-label=${book.close} @click=${() => { this.panel = ""; }}>${icon("close")}</button></div>
      ${this.panel === "history" ? this.past() : this.things()}</aside>`;
  }

  private past() {
    const { book, language } = this;
    // A conversation stands where its last question does and is named by its first.
    const conversations = [...new Set(this.history.map((t) => t.conversation))];
    const threads = conversations.map((c) => {
      const turns = this.history.filter((t) => t.conversation === c);
      return { ...turns[turns.length - 1], asked_at: turns[0].asked_at };
    });
    const when = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
    return html`<button type="button" class="primary wide" @click=${this.anew}>${icon("plus")}${book.newChat}</button>
      ${threads.length === 0 ? html`<p class="small">${book.historyEmpty}</p>` : html`<ul class="past">${threads.map((t) => html`<li><button type="button" @click=${() => this.recall(t)}><span>${t.text}</span><time class="about" datetime=${t.asked_at}>${when.format(new Date(t.asked_at))}</time></button></li>`)}</ul>`}`;
  }

  // things is the catalogue of what may be asked.
  private things() {
    const { book } = this;
    const key = this.find.trim().toLowerCase();
    const fits = (x: CatalogItem) => [x.label, x.name, x.group, ...(x.synonyms ?? [])].some((t) => t?.toLowerCase().includes(key));
    const groups = ([[book.metrics, this.catalog?.metrics], [book.dimensions, this.catalog?.dimensions], [book.entities, this.catalog?.entities]] as [string, CatalogItem[] | null][]).map(([name, list]) => [name, (list ?? []).filter(fits)] as const).filter(([, list]) => list.length > 0);
    const put = (x: CatalogItem) => { this.panel = ""; this.view = "chat"; void this.updateComplete.then(() => { this.composer?.restore(x.label); this.focusBox(); }); };
    return html`<input class="find" type="search" placeholder=${book.search} aria-label=${book.search} .value=${this.find} @input=${(e: InputEvent) => { this.find = (e.target as HTMLInputElement).value; }}>
      <div class="found">${groups.map(([name, list]) => html`<section><h3>${name} <span class="count">${list.length}</span></h3><ul>${list.map((x) => html`<li><button type="button" title=${x.description ?? nothing} @click=${() => put(x)}><span>${x.label}</span>${x.group ? html`<span class="about">${x.group}</span>` : nothing}</button></li>`)}</ul></section>`)}
      ${groups.length === 0 ? html`<p class="small">${book.nothing}</p>` : nothing}</div>`;
  }

  private signIn() {
    const { book } = this;
    const enter = (e: Event) => {
      e.preventDefault();
      const token = (this.renderRoot.querySelector(".sign-in input") as HTMLInputElement).value.trim();
      this.getToken = () => token;
      void this.updateComplete.then(() => this.focusBox());
    };
    return html`<form class="sign-in" @submit=${enter}><h1>${book.signIn}</h1><p class="lead">${book.signInLead}</p><input class="find" type="password" autocomplete="off" required aria-label=${book.token}><button type="submit" class="primary">${book.signIn}</button>${this.failure()}</form>`;
  }

  private failure() {
    return this.trouble ? html`<p class="failure" role="alert">${this.trouble}</p>` : nothing;
  }

  private chat() {
    const { book } = this;
    return html`<div class="flow">
        ${this.turns.length === 0 ? this.intro() : this.full ? html`<h1 class="unseen">${book.name}</h1>` : nothing}
        <div class="log" role="log" aria-live="off" aria-label=${book.transcript}>${repeat(this.turns, (t) => t.id, (t) => this.turn(t))}</div>
      </div>
      <wenshu-composer .shell=${this.shell} ?busy=${this.running !== null} ?narrow=${this.narrow} @ask=${(e: CustomEvent<string>) => this.ask({ question: e.detail }, e.detail)} @stop=${this.stop}></wenshu-composer>`;
  }

  private intro() {
    const { book, catalog } = this;
    return html`<div class="intro"><h1>${book.tagline}</h1><p class="lead">${book.lead}</p>${this.failure()}
      ${catalog?.starters?.length ? html`<section class="starters" aria-label=${book.starters}><h2>${book.starters}</h2><ul>${catalog.starters.map((q) => html`<li><button type="button" @click=${() => this.ask({ question: q.text }, q.text)}>${q.text}</button></li>`)}</ul></section>` : nothing}</div>`;
  }

  private turn(t: Turn) {
    const { book } = this;
    const first = t.answer ?? t.understood;
    const answers = first ? [first, ...(t.answer?.more ?? [])] : [];
    return html`<article class="turn" id="turn-${t.id}"><h2 class="question" part="question"><span class="unseen">${book.you}: </span>${t.shown}</h2>
      ${answers.map((a) => html`<wenshu-card ?draft=${!t.answer} .shell=${this.shell} .answer=${a} @redraw=${(e: CustomEvent) => this.redraw(t, e.detail)}></wenshu-card>`)}
      ${t.state === "working" ? this.working(t) : t.state === "stopped" ? html`<p class="working stopped">${icon("stop")}<span>${book.stopped}</span>${this.retry(t)}</p>` : t.state === "failed" ? this.refused(t) : nothing}</article>`;
  }

  private working(t: Turn) {
    const { book } = this;
    const words: Record<string, string> = { sent: book.sent, understood: book.understood, compiled: book.compiled, waiting: book.waiting, running: book.running, retrying: book.retrying };
    return html`<p class="working"><span class="pulse" aria-hidden="true"></span><span>${words[t.step] ?? book.sent}${t.seconds > 0 ? ` ${fill(book.seconds, { n: t.seconds })}` : ""}</span></p>`;
  }

  private retry(t: Turn) {
    return html`<button type="button" class="quiet" @click=${() => this.ask(t.message, t.shown)}>${this.book.again}</button>`;
  }

  private refused(t: Turn) {
    const choices = t.problem?.body.choices ?? [];
    return html`<section class="card problem"><p class="sentence">${icon("warn")}<span>${t.problem?.message || this.book.lost}</span></p><p>${this.retry(t)}</p>
      ${choices.length ? html`<div class="suggested"><p class="small heading">${this.book.instead}</p><ul class="buttons">${choices.map((c) => html`<li><button type="button" @click=${() => this.ask({ query: c.query }, c.text)}>${c.text}</button></li>`)}</ul></div>` : nothing}</section>`;
  }
}

const serverOf = (script: string) => new URL(script).origin;

define("wenshu-chat", WenshuChat);
