package asktest

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"wenshu/answer"
	"wenshu/fixtures"
	"wenshu/semantic"
)

var (
	robust = flag.Int("robust", 240, "how many questions the robustness run makes; half as many are read again elsewhere")
	seed   = flag.Uint64("seed", 2026, "of the questions that the robustness run makes")
)

// generated is a question with the query line that it was made from.
type generated struct {
	construct int
	lang      string
	first     string // of a follow-up: the question before
	base      string // and its query line
	question  string
	line      string
	also      []string // lines that are as good
	kind      string   // of a reading without a query; "" for one
}

// grammar makes questions.
type grammar struct {
	pools
	names *namer
	r     *rand.Rand
	runs  func(line string) bool // whether the model can answer it
	index int
}

func newGrammar(t *testing.T, set *Set, seed uint64) *grammar {
	t.Helper()
	model := set.Service.Model()
	n := newNamer(model)
	g := &grammar{names: n, r: rand.New(rand.NewPCG(seed, 7))}
	g.metrics, g.groups = n.metricPieces(), n.groupPieces()
	for _, p := range g.groups {
		d := p.about.(*semantic.Dimension)
		held, err := set.Service.Members(t.Context(), office, "zh-CN", p.line, "", 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range held {
			n.kept[strings.ToLower(m.Name)] = append(n.kept[strings.ToLower(m.Name)], d)
		}
	}
	g.members = n.valuePieces(g.groups)
	for dimension, text := range map[string]string{
		"region": "select name, name_en from regions", "province": "select name, name_en from provinces where name not in (select name from cities)",
		"city":  "select name, name_en from cities where name not in (select name from provinces) and name not in (select name from stores)",
		"brand": "select distinct brand, brand_en from products where brand is not null",
	} {
		_, rows, err := set.Query(t.Context(), fixtures.SalesWarehouse, text)
		if err != nil {
			t.Fatal(err)
		}
		var names [][2]string
		for _, row := range rows {
			if row[0] != nil && row[1] != nil && n.used[strings.ToLower(*row[0])]+n.used[strings.ToLower(*row[1])] == 0 {
				names = append(names, [2]string{*row[0], *row[1]})
			}
		}
		g.namedMembers(model, dimension, names)
	}
	g.runs = func(line string) bool {
		if _, err := semantic.ParseQuery(line); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		e, err := set.Service.Explain(t.Context(), answer.Request{Line: line, Viewer: office, Now: robustNow})
		return err == nil && len(e.Problems) == 0
	}
	return g
}

// office sees everything.
var office = semantic.Viewer{ID: "fay", Roles: []string{"finance"}, Attrs: map[string][]string{"role": {"finance"}}}

var robustNow = fixtures.DemoNow()

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// next makes a question; every construct and language comes up in turn.
func (g *grammar) next() generated {
	langs := []string{"zh", "en", "mixed"}
	all := slices.Concat(forms, followForms)
	i := g.index
	g.index++
	f, lang := all[i/len(langs)%len(all)], langs[i%len(langs)]
	for range 200 {
		slots := g.draw(f)
		first := ""
		if i/len(langs)%len(all) >= len(forms) {
			first = g.say(pick(g.r, []string{"{m} by {d} {p}", "{p}各{d}{m}"}), slots, lang, false)
			if base := "{m} by {d} during {p}"; !g.runs(fillLine(base, slots)) || !splits(slots, base) {
				continue
			}
		}
		line := fillLine(f.line, slots)
		if !splits(slots, f.line) || !tellsApart(slots, f.line) {
			continue
		}
		if f.line != "" && !g.runs(line) || f.line == "" && !g.runs(fillLine("{m} during {p}", slots)) || strings.Contains(f.line, "{vd}") && !g.runs(fillLine("{m} by {vd} during {p}", slots)) {
			continue
		}
		wordings := f.zh
		if lang == "en" || lang == "mixed" && g.r.IntN(2) == 0 {
			wordings = f.en
		}
		question := g.say(pick(g.r, wordings), slots, lang, isLatin(wordings[0]))
		if g.names.saysMore(first, slots) || g.names.saysMore(question, slots) {
			continue
		}
		made := generated{construct: f.construct, lang: lang, first: first, question: question, line: line, also: asGood(f, slots), kind: f.kind}
		if first != "" {
			made.base = fillLine("{m} by {d} during {p}", slots)
		}
		if first == "" && f.construct < 52 {
			g.vary(&made, slots)
		}
		return made
	}
	panic("no query of the form " + f.line + " can be answered")
}

// asGood are the lines of a form besides the first, and those that group by the
// entity a dimension is the name of.
func asGood(f form, slots map[string]piece) []string {
	var lines []string
	for _, line := range f.also {
		lines = append(lines, fillLine(line, slots))
	}
	d := slots["d"].dimension()
	if len(d.Table.Display) > 0 && d.Table.Display[0] == d && strings.Contains(f.line, "{d}") {
		entity := maps.Clone(slots)
		entity["d"] = piece{line: d.Table.Name}
		lines = append(lines, fillLine(f.line, entity))
	}
	return lines
}

// draw fills the holes of a form.
func (g *grammar) draw(f form) map[string]piece {
	r := g.r
	slots := map[string]piece{}
	metric := func() piece {
		for {
			p := pick(r, g.metrics)
			m := p.about.(*semantic.Metric)
			if (f.rates || m.Format.Style != "percent") && (!f.sums || addsUp(m)) && !(f.clauses && g.names.callsRows(m)) {
				return p
			}
		}
	}
	slots["m"], slots["m2"] = metric(), metric()
	for slots["m2"].about == slots["m"].about {
		slots["m2"] = metric()
	}
	slots["d"], slots["d2"] = pick(r, g.groups), pick(r, g.groups)
	for slots["d2"].about == slots["d"].about {
		slots["d2"] = pick(r, g.groups) // the top of a thing within itself is nobody's question
	}
	for len(g.members[slots["vd"].dimension()]) < 2 {
		slots["vd"] = pick(r, g.groups)
	}
	members := g.members[slots["vd"].dimension()]
	at := r.Perm(len(members))
	slots["v"], slots["v2"] = members[at[0]], members[at[1]]
	if strings.Contains(f.line, "{vd} in") && members[at[0]].line > members[at[1]].line {
		slots["v"], slots["v2"] = slots["v2"], slots["v"]
	}
	periods := allPeriods()
	slots["p"], slots["p2"] = pick(r, periods).piece, pick(r, periods).piece
	slots["n"] = numberPiece(2 + r.IntN(9))
	slots["x"] = threshold(r, slots["m"].about.(*semantic.Metric).Format.Style == "percent")
	slots["g"] = pick(r, grainPieces)
	slots["gs"] = slots["g"].adverb()
	if slots["m"].about.(*semantic.Metric).Good == semantic.DownIsGood {
		slots["worst"] = piece{line: "-"}
	} else {
		slots["worst"] = piece{}
	}
	return slots
}

// splits reports whether each row that the metrics of a line count belongs to
// one member of its dimensions.
func splits(slots map[string]piece, line string) bool {
	for _, name := range []string{"m", "m2"} {
		for _, dimension := range []string{"d", "d2", "vd"} {
			if !strings.Contains(line, "{"+name+"}") || !strings.Contains(line, "{"+dimension+"}") {
				continue
			}
			for _, home := range homesOf(slots[name].about.(*semantic.Metric)) {
				if !leadsTo(home, slots[dimension].dimension().Table, nil) {
					return false
				}
			}
		}
	}
	return true
}

// tellsApart reports whether a line ranks several rows within each group, a member
// is none that the metric is of anyway, and a question of two members is none of the
// dimension: online or offline is the name of what has these two.
func tellsApart(slots map[string]piece, line string) bool {
	each, ranked := slots["d"].dimension(), slots["d2"].dimension()
	if strings.Contains(line, "{d}") && strings.Contains(line, "{d2}") && (each == ranked || each.Key || slices.Contains(each.Table.Display, each)) && leadsTo(each.Table, ranked.Table, nil) {
		return false
	}
	m := slots["m"].about.(*semantic.Metric)
	if d := slots["d"].dimension(); strings.Contains(line, "{d}") && countsThe(m, d.Table) && slices.Contains(d.Table.Display, d) {
		return false // the stores with sales of each store
	}
	if strings.Contains(line, "{v}") && restricts(m, slots["vd"].dimension()) || isCounted(m, line, slots) {
		return false
	}
	return !strings.Contains(line, "{v2}") || !strings.Contains(slots["vd"].dimension().Names.Label.EN, " or ")
}

// countsThe reports whether a metric counts what a table holds.
func countsThe(m *semantic.Metric, t *semantic.Table) bool {
	call, _ := m.Expr.(semantic.Call)
	return call.Func == "count" && m.Home == t || call.Func == "count_distinct" && len(call.Args) == 1 && strings.HasSuffix(semantic.ExprString(call.Args[0]), "."+t.Keys[0][0])
}

// addsUp reports whether the numbers of a metric add up over days.
func addsUp(m *semantic.Metric) bool {
	call, ok := m.Expr.(semantic.Call)
	return ok && (call.Func == "sum" || call.Func == "count" && !call.Distinct)
}

// isCounted reports whether a line tests what a metric counts by acts of it: of the
// stores with sales, those without sales on one channel are fewer than those with
// some on another, and a question may mean either.
func isCounted(m *semantic.Metric, line string, slots map[string]piece) bool {
	call, _ := m.Expr.(semantic.Call)
	if call.Func != "count_distinct" && !call.Distinct || strings.Contains(line, "by {vd}") {
		return false
	}
	return strings.Contains(line, "{vd} !=") || strings.Contains(line, "{vd} in") || strings.Contains(line, "is null")
}

// restricts reports whether a metric is of some members of a dimension only: the
// complaints about logistics are none.
func restricts(m *semantic.Metric, d *semantic.Dimension) bool {
	found := false
	semantic.Walk(m.Where, func(e semantic.Expr) {
		name, ok := e.(semantic.Name)
		found = found || ok && name.Path[len(name.Path)-1] == d.Name
	})
	return found
}

// homesOf are the tables whose rows a metric counts.
func homesOf(m *semantic.Metric) []*semantic.Table {
	if m.Home != nil {
		return []*semantic.Table{m.Home}
	}
	return nil // Bind alone knows what several homes share
}

// leadsTo reports whether joins to one row lead from a table to another.
func leadsTo(from, to *semantic.Table, seen []*semantic.Table) bool {
	if from == to {
		return true
	}
	if slices.Contains(seen, from) {
		return false
	}
	return slices.ContainsFunc(from.Joins, func(j *semantic.Join) bool { return !j.Many && leadsTo(j.To, to, append(seen, from)) })
}

func (p piece) dimension() *semantic.Dimension {
	d, _ := p.about.(*semantic.Dimension)
	return d
}

var grainPieces = []piece{
	{zh: []string{"天", "日"}, en: []string{"day"}, line: "day"}, {zh: []string{"周"}, en: []string{"week"}, line: "week"},
	{zh: []string{"月"}, en: []string{"month"}, line: "month"}, {zh: []string{"季度"}, en: []string{"quarter"}, line: "quarter"},
}

var adverbs = map[string]piece{
	"day": {zh: []string{"每天", "每日"}, en: []string{"daily"}}, "week": {zh: []string{"每周"}, en: []string{"weekly"}},
	"month": {zh: []string{"每月", "各月", "每个月"}, en: []string{"monthly"}}, "quarter": {zh: []string{"每季度", "各季度"}, en: []string{"quarterly"}},
}

func (p piece) adverb() piece { return adverbs[p.line] }

// fillLine is a line with its holes filled.
func fillLine(line string, slots map[string]piece) string {
	for name, p := range slots {
		line = strings.ReplaceAll(line, "{"+name+"}", p.line)
	}
	return line
}

// say is a wording with its holes filled, every hole anew; latin wordings have
// spaces between words.
func (g *grammar) say(wording string, slots map[string]piece, lang string, latin bool) string {
	var b strings.Builder
	for wording != "" {
		from := strings.IndexByte(wording, '{')
		if from < 0 {
			b.WriteString(wording)
			break
		}
		end := strings.IndexByte(wording, '}')
		b.WriteString(wording[:from])
		name := wording[from+1 : end]
		in := lang
		if lang == "mixed" {
			in = pick(g.r, []string{"zh", "en"})
		}
		if p, ok := slots[name]; ok {
			glue(&b, p.said(g.r, in))
		} else {
			glue(&b, slots[strings.TrimSuffix(name, "s")].several(g.r, in))
		}
		wording = wording[end+1:]
		if wording != "" && wording[0] != '{' {
			if last := lastRune(b.String()); last < 128 && isWord(last) && isWord([]rune(wording)[0]) && wording[0] < 128 {
				b.WriteString(" ")
			}
		}
	}
	return strings.TrimSpace(b.String())
}

// glue appends words, parted by a space where two Latin words or numbers meet.
func glue(b *strings.Builder, s string) {
	if last := lastRune(b.String()); last < 128 && isWord(last) && s[0] < 128 && !(unicode.IsDigit(rune(s[0])) && strings.HasSuffix(b.String(), "TOP")) {
		b.WriteString(" ")
	}
	b.WriteString(s)
}

func lastRune(s string) rune {
	runes := []rune(s)
	if len(runes) == 0 {
		return ' '
	}
	return runes[len(runes)-1]
}

// vary says one question in six with a courtesy and one in eight carelessly.
func (g *grammar) vary(made *generated, slots map[string]piece) {
	latin := isLatin(made.question)
	switch g.r.IntN(24) {
	case 0, 1, 2, 3:
		made.construct = 61
		if latin {
			made.question = pick(g.r, []string{"please show ", "could you tell me ", "can you give me ", "hi, ", "I want to know "}) + made.question + pick(g.r, []string{"", "?", ", thanks", " please"})
		} else {
			made.question = pick(g.r, []string{"请问", "帮我查一下", "麻烦看一下", "我想知道", "你好，"}) + made.question + pick(g.r, []string{"", "？", "呢", "，谢谢"})
		}
	case 4, 5:
		made.construct = 62
		made.question = pick(g.r, []func(string) string{wide, spaced, strings.ToUpper, strings.ToLower})(made.question)
	}
	if made.lang == "mixed" && made.construct < 60 {
		made.construct = 63
	}
}

// verdict is what became of a generated question.
type verdict string

const (
	readBack  verdict = "right"
	different verdict = "different"
	declined  verdict = "declined"
)

// judge asks a generated question, and says what was read when it is not what
// was meant.
func (set *Set) judge(ctx context.Context, i int, g generated) (verdict, string, error) {
	talk := ""
	if g.first != "" {
		talk = fmt.Sprintf("robust%d", i)
		first, err := set.Service.Ask(ctx, answer.Request{Question: g.first, Viewer: office, Now: robustNow, Conversation: talk}, nil)
		if err != nil || first.Kind != answer.Result {
			return declined, "the question before is not answered: " + g.first, err
		}
		if same, err := set.same(ctx, g.base, first.QueryLine); err != nil || !same {
			return different, "the question before is " + first.QueryLine, err
		}
	}
	got, err := set.Service.Explain(ctx, answer.Request{Question: g.question, Viewer: office, Now: robustNow, Conversation: talk})
	if err != nil {
		return declined, "", err
	}
	var live []answer.ExplainedReading
	for _, r := range got.Readings {
		if !r.Rejected {
			live = append(live, r)
		}
	}
	switch {
	case len(got.Problems) > 0 || len(live) == 0:
		why := "nothing"
		if len(got.Problems) > 0 {
			why = got.Problems[0].Text
		}
		return declined, why, nil
	case len(live) > 1:
		return declined, "asks: " + live[0].Reading + " | " + live[1].Reading, nil
	case g.kind != "":
		if live[0].Reading != g.kind {
			return different, live[0].Reading, nil
		}
		return readBack, "", nil
	}
	for _, line := range append([]string{g.line}, g.also...) {
		if same, err := set.same(ctx, ofFestival(line), got.Query); err == nil && same {
			return readBack, "", nil
		}
	}
	return different, live[0].Reading, nil
}

// ofFestival compares a festival of a year with that of the year before, whose days
// are others.
func ofFestival(line string) string {
	if !strings.Contains(line, "during festival(") {
		return line
	}
	return strings.Replace(line, "vs year_ago", "vs year_ago align festival", 1)
}

// same reports whether two query lines mean the same: they are spelled alike, run
// the same statements, or find the same rows.
func (set *Set) same(ctx context.Context, a, b string) (bool, error) {
	if q, err := semantic.ParseQuery(a); err == nil && q.String() == b {
		return true, nil
	}
	x, err := set.Service.Explain(ctx, answer.Request{Line: a, Viewer: office, Now: robustNow})
	if err != nil {
		return false, err
	}
	y, err := set.Service.Explain(ctx, answer.Request{Line: b, Viewer: office, Now: robustNow})
	if err != nil {
		return false, err
	}
	if sameSQL(x.SQL, y.SQL) || len(x.Problems)+len(y.Problems) > 0 {
		return len(x.Problems)+len(y.Problems) == 0, nil
	}
	first, err := set.found(ctx, a)
	if err != nil {
		return false, err
	}
	second, err := set.found(ctx, b)
	return err == nil && slices.EqualFunc(first, second, sameRow) && (tells(first) || set.sameAnyTime(ctx, a, b)), err
}

// sameAnyTime reports whether two query lines of one period find the same rows when
// they are asked of all time.
func (set *Set) sameAnyTime(ctx context.Context, a, b string) bool {
	var rows [2][][]string
	for i, line := range []string{a, b} {
		q, err := semantic.ParseQuery(line)
		if err != nil || len(q.During) == 0 || semantic.PeriodString(q.During[0]) == semantic.PeriodString(semantic.AllTime{}) {
			return false
		}
		during := "during " + semantic.PeriodString(q.During[0])
		if rows[i], err = set.found(ctx, strings.ReplaceAll(q.String(), during, "during all")); err != nil {
			return false
		}
	}
	return tells(rows[0]) && slices.EqualFunc(rows[0], rows[1], sameRow)
}

// found are the rows of a query line.
func (set *Set) found(ctx context.Context, line string) ([][]string, error) {
	a, err := set.Service.Ask(ctx, answer.Request{Line: line, Viewer: office, Now: robustNow}, nil)
	if err != nil {
		return nil, err
	}
	return tableRows(a.Table), nil
}

// tells reports whether rows that two queries find say that the queries mean the
// same: nothing and zero are found by many.
func tells(rows [][]string) bool {
	for _, row := range rows {
		for _, cell := range row {
			if n, err := strconv.ParseFloat(cell, 64); err == nil && n != 0 {
				return true
			}
		}
	}
	return false
}

// sameSQL reports whether two queries run the same statements.
func sameSQL(a, b []answer.Statement) bool {
	return len(a) > 0 && slices.EqualFunc(a, b, func(x, y answer.Statement) bool {
		return x.Source == y.Source && x.SQL == y.SQL && slices.Equal(x.Args, y.Args)
	})
}

// TestRobust makes questions by grammar from the demo company's model and reads
// them back.
func TestRobust(t *testing.T) {
	set, err := openSet(t, "shop")
	if err != nil {
		t.Fatal(err)
	}
	g := newGrammar(t, set, *seed)
	counts := map[int]map[verdict]int{}
	total := map[verdict]int{}
	for i := range *robust {
		made := g.next()
		v, why, err := set.judge(t.Context(), i, made)
		if err != nil {
			t.Fatalf("%s: %v", made.question, err)
		}
		if counts[made.construct] == nil {
			counts[made.construct] = map[verdict]int{}
		}
		counts[made.construct][v]++
		total[v]++
		if v != readBack {
			before := ""
			if made.first != "" {
				before = made.first + " > "
			}
			t.Logf("%-9s %d %-5s %s%s\n\tmeant %s%s\n\tread  %s", v, made.construct, made.lang, before, made.question, made.line, made.kind, why)
		}
	}
	for construct := range 65 {
		if c := counts[construct]; c != nil {
			t.Logf("construct %2d: %4d right %3d different %3d declined", construct, c[readBack], c[different], c[declined])
		}
	}
	t.Logf("all %d: %d right, %d different, %d declined", *robust, total[readBack], total[different], total[declined])
	if total[readBack]*100 < leastRight**robust || total[different]*100 > mostDifferent**robust {
		t.Errorf("less than %d %% are read back, or more than %d %% as something else", leastRight, mostDifferent)
	}
}

// The floor of the run, in percent of its questions. It only ever rises.
const (
	leastRight    = 99
	mostDifferent = 0
)
