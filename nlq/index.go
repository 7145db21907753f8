package nlq

import (
	"cmp"
	"encoding/binary"
	"slices"
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
// use. A member takes about its text twice and 24 bytes.
type Index struct{ parts []*indexPart }

// indexPart is what was indexed at once: arrays without a pointer per member,
// which cost the collector nothing and are written to a file as they are.
type indexPart struct {
	base       int32 // the number of the first member within the whole index
	dimensions []*semantic.Dimension
	tags       []string
	home, tag  []uint32 // per member: its dimension and its tag
	values     texts    // per member
	keys       texts    // what members are called, by bytes; see appendKey
	of         []uint32 // per key: the member twice, plus one for an alias
	starts     []uint32 // by the first two bytes of a key: the first that begins so
}

// texts are many texts in one.
type texts struct {
	blob string
	ends []uint32 // text i is blob[ends[i]:ends[i+1]]
}

func (t texts) len() int { return len(t.ends) - 1 }

func (t texts) at(i int) string { return t.blob[t.ends[i]:t.ends[i+1]] }

// NewIndex builds an index. Entries without a dimension or a text are left out;
// the order of entries does not matter.
func NewIndex(entries []Entry) *Index {
	b := indexBuilder{part: &indexPart{}, dims: map[*semantic.Dimension]uint32{}, tags: map[string]uint32{}}
	values := make([]string, 0, len(entries))
	for _, e := range entries {
		if e.Dimension != nil && strings.TrimSpace(e.Value) != "" {
			values = append(values, e.Value)
			b.enter(e)
		}
	}
	b.part.values = joinTexts(values)
	b.sortKeys()
	b.part.findStarts()
	return &Index{parts: []*indexPart{b.part}}
}

// And returns an index of the members of both, which shares their memory.
func (x *Index) And(other *Index) *Index {
	both := &Index{}
	base := int32(0)
	for _, index := range []*Index{x, other} {
		if index == nil {
			continue
		}
		for _, p := range index.parts {
			moved := *p
			moved.base = base
			both.parts = append(both.parts, &moved)
			base += int32(p.values.len())
		}
	}
	return both
}

// Len returns how many members the index holds.
func (x *Index) Len() int {
	n := 0
	for _, p := range x.parts {
		n += p.values.len()
	}
	return n
}

// Each calls f with every member in the order in which they were entered, without
// its aliases.
func (x *Index) Each(f func(Entry)) {
	for _, p := range x.parts {
		for i := range p.values.len() {
			f(Entry{Dimension: p.dimensions[p.home[i]], Value: p.values.at(i), Tag: p.tags[p.tag[i]]})
		}
	}
}

// indexBuilder collects the keys of an index before they are sorted.
type indexBuilder struct {
	part *indexPart
	dims map[*semantic.Dimension]uint32
	tags map[string]uint32
	blob []byte
	keys []looseKey
}

// looseKey is a key that is not in its place yet.
type looseKey struct {
	head    uint64 // its first eight bytes, in the order of bytes
	at, end uint32 // bytes of the builder's blob
	of      uint32
}

func (b *indexBuilder) enter(e Entry) {
	p, id := b.part, uint32(len(b.part.home))
	p.home = append(p.home, numberOf(b.dims, e.Dimension, &p.dimensions))
	p.tag = append(p.tag, numberOf(b.tags, e.Tag, &p.tags))
	b.call(e.Value, id<<1)
	for _, alias := range e.Aliases {
		b.call(alias, id<<1|1)
	}
}

// numberOf is the number of a thing in a list that grows by new ones.
func numberOf[T comparable](known map[T]uint32, thing T, list *[]T) uint32 {
	n, ok := known[thing]
	if !ok {
		n = uint32(len(*list))
		known[thing] = n
		*list = append(*list, thing)
	}
	return n
}

func (b *indexBuilder) call(name string, of uint32) {
	at := len(b.blob)
	for _, token := range NewText(name).Tokens {
		b.blob = appendKey(b.blob, token)
	}
	if len(b.blob) > at {
		b.keys = append(b.keys, looseKey{headOf(b.blob[at:]), uint32(at), uint32(len(b.blob)), of})
	}
}

// appendKey appends a token to the key of a name. A Han character ends by
// itself, any other token by a zero byte: so all names that begin with the same
// tokens stand together in the order of bytes.
func appendKey(key []byte, token Token) []byte {
	key = append(key, token.Norm...)
	if token.Class != Han {
		key = append(key, 0)
	}
	return key
}

func headOf(key []byte) uint64 {
	var head [8]byte
	copy(head[:], key)
	return binary.BigEndian.Uint64(head[:])
}

// sortKeys puts the keys in order, each name of a member once: exact names before
// aliases, then by dimension and value.
func (b *indexBuilder) sortKeys() {
	p := b.part
	text := func(k looseKey) string { return string(b.blob[k.at:k.end]) }
	slices.SortFunc(b.keys, func(x, y looseKey) int {
		if c := cmp.Compare(x.head, y.head); c != 0 {
			return c
		}
		return cmp.Or(strings.Compare(text(x), text(y)), p.compare(x.of, y.of))
	})
	var blob strings.Builder
	blob.Grow(len(b.blob))
	p.keys.ends = append(make([]uint32, 0, len(b.keys)+1), 0)
	p.of = make([]uint32, 0, len(b.keys))
	for i, k := range b.keys {
		if i > 0 && k.of>>1 == b.keys[i-1].of>>1 && text(k) == text(b.keys[i-1]) {
			continue
		}
		blob.Write(b.blob[k.at:k.end])
		p.keys.ends = append(p.keys.ends, uint32(blob.Len()))
		p.of = append(p.of, k.of)
	}
	p.keys.blob = blob.String()
}

// compare orders members of one name.
func (p *indexPart) compare(x, y uint32) int {
	return cmp.Or(compareMembers(p.object(x>>1), p.object(y>>1)), cmp.Compare(x&1, y&1))
}

func compareMembers(a, b Object) int {
	return cmp.Or(
		strings.Compare(a.Dimension.Table.Name, b.Dimension.Table.Name),
		strings.Compare(a.Dimension.Name, b.Dimension.Name),
		strings.Compare(a.Member, b.Member),
	)
}

// findStarts fills the table of beginnings.
func (p *indexPart) findStarts() {
	p.starts = make([]uint32, 1<<16+1)
	for i := range p.of {
		p.starts[beginning(p.keys.at(i))+1]++
	}
	for i := range 1 << 16 {
		p.starts[i+1] += p.starts[i]
	}
}

// beginning is the first two bytes of a key, which has two at least.
func beginning(key string) int { return int(key[0])<<8 | int(key[1]) }

func joinTexts(list []string) texts {
	t := texts{ends: make([]uint32, len(list)+1)}
	var blob strings.Builder
	for i, s := range list {
		blob.WriteString(s)
		t.ends[i+1] = uint32(blob.Len())
	}
	t.blob = blob.String()
	return t
}

// object returns a member of the part as an object.
func (p *indexPart) object(id uint32) Object {
	return Object{Dimension: p.dimensions[p.home[id]], Member: p.values.at(int(id))}
}
