package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// addOns are words of numbers that come on top of another one of the same rows.
var addOns = map[string]bool{
	"tax": true, "taxes": true, "vat": true, "gst": true, "duty": true, "duties": true, "shipping": true, "freight": true, "postage": true, "handling": true, "delivery": true, "packaging": true,
	"tip": true, "tips": true, "gratuity": true, "fee": true, "fees": true, "surcharge": true, "surcharges": true, "charge": true, "charges": true, "cost": true, "costs": true,
	"bonus": true, "bonuses": true, "commission": true, "allowance": true, "allowances": true, "overtime": true, "interest": true, "insurance": true, "deposit": true,
}

// topping are the words before what comes on top.
var topping = map[string]bool{"including": true, "incl": true, "plus": true}

// joinAddOns reads "amount including tax" as the two together, where they are numbers of
// the same rows in one unit and the second comes on top of the first.
func (s *sentence) joinAddOns() {
	for i := 1; i+1 < len(s.nodes); i++ {
		if !is[Linker](s, i) || !topping[strings.TrimSuffix(s.text.At(s.nodes[i].end-1).Norm, ".")] {
			continue
		}
		base, ok := as[measure](s.nodes[i-1])
		if amount, named := s.thingAt(i - 1); named && amount.dim != nil && amount.dim.Sum == "sum" && amount.marks&^markListed == 0 && s.splits() {
			base, ok = measure{dim: amount.dim, via: amount.via, agg: "sum"}, true
		}
		if t, named := s.thingAt(i + 1); ok && named && t.dim != nil && t.marks&^markListed == 0 {
			s.addOn(i, base, measure{dim: t.dim, via: t.via, agg: base.agg})
		} else if m, summed := as[measure](s.nodes[i+1]); ok && summed {
			s.addOn(i, base, m)
		}
	}
}

// splits reports whether results are split by something, and no rows are listed.
func (s *sentence) splits() bool {
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		t, named := n.means.(thing)
		_, timed := n.means.(Grained)
		return timed || named && t.has(markBy|markEach)
	}) && !slices.ContainsFunc(s.nodes, func(n node) bool { _, lists := n.means.(Listing); return lists })
}

// addOn joins what stands around node i into a sum, where top comes on top of base.
func (s *sentence) addOn(i int, base, top measure) {
	d := top.dim
	if d == nil || d.Sum != "sum" || !isMeasurable(d) || base.home() != d.Table || base.dim == d || len(base.over)+len(base.per)+len(top.per) > 0 {
		return
	}
	switch {
	case base.dim != nil && base.agg == top.agg:
		if base.dim.Unit != d.Unit {
			return
		}
	case base.metric != nil && base.agg == "" && (top.agg == "" || top.agg == "sum"):
		if call, _, ok := s.r.plainCall(base.metric); !ok || call.Func != "sum" || base.metric.Unit != "" && base.metric.Unit != d.Unit {
			return
		}
	default:
		return
	}
	words := strings.Fields(d.Names.Label.EN)
	if len(words) == 0 || !addOns[words[len(words)-1]] {
		return
	}
	if top.agg == "" {
		top.agg = "sum"
	}
	s.join(i-1, i+1, measure{over: []measure{base, top}, op: semantic.Add})
}
