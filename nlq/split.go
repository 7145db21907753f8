package nlq

// split reads a message of several questions one after the other, each with the
// ones before it as its prior turns. ok is false when the message does not part
// into questions that can all be read.
func (r *Reader) split(t *Text, q Question) ([]Message, bool) {
	parts := r.parts(t)
	if len(parts) < 2 || len(parts) > maxMessages {
		return nil, false
	}
	var messages []Message
	for _, part := range parts {
		m := r.readMessage(part, q)
		if m.Refused != nil || len(m.Candidates) != 1 {
			return nil, false
		}
		if ask, ok := m.Candidates[0].Reading.(Ask); ok {
			turn := Turn{Query: ask.Query, Presentation: m.Candidates[0].Presentation}
			q.Prior = append([]Turn{turn}, q.Prior...)
		}
		messages = append(messages, m)
	}
	return messages, true
}

// maxMessages bounds how many questions one message may hold.
const maxMessages = 5

// parts cuts a text at the marks that end a sentence.
func (r *Reader) parts(t *Text) []*Text {
	var parts []*Text
	from := 0
	cut := func(at int) {
		if part := (&Text{t.Typed, t.Tokens[from:at]}); hasWords(part) {
			parts = append(parts, part)
		}
		from = min(at+1, len(t.Tokens))
	}
	for at := range t.Tokens {
		if endsSentence(t, at) {
			cut(at)
		}
	}
	cut(len(t.Tokens))
	return parts
}

func endsSentence(t *Text, at int) bool {
	switch t.At(at).Norm {
	case "?", "!", ";", "\n":
		return true
	case ".":
		return at+1 == len(t.Tokens) || t.At(at+1).Spaced || t.Typed[t.At(at).Start] != '.'
	}
	return false
}
