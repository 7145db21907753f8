package nlq

import (
	"slices"

	"wenshu/semantic"
)

// preferNames makes a verb that often means something else dearer where its word
// names a number of the model: reviews by genre.
func (l *lattice) preferNames(at int) {
	l.preferStates(at)
	named := slices.ContainsFunc(l.starts[at], func(m mention) bool {
		n, ok := m.means.(names)
		return ok && m.typo == "" && m.cost <= costMention+costInflected && kindOf(n.alts[0].object) <= kindNumber
	})
	for i, m := range l.starts[at] {
		if _, verb := m.means.(Verb); verb && named && m.why == "weak" {
			l.starts[at][i].cost += costHead
		}
	}
}

// preferStates makes a verb dearer where what it says was done is a state that rows have:
// 演过的场次 are 已演.
func (l *lattice) preferStates(at int) {
	for i, m := range l.starts[at] {
		end := m.end
		if l.text.At(end-1).Norm == "的" {
			end--
		}
		if _, verb := m.means.(Verb); verb && aspects[l.text.At(end-1).Norm] && l.isState(at, end) {
			l.starts[at][i].cost += costHead
		}
	}
}

// isState reports whether a span is what a member is called.
func (l *lattice) isState(from, end int) bool {
	return slices.ContainsFunc(l.starts[from], func(m mention) bool {
		n, ok := m.means.(names)
		return ok && m.end == end && m.typo == "" && slices.ContainsFunc(n.alts, func(a alt) bool { return a.object.Member != "" })
	})
}

// preferWhole makes names dearer that are part of a longer one of the model: the
// ticket volume is no volume of tickets, however far tickets are from the rest. A
// member and what it describes are as good: cancelled orders.
func (l *lattice) preferWhole() {
	inside := map[[2]int]bool{}
	for at, ms := range l.starts {
		for _, whole := range ms {
			n, named := whole.means.(names)
			if !named || whole.typo != "" || whole.end < at+2 || whole.cost > costMention+costSynonym || n.alts[0].object.Member != "" {
				continue
			}
			attribute := n.alts[0].object.Dimension != nil && l.inHan(at, whole.end)
			if !attribute && !l.compound(at, whole.end) {
				continue
			}
			for from := at; from < whole.end; from++ {
				for i, part := range l.starts[from] {
					n, named := part.means.(names)
					if named && n.alts[0].object.Member == "" && part.end <= whole.end && part.end-from < whole.end-at && !(attribute && n.alts[0].object.Metric != nil) {
						inside[[2]int{from, i}] = true
					}
				}
			}
		}
	}
	for part := range inside {
		l.starts[part[0]][part[1]].cost += costHead
	}
}

// preferMetrics drops a word for a list where a metric is called so, but behind what
// is listed: 流水 of campaigns is their revenue, 订单流水 are the orders.
func (l *lattice) preferMetrics() {
	for at := range l.starts {
		l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool {
			_, lists := m.means.(Listing)
			return lists && slices.ContainsFunc(l.starts[at], func(o mention) bool {
				return o.end == m.end && o.metric() != nil && o.cost <= costMention+costSynonym
			}) && !l.entityBefore(at)
		})
	}
}

// preferComparisons drops members that a word for comparing begins with: 价格高于均价 has
// no high priority.
func (l *lattice) preferComparisons() {
	for at := 1; at < len(l.starts); at++ {
		if l.text.At(at).Norm != "于" {
			continue
		}
		compares := slices.ContainsFunc(l.starts[at-1], func(m mention) bool { _, ok := m.means.(Compare); return ok && m.end > at })
		l.starts[at-1] = slices.DeleteFunc(l.starts[at-1], func(m mention) bool {
			n, named := m.means.(names)
			return compares && named && m.end == at && n.alts[0].object.Member != ""
		})
	}
}

// entityBefore reports whether the name of an entity ends right before a token.
func (l *lattice) entityBefore(at int) bool {
	for from := range at {
		if slices.ContainsFunc(l.starts[from], func(m mention) bool {
			return m.end == at && callsEntity(m)
		}) {
			return true
		}
	}
	return false
}

// preferMembers makes the name of an entity dearer where it closes that of one of its
// members: 华东仓 is a warehouse, not those of 华东.
func (l *lattice) preferMembers() {
	for at := range l.starts {
		for _, whole := range l.starts[at] {
			n, named := whole.means.(names)
			if !named || whole.typo != "" || whole.end < at+2 || n.alts[0].object.Member == "" || l.text.At(at).Class != Han {
				continue
			}
			d := n.alts[0].object.Dimension
			for from := at + 1; from < whole.end; from++ {
				for i, part := range l.starts[from] {
					p, named := part.means.(names)
					if named && part.end == whole.end && slices.ContainsFunc(p.alts, func(a alt) bool { return a.object.Table == d.Table || a.object.Member == "" && a.object.Dimension == d }) {
						l.starts[from][i].cost += costUnrelated
					}
				}
			}
		}
	}
}

// minCompound is how many Han characters a name has at least that is no two names:
// 供应商等级 is the grade of suppliers, 省市 may be provinces and cities.
const minCompound = 4

// inHan reports whether a span is so many Han characters.
func (l *lattice) inHan(from, end int) bool {
	return end-from >= minCompound && !slices.ContainsFunc(l.text.Tokens[from:end], func(t Token) bool { return t.Class != Han })
}

// preferOrders makes an order dearer whose first word is a noun of those before it:
// the discount per order by region is in no order by region.
func (l *lattice) preferOrders() {
	for at := 1; at < len(l.starts); at++ {
		if norm := l.text.At(at - 1).Norm; norm != "per" && norm != "each" && norm != "every" && norm != "an" && norm != "average" {
			continue
		}
		for i, m := range l.starts[at] {
			if o, ok := m.means.(Order); ok && o.Mark {
				l.starts[at][i].cost += 2 * costHead
			}
		}
	}
}

// compound reports whether all of a span are nouns that make one: no clause, as in
// customers who bought, and no name of a single Han character among others.
func (l *lattice) compound(from, end int) bool {
	for at := from; at < end; at++ {
		if l.text.At(at).Class != Word || slices.ContainsFunc(l.starts[at], func(m mention) bool {
			_, clause := m.means.(Relative)
			_, glue := m.means.(Glue)
			return (clause || glue) && m.end == at+1
		}) {
			return false
		}
	}
	return true
}

// preferCounts makes the most of something dearer where its last words open the
// name of a metric: the highest number of refunds is of that number, and not of
// what else is called refunds.
func (l *lattice) preferCounts() {
	for at := range l.starts {
		for i, m := range l.starts[at] {
			if top, ok := m.means.(Top); !ok || !top.Count {
				continue
			}
			for from := at + 1; from < m.end; from++ {
				if slices.ContainsFunc(l.starts[from], func(n mention) bool {
					return n.end > m.end && n.metric() != nil && n.cost <= costMention+costSynonym
				}) {
					l.starts[at][i].cost += costHead
					break
				}
			}
		}
	}
}

// preferUnits makes a name dearer that is called so only in part where a unit of
// time is what is ranked: the best selling day is none of payment. One more thing
// that results are split by is a column that is called so before it is a unit.
func (l *lattice) preferUnits(at int) {
	unit := slices.ContainsFunc(l.starts[at], func(m mention) bool { _, ok := m.means.(Grained); return ok && m.end == at+1 })
	if !unit || at == 0 {
		return
	}
	linked := l.text.At(at-1).Norm == "and" || l.text.At(at-1).Norm == ","
	named := slices.ContainsFunc(l.starts[at], func(m mention) bool { _, ok := m.means.(names); return ok && m.end == at+1 })
	for i, m := range l.starts[at] {
		_, isName := m.means.(names)
		_, isUnit := m.means.(Grained)
		switch {
		case m.end != at+1:
		case linked && isUnit && named:
			l.starts[at][i].cost += costWeak // by genre and year, where the year is a column
		case !linked && isName && m.cost > costMention+costSynonym:
			l.starts[at][i].cost += costHead
		}
	}
}

// preferTests drops a word that says little and only opens a longer one that tests:
// 含有 is not 含 and 有, 以上 is not 以 and 上; nor 其中, which refers to what was
// shown, 其 and 中.
func (l *lattice) preferTests(at int) {
	longest := at
	for _, m := range l.starts[at] {
		c, compares := m.means.(Compare)
		f, follows := m.means.(Follow)
		if _, ok := m.means.(TextTest); (ok || compares && len(c.Args) == 0) && m.why == "" || follows && f.How == ThatOne {
			longest = max(longest, m.end)
		}
	}
	l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool { return soft(m) && m.end < longest && l.text.At(at).Class == Han })
}

// expectTexts makes the word behind a test of how a text begins or ends cheap to
// take as it stands, whatever else it may mean: names that end with 店.
func (l *lattice) expectTexts() {
	for at := range l.starts {
		for _, m := range l.starts[at] {
			test, ok := m.means.(TextTest)
			if !ok || test.How == semantic.Contains || m.why != "" || m.end >= len(l.starts) || l.text.At(m.end-1).Norm == "in" {
				continue // "ending in June" tests no text
			}
			for i, behind := range l.starts[m.end] {
				if _, ok := behind.means.(unread); ok {
					l.starts[m.end][i].cost = min(behind.cost, costMention)
				}
			}
		}
	}
}

// dropBareMarks takes away an 各个 whose second character is only a measure word,
// where another 各 follows and it marks nothing: in 各款各状态, 款 is what is split by.
func (l *lattice) dropBareMarks() {
	marks := func(m mention) bool { _, ok := m.means.(GroupMark); return ok }
	for at := range l.starts {
		l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool {
			return marks(m) && m.end > at+1 && m.end < len(l.starts) && l.text.At(at).Class == Han && slices.ContainsFunc(l.starts[m.end], marks)
		})
	}
}

// keepNumbers drops a 号 that names a column right behind a member of something else: 手机号
// is the number of a phone, and neither a device nor an order number.
func (l *lattice) keepNumbers() {
	for at := 1; at < len(l.starts); at++ {
		if l.text.At(at).Norm != "号" || l.text.At(at-1).Class != Han || l.text.At(at).Spaced {
			continue
		}
		isMember := func(t *semantic.Table) bool {
			for from := range at {
				for _, m := range l.starts[from] {
					if n, ok := m.means.(names); ok && m.end == at && n.alts[0].object.Member != "" && n.alts[0].object.Dimension.Table != t {
						return true
					}
				}
			}
			return false
		}
		l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool {
			n, ok := m.means.(names)
			return ok && m.end <= at+2 && n.alts[0].object.Member == "" && n.alts[0].object.Dimension != nil && isMember(n.alts[0].object.Dimension.Table)
		})
	}
}

// keepBranches drops a 分 before a name of one character for a house, which makes another
// noun with it: 分店 are the branches, not by shop. 分省 is by province.
func (l *lattice) keepBranches() {
	for at := 0; at+1 < len(l.starts); at++ {
		longest := 0
		for _, m := range l.starts[at+1] {
			if _, named := m.means.(names); named {
				longest = max(longest, m.end-at-1)
			}
		}
		if longest == 1 && l.text.At(at).Norm == "分" && housesOf[l.text.At(at+1).Norm] {
			l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool { _, marks := m.means.(GroupMark); return marks && m.end == at+1 })
		}
	}
}

// housesOf are the characters that 分 makes a branch of.
var housesOf = map[string]bool{"店": true, "校": true, "行": true, "院": true, "厂": true, "社": true}

// preferMeaning reads "what does average lead time mean" as what it means: the word that
// ends it is no average.
func (l *lattice) preferMeaning() {
	last := len(l.text.Tokens) - 1
	for last > 0 && l.text.At(last).Class == Mark {
		last--
	}
	opened := slices.ContainsFunc(l.text.Tokens, func(t Token) bool { return t.Norm == "does" || t.Norm == "do" })
	if last > 0 && opened && l.text.At(last).Norm == "mean" {
		l.starts[last] = slices.DeleteFunc(l.starts[last], func(m mention) bool { _, average := m.means.(Agg); return average })
	}
}

// shortCommand is how many characters a command has that names nothing: 打折, 调价.
const shortCommand = 3

// keepTurnover drops what stands inside the turnover of people or goods, unless the
// model has a name for it: it is no turnover in money. Nor is 取消昨天的订单, which tells
// somebody to do that, a list of those that are cancelled. What the model itself calls so
// is no request: the 订阅 of a table of them.
func (l *lattice) keepTurnover() {
	for at := range l.starts {
		for _, m := range l.starts[at] {
			u, ok := m.means.(Unsupported)
			told := u.Construct == action && l.text.At(at).Class == Han && m.end-at > shortCommand && l.opens(at)
			if ok && u.Construct == action && l.namesThing(at, m.end) {
				l.starts[at] = slices.DeleteFunc(slices.Clone(l.starts[at]), func(n mention) bool { return n.means == m.means })
				break
			}
			if !ok || u.Construct != turnover && !told || slices.ContainsFunc(l.starts[at], func(n mention) bool { _, named := n.means.(names); return named && n.end >= m.end }) {
				continue
			}
			for inside := at; inside < m.end; inside++ {
				l.starts[inside] = slices.DeleteFunc(slices.Clone(l.starts[inside]), func(n mention) bool { _, named := n.means.(names); return named && n.end <= m.end })
			}
		}
	}
}

// namesThing reports whether a table is called what stands from one token to another.
func (l *lattice) namesThing(from, end int) bool {
	return slices.ContainsFunc(l.starts[from], func(m mention) bool {
		n, ok := m.means.(names)
		return ok && m.end >= end && slices.ContainsFunc(n.alts, func(a alt) bool { return a.object.Table != nil })
	})
}

// keepNames makes a period dearer that takes the first characters of a metric's
// name and can be said without them: 4月的月末库存 is the 月末库存 of April.
func (l *lattice) keepNames() {
	l.keepKindsOf()
	shorter := func(from, end int) bool {
		return slices.ContainsFunc(l.starts[from], func(m mention) bool { _, timed := m.means.(Timed); return timed && m.end <= end })
	}
	cut := func(from, end int) bool {
		for at := from + 1; at < end; at++ {
			if shorter(from, at) && slices.ContainsFunc(l.starts[at], func(m mention) bool { return m.end > end && m.metric() != nil && m.cost <= costMention+costSynonym }) {
				return true
			}
		}
		return false
	}
	for from := range l.starts {
		for i, m := range l.starts[from] {
			if _, timed := m.means.(Timed); timed && cut(from, m.end) {
				l.starts[from][i].cost += costHead
			}
		}
	}
}
