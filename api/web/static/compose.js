// The question box: a combobox (WAI-ARIA APG) whose list opens above it.

import { h, icon, unique } from "./dom.js";
import { w } from "./words.js";

const pause = 160; // milliseconds of quiet before suggestions are fetched

// composer makes the box. submit gets the text, stop is asked to stop what
// runs, suggest returns suggestions for a text.
export function composer({ submit, stop, suggest }) {
  const listID = unique("suggestions");
  const box = h("input", {
    class: "box", type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listID, "aria-haspopup": "listbox",
    maxlength: 1000, autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "send",
  });
  const list = h("ul", { class: "suggestions", role: "listbox", id: listID, hidden: true });
  const button = h("button", { class: "send", type: "submit" });
  const hint = h("p", { class: "hint", id: unique("hint") });
  const form = h("form", { class: "composer", role: "search" }, list, h("div", { class: "boxed" }, box, button), hint);
  box.setAttribute("aria-describedby", hint.id);

  let items = [];
  let active = -1;
  let composing = false;
  let busy = false;
  let timer = 0;
  let fetching = null;
  const past = [];
  let recalled = 0;

  function close() {
    clearTimeout(timer);
    fetching?.abort();
    items = [];
    active = -1;
    list.hidden = true;
    list.replaceChildren();
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    items = found;
    active = -1;
    box.removeAttribute("aria-activedescendant");
    list.replaceChildren(...items.map((item, i) => h("li", {
      role: "option", id: `${listID}-${i}`, "aria-selected": "false",
      onpointerdown: (e) => { e.preventDefault(); take(i); },
    }, h("span", { class: "kind" }, w(`kinds.${item.kind}`)), h("span", { class: "what" }, item.text), item.label && h("span", { class: "about" }, item.label))));
    list.hidden = items.length === 0;
    box.setAttribute("aria-expanded", String(items.length > 0));
  }

  function move(to) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (to + items.length) % items.length;
    const option = list.children[active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  function take(i) {
    const { kind, text } = items[i];
    const whole = kind === "verified" || kind === "past";
    const before = whole ? "" : box.value.replace(/[^\s,，、]*$/u, "");
    box.value = before + text + (whole || /\p{Script=Han}$/u.test(text) ? "" : " ");
    close();
    box.focus();
  }

  function later() {
    clearTimeout(timer);
    fetching?.abort();
    if (composing || !box.value.trim()) { close(); return; }
    timer = setTimeout(async () => {
      const mine = fetching = new AbortController();
      const typed = box.value;
      try {
        const found = await suggest(typed, mine.signal);
        if (!mine.signal.aborted && box.value === typed && document.activeElement === box) show(found);
      } catch {
        if (!mine.signal.aborted) close(); // suggestions are a help, not a promise
      }
    }, pause);
  }

  function send() {
    const text = box.value.trim();
    if (!text || busy) return;
    close();
    past.push(text);
    recalled = past.length;
    submit(text);
  }

  function recall(step) {
    const to = recalled + step;
    if (to < 0 || to > past.length) return;
    recalled = to;
    box.value = past[to] ?? "";
  }

  box.addEventListener("compositionstart", () => { composing = true; close(); });
  box.addEventListener("compositionend", () => { composing = false; later(); });
  box.addEventListener("input", later);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (e) => {
    if (e.isComposing || composing || e.keyCode === 229) return;
    const open = items.length > 0;
    const handled = {
      Enter: () => { if (active < 0) return false; take(active); }, // the form sends
      Tab: () => { if (!open || e.shiftKey) return false; take(Math.max(active, 0)); },
      ArrowDown: () => { if (open) move(active + 1); else if (recalled < past.length) recall(1); else return false; },
      ArrowUp: () => { if (open) move(active < 0 ? items.length - 1 : active - 1); else if (!box.value || recalled < past.length) recall(-1); else return false; },
      Escape: () => { if (open) close(); else if (busy) stop(); else return false; },
    }[e.key];
    if (handled && handled() !== false) e.preventDefault();
  });
  form.addEventListener("submit", (e) => { e.preventDefault(); if (!composing) send(); });
  button.addEventListener("click", () => { if (busy) stop(); });
  document.addEventListener("keydown", (e) => {
    const typing = e.target instanceof Element && e.target.matches("input, textarea, select");
    if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey) { e.preventDefault(); box.focus(); }
    if (e.key === "Escape" && busy && e.target !== box) stop();
  });

  function relabel() {
    form.setAttribute("aria-label", w("ask"));
    box.setAttribute("aria-label", w("short"));
    box.placeholder = w(innerWidth < 576 ? "short" : "placeholder");
    list.setAttribute("aria-label", w("suggestions"));
    hint.textContent = w("hint");
    button.setAttribute("aria-label", w(busy ? "stop" : "ask"));
    button.type = busy ? "button" : "submit";
    button.replaceChildren(icon(busy ? "stop" : "send"));
    button.classList.toggle("stopping", busy);
  }
  relabel();

  return {
    element: form,
    relabel,
    focus: () => box.focus(),
    busy(now) { busy = now; relabel(); },
    clear() { box.value = ""; close(); },
    restore(text) { box.value ||= text; },
  };
}
