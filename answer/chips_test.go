package answer_test

import (
	"slices"
	"strings"
	"testing"

	"wenshu/answer"
	"wenshu/semantic"
)

// TestEverythingOfferedBinds walks what answers offer to click: chips without
// their part, presets, assumptions, follow-ups. Each must be answered.
func TestEverythingOfferedBinds(t *testing.T) {
	s := open(t, nil)
	lines := []string{
		"revenue", "revenue, orders by region, channel where city_tier = \"一线\" having revenue > 1000 during month(-1) vs year_ago show growth sort -revenue limit 3 per region",
		"revenue by time:month during year(0) show running", "orders by channel during month(-1) show share, rank sort -orders limit 2", "list order_no, payable_amount from orders where payable_amount >= 2000 during month(-1) sort -payable_amount limit 3",
		"revenue by province where region = \"华东\" during 2025 vs prior, 2024", "gross_margin by category during 2025-Q1 totals",
	}
	offered := 0
	for _, line := range lines {
		a := ask(t, s, answer.Request{Line: line, Viewer: semantic.Viewer{ID: "fay", Roles: []string{"finance"}}, Lang: "zh"})
		if a.Kind != answer.Result {
			t.Errorf("%s: %+v", line, a.Problems)
			continue
		}
		for _, c := range a.Chips {
			if c.Text == "" || c.Label == "" {
				t.Errorf("%s: a chip without words: %+v", line, c)
			}
			if c.Clause != "" && !strings.Contains(line, c.Clause) && c.Kind != answer.PeriodChip {
				t.Errorf("%s: the chip %q is not in the line", line, c.Clause)
			}
			offers := c.Options
			if c.Remove != "" {
				offers = append(slices.Clone(offers), answer.Choice{Text: "without " + c.Clause, Query: c.Remove})
			}
			offered += follow(t, s, line, offers)
		}
		for _, as := range a.Assumptions {
			offered += follow(t, s, line, as.Others)
		}
		offered += follow(t, s, line, a.FollowUps)
	}
	if offered < 60 {
		t.Errorf("only %d offers", offered)
	}
}

// TestBindableIsWhatIsAnswered holds what is said of lines to what comes of them.
func TestBindableIsWhatIsAnswered(t *testing.T) {
	s := open(t, nil)
	fay := semantic.Viewer{ID: "fay", Roles: []string{"finance"}}
	lines := []string{"revenue by", "revenue by nothing", "list order_no from orders during month(-1) limit 1", "stock by region, channel during month(-1)", strings.Repeat("x", answer.MaxQuestion+1)}
	for i, m := range s.Catalog(t.Context(), fay, "en").Metrics {
		if i%6 == 0 || m.Name == "gross_margin" {
			lines = append(lines, m.Name+" by region during month(-1)")
		}
	}
	said := map[bool]int{}
	for _, v := range []semantic.Viewer{office, fay} {
		may, err := s.Bindable(t.Context(), v, lines)
		if err != nil || len(may) != len(lines) {
			t.Fatal(len(may), err)
		}
		for i, line := range lines {
			a := ask(t, s, answer.Request{Line: line, Viewer: v})
			if (a.Kind == answer.Result) != may[i] {
				t.Errorf("%s may ask %q: %v, and gets %s %+v", v.ID, line, may[i], a.Kind, a.Problems)
			}
			said[may[i]]++
		}
	}
	if said[true] < 10 || said[false] < 8 {
		t.Errorf("%v", said)
	}
	if _, err := s.Bindable(t.Context(), fay, make([]string, answer.MaxOffers+1)); err == nil {
		t.Error("no limit")
	}
}

// follow asks each offer.
func follow(t *testing.T, s *answer.Service, line string, offers []answer.Choice) int {
	t.Helper()
	for _, c := range offers {
		a := ask(t, s, answer.Request{Line: c.Query, Viewer: semantic.Viewer{ID: "fay", Roles: []string{"finance"}}})
		if a.Kind != answer.Result || c.Text == "" {
			t.Errorf("%s offers %q, %s: %+v", line, c.Text, c.Query, a.Problems)
		}
	}
	return len(offers)
}
