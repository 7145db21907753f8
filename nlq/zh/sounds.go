package zh

import (
	"slices"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// sounded remembers the sounds of characters, which the dictionary makes out of
// its spelling with tones whenever it is asked: rune to []string.
var sounded sync.Map

// Sounds returns how a character sounds, as pinyin without tones, all readings
// of it: 重 is zhong, chong. Nil for what is no Chinese character.
func Sounds(r rune) []string {
	if r < 0x3400 {
		return nil
	}
	if known, ok := sounded.Load(r); ok {
		return known.([]string)
	}
	var distinct []string
	for _, sound := range pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal, Heteronym: true}) {
		if !slices.Contains(distinct, sound) {
			distinct = append(distinct, sound)
		}
	}
	if distinct != nil { // as many as the dictionary has, whatever is asked
		sounded.Store(r, distinct)
	}
	return distinct
}
