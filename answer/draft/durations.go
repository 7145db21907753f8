package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"wenshu/semantic"
)

// duration is how long something of a row took, from one of its moments to
// another.
type duration struct {
	name     string
	end      *column
	expr     string
	label    semantic.Label
	synonyms []string
	unit     string
	kind     string // as the model files spell it
	sum      string // how it is put together; "" is avg
	evidence string
}

// ending is what the time until a moment is called by.
type ending struct {
	en, zh string
	base   string   // the verb: time to resolve
	also   []string // other names
	starts []string // words of the moment it begins at; nil for the time of the row
	ends   []string // what ends it, in Chinese
	begins []string // what begins it, in Chinese; nil for the time of the row
}

// endings are told by a word of the moment's name.
var endings = []struct {
	words string
	ending
}{
	{"resolved resolve resolution solved", ending{en: "resolution", zh: "解决", base: "resolve", ends: []string{"解决"}}},
	{"closed close", ending{en: "closing", zh: "关闭", base: "close", also: []string{"handling time", "turnaround time", "处理时长"}, ends: []string{"关闭", "结案", "办结"}}},
	{"response responded replied reply", ending{en: "response", zh: "响应", base: "respond", ends: []string{"响应", "回复"}}},
	{"delivered delivery received", ending{en: "delivery", zh: "配送", base: "deliver", also: []string{"transit time", "time in transit", "shipping time", "运输时长", "送达时长"}, starts: []string{"shipped", "dispatched", "sent", "picked"}, ends: []string{"送达", "签收"}, begins: []string{"发货", "取件", "揽收", "派送", "出库"}}},
	{"completed complete completion finished finish", ending{en: "completion", zh: "完成", base: "complete", also: []string{"handling time", "turnaround time", "处理时长", "处理时间"}, starts: []string{"started", "start", "begin"}, ends: []string{"完成", "完工", "竣工", "修复", "修好", "维修结束"}, begins: []string{"开始", "开工", "动工"}}},
	{"discharge discharged checkout", ending{en: "stay", zh: "住院", base: "leave", also: []string{"length of stay", "hospital stay", "在院时长", "在院天数"}, starts: []string{"admit", "admitted", "admission", "checkin"}, ends: []string{"出院"}, begins: []string{"入院"}}},
	{"returned return", ending{en: "return", zh: "归还", base: "return", also: []string{"rental duration", "loan duration", "借用时长"}, starts: []string{"picked", "pickup", "collected", "out", "loaned", "borrowed", "lent"}, begins: []string{"借出", "取车", "提车", "领用", "出租"}, ends: []string{"归还", "还书", "还车"}}},
	{"end ended finish stop stopped logout", ending{en: "", zh: "持续", base: "end", starts: []string{"start", "started", "begin", "began", "login"}}},
	{"shipped dispatched", ending{en: "shipping", zh: "发货", base: "ship", ends: []string{"发货"}}},
	{"dispatched", ending{en: "dispatch", zh: "派单", base: "dispatch", ends: []string{"派单", "接单", "受理"}}},
	{"approved approval", ending{en: "approval", zh: "审批", base: "approve"}},
	{"visit seen consultation", ending{en: "waiting", zh: "等待", base: "visit", also: []string{"wait time", "候诊时长", "等候时长", "候诊时间", "等候时间", "等待时间"}, ends: []string{"接诊", "就诊", "叫号"}, begins: []string{"挂号", "候诊", "取号", "签到"}}},
	{"arrival arrived", ending{en: "travel", zh: "行程", base: "arrive", starts: []string{"departure", "departed", "depart"}}},
	{"graduation graduated", ending{en: "graduation", zh: "毕业", base: "graduate"}},
}

// findDurations finds how long what the rows tell of took: the time between two
// moments of a row of which one is never before the other.
func (t *table) findDurations() {
	for _, e := range endings {
		for _, c := range t.columns {
			words := c.nameWords()
			said := slices.ContainsFunc(strings.Fields(e.words), func(w string) bool { return slices.Contains(words, w) })
			if !c.isInstant() || c.isMeant() || !said && !c.says(e.ends) {
				continue
			}
			start := t.startOf(c, e.ending)
			if start == nil || slices.ContainsFunc(t.durations, func(d duration) bool { return d.end == c }) {
				continue
			}
			if middle, n, ok := elapsed(start, c); ok {
				t.durations = append(t.durations, t.durationOf(e.ending, start, c, middle, n))
			}
		}
	}
	defer t.findDelay()
	if len(t.durations) == 1 {
		t.durations[0].synonyms = append(t.durations[0].synonyms, "duration", "时长")
		for _, end := range []string{" duration", " length", " period"} {
			if t.label.EN != "" {
				t.durations[0].synonyms = append(t.durations[0].synonyms, t.label.EN+end)
			}
		}
		if front := t.actZH(); front != "" {
			for _, end := range []string{"时长", "时间", "天数", "周期", "用时", "耗时"} {
				t.durations[0].synonyms = append(t.durations[0].synonyms, front+end)
			}
		}
	}
}

// actZH is what the rows of a table tell of, by its Chinese name: 借阅 of 借阅记录.
func (t *table) actZH() string {
	name := t.label.ZH
	for _, end := range []string{"记录", "明细", "流水", "工单", "单", "表"} {
		if rest, ok := strings.CutSuffix(name, end); ok {
			name = rest
			break
		}
	}
	if utf8.RuneCountInString(name) < 2 {
		return ""
	}
	return name
}

// says reports whether the Chinese name of a column has one of some words.
func (c *column) says(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(c.label.ZH, w) })
}

// isMeant reports whether a moment is when something was to happen, by its Chinese
// name: 计划完工日期.
func (c *column) isMeant() bool {
	return slices.ContainsFunc([]string{"计划", "预计", "预期", "应", "要求", "承诺", "约定"}, func(front string) bool { return strings.HasPrefix(c.label.ZH, front) })
}

// isInstant reports whether a column holds days or moments, however they are coded.
func (c *column) isInstant() bool {
	return c.name != "" && c.role == moment && c.expr == "" && (c.kind.Kind == semantic.Date || c.kind.Kind == semantic.Timestamp) && c.kind.Finest() <= semantic.Day
}

// startOf returns the moment that what ends at another began at.
func (t *table) startOf(end *column, e ending) *column {
	for _, c := range t.columns {
		if c != end && c.isInstant() && !c.isMeant() && (c.says(e.begins) || slices.ContainsFunc(c.nameWords(), func(w string) bool { return slices.Contains(e.starts, w) })) {
			return c
		}
	}
	if t.time != nil && t.time.isMeant() {
		return nil
	}
	if t.time != nil && t.time != end && t.time.isInstant() {
		return t.time
	}
	return nil
}

// fewestPairs of rows must show that a moment is behind another.
const fewestPairs = 3

// elapsed returns the middle one of the times between two moments in the sample;
// ok is false unless nearly all are in that order.
func elapsed(start, end *column) (middle time.Duration, n int, ok bool) {
	var all []time.Duration
	before := 0
	for i := range min(len(start.inRows), len(end.inRows)) {
		from, ok1 := start.instant(start.inRows[i])
		to, ok2 := end.instant(end.inRows[i])
		if !ok1 || !ok2 {
			continue
		}
		if to.Before(from) {
			before++
		}
		all = append(all, to.Sub(from))
	}
	if len(all) < fewestPairs || before*20 > len(all) {
		return 0, 0, false
	}
	slices.SortFunc(all, func(x, y time.Duration) int { return cmp.Compare(x, y) })
	return all[len(all)/2], len(all), true
}

// instant is the moment that a text of a column shows.
func (c *column) instant(text string) (time.Time, bool) {
	layouts := []string{"2006-01-02 15:04:05.999999999", "2006-01-02T15:04:05.999999999", time.RFC3339Nano, "2006-01-02"}
	switch c.kind.Coding {
	case semantic.EpochSeconds, semantic.EpochMillis:
		n, err := strconv.ParseInt(text, 10, 64)
		if c.kind.Coding == semantic.EpochSeconds {
			n *= 1000
		}
		return time.UnixMilli(n), err == nil
	case semantic.YYYYMMDD:
		layouts = []string{"20060102"}
	case semantic.CodedText:
		layouts = []string{c.kind.Layout}
	}
	for _, layout := range layouts {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// durationUnits are what times are told in, by how long they usually are.
var durationUnits = []struct {
	below   time.Duration
	unit    string
	zh      string
	seconds int
}{
	{3 * time.Hour, "minutes", "分钟数", 60},
	{48 * time.Hour, "hours", "小时数", 3600},
	{1 << 62, "days", "天数", 86400},
}

func (t *table) durationOf(e ending, start, end *column, middle time.Duration, n int) duration {
	d := duration{end: end, evidence: fmt.Sprintf("from %s to %s, in that order in %d rows of the sample", start.schema.Name, end.schema.Name, n)}
	of := durationUnits[slices.IndexFunc(durationUnits, func(u struct {
		below   time.Duration
		unit    string
		zh      string
		seconds int
	}) bool {
		return middle < u.below
	})]
	d.kind = "float"
	d.expr = fmt.Sprintf("seconds_between(%s, %s) / %d.0", spelled(start.schema.Name), spelled(end.schema.Name), of.seconds)
	if start.kind.Kind == semantic.Date || end.kind.Kind == semantic.Date {
		of = durationUnits[len(durationUnits)-1]
		d.kind, d.expr = "int", fmt.Sprintf("days_between(%s, %s)", spelled(start.schema.Name), spelled(end.schema.Name))
	}
	d.unit = of.unit
	noun := e.en
	if noun == "" {
		noun = strings.TrimSpace(t.label.EN + " duration")
		d.label.EN = noun
	} else {
		d.label.EN = noun + " time"
		d.synonyms = append(d.synonyms, noun+" duration", noun+" "+of.unit)
	}
	d.name = strings.ReplaceAll(strings.ToLower(d.label.EN), " ", "_")
	d.label.ZH = e.zh + "时长"
	d.synonyms = append(d.synonyms, "time to "+e.base, of.unit+" to "+e.base)
	d.synonyms = append(d.synonyms, e.also...)
	d.synonyms = append(d.synonyms, e.zh+"用时", e.zh+"耗时", e.zh+of.zh)
	for _, w := range end.nameWords() {
		if w == "first" && e.en == "response" {
			d.label.EN = "first response time"
			d.synonyms = append(d.synonyms, "response time", "首次响应时长")
		}
	}
	return d
}

// settleDurations leaves out durations and names that mean something else already.
func (d *drafting) settleDurations(taken map[string]bool) {
	for _, t := range d.tables {
		names, own := map[string]bool{}, map[string]bool{} // those of another table are told from them by what is asked of
		for _, c := range t.columns {
			names[c.name] = true
		}
		t.durations = slices.DeleteFunc(t.durations, func(x duration) bool { return names[x.name] || taken[strings.ToLower(x.label.EN)] })
		for i, x := range t.durations {
			free := func(s string) bool { return !taken[strings.ToLower(s)] && !own[strings.ToLower(s)] }
			if !free(x.label.ZH) {
				x.label.ZH = ""
			}
			x.synonyms = slices.DeleteFunc(x.synonyms, func(s string) bool { return !free(s) || s == x.label.EN || s == x.label.ZH })
			for _, s := range append([]string{x.label.EN, x.label.ZH}, x.synonyms...) {
				own[strings.ToLower(s)] = true
			}
			t.durations[i] = x
		}
	}
}

func (w *writer) duration(d duration) {
	parts := []string{"label: " + labelText(d.label), "synonyms: " + list(d.synonyms), "expr: " + semantic.YAMLWord(d.expr), "type: " + d.kind, "sum: " + cmp.Or(d.sum, "avg")}
	if d.unit != "" {
		parts = append(parts, "unit: "+d.unit)
	}
	w.line(3, "%s: {%s} # probable: %s", semantic.YAMLWord(d.name), strings.Join(parts, ", "), d.evidence)
}
