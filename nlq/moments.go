package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// momentName is a way to call the moment at which something happened to a row: order
// date, ordered, 下单.
type momentName struct {
	dim   *semantic.Dimension
	norms []string
	rank  int // how far it is from the name, as below
}

// How a moment is called, the surest first.
const (
	byName = iota
	byAct  // the act in its name: shipped of ship date, 发货 of 发货时间
	byTail // the end of that act: 归还 of 图书归还日期
	byRows // what its rows are called: from order to delivery
)

// momentHit is a moment that is named at a place of a text.
type momentHit struct {
	dim  *semantic.Dimension
	rank int
	end  int // the token behind it
}

// nameMoments finds what the moments of all tables are called, by the beginning of their
// first word.
func (r *Reader) nameMoments() {
	r.moments = map[string][]momentName{}
	enter := func(d *semantic.Dimension, norms []string, rank int) {
		if len(norms) == 0 || len(norms) > 6 {
			return
		}
		known := func(n momentName) bool { return n.dim == d && equalNorms(n.norms, norms) }
		for _, key := range r.momentKeys(norms[0]) {
			if !slices.ContainsFunc(r.moments[key], known) {
				r.moments[key] = append(r.moments[key], momentName{d, norms, rank})
			}
		}
	}
	for _, t := range r.model.Tables {
		for _, d := range t.Dimensions {
			if !isTime(d) || d.Of != nil || d.Type.Finest() > semantic.Day {
				continue
			}
			for _, text := range append([]string{d.Names.Label.ZH, d.Names.Label.EN, d.Names.Label.TW, spaced(d.Name)}, d.Names.Synonyms...) {
				norms := r.vocabulary.tokens(text)
				enter(d, norms, byName)
				for _, act := range actsNamed(norms, r.fronts(t)) {
					enter(d, act, byAct)
					for _, same := range sameActs[joinNorms(act)] {
						enter(d, NewText(same).Norms(), byTail)
					}
					if n := len(act); n > 3 && isHanNorm(act[n-1]) && isHanNorm(act[n-2]) {
						enter(d, act[n-2:], byTail)
					}
				}
			}
			if isBirth(d) {
				enter(d, []string{"birth"}, byAct)
				enter(d, []string{"born"}, byAct)
			}
		}
		if t.Time != nil && t.Time.Table == t && t.Time.Type.Finest() <= semantic.Day && !t.Hidden {
			for _, front := range r.fronts(t) {
				enter(t.Time, front, byRows)
			}
		}
	}
}

// sameActs are other words for what is done in the end.
var sameActs = map[string][]string{
	"归还": {"还", "还书", "还回"}, "完成": {"修好", "修完", "搞定", "做完", "办完", "完工", "处理完", "解决"}, "完工": {"完成", "干完", "做完"}, "修复": {"修好", "修完", "解决"}, "解决": {"搞定", "处理完", "解决掉"},
	"结案": {"办结", "处理完", "了结"}, "关闭": {"结单", "关单", "处理完"}, "签收": {"收到", "收货", "送达"}, "送达": {"送到", "到货", "收到"}, "发货": {"发出", "发"}, "支付": {"付款", "付"}, "付款": {"支付", "付"},
	"回复": {"响应", "回应", "答复"}, "响应": {"回复", "接单"}, "出院": {"离院"}, "下单": {"订购", "购买"}, "借出": {"借", "借阅", "借走"}, "离职": {"离开", "走人"}, "入职": {"入司", "进公司"}, "到达": {"到", "抵达"}, "出发": {"发车", "启程"},
}

// fronts are the names of a table, and those of its records without the word for a
// record: 报修 of 报修单.
func (r *Reader) fronts(t *semantic.Table) [][]string {
	var all [][]string
	for _, text := range append([]string{t.Names.Label.ZH, t.Names.Label.EN, spaced(t.Name)}, t.Names.Synonyms...) {
		norms := r.vocabulary.tokens(text)
		if len(norms) == 0 {
			continue
		}
		all = append(all, norms)
		if n := len(norms); n > 2 && (norms[n-1] == "单" || norms[n-1] == "表") && isHanNorm(norms[0]) {
			all = append(all, norms[:n-1])
		}
		for _, closing := range logClosings {
			if rest, ok := cutEnd(norms, closing); ok && len(rest) > 1 {
				all = append(all, rest)
			}
		}
	}
	return all
}

// actsNamed are the acts in the name of a moment: the name without the word for a
// moment, and that without the name of its table or a word that it really happened.
func actsNamed(norms []string, fronts [][]string) [][]string {
	var acts [][]string
	for _, closing := range momentClosings {
		rest, ok := cutEnd(norms, closing)
		if !ok {
			continue
		}
		acts = append(acts, rest)
		break
	}
	if rest, ok := cutFront(norms, []string{"date", "of"}); ok {
		acts = append(acts, rest)
	}
	if rest, ok := cutFront(norms, []string{"date"}); ok && rest[0] != "of" {
		acts = append(acts, rest)
	}
	for _, act := range slices.Clone(acts) {
		for _, front := range slices.Concat(fronts, [][]string{{"实", "际"}, {"actual"}}) {
			if rest, ok := cutFront(act, front); ok && (len(rest) > 1 || !isHanNorm(rest[0])) {
				acts = append(acts, rest)
			}
		}
	}
	return acts
}

// momentClosings are the words for a moment that close its name, the longest first.
var momentClosings = [][]string{
	{"date", "time"}, {"on", "date"}, {"date"}, {"datetime"}, {"timestamp"}, {"time"}, {"day"}, {"at"}, {"on"}, {"dt"}, {"ts"},
	{"日", "期"}, {"时", "间"}, {"时", "刻"}, {"日"},
}

func cutEnd(norms, closing []string) ([]string, bool) {
	n := len(norms) - len(closing)
	if n < 1 || !equalNorms(norms[n:], closing) {
		return nil, false
	}
	return norms[:n], true
}

// momentKeys are what a word is looked up by: the beginnings of the word and of what it is
// an inflection of.
func (r *Reader) momentKeys(norm string) []string {
	keys := []string{momentKey(norm)}
	for _, base := range r.bases(norm) {
		if key := momentKey(base); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func momentKey(norm string) string {
	if isHanNorm(norm) || len(norm) < 3 {
		return norm
	}
	return norm[:3]
}

// momentsAt returns the moments that are named at a token, however the act is inflected.
func (r *Reader) momentsAt(t *Text, at int, see sight) []momentHit {
	if at < 0 || at >= len(t.Tokens) {
		return nil
	}
	var hits []momentHit
	for _, key := range r.momentKeys(t.At(at).Norm) {
		for _, n := range r.moments[key] {
			end, ok := r.saysMoment(t, at, n)
			if hit := (momentHit{n.dim, n.rank, end}); ok && !slices.Contains(hits, hit) && see.object(Object{Dimension: n.dim}) {
				hits = append(hits, hit)
			}
		}
	}
	if named := func(h momentHit) bool { return see.named[h.dim.Table] }; slices.ContainsFunc(hits, named) {
		hits = slices.DeleteFunc(hits, func(h momentHit) bool { return !named(h) })
	}
	return hits
}

// saysMoment reports whether a name stands at a token, and the token behind it and the
// word for a moment that closes it.
func (r *Reader) saysMoment(t *Text, at int, n momentName) (end int, ok bool) {
	for i, norm := range n.norms {
		if at+i >= len(t.Tokens) || t.Tokens[at+i].Norm != norm && !r.sameAct(t.Tokens[at+i], norm, n.rank) {
			return 0, false
		}
	}
	end = at + len(n.norms)
	for _, closing := range momentClosings {
		if len(closing[0]) > 2 && t.saysAt(end, closing) && !(closing[0] == "时" && t.At(end+2).Norm == "差") {
			return end + len(closing), true
		}
	}
	return end, true
}

// sameAct reports whether a word says the act of another: shipping and shipped,
// delivery and delivered, resolution and resolved.
func (r *Reader) sameAct(token Token, norm string, rank int) bool {
	if token.Class != Word || classOfNorm(norm) != Word {
		return false
	}
	if rank == byRows {
		return slices.Contains(r.bases(token.Norm), norm)
	}
	forms := append(r.bases(norm), norm)
	for _, form := range append(r.bases(token.Norm), token.Norm) {
		for _, other := range forms {
			if form == other || sharesAct(form, other) {
				return true
			}
		}
	}
	return false
}

// leastAct is the length, in bytes, of what two words for one act have in common.
const leastAct = 4

// sharesAct reports whether two words have a beginning in common and end as words for
// one act do.
func sharesAct(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n < leastAct && (n < leastAct-1 || n < len(a) && n < len(b)) {
		return false
	}
	for ; n >= leastAct-1; n-- {
		if actEndings[a[n:]] && actEndings[b[n:]] {
			return true
		}
	}
	return false
}

// actEndings are what words for an act end in behind their stem.
var actEndings = func() map[string]bool {
	all := map[string]bool{"": true}
	for _, e := range strings.Fields("e y t ed es s ing al ion ation ition sion ssion ution ction ment ance ence ure ery er or ve ved ving ied ies ication ry lation lment ration t te ting pt de ded des ding") {
		all[e] = true
	}
	return all
}()
