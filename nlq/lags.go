package nlq

import (
	"slices"

	"wenshu/semantic"
)

// lag is a test of two moments of a row against each other: shipped within 2 days of the
// order, 下单超过3天才发货, returned after the due date.
type lag struct {
	dim  *semantic.Dimension // what is tested: the time between the two, or the second
	test func(x semantic.Expr) semantic.Expr

	whose *semantic.Table // with event: whose first or last act is tested; nil for each row
	event event
}

// bound is a length of time with a word for more or less.
type bound struct {
	op     semantic.Op
	stated bool // the words say more or less
	value  semantic.Value
	unit   string
	from   int // of a unit that is said apart: its first token
	end    int // the token behind it
}

// addLags finds the tests of two moments that begin at a token.
func (r *Reader) addLags(l *lattice, at int, see sight) {
	for _, read := range []func(*Text, int, sight) (lag, int, bool){r.lagBehind, r.lagTaken, r.lagSameDay, r.lagBetween, r.lagOpened} {
		test, end, ok := read(l.text, at, see)
		if !ok {
			continue
		}
		for from := at; from >= 0; from-- {
			l.starts[from] = append(l.starts[from], mention{from: from, end: end, means: test, cost: costMention + costDerived})
			if from == 0 || !clauseOpeners[l.text.At(from-1).Norm] {
				break
			}
		}
	}
}

// clauseOpeners stand between what a test is about and the first of its moments.
var clauseOpeners = setOf("that which who were was is are been be have has had being got")

// boundAt reads a length of time that something is tested against.
func (r *Reader) boundAt(t *Text, at int) (bound, bool) {
	b := bound{op: semantic.Eq}
	for _, o := range boundWords {
		if t.saysAt(at, o.words) {
			at, b.op, b.stated = at+len(o.words), o.op, true
			break
		}
	}
	var found []Number
	if norm := t.At(at).Norm; norm == "a" || norm == "an" {
		found = []Number{{End: at + 1, Value: semantic.IntValue(1)}}
	} else {
		found = r.numbersAt(t, at)
	}
	for _, n := range found {
		unit, end := t.unitAt(n.End)
		if named := lengthUnits[n.Unit]; named != "" {
			unit, end = named, n.End
		}
		if unit == "" || unit == "months" || unit == "years" || n.Percent {
			continue // two dates are so many months apart by the calendar, not by a number of days
		}
		b.value, b.unit, b.end = n.Value, unit, end
		for _, o := range boundEnds {
			if t.saysAt(end, o.words) {
				b.end, b.op, b.stated = end+len(o.words), o.op, true
				break
			}
		}
		return b, true
	}
	return b, false
}

// unitAt returns the unit of time at a token and the token behind it; "" for none.
func (t *Text) unitAt(at int) (unit string, end int) {
	if t.At(at).Norm == "个" {
		at++
	}
	for _, n := range []int{2, 1} {
		if at+n <= len(t.Tokens) {
			if unit := lengthUnits[t.Norm(at, at+n)]; unit != "" {
				return unit, at + n
			}
		}
	}
	return "", at
}

type boundWord struct {
	words []string
	op    semantic.Op
}

func boundsOf(op semantic.Op, phrases ...string) []boundWord {
	var all []boundWord
	for _, p := range phrases {
		all = append(all, boundWord{NewText(p).Norms(), op})
	}
	return all
}

// boundWords stand before a length of time, boundEnds behind it; longer ones first.
var (
	boundWords = slices.Concat(
		boundsOf(semantic.Le, "no more than", "not more than", "at most", "up to", "within", "不超过", "不多于", "最多", "至多"),
		boundsOf(semantic.Ge, "no less than", "at least", "不少于", "不低于", "至少", "满"),
		boundsOf(semantic.Gt, "in more than", "in over", "more than", "longer than", "greater than", "over", "exceeding", "超过", "大于", "多于", "不止", "超出"),
		boundsOf(semantic.Lt, "in less than", "in under", "less than", "fewer than", "shorter than", "under", "不到", "少于", "小于", "不足"),
		boundsOf(semantic.Le, "in"),
		boundsOf(semantic.Eq, "exactly"),
	)
	boundEnds = slices.Concat(
		boundsOf(semantic.Ge, "or more", "or longer", "or later", "及以上", "以上"),
		boundsOf(semantic.Le, "or less", "or fewer", "or sooner", "or faster", "及以内", "之内", "以内", "以下", "内"),
	)
)

// apart is the test that two moments are so long apart; ok is false where that cannot be
// counted.
func (r *Reader) apart(start, stop *semantic.Dimension, b bound) (lag, bool) {
	d := r.lengthOf(start, stop, b.unit)
	if d != nil && d.Unit != b.unit {
		d = r.freshLength(start, stop, b.unit)
	}
	if d == nil {
		return lag{}, false
	}
	test := numberTest(b.op, []semantic.Expr{semantic.Lit{Value: b.value}})
	if within := b.op == semantic.Le || b.op == semantic.Lt; within && start.Table != stop.Table {
		upper := test // what was done before somebody joined was not done within a week of it
		test = func(x semantic.Expr) semantic.Expr {
			return both(semantic.Binary{Op: semantic.Ge, L: x, R: intLit(0)}, upper(x))
		}
	}
	return lag{dim: d, test: test}, true
}

// inOrder is the test that one moment is before or behind another: on another day, where the
// other is a day and no moment.
func (r *Reader) inOrder(tested, other *semantic.Dimension, op semantic.Op) lag {
	if (tested.Type.Kind == semantic.Date) != (other.Type.Kind == semantic.Date) {
		return lag{dim: r.daysApart(other, tested), test: numberTest(op, []semantic.Expr{semantic.Lit{Value: semantic.IntValue(0)}})}
	}
	name := r.nameOf(other, "")
	return lag{dim: tested, test: func(x semantic.Expr) semantic.Expr { return semantic.Binary{Op: op, L: x, R: name} }}
}

// lagRelations are what stands between a moment and another that it is tested against.
var lagRelations = []struct {
	words  []string
	before bool
	bare   bool // takes no length of time before it
}{
	{[]string{"prior", "to"}, true, false}, {[]string{"earlier", "than"}, true, false}, {[]string{"ahead", "of"}, true, false}, {[]string{"before"}, true, false},
	{[]string{"later", "than"}, false, false}, {[]string{"after"}, false, false}, {[]string{"past"}, false, false}, {[]string{"following"}, false, false}, {[]string{"of"}, false, true}, {[]string{"from"}, false, true}, {[]string{"since"}, false, true},
}

// lagBehind reads "shipped more than 3 days after the order date", "delivered within 2
// days" and "paid after the due date".
func (r *Reader) lagBehind(t *Text, at int, see sight) (lag, int, bool) {
	if t.At(at).Class != Word {
		return lag{}, 0, false
	}
	if e, end, ok := r.eventAt(t, at, see); ok {
		return r.lagOfEvent(t, e, end, see)
	}
	if test, end, ok := r.lagOfMade(t, at, see); ok {
		return test, end, true
	}
	for _, b := range r.momentsAt(t, at, see) {
		if b.rank == byRows {
			continue
		}
		limit, numbered := r.boundAt(t, b.end)
		link := b.end
		if numbered {
			link = limit.end
		}
		for _, rel := range lagRelations {
			if !t.saysAt(link, rel.words) || rel.bare && !numbered {
				continue
			}
			for _, a := range r.momentsAt(t, t.pastFillers(link+len(rel.words)), see) {
				if _, ok := r.pairCost(a, b); !ok || a.rank == byRows && !numbered {
					continue
				}
				if test, ok := r.lagOf(a.dim, b.dim, rel.before, limit, numbered); ok {
					return test, a.end, true
				}
			}
			return lag{}, 0, false
		}
		if start := r.startOf(b.dim); numbered && limit.stated && start != nil && t.At(limit.end).Norm != "ago" {
			test, ok := r.apart(start, b.dim, limit)
			return test, limit.end, ok
		}
	}
	return lag{}, 0, false
}

// lagOfEvent reads "their first booking within a week of joining", behind the event: how
// long it lies behind a moment of those whose acts they are.
func (r *Reader) lagOfEvent(t *Text, e event, at int, see sight) (lag, int, bool) {
	limit, ok := r.boundAt(t, at)
	if !ok {
		return lag{}, 0, false
	}
	for _, rel := range lagRelations {
		if rel.before || !t.saysAt(limit.end, rel.words) {
			continue
		}
		for _, a := range r.momentsAt(t, t.pastFillers(limit.end+len(rel.words)), see) {
			if a.rank == byRows || r.graph.hops(e.dim.Table, a.dim.Table) < 1 {
				continue
			}
			test, ok := r.apart(a.dim, e.dim, limit)
			test.whose, test.event = a.dim.Table, e
			return test, a.end, ok
		}
		return lag{}, 0, false
	}
	return lag{}, 0, false
}

// lagOfMade reads "bookings made within 30 days of joining" behind the rows, which it leaves
// to what is asked of them.
func (r *Reader) lagOfMade(t *Text, at int, see sight) (lag, int, bool) {
	if !madeWords[t.At(at).Norm] {
		return lag{}, 0, false
	}
	for _, b := range r.momentsAt(t, at-1, see) {
		if b.end != at || b.dim != b.dim.Table.Time {
			continue
		}
		if test, end, ok := r.lagOfEvent(t, event{dim: b.dim}, at+1, see); ok {
			test.whose, test.event = nil, event{}
			return test, end, true
		}
	}
	return lag{}, 0, false
}

var madeWords = setOf("made placed created submitted done raised filed")

// lagOf tests a moment against another: before or behind it, by some time where one is said.
func (r *Reader) lagOf(a, b *semantic.Dimension, before bool, limit bound, numbered bool) (lag, bool) {
	switch {
	case numbered && before:
		return r.apart(b, a, limit)
	case numbered:
		return r.apart(a, b, limit)
	case before:
		return r.inOrder(b, a, semantic.Lt), true
	}
	return r.inOrder(b, a, semantic.Gt), true
}

// lagTaken reads "took more than 7 days to ship" and "took over a week from order to
// delivery".
func (r *Reader) lagTaken(t *Text, at int, see sight) (lag, int, bool) {
	if !takesTime[t.At(at).Norm] && t.At(at).Norm != "taking" {
		return lag{}, 0, false
	}
	limit, ok := r.boundAt(t, at+1)
	if !ok {
		return lag{}, 0, false
	}
	v, ok := r.fromTo(t, limit.end, see)
	if !ok && t.At(limit.end).Norm == "to" {
		v, ok = r.sinceStart(at, r.momentsAt(t, t.pastFillers(limit.end+1), see))
	}
	if !ok {
		return lag{}, 0, false
	}
	test, ok := r.apart(v.start, v.stop, limit)
	return test, v.end, ok
}

// lagSameDay reads "shipped on the same day as ordered", "shipped same day" and
// 下单当天就发货, 当天发货.
func (r *Reader) lagSameDay(t *Text, at int, see sight) (lag, int, bool) {
	same := bound{op: semantic.Eq, value: semantic.IntValue(0), unit: "days"}
	days := func(start, stop *semantic.Dimension, end int) (lag, int, bool) {
		d := r.daysApart(start, stop)
		return lag{dim: d, test: numberTest(same.op, []semantic.Expr{semantic.Lit{Value: same.value}})}, end, true
	}
	opened := at
	if end, ok := t.sayOneOf(at, sameDays); ok && t.At(at).Class == Han {
		opened = end // 当天下单当天发货
	}
	for _, first := range r.momentsAt(t, opened, see) {
		if end, ok := t.sayOneOf(first.end, sameDays); ok {
			if t.At(first.end).Class == Word && first.rank != byRows {
				for _, a := range r.momentsAt(t, t.pastFillers(t.pastWords(end, "as", "that")), see) {
					if _, ok := r.pairCost(a, first); ok {
						return days(a.dim, first.dim, a.end)
					}
				}
				if start := r.startOf(first.dim); start != nil {
					return days(start, first.dim, end)
				}
				continue
			}
			for _, b := range r.momentsAt(t, t.pastWords(end, "就", "即", "便", "能", "内"), see) {
				if _, ok := r.pairCost(first, b); ok && b.rank != byRows {
					return days(first.dim, b.dim, b.end)
				}
			}
		}
	}
	if end, ok := t.sayOneOf(at, sameDays); ok && t.At(at).Class == Han {
		if v, ok := r.sinceStart(at, r.momentsAt(t, t.pastWords(end, "就", "即", "便", "能", "内"), see)); ok {
			return days(v.start, v.stop, v.end)
		}
	}
	return lag{}, 0, false
}

var sameDays = [][]string{{"on", "the", "same", "day"}, {"the", "same", "day"}, {"same", "day"}, {"当", "天"}, {"当", "日"}, {"同", "一", "天"}, {"同", "日"}}

// sayOneOf returns the token behind the first of some words that stand at a place.
func (t *Text) sayOneOf(at int, phrases [][]string) (end int, ok bool) {
	for _, words := range phrases {
		if t.saysAt(at, words) {
			return at + len(words), true
		}
	}
	return at, false
}

// pastWords skips words at a place.
func (t *Text) pastWords(at int, words ...string) int {
	for slices.Contains(words, t.At(at).Norm) {
		at++
	}
	return at
}

// lagBetween reads 下单超过3天才发货, 下单后3天内发货, 发货比下单晚3天以上 and 归还晚于应还日期.
func (r *Reader) lagBetween(t *Text, at int, see sight) (lag, int, bool) {
	if t.At(at).Class != Han {
		return lag{}, 0, false
	}
	for _, a := range r.momentsAt(t, at, see) {
		if test, end, ok := r.lagCompared(t, a, see); ok {
			return test, end, true
		}
		limit, ok := r.boundAt(t, t.pastWords(a.end, "后", "之", "以", "起", "的"))
		if !ok {
			continue
		}
		done, end, ok := r.doneBehind(t, limit, see)
		if !ok {
			continue
		}
		for _, b := range done {
			if _, ok := r.pairCost(a, b); ok && b.rank != byRows {
				if test, ok := r.apart(a.dim, b.dim, end); ok {
					return test, b.end, true
				}
			}
		}
	}
	return lag{}, 0, false
}

// doneBehind returns what was done behind a length of time, and how that is tested: 3天内
// 发货 within, 3天后才发货 later.
func (r *Reader) doneBehind(t *Text, limit bound, see sight) ([]momentHit, bound, bool) {
	at := limit.end
	if norm := t.At(at).Norm; norm == "后" || (norm == "之" || norm == "以") && t.At(at+1).Norm == "后" {
		at = t.pastWords(at, "之", "以", "后")
		if !limit.stated {
			limit.op, limit.stated = semantic.Ge, true
		}
	}
	if t.At(at).Norm == "才" && limit.op == semantic.Ge {
		limit.op = semantic.Gt
	}
	at = t.pastWords(at, "才", "就", "便", "被", "能", "都", "得", "到")
	if !limit.stated {
		return nil, limit, false
	}
	return r.momentsAt(t, at, see), limit, true
}

// lagCompared reads what is tested by 比…晚, 晚于 and 在…之后.
func (r *Reader) lagCompared(t *Text, b momentHit, see sight) (lag, int, bool) {
	if b.rank == byRows {
		return lag{}, 0, false
	}
	before, link, by := false, b.end, false
	switch first, second := t.At(link).Norm, t.At(link+1).Norm; {
	case first == "比":
		link, by = link+1, true
	case (first == "晚" || first == "迟" || first == "早" || first == "先") && second == "于":
		before, link = first == "早" || first == "先", link+2
	case first == "在":
		link, by = link+1, true
	default:
		return lag{}, 0, false
	}
	for _, a := range r.momentsAt(t, link, see) {
		if _, ok := r.pairCost(a, b); !ok || a.rank == byRows {
			continue
		}
		end := a.end
		if by {
			rest := t.pastWords(end, "要", "还", "之", "以")
			switch t.At(rest).Norm {
			case "晚", "迟", "后":
			case "早", "前":
				before = true
			default:
				continue
			}
			end = t.pastWords(rest+1, "了")
		}
		limit, numbered := r.boundAt(t, end)
		if numbered {
			end = limit.end
		}
		if test, ok := r.lagOf(a.dim, b.dim, before, limit, numbered); ok {
			return test, end, true
		}
	}
	return lag{}, 0, false
}

// lagOpened reads 超过3天才发货 and 24小时内响应: since the row began.
func (r *Reader) lagOpened(t *Text, at int, see sight) (lag, int, bool) {
	if recentWords[t.At(at-1).Norm] {
		return lag{}, 0, false
	}
	limit, ok := r.boundAt(t, at)
	if !ok || t.At(limit.end-1).Class != Han {
		return lag{}, 0, false
	}
	done, limit, ok := r.doneBehind(t, limit, see)
	if !ok {
		return lag{}, 0, false
	}
	v, ok := r.sinceStart(at, done)
	if !ok {
		return lag{}, 0, false
	}
	test, ok := r.apart(v.start, v.stop, limit)
	return test, v.end, ok
}

// recentWords before a length of time say that it is the last or the next one.
var recentWords = setOf("近 最 过 去 这 前 未 来 后 今 last past next")

// takeLag takes a test of the time between two moments at node i.
func (s *sentence) takeLag(i int, m lag) {
	if m.whose != nil {
		s.take(i, i, condition{on: m.whose, fixed: s.r.eachSpan(m)})
		return
	}
	of := condition{dim: m.dim, test: m.test}
	s.take(i, i, of)
	if c := &s.draft.conditions[len(s.draft.conditions)-1]; c.not {
		of.from = c.from
		c.denied = &of
	}
}
