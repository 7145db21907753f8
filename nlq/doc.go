// Package nlq reads questions: it turns what a person typed, Chinese, English
// or both in one sentence, into readings, the best first. A reading is a
// semantic.Query or one of a few typed intents, with the words behind every
// part of it and the words it could not use.
//
// It knows the model's names, the members in the index and the languages it is
// given; it must never see a table, SQL or a clock. Equal questions over equal
// models give equal readings, on every machine and at every degree of load.
//
// # How a question is read
//
//  1. Text: the question is cut into tokens (a Latin word, a run of digits, one
//     Han character, one mark), normalised, each with its bytes as typed.
//  2. Mentions: every span of tokens that may mean something is found, with
//     overlaps: names of the model, members, words of all languages, numbers,
//     periods, corrected spellings.
//  3. Cover: the cheapest ways to cover the tokens with mentions, by the costs
//     in costs.go.
//  4. Assemble: each way becomes a query, part by part, from left to right.
//  5. Bind throws out what the model cannot mean. What is left is ranked; a tie
//     is for the person to decide.
package nlq
