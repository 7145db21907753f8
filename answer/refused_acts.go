package answer

import (
	"slices"
	"strings"

	"wenshu/nlq"
)

// tellsToAct reports whether a message opens with a verb that tells somebody to do
// something, behind the words of a request.
func tellsToAct(w wording) bool {
	open, asks := unrequested(w)
	words, chars := open.words, open.chars
	for _, act := range known().acts {
		if act[0] != ' ' {
			if rest, ok := strings.CutPrefix(chars, string(act)); ok && !strings.HasPrefix(rest, "的") && !beginsLonger(chars, act) || asks && strings.Contains(chars, string(act)) || strings.Contains(chars, "帮我"+string(act)) || strings.HasSuffix(string(act), "我") && strings.Contains(chars, string(act)) {
				return true
			}
			continue
		}
		rest, ok := strings.CutPrefix(words, string(act))
		next, _, _ := strings.Cut(rest, " ")
		if ok && next != "" && !behindNouns[next] && (asks || !nouns[strings.TrimSpace(string(act))] || determiners[next] || isFigure(next) || isBid(w, act)) && !beginsNoun(words, act) {
			return true
		}
	}
	return toldInside(w.chars)
}

// beginsNoun reports whether a text begins with a phrase of the lexicon that begins with an
// act: the share price is nothing to share.
func beginsNoun(words string, act phrase) bool {
	longer := func(noun string) bool {
		return len(noun) > len(act) && strings.HasPrefix(noun, string(act)) && strings.HasPrefix(words, noun)
	}
	return slices.ContainsFunc(known().nouns, longer) || slices.ContainsFunc(known().beside, func(p phrase) bool { return longer(string(p)) })
}

// toldInside reports whether a message that asks for no number holds what somebody is told
// to do: 这张发票直接作废吧, 帮我取消昨天的订单.
func toldInside(chars string) bool {
	if chars == "" || asksNumber(chars) {
		return false
	}
	if slices.ContainsFunc(known().told, func(act phrase) bool { return act[0] != ' ' && strings.Contains(chars, string(act)) }) {
		return true
	}
	return slices.ContainsFunc(fronts, func(front string) bool {
		_, rest, ok := strings.Cut(chars, front)
		return ok && slices.ContainsFunc(known().bid, func(act phrase) bool { return strings.HasPrefix(rest, string(act)) })
	})
}

// asksNumber reports whether a message asks for a number, or for whom it is largest.
func asksNumber(said string) bool {
	w := wordingOf(said)
	return w.holdsAny(known().number)
}

// beginsLonger reports whether a text begins with a word of the lexicon that begins with an
// act: 打印机坏了 tells nobody to print.
func beginsLonger(chars string, act phrase) bool {
	return slices.ContainsFunc(known().compounds, func(word string) bool {
		return len(word) > len(act) && strings.HasPrefix(word, string(act)) && strings.HasPrefix(chars, word)
	})
}

var (
	// fronts stand right before what somebody is told to do.
	fronts   = strings.Fields("帮我把 帮我 给我 替我 帮忙 麻烦")
	requests = []string{"please", "can you", "could you", "would you", "i want you to", "i need you to", "kindly", "pls", "请", "帮我", "帮忙", "麻烦", "你", "能不能", "可以", "把", "给", "立即", "马上", "现在", "将"}
	// nouns are verbs that are nouns as well, so that only a determiner behind tells.
	nouns = setOfWords("email e mail call book pay set post block order sign schedule drop print hire fire update add change insert buy cancel run transfer upload publish restart reset ban mark raise draft close open start stop ship move label share export document process issue request plan post rank copy return forward tag lock lower review plant register record design build")
	// determiners stand before the object of a verb.
	determiners = setOfWords("the a an all my me our u this that these those every each him her them it new to table price everyone everybody for ticket order invoice labels")
)

// stray reports whether the model knows no word of a message and the lexicon few. A single
// character of a name of the model is no word of it.
func (n *naming) stray() bool {
	words, ofWords, chars, ofChars, small := 0, 0, 0, 0, 0
	for i, t := range n.text.Tokens {
		if n.namesModel(i) && (t.Class != nlq.Han || n.uses[i].Span.End-n.uses[i].Span.Start > len("中")) {
			return false
		}
		if t.Class == nlq.Han && n.isSubject(i) {
			chars++
			ofChars++
			continue
		}
		if !n.content(i) || t.Class != nlq.Word && t.Class != nlq.Han || t.Class == nlq.Word && known().isLoose(t.Norm) {
			if t.Class == nlq.Han && !tellsTime(n.uses[i]) {
				small++
			}
			continue
		}
		if tellsTime(n.uses[i]) {
			continue
		}
		if t.Class == nlq.Han {
			chars++
			continue
		}
		words++
		if n.isSubject(i) {
			ofWords++
		}
	}
	all, of := chars+2*words, ofChars+2*ofWords
	return all > 1 && all+small >= 6 && 4*of <= all
}

// isSubject reports whether a token belongs to a word of the lexicon.
func (n *naming) isSubject(i int) bool {
	t := n.text.Tokens[i]
	if t.Class == nlq.Word {
		a, b := n.nounOf(i, i+1)
		return b-a > 1 || known().words[singular(t.Norm)]
	}
	a, b := n.compound(i, i+1)
	return b-a > 1
}

// isPersonal reports whether a message that names no metric is about whom it is addressed to,
// or about the asker.
func (a *asking) isPersonal(m nlq.Message) bool {
	if m.Refused != nil || len(m.Candidates) == 0 || slices.ContainsFunc(m.Candidates[0].Words, func(w nlq.WordUse) bool { return w.Object.Metric != nil }) {
		return false
	}
	return wordingOf(a.spoken(m)).holdsAny(known().personal)
}
