package nlq_test

import (
	"encoding/binary"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"testing"

	"wenshu/nlq"
	"wenshu/semantic"
)

// TestIndexEach lists what was entered, in order, without what is no member.
func TestIndexEach(t *testing.T) {
	d := &semantic.Dimension{Name: "product", Table: &semantic.Table{Name: "sales"}}
	x := nlq.NewIndex([]nlq.Entry{{Dimension: d, Value: "龙井", Aliases: []string{"Longjing"}}, {Dimension: d, Value: " "}, {Dimension: d, Value: "b", Tag: "east"}})
	var got []string
	x.And(nlq.NewIndex([]nlq.Entry{{Dimension: d, Value: "a"}})).Each(func(e nlq.Entry) { got = append(got, e.Dimension.Name+" "+e.Value+" "+e.Tag) })
	if want := []string{"product 龙井 ", "product b east", "product a "}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestIndexIsOpenedAgain reads the same over an index that was written, over one
// in two parts, and whatever order its entries came in.
func TestIndexIsOpenedAgain(t *testing.T) {
	config := fixture(t, "demo")
	entries := demoMembers(t, config.Model)
	backwards := slices.Clone(entries)
	slices.Reverse(backwards)
	written, err := nlq.NewIndex(entries).AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := nlq.OpenIndex(written, config.Model)
	if err != nil {
		t.Fatal(err)
	}
	whole := nlq.NewIndex(entries)
	questions := append(slices.Clone(benchQuestions), "上海上个月的销售额", "苏州和杭洲上月订单数", "郑州二七店 revenue in June", "revnue of 上海徐汇店")
	config.Index = whole
	reader := nlq.New(config)
	var want []string
	for _, q := range questions {
		want = append(want, outcome(reader.Read(nlq.Question{Text: q, Now: now, Viewer: viewer})))
	}
	for name, index := range map[string]*nlq.Index{
		"opened": opened, "backwards": nlq.NewIndex(backwards),
		"in parts": nlq.NewIndex(entries[len(entries)/2:]).And(nlq.NewIndex(entries[:len(entries)/2])),
	} {
		if index.Len() != whole.Len() {
			t.Errorf("%s: %d members, want %d", name, index.Len(), whole.Len())
		}
		config.Index = index
		reader := nlq.New(config)
		for i, q := range questions {
			if got := outcome(reader.Read(nlq.Question{Text: q, Now: now, Viewer: viewer})); got != want[i] {
				t.Errorf("%s: %s: %s, want %s", name, q, got, want[i])
			}
		}
	}
}

// TestTornIndex opens indexes in which bytes are wrong, with a checksum that says
// otherwise: they are refused, or what is read over them is no panic.
func TestTornIndex(t *testing.T) {
	config := fixture(t, "demo")
	written, err := nlq.NewIndex(demoMembers(t, config.Model)[:200]).AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 15, 16, 24, len(written) / 2, len(written) - 1} {
		if _, err := nlq.OpenIndex(written[:n], config.Model); err == nil {
			t.Errorf("%d of %d bytes are taken for an index", n, len(written))
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		torn := slices.Clone(written)
		torn[16+r.IntN(len(torn)-20)] ^= byte(1 + r.IntN(255))
		if _, err := nlq.OpenIndex(torn, config.Model); err == nil {
			t.Fatal("a wrong byte was not seen")
		}
		body := torn[:len(torn)-4]
		binary.LittleEndian.PutUint32(torn[len(body):], crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli)))
		index, err := nlq.OpenIndex(torn, config.Model)
		if err != nil {
			continue
		}
		config.Index = index
		nlq.New(config).Read(nlq.Question{Text: "上海和苏州上个月各门店的销售额 for Hangzhuo", Now: now, Viewer: viewer})
	}
	other := fixture(t, "concert")
	if _, err := nlq.OpenIndex(written, other.Model); err == nil {
		t.Error("an index of another model was opened")
	}
}
