package en

import (
	"slices"
	"testing"
)

func TestKnown(t *testing.T) {
	if words := commonWords(); !slices.IsSorted(words) || len(words) < 20000 {
		t.Errorf("%d words, sorted: %v", len(words), slices.IsSorted(words))
	}
	for _, word := range []string{"planet", "planets", "religion", "speed", "colour", "shipped", "categories"} {
		if !Known(word) {
			t.Errorf("%s is not known", word)
		}
	}
	for _, word := range []string{"revnue", "ordres", "custmers", "guangdong", "qwerty"} {
		if Known(word) {
			t.Errorf("%s is known", word)
		}
	}
}

func TestBasesOfShortWords(t *testing.T) {
	for word, base := range map[string]string{"pos": "po", "skus": "sku", "kpis": "kpi", "ids": "id"} {
		if !slices.Contains(Bases(word), base) {
			t.Errorf("%s: %v, want %s", word, Bases(word), base)
		}
	}
	for _, word := range []string{"gas", "bus", "plus", "this", "thus", "his", "is", "as", "status", "bonus"} {
		if bases := Bases(word); len(bases) > 0 && bases[0] != "be" {
			t.Errorf("%s: %v", word, bases)
		}
	}
}
