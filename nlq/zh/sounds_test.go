package zh

import (
	"slices"
	"testing"
)

func TestSounds(t *testing.T) {
	for r, want := range map[rune][]string{'额': {"e"}, '销': {"xiao"}, '重': {"zhong", "chong", "tong"}, '庆': {"qing"}, 'a': nil, '、': nil} {
		got := Sounds(r)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%c sounds like %q, want %q", r, got, want)
		}
	}
}
