package answer

import (
	"regexp"
	"strings"
)

// isFigure reports whether a word is a number: print 50 labels.
func isFigure(word string) bool { return word[0] >= '0' && word[0] <= '9' }

// isBid reports whether a message that opens with a verb which is a noun as well tells
// somebody to do it: it says when, for whom, or what next, and asks for no number.
func isBid(w wording, act phrase) bool {
	if !bidVerbs[strings.TrimSpace(string(act))] || !strings.Contains(w.plain, string(act)) || asksNumber(w.words) {
		return false
	}
	for _, word := range strings.Fields(w.words) {
		if bidWords[word] {
			return true
		}
	}
	return strings.Contains(w.words, " for me ") || strings.Contains(w.words, " to me ")
}

var (
	// bidVerbs are verbs that are nouns as well and open what somebody is told to do.
	bidVerbs = setOfWords("book call print email mail text message ping schedule export reserve cancel transfer share post draft sign move ship remind")
	// bidWords say when or what next.
	bidWords = setOfWords("please now asap immediately today tonight tomorrow monday tuesday wednesday thursday friday saturday sunday ask tell say him her them everybody everyone")
	// behindNouns stand behind nouns that are verbs as well: increase in returns.
	behindNouns = setOfWords("of in by per vs versus rate count share and or is are was")
)

// isToldSo reports whether a message that asks for no number is built as what somebody is
// told to do.
func isToldSo(w wording) bool {
	return known().isBuilt(wantsAct, w) && !asksNumber(w.words+w.chars) || tellsHan(w.chars)
}

// tellsHan reports whether a message in Han characters is built as what somebody is told to
// do: 把 with what is to be done to it, or a request with a verb that says how much of it.
func tellsHan(chars string) bool {
	if chars == "" || asksNumber(chars) {
		return false
	}
	if before, done, ok := strings.Cut(chars, "把"); ok && len(done) > len("它关") && !strings.HasSuffix(before, "一") && !showsHan.MatchString(done) {
		return true
	}
	for _, m := range bidHan.FindAllStringSubmatch(chars, -1) {
		if !showsHan.MatchString(m[1] + m[2]) {
			return true
		}
	}
	return false
}

var (
	// showsHan are verbs that ask to see something.
	showsHan = regexp.MustCompile(`查|看|列|显示|展示|统计|汇总|排|对比|比较|算|拉出|拉一|分析|拆|画|找|搜|数一|了解|预测|评估|估|说|讲|解释|介绍|问|总结|梳理|复盘|整理|汇报|盘点|聊|谈|想|^[近过这那每哪上下前后一二三四五六七八九十两几各某今去本最第]`)
	// bidHan are verbs behind a request, or that open a message, with how much of it.
	bidHan = regexp.MustCompile(`(?:帮我|帮忙|麻烦你?|替我|^请你?)(?:再|先|也|去)?(\p{Han}{1,2}?)(?:一下|一[个份封张条间台次]|[个份封]\p{Han}|[两三四五六七八九十几\d]+(?:天|个|份|张|条|次))|^(\p{Han}{1,2})一下`)
)
