package en

import (
	"slices"

	"wenshu/nlq"
	"wenshu/semantic"
)

// superlatives rank what stands before "with the": the month with the highest ad spend.
var superlatives = []string{
	"highest", "most", "best", "largest", "biggest", "greatest", "strongest", "lowest", "worst", "smallest", "weakest", "fewest", "least", "maximum", "minimum", "top",
}

// rankedUnit emits a unit of time that is itself ranked: month with the highest ad spend,
// days with the fewest orders.
func (r *reader) rankedUnit(at int) {
	for _, hit := range units.At(r.t, at) {
		behind := r.norm(hit.End)
		if behind != "with" && behind != "having" || !slices.Contains(superlatives, r.norm(skip(r.t, hit.End+1, "the", "our"))) || r.t.At(at-1).Class == nlq.Digit {
			continue
		}
		r.emit(hit.End, unit(hit.Value), false)
	}
}

// joinsPeriods are words between a period and another of its kind that leaves out its unit.
var joinsPeriods = []string{"and", "&", "or", "vs", "vs.", "versus", "against", "than", "with", "to"}

// lastAgain emits the last year of "this year and last", whose unit is said before it.
func (r *reader) lastAgain(at int) {
	if r.norm(at) != "last" || at < 3 || !slices.Contains(joinsPeriods, r.norm(at-1)) {
		return
	}
	if behind := r.t.At(at + 1); at+1 < len(r.t.Tokens) && (behind.Class == nlq.Word && !ownsNothing[behind.Norm] || behind.Class == nlq.Digit) {
		return
	}
	for back := 2; back <= 3 && at-back > 0; back++ {
		for _, hit := range units.At(r.t, at-back) {
			if hit.End <= at && hit.End >= at-2 && r.norm(at-back-1) == "this" {
				r.period(at+1, semantic.Relative{Unit: hit.Value, From: -1, To: -1}, false, false)
				return
			}
		}
	}
}

// endsOfEach emits the unit of balances that are taken at its end: at the end of each
// quarter of 2025.
func (r *reader) endsOfEach(at int) {
	start := skip(r.t, skip(r.t, at, "at", "by", "on", "as"), "of")
	start = skip(r.t, start, "the")
	if r.norm(start) != "end" && r.norm(start) != "close" || r.norm(start+1) != "of" || r.norm(start+2) != "each" && r.norm(start+2) != "every" {
		return
	}
	for _, hit := range units.At(r.t, start+3) {
		r.emit(hit.End, unit(hit.Value), false)
	}
}
