// Changes of a query line that the chips of an answer stand for.

import { change, conditions, parseLine, parts, quoted, withoutComparison } from "./line";
import type { Column } from "./types";

const base = (item: string) => item.replace(/\s+as\s+\S+$/u, "");

// replaceMetric puts another metric in the place of the i-th.
export function replaceMetric(query: string, i: number, name: string): string {
  const line = parseLine(query);
  const items = parts(line.items);
  const old = base(items[i] ?? "");
  const alias = /\s+as\s+(\S+)$/u.exec(items[i] ?? "")?.[1];
  items[i] = name;
  const sort = parts(line.sort).flatMap((key) => {
    const bare = key.replace(/^-\s*/, "");
    if (bare === old || bare === alias) return [key.replace(bare, name)];
    return bare.includes(old) ? [] : [key];
  });
  const having = line.having && (line.having.includes(old) || (alias && line.having.includes(alias))) ? null : (line.having ?? null);
  return change(query, { items: items.join(", "), sort: sort.join(", ") || null, having });
}

export const addMetric = (query: string, name: string) => {
  const items = parts(parseLine(query).items);
  return items.some((x) => base(x) === name) ? query : change(query, { items: [...items, name].join(", ") });
};

export function replaceGroup(query: string, i: number, name: string): string {
  const line = parseLine(query);
  const by = parts(line.by);
  const old = base(by[i] ?? "");
  by[i] = name;
  return change(query, { by: [...new Set(by)].join(", "), sort: parts(line.sort).filter((k) => k.replace(/^-\s*/, "") !== old).join(", ") || null, limit: line.limit?.includes(" per ") ? line.limit.split(" per ")[0] : (line.limit ?? null) });
}

export const addGroup = (query: string, name: string) => change(query, { by: [...new Set([...parts(parseLine(query).by), name])].join(", ") });

export function replaceFilter(query: string, i: number, condition: string | null): string {
  const where = conditions(parseLine(query).where);
  if (condition === null) where.splice(i, 1);
  else where[i] = condition;
  return change(query, { where: where.map((c) => (where.length > 1 && / or /.test(c) && !/^\(.*\)$/.test(c) ? `(${c})` : c)).join(" and ") || null });
}

// addFilter narrows a query; a filter of the same name makes way.
export function addFilter(query: string, name: string, condition: string): string {
  const where = conditions(parseLine(query).where);
  const i = where.findIndex((c) => c === `${name} is null` || c.startsWith(`${name} =`) || c.startsWith(`${name} in `));
  return replaceFilter(query, i < 0 ? where.length : i, condition);
}

// Test is a filter that can be edited: one name against one or more members.
export interface Test { name: string; not: boolean; values: string[] }

// readTest reads "name = x", "name != x", "name in (…)" and "name is null"; null
// for any other filter.
export function readTest(clause: string): Test | null {
  const name = "((?:[\\p{L}_][\\p{L}\\p{N}_]*|`[^`]+`)(?:\\.(?:[\\p{L}_][\\p{L}\\p{N}_]*|`[^`]+`))*)";
  const one = new RegExp(`^${name}\\s*(!?=)\\s*("(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|true|false|-?[0-9.]+)$`, "u").exec(clause);
  if (one) return { name: one[1], not: one[2] === "!=", values: [literal(one[3])] };
  const many = new RegExp(`^${name}\\s+(not\\s+)?in\\s*\\((.*)\\)$`, "u").exec(clause);
  if (!many) return null;
  const list = parts(many[3]);
  return list.every((v) => /^(".*"|'.*'|true|false|-?[0-9.]+)$/u.test(v)) ? { name: many[1], not: Boolean(many[2]), values: list.map(literal) } : null;
}

function literal(text: string): string {
  if (text.startsWith('"')) return JSON.parse(text) as string;
  return text.startsWith("'") ? text.slice(1, -1).replace(/''/g, "'").replace(/\\(.)/g, "$1") : text;
}

// writeTest is the inverse of readTest.
export function writeTest(t: Test, bare = false): string {
  const values = t.values.map((v) => (bare ? v : quoted(v)));
  if (values.length === 1) return `${t.name} ${t.not ? "!=" : "="} ${values[0]}`;
  return `${t.name} ${t.not ? "not in" : "in"} (${values.join(", ")})`;
}

// only is the condition that a member of a group column meets.
export function only(name: string, column: Column, value: string | null): string {
  if (value === null) return `${name} is null`;
  return `${name} = ${["int", "decimal", "float", "bool"].includes(column.type) ? value : quoted(value)}`;
}

// compared is a query with another second period; null takes it away.
export function compared(query: string, against: "prior" | "year_ago" | null): string {
  const line = parseLine(query);
  const rest = withoutComparison(line.show);
  if (against === null) return change(query, { vs: null, show: rest });
  return change(query, { vs: against, show: [...parts(rest ?? ""), "growth"].join(", ") });
}

// between is the period from one day to another, both included.
export function between(query: string, from: string, to: string): string {
  const end = new Date(`${to}T00:00:00Z`);
  end.setUTCDate(end.getUTCDate() + 1);
  return change(query, { during: `${from}..${end.toISOString().slice(0, 10)}` });
}

// periodOf names the period that begins at an instant of a time column.
export function periodOf(grain: string | undefined, value: string): string | null {
  const [y, m, d] = value.slice(0, 10).split("-").map(Number);
  if (!y || !m || !d) return null;
  const two = (n: number) => String(n).padStart(2, "0");
  switch (grain) {
    case "year": return String(y);
    case "quarter": return `${y}-Q${(m + 2) / 3 | 0}`;
    case "month": return `${y}-${two(m)}`;
    case "week": return null;
    case "day": return `${y}-${two(m)}-${two(d)}`;
  }
  return null;
}

const finer: Record<string, string> = { year: "month", quarter: "month", month: "day" };

export const finerGrain = (grain: string | undefined): string | null => finer[grain ?? ""] ?? null;

// sorted orders a query by a column; limit keeps the first.
export const sorted = (query: string, key: string | null) => change(query, { sort: key });
export const limited = (query: string, n: number | null) => change(query, { limit: n === null ? null : String(n) });
export const grouped = (query: string, by: string[]) => change(query, { by: by.join(", ") || null, sort: null, limit: null });
