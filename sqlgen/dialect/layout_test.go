package dialect

import "testing"

func TestLayouts(t *testing.T) {
	for _, c := range []struct {
		layout       string
		legal, sorts bool
	}{
		{"2006-01-02", true, true},
		{"2006-01-02 15:04:05", true, true},
		{"2006-01-02T15:04", true, true},
		{"2006年01月02日", true, true},
		{"20060102", true, true},
		{"200601", true, true},
		{"2006", true, true},
		{"02/01/2006", true, false},
		{"01-2006", true, false},
		{"2006-02-01", true, false},
		{"2006 15:04", true, false}, // hours without a day do not sort
		{"01-02", false, false},
		{"2006-Jan-02", false, false},
		{"2006-1-2", false, false},
		{"2006-01-02 2006", false, true},
		{"2006-01-02 03:04 PM", false, false},
		{"", false, false},
	} {
		if got := LegalLayout(c.layout); got != c.legal {
			t.Errorf("LegalLayout(%q) = %v", c.layout, got)
		}
		if got := SortsAsTime(c.layout); c.legal && got != c.sorts {
			t.Errorf("SortsAsTime(%q) = %v", c.layout, got)
		}
	}
}

// TestNamed finds every dialect under its own name, once.
func TestNamed(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range All() {
		name := d.Syntax().Name
		if seen[name] {
			t.Errorf("two dialects are called %s", name)
		}
		seen[name] = true
		if found, err := Named(name); err != nil || found != d {
			t.Errorf("Named(%s): %v", name, err)
		}
	}
	if _, err := Named("oracle"); err == nil {
		t.Error("found a dialect that is not there")
	}
}
