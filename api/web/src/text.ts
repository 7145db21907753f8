// Texts with spans, which count bytes of UTF-8.

import type { Span } from "./types";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export interface Piece<S> { text: string; span: S | null }

// pieces cuts a text at its spans; those that overlap an earlier one are left out.
export function pieces<S extends { start: number; end: number }>(text: string, spans: S[] | undefined): Piece<S>[] {
  const bytes = encoder.encode(text);
  const list: Piece<S>[] = [];
  let at = 0;
  const cut = (start: number, end: number, span: S | null) => { if (end > start) list.push({ text: decoder.decode(bytes.subarray(start, end)), span }); };
  for (const span of [...(spans ?? [])].sort((a, b) => a.start - b.start)) {
    if (span.start < at || span.end > bytes.length) continue;
    cut(at, span.start, null);
    cut(span.start, span.end, span);
    at = span.end;
  }
  cut(at, bytes.length, null);
  return list;
}

export type { Span };

// exactNumber compares two decimals in plain notation without losing digits.
export function compareNumbers(a: string, b: string): number {
  const x = Number(a);
  const y = Number(b);
  if (Math.abs(x - y) > 1e-9 * Math.max(Math.abs(x), Math.abs(y)) || !/^-?\d+(\.\d+)?$/.test(a) || !/^-?\d+(\.\d+)?$/.test(b)) return x - y;
  const digits = Math.max(fraction(a), fraction(b));
  const d = scaled(a, digits) - scaled(b, digits);
  return d < 0n ? -1 : d > 0n ? 1 : 0;
}

const fraction = (s: string) => s.split(".")[1]?.length ?? 0;
const scaled = (s: string, digits: number) => BigInt(s.replace(".", "") + "0".repeat(digits - fraction(s)));

let last = 0;

// unique makes an id.
export const unique = (prefix: string) => `${prefix}-${++last}`;
