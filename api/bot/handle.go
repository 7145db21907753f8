package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/semantic"
)

// handle answers one event. An error says that it may be tried again.
func (h *Hub) handle(ctx context.Context, r *room, d state.Delivery, e Event) (outcome, error) {
	if e.Kind == Left {
		return outcome{name: known}, h.config.Store.Unlink(ctx, r.Name, e.Where.Tenant, "")
	}
	v, state, err := h.who(ctx, r, e.From)
	if err == nil {
		e.Where.Lang, err = h.langOf(ctx, r, e)
	}
	switch {
	case err != nil:
		return outcome{}, err
	case state != known && e.Kind == Linked:
		return outcome{name: state}, nil // nobody asked anything
	case state != known:
		return h.stranger(r, e, state)
	}
	switch e.Kind {
	case Linked:
		return h.unfurl(ctx, r, d, e)
	case Asked:
		if e.Text == "" {
			done := h.say(e, h.wordsOf(e).Empty)
			done.messages[0].To = e.Where // what to write is no secret
			return done, nil
		}
		return h.ask(ctx, r, d, e, v, question{text: e.Text})
	case Opened:
		return outcome{name: known}, h.greet(ctx, r, e, v)
	case Pressed:
		return h.pressed(ctx, r, d, e, v)
	}
	return outcome{name: known}, nil
}

// langOf is the language of a person's client where nothing that they wrote tells
// it. A vendor that does not say is no reason not to answer.
func (h *Hub) langOf(ctx context.Context, r *room, e Event) (string, error) {
	d, ok := r.Channel.(Directory)
	if !ok || e.Where.Lang != "" || e.Kind == Asked && e.Text != "" {
		return e.Where.Lang, nil
	}
	p, err := h.look(ctx, r, d, e.From)
	if err != nil && !asFailure(err).Never {
		return "", fmt.Errorf("look up language: %w", err)
	}
	return p.Lang, nil
}

// wordsOf is the wording for a person: that of their question, or of their
// client.
func (h *Hub) wordsOf(e Event) *words {
	for _, c := range e.Text {
		if unicode.Is(unicode.Han, c) {
			if e.Where.Lang == traditionalWords.lang {
				return traditionalWords
			}
			return chineseWords
		}
	}
	if e.Text != "" {
		return englishWords
	}
	return wordsFor(e.Where.Lang)
}

// say answers a person alone with one text.
func (h *Hub) say(e Event, text string) outcome {
	return outcome{name: known, messages: []Message{{Key: newKey(), To: alone(e.Where), Card: &Card{Lang: h.wordsOf(e).lang, Headline: text}}}}
}

// stranger answers somebody who is no viewer: with a link to become one, or with
// a refusal. Nothing is asked for them.
func (h *Hub) stranger(r *room, e Event, state string) (outcome, error) {
	w := h.wordsOf(e)
	done := h.say(e, w.Refused)
	done.name = state
	if state == refused {
		return done, nil
	}
	link, err := h.signIn(r, e.From, w.lang)
	if err != nil {
		return done, err
	}
	done.messages[0].Card.Headline = w.Unlinked
	done.messages[0].Card.Buttons = []Button{{Kind: SignInButton, Text: w.SignIn, URL: link}}
	return done, nil
}

// question is what is asked: a text, or a query line that a button carried.
type question struct {
	text, line string
	by         string // who shares the answer; "" for nobody
}

// ask answers a question as a viewer, and finds who may see the answer.
func (h *Hub) ask(ctx context.Context, r *room, d state.Delivery, e Event, v semantic.Viewer, q question) (outcome, error) {
	stop := h.tell(ctx, r, d, e)
	defer stop()
	req := answer.Request{
		ID: answerID(d, v.ID), Question: q.text, Line: q.line, Conversation: conversation(r.Name, e.Where), Viewer: v,
	}
	if q.text == "" {
		req.Lang = wordsFor(e.Where.Lang).lang
	} else if e.Where.Lang == traditionalWords.lang && h.wordsOf(e) == traditionalWords {
		req.Lang = traditionalWords.lang
	}
	a, err := h.askOnce(ctx, req)
	if err != nil {
		return outcome{}, err
	}
	done := outcome{name: known}
	parts := append([]*answer.Answer{a}, a.More...)
	for i, part := range parts {
		messages, err := h.render(ctx, r, e, v, q, a.ID, i, part)
		if err != nil {
			return outcome{}, err
		}
		done.messages = append(done.messages, messages...)
	}
	return done, nil
}

// answerID is the id of the answer to a delivery, the same at each attempt.
func answerID(d state.Delivery, viewer string) string {
	sum := sha256.Sum256([]byte(d.Bot + "\x00" + strconv.FormatInt(d.ID, 10) + "\x00" + d.At.UTC().Format(time.RFC3339Nano) + "\x00" + viewer))
	return hex.EncodeToString(sum[:16])
}

// conversation is the one that a thread of a chat is. Turns are kept by viewer:
// nobody's follow-up goes on from what somebody else asked.
func conversation(bot string, a Address) string {
	sum := sha256.Sum256([]byte(bot + "\x00" + a.Tenant + "\x00" + a.Chat + "\x00" + a.Thread))
	return "chat-" + hex.EncodeToString(sum[:16])
}

// askOnce asks, unless an attempt before this one has the answer: a follow-up
// would go on from itself.
func (h *Hub) askOnce(ctx context.Context, req answer.Request) (*answer.Answer, error) {
	a, err := h.config.Service.Answer(ctx, req.Viewer, req.ID)
	if err == nil || !errors.Is(err, answer.ErrNotFound) {
		return a, err
	}
	return h.config.Service.Ask(ctx, req, nil)
}

// render turns an answer into messages. In a group it is shown to everybody only
// when a viewer with the group's own rights gets the same: then theirs is shown.
func (h *Hub) render(ctx context.Context, r *room, e Event, v semantic.Viewer, q question, top string, part int, a *answer.Answer) ([]Message, error) {
	to, shown := e.Where, a
	to.User, to.Lang = e.From.User, wordsFor(a.Lang).lang
	view := view{budget: r.Budget(), words: wordsFor(a.Lang), base: h.config.Setup.URL, by: q.by, share: r.mayShare(to.Chat, v)}
	switch {
	case !to.Group:
	case q.by != "":
		if !r.mayShare(to.Chat, v) || a.Kind != answer.Result {
			return h.say(e, view.words.MayNot).messages, nil
		}
	default:
		public, err := h.public(ctx, r, to, a)
		if err != nil {
			return nil, err
		}
		if to.Private = public == nil; public != nil {
			shown = public
		}
		view.alone = to.Private && a.Kind == answer.Result
	}
	key := newKey()
	view.answer, view.to, view.ref = shown, to, func(n int) string { return r.ref(key, n) }
	m, files, err := fit(r.Channel, key, view)
	if err != nil {
		return nil, err
	}
	m.Answer = top
	for _, one := range append(files, m) {
		for _, f := range []*File{one.File, one.Picture} {
			if f != nil && shown == a {
				f.Answer, f.Part, f.Viewer = top, part, v.ID
			}
		}
	}
	return append([]Message{m}, files...), nil
}

// public is the answer that the audience of a chat gets to the query line of
// another answer, when it is the same: the same statements with the same
// arguments, the same rows. nil when it is not, or when there is no result:
// choices, problems and suggestions can name what only the asker may know.
func (h *Hub) public(ctx context.Context, r *room, to Address, a *answer.Answer) (*answer.Answer, error) {
	if a.Kind != answer.Result || a.QueryLine == "" {
		return nil, nil
	}
	req := answer.Request{ID: "group-" + a.ID, Line: a.QueryLine, Lang: a.Lang, Viewer: r.audience(to.Chat)}
	if a.Chart != nil {
		req.Chart = a.Chart.Kind
	}
	theirs, err := h.askOnce(ctx, req)
	if err != nil {
		return nil, err
	}
	theirs.Viewer = req.Viewer.ID
	if theirs.Kind != answer.Result || !reflect.DeepEqual(theirs.SQL, a.SQL) || !sameRows(theirs.Table, a.Table) {
		return nil, nil
	}
	return theirs, nil
}

// sameRows reports whether two tables show the same.
func sameRows(x, y *answer.Table) bool {
	if x == nil || y == nil {
		return x == y
	}
	if len(x.Rows) != len(y.Rows) || len(x.Columns) != len(y.Columns) {
		return false
	}
	for i := range x.Rows {
		for j := range x.Rows[i] {
			if x.Rows[i][j].Text != y.Rows[i][j].Text {
				return false
			}
		}
	}
	return true
}

// greet offers what may be asked.
func (h *Hub) greet(ctx context.Context, r *room, e Event, v semantic.Viewer) error {
	g, ok := r.Channel.(Greeter)
	if !ok {
		return nil
	}
	w := h.wordsOf(e)
	var list []string
	for _, one := range h.config.Service.Catalog(ctx, v, w.lang).Starters {
		list = append(list, plain(one.Text))
	}
	return g.Greet(ctx, e.Where, w.Try, list[:min(len(list), 4)])
}

// pressed does what a button is for, as whoever pressed it.
func (h *Hub) pressed(ctx context.Context, r *room, d state.Delivery, e Event, v semantic.Viewer) (outcome, error) {
	w := wordsFor(e.Where.Lang)
	switch _, own, err := r.readStop(e.Ref, e.From); {
	case err == nil && own:
		return outcome{name: known}, nil // what it stopped is gone: pressed twice, or delivered again
	case err == nil:
		return h.say(e, w.NotYours), nil
	}
	b, post, m, err := h.button(ctx, r, e.Ref)
	switch {
	case errors.Is(err, errRef), errors.Is(err, state.ErrNotFound):
		return h.say(e, w.Stale), nil
	case err != nil:
		return outcome{}, err
	}
	if m.Card.Lang != "" {
		e.Where.Lang = m.Card.Lang
	}
	w = wordsFor(e.Where.Lang)
	switch b.Kind {
	case GoodButton, BadButton:
		return h.opinion(ctx, e, v, post, m, b.Kind == GoodButton)
	case ShareButton:
		if m.To.User != e.From.User || !m.To.Group || !r.mayShare(m.To.Chat, v) {
			return h.say(e, w.MayNot), nil
		}
		e.Where.Chat, e.Where.Thread, e.Where.Group, e.Where.Private = m.To.Chat, m.To.Thread, true, false
		return h.ask(ctx, r, d, e, v, question{line: b.Query, by: e.From.User})
	case PickButton:
		line, err := narrowed(b.Query, b.Field, e.Choice)
		if err != nil {
			return h.say(e, w.Stale), nil
		}
		return h.ask(ctx, r, d, e, v, question{line: line})
	}
	return h.ask(ctx, r, d, e, v, question{line: b.Query})
}

// button finds the button that a reference is of, with its message.
func (h *Hub) button(ctx context.Context, r *room, ref string) (Button, state.Post, Message, error) {
	var m Message
	key, n, err := r.readRef(ref)
	if err != nil {
		return Button{}, state.Post{}, m, err
	}
	post, err := h.config.Store.PostByKey(ctx, key)
	if err != nil {
		return Button{}, post, m, err
	}
	if err := json.Unmarshal(post.Body, &m); err != nil || m.Card == nil || post.Bot != r.Name {
		return Button{}, post, m, errors.Join(errRef, err)
	}
	switch {
	case n == refGood:
		return Button{Kind: GoodButton}, post, m, nil
	case n == refBad:
		return Button{Kind: BadButton}, post, m, nil
	case n == refPick && m.Card.Pick != nil:
		return *m.Card.Pick, post, m, nil
	case n >= 0 && n < len(m.Card.Buttons):
		return m.Card.Buttons[n], post, m, nil
	}
	return Button{}, post, m, errRef
}

// opinion keeps what somebody thinks of an answer: their own alone counts.
func (h *Hub) opinion(ctx context.Context, e Event, v semantic.Viewer, post state.Post, m Message, good bool) (outcome, error) {
	if m.Answer == "" {
		return h.say(e, wordsFor(e.Where.Lang).Stale), nil
	}
	err := h.config.Service.Feedback(ctx, v, m.Answer, answer.Opinion{Good: good})
	if errors.Is(err, answer.ErrNotFound) {
		return outcome{name: known}, nil // somebody else's answer: nothing to say about it
	}
	if err != nil {
		return outcome{}, fmt.Errorf("store opinion of message %d: %w", post.ID, err)
	}
	return h.say(e, wordsFor(e.Where.Lang).Thanks), nil
}

// narrowed is a query line that keeps to one member of a dimension.
func narrowed(line, field, member string) (string, error) {
	q, err := semantic.ParseQuery(line)
	if err != nil {
		return "", err
	}
	if member == "" {
		return "", errRef
	}
	for _, g := range q.By {
		if name, ok := g.Expr.(semantic.Name); ok && nameOf(name) == field {
			test := semantic.Binary{Op: semantic.Eq, L: name, R: semantic.Lit{Value: semantic.TextValue(member)}}
			if q.Where == nil {
				q.Where = test
			} else {
				q.Where = semantic.Binary{Op: semantic.And, L: q.Where, R: test}
			}
			return q.String(), nil
		}
	}
	return "", errRef
}

func nameOf(n semantic.Name) string { return strings.Join(n.Path, ".") }

// complete answers a type-ahead list with the members that whoever types may
// see.
func (h *Hub) complete(ctx context.Context, r *room, l Lookup) (Receipt, error) {
	c, ok := r.Channel.(Completer)
	if !ok {
		return Receipt{}, nil
	}
	v, state, err := h.who(ctx, r, l.From)
	if err != nil || state != known {
		return c.Complete(nil), err
	}
	b, _, _, err := h.button(ctx, r, l.Ref)
	if err != nil || b.Kind != PickButton {
		return c.Complete(nil), nil
	}
	list, err := h.config.Service.Members(ctx, v, wordsFor(l.Where.Lang).lang, b.Field, clip(l.Typed, 200), 100)
	return c.Complete(list), err
}
