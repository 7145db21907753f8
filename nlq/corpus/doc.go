// Package corpus reads corpus files, in which one value stands over the phrases
// that mean it, and checks a language against them. It is there for tests.
//
//	now 2026-07-15
//
//	month(-1)
//	  上个月
//	  上月
//	! 上个月3号
//
// A line at the left margin is a value, in the notation of Describe; "now" sets
// the day of the phrases that follow. An indented line is a phrase that means
// the value, all of it and nothing else; a phrase behind "!" must not be read as
// that value. Lines that begin with "#" are comments.
package corpus
