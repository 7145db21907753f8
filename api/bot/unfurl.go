package bot

import (
	"context"
	"net/url"
	"strings"

	"wenshu/answer"
	"wenshu/answer/state"
)

// unfurl shows below a link of ours what it leads to, as far as a viewer with the
// rights of everybody who reads there sees it: not what whoever posted it sees.
// Other links, and what is no result for that viewer, stay bare.
func (h *Hub) unfurl(ctx context.Context, r *room, d state.Delivery, e Event) (outcome, error) {
	done := outcome{name: known}
	line := h.lineOf(e.Text)
	if line == "" {
		return done, nil
	}
	viewer := r.audience(e.Where.Chat)
	a, err := h.askOnce(ctx, answer.Request{ID: "link-" + answerID(d, viewer.ID), Line: line, Lang: wordsFor(e.Where.Lang).lang, Viewer: viewer})
	if err != nil || a.Kind != answer.Result {
		return done, err
	}
	b := r.Budget()
	b.Buttons, b.Pick, b.Feedback, b.Pictures, b.Files, b.Rows = 0, false, false, false, false, min(b.Rows, 10)
	key := newKey()
	m, _, err := fit(r.Channel, key, view{answer: a, budget: b, words: wordsFor(a.Lang), base: h.config.Setup.URL, to: e.Where, ref: func(n int) string { return r.ref(key, n) }})
	if err != nil {
		return outcome{}, err
	}
	m.Card.Failed = true // it is not worth a word when it cannot be shown
	done.messages = []Message{m}
	return done, nil
}

// lineOf is the query line that an address of ours carries; "" for none.
func (h *Hub) lineOf(address string) string {
	rest, ok := strings.CutPrefix(address, h.config.Setup.URL+"/#")
	if !ok {
		return ""
	}
	values, err := url.ParseQuery(rest)
	if err != nil {
		return ""
	}
	return values.Get("query")
}
