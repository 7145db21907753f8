package en

import (
	"strings"

	"wenshu/nlq"
)

// bandRules are the bands of what each has, of two to five of them.
func bandRules() []nlq.Rule {
	const open = "(over {n}|above {n}|more than {n}|{n} and above|{n} and over|{n} or more|{n}+)"
	var each, ranges, under []string
	for n := 1; n <= 4; n++ {
		for _, last := range []string{", ", ", and ", ", or ", " and ", " or "} {
			each = append(each, strings.Repeat(", {n}", n)[2:]+last+"{n}(+| or more| and more| and above)")
			for _, to := range []string{" - ", " to "} {
				between := strings.Repeat(", {n}"+to+"{n}", n-1)
				ranges = append(ranges, "{n}"+to+"{n}"+between+last+open)
				under = append(under, "(under|below|less than) {n}"+between+last+open)
			}
		}
	}
	return []nlq.Rule{sure(nlq.Bands{Each: true}, each...), sure(nlq.Bands{}, ranges...), sure(nlq.Bands{Under: true}, under...)}
}
