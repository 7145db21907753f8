package nlq

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// unreadTokens returns the tokens that a covering leaves unread.
func (c covering) unreadTokens() []int {
	var found []int
	for _, m := range c.mentions {
		if _, ok := m.means.(unread); ok {
			found = append(found, m.from)
		}
	}
	return found
}

const (
	// minLatin and minHan are the shortest words that are corrected.
	minLatin, minHan = 5, 3
	// longLatin is the length from which two edits are forgiven.
	longLatin = 8
	// maxCorrected bounds the unread tokens that are tried.
	maxCorrected = 6
)

// correct adds the names and words that unread tokens may be misspellings of;
// it reports whether there were any.
func (a *attempt) correct(l *lattice, unread []int) bool {
	if len(unread) > maxCorrected {
		return false
	}
	added := false
	for _, at := range unread {
		token := a.text.Tokens[at]
		switch {
		case token.Class == Word && len([]rune(token.Norm)) >= minLatin && !a.r.known(token.Norm):
			added = a.correctWord(l, at) || added
		case token.Class == Word && len([]rune(token.Norm)) == minLatin-1 && !a.r.known(token.Norm):
			added = a.swapLetters(l, at) || a.missingVowel(l, at) || added
		case token.Class == Han:
			added = a.correctHan(l, at) || added
		}
	}
	return a.spellShort(l, unread) || added
}

// known reports whether a word is surely spelt right.
func (r *Reader) known(word string) bool {
	return slices.ContainsFunc(r.grammar.languages, func(l Language) bool { return l.Known != nil && l.Known(word) })
}

// correctWord reads one Latin word as the nearest words that the reader knows,
// each in its place in names and rules.
func (a *attempt) correctWord(l *lattice, at int) bool {
	said := []rune(a.text.Tokens[at].Norm)
	limit := 1
	if len(said) >= longLatin {
		limit = 2
	}
	best := limit + 1
	var nearest []string
	for _, word := range a.r.words {
		if n := utf8.RuneCountInString(word); n > len(said)+limit || n < len(said)-limit {
			continue
		}
		switch d := semantic.EditDistance(said, []rune(word), limit); {
		case d > limit:
		case opposed(a.text.Tokens[at].Norm, word) || opposed(word, a.text.Tokens[at].Norm):
			// unescalated is no slip for escalated
		case d < best:
			best, nearest = d, []string{word}
		case d == best:
			nearest = append(nearest, word)
		}
	}
	added := false
	for _, word := range nearest {
		added = a.replaceWord(l, at, word, best) || added
	}
	return added
}

// opposed reports whether a word is another with a front that denies it.
func opposed(denied, word string) bool {
	front, ok := strings.CutSuffix(denied, word)
	return ok && denyingFronts[front]
}

var denyingFronts = setOf("un in im ir il non dis mis")

// swapLetters reads a short word with two neighbouring letters swapped.
func (a *attempt) swapLetters(l *lattice, at int) bool {
	said := []rune(a.text.Tokens[at].Norm)
	added := false
	for i := 0; i+1 < len(said); i++ {
		other := slices.Clone(said)
		other[i], other[i+1] = other[i+1], other[i]
		word := string(other)
		if _, found := slices.BinarySearch(a.r.words, word); found && word != string(said) {
			added = a.replaceWord(l, at, word, 1) || added
		}
	}
	return added
}

// missingVowel reads a short word in which one vowel is left out: whch, mnth.
func (a *attempt) missingVowel(l *lattice, at int) bool {
	said := a.text.Tokens[at].Norm
	added := false
	for i := 1; i < len(said); i++ {
		for _, vowel := range "aeiou" {
			word := said[:i] + string(vowel) + said[i:]
			if _, found := slices.BinarySearch(a.r.words, word); found {
				added = a.replaceWord(l, at, word, 1) || added
			}
		}
	}
	return added
}

// replaceWord finds the mentions over token at when it is spelt otherwise.
func (a *attempt) replaceWord(l *lattice, at int, word string, edits int) bool {
	tokens := slices.Clone(a.text.Tokens)
	tokens[at].Norm = word
	corrected := &Text{a.text.Typed, tokens}
	other := a.r.newLattice(corrected, a.see, a.moment, len(a.q.Prior) > 0)
	added := false
	for from := max(0, at-6); from <= at; from++ {
		for _, m := range other.starts[from] {
			if _, isUnread := m.means.(unread); isUnread || m.end <= at {
				continue
			}
			if v, ok := m.means.(Verb); ok && (len(v.Hints) == 0 && !v.Not || edits > 1) {
				continue // a verb that says nothing is no likely slip
			}
			if _, ok := m.means.(Export); ok && strings.HasPrefix(a.text.Tokens[at].Norm, word) {
				continue // who downloaded something asks for no download
			}
			m.cost += costTypo * edits
			m.typo, m.why = word, "typo"
			l.add(m)
			added = true
		}
	}
	return added
}

// correctHan reads Han characters around token at as a name in which one
// character differs.
func (a *attempt) correctHan(l *lattice, at int) bool {
	added := false
	said := hanRunes(a.text)
	try := func(name []rune, o Object, cost int, typed string) {
		if len(name) < minHan {
			return
		}
		for from := max(0, at-len(name)+1); from <= at; from++ {
			end := from + len(name)
			if end > len(a.text.Tokens) || !a.differsByOne(said, from, end, name) || a.saidShorter(l, from, at, o) || a.wellSaid(l, said, from, end, name) {
				continue
			}
			typo := costTypo
			switch alike := a.soundsAlike(from, end, name); {
			case alike:
				typo -= costHomophone
			case len(name) == minHan && said[end-1] == name[minHan-1]:
				continue // 客流量 is another thing than 客诉量
			}
			l.add(mention{from: from, end: end, means: names{[]alt{{object: o}}}, cost: costMention + cost + typo, why: "typo", typo: typed})
			added = true
		}
	}
	masks := masksAround(said, at)
	for i := range a.r.vocabulary.spelt {
		sp := &a.r.vocabulary.spelt[i]
		if n := min(len(sp.runes), len(masks)); n >= minHan && bits.OnesCount64(sp.mask&^masks[n-1]) < 2 && a.see.object(sp.object) {
			try(sp.runes, sp.object, 0, sp.typed)
		}
	}
	a.r.index.eachNear(a.text, at, func(id int32, name []rune) {
		if o := a.r.index.object(id); a.see.tag(a.r.index.tag(id)) && a.see.object(o) {
			try(name, o, costMember, o.Member)
		}
	})
	return added
}

// differsByOne reports whether the Han tokens from to end spell a name but for
// one character; said are the tokens' characters.
func (a *attempt) differsByOne(said []rune, from, end int, name []rune) bool {
	wrong := -1
	for i, r := range said[from:end] {
		if r == name[i] {
			continue
		}
		if r == notHan || wrong >= 0 {
			return false
		}
		wrong = from + i
	}
	if first := a.text.Tokens[from].Norm; functionHan[first] && takesMeasure[a.text.At(from-1).Norm] {
		return false // 多少个新客户: the measure word begins no name
	}
	if wrong < 0 || wrong == from && len(name) == minHan && !a.soundsAlike(from, end, name) || functionHan[a.text.Tokens[wrong].Norm] {
		return false // 毛利率 is no slip for 让利率, nor 优惠了 for 优惠率
	}
	if oppositeHan[a.text.Tokens[wrong].Norm+string(name[wrong-from])] {
		return false // 应付账款 is no slip for 应收账款
	}
	if last := end - 1; wrong == last && headHan[a.text.Tokens[last].Norm] && headHan[string(name[last-from])] && !a.soundsAlike(last, end, name[last-from:]) {
		return false // 挂号量 is no slip for 挂号费
	}
	if wrong == end-2 && numberHan[a.text.Tokens[end-1].Norm] && !a.soundsAlike(wrong, wrong+1, name[wrong-from:]) {
		return false // 发票税号 is no slip for 发票编号
	}
	return !slices.ContainsFunc(a.text.Tokens[from+1:end], func(t Token) bool { return t.Spaced })
}

// masksAround are the masks of the characters that a name of one character, two and so
// on may be spelt with at a place: one that lacks two of them is another name.
func masksAround(said []rune, at int) []uint64 {
	masks := make([]uint64, max(at, len(said)-1-at)+1)
	for n := range masks {
		if n > 0 {
			masks[n] = masks[n-1]
		}
		if from := at - n; from >= 0 {
			masks[n] |= maskOf(said[from : from+1])
		}
		if end := at + n; end < len(said) {
			masks[n] |= maskOf(said[end : end+1])
		}
	}
	return masks
}

// notHan stands for a token that is no Han character.
const notHan = 0

// hanRunes are the characters of Han tokens.
func hanRunes(t *Text) []rune {
	said := make([]rune, len(t.Tokens))
	for i, token := range t.Tokens {
		if token.Class == Han {
			said[i], _ = utf8.DecodeRuneInString(token.Norm)
		}
	}
	return said
}

// soundsAlike reports whether the tokens from to end sound like a name: 报废律 is
// 报废率 and not 报废量.
func (a *attempt) soundsAlike(from, end int, name []rune) bool {
	for i := from; i < end; i++ {
		said := []rune(a.text.Tokens[i].Norm)
		if len(said) != 1 || said[0] != name[i-from] && !a.r.homophones(said[0], name[i-from]) {
			return false
		}
	}
	return true
}

// homophones reports whether two characters sound alike in a language.
func (r *Reader) homophones(x, y rune) bool {
	return slices.ContainsFunc(r.grammar.languages, func(l Language) bool {
		return l.Sounds != nil && slices.ContainsFunc(l.Sounds(x), func(sound string) bool {
			return slices.ContainsFunc(l.Sounds(y), func(other string) bool { return blurred(sound) == blurred(other) })
		})
	})
}

// blurred is a sound without what many who type by sound do not tell apart: zh and z,
// ng and n.
func blurred(sound string) string {
	for _, initial := range []string{"zh", "ch", "sh"} {
		if rest, ok := strings.CutPrefix(sound, initial); ok {
			sound = initial[:1] + rest
		}
	}
	return strings.TrimSuffix(sound, "g")
}

// saidShorter reports whether the tokens before the unread one name an object
// already: in 直播观看 nothing is a slip for 直播间.
func (a *attempt) saidShorter(l *lattice, from, unread int, o Object) bool {
	return o.Member != "" && slices.ContainsFunc(l.starts[from], func(m mention) bool {
		n, named := m.means.(names)
		return named && m.typo == "" && m.end == unread && slices.ContainsFunc(n.alts, func(x alt) bool { return x.object == o })
	})
}

// wellSaid reports whether the one character that differs from a name belongs to
// another one that goes on, as in 处理|工单 for 处理人, or to a word that says something of
// rows, as in 修缮|按时 for 修缮部, or stands right behind a whole one: 供应商|交货 is no slip
// for 供应商数, nor 空置|房 for 空置率.
func (a *attempt) wellSaid(l *lattice, said []rune, from, end int, name []rune) bool {
	if a.soundsAlike(from, end, name) {
		return false
	}
	wrong := from
	for wrong < end-1 && said[wrong] == name[wrong-from] {
		wrong++
	}
	whole := func(m mention) bool {
		n, ok := m.means.(names)
		return ok && m.typo == "" && m.end > m.from+1 && m.cost <= costMention+costMember+costAlias && n.alts[0].object != (Object{})
	}
	if wrong == end-1 && slices.ContainsFunc(l.starts[from], func(m mention) bool { return whole(m) && m.end == wrong }) {
		return true
	}
	return slices.ContainsFunc(l.starts[wrong], func(m mention) bool {
		_, says := m.means.(phrased)
		return (says || whole(m)) && m.end > end
	})
}

// takesMeasure are characters that a measure word follows.
var takesMeasure = map[string]bool{"少": true, "几": true, "每": true, "各": true, "一": true, "两": true}

// functionHan are characters that are words of the language by themselves.
var functionHan = map[string]bool{
	"了": true, "的": true, "多": true, "少": true, "几": true, "是": true, "有": true, "吗": true, "呢": true, "过": true, "得": true, "在": true, "和": true, "与": true, "各": true, "每": true, "最": true, "个": true, "比": true, "占": true,
}

// headHan are characters that say what kind of number or thing a name is of.
// numberHan end what things are told apart by: another character before it is another
// number.
var numberHan = setOf("号 码")

var headHan = map[string]bool{
	"量": true, "数": true, "次": true, "率": true, "额": true, "费": true, "价": true, "人": true, "期": true, "天": true, "比": true, "本": true, "款": true, "金": true, "超": true, "过": true, "员": true, "单": true, "品": true, "店": true, "厂": true, "站": true, "日": true, "月": true, "年": true,
}

// oppositeHan are pairs of characters that tell a thing from its opposite, which no slip
// turns into one another.
var oppositeHan = bothWays("收付", "收支", "进出", "出入", "买卖", "增减", "升降", "涨跌", "高低", "大小", "多少", "上下", "新老", "新旧", "正负", "借贷", "盈亏", "内外", "前后", "早晚", "长短", "男女", "左右")

func bothWays(pairs ...string) map[string]bool {
	all := map[string]bool{}
	for _, p := range pairs {
		one := []rune(p)
		all[p], all[string([]rune{one[1], one[0]})] = true, true
	}
	return all
}

// collectWords gathers the Latin words that names and rules are made of: what a
// misspelt word may have been meant to be.
func (r *Reader) collectWords() {
	r.words = slices.Clone(r.grammar.words)
	add := func(norm string) {
		if isCorrection(norm) {
			r.words = append(r.words, norm)
		}
	}
	for _, sp := range r.vocabulary.spelt {
		for _, norm := range strings.Fields(sp.norm) {
			add(norm)
		}
	}
	r.index.eachWord(add)
	slices.Sort(r.words)
	r.words = slices.Compact(r.words)
}

// isCorrection reports whether a misspelt word may have been meant to be a norm:
// a Latin word that is not too short.
func isCorrection(norm string) bool {
	return classOfNorm(norm) == Word && len([]rune(norm)) >= minLatin-1
}
