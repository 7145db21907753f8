// Styles set through the object model, which a policy without unsafe-inline
// allows; a style attribute it does not.

import { noChange, type ElementPart } from "lit";
import { Directive, directive, type PartInfo } from "lit/directive.js";

class Styled extends Directive {
  constructor(info: PartInfo) { super(info); }
  render(_: Record<string, string>) { return noChange; }
  update(part: ElementPart, [styles]: [Record<string, string>]) {
    for (const [name, value] of Object.entries(styles)) (part.element as HTMLElement).style.setProperty(name, value);
    return noChange;
  }
}

export const styled = directive(Styled);
