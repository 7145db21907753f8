package semantic

import "testing"

// TestYAMLReadsBack writes texts and types and loads them.
func TestYAMLReadsBack(t *testing.T) {
	for _, text := range []string{"", "a", "上海", "yes", "No", "1", "1e3", "a: b", "# x", "- x", `"q"`, `\`, "two words", " lead", "trail ", "a\nb", "{x}", "@x", "é", "null", "~", "on"} {
		for _, said := range []string{YAMLText(text), YAMLWord(text)} {
			trees, err := ParseTrees("x", []byte("k: "+said+"\n"))
			if err != nil || len(trees) != 1 || trees[0].Get("k") == nil && text != "" || text != "" && trees[0].Get("k").Text != text {
				t.Errorf("%q is written %s: %v", text, said, err)
			}
		}
	}
	if got := YAMLText("a\u2028b\x00\ufeff\xff"); got != `"a�b���"` {
		t.Errorf("what no model file holds is written %s", got)
	}
	for _, typ := range []ColumnType{{Kind: Text}, {Kind: Int}, {Kind: Decimal, Scale: 4}, {Kind: Float}, {Kind: Bool}, {Kind: Date}, {Kind: Timestamp},
		{Kind: Timestamp, Zone: "UTC"}, {Kind: Timestamp, Coding: EpochSeconds, Zone: "UTC"}, {Kind: Timestamp, Coding: EpochMillis, Zone: "UTC"},
		{Kind: Date, Coding: YYYYMM}, {Kind: Date, Coding: YYYYMMDD}, {Kind: Date, Coding: YYYY}, {Kind: Date, Coding: CodedText, Layout: "2006/01/02"},
		{Kind: Timestamp, Coding: CodedText, Layout: "2006/01/02 15:04", Zone: "Asia/Tokyo"}} {
		m, err := LoadFiles(map[string][]byte{"m.yaml": []byte("tables: {t: {dimensions: {d: {type: " + YAMLType(typ) + "}}}}\n")})
		if err != nil || m.Tables[0].Dimensions[0].Type != typ {
			t.Errorf("%+v is written %s: %v", typ, YAMLType(typ), err)
		}
	}
}
