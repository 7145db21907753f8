// The query line as a list of clauses, so that one of them can be changed. It
// knows where clauses begin, not what they mean: the server decides that.

export const clauses = ["by", "where", "having", "on", "during", "vs", "show", "fill", "sort", "limit", "totals"] as const;
export type Clause = (typeof clauses)[number] | "items";
export type Line = Partial<Record<Clause, string>>;

// parseLine cuts a query line at the clauses of its top level.
export function parseLine(text: string): Line {
  const line: Line = {};
  let clause: Clause = "items";
  let start = 0;
  let bare = true; // "by" and "limit" inside items are names behind a point
  const close = (end: number) => { line[clause] = text.slice(start, end).trim(); };
  for (const token of tokens(text)) {
    const word = text.slice(token.start, token.end) as Clause;
    if (token.depth === 0 && token.word && bare && isClause(word) && !(word === "during" && inCondition(clause, text.slice(start, token.start)))) {
      close(token.start);
      clause = word;
      start = token.end;
    }
    bare = text[token.end - 1] !== ".";
  }
  close(text.length);
  return line;
}

const isClause = (word: string) => (clauses as readonly string[]).includes(word);

// inCondition tells the test "name during …" from the clause: the test stands
// behind a bare name that nothing compares yet.
function inCondition(clause: Clause, before: string): boolean {
  if (clause !== "where" && clause !== "having") return false;
  const last = before.trim().split(/\s+(?:and|or|not)\s+|^not\s+/u).at(-1) ?? "";
  return /^[\p{L}_][\p{L}\p{N}_.]*(\s+not)?$/u.test(last.trim());
}

function* tokens(text: string): Generator<{ start: number; end: number; depth: number; word: boolean }> {
  let depth = 0;
  for (let i = 0; i < text.length; ) {
    const c = text[i];
    if (c === '"' || c === "'" || c === "`") {
      const start = i++;
      while (i < text.length && text[i] !== c) i += c !== "`" && text[i] === "\\" ? 2 : 1;
      yield { start, end: ++i, depth, word: false };
      continue;
    }
    const word = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(text.slice(i, i + 200));
    if (word) {
      yield { start: i, end: i + word[0].length, depth, word: true };
      i += word[0].length;
      continue;
    }
    if ("({".includes(c)) depth++;
    if (")}".includes(c)) depth--;
    if (c.trim()) yield { start: i, end: i + 1, depth, word: false };
    i++;
  }
}

// formatLine writes a line again; an empty clause is left out.
export function formatLine(line: Line): string {
  return [line.items ?? "", ...clauses.filter((c) => line[c] !== undefined && (line[c] !== "" || c === "totals" || c === "fill")).map((c) => `${c} ${line[c]}`.trim())].filter(Boolean).join(" ");
}

// parts cuts a clause at its commas.
export const parts = (clause: string | undefined): string[] => split(clause ?? "", (text, t) => text[t.start] === "," && !t.word, 1);

// conditions cuts a filter at its ands; one that has an or on its top level is
// one condition.
export function conditions(clause: string | undefined): string[] {
  const text = clause ?? "";
  let between = false;
  for (const t of tokens(text)) if (t.depth === 0 && t.word && text.slice(t.start, t.end) === "or") return [text];
  return split(text, (all, t) => {
    const word = t.word ? all.slice(t.start, t.end) : "";
    if (word === "between") between = true;
    if (word !== "and") return false;
    if (between) { between = false; return false; }
    return true;
  }, 3);
}

function split(text: string, cut: (text: string, t: { start: number; end: number; word: boolean }) => boolean, width: number): string[] {
  const list: string[] = [];
  let start = 0;
  for (const t of tokens(text)) {
    if (t.depth !== 0 || !cut(text, t)) continue;
    list.push(text.slice(start, t.start).trim());
    start = t.start + width;
  }
  const last = text.slice(start).trim();
  return last ? [...list, last] : list;
}

// change is a line with some clauses replaced; null takes one out.
export function change(text: string, to: Partial<Record<Clause, string | null>>): string {
  const line = parseLine(text);
  for (const [clause, value] of Object.entries(to) as [Clause, string | null][]) {
    if (value === null || value === "") delete line[clause];
    else line[clause] = value;
  }
  return formatLine(line);
}

// quoted is a text as a literal.
export const quoted = (text: string) => JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

// withoutComparison drops what needs a second period.
export function withoutComparison(show: string | undefined): string | null {
  return parts(show).filter((s) => !/^(prior|change|growth)\b/.test(s)).join(", ") || null;
}
