package zh

import (
	"slices"

	"github.com/mozillazg/go-pinyin"
)

// Sounds returns how a character sounds, as pinyin without tones, all readings
// of it: 重 is zhong, chong. Nil for what is no Chinese character.
func Sounds(r rune) []string {
	if r < 0x3400 {
		return nil
	}
	all := pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal, Heteronym: true})
	var distinct []string
	for _, sound := range all {
		if !slices.Contains(distinct, sound) {
			distinct = append(distinct, sound)
		}
	}
	return distinct
}
