package nlq_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"wenshu/nlq"
	"wenshu/nlq/en"
	"wenshu/nlq/zh"
	"wenshu/semantic"
)

// A made-up group of companies that is as large as models get: 100 tables of 50
// dimensions and 10 metrics each, a million members. Every table has columns
// that others have too, so that names meet as they do in real warehouses.
const (
	largeTables     = 100
	largeDimensions = 50
	largeMetrics    = 10
	largeMembers    = 1_000_000
)

// largeWords are what a large model's objects are called: Chinese and English.
type largeWord struct{ zh, en string }

var (
	largeAreas = []largeWord{
		{"零售", "retail"}, {"物流", "logistics"}, {"保险", "insurance"}, {"酒店", "hotel"}, {"能源", "energy"},
		{"医疗", "medical"}, {"教育", "education"}, {"地产", "property"}, {"航运", "shipping"}, {"农业", "farming"},
	}
	largeThings = []largeWord{
		{"合同", "contract"}, {"运单", "waybill"}, {"账单", "invoice"}, {"工单", "ticket"}, {"项目", "project"},
		{"设备", "device"}, {"会员", "member"}, {"供货", "supply"}, {"检验", "inspection"}, {"预约", "booking"},
	}
	largeColumns = []largeWord{
		{"状态", "status"}, {"类别", "category"}, {"等级", "grade"}, {"来源", "source"}, {"负责人", "owner"},
		{"分公司", "branch"}, {"客群", "segment"}, {"渠道", "channel"}, {"原因", "reason"}, {"优先级", "priority"},
	}
	largeQualities = []largeWord{{"主", "main"}, {"备用", "backup"}, {"初始", "initial"}, {"当前", "present"}}
	largeMeasures  = []largeWord{
		{"金额", "amount"}, {"成本", "cost"}, {"数量", "quantity"}, {"毛利", "margin"}, {"重量", "weight"},
		{"时长", "duration"}, {"费用", "fee"}, {"折扣", "discount"}, {"税额", "tax"}, {"罚金", "penalty"},
	}
)

// largeModel is the model of the made-up group.
func largeModel(t testing.TB) *semantic.Model {
	t.Helper()
	files := fstest.MapFS{"model.yaml": {Data: []byte("model: {name: group, label: {zh: 集团, en: group}, warehouse: main}\n")}}
	for i := range largeTables {
		area, thing := largeAreas[i/10], largeThings[i%10]
		files[fmt.Sprintf("t%03d.yaml", i)] = &fstest.MapFile{Data: []byte(largeTable(area, thing))}
	}
	model, err := semantic.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return model
}

func largeTable(area, thing largeWord) string {
	name := area.en + "_" + thing.en
	var b strings.Builder
	fmt.Fprintf(&b, "tables:\n  %s:\n    label: {zh: %s%s, en: %s %s}\n    keys: [[id]]\n    time: opened_on\n    dimensions:\n", name, area.zh, thing.zh, area.en, thing.en)
	fmt.Fprintf(&b, "      id: {label: {zh: %s编号, en: %s id}, type: int}\n", thing.zh, thing.en)
	fmt.Fprintf(&b, "      opened_on: {label: {zh: %s开立日期, en: %s opening date}, type: date}\n", thing.zh, thing.en)
	for n := 2; n < largeDimensions-len(largeMeasures); n++ {
		column, quality := largeColumns[n%len(largeColumns)], largeQualities[n/len(largeColumns)]
		fmt.Fprintf(&b, "      %s_%s: {label: {zh: %s%s%s, en: %s %s %s}}\n", quality.en, column.en, thing.zh, quality.zh, column.zh, thing.en, quality.en, column.en)
	}
	for _, m := range largeMeasures {
		fmt.Fprintf(&b, "      %s: {label: {zh: %s单笔%s, en: single %s %s}, type: decimal(2), sum: sum}\n", m.en, thing.zh, m.zh, thing.en, m.en)
	}
	b.WriteString("metrics:\n")
	for _, m := range largeMeasures {
		fmt.Fprintf(&b, "  %s_%s: {expr: sum(%s.%s), label: {zh: %s%s%s, en: %s %s %s}}\n", name, m.en, name, m.en, area.zh, thing.zh, m.zh, area.en, thing.en, m.en)
	}
	return b.String()
}

// largeEntries are the members of a large model: people, firms, codes, places
// and products, over as many dimensions as there are tables times ten.
func largeEntries(model *semantic.Model) []nlq.Entry {
	var dims []*semantic.Dimension
	for _, t := range model.Tables {
		for _, d := range t.Dimensions {
			if d.Type.Kind == semantic.Text && len(dims) < largeTables*10 {
				dims = append(dims, d)
			}
		}
	}
	entries := make([]nlq.Entry, largeMembers)
	for i := range entries {
		e := nlq.Entry{Dimension: dims[i*7%len(dims)], Value: largeMember(i)}
		if i%10 == 0 {
			e.Aliases = []string{fmt.Sprintf("C%07d", i)}
		}
		if i%20 == 0 {
			e.Tag = "north"
		}
		entries[i] = e
	}
	return entries
}

var (
	largeSurnames = []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜")
	largeGiven    = []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英建国志红玉兰淑珍春梅鹏飞宇浩晨欣怡佳琪子涵梓萱")
	largeCities   = []string{"海宁", "昆山", "义乌", "顺德", "常熟", "晋江", "诸暨", "江阴", "宜兴", "慈溪", "余姚", "石狮"}
	largeTrades   = []string{"商贸", "机电", "纺织", "食品", "建材", "医药", "物流", "科技", "化工", "服饰"}
	largeFirsts   = []string{"north", "silver", "maple", "harbor", "summit", "cedar", "delta", "orchid", "falcon", "granite"}
	largeSeconds  = []string{"trading", "foods", "textiles", "motors", "supplies", "partners", "textile mills", "chemical works", "logistics", "holdings"}
)

// largeMember is the i-th member; all are different.
func largeMember(i int) string {
	pick := func(list []rune, n int) rune { return list[n%len(list)] }
	switch i % 5 {
	case 0: // a person
		return fmt.Sprintf("%c%c%c%d", pick(largeSurnames, i/5), pick(largeGiven, i/160), pick(largeGiven, i/7), i)
	case 1: // a firm
		return fmt.Sprintf("%s%c%c%s有限公司%d", largeCities[i/5%12], pick(largeGiven, i/60), pick(largeGiven, i/3000), largeTrades[i/11%10], i)
	case 2: // a code
		return fmt.Sprintf("%c%c-%06d", 'A'+rune(i/5%26), 'A'+rune(i/130%26), i)
	case 3: // a firm abroad
		return fmt.Sprintf("%s %s %d", largeFirsts[i/5%10], largeSeconds[i/50%10], i)
	}
	return fmt.Sprintf("%s%c%c%c号店", largeCities[i/5%12], pick(largeGiven, i/60), pick(largeGiven, i/3000), 0x4e00+rune(i/5%20000))
}

// largeConfig is a reader's configuration over the made-up group without its
// index.
func largeConfig(t testing.TB) nlq.Config {
	t.Helper()
	grammar, err := nlq.NewGrammar(zh.Language(), en.Language())
	if err != nil {
		t.Fatal(err)
	}
	return nlq.Config{
		Model: largeModel(t), Grammar: grammar, Bind: semantic.Bind,
		Sees: func(v semantic.Viewer, tag string) bool { return tag == "" },
	}
}

// largeQuestions are questions of about 60 characters, and as many of 1,000: in
// Chinese, English and both, about members of the table that is asked about,
// with slips and with words that mean nothing here.
func largeQuestions(entries []nlq.Entry) (short, long []string) {
	for i := range 200 {
		e, other := entries[i*4999], entries[i*4999+len(largeDims(entries))]
		t := e.Dimension.Table
		measure := largeMeasures[i/7%10]
		zh, en := t.Names.Label.ZH+measure.zh, t.Names.Label.EN+" "+measure.en
		column := t.Dimensions[2+i%30].Names.Label
		var q string
		switch i % 8 {
		case 0:
			q = fmt.Sprintf("请问一下2026年上半年%s按%s和月份看的%s前10名分别是多少", e.Value, column.ZH, zh)
		case 1:
			q = fmt.Sprintf("%s by %s last month for %s", en, column.EN, e.Value)
		case 2:
			q = fmt.Sprintf("最近12个月%s的%s各月变化趋势，以及占全部的比例", e.Value, zh)
		case 3:
			q = fmt.Sprintf("top 10 %s by %s this year versus last year", column.EN, en)
		case 4:
			q = fmt.Sprintf("上个季度各%s的%s超过三千万的有哪些，按从高到低排列", column.ZH, zh)
		case 5:
			q = fmt.Sprintf("mothly %s since January excluding %s", en, e.Value)
		case 6:
			q = fmt.Sprintf("%s和%s今年的%s对比，顺便看看客服满意情绪指数", e.Value, other.Value, zh)
		case 7:
			q = fmt.Sprintf("上个月 %s 同比 by %s where owner is somebody unheard", en, column.ZH)
		}
		short = append(short, cutTo(q, 60))
		long = append(long, cutTo(strings.Repeat(q+"，", 30), nlq.MaxRunes))
	}
	return short, long
}

// largeDims are the dimensions that entries belong to.
func largeDims(entries []nlq.Entry) map[*semantic.Dimension]bool {
	dims := map[*semantic.Dimension]bool{}
	for _, e := range entries {
		dims[e.Dimension] = true
	}
	return dims
}

func cutTo(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n])
	}
	return s
}
