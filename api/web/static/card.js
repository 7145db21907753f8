// The card of one answer.

import { chart, drawable } from "./chart.js";
import { h, icon, pieces, unique } from "./dom.js";
import { table } from "./table.js";
import { w } from "./words.js";

// card shows an answer. ask sends a query line with the words for it, redraw
// asks for the same with another kind of chart, feedback stores an opinion.
export function card(answer, actions) {
  const parts = [answer, ...(answer.more ?? [])].map((one) => h("section", { class: `card ${one.kind}`, "aria-label": one.title || one.sentence.text }, ...content(one, actions)));
  return h("div", { class: "cards" }, parts);
}

function content(a, actions) {
  return [
    a.title && a.kind === "answer" && h("p", { class: "understood" }, a.title),
    sentence(a),
    facts(a),
    chips(a, actions),
    notes(a),
    assumptions(a, actions),
    views(a, actions),
    a.kind === "definition" && (a.definitions ?? []).map((d) => definition({ ...d, label: "", description: "" })),
    a.kind === "freshness" && h("ul", { class: "plain" }, (a.as_of ?? []).map((f) => h("li", null, f.text))),
    buttons("", a.choices, actions, "choices"),
    buttons("instead", a.suggestions, actions, "suggested"),
    buttons("followUps", a.follow_ups, actions, "follow-ups"),
    a.id && h("footer", null, badge(a), opinion(a, actions)),
  ].filter(Boolean).flat();
}

// understood shows the interpretation before the numbers.
export const understood = (a) => h("div", { class: "draft" }, a.title && h("p", { class: "understood" }, a.title), chips(a, null));

function sentence(a) {
  const parts = pieces(a.sentence.text, a.sentence.spans).map(({ text, span }) => (span && (span.kind === "cell" || span.kind === "size") && isValue(a, span) ? h("strong", null, text) : text));
  return parts.length > 0 && h("p", { class: "sentence" }, parts);
}

// isValue tells numbers from the names of groups.
const isValue = (a, span) => a.table?.columns?.[span.col]?.role !== "group";

function facts(a) {
  const list = [];
  const said = (text) => a.chips?.some((c) => c.text.includes(text)); // a chip shows it already
  if (a.period && !said(a.period.text)) list.push([w("period"), a.period.text]);
  for (const c of a.comparisons ?? []) if (!said(c.text)) list.push([w("comparedWith"), c.text]);
  if (a.kind === "answer" && a.as_of?.length > 0) list.push([w("asOf"), a.as_of.map((f) => f.text).join(" · ")]);
  return list.length > 0 && h("dl", { class: "facts" }, list.map(([name, text]) => h("div", null, h("dt", null, name), h("dd", null, text))));
}

function chips(a, actions) {
  return a.chips?.length > 0 && h("ul", { class: "chips" }, a.chips.map((c) => h("li", { class: `chip ${c.kind}` }, chip(c, actions))));
}

function chip(c, actions) {
  const label = [h("span", { class: "kind" }, c.label), h("span", { class: "text" }, c.text)];
  const remove = actions && c.remove && h("button", { type: "button", class: "remove", "aria-label": w("without", { name: c.text }), onclick: () => actions.ask(c.remove, w("without", { name: c.text })) }, icon("close"));
  if (!actions || !c.options?.length) return [h("span", { class: "face" }, label), remove];
  const menu = h("ul", { class: "menu" }, c.options.map((o) => h("li", null, h("button", { type: "button", onclick: () => { box.open = false; actions.ask(o.query, o.text); } }, o.text))));
  const box = h("details", { class: "options", name: "chips" }, h("summary", { class: "face" }, label, icon("down")), menu);
  box.addEventListener("keydown", (e) => { if (e.key === "Escape" && box.open) { e.stopPropagation(); box.open = false; box.firstChild.focus(); } });
  return [box, remove];
}

function notes(a) {
  const list = [...new Set((a.warnings ?? []).map((n) => n.text))];
  for (const m of (a.words ?? []).filter((x) => x.state === "corrected")) list.push(w("corrected", { from: m.text, to: m.meaning ?? "" }));
  const unread = (a.words ?? []).filter((x) => x.state === "unread").map((x) => x.text);
  if (unread.length > 0 && a.kind === "answer") list.push(w("unread", { list: unread.join(", ") }));
  return list.length > 0 && h("ul", { class: "warnings" }, list.map((text) => h("li", null, text)));
}

function assumptions(a, actions) {
  return a.assumptions?.length > 0 && h("ul", { class: "assumptions" }, a.assumptions.map((one) => h("li", null, h("span", { class: "kind" }, w("assumptions")), one.text,
    (one.others ?? []).map((o) => h("button", { type: "button", class: "quiet", onclick: () => actions.ask(o.query, o.text) }, w("change"), " ", o.text)))));
}

function buttons(heading, list, actions, name) {
  return list?.length > 0 && h("div", { class: name }, heading && h("p", { class: "small" }, w(heading)), h("ul", { class: "buttons" },
    list.map((c) => h("li", null, h("button", { type: "button", onclick: () => actions.ask(c.query, c.text) }, c.text)))));
}

// views are the tabs of an answer.
function views(a, actions) {
  if (a.kind !== "answer") return null;
  const tabs = [];
  if (drawable(a.chart)) tabs.push(["chart", () => [chart(a.chart, a.table), kinds(a, actions)]]);
  if (a.table?.rows?.length > 0) tabs.push(["table", () => table(a.table)]);
  if (a.sql?.length > 0) tabs.push(["sql", () => statements(a)]);
  tabs.push(["how", () => how(a)]);
  return tabbed(tabs);
}

function tabbed(tabs) {
  const id = unique("view");
  const panel = h("div", { class: "panel", role: "tabpanel", id: `${id}-panel`, tabindex: -1 });
  const heads = tabs.map(([name], i) => h("button", { type: "button", role: "tab", id: `${id}-${i}`, "aria-controls": panel.id, onclick: () => show(i) }, w(name)));
  function show(i) {
    heads.forEach((head, j) => { head.setAttribute("aria-selected", String(i === j)); head.tabIndex = i === j ? 0 : -1; });
    panel.setAttribute("aria-labelledby", heads[i].id);
    panel.replaceChildren(...[tabs[i][1]()].flat().filter(Boolean));
  }
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": w("views"), onkeydown: (e) => {
    const to = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!to) return;
    const next = (heads.indexOf(e.target) + to + heads.length) % heads.length;
    show(next);
    heads[next].focus();
  } }, heads);
  show(0);
  return h("div", { class: "views" }, list, panel);
}

// kinds offers the other legal kinds of chart.
function kinds(a, actions) {
  const others = (a.chart.offered ?? []).filter((k) => k !== "table" && k !== a.chart.kind && drawable({ ...a.chart, kind: k }));
  return others.length > 0 && h("div", { class: "kinds" }, others.map((k) => h("button", { type: "button", class: "quiet", onclick: () => actions.redraw(a, k) }, w(`charts.${k}`))));
}

const statements = (a) => a.sql.map((one) => h("div", { class: "statement" },
  h("p", { class: "small" }, w("source"), " ", one.source, copy(one.sql)), h("pre", { tabindex: 0 }, h("code", null, one.sql)),
  one.args?.length > 0 && h("p", { class: "small" }, w("arguments"), " ", one.args.map((x) => h("code", null, x)))));

function copy(text) {
  const button = h("button", { type: "button", class: "quiet", onclick: async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = w("copied");
  } }, w("copy"));
  return button;
}

function how(a) {
  const rules = [...new Set((a.filters ?? []).filter((f) => f.rule).map((f) => f.text))];
  const total = (a.timings ?? []).filter((t) => !t.room.includes(" ")).map((t) => `${w(`rooms.${t.room}`)} ${w("ms", { n: (t.micros / 1000).toFixed(1) })}`);
  return [
    (a.definitions ?? []).map(definition),
    rules.length > 0 && h("dl", { class: "definition" }, h("dt", null, w("byRule")), rules.map((text) => h("dd", null, text))),
    a.query && h("dl", { class: "definition" }, h("dt", null, w("queryLine")), h("dd", null, h("code", null, a.query))),
    total.length > 0 && h("p", { class: "small" }, `${w("timings")}: ${total.join(" · ")}`),
  ].flat();
}

function definition(d) {
  const rows = [["formula", d.formula], ["owner", d.owner], ["unit", d.unit], ["synonyms", d.synonyms?.slice(0, 8).join(", ")]].filter(([, text]) => text);
  return h("div", { class: "definition" }, d.label && h("p", { class: "term" }, d.label), d.description && h("p", null, d.description),
    h("dl", null, rows.map(([name, text]) => h("div", null, h("dt", null, w(name)), h("dd", null, text)))));
}

const badge = (a) => a.badge && h("span", { class: `badge ${a.badge}` }, w(a.badge));

// opinion takes a thumb, and for a bad one a reason.
function opinion(a, actions) {
  const box = h("div", { class: "opinion", role: "group" });
  const thank = () => box.replaceChildren(h("span", { class: "small", role: "status" }, w("thanks")));
  const say = async (body) => { await actions.feedback(a.id, body); thank(); };
  const why = () => box.replaceChildren(h("span", { class: "small" }, w("why")), ...["wrong_metric", "wrong_filter", "wrong_time", "wrong_number", "slow", "other"]
    .map((r) => h("button", { type: "button", class: "quiet", onclick: () => say({ good: false, reasons: [r] }) }, w(`reasons.${r}`))));
  box.append(
    h("button", { type: "button", class: "thumb", "aria-label": w("good"), title: w("good"), onclick: () => say({ good: true }) }, icon("good")),
    h("button", { type: "button", class: "thumb", "aria-label": w("bad"), title: w("bad"), onclick: () => { actions.feedback(a.id, { good: false }); why(); } }, icon("bad")));
  return box;
}
