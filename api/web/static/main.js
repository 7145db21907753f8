// The page: who asks, what was asked, and the box to ask in.

import * as api from "./api.js";
import { card, understood } from "./card.js";
import { composer } from "./compose.js";
import { h, icon } from "./dom.js";
import { language, useLanguage, w } from "./words.js";

const state = { who: null, catalog: null, conversation: "", running: null, chosen: false };

// kept reads and writes a setting of this browser.
const kept = {
  get(name) { try { return localStorage.getItem(`wenshu-${name}`); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(`wenshu-${name}`, value); } catch { /* private windows keep nothing */ } },
};

const log = h("div", { class: "log", role: "log", "aria-live": "polite" });
const intro = h("div", { class: "intro" });
const header = h("header", { class: "top" });
const box = composer({ submit: (text) => ask({ path: "/ask", question: text }, text), stop: () => state.running?.abort(), suggest: async (typed, signal) => (await api.suggest(typed, signal)).suggestions });
const main = h("main", null, intro, log);

function applyTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
}

const dark = () => (document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

function drawHeader() {
  const languages = h("div", { class: "switch", role: "group", "aria-label": w("language") }, [["zh-CN", "中"], ["en", "EN"]].map(([code, name]) =>
    h("button", { type: "button", lang: code, "aria-pressed": String(language() === code), onclick: () => speak(code) }, name)));
  const theme = h("button", { type: "button", class: "round", "aria-label": w("theme"), title: w("theme"), onclick: () => {
    const next = dark() ? "light" : "dark";
    kept.set("theme", next);
    applyTheme(next);
  } }, icon("theme"));
  header.replaceChildren(h("a", { class: "brand", href: "/" }, h("img", { src: "/assets/icon.svg", alt: "", width: 28, height: 28 }), h("span", null, w("name"))), viewerSwitch(), languages, theme);
}

// viewerSwitch lets one be another sample viewer in the demo.
function viewerSwitch() {
  if (!state.who) return h("span", { class: "grow" });
  if (!state.who.demo) return h("span", { class: "grow who" }, state.who.viewer.name);
  const select = h("select", { "aria-label": w("viewer"), onchange: () => become(select.value) },
    state.who.viewers.map((v) => h("option", { value: v.id }, v.about ? `${v.name} · ${v.about}` : v.name)));
  select.value = state.who.viewer.id;
  return h("span", { class: "grow who" }, select);
}

async function become(id) {
  state.running?.abort();
  api.identify({ viewer: id });
  state.conversation = "";
  await enter();
  if (log.childElementCount > 0) log.append(h("p", { class: "divider" }, w("asViewer", { name: state.who.viewer.name })));
  box.focus();
}

async function speak(lang) {
  kept.set("lang", lang);
  state.chosen = true;
  useLanguage(lang);
  api.identify({ lang });
  box.relabel();
  drawHeader();
  log.setAttribute("aria-label", w("transcript"));
  document.title = `${w("name")} · ${w("tagline")}`;
  await learn();
}

async function learn() {
  try {
    state.catalog = await api.catalog();
  } catch (e) {
    intro.replaceChildren(failure(e));
    return;
  }
  drawIntro();
}

function drawIntro() {
  const c = state.catalog;
  intro.replaceChildren(
    h("h1", null, w("tagline")), h("p", { class: "lead" }, w("lead")),
    c.starters?.length > 0 && h("section", { class: "starters" }, h("h2", null, w("starters")), h("ul", { class: "buttons" }, c.starters.map((q) =>
      h("li", null, h("button", { type: "button", onclick: () => ask({ path: "/ask", question: q.text }, q.text) }, q.text))))),
    catalogue(c));
}

function catalogue(c) {
  const groups = ["metrics", "dimensions", "entities"].map((name) => [name, c[name] ?? []]);
  const result = h("div", { class: "found" });
  const find = h("input", { type: "search", placeholder: w("search"), "aria-label": w("search"), oninput: draw });
  function draw() {
    const key = find.value.trim().toLowerCase();
    const fits = (x) => [x.label, x.name, x.group, ...(x.synonyms ?? [])].some((t) => t?.toLowerCase().includes(key));
    const shown = groups.map(([name, list]) => [name, list.filter(fits)]).filter(([, list]) => list.length > 0);
    result.replaceChildren(...shown.map(([name, list]) => h("section", null, h("h3", null, w(name), h("span", { class: "count" }, String(list.length))),
      h("ul", { class: "things" }, list.map((x) => h("li", { title: x.description }, h("span", null, x.label), x.group && name !== "metrics" && h("span", { class: "about" }, x.group)))))));
    if (shown.length === 0) result.append(h("p", { class: "small" }, w("nothing")));
  }
  return h("details", { class: "catalog", ontoggle: (e) => { if (e.target.open && !result.firstChild) draw(); } }, h("summary", null, w("catalog")), find, result);
}

const failure = (e) => h("p", { class: "failure", role: "alert" }, e instanceof api.Problem && e.message ? e.message : w("lost"));

// ask sends a message and shows what comes back. shown is what the transcript
// says the person asked.
async function ask(message, shown) {
  state.running?.abort();
  const mine = state.running = new AbortController();
  intro.querySelector("details")?.removeAttribute("open");
  intro.classList.add("small");
  const turn = h("article", { class: "turn" }, h("p", { class: "question" }, shown));
  const status = h("p", { class: "working", role: "status" }, h("span", { class: "pulse", "aria-hidden": "true" }), h("span", null, w("sent")));
  const draft = h("div");
  turn.append(draft, status);
  log.append(turn);
  turn.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  box.busy(true);
  box.clear();
  const started = performance.now();
  let step = "sent";
  const tell = () => {
    const seconds = Math.floor((performance.now() - started) / 1000);
    status.lastChild.textContent = w(step) + (seconds > 0 ? ` ${w("seconds", { n: seconds })}` : "");
  };
  const clock = setInterval(tell, 1000);
  try {
    const answer = await request(message, (event) => {
      if (event.kind === "done") return;
      step = event.kind;
      tell();
      if (event.answer) draft.replaceChildren(understood(event.answer));
    }, mine.signal);
    draft.replaceChildren(card(answer, actions(draft)));
    status.remove();
  } catch (e) {
    const aborted = mine.signal.aborted;
    status.replaceWith(aborted ? h("p", { class: "working stopped", role: "status" }, w("stopped")) : refused(e));
    if (!aborted && message.question) box.restore(message.question);
  } finally {
    clearInterval(clock);
    if (state.running === mine) { state.running = null; box.busy(false); }
  }
}

// request follows up on the conversation, or begins another when that one is
// not known any more.
async function request(message, step, signal) {
  const body = { ...message };
  if (state.chosen || !message.question) body.lang = language();
  if (state.conversation) body.conversation = state.conversation;
  try {
    const answer = await api.ask(body, step, signal);
    state.conversation = answer.conversation;
    return answer;
  } catch (e) {
    if (!(e instanceof api.Problem) || e.body.code !== "not_found" || !state.conversation) throw e;
    state.conversation = "";
    return request(message, step, signal);
  }
}

// refused shows a problem with what could be asked instead.
function refused(e) {
  const body = e instanceof api.Problem ? e.body : {};
  return h("div", { class: "cards" }, h("section", { class: "card problem" }, failure(e), body.choices?.length > 0 && h("div", { class: "suggested" }, h("p", { class: "small" }, w("instead")),
    h("ul", { class: "buttons" }, body.choices.map((c) => h("li", null, h("button", { type: "button", onclick: () => ask({ path: "/query", query: c.query }, c.text) }, c.text)))))));
}

const actions = (place) => ({
  ask: (query, text) => ask({ path: "/query", query }, text),
  feedback: (id, body) => api.feedback(id, body),
  async redraw(a, kind) {
    try {
      place.replaceChildren(card(await request({ path: "/query", query: a.query, chart: kind }, () => {}, undefined), actions(place)));
    } catch (e) {
      place.append(failure(e));
    }
  },
});

// enter finds out who asks; without a token that the server knows it asks for
// one.
async function enter() {
  try {
    state.who = await api.me();
  } catch (e) {
    if (e instanceof api.Problem && e.body.status === 401) signIn(e);
    else intro.replaceChildren(failure(e));
    return;
  }
  document.body.classList.remove("locked");
  drawHeader();
  await learn();
}

function signIn(refusal) {
  document.body.classList.add("locked");
  const token = h("input", { type: "password", autocomplete: "off", required: true, "aria-label": w("token") });
  const form = h("form", { class: "sign-in", onsubmit: (e) => { e.preventDefault(); api.identify({ token: token.value.trim() }); enter(); } },
    h("h1", null, w("signIn")), h("p", { class: "lead" }, w("signInLead")), token, h("button", { type: "submit", class: "primary" }, w("signIn")),
    refusal.body.code === "token_unknown" && failure(refusal));
  intro.replaceChildren(form);
  token.focus();
}

async function start() {
  const asked = new URLSearchParams(location.search);
  const lang = asked.get("lang") ?? kept.get("lang");
  state.chosen = Boolean(lang);
  useLanguage(lang ?? (navigator.language.startsWith("zh") ? "zh-CN" : "en"));
  api.identify({ lang: language(), viewer: asked.get("viewer") ?? "" });
  applyTheme(kept.get("theme"));
  document.title = `${w("name")} · ${w("tagline")}`;
  log.setAttribute("aria-label", w("transcript"));
  box.relabel();
  document.body.append(header, main, box.element);
  document.addEventListener("click", (e) => {
    for (const open of document.querySelectorAll("details.options[open]")) if (!open.contains(e.target)) open.open = false;
  });
  drawHeader();
  await enter();
  box.focus();
}

start();
