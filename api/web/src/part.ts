// What the parts of the widget share.

import { LitElement, svg, html, type TemplateResult } from "lit";
import type { Client } from "./client";
import type { Palette } from "./palette";
import type { AskMessage, Catalog, Chat, Lang } from "./types";
import type { Book } from "./words";

// Shell is what the widget lends to its parts.
export interface Shell {
  client: Client; book: Book; lang: Lang; dark: boolean; catalog: Catalog | null; palette: Palette; chats: Chat[];
  ask(message: AskMessage, shown: string): void;
  announce(text: string): void; // for screen readers
  link(query: string): string;
}

// Part is an element inside the widget: it has no shadow of its own, so that
// one sheet dresses all of them.
export class Part extends LitElement {
  static properties: Record<string, object> = { shell: { attribute: false } };
  declare shell: Shell;
  createRenderRoot() { return this; }
}

// define registers an element once, however often the script is loaded.
export function define(name: string, element: CustomElementConstructor) {
  if (!customElements.get(name)) customElements.define(name, element);
}

const icons: Record<string, string> = {
  send: "M5 12h13M12.500 6l6 6-6 6",
  stop: "M8 8h8v8H8z",
  close: "M7 7l10 10M17 7L7 17",
  down: "M7 10l5 5 5-5",
  right: "M10 7l5 5-5 5",
  left: "M14 7l-5 5 5 5",
  good: "M8 11v8H5v-8zM8 11l4-7c1.500 0 2.300 1 2 2.600L13.500 10H18c1.300 0 2 1 1.700 2.200l-1.400 5.400c-.2.9-.9 1.400-1.800 1.400H8",
  bad: "M8 13V5H5v8zM8 13l4 7c1.500 0 2.300-1 2-2.600L13.500 14H18c1.300 0 2-1 1.700-2.200l-1.400-5.400C18.100 5.500 17.400 5 16.500 5H8",
  theme: "M12 4a8 8 0 108 8 6 6 0 01-8-8z",
  plus: "M12 6v12M6 12h12",
  menu: "M5 7h14M5 12h14M5 17h14",
  chat: "M5 6h14v10H10l-4 3v-3H5z",
  copy: "M9 9h10v10H9zM15 9V5H5v10h4",
  download: "M12 5v10M8 11l4 4 4-4M5 19h14",
  link: "M10 14l4-4M8.500 11.500l-2 2a3 3 0 004.200 4.200l2-2M15.500 12.500l2-2a3 3 0 00-4.200-4.200l-2 2",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5",
  print: "M7 9V5h10v4M7 16H5v-7h14v7h-2M8 14h8v5H8z",
  board: "M5 5h6v8H5zM13 5h6v5h-6zM13 12h6v7h-6zM5 15h6v4H5z",
  book: "M6 5h11a1 1 0 011 1v13H7a2 2 0 01-2-2V6a1 1 0 011-1zM5 17a2 2 0 012-2h11",
  warn: "M12 5l8 14H4zM12 10v4M12 16.500v.5",
  check: "M6 12.500l4 4 8-9",
  search: "M11 5a6 6 0 100 12 6 6 0 000-12zM15.500 15.500L20 20",
  refresh: "M18 8a7 7 0 10.7 6M18 4v4h-4",
  history: "M6 7a8 8 0 11-2 5M4 5v4h4M12 8v4l3 2",
};

// icon draws one of the icons; it says nothing to screen readers.
export const icon = (name: string): TemplateResult => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path d=${icons[name]}></path>`}</svg>`;

// focusOut closes something when the focus or a click goes elsewhere.
export function leaves(e: FocusEvent, inside: Element): boolean {
  return !(e.relatedTarget instanceof Node) || !inside.contains(e.relatedTarget);
}
