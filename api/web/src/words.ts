// The words of the widget itself, one book per language; answers arrive worded.
// A book that lacks a word does not compile.

import { en } from "./words_en";
import { zhCN } from "./words_zh";
import { zhTW } from "./words_tw";
import type { Lang } from "./types";

export type Book = typeof en;

const books: Record<Lang, Book> = { "zh-CN": zhCN, "zh-TW": zhTW, en };

export const languages: [Lang, string][] = [["zh-CN", "简体中文"], ["zh-TW", "繁體中文"], ["en", "English"]];

// nearest is the language of ours for a language tag.
export function nearest(tag: string | null | undefined): Lang | null {
  const t = (tag ?? "").toLowerCase();
  if (/^zh\b/.test(t)) return /hant|-(tw|hk|mo)\b/.test(t) ? "zh-TW" : "zh-CN";
  return /^en\b/.test(t) ? "en" : null;
}

export const bookOf = (lang: Lang): Book => books[lang];

// fill puts values into the places of a text.
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

// named is a word of a group of words; what has none keeps its name.
export const named = (group: Record<string, string>, name: string): string => group[name] ?? name;
