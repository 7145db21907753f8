package zh

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// prefix is what a word in front of a date or a count of units does to it.
type prefix uint8

const (
	fromWord    prefix = iota // 从3月起
	untilWord                 // 截至昨天
	pastWord                  // 近7天
	pastOneWord               // 近一年: counted in the next smaller unit
	leadWord                  // 前三天
	comingWord                // 未来三个月
	againstWord               // 较上月
	withWord                  // 与上月相比: wants a word behind it as well
	betweenWord               // 介于, 在: wants 之间
)

var prefixWords = func() *nlq.Lexicon[prefix] {
	l := nlq.NewLexicon[prefix]()
	for p, words := range [][]string{
		fromWord:    {"从", "自", "自从", "由", "打"},
		untilWord:   {"截至", "截止", "截至到", "截止到", "截止至", "直到", "到", "至", "截"},
		pastOneWord: {"近", "最近", "最近的", "近期", "过去", "过去的", "过往", "往前", "最近这", "近来", "刚过去的", "这最近"},
		pastWord:    {"此前", "之前", "先前", "这", "这过去", "往期", "之前的", "前面", "滚动", "连续最近"},
		leadWord:    {"前"},
		comingWord:  {"未来", "未来的", "接下来", "接下来的", "今后", "往后", "后面", "下", "往后的", "之后的", "即将到来的"},
		againstWord: {"比", "较", "较之", "相较", "相较于", "相比", "相比于", "对比", "相对", "相对于", "比起", "vs", "对比于", "比较", "比照", "环比"},
		withWord:    {"和", "与", "跟", "同", "以", "拿", "将"},
		betweenWord: {"介于", "在"},
	} {
		for _, w := range words {
			l.Add(w, prefix(p))
		}
	}
	return l
}()

// againstEnds may close a comparison, and must close one that 和 or 与 opened.
var againstEnds = phrases(map[string]bool{"相比": true, "比": true, "相比较": true, "比较": true, "对比": true, "比起来": true, "相较": true, "来比": true, "做对比": true, "作对比": true, "做比较": true, "进行对比": true, "来看": true})

// afterPrefix emits what starts with a prefix.
func (r *reader) afterPrefix(at int) {
	for _, hit := range prefixWords.At(r.t, at) {
		switch hit.Value {
		case fromWord, betweenWord:
			r.from(hit.End)
		case untilWord:
			r.until(hit.End)
		case pastOneWord, pastWord:
			r.past(hit.End, hit.Value == pastOneWord)
		case leadWord:
			if !r.partOfWord(at) {
				r.past(hit.End, false)
			}
		case comingWord:
			r.coming(hit.End)
		case againstWord, withWord:
			r.against(hit.End, hit.Value == withWord)
		}
	}
}

// before前 are characters that make 前 a part of another word: 之前, 目前.
var beforeFront = map[string]bool{"之": true, "以": true, "目": true, "此": true, "年": true, "日": true, "当": true, "提": true, "先": true, "月": true, "周": true, "天": true, "名": true, "排": true, "往": true}

func (r *reader) partOfWord(at int) bool { return beforeFront[r.t.At(at-1).Norm] }

// from emits 从3月到5月, 自2024年起, 从年初到现在: all that goes on from a date.
func (r *reader) from(at int) {
	inner := &reader{t: r.t, m: r.m}
	inner.words(at)
	for _, h := range r.dates(at) {
		p, guessed, ok := h.Date.Resolve(r.m)
		if !ok {
			continue
		}
		inner.tails(h.End, h.Date, p, guessed)
		inner.ranges(h.End, h.Date)
	}
	for _, match := range inner.found {
		timed, ok := match.Part.(nlq.Timed)
		if !ok || match.Weak {
			continue
		}
		if o, ok := timed.Period.(semantic.Open); ok && o.How == semantic.Before {
			continue
		}
		r.found = append(r.found, match)
	}
}

// untilEnds may close 到昨天.
var untilEnds = phrases(map[string]bool{"为止": true, "止": true, "截止": true})

func (r *reader) until(at int) {
	short := at > 0 && (r.t.At(at-1).Norm == "到" || r.t.At(at-1).Norm == "至")
	for _, h := range r.dates(at) {
		p, guessed, ok := h.Date.Resolve(r.m)
		if !ok {
			continue
		}
		open := semantic.Open{How: semantic.Until, Of: p}
		r.period(h.End, open, guessed, short)
		for _, hit := range untilEnds.At(r.t, h.End) {
			r.period(hit.End, open, guessed, false)
		}
	}
}

// pastEnds may follow 近7天.
var pastEnds = phrases(map[string]bool{"内": true, "以内": true, "之内": true, "里": true, "以来": true, "来": true, "中": true, "间": true, "期间": true, "的时间": true, "时间": true, "的时间里": true, "这段时间": true})

// past emits 近7天, 最近三个月, 过去半年, 前三个月.
func (r *reader) past(at int, one bool) {
	for _, c := range spans(r.t, at) {
		p := said.Past(c.unit, c.n)
		if one && c.one {
			p = said.PastOne(c.unit)
		}
		if lead := r.t.At(at-1).Norm == "前"; lead && c.unit == semantic.Quarter && r.t.At(at+1).Norm != "个" || lead && c.unit == semantic.Month && c.n == 6 {
			continue // 前三季度 and 前半年 are of a year
		}
		r.period(c.end, p, c.some, false)
		for _, hit := range pastEnds.At(r.t, c.end) {
			r.period(hit.End, p, c.some, false)
		}
	}
}

// coming emits 未来三个月, 接下来7天.
func (r *reader) coming(at int) {
	for _, c := range spans(r.t, at) {
		if r.t.At(at-1).Norm == "下" && (c.n == 1 || r.t.At(at).Norm == "半") {
			continue
		}
		r.period(c.end, said.Coming(c.unit, c.n), c.some, false)
		for _, hit := range pastEnds.At(r.t, c.end) {
			r.period(hit.End, said.Coming(c.unit, c.n), c.some, false)
		}
	}
}

// agoEnds follow 三天前, 两个月以前; laterEnds follow 三天后; insideEnds follow 7天内.
var (
	agoEnds    = phrases(map[string]bool{"前": true, "之前": true, "以前": true})
	laterEnds  = phrases(map[string]bool{"后": true, "之后": true, "以后": true})
	insideEnds = phrases(map[string]bool{"内": true, "以内": true, "之内": true, "来": true, "以来": true})
)

// counts emits 三天前, 两个月前, 三年来.
func (r *reader) counts(at int) {
	for _, c := range spans(r.t, at) {
		if before := r.t.At(c.end - 2).Norm; c.unit == semantic.Month && r.t.At(c.end-1).Norm == "月" && before != "个" && before != "俩" && before != "两" && before != "整" && before != "然" {
			continue // 三月之前 is before March
		}
		for _, hit := range agoEnds.At(r.t, c.end) {
			if p, _, ok := said.Back(c.unit, c.n).Resolve(r.m); ok && (!r.takesFront(hit.End) || r.t.At(hit.End).Norm == "台") {
				r.period(hit.End, p, c.some, r.t.At(hit.End).Norm == "台") // 两个月前台灯
			}
		}
		for _, hit := range laterEnds.At(r.t, c.end) {
			if p, _, ok := said.Back(c.unit, -c.n).Resolve(r.m); ok && !r.takesFront(hit.End) {
				r.period(hit.End, p, c.some, true)
			}
		}
		for _, hit := range insideEnds.At(r.t, c.end) {
			r.period(hit.End, said.Past(c.unit, c.n), c.some, true)
		}
	}
}

// takesFront reports whether 前 or 后 belongs to what is behind it: 3年前5名, 前期;
// not to a 期 that opens a word of its own: 两个月前期末库存.
func (r *reader) takesFront(at int) bool {
	_, end := small(r.t, at)
	opens := r.t.At(at).Norm == "期" && opensWithTerm[r.t.At(at+1).Norm]
	return end > at || notOpened[r.t.At(at).Norm] && !opens
}

// opensWithTerm are characters that make a word with a 期 before them.
var opensWithTerm = map[string]bool{"末": true, "初": true, "间": true, "限": true, "货": true, "权": true, "望": true}

// against emits 较上月, 比去年, 与上周相比, vs 2024年.
func (r *reader) against(at int, closed bool) {
	for _, h := range r.dates(at) {
		against, ok := ago(h.Date)
		if !ok {
			if lent, ok := r.lent(at, h.Date); ok {
				h.Date = lent
			}
			p, _, ok := h.Date.Resolve(r.m)
			if !ok {
				continue
			}
			against = nlq.Against{How: semantic.Other, Period: p}
		}
		ends := []int{h.End}
		for _, hit := range sameWords.At(r.t, h.End) {
			ends = append(ends, hit.End)
		}
		for _, end := range ends {
			if !closed {
				r.emit(end, against, h.Weak)
			}
			for _, hit := range againstEnds.At(r.t, end) {
				r.emit(hit.End, against, false)
			}
		}
	}
}
