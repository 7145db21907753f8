package draft

import (
	"slices"
	"testing"
)

func TestBesideChineseNames(t *testing.T) {
	for _, c := range []struct{ note, name, unit, zh, said string }{
		{"万千瓦时", "计划电量", "", "", "万千瓦时"},
		{"是/否", "是否关键", "", "", ""},
		{"1-运行 2-检修 3-备用", "状态", "", "", ""},
		{"空=未开工", "实际开始", "", "", ""},
		{"1-柜台 2-小程序 3-外卖", "channel", "", "", ""},
		{"赔付日期 空=未结案", "paid_dt", "", "赔付日期", ""},
		{"车型", "veh_type", "", "车型", ""},
		{"所属班长，班长本人为空", "班长工号", "", "", ""},
	} {
		note, said := readComment(c.note).beside(c.name, c.unit)
		if note.zh != c.zh || said != c.said {
			t.Errorf("%s beside %s: %q, unit %q; want %q, %q", c.note, c.name, note.zh, said, c.zh, c.said)
		}
	}
}

func TestNullWords(t *testing.T) {
	for note, want := range map[string]string{
		"离职日期 空=在职":        "在职",
		"会员，空为散客":          "散客",
		"结束时间 空=充电中":       "正在充",
		"接单人，未派单为空":        "未派单",
		"实际回款日，空=未回款":      "还没回款",
		"消缺日期 空=尚未消除":      "没有消除",
		"父类，空为顶层":          "",
		"实缴日期，未缴为空":        "",
		"班长，班长本人为空":        "",
		"提出日期":             "",
		"期望日期，不能为空时填写计划日期": "",
	} {
		c := &column{table: &table{rows: 10}, nulls: 3, role: moment, note: readComment(note)}
		got := c.nullWords()
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%s: %v, want %q", note, got, want)
		}
	}
}
