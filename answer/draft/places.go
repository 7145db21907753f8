package draft

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"wenshu/semantic"
)

//go:embed places.txt
var placesText string

// places lists countries by every way to write them, in lower case; each is the
// list of all its names, the English one first, then the Chinese one.
var places = sync.OnceValue(func() map[string][]string {
	found := map[string][]string{}
	for line := range strings.Lines(placesText) {
		f := strings.Split(strings.TrimSpace(line), "|")
		if len(f) != 4 || f[0][0] == '#' {
			continue
		}
		names := append(append([]string{f[0], f[1]}, listed(f[2])...), listed(f[3])...)
		for _, n := range names {
			if found[strings.ToLower(n)] == nil {
				found[strings.ToLower(n)] = names
			}
		}
	}
	return found
})

// widerPlaces stand beside countries in columns of origins and regions.
var widerPlaces = wordSet("europe asia africa oceania america antarctica 欧洲 亚洲 非洲 大洋洲 南美洲 北美洲 other unknown 其他 未知")

// holdsCountries reports whether the values of a column are countries: whole
// names, or codes in a column that is called so.
func (c *column) holdsCountries() bool {
	if c.kind.Kind != semantic.Text || len(c.values) == 0 || c.distinct > 300 {
		return false
	}
	known, codes, filled := 0, 0, 0
	for _, v := range c.values {
		v = strings.ToLower(strings.TrimSpace(v))
		if v == "" {
			continue
		}
		filled++
		if places()[v] == nil && !widerPlaces[v] {
			continue
		}
		known++
		if len(v) == 2 {
			codes++
		}
	}
	if filled == 0 || known*10 < filled*8 || known == 0 {
		return false
	}
	called := slices.ContainsFunc(c.nameWords(), func(w string) bool {
		return w == "country" || w == "nation" || w == "nationality" || w == "origin"
	})
	return called || codes*2 < known
}

// ofPeople reports whether a column says where people come from.
func (c *column) ofPeople() bool {
	return c.table.isPeople() || slices.Contains(c.nameWords(), "nationality")
}

// countries are the members of a column of countries, with their other names.
func (c *column) countries() []member {
	var all []member
	for _, v := range c.values {
		names := places()[strings.ToLower(strings.TrimSpace(v))]
		if names == nil || len(all) == fewValues {
			continue
		}
		m := member{value: v, en: names[0], zh: names[1]}
		if len(v) > 3 && !hasHan(v) {
			m.en = v
		}
		for _, n := range slices.Concat(names[:1], names[2:], []string{names[1] + "人", names[1] + "籍"}) {
			if n == m.en {
				continue
			}
			if !strings.EqualFold(n, v) && len(n) > 2 && (!strings.HasSuffix(n, "人") && !strings.HasSuffix(n, "籍") || c.ofPeople()) {
				m.aliases = append(m.aliases, n)
			}
		}
		all = append(all, m)
	}
	return all
}

//go:embed states.txt
var statesText string

// states lists the states of the United States by name and by code, in lower
// case; each is the list of all its names, the English one first, then the code.
var states = sync.OnceValue(func() map[string][]string {
	found := map[string][]string{}
	for line := range strings.Lines(statesText) {
		f := strings.Split(strings.TrimSpace(line), "|")
		if len(f) != 3 || f[0][0] == '#' {
			continue
		}
		names := append([]string{f[0], f[1]}, listed(f[2])...)
		found[strings.ToLower(f[0])] = names
		found[strings.ToLower(f[1])] = names
	}
	return found
})

// states are the members of a column of states, with their other names; nil
// when the column holds other things. Codes are believed where the column is
// called so.
func (c *column) states() []member {
	called := slices.ContainsFunc(c.nameWords(), func(w string) bool {
		return w == "state" || w == "st" || w == "province" || w == "region" || w == "location" || w == "origin"
	})
	var all []member
	filled := 0
	for _, v := range c.values {
		low := strings.ToLower(strings.TrimSpace(v))
		if low == "" {
			continue
		}
		filled++
		names := states()[low]
		if names == nil || len(low) == 2 && (!called || strings.ToUpper(v) != v) {
			continue
		}
		m := member{value: v, en: names[0], zh: names[2] + "州"}
		for _, n := range names[2:] {
			for _, name := range []string{n, strings.TrimSuffix(n, "州") + "州"} {
				if name != m.zh && !slices.Contains(m.aliases, name) {
					m.aliases = append(m.aliases, name)
				}
			}
		}
		all = append(all, m)
	}
	if len(all) < 2 || len(all)*10 < filled*8 {
		return nil
	}
	return all
}

//go:embed cities.txt
var citiesText string

// cities lists large cities of the world by their English names in lower case.
var cities = sync.OnceValue(func() map[string]string {
	found := map[string]string{}
	for line := range strings.Lines(citiesText) {
		if en, zh, ok := strings.Cut(strings.TrimSpace(line), "|"); ok && en[0] != '#' {
			found[strings.ToLower(en)] = zh
		}
	}
	return found
})

// cityWords are words of the names of columns that say where, by a city.
var cityWords = wordSet("city town location place destination origin departure hometown birthplace headquarter headquarters capital venue")

// cities are those members of a column of places that are cities known in
// Chinese too; nil when there are none.
func (c *column) cities() []member {
	if c.distinct > fewValues || !slices.ContainsFunc(c.nameWords(), func(w string) bool { return cityWords[w] }) {
		return nil
	}
	var all []member
	for _, v := range c.values {
		if zh := cities()[strings.ToLower(strings.TrimSpace(v))]; zh != "" {
			all = append(all, member{value: v, en: v, zh: zh})
		}
	}
	return all
}
