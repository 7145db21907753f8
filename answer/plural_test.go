package answer

import "testing"

func TestRegularPlural(t *testing.T) {
	for one, many := range map[string]string{
		"order line": "order lines", "category": "categories", "day": "days", "address": "addresses", "branch": "branches", "tax": "taxes",
		"sales": "sales", "SKU": "SKU", "单": "单", "": "",
	} {
		if got := regularPlural(one); got != many {
			t.Errorf("%q: %q, want %q", one, got, many)
		}
	}
}
