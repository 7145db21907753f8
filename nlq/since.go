package nlq

import "wenshu/semantic"

// addSince finds how many days ago something was done last: days since last order, 多久没
// 下单. It is computed of what results are split by.
func (r *Reader) addSince(l *lattice, at int, see sight) {
	t := l.text
	add := func(from int, hits []momentHit) bool {
		for _, h := range hits {
			if h.dim != h.dim.Table.Time {
				continue // what has not come to its end is another question
			}
			end := t.pastWords(h.end, "过", "了", "date")
			l.starts[from] = append(l.starts[from], mention{from: from, end: end, means: measure{dim: h.dim, agg: "max", since: true}, cost: costMention + costDerived})
			return true
		}
		return false
	}
	if t.At(at).Norm == "since" {
		last := t.pastFillers(at + 1)
		end, ok := t.sayOneOf(last, lastTimes)
		if !ok || at == 0 || !lengthBefore[t.At(at-1).Norm] && t.At(at-1).Norm != "long" {
			return
		}
		from := at
		for from > 0 && (lengthBefore[t.At(from-1).Norm] || sinceBefore[t.At(from-1).Norm]) {
			from--
			add(from, r.momentsAt(t, end, see))
		}
		add(at, r.momentsAt(t, end, see))
		return
	}
	if end := t.lengthAsked(at); end > at {
		if rest := t.pastWords(end, "都"); t.At(rest).Norm == "没" {
			add(at, r.momentsAt(t, t.pastWords(rest+1, "有", "来", "再"), see))
		}
		return
	}
	end, ok := t.sayOneOf(t.pastWords(at, "距", "离"), lastTimes)
	if !ok || t.At(at).Norm != "距" {
		return
	}
	for _, h := range r.momentsAt(t, end, see) {
		asked := t.pastWords(h.end, "已", "经", "过", "去", "了", "有", "是", "现", "在", "今", "的")
		if done := t.lengthAsked(asked); done > asked {
			h.end = done
			if add(at, []momentHit{h}) {
				return
			}
		}
	}
}

var (
	lastTimes   = [][]string{{"most", "recent"}, {"last"}, {"latest"}, {"上", "次"}, {"上", "一", "次"}, {"最", "近", "一", "次"}, {"最", "后", "一", "次"}}
	sinceBefore = setOf("how many long has have it been is elapsed gone by")
)

// sinceLast is the number of days from the last of some moments to today.
func sinceLast(last semantic.Expr) semantic.Expr {
	return semantic.Call{Func: "days_between", Args: []semantic.Expr{last, semantic.Call{Func: "today"}}}
}

// addLapsed reads 超过60天没下单 as not done in the last 60 days, of what rows are dated by.
func (r *Reader) addLapsed(l *lattice, at int, see sight) {
	t := l.text
	if t.At(at).Class != Han && t.At(at).Class != Digit || recentWords[t.At(at-1).Norm] {
		return
	}
	limit, ok := r.boundAt(t, at)
	n, whole := wholeCount(Number{Value: limit.value})
	if !ok || !whole || n <= 0 || limit.stated && limit.op != semantic.Gt && limit.op != semantic.Ge {
		return
	}
	unit, known := lapsedUnits[limit.unit]
	not := t.pastWords(limit.end, "都", "以", "上")
	if !known || t.At(not).Norm != "没" {
		return
	}
	for _, h := range r.momentsAt(t, t.pastWords(not+1, "有", "来", "再"), see) {
		if h.dim == h.dim.Table.Time {
			l.addPart(at, not, Timed{Period: semantic.Relative{Unit: unit, From: -n, To: -1}}, false)
			return
		}
	}
}

var lapsedUnits = map[string]semantic.Unit{"days": semantic.Day, "weeks": semantic.Week}
