package en

import "wenshu/nlq"

// Language returns what the reader knows of English.
func Language() nlq.Language {
	return nlq.Language{Tag: "en", Rules: rules(), Numbers: Numbers, Times: Times, Bases: Bases, Known: Known}
}
