package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// over reports how a moment that is missing while something lasts is left: what is
// called so while it lasts, and when it is over.
type over struct {
	ends            map[string]bool
	here, gone      []string
	from            map[string]bool // of moments at which it began; nil for those of starting
	hired, leftJobs []string        // what those who were hired are called besides
	timed           bool            // a moment to come may stand there
}

var overs = []over{
	{
		ends: wordSet("left leave leaving leaver term terminated termination exit exited resigned resignation quit departed separation"),
		here: []string{"current", "active", "still with us", "still here"}, gone: []string{"former", "inactive", "no longer with us"},
		hired: []string{"employed", "still employed", "currently employed", "still working", "currently working"}, leftJobs: []string{"no longer employed", "no longer working"},
	},
	{
		ends: wordSet("end ended ends stop stopped to through until thru finish"), timed: true,
		here: []string{"active", "current", "currently active", "ongoing", "running", "still running", "in force", "进行中", "正在进行", "仍在进行", "还没结束", "没结束", "没有结束", "未结束", "尚未结束"}, gone: []string{"no longer active", "no longer running", "已结束", "已经结束"},
	},
	{
		ends: wordSet("cancelled canceled cancel cancellation churned churn"),
		here: []string{"active", "current", "not cancelled", "uncancelled"}, gone: []string{"cancelled", "canceled", "churned"},
	},
	{
		ends: wordSet("death died deceased dod"), from: wordSet("birth born birthday dob"),
		here: []string{"living", "alive", "still living", "still alive", "在世", "健在", "仍在世"}, gone: []string{"dead", "deceased", "no longer living", "no longer alive", "已故", "去世", "已去世"},
	},
}

// starting are words of moments at which what lasts began.
var starting = wordSet("start started starts begin began from hire hired hiring join joined joining signup sign signed open opened since effective admitted admission entry enrolled enrolment enrollment registered registration onboard")

// employing are words of moments from which people work.
var employing = wordSet("hire hired hiring employed employment 入职")

// lastingPhrases are what the rows of a table are called while they last: those that have
// begun at a moment and have none, or none yet, at which they are over.
func (t *table) lastingPhrases() []phrase {
	for _, o := range overs {
		from := o.from
		if from == nil {
			from = starting
		}
		if !slices.ContainsFunc(t.columns, func(c *column) bool { return c.role == moment && saysAny(c, from) }) {
			continue
		}
		for _, c := range t.columns {
			if c.role != moment || c.nulls == 0 || c.nulls >= t.rows || !saysAny(c, o.ends) || saysAny(c, planned) || !c.isInstant() && (o.from == nil || c.kind.Coding != semantic.YYYY) {
				continue
			}
			here, gone := slices.Clone(o.here), slices.Clone(o.gone)
			if t.hires() {
				here, gone = append(here, o.hired...), append(gone, o.leftJobs...)
			}
			column := t.spelt(c)
			running, done := column+" is null", column+" is not null"
			if o.timed {
				running, done = "not ("+column+" during before(day(0)))", column+" during before(day(0))"
			}
			return []phrase{{on: c, where: running, words: here}, {on: c, where: done, words: gone}}
		}
	}
	return nil
}

// spelt names a column as conditions of the model files do.
func (t *table) spelt(c *column) string { return spelled(t.name) + "." + spelled(c.name) }

// saysAny reports whether one of the words of a column's name is among some.
func saysAny(c *column, words map[string]bool) bool {
	return slices.ContainsFunc(append(c.nameWords(), c.words...), func(w string) bool { return words[w] })
}

// owed are words of moments by which something has to happen, and meant those of
// moments at which it was to happen.
var (
	owed  = wordSet("due deadline promised promise target expected required")
	meant = wordSet("due deadline planned plan expected estimated scheduled schedule promised target etd eta forecast budgeted sched est exp required")
)

// deed is something that happens late or on time.
type deed struct {
	says map[string]bool
	done string   // what has been done: late with "returned" before or behind it
	late []string // other words for what came late
	zh   []string // Chinese verbs of it
}

var deeds = []deed{
	{wordSet("paid pay payment payout settled settlement"), "paid", []string{"late payments"}, []string{"缴", "回款", "还款", "付款", "支付", "收款", "缴费"}},
	{wordSet("returned return ret"), "returned", []string{"brought back late", "came back late", "back late", "late returns"}, []string{"归还", "还书", "还车"}},
	{wordSet("delivered delivery deliver received receipt"), "delivered", []string{"late deliveries"}, []string{"送达", "签收", "交付", "交货", "收货", "到货"}},
	{wordSet("arrived arrival arrive ata eta"), "arrived", []string{"late arrivals"}, []string{"到达", "抵达", "到港", "到站"}},
	{wordSet("departed departure depart left atd etd"), "departed", []string{"left late", "late departures"}, []string{"出发", "发车", "起飞", "离港"}},
	{wordSet("completed completion complete finished finish done"), "completed", []string{"finished late"}, []string{"完成", "完工", "竣工", "招满", "交工"}},
	{wordSet("resolved resolution resolve closed close"), "resolved", nil, []string{"解决", "结案", "关闭", "办结", "消缺", "修复", "修好"}},
	{wordSet("shipped ship shipment dispatched dispatch"), "shipped", nil, []string{"发货", "出库"}},
	{wordSet("released release"), "released", []string{"came out late", "late releases"}, []string{"发布", "上线"}},
	{wordSet("submitted submission submit"), "submitted", nil, []string{"提交", "上交"}},
	{wordSet("started start begun"), "started", nil, []string{"开始", "开工", "动工"}},
	{wordSet("shot shoot shooting"), "shot", nil, []string{"拍摄", "开拍"}},
}

// promise is a moment at which something was to happen, and the one at which it did.
type promise struct {
	meant, done *column
	deed        *deed
}

// promises are the pairs of moments of a table of which one says when something was to
// happen and the other when it did.
func (t *table) promises() []promise {
	var all []promise
	for _, m := range t.columns {
		if m.role != moment || !m.isInstant() || !m.saysMeant() {
			continue
		}
		if done, d := t.kept(m); done != nil {
			all = append(all, promise{m, done, d})
		}
	}
	return all
}

// kept is the moment at which what was meant for another did happen; nil where none or
// several may be it.
func (t *table) kept(m *column) (*column, *deed) {
	var found []*column
	var how []*deed
	for _, c := range t.columns {
		if c == m || c.role != moment || !c.isInstant() || c.saysMeant() || c.nulls == 0 && !saysAny(c, actually) && !c.saysActually() {
			continue
		}
		var d *deed
		for i := range deeds {
			if saysAny(c, deeds[i].says) || c.says(deeds[i].zh) {
				d = &deeds[i]
				break
			}
		}
		same := sharedWord(m, c)
		switch {
		case d != nil && m.says(d.zh) && c.says(d.zh):
		case (d != nil && m.says(owedZH) || c.saysActually()) && t.onlyPromise(m, c):
		case same && (d != nil || saysAny(c, actually)):
		case d != nil && (saysAny(m, owed) || m.onlySaysMeant()) && !otherDeed(m, d) && t.onlyMeant(m):
		case d != nil && saysAny(m, d.says):
		default:
			continue
		}
		found, how = append(found, c), append(how, d)
	}
	if !saysAny(m, wordSet("due deadline")) && !saysAny(m, deeds[0].says) && !m.says(deeds[0].zh) {
		found, how = notPaid(found, how)
	}
	switch last := t.lastOf(found); {
	case len(found) == 1:
		return found[0], how[0]
	case last >= 0 && how[last] != nil && !slices.ContainsFunc(deeds, func(d deed) bool { return saysAny(m, d.says) }):
		return found[last], how[last] // what is promised is delivered, not only shipped
	}
	return nil, nil
}

// notPaid leaves out the moment of payment beside that of another deed: what is required
// by a day has to be there by then, and is paid whenever.
func notPaid(found []*column, how []*deed) ([]*column, []*deed) {
	var other []*column
	var by []*deed
	for i, c := range found {
		if how[i] == nil || how[i].done != deeds[0].done {
			other, by = append(other, c), append(by, how[i])
		}
	}
	if len(other) == 0 {
		return found, how
	}
	return other, by
}

// lastOf is which of several moments comes after all others in the rows; -1 where none
// does.
func (t *table) lastOf(moments []*column) int {
	return slices.IndexFunc(moments, func(last *column) bool {
		return !slices.ContainsFunc(moments, func(c *column) bool {
			if c == last {
				return false
			}
			_, _, ok := elapsed(c, last)
			return !ok
		})
	})
}

// actually are words of moments at which something really happened.
var actually = wordSet("actual actually real act ata atd")

// otherDeed reports whether a moment names another deed than one.
func otherDeed(m *column, d *deed) bool {
	return slices.ContainsFunc(deeds, func(o deed) bool { return o.done != d.done && saysAny(m, o.says) })
}

// onlyMeant reports whether a moment is the only one of its table that is due.
func (t *table) onlyMeant(m *column) bool {
	return !slices.ContainsFunc(t.columns, func(c *column) bool { return c != m && c.role == moment && (saysAny(c, owed) || c.onlySaysMeant()) })
}

// onlySaysMeant reports whether the name of a moment says no more than that it is meant:
// planned_dt.
func (c *column) onlySaysMeant() bool {
	words := c.nameWords()
	return saysAny(c, meant) && !slices.ContainsFunc(words, func(w string) bool { return !meant[w] && !emptyOfTimes[w] })
}

// sharedWord reports whether the names of two moments share a word that says what
// happens.
func sharedWord(a, b *column) bool {
	return slices.ContainsFunc(a.nameWords(), func(w string) bool {
		return !meant[w] && !actually[w] && !emptyOfTimes[w] && slices.Contains(b.nameWords(), w)
	})
}

var emptyOfTimes = wordSet("date time day at on dt datetime timestamp")

// voided are words of states in which nothing is owed any more.
var voided = wordSet("cancelled canceled cancel void voided waived withdrawn rejected written-off deleted can cxl cancellation writeoff refunded")

// promisePhrases are what rows are called that came late, on time, or are overdue.
func (t *table) promisePhrases() []phrase {
	all := t.promises()
	var said []phrase
	for i, p := range all {
		m, done := t.spelt(p.meant), t.spelt(p.done)
		after, kept := p.tests(t)
		late, punctual := []string{}, []string{}
		if p.deed != nil {
			late = append(late, p.deed.done+" late", "late "+p.deed.done)
			late = append(late, p.deed.late...)
			punctual = append(punctual, p.deed.done+" on time")
		}
		if i == len(all)-1 {
			late = append(late, "late", "delayed", "behind schedule")
			punctual = append(punctual, "on time", "punctual", "on schedule")
		}
		said = append(said, phrase{on: p.done, where: after, words: late}, phrase{on: p.done, where: kept, words: punctual})
		if p.done.nulls > 0 && i == len(all)-1 {
			said = append(said, p.chinese(t)...)
			open := done + " is null and " + m + " during before(day(0))" + t.notVoided()
			said = append(said, phrase{on: p.done, where: open, words: []string{"overdue", "past due", "past their due date", "past the due date"}})
		}
	}
	return said
}

// tests are the conditions that it was done late, and that it was done in time: on the day
// that was meant, where that is a day and no moment.
func (p promise) tests(t *table) (late, punctual string) {
	m, done := t.spelt(p.meant), t.spelt(p.done)
	if p.meant.kind.Kind == semantic.Date && p.done.kind.Kind == semantic.Timestamp {
		days := "days_between(" + m + ", " + done + ")"
		return days + " > 0", days + " <= 0"
	}
	return done + " > " + m, done + " <= " + m
}

// notVoided is the condition that a row is none of those that are not owed any more;
// "" where nothing says so.
func (t *table) notVoided() string {
	for _, c := range t.columns {
		if c.name == "" {
			continue
		}
		if yes := c.saysYes(); yes != "" {
			if saysAny(c, voided) {
				return " and " + t.spelt(c) + " != " + yes
			}
			continue
		}
		var gone []string
		for _, v := range c.values {
			called := strings.ToLower(v)
			void := voidedZH[v]
			for _, m := range c.note.members {
				void = void || strings.EqualFold(m.value, v) && voidedZH[m.zh]
				if strings.EqualFold(m.value, v) && m.en != "" {
					called = m.en
				}
			}
			if voided[called] || void {
				gone = append(gone, v)
			}
		}
		if len(gone) > 0 && len(gone) < len(c.values) && (c.kind.Kind == semantic.Text || c.kind.Kind == semantic.Int && len(c.note.members) > 0) {
			return " and " + t.spelt(c) + " not in (" + c.literals(gone) + ")"
		}
	}
	return ""
}

// expiryPhrases are what rows are called whose last day is over.
func (t *table) expiryPhrases() []phrase {
	var found *column
	for _, c := range t.columns {
		if c.role == moment && c.isInstant() && (saysAny(c, expiring) || c.expiresZH()) {
			if found != nil {
				return nil
			}
			found = c
		}
	}
	if found == nil {
		return nil
	}
	on := t.spelt(found)
	return []phrase{
		{on: found, where: on + " during before(day(0))", words: append([]string{"expired", "already expired", "lapsed", "out of date", "no longer valid"}, found.expiredZH()...)},
		{on: found, where: "not (" + on + " during before(day(0)))", words: []string{"unexpired", "not expired", "not yet expired", "still valid", "currently valid", "未过期", "没过期", "没有过期", "还没过期", "未到期", "没到期", "还没到期", "有效期内", "在有效期内", "还在有效期内", "仍在有效期内", "仍有效", "还有效"}},
	}
}

var expiring = wordSet("expire expires expired expiry expiration exp_date valid_until")

// promiseRates are the shares of what is done that was done in time, and late. Where others
// have such rates, those of both bear their table's name, and what is asked tells which.
func (t *table) promiseRates(others bool) []metric {
	all := t.promises()
	if len(all) == 0 {
		return nil
	}
	p := all[len(all)-1]
	late, kept := p.tests(t)
	done, rows := t.spelt(p.done), "count("+spelled(t.name)+")"
	rate := func(name, test, short string, nouns ...string) metric {
		r := metric{name: t.name + "_" + name, home: t, expr: rows + "{" + test + "} / " + rows + "{" + done + " is not null}", time: done}
		r.label.EN = short + " rate"
		for _, n := range append([]string{""}, nouns...) {
			for _, end := range []string{"rate", "percentage", "%", "share"} {
				r.synonyms = append(r.synonyms, strings.Join(strings.Fields(short+" "+n+" "+end), " "))
			}
		}
		return r
	}
	var nouns []string
	if h := p.done.saidHappening(); h != nil && len(h.nouns) > 0 {
		nouns = h.nouns
	}
	both := []metric{rate("on_time_rate", kept, "on time", nouns...), rate("late_rate", late, "late", nouns...)}
	if t.label.ZH != "" {
		inTime, behind := p.ratesZH()
		both[0].label.ZH, both[0].synonyms = inTime[0], append(both[0].synonyms, inTime[1:]...)
		both[1].label.ZH, both[1].synonyms = behind[0], append(both[1].synonyms, behind[1:]...)
	}
	for i := range both {
		if others {
			both[i].ofTable()
		}
	}
	return both
}

// ofTable puts the table before the name of a metric that other tables have one of; what it
// is called besides they all are.
func (m *metric) ofTable() {
	m.shared, m.synonyms = m.synonyms, nil
	for _, name := range []struct {
		label *string
		front string
	}{{&m.label.EN, m.home.label.EN + " "}, {&m.label.ZH, m.home.label.ZH}} {
		if plain := *name.label; plain != "" && strings.TrimSpace(name.front) != "" {
			m.shared = append(m.shared, plain)
			*name.label = name.front + plain
		}
	}
}

// eitherTime is the promise of a table whose time is one of its two moments, where the
// one at which it happened is missing in rows that may be asked for all the same: what
// failed was still planned for a day.
func (t *table) eitherTime() (promise, bool) {
	for _, p := range t.promises() {
		if (t.time == p.done || t.time == p.meant) && p.done.nulls > 0 && p.meant.nulls < p.done.nulls && p.done.kind == p.meant.kind && p.done.kind.Coding == semantic.Native && p.meant.name != "" && p.done.name != "" {
			return p, true
		}
	}
	return promise{}, false
}

// name of the dimension that holds the moment it happened at, else the one it was meant for.
func (p promise) name() string { return p.done.name + "_or_" + p.meant.name }

// either writes that dimension.
func (w *writer) either(p promise) {
	label := semantic.Label{EN: joined(p.done.label.EN+" or else ", p.meant.label.EN, "")}
	if p.done.label.ZH != "" && p.meant.label.ZH != "" {
		label.ZH = p.done.label.ZH + "，否则" + p.meant.label.ZH
	}
	parts := []string{"label: " + labelText(label), "type: " + typeText(p.done.kind), "expr: " + semantic.YAMLWord("coalesce("+spelled(p.done.schema.Name)+", "+spelled(p.meant.schema.Name)+")")}
	w.line(3, "%s: {%s} # when it happened, else when it was meant to", semantic.YAMLWord(p.name()), strings.Join(parts, ", "))
}

// timeName is the name of the time of a table.
func (t *table) timeName() string {
	if p, ok := t.eitherTime(); ok {
		return p.name()
	}
	return t.time.name
}

// findDelay finds how many days later than meant the last deed of a table was done;
// what came early has less than none.
func (t *table) findDelay() {
	all := t.promises()
	if len(all) == 0 {
		return
	}
	p := all[len(all)-1]
	if p.meant.name == "" || p.done.name == "" {
		return
	}
	t.durations = append(t.durations, duration{
		name: "delay", end: p.done, kind: "int", unit: "days", label: semantic.Label{EN: "delay", ZH: "延期天数"},
		expr:     "days_between(" + spelled(p.meant.schema.Name) + ", " + spelled(p.done.schema.Name) + ")",
		synonyms: []string{"days late", "delay in days", "delay days", "days delayed", "逾期天数", "延误天数", "超期天数", "晚的天数"},
		evidence: "from " + p.meant.schema.Name + ", when it was meant, to " + p.done.schema.Name,
	})
}

// tellDelays lets the delays of several tables be told apart by what came late.
func (d *drafting) tellDelays() {
	var found []*duration
	var of, chinese []string
	for _, t := range d.tables {
		for i := range t.durations {
			if t.durations[i].name == "delay" {
				found, of, chinese = append(found, &t.durations[i]), append(of, t.label.EN), append(chinese, t.label.ZH)
			}
		}
	}
	if len(found) < 2 {
		return
	}
	for i, x := range found {
		x.label, x.synonyms = semantic.Label{EN: strings.TrimSpace(of[i] + " delay"), ZH: chinese[i] + "延期天数"}, nil
		if of[i] != "" {
			x.synonyms = []string{"delay of " + pluralPhrase(of[i]), of[i] + " delay in days"}
		}
	}
}
