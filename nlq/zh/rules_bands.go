package zh

import (
	"strings"

	"wenshu/nlq"
)

// bandRules are the bands of what each has, of two to five of them.
func bandRules() []nlq.Rule {
	var rules []nlq.Rule
	for _, unit := range []string{"次", "单", "笔", "件", "个", "元", "块", ""} {
		one, more := "{n}"+unit, "{n}"+unit+"[及|或|及其](以上|更多)"
		var each, ranges, under []string
		for n := 1; n <= 4; n++ {
			for _, part := range []string{"、", ","} {
				each = append(each, strings.Repeat(one+part, n)+more, strings.Repeat(one+part, n-1)+one+"和"+more)
				for _, to := range []string{"-", "~", "到", "至"} {
					between := strings.Repeat(part+"{n}"+to+"{n}"+unit, n-1)
					ranges = append(ranges, "{n}"+to+"{n}"+unit+between+part+more)
					under = append(under, "{n}"+unit+"以下"+between+part+more)
				}
			}
		}
		acts := unit == "次" || unit == "单" || unit == "笔"
		rules = append(rules, sure(nlq.Bands{Each: true, Acts: acts}, each...), sure(nlq.Bands{Acts: acts}, ranges...), sure(nlq.Bands{Under: true, Acts: acts}, under...))
	}
	return rules
}
