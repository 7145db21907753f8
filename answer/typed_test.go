package answer

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestTypedNames holds what is found against looking at every name.
func TestTypedNames(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	alphabet := []rune("ab东西南7é")
	text := func(most int) string {
		var s []rune
		for range 1 + r.IntN(most) {
			s = append(s, alphabet[r.IntN(len(alphabet))])
		}
		return string(s)
	}
	entries := make([][]string, 400)
	for i := range entries {
		for range r.IntN(3) {
			entries[i] = append(entries[i], text(6))
		}
	}
	names := newTypedNames(len(entries), func(i int) []string { return entries[i] })
	for range 2000 {
		key := text(4)
		var begin, hold []int
		equal := false
		for i, texts := range entries {
			if slices.ContainsFunc(texts, func(s string) bool { return strings.HasPrefix(s, key) }) {
				begin = append(begin, i)
			}
			holds := slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, key) })
			if holds {
				hold = append(hold, i)
			}
			equal = equal || slices.Contains(texts, key)
			if names.entryHolds(i, key) != holds {
				t.Fatalf("entry %d %q holds %q: %v", i, texts, key, !holds)
			}
		}
		most := 1 + r.IntN(20)
		if got, want := names.begin(newTypedKey(key), most), begin[:min(most, len(begin))]; !slices.Equal(got, want) {
			t.Fatalf("begin with %q: %v, want %v", key, got, want)
		}
		if got, want := names.hold(newTypedKey(key), most), hold[:min(most, len(hold))]; !slices.Equal(got, want) {
			t.Fatalf("hold %q: %v, want %v", key, got, want)
		}
		if names.is(key) != equal {
			t.Fatalf("%q is a name: %v", key, !equal)
		}
	}
}

// typedMember is a member of one of three kinds: a firm, a code, a person.
func typedMember(i int) string {
	pick := func(s string, n int) rune { list := []rune(s); return list[n%len(list)] }
	const surnames, given = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
	switch i % 3 {
	case 0:
		return fmt.Sprintf("%c%c商贸有限公司%d", pick(surnames, i), pick(given, i/48), i)
	case 1:
		return fmt.Sprintf("%c%c-%06d", 'A'+rune(i%26), 'A'+rune(i/26%26), i)
	}
	return fmt.Sprintf("%c%c%c%d", pick(surnames, i), pick(given, i/48), pick(given, i/960), i)
}
