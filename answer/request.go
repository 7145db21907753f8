package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Request is one message of a viewer. Exactly one of Question and Line is set.
type Request struct {
	ID           string // of the answer, unique; "" for a new one. A caller that may ask twice looks for it first
	Question     string
	Line         string // a query line
	Conversation string // "" for none: the message follows nothing
	Lang         string // zh-CN, zh-TW or en; "" takes the language of the question
	Viewer       semantic.Viewer
	Now          time.Time // when it is asked; zero is the service's clock
	Chart        ChartKind // a wish besides the question's own; "" for none
}

// MaxQuestion is the longest question or query line, in characters.
const MaxQuestion = 1000

// EventKind is a step of answering.
type EventKind string

// The events, in the order they come; an answer that needs no warehouse goes
// from Understood to Done.
const (
	Understood EventKind = "understood" // Answer holds what was understood, without numbers
	Compiled   EventKind = "compiled"
	Waiting    EventKind = "waiting"
	Running    EventKind = "running"
	Done       EventKind = "done" // Answer is the answer
)

// Event tells how far an answer is.
type Event struct {
	Kind    EventKind     `json:"kind"`
	Elapsed time.Duration `json:"elapsed"`
	Answer  *Answer       `json:"answer,omitempty"`
}

// ErrRequest says that a request has neither or both of a question and a line.
var ErrRequest = errors.New("a request holds a question or a query line")

// langOf is the language of the answer.
func (r Request) langOf() string {
	if r.Lang != "" {
		return wordsFor(r.Lang).lang
	}
	if mostlyChinese(r.Question) {
		return chineseWords.lang
	}
	return englishWords.lang
}

// mostlyChinese reports whether a question has as many words in Chinese as in a
// language of Latin letters. Two Han characters count as a word; abbreviations,
// codes and names in capitals are of neither language.
func mostlyChinese(question string) bool {
	han, latin := wordsByScript(question)
	return han > 0 && han >= latin
}

// wordsByScript counts the words of a question in Chinese and in a language of
// Latin letters.
func wordsByScript(question string) (han, latin int) {
	for _, word := range strings.FieldsFunc(question, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.Is(unicode.Han, c) }) {
		lower := false
		for _, c := range word {
			switch {
			case unicode.Is(unicode.Han, c):
				han++
			case unicode.IsLower(c):
				lower = true
			}
		}
		if lower && !strings.ContainsFunc(word[1:], unicode.IsUpper) {
			latin++
		}
	}
	return (han + 1) / 2, latin
}

// inSession puts a message that is as much in one language as in another into the
// language of the one before it: "in 万元".
func (a *asking) inSession(ctx context.Context) {
	han, latin := wordsByScript(a.req.Question)
	if a.req.Lang != "" || a.req.Conversation == "" || han == 0 || latin == 0 || han > latin+1 || latin > han+1 {
		return
	}
	turns, err := a.s.config.State.Turns(ctx, a.req.Viewer.ID, a.req.Conversation, 1)
	if err != nil || len(turns) == 0 || turns[0].Question == "" {
		return // who cannot be asked now is asked, and told, when the question is read
	}
	a.words = wordsFor(Request{Question: turns[0].Question}.langOf())
}

// asking is one request on its way.
type asking struct {
	s      *Service
	snap   *snapshot
	req    Request
	words  *words
	now    time.Time
	start  time.Time
	events func(Event)

	readTimes []Timing // of reading the question
	asked     nlq.Question
	known     knowledge
	kept      *semantic.Query // of a refused question, without a period to come: see nlq.Refusal
	every     bool            // what is drawn shows every row of a list, not its first
}

func (a *asking) book() *book { return &book{w: a.words, model: a.snap.model, now: a.wall()} }

func (a *asking) emit(kind EventKind, answer *Answer) {
	if a.events != nil {
		a.events(Event{Kind: kind, Elapsed: time.Since(a.start), Answer: answer})
	}
}

func (s *Service) asking(req Request, events func(Event)) *asking {
	now := req.Now
	if now.IsZero() {
		now = s.config.Now()
	}
	return &asking{s: s, snap: s.current.Load(), req: req, words: wordsFor(req.langOf()), now: now, start: time.Now(), events: events}
}

// newAnswer is an answer with nothing said yet.
func (a *asking) newAnswer() *Answer {
	return &Answer{
		ID: cmp.Or(a.req.ID, a.s.config.NewID()), Conversation: a.req.Conversation, Question: a.req.Question, Lang: a.words.lang,
		ModelVersion: a.snap.model.Version, AskedAt: a.now, Viewer: a.req.Viewer.ID,
	}
}

// Ask answers a question or a query line. Mistakes of the asker, refusals and
// failures of a warehouse are answers too; the error is for requests that are
// none and for the state that cannot be written. Cancelling ctx stops the
// statements in the warehouses. Events come from the calling goroutine; events
// may be nil.
func (s *Service) Ask(ctx context.Context, req Request, events func(Event)) (*Answer, error) {
	if (req.Question == "") == (req.Line == "") && req.Line != "" {
		return nil, ErrRequest
	}
	a := s.asking(req, events)
	a.inSession(ctx)
	answer := a.answer(ctx)
	if err := s.remember(ctx, answer); err != nil {
		return nil, err
	}
	a.emit(Done, answer)
	return answer, nil
}

// answer finds the answer and never fails: what goes wrong is worded.
func (a *asking) answer(ctx context.Context) *Answer {
	if text := a.req.Question + a.req.Line; len([]rune(text)) > MaxQuestion {
		return a.failed(a.newAnswer(), semantic.Problems{{Code: semantic.TooLong, Detail: fmt.Sprint(MaxQuestion)}})
	}
	if a.req.Line != "" {
		return a.line(ctx)
	}
	return a.question(ctx)
}

// line answers a query line.
func (a *asking) line(ctx context.Context) *Answer {
	answer := a.newAnswer()
	q, err := semantic.ParseQuery(a.req.Line)
	if err != nil {
		return a.failed(answer, a.mendedText(problemsOf(err)))
	}
	answer.Badge = ModelBadge
	return a.query(ctx, answer, q, nlq.Presentation{})
}

// problemsOf finds the problems in an error; another error is Internal.
func problemsOf(err error) semantic.Problems {
	var list semantic.Problems
	if errors.As(err, &list) && len(list) > 0 {
		return list
	}
	var one semantic.Problem
	if errors.As(err, &one) {
		return semantic.Problems{one}
	}
	return semantic.Problems{{Code: semantic.Internal}}
}
