package answer

import (
	"encoding/binary"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"wenshu/nlq"
)

// typedNames finds names by their beginning and by what they hold, in a time
// that hardly grows with how many there are. It is immutable.
type typedNames struct {
	blob  string
	ends  []uint32 // name i is blob[ends[i]:ends[i+1]]
	of    []uint32 // per name: the entry it is a name of; ascending
	order []uint32 // the names by text
	first []uint64 // of each name by text: its first eight bytes
	least []uint32 // of each block of names by text: the first entry that one is a name of
	heads []uint32 // per bucket of grams: where its names begin
	posts []uint32 // the names that hold a gram of the bucket
	shift uint     // of the hash of a gram, to its bucket
}

// newTypedNames holds the names of each entry, as they are compared while typing.
func newTypedNames(entries int, names func(i int) []string) *typedNames {
	t := &typedNames{ends: []uint32{0}}
	var blob strings.Builder
	for i := range entries {
		for _, name := range names(i) {
			if name != "" {
				blob.WriteString(name)
				t.ends = append(t.ends, uint32(blob.Len()))
				t.of = append(t.of, uint32(i))
			}
		}
	}
	t.blob = blob.String()
	t.order = make([]uint32, len(t.of))
	for i := range t.order {
		t.order[i] = uint32(i)
	}
	slices.SortFunc(t.order, func(a, b uint32) int { return strings.Compare(t.name(a), t.name(b)) })
	t.summarise()
	t.sortGrams()
	return t
}

// typedBlock is how many names by text stand in a block.
const typedBlock = 64

// summarise keeps what tells most names apart without a look at them.
func (t *typedNames) summarise() {
	t.first = make([]uint64, len(t.order))
	t.least = make([]uint32, (len(t.order)+typedBlock-1)/typedBlock)
	for i, name := range t.order {
		t.first[i] = firstBytes(t.name(name))
		if block := i / typedBlock; i%typedBlock == 0 || t.of[name] < t.least[block] {
			t.least[block] = t.of[name]
		}
	}
}

// firstBytes are the first eight bytes of a text, in whose order texts are but for equal
// ones.
func firstBytes(s string) uint64 {
	var bytes [8]byte
	copy(bytes[:], s)
	return binary.BigEndian.Uint64(bytes[:])
}

// reach returns where the first name by text stands that is no less than a text.
func (t *typedNames) reach(text string) int {
	first := firstBytes(text)
	return sort.Search(len(t.order), func(i int) bool {
		if t.first[i] != first {
			return t.first[i] > first
		}
		return t.name(t.order[i]) >= text
	})
}

// foldedNames are the value and the aliases of members.
func foldedNames(entries []nlq.Entry) *typedNames {
	return newTypedNames(len(entries), func(i int) []string {
		names := []string{folded(entries[i].Value)}
		for _, alias := range entries[i].Aliases {
			names = append(names, folded(alias))
		}
		return names
	})
}

func (t *typedNames) name(i uint32) string { return t.blob[t.ends[i]:t.ends[i+1]] }

// sortGrams puts every name into the buckets of its grams: two characters of
// Chinese, three of other scripts.
func (t *typedNames) sortGrams() {
	bits := uint(6)
	for 1<<bits < len(t.of) && bits < 20 {
		bits++
	}
	t.shift = 32 - bits
	t.heads = make([]uint32, 1<<bits+1)
	each := func(f func(name, bucket uint32)) {
		for i := range t.of {
			eachGram(t.name(uint32(i)), func(gram uint32) { f(uint32(i), gram>>t.shift) })
		}
	}
	each(func(_, bucket uint32) { t.heads[bucket+1]++ })
	for i := range 1 << bits {
		t.heads[i+1] += t.heads[i]
	}
	t.posts = make([]uint32, t.heads[1<<bits])
	next := slices.Clone(t.heads)
	each(func(name, bucket uint32) {
		t.posts[next[bucket]] = name
		next[bucket]++
	})
}

// eachGram calls f with a hash of every gram of a text.
func eachGram(s string, f func(gram uint32)) {
	for len(s) > 0 {
		a, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		b, next := utf8.DecodeRuneInString(s)
		switch {
		case next == 0:
			return
		case a >= utf8.RuneSelf:
			f(hashOf(a, b, 0))
		default:
			if c, last := utf8.DecodeRuneInString(s[next:]); last > 0 {
				f(hashOf(a, b, c))
			}
		}
	}
}

// hashOf spreads three characters over 32 bits (Knuth's multiplicative hash).
func hashOf(a, b, c rune) uint32 {
	h := uint32(a) * 2654435761
	h = (h ^ uint32(b)) * 2654435761
	return (h ^ uint32(c)) * 2654435761
}

// typedKey is what is typed, ready to be looked for in many sets of names.
type typedKey struct {
	text        string
	first, mask uint64   // its first eight bytes, and which of them it has
	grams       []uint32 // of the text; none where it is too short
}

func newTypedKey(text string) typedKey {
	k := typedKey{text: text, first: firstBytes(text)}
	if n := len(text); n < 8 {
		k.mask = ^uint64(0) << (64 - 8*n)
	} else {
		k.mask = ^uint64(0)
	}
	eachGram(text, func(gram uint32) { k.grams = append(k.grams, gram) })
	return k
}

// begin are the first entries, at most so many, one of whose names begins so.
func (t *typedNames) begin(key typedKey, most int) []int {
	from := t.reach(key.text)
	begun := func(at int) bool {
		return t.first[at]&key.mask == key.first && (len(key.text) <= 8 || strings.HasPrefix(t.name(t.order[at]), key.text))
	}
	if from == len(t.order) || !begun(from) {
		return nil
	}
	end := from + sort.Search(len(t.order)-from, func(i int) bool { return !begun(from + i) })
	var found firstOnes
	for at := from; at < end; {
		next := min(end, at-at%typedBlock+typedBlock)
		if !found.full(int(t.least[at/typedBlock]), most) {
			for _, name := range t.order[at:next] {
				found.add(int(t.of[name]), most)
			}
		}
		at = next
	}
	return found
}

// hold are the first entries, at most so many, one of whose names holds a text.
func (t *typedNames) hold(key typedKey, most int) []int {
	var found firstOnes
	if len(key.grams) == 0 {
		for i, of := range t.of {
			if strings.Contains(t.name(uint32(i)), key.text) {
				found.add(int(of), most)
			}
		}
		return found
	}
	rarest, next := t.rarest(key.grams)
	for _, name := range rarest { // names of a bucket are in the order of entries
		if found.full(int(t.of[name]), most) {
			break
		}
		for len(next) > 0 && next[0] < name {
			next = next[1:]
		}
		if len(next) == 0 {
			break
		}
		if next[0] == name && strings.Contains(t.name(name), key.text) {
			found.add(int(t.of[name]), most)
		}
	}
	return found
}

// rarest are the two smallest of the buckets of some grams, the same where there is one.
func (t *typedNames) rarest(grams []uint32) (first, second []uint32) {
	for i, gram := range grams {
		bucket := t.posts[t.heads[gram>>t.shift]:t.heads[gram>>t.shift+1]]
		switch {
		case i == 0:
			first, second = bucket, bucket
		case len(bucket) < len(first):
			first, second = bucket, first
		case i == 1 || len(bucket) < len(second):
			second = bucket
		}
	}
	return first, second
}

// entryHolds reports whether a name of one entry holds a text.
func (t *typedNames) entryHolds(entry int, key string) bool {
	from := sort.Search(len(t.of), func(i int) bool { return int(t.of[i]) >= entry })
	for i := from; i < len(t.of) && int(t.of[i]) == entry; i++ {
		if strings.Contains(t.name(uint32(i)), key) {
			return true
		}
	}
	return false
}

// is reports whether a text is one of the names.
func (t *typedNames) is(text string) bool {
	at := t.reach(text)
	return at < len(t.order) && t.name(t.order[at]) == text
}

// firstOnes are the smallest numbers of those added, each once.
type firstOnes []int

// full reports whether there are so many that are less than a number.
func (f firstOnes) full(n, most int) bool { return len(f) == most && n >= f[most-1] }

func (f *firstOnes) add(n, most int) {
	if f.full(n, most) {
		return
	}
	at, known := slices.BinarySearch(*f, n)
	if known {
		return
	}
	*f = slices.Insert(*f, at, n)
	*f = (*f)[:min(len(*f), most)]
}
