package en

import (
	"os"
	"testing"
	"time"

	"wenshu/nlq"
	"wenshu/nlq/corpus"
	"wenshu/semantic"
)

func TestTimes(t *testing.T) { check(t, "times.corpus", corpus.Times(Language())) }

func TestNumbers(t *testing.T) { check(t, "numbers.corpus", corpus.Numbers(Language())) }

func check(t *testing.T, file string, readings func(*nlq.Text, *nlq.Moment) []corpus.Found) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := corpus.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if wrong := corpus.Check(c, readings, calendar); wrong != "" {
			t.Errorf("%s: %s", file, wrong)
		}
	}
}

func day(year, month, d int) time.Time {
	return time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
}

// calendar is a calendar with two festivals and a fiscal year from April that is
// named by the year it begins in.
var calendar = &semantic.Calendar{
	FiscalStart: 4,
	Festivals: []semantic.FestivalOf{
		{Name: "spring", Names: semantic.Names{Label: semantic.Label{ZH: "春节", EN: "Spring Festival"}}, Dates: []semantic.FestivalDates{
			{Year: 2025, Start: day(2025, 1, 28), End: day(2025, 2, 5)}, {Year: 2026, Start: day(2026, 2, 16), End: day(2026, 2, 24)},
		}},
		{Name: "double11", Names: semantic.Names{Label: semantic.Label{ZH: "双11", EN: "Double 11"}}, Dates: []semantic.FestivalDates{
			{Year: 2024, Start: day(2024, 11, 1), End: day(2024, 11, 12)}, {Year: 2025, Start: day(2025, 11, 1), End: day(2025, 11, 12)}, {Year: 2026, Start: day(2026, 11, 1), End: day(2026, 11, 12)},
		}},
		{Name: "opening", Names: semantic.Names{Label: semantic.Label{ZH: "周年庆", EN: "Anniversary"}, Synonyms: []string{"店庆"}}, Dates: []semantic.FestivalDates{
			{Year: 2026, Start: day(2026, 6, 1), End: day(2026, 6, 8)},
		}},
	},
}
