package nlq

import (
	"slices"
	"strings"
	"time"

	"wenshu/semantic"
)

// anniversaries reads 本月过生日的会员: a month without a year, asked of birthdays, is that
// month of every year. Of other periods without a year there is no such test, and
// nobody was born in them.
func (b *builder) anniversaries() {
	d := b.d.on
	if d == nil || !isBirth(d) || len(b.d.periods) != 1 || !b.s.saysBirthday() {
		return
	}
	month, fits := time.Month(0), false
	switch p := b.d.periods[0].(type) {
	case semantic.Relative:
		at := b.s.moment.Now
		first := time.Date(at.Year(), at.Month()+time.Month(p.From), 1, 0, 0, 0, 0, time.UTC)
		month, fits = first.Month(), p.Unit == semantic.Month && p.From == p.To
		if p.Unit == semantic.Year {
			return
		}
	case semantic.Absolute:
		if strings.Contains(b.s.text.Typed, "年") || !b.s.monthAlone(p) {
			return
		}
		month, fits = time.Month(p.N), true
	default:
		return
	}
	if !fits {
		b.d.idle = true
		b.s.charge("a birthday in days of one year", costIdle, node{})
		return
	}
	name := b.r.nameOf(d, "")
	b.d.periods, b.d.on = nil, nil
	part := semantic.Grained{Of: name, Grain: semantic.Grain{Cyclic: semantic.MonthOfYear}}
	b.conds = append(b.conds, condition{fixed: semantic.Binary{Op: semantic.Eq, L: part, R: intLit(int(month))}})
}

// saysBirthday reports whether a question speaks of birthdays and not of the day of
// birth.
func (s *sentence) saysBirthday() bool {
	typed := strings.ToLower(s.text.Typed)
	return strings.Contains(typed, "生日") || strings.Contains(typed, "birthday")
}

// monthAlone reports whether a period is a month whose year was not said.
func (s *sentence) monthAlone(p semantic.Absolute) bool {
	if p.Unit != semantic.Month {
		return false
	}
	for at := range s.text.Tokens {
		if norm := s.text.At(at).Norm; len(norm) == 4 && s.text.At(at).Class == Digit {
			return false
		}
	}
	return true
}

// comingDue turns a time until something expires that is read as one that has passed:
// 三个月内到期 is from today on.
func (b *builder) comingDue() {
	d := b.d.on
	typed := strings.ToLower(b.s.text.Typed)
	if d == nil || !strings.Contains(typed, "内") && !strings.Contains(typed, "within") && !strings.Contains(typed, "in ") {
		return
	}
	if slices.ContainsFunc([]string{"近", "过去", "last", "past", "recent", "previous"}, func(w string) bool { return strings.Contains(typed, w) }) {
		return
	}
	expires := false
	for _, name := range append([]string{d.Names.Label.ZH, d.Names.Label.EN}, d.Names.Synonyms...) {
		for _, word := range []string{"到期", "过期", "失效", "有效期", "截止", "expir", "due date"} {
			expires = expires || strings.Contains(name, word)
		}
	}
	for i, p := range b.d.periods {
		if past, ok := p.(semantic.Relative); ok && expires && past.From < past.To && past.To <= 0 {
			today := semantic.Relative{Unit: semantic.Day}
			b.d.periods[i] = semantic.FromTo{From: today, To: semantic.Shifted{Of: today, Unit: past.Unit, N: past.To - past.From + 1}}
		}
	}
}
