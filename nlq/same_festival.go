package nlq

import "wenshu/semantic"

// sameFestival compares a festival with the one a year before and not with the same
// dates, on which there may have been none: 春节销售额同比.
func (b *builder) sameFestival() {
	if len(b.q.During) != 1 {
		return
	}
	if _, ok := b.q.During[0].(semantic.Festival); !ok {
		return
	}
	for i, v := range b.q.Versus {
		if v.How == semantic.Ago && v.Unit == semantic.Year && v.Align == semantic.Elapsed {
			b.q.Versus[i].Align = semantic.SameFestival
		}
	}
}
