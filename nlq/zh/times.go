package zh

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// Times returns every reading in time that starts at token at.
func Times(t *nlq.Text, at int, m *nlq.Moment) []nlq.Match {
	r := &reader{t: t, m: m}
	r.words(at)
	r.grains(at)
	r.cycles(at)
	r.counts(at)
	dates := r.dates(at)
	for _, h := range dates {
		r.dated(at, h)
	}
	r.afterPrefix(at)
	r.festivals(at, dates)
	return r.found
}

// reader reads times in one text at one moment.
type reader struct {
	t     *nlq.Text
	m     *nlq.Moment
	found []nlq.Match
}

func (r *reader) emit(end int, part nlq.Part, weak bool) {
	r.found = append(r.found, nlq.Match{End: end, Part: part, Weak: weak})
}

func (r *reader) period(end int, p semantic.Period, guessed, weak bool) {
	r.emit(end, nlq.Timed{Period: p, Guessed: guessed}, weak)
}

// dates returns the dates that start at token at, of all lengths: 去年, 去年3月,
// 去年3月5日.
func (r *reader) dates(at int) []said.Hit {
	var found []said.Hit
	for _, hit := range bases.At(r.t, at) {
		found = append(found, said.Hit{End: hit.End, Date: hit.Value})
	}
	if _, ok := shortDayparts[r.t.At(at+1).Norm]; ok && r.t.At(at).Norm == "今" {
		found = append(found, said.Hit{End: at + 1, Date: said.Of(semantic.Day, 0)})
	}
	found = append(found, yearAt(r.t, at, r.m)...)
	found = append(found, said.Digits(r.t, at, r.m)...)
	for _, s := range r.steps(at, semantic.NoUnit) {
		if !s.only {
			found = append(found, said.Hit{End: s.end, Date: said.Alone(s.step), Weak: s.weak})
		}
	}
	for i := 0; i < len(found) && len(found) < 64; i++ {
		found = append(found, r.further(found[i])...)
	}
	return found
}

// further returns a date with one more step behind it.
func (r *reader) further(h said.Hit) []said.Hit {
	last := h.Date.Last()
	if last == semantic.NoUnit || last == semantic.Day || !h.Date.Single() {
		return nil
	}
	var found []said.Hit
	for _, at := range r.glued(h.End) {
		for _, s := range r.steps(at, last) {
			if d, ok := h.Date.With(s.step); ok {
				found = append(found, said.Hit{End: s.end, Date: d})
			}
		}
	}
	return found
}

// glued returns the tokens where a further step may stand: right behind, or
// behind 的 and the like.
func (r *reader) glued(at int) []int {
	places := []int{at}
	for _, hit := range ofWords.At(r.t, at) {
		places = append(places, hit.End)
	}
	return places
}

var ofWords = phrases(map[string]bool{"的": true, "里的": true, "中的": true, "里": true, "份的": true, "当中的": true, "全年的": true, "期间的": true})

// dated emits a date with everything that may follow it.
func (r *reader) dated(at int, h said.Hit) {
	d := h.Date
	p, guessed, ok := d.Resolve(r.m)
	if !ok {
		return
	}
	if behind, ok := r.lentBehind(h.End, d); ok {
		if p, guessed, ok := behind.Resolve(r.m); ok {
			r.period(h.End, p, guessed, h.Weak)
		}
		return
	}
	if lent, ok := r.lent(at, d); ok {
		d, guessed = lent, false
		if p, _, ok = d.Resolve(r.m); !ok {
			return
		}
	}
	r.period(h.End, p, guessed, h.Weak)
	for _, hit := range wholeWords.At(r.t, h.End) {
		r.period(hit.End, p, guessed, false)
	}
	r.tails(h.End, d, p, guessed)
	r.ranges(h.End, d)
	r.sameDay(h.End, d)
	r.samePeriod(h.End, d)
}

// wholeWords say that all of a period is meant.
var wholeWords = phrases(map[string]bool{"全年": true, "整年": true, "一整年": true, "全月": true, "整月": true, "整个月": true, "全天": true, "整天": true, "一整天": true, "全周": true, "整周": true, "一整周": true, "全季": true, "期间": true, "这一年": true, "这天": true, "这一天": true, "那天": true, "当天": true, "那年": true, "那一年": true, "那个月": true, "这段时间": true})

// tailWord is a word behind a date that opens it.
type tailWord uint8

const (
	soFar  tailWord = iota // 至今
	onFrom                 // 以来, 起
	toDate                 // 累计
	later                  // 之后
	sooner                 // 之前
)

var tailWords = func() *nlq.Lexicon[tailWord] {
	l := nlq.NewLexicon[tailWord]()
	for tail, words := range [][]string{
		soFar:  {"至今", "到今", "到现在", "至现在", "到目前", "到目前为止", "至目前", "至目前为止", "到今天", "至今天", "到今日", "至今日", "迄今", "迄今为止", "截至目前", "截止目前", "截至今天", "截止今天", "截止到现在", "截至现在", "到今天为止", "到现在为止", "截止到今天", "截止到目前"},
		onFrom: {"以来", "起", "开始", "往后", "伊始", "以降", "至此"},
		toDate: {"累计", "累积", "累计至今", "截至目前累计"},
		later:  {"之后", "以后", "后", "过后"},
		sooner: {"之前", "以前", "前"},
	} {
		for _, w := range words {
			l.Add(w, tailWord(tail))
		}
	}
	return l
}()

// tails emits 今年以来, 3月至今, 2024年起, 2025年之前 behind a date.
func (r *reader) tails(at int, d said.Date, p semantic.Period, guessed bool) {
	for _, hit := range tailWords.At(r.t, at) {
		switch hit.Value {
		case soFar, onFrom:
			r.since(at, hit.End, d, p, guessed)
		case toDate:
			if to, ok := said.SoFar(p).(semantic.ToDate); ok {
				r.period(hit.End, to, guessed, false)
			}
		case later, sooner:
			r.open(at, hit, p, guessed)
		}
	}
}

// since emits what goes on from a date. 年初 and 月初 of the running year or
// month are left to the set phrases: 年初至今 is the year to date.
func (r *reader) since(at, end int, d said.Date, p semantic.Period, guessed bool) {
	current := d.Base == nil || d.Base == semantic.Relative{Unit: d.Unit}
	if r.t.At(at-1).Norm == "初" && len(d.Steps) == 1 && current {
		return
	}
	r.period(end, said.SoFar(p), guessed, false)
}

// open emits a period before or after a date; a number behind 前 or 后 makes
// them belong to it: 去年前三个月.
func (r *reader) open(at int, hit nlq.Hit[tailWord], p semantic.Period, guessed bool) {
	if hit.End == at+1 {
		if r.takesFront(hit.End) {
			return
		}
	}
	how := semantic.After
	if hit.Value == sooner {
		how = semantic.Before
	}
	r.period(hit.End, semantic.Open{How: how, Of: p}, guessed, false)
}

// notOpened are characters behind 前 or 后 that take them: 前几天, 前半年, 后来.
var notOpened = map[string]bool{"几": true, "半": true, "来": true, "期": true, "台": true, "端": true, "后": true, "列": true}

// rangeWords stand between the two ends of a range.
var rangeWords = phrases(map[string]bool{
	"到": true, "至": true, "-": true, "~": true, "到了": true, "直到": true, "起到": true, "起至": true, "开始到": true, "开始至": true, "截至": true, "截止": true,
	"截至到": true, "截止到": true, "--": true, "→": true, "一直到": true, "开始一直到": true, "and": true,
})

// rangeEnds may close a range.
var rangeEnds = phrases(map[string]bool{"为止": true, "止": true, "期间": true, "之间": true, "间": true, "这段时间": true, "这段时间内": true, "这段期间": true})

// ranges emits the ranges that start with a date: 3月5日到4月2日.
func (r *reader) ranges(at int, a said.Date) {
	for _, hit := range rangeWords.At(r.t, at) {
		if hit.End == at+1 && r.t.At(at).Norm == "and" {
			continue
		}
		for _, b := range r.dates(hit.End) {
			r.ranged(a, b, false)
		}
		if n := len(a.Steps); n > 0 && a.Steps[n-1].Of == semantic.Week {
			for _, s := range r.weekdayNumeral(hit.End) {
				r.ranged(a, said.Hit{End: s.end, Date: said.Alone(s.step)}, false)
			}
		}
	}
	if norm := r.t.At(at).Norm; norm == "和" || norm == "与" {
		for _, b := range r.dates(at + 1) {
			r.ranged(a, b, true)
		}
	}
}

// ranged emits one range; closed wants a 之间 behind it.
func (r *reader) ranged(a said.Date, b said.Hit, closed bool) {
	p, guessed, ok := said.Range(a, b.Date, r.m)
	if !ok {
		return
	}
	if !closed {
		weekdays := a.Base == nil && a.Steps[0].Of == semantic.Week
		r.period(b.End, p, guessed, weekdays)
	}
	for _, hit := range rangeEnds.At(r.t, b.End) {
		r.period(hit.End, p, guessed, false)
	}
}

// sameDay emits 去年今天, 上月今日, 去年本月: now, moved.
func (r *reader) sameDay(at int, d said.Date) {
	back, ok := d.Base.(semantic.Relative)
	if !ok || len(d.Steps) > 0 || back.From != back.To || back.From >= 0 {
		return
	}
	for _, at := range r.glued(at) {
		for _, hit := range bases.At(r.t, at) {
			rel, ok := hit.Value.Base.(semantic.Relative)
			if ok && rel.Unit < back.Unit && rel.From <= 0 && rel.From > -3 {
				r.period(hit.End, semantic.Shifted{Of: rel, Unit: back.Unit, N: back.From}, false, false)
			}
		}
	}
}

var sameWords = phrases(map[string]bool{"同期": true, "的同期": true, "同时期": true, "同一时期": true, "的同一时期": true, "同月": true, "同日": true, "同一天": true, "的同一天": true, "同周": true, "同季": true, "同季度": true, "同时段": true, "同样时间": true, "这个时候": true, "的这个时候": true, "此时": true, "同一个月": true})

// samePeriod emits 去年同期: the same period, a year back.
func (r *reader) samePeriod(at int, d said.Date) {
	against, ok := ago(d)
	if !ok {
		return
	}
	against.Same = true
	for _, hit := range sameWords.At(r.t, at) {
		r.emit(hit.End, against, false)
	}
}

// ago makes a relative unit in the past a comparison: 去年 is one year ago.
// Period keeps what was said, for a question that names a period of that unit
// itself (去年比前年).
func ago(d said.Date) (nlq.Against, bool) {
	rel, ok := d.Base.(semantic.Relative)
	if !ok || len(d.Steps) > 0 || rel.From != rel.To || rel.From >= 0 {
		return nlq.Against{}, false
	}
	return nlq.Against{How: semantic.Ago, Unit: rel.Unit, N: -rel.From, Period: rel}, true
}

// listWords stand between dates of one list; the second borrows what the first
// says above it: 去年3月和5月.
var listWords = map[string]bool{"、": true, "和": true, "与": true, "及": true, "或": true, ",": true, "比": true, "较": true, "跟": true, "同": true, "vs": true}

// lent gives a date without a base the base of the date before it in a list.
func (r *reader) lent(at int, d said.Date) (said.Date, bool) {
	if d.Base != nil || at < 2 || !listWords[r.t.At(at-1).Norm] {
		return d, false
	}
	before, ok := r.listedBefore(at-1, 4)
	if !ok {
		return d, false
	}
	return d.Under(before, r.m)
}

// lentBehind gives a year the month of the year listed behind it: 去年和今年10月.
func (r *reader) lentBehind(end int, d said.Date) (said.Date, bool) {
	if d.Base == nil || len(d.Steps) > 0 || !sharingWords[r.t.At(end).Norm] {
		return d, false
	}
	best, found := 0, false
	for _, h := range r.dates(end + 1) {
		if h.Date.Base != nil && h.Date.Unit == d.Unit && len(h.Date.Steps) > 0 && h.End > best {
			best, found = h.End, true
			d.Steps = h.Date.Steps
		}
	}
	return d, found
}

// sharingWords stand between years that share what is said of the last.
var sharingWords = map[string]bool{"、": true, "和": true, "与": true, "及": true, "跟": true}

// listedBefore returns the date that ends at a token, with what it borrows.
func (r *reader) listedBefore(end, depth int) (said.Date, bool) {
	for start := max(end-12, 0); start < end; start++ {
		for _, h := range r.dates(start) {
			if h.End != end {
				continue
			}
			if h.Date.Base != nil {
				return h.Date, true
			}
			if depth > 0 && start > 1 && listWords[r.t.At(start-1).Norm] {
				if before, ok := r.listedBefore(start-1, depth-1); ok {
					return h.Date.Under(before, r.m)
				}
			}
			return said.Date{}, false
		}
	}
	return said.Date{}, false
}
