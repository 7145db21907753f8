// Package said holds what the languages share about dates: a date as far as
// somebody said it (March, the 5th, Q1 of last year), how the rest is filled in,
// how two of them make a range, and the ways to write dates in digits, which no
// language owns. It knows no word of a language.
//
// # What was not said
//
// A month, quarter, half, week, day or weekday without the year (or month, or
// week) it lies in is the latest one that has begun when the question is asked.
// In a range the side that says more lends to the other: "March to May 2025"
// and "2025年3月到5月" are both of 2025. When neither side says a year, the
// range starts at the latest start that has begun; a range that runs over the
// end of the year (October to February) is the latest one whose last part has
// begun. What was filled in is marked as guessed, so that the answer can say so.
//
// Two digits of a year are 2000 to ten years from now, else 1900 and later.
//
// # Counting units back
//
// "The last N units" are N complete units, the running one left out: the last 7
// days are day(-7..-1), the last 3 months month(-3..-1). One unit without a
// number (the past week, 近一年) is counted in the next smaller one: seven days,
// thirty days, twelve months. Half a year is six months, half a month fifteen
// days.
package said
