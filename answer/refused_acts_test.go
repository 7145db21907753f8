package answer

import (
	"testing"
	"time"

	"wenshu/semantic"
)

func TestTellsToAct(t *testing.T) {
	for said, want := range map[string]bool{
		"please book meeting room 3":  true,
		"share price of a competitor": false,
		"email open rate":             false,
		"book value of stock":         false,
		"这张发票直接作废吧":                   true,
		"作废的发票有多少张":                   false,
		"帮我取消昨天的订单":                   true,
		"取消订单的原因":                     false,
		"设备报修，机器卡住了":                  true,
		"上个月报修次数":                     false,
	} {
		if got := tellsToAct(wordingOf(said)); got != want {
			t.Errorf("%s tells to act: %v, want %v", said, got, want)
		}
	}
}

func TestStray(t *testing.T) {
	for said, want := range map[string]bool{
		"my cat just walked over the keyboard ffffgggg": true,
		"苹果手机怎么恢复出厂设置":                                  true,
		"刚才那个会开得我头都大了":                                  true,
		"courier companies and damaged parcels":         false,
		"老板会给我们发年终奖吗":                                   false,
		"仪器校准到期":                                        false,
	} {
		if got := newNaming(said, nil).stray(); got != want {
			t.Errorf("%s is stray: %v, want %v", said, got, want)
		}
	}
}

func TestTellsNumbers(t *testing.T) {
	null, n := semantic.Value{}, semantic.IntValue
	keyed := &semantic.Plan{Keys: make([]semantic.Key, 1), Columns: []semantic.OutColumn{{Key: 0, Role: semantic.GroupColumn}, {Key: -1, Role: semantic.ValueColumn}}}
	for _, c := range []struct {
		name string
		rows [][]semantic.Value
		want bool
	}{
		{"no rows", nil, false},
		{"one empty group", [][]semantic.Value{{null, n(61)}}, false},
		{"a group", [][]semantic.Value{{n(7), n(61)}, {null, n(2)}}, true},
		{"nothing but zero", [][]semantic.Value{{n(7), n(0)}, {n(8), null}}, false},
		{"each is one", [][]semantic.Value{{n(7), n(1)}, {n(8), n(1)}}, false},
	} {
		if got := tellsNumbers(&result{plan: keyed, rows: c.rows}); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestPeriodWithoutWord has a period that no word is known for by its days.
func TestPeriodWithoutWord(t *testing.T) {
	q, err := semantic.ParseQuery("x during week(-1).day(6..7)")
	if err != nil {
		t.Fatal(err)
	}
	b := &book{w: englishWords, model: &semantic.Model{}, now: time.Date(2026, 7, 15, 10, 0, 0, 0, time.UTC)}
	if got, want := b.periods(q.During), "Jul 11 – Jul 12, 2026"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
