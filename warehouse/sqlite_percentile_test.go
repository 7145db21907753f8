package warehouse

import "testing"

// TestDiscretePercentile holds percentile_disc to the standard's definition:
// of n values in order, the one at the place p × n rounded up.
func TestDiscretePercentile(t *testing.T) {
	s := open(t, makeDB(t, "CREATE TABLE x (v); INSERT INTO x VALUES (100), (50), (200), (75), (30), (20), (NULL)"), Options{})
	for text, want := range map[string]string{
		"SELECT percentile_disc(v, 0.9), percentile_disc(v, 0.5) FROM x":               "200 50",
		"SELECT percentile_disc(v, 0), percentile_disc(v, 1) FROM x":                   "20 200",
		"SELECT percentile_disc(v, 0.8333), percentile_disc(v, 0.8334) FROM x":         "100 200",
		"SELECT percentile_disc(v, 0.5), count(*) FROM x WHERE v > 1000":               "<nil> 0",
		"SELECT percentile_disc(v, 0.5), percentile_disc(v, 0.51) FROM x WHERE v < 40": "20 30",
	} {
		if got, err := ask(t.Context(), s, 2, text); got != want || err != nil {
			t.Errorf("%s: %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"SELECT percentile_disc(v, 2) FROM x", "SELECT percentile_disc(v, v / 1000.0) FROM x", "SELECT percentile_disc('a', 0.5) FROM x"} {
		if got, err := ask(t.Context(), s, 1, text); err == nil {
			t.Errorf("%s: %q", text, got)
		}
	}
}
