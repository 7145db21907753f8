package nlq

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"wenshu/semantic"
)

// Entry is one member of a dimension as it goes into an index.
type Entry struct {
	Dimension *semantic.Dimension
	Value     string   // as stored
	Aliases   []string // other ways to say it: declared aliases, codes, pinyin
	Tag       string   // who may see it, as Reader.Sees understands it; "" is everybody
}

// Index finds members in questions. It is immutable and safe for concurrent
// use. A member takes about its text twice and 16 bytes.
type Index struct {
	dimensions []*semantic.Dimension
	tags       []string
	values     []member
	keys       []memberKey // ascending by text
	first      map[string]span32
}

type member struct {
	value     string
	dimension int32
	tag       int32
}

type memberKey struct {
	text   string // norms, joined by joinNorms
	member int32
	alias  bool
}

type span32 struct{ from, end int32 }

// NewIndex builds an index. Entries without a dimension or a text are left out;
// the order of entries does not matter.
func NewIndex(entries []Entry) *Index {
	x := &Index{first: map[string]span32{}}
	dims, tags := map[*semantic.Dimension]int32{}, map[string]int32{}
	for _, e := range entries {
		if e.Dimension == nil || strings.TrimSpace(e.Value) == "" {
			continue
		}
		dim, ok := dims[e.Dimension]
		if !ok {
			dim = int32(len(x.dimensions))
			dims[e.Dimension] = dim
			x.dimensions = append(x.dimensions, e.Dimension)
		}
		tag, ok := tags[e.Tag]
		if !ok {
			tag = int32(len(x.tags))
			tags[e.Tag] = tag
			x.tags = append(x.tags, e.Tag)
		}
		x.enter(member{e.Value, dim, tag}, e.Aliases)
	}
	slices.SortFunc(x.keys, x.compare)
	x.keys = slices.CompactFunc(x.keys, func(a, b memberKey) bool { return a.text == b.text && a.member == b.member })
	for i, k := range x.keys {
		head := firstNorm(k.text)
		s, ok := x.first[head]
		if !ok {
			s.from = int32(i)
		}
		s.end = int32(i + 1)
		x.first[head] = s
	}
	return x
}

func (x *Index) enter(m member, aliases []string) {
	id := int32(len(x.values))
	x.values = append(x.values, m)
	if key := joinNorms(NewText(m.value).Norms()); key != "" {
		x.keys = append(x.keys, memberKey{key, id, false})
	}
	for _, alias := range aliases {
		if key := joinNorms(NewText(alias).Norms()); key != "" {
			x.keys = append(x.keys, memberKey{key, id, true})
		}
	}
}

// compare orders keys by text in such a way that all keys with one first token
// stand together, then exact names before aliases, then by dimension and value.
func (x *Index) compare(a, b memberKey) int {
	if c := strings.Compare(firstNorm(a.text), firstNorm(b.text)); c != 0 {
		return c
	}
	if c := strings.Compare(a.text, b.text); c != 0 {
		return c
	}
	ma, mb := x.values[a.member], x.values[b.member]
	return cmp.Or(
		strings.Compare(x.dimensions[ma.dimension].Table.Name, x.dimensions[mb.dimension].Table.Name),
		strings.Compare(x.dimensions[ma.dimension].Name, x.dimensions[mb.dimension].Name),
		strings.Compare(ma.value, mb.value),
		cmp.Compare(boolInt(a.alias), boolInt(b.alias)),
	)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// firstNorm returns the first token of a key.
func firstNorm(key string) string {
	for i, r := range key {
		if classOf(r) == Han {
			if i == 0 {
				return key[:len(string(r))]
			}
			return key[:i]
		}
		if r == ' ' && i > 0 {
			return key[:i]
		}
	}
	return key
}

// Len returns how many members the index holds.
func (x *Index) Len() int { return len(x.values) }

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
	s, ok := x.first[t.Tokens[at].Norm]
	if !ok {
		return nil
	}
	keys := x.keys[s.from:s.end]
	var hits []memberHit
	key := ""
	for i := at; i < len(t.Tokens) && len(keys) > 0; i++ {
		norm := t.Tokens[i].Norm
		if i > at && !isHanNorm(norm) && !isHanNorm(t.Tokens[i-1].Norm) {
			key += " "
		}
		key += norm
		keys = withPrefix(keys, key)
		for _, k := range keys {
			if k.text != key {
				break
			}
			hits = append(hits, memberHit{i + 1, k.member, k.alias})
		}
	}
	return hits
}

// withPrefix narrows sorted keys to those that start with prefix.
func withPrefix(keys []memberKey, prefix string) []memberKey {
	from := sort.Search(len(keys), func(i int) bool { return keys[i].text >= prefix })
	rest := keys[from:]
	end := sort.Search(len(rest), func(i int) bool { return !strings.HasPrefix(rest[i].text, prefix) })
	return rest[:end]
}

// object returns a member as an object.
func (x *Index) object(id int32) Object {
	m := x.values[id]
	return Object{Dimension: x.dimensions[m.dimension], Member: m.value}
}

func (x *Index) tag(id int32) string { return x.tags[x.values[id].tag] }
