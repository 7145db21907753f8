// Package web holds the files of the widget <wenshu-chat> and of the pages that
// are nothing but the widget. Their sources are in src (TypeScript with Lit) and
// public; `make widget` builds them into static, which is committed, so that
// building and running the program needs no Node. It knows files; it must never
// know a question or an answer.
//
// The widget draws from typed data: no markup is made from strings but for the
// constant templates of Lit, no code from strings, and no style attributes, so
// that it works under a strict content security policy. Charts are drawn by
// ECharts, which is loaded with the first chart.
package web
