// Package en is what the reader knows of English: number words, dates and
// periods in the ways people type them, comparisons of periods, function words
// and inflection. It is a value, Language; the reader in nlq decides what to
// make of it.
//
// Rules are grouped by idea, one file each; rules() is their order. Times and
// numbers have grammars of their own. Next to the code stand corpus files: one
// value over many phrases, "!" before a phrase that must not be read so.
//
// # Conventions that were chosen
//
// 3/5/2025 is the fifth of March, month first, as in the United States;
// where only the other order exists (25/3/2025) it is day, month, year. "Last
// Monday" is the Monday of last week; "last March" the latest March that is over;
// "since" includes its date, "before" and "after" do not, "until", "through" and
// "by" do. Early, mid and late are the first ten days, the next ten and the rest
// of a month, and the thirds of a year. Mornings are 6 to 12 o'clock, afternoons
// 12 to 18, evenings 18 to 24, nights 0 to 6. "A few" is three, "a couple" two.
// Weekdays are Monday to Friday, working days those of the calendar. 1bn is a
// thousand million.
package en
