// Package llmtest is a language model server for tests. It speaks the chat
// completions protocol as endpoints do, streamed and whole, with usage, strict
// schemas, rate limits and every way of going wrong, and it says what a test
// tells it to. It knows the protocol; it must never know what a right reading is.
package llmtest
