// Package asktest runs .ask scripts: questions as people type them, and what
// must become of each. It knows the script language and how to compare answers;
// it must never know how a question is read or a plan is run, so that a script
// holds whatever changes inside.
//
// A script is text. Lines that begin with # are comments. Commands stand at the
// start of a line, expectations are indented below the command they hold for:
//
//	use shop                          the set: the folder of the model and the data
//	now 2026-07-15 10:00              when questions are asked, on the model's wall clock
//	as  ann region=华东,华南 role=finance   who asks: attributes, and roles as role=
//	lang en                           the language of the answers; "lang" alone: that of the question
//	about top                         the construct that the questions below are cases of
//	about not top                     questions that look like it and must not be read so
//	holds least-first                 the promise of fixtures/promises.txt that the questions below show; "holds" alone: none
//
//	ask 上个月各省销售额前3名            a question that follows nothing
//	same 上月按省份看销售额Top3          another wording: the query line must be that of the ask above
//	then 那去年同期呢                   a follow-up in the conversation of the ask above
//	line revenue by region             a query line instead of a question
//
// An expectation that is absent is not checked, but for two that always hold:
// every number of a sentence is a cell of the table, and an answer that no
// expectation calls a failure is none.
//
//	query revenue by province …       the query line, in any spacing
//	read 上个月 -> month(-1)           these words became this
//	period 2026-06-01..2026-07-01     the dated period; "all" for none
//	against 2025-06-01..2025-07-01    the dated second period
//	columns province, revenue         the names of the columns
//	rows                              every row, or the first ones before a line "…"
//	  江苏  1280.00                    cells parted by two spaces or more; null is —
//	count 12                          how many rows there are
//	sql-is sales                      the rows are those of SQL written by hand, run on a
//	  select …                        warehouse of the set; in this order if it ends in one
//	chart bar x=province y=revenue    the kind, then any of x, y, by
//	say 江苏最高                        the sentence holds this
//	warn partial_period               there is a warning of this code
//	assume period: month(0)           there is an assumption, with its value
//	define revenue                    there is a definition of this object
//	suggest revenue by region         this query line is among the suggestions or choices
//	follow drill                      there is a follow-up of this kind
//	kind help                         the kind of the answer
//	fail 利润: unknown_metric near 毛利  a problem: its name, its code, some of the nearest
//	choose 销售: revenue | orders       choices: the contested words, the query lines
//	never 欧阳听雪                      this text is nowhere in the answer
//
// Every ask is asked again with full-width letters and digits, with stray
// spaces, and with a polite prefix of either language: the query line must stay what it is.
package asktest
