// The interface of the server, as openapi.yaml describes it.

export type Lang = "zh-CN" | "zh-TW" | "en";

export interface Cell { value: string | null; text: string }
export interface Column {
  name: string; label: string; type: string; role: string; unit?: string; format?: string; decimals: number; grain?: string;
  metric?: string; dimension?: string; additive?: boolean; inexact?: boolean;
}
export interface Table { columns: Column[] | null; rows: Cell[][] | null; totals?: Cell[]; truncated?: boolean }

export interface Axis { column: number; label: string; zero: boolean }
export interface Series { name: string; column: number; cells: Cell[] | null }
export interface Label extends Cell { group?: string }
export interface Chart {
  kind: string; rule: number; reason: string; score: number; title: string; x?: Axis; y?: Axis; by?: Axis;
  labels?: Label[]; series?: Series[]; panels?: boolean; incomplete: number; cut?: { shown: number; of: number; others: boolean };
  offered?: string[]; notes?: string[]; refused?: { kind: string; reason: string; text: string };
}

export interface Choice { kind?: string; text: string; query: string }
export interface Span { start: number; end: number; kind: string; row: number; col: number }
export interface Sentence { text: string; spans?: Span[] }
export interface Chip { kind: string; label: string; text: string; clause: string; remove?: string; options?: Choice[] }
export interface Assumed { what: string; text: string; value: string; others?: Choice[] }
export interface Period { meant?: string; text: string; start?: string; end?: string; zone?: string; partial?: boolean }
export interface Definition {
  name: string; type: string; label: string; description?: string; owner?: string; unit?: string; formula?: string; expr?: string; synonyms?: string[];
}
export interface Origin { label: string; source: string; table: string; takes?: string[]; joined?: string[] }
export interface WordMark { start: number; end: number; text: string; state: string; meaning?: string; label?: string; near?: string[] }
export interface Mistake { code: string; text: string; name?: string; near?: string[]; start?: number; end?: number }

export interface Answer {
  id: string; conversation?: string; question: string; lang: Lang; kind: string; title?: string; sentence: Sentence; yes?: boolean; asked_at: string;
  chips?: Chip[]; assumptions?: Assumed[]; period?: Period; comparisons?: Period[]; filters?: { text: string; line?: string; rule?: boolean }[];
  definitions?: Definition[]; lineage?: Origin[]; as_of?: { table: string; label: string; at: string; text: string }[]; table?: Table; chart?: Chart;
  sql?: { source: string; sql: string; args?: string[] }[]; timings?: { room: string; micros: number }[];
  warnings?: { code: string; text: string }[]; follow_ups?: Choice[]; choices?: Choice[]; problems?: Mistake[]; suggestions?: Choice[];
  words?: WordMark[]; query?: string; badge?: string; model_version?: string; more?: Answer[];
}

export interface Step { kind: string; elapsed_ms: number; answer?: Answer }
export interface Suggestion { kind: string; text: string; label?: string; name?: string }
export interface CatalogItem {
  name: string; label: string; synonyms?: string[]; description?: string; owner?: string; unit?: string; group?: string; members?: string[]; time?: boolean;
}
export interface Catalog {
  model: string; version: string; lang: Lang; metrics: CatalogItem[] | null; dimensions: CatalogItem[] | null; entities: CatalogItem[] | null; starters: Choice[] | null;
  summaries?: boolean;
}
export interface Person { id: string; name: string; about?: string }
export interface Chat { vendor: string; url: string }
export interface Identity { viewer: Person; demo: boolean; viewers?: Person[]; chats?: Chat[] }
export interface ProblemBody { title?: string; status?: number; code?: string; request_id?: string; answer_id?: string; choices?: Choice[] }
export interface PastTurn { id: string; conversation: string; asked_at: string; text: string; kind: string }
export interface Pin { id: string; title: string; query: string; chart?: string }

export interface AskMessage { question?: string; query?: string; chart?: string }
