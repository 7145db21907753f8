package draft

import (
	"regexp"
	"slices"
	"strings"

	"wenshu/semantic"
)

// codesNamed are the column of a table of codes that says what a code is of, and its
// value there, which the note of c names one behind the other: cd_lkp RGN.
func (d *drafting) codesNamed(c *column) (kind *column, value string) {
	words := strings.FieldsFunc(c.schema.Comment, func(r rune) bool {
		return r == ' ' || r == ',' || r == ';' || r == ':' || r == '.' || r == '(' || r == ')' || r == '='
	})
	for i := range len(words) - 1 {
		codes := d.byName[strings.ToLower(words[i])]
		if codes == nil || codes == c.table {
			continue
		}
		for _, k := range codes.columns {
			if !k.unique() && slices.Contains(k.values, words[i+1]) {
				return k, words[i+1]
			}
		}
	}
	return nil, ""
}

// sayMembers adds the other words for members whose English names say several things:
// the in force of "Active (in force)", the repudiated of "Closed - repudiated".
func sayMembers(members []member) {
	count := map[string]int{}
	said := make([][]string, len(members))
	for i, m := range members {
		if hasHan(m.zh) && m.en == "" {
			continue
		}
		for _, w := range saidIn(m.en) {
			if !strings.EqualFold(w, m.en) && !slices.Contains(said[i], w) {
				said[i] = append(said[i], w)
				count[w]++
			}
		}
	}
	for i := range members {
		for _, w := range said[i] {
			if count[w] == 1 && !slices.ContainsFunc(members, func(m member) bool { return strings.EqualFold(m.en, w) }) {
				members[i].aliases = append(members[i].aliases, w)
			}
		}
	}
}

// unlikeMoments leaves out the members that are called as what happened at a moment of the
// same row: who asks what was notified in May asks for the date, whatever became of it.
func (c *column) unlikeMoments(members []member) []member {
	return slices.DeleteFunc(members, func(m member) bool {
		word := strings.ToLower(m.en)
		return word != "" && slices.ContainsFunc(c.table.columns, func(o *column) bool {
			return o != c && (slices.Contains(o.raw, word) || slices.Contains(strings.Fields(o.note.en), word))
		})
	})
}

// saidIn are the parts of what a code means that people say alone.
func saidIn(en string) []string {
	low := strings.ToLower(strings.TrimSpace(en))
	var all []string
	for _, part := range meaningParts.Split(low, -1) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	for _, part := range slices.Clone(all) {
		words := strings.Fields(part)
		if n := len(words); n > 1 && happened[words[n-1]] {
			all = append(all, strings.Join(words[:n-1], " ")) // complaint of "complaint received"
		}
		if len(words) > 1 && strings.HasSuffix(words[0], "ed") && len(words[0]) > 4 {
			all = append(all, words[0]) // lapsed at expiry
		}
	}
	return all
}

// meaningParts parts what the name of a member says one after another.
var meaningParts = regexp.MustCompile(`\s+[-–/]\s+|[,;()]`)

// happened are words that close what a member is called and say nothing more of it.
var happened = wordSet("received raised made recorded noted logged done")

// familyPhrases are what several members of a column are called together: closed where
// there are "Closed - paid" and "Closed - withdrawn", and what the note says of a range
// of its codes, below 80 = open.
func (t *table) familyPhrases() []phrase {
	var all []phrase
	for _, c := range t.columns {
		if c.name == "" || !c.coded {
			continue
		}
		families := map[string][]string{}
		var fronts []string
		for _, m := range c.note.members {
			front, _, ok := strings.Cut(strings.ToLower(m.en), " - ")
			if !ok {
				continue
			}
			if len(families[front]) == 0 {
				fronts = append(fronts, front)
			}
			families[front] = append(families[front], m.value)
		}
		for _, front := range fronts {
			if values := families[front]; len(values) > 1 {
				all = append(all, phrase{on: c, where: t.spelt(c) + " in (" + c.literals(values) + ")", words: []string{front}})
			}
		}
		if m := rangeOfCodes.FindStringSubmatch(c.schema.Comment); m != nil {
			op := map[string]string{"below": " < ", "under": " < ", "above": " > ", "over": " > "}[strings.ToLower(m[1])]
			var values []string
			for _, member := range c.note.members {
				if inRange(member.value, op, m[2]) {
					values = append(values, member.value)
				}
			}
			if len(values) > 0 {
				word := strings.ToLower(m[3])
				all = append(all, phrase{on: c, where: t.spelt(c) + " in (" + c.literals(values) + ")", words: []string{word, "still " + word, "currently " + word}})
			}
		}
	}
	return all
}

// rangeOfCodes is what a note says of all codes on one side of a number.
var rangeOfCodes = regexp.MustCompile(`(?i)\b(below|under|above|over)\s+(\d+)\s*=\s*([a-z]+)`)

// inRange reports whether a code of digits is on one side of a number.
func inRange(code, op, bound string) bool {
	if !isDigits(code) {
		return false
	}
	less := len(code) < len(bound) || len(code) == len(bound) && code < bound
	return less == (op == " < ") && code != bound
}

// literals are values of a column as expressions spell them, parted by commas.
func (c *column) literals(values []string) string {
	var all []string
	for _, v := range values {
		if c.kind.Kind == semantic.Int {
			all = append(all, v)
			continue
		}
		all = append(all, semantic.ExprString(semantic.Lit{Value: semantic.TextValue(v)}))
	}
	return strings.Join(all, ", ")
}
