package answer_test

import (
	"testing"

	"wenshu/answer"
	"wenshu/semantic"
)

// TestTimesAreSaidAsTimes holds that moments are earliest and latest, not lowest, and that
// seconds divided into a unit are said in that unit.
func TestTimesAreSaidAsTimes(t *testing.T) {
	s := open(t, nil)
	for line, want := range map[string][2]string{
		"min(opened_at)": {"earliest opening time", "最早建单时间"},
		"max(opened_at)": {"latest opening time", "最晚建单时间"},
		"avg(seconds_between(opened_at, closed_at) / 3600)": {"average hours between opening time and closing time", "平均建单时间和关单时间相隔小时数"},
		"max(seconds_between(opened_at, closed_at) / 60)":   {"longest minutes between opening time and closing time", "最长建单时间和关单时间相隔分钟数"},
	} {
		for i, lang := range []string{"en", "zh"} {
			a := ask(t, s, answer.Request{Line: line, Viewer: semantic.Viewer{ID: "fay", Roles: []string{"finance"}}, Lang: lang})
			if a.Kind != answer.Result || len(a.Table.Columns) != 1 {
				t.Errorf("%s: %+v", line, a.Problems)
				continue
			}
			if got := a.Table.Columns[0].Label; got != want[i] {
				t.Errorf("%s: said as %q, want %q", line, got, want[i])
			}
		}
	}
}
