package answer

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"wenshu/nlq"
	"wenshu/nlq/en"
	"wenshu/nlq/llm"
	"wenshu/nlq/zh"
	"wenshu/semantic"
)

// snapshot is a model with everything that was found out about it. The model
// never changes; what viewers may know is found out per group of viewers that
// the rules treat alike, and kept.
type snapshot struct {
	config    Config
	model     *semantic.Model
	grammar   *nlq.Grammar
	catalog   func() *llm.Catalog // for the second reader
	dialects  map[string]string
	roles     []string // that rules name, sorted
	attrs     []string // viewer attributes that rules name, sorted
	usual     map[*semantic.Dimension]int
	verified  map[string]*semantic.Verified
	templates []template // verified questions with slots

	lock    sync.Mutex
	circles map[string]*circle // by signature
	order   []string           // signatures, least recently used first
	members map[string]*once[memberSet]
	ends    map[string]*ending

	described sync.Once // texts
	texts     []metricText
	spelt     sync.Once // objects
	objects   []objectText
}

// maxCircles bounds the groups of viewers whose members are kept.
const maxCircles = 64

// circle is what one group of viewers knows: everybody whose roles and
// attributes look alike to the rules. Members that they may not see are not in
// it, so that nothing, not even the time it takes, tells them from unknown ones.
type circle struct {
	signature string
	viewer    semantic.Viewer // one of them, without a name
	ready     once[knowledge]
	names     sync.Map // []typedName by language
	renewing  atomic.Bool
}

// knowledge is filled by governed queries of the circle.
type knowledge struct {
	reader  *nlq.Reader
	members []memberSet
	read    time.Time // when the oldest of the members were read
}

// once is a value that is worked out by the first who asks; a failure is not
// kept.
type once[T any] struct {
	lock sync.Mutex // of whoever works it out
	done atomic.Pointer[T]
}

func (o *once[T]) get(make func() (T, error)) (T, error) {
	if value := o.done.Load(); value != nil {
		return *value, nil
	}
	o.lock.Lock()
	defer o.lock.Unlock()
	if value := o.done.Load(); value != nil {
		return *value, nil
	}
	value, err := make()
	if err == nil {
		o.done.Store(&value)
	}
	return value, err
}

func newSnapshot(ctx context.Context, c Config, m *semantic.Model, dialects map[string]string) (*snapshot, error) {
	s := &snapshot{config: c, model: m, dialects: dialects, circles: map[string]*circle{}, members: map[string]*once[memberSet]{}, ends: map[string]*ending{}, usual: usualGroups(m), verified: verifiedQuestions(m), templates: templatesOf(m)}
	for _, r := range m.Rules {
		s.roles = append(s.roles, r.Roles...)
		semantic.Walk(r.Where, func(x semantic.Expr) {
			if a, ok := x.(semantic.ViewerAttr); ok {
				s.attrs = append(s.attrs, a.Attr)
			}
		})
	}
	slices.Sort(s.roles)
	slices.Sort(s.attrs)
	s.roles, s.attrs = slices.Compact(s.roles), slices.Compact(s.attrs)
	s.catalog = sync.OnceValue(func() *llm.Catalog { return llm.NewCatalog(m) })
	var err error
	s.grammar, err = grammar()
	return s, err
}

// grammar is of the languages that are read.
var grammar = sync.OnceValues(func() (*nlq.Grammar, error) { return nlq.NewGrammar(zh.Language(), en.Language()) })

// readerOver returns a reader that knows members.
func (s *snapshot) readerOver(index *nlq.Index) *nlq.Reader {
	return nlq.New(nlq.Config{Model: s.model, Index: index, Grammar: s.grammar, Bind: semantic.Bind})
}

// viewpoint is the part of a viewer that rules look at.
func (s *snapshot) viewpoint(v semantic.Viewer) (semantic.Viewer, string) {
	p := semantic.Viewer{Attrs: map[string][]string{}}
	var b strings.Builder
	for _, role := range s.roles {
		if slices.Contains(v.Roles, role) {
			p.Roles = append(p.Roles, role)
			b.WriteString(role + "\x00")
		}
	}
	for _, attr := range s.attrs {
		values := slices.Clone(v.Attrs[attr])
		slices.Sort(values)
		p.Attrs[attr] = slices.Compact(values)
		b.WriteString("\x01" + attr + "\x02" + strings.Join(p.Attrs[attr], "\x03"))
	}
	return p, b.String()
}

// circleOf is the circle of a viewer.
func (s *snapshot) circleOf(v semantic.Viewer) *circle {
	p, signature := s.viewpoint(v)
	s.lock.Lock()
	defer s.lock.Unlock()
	c, ok := s.circles[signature]
	if !ok {
		c = &circle{signature: signature, viewer: p}
		s.circles[signature] = c
		if len(s.order) >= maxCircles {
			s.forget(s.order[0])
			s.order = s.order[1:]
		}
	} else {
		s.order = slices.DeleteFunc(s.order, func(old string) bool { return old == signature })
	}
	s.order = append(s.order, signature)
	return c
}

// forget drops what was found out for a circle.
func (s *snapshot) forget(signature string) {
	delete(s.circles, signature)
	for key := range s.members {
		if strings.HasSuffix(key, "\x00"+signature) {
			delete(s.members, key)
		}
	}
	for key := range s.ends {
		if strings.HasSuffix(key, "\x00"+signature) {
			delete(s.ends, key)
		}
	}
}

// know is what a viewer's circle knows; the first question of a circle waits
// until its members are read. Members that are too old are read again beside the
// questions, which go on with the old ones until then.
func (s *snapshot) know(ctx context.Context, v semantic.Viewer) (knowledge, error) {
	c := s.circleOf(v)
	know, err := c.ready.get(func() (knowledge, error) { return s.learn(ctx, c, s.openKept(c)) })
	if err == nil && s.aged(know.read) && c.renewing.CompareAndSwap(false, true) {
		go s.renew(context.WithoutCancel(ctx), c)
	}
	return know, err
}

// How long reading members again may take, and how long it is not tried again
// after it failed.
const (
	renewPatience = 10 * time.Minute
	renewPause    = time.Minute
)

// renew reads the members of a circle again. Where that fails, the last ones stay.
func (s *snapshot) renew(ctx context.Context, c *circle) {
	ctx, cancel := context.WithTimeout(ctx, renewPatience)
	defer cancel()
	know, err := s.learn(ctx, c, nil)
	if err != nil {
		s.config.Log.Warn("members cannot be read again", "why", err)
		time.AfterFunc(renewPause, func() { c.renewing.Store(false) })
		return
	}
	c.ready.done.Store(&know)
	c.renewing.Store(false)
}

// learn reads the members that a circle sees, or takes those that were kept, and
// prepares its reader.
func (s *snapshot) learn(ctx context.Context, c *circle, kept *keptMembers) (knowledge, error) {
	read := time.Now()
	sets, err := s.readMembers(ctx, c, kept)
	if err != nil {
		return knowledge{}, err
	}
	var entries []nlq.Entry
	known := 0
	for _, set := range sets {
		entries = append(entries, set.entries...)
		if set.read.Before(read) {
			read = set.read
		}
		if kept != nil {
			known += len(kept.entries[set.dimension])
		}
	}
	if kept != nil && known == kept.index.Len() && known == len(entries) {
		return knowledge{s.readerOver(kept.index), sets, kept.read}, nil
	}
	index := nlq.NewIndex(entries)
	s.keep(c, index, read)
	return knowledge{s.readerOver(index), sets, read}, nil
}

// aged reports whether members that were read at a moment are to be read again.
func (s *snapshot) aged(read time.Time) bool { return time.Since(read) > s.config.Renew }
