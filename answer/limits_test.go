package answer

import (
	"testing"

	"wenshu/semantic"
)

// TestNoticesSayTheViewersOwnValues names what a rule leaves the viewer where that
// is a short list, and tables alone where it is not.
func TestNoticesSayTheViewersOwnValues(t *testing.T) {
	region := &semantic.Dimension{Name: "region", Type: semantic.ColumnType{Kind: semantic.Text}, Values: []semantic.Member{
		{Value: semantic.TextValue("华东"), Names: semantic.Names{Label: semantic.Label{ZH: "华东", EN: "East China"}}},
	}}
	orders := &semantic.Table{Name: "orders", Names: semantic.Names{Label: semantic.Label{ZH: "订单", EN: "order"}}, Dimensions: []*semantic.Dimension{region}}
	goods := &semantic.Table{Name: "goods", Names: semantic.Names{Label: semantic.Label{ZH: "商品", EN: "product"}}, Dimensions: []*semantic.Dimension{region}}
	m := &semantic.Model{Tables: []*semantic.Table{orders, goods}}
	listed := &semantic.Rule{Table: orders, Where: expression(t, "region in {viewer.region}")}
	other := &semantic.Rule{Table: goods, Where: expression(t, "region is null or region in {viewer.region}")}
	p := &semantic.Plan{Model: m, Guards: []semantic.Guard{{Table: "orders", Rule: listed}, {Table: "goods", Rule: other}}}
	for _, c := range []struct {
		w       *words
		regions []string
		want    string
	}{
		{chineseWords, []string{"华东"}, "华东的订单和您可以看到的商品"},
		{traditionalWords(), []string{"华东"}, "华东的訂單和您可以看到的商品"},
		{englishWords, []string{"华东"}, "the order records of East China and the product records that you may see"},
		{chineseWords, []string{"华东", "华南"}, "华东和华南的订单和您可以看到的商品"},
		{chineseWords, []string{"一", "二", "三", "四"}, "您可以看到的订单和商品"},
	} {
		b := &book{w: c.w, model: m}
		if got := b.guarded(p, semantic.Viewer{Attrs: map[string][]string{"region": c.regions}}); got != c.want {
			t.Errorf("%s %v: got %q, want %q", c.w.lang, c.regions, got, c.want)
		}
	}
}

func expression(t *testing.T, text string) semantic.Expr {
	t.Helper()
	x, err := semantic.ParseExpr(text)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
