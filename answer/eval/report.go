package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// Tally counts outcomes of a group of questions.
type Tally struct {
	Group    string  `json:"group"`
	N        int     `json:"n"` // scored: without the skipped
	Strict   int     `json:"strict"`
	Lenient  int     `json:"lenient"` // right strictly or with more columns
	Wrong    int     `json:"wrong"`
	Declined int     `json:"declined"`
	Skipped  int     `json:"skipped,omitempty"`
	Low      float64 `json:"low"` // of the share of right ones, 95 %
	High     float64 `json:"high"`
	Charts   int     `json:"charts,omitempty"`   // questions with a wished picture
	ChartOK  int     `json:"chart_ok,omitempty"` // of these drawn so, with right rows
	Named    Drawn   `json:"chart_named"`        // answers to wordings that say which picture
	Open     Drawn   `json:"chart_open"`         // answers to wordings that leave it open
}

// Drawn counts answers with a wished picture.
type Drawn struct {
	OK int `json:"ok"` // drawn as wished
	N  int `json:"n"`
}

func (d *Drawn) add(ok bool) {
	d.N++
	if ok {
		d.OK++
	}
}

// Right is the share that is right, leniently.
func (t Tally) Right() float64 { return share(t.Lenient, t.N) }

// WrongShare is the share that is wrong.
func (t Tally) WrongShare() float64 { return share(t.Wrong, t.N) }

func share(k, n int) float64 {
	if n == 0 {
		return 0
	}
	return float64(k) / float64(n)
}

// wilson is the interval of a share that holds 95 of 100 times (Wilson 1927).
func wilson(k, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.959964
	p, m := float64(k)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, middle-half), min(1, middle+half)
}

// add counts one question. Where a refusal is expected, a refusal is right and
// not declined.
func (t *Tally) add(s Scored) {
	if s.Outcome == Skipped {
		t.Skipped++
		return
	}
	t.N++
	switch {
	case s.Outcome == Wrong:
		t.Wrong++
	case s.Outcome == Declined && s.Expect != "decline":
		t.Declined++
	case s.Outcome == RightLenient:
		t.Lenient++
	default:
		t.Lenient++
		t.Strict++
	}
	if s.Mark != "" {
		t.addPicture(s)
	}
}

func (t *Tally) addPicture(s Scored) {
	t.Charts++
	if s.ChartOK && s.right() {
		t.ChartOK++
	}
	switch {
	case s.Outcome == Declined:
	case s.Named:
		t.Named.add(s.ChartOK)
	default:
		t.Open.add(s.ChartOK)
	}
}

// Report is the result of a run.
type Report struct {
	Total  Tally    `json:"total"`  // of the questions that have an answer
	Refuse Tally    `json:"refuse"` // of those that must be declined
	Groups []Tally  `json:"groups"` // by database and category, in order of first appearance
	Scored []Scored `json:"questions"`
}

// Summarize counts the outcomes. Questions that must be declined never mix with
// the others.
func Summarize(all []Scored) Report {
	r := Report{Total: Tally{Group: "answer"}, Refuse: Tally{Group: "decline"}, Scored: all}
	at := map[string]int{}
	count := func(group string, s Scored) {
		i, ok := at[group]
		if !ok {
			i = len(r.Groups)
			at[group] = i
			r.Groups = append(r.Groups, Tally{Group: group})
		}
		r.Groups[i].add(s)
	}
	for _, s := range all {
		kind := "answer"
		if s.Expect == "decline" {
			kind = "decline"
			r.Refuse.add(s)
		} else {
			r.Total.add(s)
		}
		count("db "+s.DB+" "+kind, s)
		if s.Category != "" {
			count("category "+s.Category, s)
		}
	}
	for _, t := range append([]*Tally{&r.Total, &r.Refuse}, pointers(r.Groups)...) {
		t.Low, t.High = wilson(t.Lenient, t.N)
	}
	return r
}

func pointers(list []Tally) []*Tally {
	var all []*Tally
	for i := range list {
		all = append(all, &list[i])
	}
	return all
}

// WriteJSON writes a report that Compare reads.
func (r Report) WriteJSON(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	return out.Encode(r)
}

// ReadReport reads what WriteJSON wrote.
func ReadReport(in io.Reader) (Report, error) {
	var r Report
	if err := json.NewDecoder(in).Decode(&r); err != nil {
		return r, fmt.Errorf("read an earlier report: %w", err)
	}
	return r, nil
}

// Write prints the tables and every failure.
func (r Report) Write(w io.Writer) error {
	var b strings.Builder
	for _, s := range r.Scored {
		if s.failed() {
			s.print(&b)
		}
	}
	fmt.Fprintf(&b, "%-44s %5s %7s %7s %7s %8s  %s\n", "", "n", "strict", "right", "wrong", "declined", "right, 95 %")
	for _, t := range append([]Tally{r.Total, r.Refuse}, r.Groups...) {
		if t.N+t.Skipped > 0 {
			t.print(&b)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (s Scored) failed() bool {
	return s.Outcome == Wrong || s.Outcome == Skipped || s.Outcome == Declined && s.Expect != "decline" || s.picture() != ""
}

func (t Tally) print(b *strings.Builder) {
	fmt.Fprintf(b, "%-44s %5d %6.1f%% %6.1f%% %6.1f%% %7.1f%%  %.0f–%.0f", t.Group, t.N, 100*share(t.Strict, t.N), 100*t.Right(), 100*t.WrongShare(), 100*share(t.Declined, t.N), 100*t.Low, 100*t.High)
	if t.Charts > 0 {
		fmt.Fprintf(b, "  with picture %.1f%% (of the answered: named %d of %d, left open %d of %d)", 100*share(t.ChartOK, t.Charts), t.Named.OK, t.Named.N, t.Open.OK, t.Open.N)
	}
	if t.Skipped > 0 {
		fmt.Fprintf(b, "  (%d skipped)", t.Skipped)
	}
	b.WriteByte('\n')
}

func (s Scored) print(b *strings.Builder) {
	fmt.Fprintf(b, "%s %s [%s] %s\n", strings.ToUpper(string(s.Outcome)), s.ID, strings.TrimSpace(s.DB+" "+s.Category), s.Question)
	for _, line := range [][2]string{{"query", s.Line}, {"why", s.Why}, {"sql", strings.Join(strings.Fields(s.SQL), " ")}, {"rows", s.Rows}, {"want", s.Gold}, {"drawn", s.picture()}} {
		if line[1] != "" && !(line[0] == "rows" && s.Outcome == Declined) {
			fmt.Fprintf(b, "  %-5s %s\n", line[0], line[1])
		}
	}
}

// picture is what was drawn where something else was wished; "" otherwise.
func (s Scored) picture() string {
	if s.Mark == "" || s.ChartOK || s.Chart == "" {
		return ""
	}
	return s.Chart + ", not " + s.Mark
}

// Compare prints what became better and worse since an earlier run.
func (r Report) Compare(w io.Writer, old Report) error {
	var b strings.Builder
	before := map[string]Scored{}
	for _, s := range old.Scored {
		before[s.ID] = s
	}
	for _, s := range r.Scored {
		was, ok := before[s.ID]
		if !ok || rank(was) == rank(s) {
			continue
		}
		word := "better"
		if rank(s) < rank(was) {
			word = "worse"
		}
		fmt.Fprintf(&b, "%s %s: %s, was %s: %s\n  now %s\n  was %s\n", word, s.ID, s.Outcome, was.Outcome, s.Question, cmpOr(s.Line, s.Why), cmpOr(was.Line, was.Why))
	}
	for _, t := range [][2]Tally{{r.Total, old.Total}, {r.Refuse, old.Refuse}} {
		fmt.Fprintf(&b, "%s: right %d of %d, was %d of %d; wrong %d, was %d\n", t[0].Group, t[0].Lenient, t[0].N, t[1].Lenient, t[1].N, t[0].Wrong, t[1].Wrong)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// rank orders outcomes: a wrong answer is worse than none.
func rank(s Scored) int {
	if s.Expect == "decline" && s.Outcome == Declined {
		return 3
	}
	return slices.Index([]Outcome{Wrong, Declined, Skipped, RightLenient, RightStrict}, s.Outcome)
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
