// Elements without markup: text becomes text nodes, nothing is ever parsed.

const svgNamespace = "http://www.w3.org/2000/svg";

// h makes an element. Properties that begin with "on" are listeners, false and
// null are left out, the rest are attributes.
export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

// s makes an element of a drawing.
export function s(tag, properties, ...children) {
  return fill(document.createElementNS(svgNamespace, tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false && c !== ""));
  return element;
}

const icons = {
  send: "M4 12h14M12 6l6 6-6 6",
  stop: "M7 7h10v10H7z",
  close: "M7 7l10 10M17 7L7 17",
  down: "M7 10l5 5 5-5",
  good: "M8 11v8H5v-8zM8 11l4-7c1.5 0 2.3 1 2 2.600L13.500 10H18c1.300 0 2 1 1.700 2.200l-1.400 5.400c-.2.9-.9 1.400-1.800 1.400H8",
  bad: "M8 13V5H5v8zM8 13l4 7c1.500 0 2.300-1 2-2.600L13.500 14H18c1.300 0 2-1 1.700-2.200l-1.400-5.400C18.100 5.500 17.400 5 16.500 5H8",
  theme: "M12 4a8 8 0 108 8 6 6 0 01-8-8z",
};

// icon draws one of the icons; it says nothing to screen readers.
export function icon(name) {
  return s("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, s("path", { d: icons[name] }));
}

let last = 0;

// unique makes an id.
export const unique = (prefix) => `${prefix}-${++last}`;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// pieces cuts a text at spans, which count bytes of UTF-8.
export function pieces(text, spans) {
  const bytes = encoder.encode(text);
  const list = [];
  let at = 0;
  const cut = (start, end, span) => { if (end > start) list.push({ text: decoder.decode(bytes.subarray(start, end)), span }); };
  for (const span of [...(spans ?? [])].sort((a, b) => a.start - b.start)) {
    if (span.start < at || span.end > bytes.length) continue;
    cut(at, span.start, null);
    cut(span.start, span.end, span);
    at = span.end;
  }
  cut(at, bytes.length, null);
  return list;
}
