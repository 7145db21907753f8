package answer

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"wenshu/answer/state"
	"wenshu/nlq"
	"wenshu/semantic"
)

// InboxCause is why questions lie in the curators' inbox.
type InboxCause string

// The causes. Declined is everything that was understood and not answered;
// VotedDown is what was answered and somebody said was wrong.
const (
	UnknownWord   InboxCause = "unknown_word"
	MissingMetric InboxCause = "missing_metric"
	WrongMember   InboxCause = "wrong_member"
	Tied          InboxCause = "tie"
	Misspelt      InboxCause = "corrected"
	VotedDown     InboxCause = "voted_down"
	NotAnswered   InboxCause = "declined"
)

// InboxItem is what went wrong alike, with what could be changed about it.
type InboxItem struct {
	Cause     InboxCause `json:"cause"`
	Words     string     `json:"words"` // to blame; the whole question where none are
	Count     int        `json:"count"`
	People    int        `json:"people"`
	Last      string     `json:"last"`      // when it was asked last, ISO 8601
	Questions []string   `json:"questions"` // some of them, the latest first
	Proposal  *Proposal  `json:"proposal,omitempty"`
}

// Proposal is a change of the model that a curator may accept. Nothing is
// changed by itself.
type Proposal struct {
	Kind     ProposalKind `json:"kind"`
	Object   string       `json:"object,omitempty"` // metric, or dimension by its short name
	Member   string       `json:"member,omitempty"` // of the dimension
	Words    string       `json:"words"`            // the synonym, the alias, or the question
	Query    string       `json:"query,omitempty"`  // what the question means
	Evidence Evidence     `json:"evidence"`
	AskedAt  time.Time    `json:"asked_at"`
}

// ProposalKind is what is to be changed.
type ProposalKind string

// The kinds of proposals. A case is a question that shall be declined as long as
// nobody defines what it asks for.
const (
	SynonymProposal  ProposalKind = "synonym"
	AliasProposal    ProposalKind = "alias"
	VerifiedProposal ProposalKind = "verified"
	CaseProposal     ProposalKind = "case"
)

// Evidence is what a proposal rests on.
type Evidence string

// The evidence: the asker took a reading that was offered, asked again in other
// words, a spelling was corrected, or a name is near to the words.
const (
	WasChosen    Evidence = "chosen"
	AskedAgain   Evidence = "asked_again"
	WasCorrected Evidence = "corrected"
	IsNear       Evidence = "near"
	NoEvidence   Evidence = "none"
)

const (
	inboxDepth     = 5000             // answers that are looked through
	inboxQuestions = 5                // of an item
	askedAgainIn   = 15 * time.Minute // that an asker takes for another try
)

// reviewed is one stored answer, read again.
type reviewed struct {
	state.Reviewable
	answer *Answer
	at     time.Time
}

// Inbox is what was declined, asked back, corrected or voted down lately, grouped
// by cause, what happened most first. It is for curators, who see it with their
// own rights: no question about members that they may not see, no reading that
// they may not ask for, and nobody's name.
func (s *Service) Inbox(ctx context.Context, curator semantic.Viewer) ([]InboxItem, error) {
	stored, err := s.config.State.Reviewables(ctx, inboxDepth)
	if err != nil {
		return nil, err
	}
	d, err := s.desk(ctx, curator)
	if err != nil {
		return nil, err
	}
	all := make([]reviewed, len(stored))
	for i, r := range stored {
		all[i] = reviewed{Reviewable: r, answer: &Answer{}}
		if err := json.Unmarshal([]byte(r.Body), all[i].answer); err != nil {
			return nil, fmt.Errorf("read answer %s: %w", r.AnswerID, err)
		}
		if all[i].at, err = time.Parse(time.RFC3339Nano, r.AskedAt); err != nil {
			return nil, fmt.Errorf("read answer %s: %w", r.AnswerID, err)
		}
	}
	for i := range all {
		for _, f := range faultsOf(all[i]) {
			d.file(f, all[i], again(all, i))
		}
	}
	return d.items(), nil
}

// again is the answer that an asker got who asked once more soon after.
func again(all []reviewed, i int) *reviewed {
	first := all[i]
	for j := i + 1; j < len(all) && all[j].at.Sub(first.at) <= askedAgainIn; j++ {
		if all[j].Viewer == first.Viewer && all[j].Conversation == first.Conversation && Kind(all[j].Kind) == Result {
			return &all[j]
		}
	}
	return nil
}

// flaw is one thing that went wrong with a question.
type flaw struct {
	cause InboxCause
	words string
}

// faultsOf are the things that went wrong with one answer.
func faultsOf(r reviewed) []flaw {
	if r.Question == "" {
		return nil
	}
	var found []flaw
	add := func(cause InboxCause, words string) {
		if f := (flaw{cause, strings.TrimSpace(words)}); f.words != "" && !slices.Contains(found, f) {
			found = append(found, f)
		}
	}
	switch Kind(r.Kind) {
	case Ambiguous:
		add(Tied, r.Question)
	case Failed, Declined:
		for _, p := range r.answer.Problems {
			add(causeOfProblem(p.Code), cmp.Or(p.Name, r.Question))
		}
		if len(found) > 1 {
			found = slices.DeleteFunc(found, func(f flaw) bool { return f.cause == NotAnswered })
		}
	}
	for _, w := range r.answer.Words {
		if w.State == "corrected" {
			add(Misspelt, w.Text)
		}
	}
	if r.Thumb < 0 {
		cause := VotedDown
		if strings.Contains(r.Reasons, `"wrong_filter"`) {
			cause = WrongMember
		}
		add(cause, r.Question)
	}
	return found
}

func causeOfProblem(code semantic.Code) InboxCause {
	switch code {
	case semantic.NotUnderstood, semantic.UnknownName, semantic.UnknownDimension:
		return UnknownWord
	case semantic.UnknownMetric:
		return MissingMetric
	case semantic.UnknownMember:
		return WrongMember
	}
	return NotAnswered
}

// desk is where items are put together for one curator.
type desk struct {
	*asking
	known   map[string]bool // members that the curator sees, by dimension and value
	limited bool            // there are rows that the curator may not see
	found   map[flaw]*pile
	order   []flaw
}

type pile struct {
	InboxItem
	people map[string]bool
}

func (s *Service) desk(ctx context.Context, curator semantic.Viewer) (*desk, error) {
	d := &desk{asking: s.asking(Request{Viewer: curator, Lang: "en"}, nil), known: map[string]bool{}, found: map[flaw]*pile{}}
	d.limited = slices.ContainsFunc(d.snap.model.Rules, func(r *semantic.Rule) bool {
		return r.Where != nil && r.Touches(curator)
	})
	know, err := d.snap.know(ctx, curator)
	if err != nil {
		return nil, err
	}
	for _, set := range know.members {
		for _, e := range set.entries {
			d.known[e.Dimension.Table.Name+"."+e.Dimension.Name+"\x00"+e.Value] = true
		}
	}
	return d, nil
}

// file puts a question to what went wrong alike.
func (d *desk) file(f flaw, r reviewed, next *reviewed) {
	if !d.maySee(r) {
		return
	}
	f.words = d.masked(f.words)
	key := flaw{f.cause, plainQuestion(f.words)}
	p := d.found[key]
	if p == nil {
		p = &pile{InboxItem: InboxItem{Cause: f.cause, Words: f.words}, people: map[string]bool{}}
		d.found[key] = p
		d.order = append(d.order, key)
	}
	p.Count++
	p.people[r.Viewer] = true
	p.Last = r.AskedAt
	if q := d.masked(r.Question); !slices.Contains(p.Questions, q) {
		p.Questions = append([]string{q}, p.Questions[:min(len(p.Questions), inboxQuestions-1)]...)
	}
	proposal := d.propose(f, r, next)
	if proposal != nil && (p.Proposal == nil || p.Proposal.Evidence == NoEvidence || p.Proposal.Evidence == IsNear) {
		p.Proposal = proposal
	}
}

// maySee reports whether a curator may see a question: what it was read as binds
// for them, and its members are among those that they see. A word that nobody
// understood may be part of a member's name, so one who may not see every row
// sees no such question.
func (d *desk) maySee(r reviewed) bool {
	unread := func(w WordMark) bool { return w.State == "unread" }
	if d.limited && (len(r.answer.Words) == 0 || slices.ContainsFunc(r.answer.Words, unread)) {
		return false
	}
	if r.Query != "" {
		if q, err := semantic.ParseQuery(r.Query); err == nil && !d.binds(q) {
			return false
		}
	}
	for _, c := range r.answer.Choices {
		if q, err := semantic.ParseQuery(c.Query); err == nil && !d.binds(q) {
			return false
		}
	}
	for _, w := range r.answer.Words {
		if o, ok := d.meant(w.Meaning); ok && !d.mayName(o) {
			return false
		}
	}
	return true
}

// mayName reports whether an object is visible to the curator, and a member among
// those that they see.
func (d *desk) mayName(o nlq.Object) bool {
	if !d.visible(o) || o.Member == "" {
		return d.visible(o)
	}
	return o.Dimension.Index != semantic.IndexNever && d.known[o.Dimension.Table.Name+"."+o.Dimension.Name+"\x00"+o.Member]
}

// visible reports whether the rules let the viewer know that there is such an
// object.
func (a *asking) visible(o nlq.Object) bool {
	view := a.snap.model.View(a.req.Viewer)
	return !(o.Metric != nil && view.HiddenMetric(o.Metric)) && !(o.Dimension != nil && view.Hidden(o.Dimension))
}

// meant is the object that the meaning of a word names.
func (a *asking) meant(meaning string) (nlq.Object, bool) {
	x, err := semantic.ParseExpr(meaning)
	if err != nil {
		return nlq.Object{}, false
	}
	member := ""
	if eq, ok := x.(semantic.Binary); ok && eq.Op == semantic.Eq {
		if lit, ok := eq.R.(semantic.Lit); ok {
			x, member = eq.L, lit.Value.String()
		}
	}
	name, ok := x.(semantic.Name)
	if !ok {
		return nlq.Object{}, false
	}
	b := a.book()
	if m := b.metric(name.Path[0]); m != nil && len(name.Path) == 1 && member == "" {
		return nlq.Object{Metric: m}, true
	}
	if dim := b.dimension(name.Path); dim != nil {
		return nlq.Object{Dimension: dim, Member: member}, true
	}
	return nlq.Object{}, false
}

// longDigits is how many digits in a row are a number of a person or a document.
const longDigits = 7

// masked hides long numbers, which may be anybody's.
func (d *desk) masked(s string) string {
	var b strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); {
		end := i
		for end < len(runes) && unicode.IsDigit(runes[end]) {
			end++
		}
		switch {
		case end-i >= longDigits:
			b.WriteString("…")
			i = end
		case end > i:
			b.WriteString(string(runes[i:end]))
			i = end
		default:
			b.WriteRune(runes[i])
			i++
		}
	}
	return b.String()
}

// propose finds what could be changed, by what the asker did next.
func (d *desk) propose(f flaw, r reviewed, next *reviewed) *Proposal {
	p := Proposal{Words: f.words, AskedAt: r.answer.AskedAt}
	if next != nil && !d.maySee(*next) {
		next = nil
	}
	switch {
	case f.cause == Misspelt:
		return d.corrected(p, r)
	case f.cause == Tied && next != nil && slices.ContainsFunc(r.answer.Choices, func(c Choice) bool { return c.Query == next.Query }):
		return d.verify(p, r, next.Query, WasChosen)
	case f.cause == Tied:
		return nil
	case next != nil && f.words != d.masked(r.Question):
		if o, ok := d.learned(r, next); ok {
			return d.name(p, o, AskedAgain)
		}
		return d.verify(p, r, next.Query, AskedAgain)
	case next != nil:
		return d.verify(p, r, next.Query, AskedAgain)
	}
	if o, ok := d.near(f, r); ok {
		return d.name(p, o, IsNear)
	}
	if f.cause == VotedDown || f.cause == WrongMember && r.Thumb < 0 {
		return nil // that it is wrong does not say what is right
	}
	p.Kind, p.Words, p.Evidence = CaseProposal, d.masked(r.Question), NoEvidence
	return &p
}

// verify proposes a question with its reading.
func (d *desk) verify(p Proposal, r reviewed, line string, e Evidence) *Proposal {
	if d.masked(r.Question) != r.Question {
		return nil
	}
	p.Kind, p.Words, p.Query, p.Evidence = VerifiedProposal, r.Question, line, e
	return &p
}

// name proposes another word for an object or a member.
func (d *desk) name(p Proposal, o nlq.Object, e Evidence) *Proposal {
	p.Kind, p.Evidence = SynonymProposal, e
	switch {
	case o.Metric != nil:
		p.Object = o.Metric.Name
	case o.Member != "":
		p.Kind, p.Object, p.Member = AliasProposal, d.snap.model.ShortName(o.Dimension), o.Member
	default:
		p.Object = d.snap.model.ShortName(o.Dimension)
	}
	return &p
}

// corrected proposes a spelling that more than one question had.
func (d *desk) corrected(p Proposal, r reviewed) *Proposal {
	for _, w := range r.answer.Words {
		if o, ok := d.meant(w.Meaning); ok && w.State == "corrected" && d.masked(w.Text) == p.Words {
			return d.name(p, o, WasCorrected)
		}
	}
	return nil
}

// learned is the one thing that was named in the second try and not in the
// first.
func (d *desk) learned(r reviewed, next *reviewed) (nlq.Object, bool) {
	had := map[string]bool{}
	for _, w := range r.answer.Words {
		had[w.Meaning] = true
	}
	var found []nlq.Object
	for _, w := range next.answer.Words {
		if o, ok := d.meant(w.Meaning); ok && !had[w.Meaning] && !slices.Contains(found, o) {
			found = append(found, o)
		}
	}
	if len(found) != 1 {
		return nlq.Object{}, false
	}
	return found[0], true
}

// near is the one visible metric or dimension that a refusal said is near.
func (d *desk) near(f flaw, r reviewed) (nlq.Object, bool) {
	var names []string
	for _, p := range r.answer.Problems {
		if strings.TrimSpace(p.Name) == f.words {
			names = append(names, p.Near...)
		}
	}
	if len(names) != 1 {
		return nlq.Object{}, false
	}
	for _, m := range d.snap.model.Metrics {
		if o := (nlq.Object{Metric: m}); calledSo(m.Name, m.Names, names[0]) && d.mayName(o) {
			return o, true
		}
	}
	return nlq.Object{}, false
}

func calledSo(name string, names semantic.Names, said string) bool {
	return said == name || slices.Contains(names.Texts(), said)
}

// items are what lies on the desk, what happened most first.
func (d *desk) items() []InboxItem {
	list := []InboxItem{}
	for _, key := range d.order {
		p := d.found[key]
		p.People = len(p.people)
		if p.Cause == Misspelt && p.Count < 2 {
			continue // a slip of the hand
		}
		list = append(list, p.InboxItem)
	}
	slices.SortStableFunc(list, func(a, b InboxItem) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(b.Last, a.Last))
	})
	return list
}
