package nlq

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// memberHit is a member found in a text.
type memberHit struct {
	end   int
	id    int32
	alias bool
}

// at returns every member whose name starts at token at.
func (x *Index) at(t *Text, at int) []memberHit {
	if x == nil || at >= len(t.Tokens) {
		return nil
	}
	var hits []memberHit
	parts := 0
	for _, p := range x.parts {
		before := len(hits)
		hits = p.at(hits, t, at)
		if len(hits) > before {
			parts++
		}
	}
	if parts > 1 {
		slices.SortStableFunc(hits, func(a, b memberHit) int {
			return cmp.Or(cmp.Compare(a.end, b.end), compareMembers(x.object(a.id), x.object(b.id)))
		})
	}
	return hits
}

func (p *indexPart) at(hits []memberHit, t *Text, at int) []memberHit {
	var buffer [64]byte
	key := buffer[:0]
	from, end := 0, 0
	for i := at; i < len(t.Tokens); i++ {
		key = appendKey(key, t.Tokens[i])
		if i == at {
			from, end = p.begun(key)
		} else {
			from, end = p.within(key, from, end)
		}
		if from == end {
			break
		}
		for k := from; k < end && len(p.keys.at(k)) == len(key); k++ {
			hits = append(hits, memberHit{i + 1, p.base + int32(p.of[k]>>1), p.of[k]&1 == 1})
		}
	}
	return hits
}

// begun are the keys that begin with a whole token.
func (p *indexPart) begun(key []byte) (from, end int) {
	head := int(key[0])<<8 | int(key[1])
	return p.within(key, int(p.starts[head]), int(p.starts[head+1]))
}

// within narrows keys from to end to those that begin with a prefix.
func (p *indexPart) within(prefix []byte, from, end int) (int, int) {
	low := from + sort.Search(end-from, func(i int) bool { return p.keys.at(from+i) >= string(prefix) })
	if low < end && !strings.HasPrefix(p.keys.at(low), string(prefix)) {
		return low, low
	}
	high := low + sort.Search(end-low, func(i int) bool { return !strings.HasPrefix(p.keys.at(low+i), string(prefix)) })
	return low, high
}

// called returns the members whose whole name is one word.
func (x *Index) called(word string) []memberHit {
	return slices.DeleteFunc(x.at(&Text{Tokens: []Token{{Norm: word, Class: classOfNorm(word)}}}, 0), func(h memberHit) bool { return h.end != 1 })
}

// part is where a member is, and its number there.
func (x *Index) part(id int32) (*indexPart, uint32) {
	n := len(x.parts) - 1
	for x.parts[n].base > id {
		n--
	}
	return x.parts[n], uint32(id - x.parts[n].base)
}

// object returns a member as an object.
func (x *Index) object(id int32) Object {
	p, n := x.part(id)
	return p.object(n)
}

func (x *Index) tag(id int32) string {
	p, n := x.part(id)
	return p.tags[p.tag[n]]
}

const (
	// maxNear bounds the names of an index that are all compared with a misspelt
	// word; of a larger one only those are that begin like the words before it.
	maxNear = 20000
	// maxNearBegun bounds the names of one beginning that are compared.
	maxNearBegun = 2000
)

func (x *Index) small() bool {
	keys := 0
	for _, p := range x.parts {
		keys += len(p.of)
	}
	return keys <= maxNear
}

// eachNear calls f with the members of Chinese names that may be meant by a
// misspelling at token at: all of a small index, else those that start like the
// tokens before it. The name is f's until it returns.
func (x *Index) eachNear(t *Text, at int, f func(id int32, name []rune)) {
	if x == nil {
		return
	}
	var name []rune
	try := func(p *indexPart, from, end int) {
		for k := from; k < end; k++ {
			if name = hanName(name[:0], p.keys.at(k)); len(name) >= minHan {
				f(p.base+int32(p.of[k]>>1), name)
			}
		}
	}
	small := x.small()
	for _, p := range x.parts {
		if small {
			try(p, 0, len(p.of))
			continue
		}
		for from := max(0, at-3); from < at; from++ {
			try(p.begunLike(t, from, at))
		}
	}
}

// begunLike returns the names that begin with token from; where those are too
// many to compare, with all tokens up to at, and none where those are.
func (p *indexPart) begunLike(t *Text, from, at int) (*indexPart, int, int) {
	key := appendKey(nil, t.Tokens[from])
	low, high := p.begun(key)
	for i := from + 1; i < at && high-low > maxNearBegun; i++ {
		key = appendKey(key, t.Tokens[i])
		low, high = p.within(key, low, high)
	}
	if high-low > maxNearBegun {
		return p, low, low
	}
	return p, low, high
}

// hanName appends a key of Han characters alone; nothing for any other.
func hanName(name []rune, key string) []rune {
	if len(key) < minHan*3 || strings.IndexByte(key, 0) >= 0 {
		return name
	}
	for len(key) > 0 {
		r, size := utf8.DecodeRuneInString(key)
		name, key = append(name, r), key[size:]
	}
	return name
}

// eachWord calls f with every word and number of the names of a small index.
func (x *Index) eachWord(f func(norm string)) {
	if x == nil || !x.small() {
		return
	}
	for _, p := range x.parts {
		for k := range p.of {
			for _, run := range strings.Split(p.keys.at(k), "\x00") {
				if han := strings.LastIndexFunc(run, func(r rune) bool { return classOf(r) == Han }); han >= 0 {
					_, size := utf8.DecodeRuneInString(run[han:])
					run = run[han+size:]
				}
				if run != "" {
					f(run)
				}
			}
		}
	}
}
