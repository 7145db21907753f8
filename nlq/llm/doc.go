// Package llm reads questions with a language model behind an OpenAI-compatible
// endpoint. It is the second reader: it is asked what the embedded reader
// declined, read in part or found ambiguous, and what it says is a proposal.
//
// It knows the query line, the part of the model that a viewer may see and how
// to talk to an endpoint; it must never see SQL, a warehouse, or rows beyond the
// result of the question itself.
//
// # What a language model may say
//
// A reply is one of four things (see Outcome): a query line, two to four query
// lines to choose between, the message in plainer questions for the embedded
// reader, or that it cannot be answered. Nothing else is read; where the
// endpoint can, a strict JSON schema allows nothing else. A line is parsed by
// semantic.ParseQuery and checked by the caller's Check, which binds it for the
// viewer like any other line. One that fails goes back with the problem (code,
// name, nearest names, a repair), Config.Repairs times, and is declined after
// that; it is never changed here. Periods are typed slots of the query line,
// dated by the calendar; a line that dates one by itself goes back too.
//
// # What leaves the building
//
// The question, the names and descriptions of the objects of the model that fit
// it, the members that the question itself names, the query line before it in
// the conversation, the nearest questions that analysts confirmed, and today's
// date. Nothing that rules hide from the viewer, no member of a dimension with
// index: never, and no row, but for the result of the question where
// Config.Rows allows a summary of it.
//
// # Limits
//
// Config bounds the time to the first byte and in all, the calls at once, the
// tokens of a prompt, and tokens and money per day, in all and per viewer. An
// endpoint that fails is left alone for a while, and the next in order is asked.
// When none answers, the error says so and the caller declines as it would have
// without a second reader.
package llm
