// A button that opens a list of actions.

import { html, nothing } from "lit";
import { Part, define, icon, leaves } from "./part";

export interface Action { text: string; run: () => void }

export class WenshuMenu extends Part {
  static properties = { ...Part.properties, icon: {}, label: {}, actions: { attribute: false }, open: { state: true } };
  declare icon: string;
  declare label: string;
  declare actions: Action[];
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  private toggle(open: boolean, refocus = false) {
    this.open = open;
    void this.updateComplete.then(() => (open ? this.querySelector<HTMLElement>("[role=menuitem]") : refocus ? this.querySelector<HTMLElement>("button") : null)?.focus());
  }

  private key(e: KeyboardEvent) {
    if (!this.open) return;
    const items = [...this.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const at = items.indexOf(e.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[e.key];
    if (e.key === "Escape") { e.stopPropagation(); this.toggle(false, true); }
    if (to === undefined) return;
    e.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  }

  render() {
    return html`<div class="menu-box" @keydown=${this.key} @focusout=${(e: FocusEvent) => { if (leaves(e, this) && e.relatedTarget) this.open = false; }}>
      <button type="button" class="tool" aria-haspopup="menu" aria-expanded=${String(this.open)} aria-label=${this.label} title=${this.label} @click=${() => this.toggle(!this.open)}>${icon(this.icon)}</button>
      ${this.open ? html`<div class="pop menu" role="menu" aria-label=${this.label}>${this.actions.map((a) => html`<button type="button" class="option" role="menuitem" tabindex="-1" @click=${() => { this.toggle(false, true); a.run(); }}>${a.text}</button>`)}</div>` : nothing}
    </div>`;
  }
}

define("wenshu-menu", WenshuMenu);
