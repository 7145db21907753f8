package bot

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"wenshu/answer"
	"wenshu/api"
)

// view is one answer on its way to one chat.
type view struct {
	answer *answer.Answer
	budget Budget
	words  *words
	base   string // the service's own address; "" for none
	to     Address
	alone  bool   // in a group, for the asker alone
	share  bool   // the asker may share it there
	by     string // who shares it; "" for nobody
	ref    func(n int) string
}

// step is how far an answer is cut. Each step keeps what the ones before it
// left out left out; what a Card says survives always does.
type step int

// The steps, in the order in which they are taken.
const (
	whole      step = iota // within the budget
	noFollowUp             // without what may be asked next
	someRows               // at most 20 rows
	fewRows                // at most 5 rows
	noChart                // the chart as a picture
	noTable                // the table as a file
	bare                   // headline, dates, assumptions, link
	steps
)

// fit renders an answer as the fullest message that a channel can encode, and
// the files that go with it.
func fit(ch Channel, key string, v view) (Message, []Message, error) {
	for s := range steps {
		card := v.card(s)
		m := Message{Key: key, To: v.to, Card: &card}
		_, err := ch.Encode(m)
		if err == nil {
			files := v.files(key, card)
			if v.budget.Inline && len(files) > 0 && files[0].File.Form == "png" {
				m.Picture, files = files[0].File, files[1:]
			}
			return m, files, nil
		}
		if !errors.Is(err, ErrTooLarge) {
			return m, nil, fmt.Errorf("encode answer %s: %w", v.answer.ID, err)
		}
	}
	return Message{}, nil, fmt.Errorf("encode answer %s: %w", v.answer.ID, ErrTooLarge)
}

// card renders an answer.
func (v view) card(s step) Card {
	a, b := v.answer, v.budget
	c := Card{Lang: v.words.lang, Headline: v.headline(), Title: brief(a.Title, b.Line), Facts: v.facts(), Link: v.link(), Failed: a.Kind == answer.Failed}
	if v.by != "" {
		c.By = v.by
	}
	if s == bare {
		return c
	}
	c.Notes, c.Lines = v.notes(), v.lines()
	rows := map[step]int{someRows: 20, fewRows: 5, noChart: 5}[s]
	if s < noTable {
		c.Table = v.table(rows)
	}
	if s < noChart {
		c.Chart = v.chart()
	}
	v.buttons(&c, s)
	return c
}

// headline is the sentence, or the first thing that went wrong.
func (v view) headline() string {
	text := headline(v.answer.Sentence, v.budget.Headline)
	if text == "" && len(v.answer.Problems) > 0 {
		text = brief(v.answer.Problems[0].Text, v.budget.Headline)
	}
	if text == "" {
		text = brief(v.answer.Title, v.budget.Headline)
	}
	return text
}

// facts are the dates of an answer and what it assumes.
func (v view) facts() []string {
	var list []string
	if p := v.answer.Period; p != nil {
		list = append(list, fill(v.words.Period, "text", v.line(p.Text)))
	}
	for _, p := range v.answer.Comparisons {
		list = append(list, fill(v.words.Versus, "text", v.line(p.Text)))
	}
	for _, one := range v.answer.Assumptions {
		list = append(list, v.line(one.Text))
	}
	if v.address() == "" && v.answer.QueryLine != "" && v.base != "" {
		list = append([]string{"> " + plain(v.answer.QueryLine)}, list...)
	}
	return v.some(list, v.budget.Facts)
}

// notes are warnings, conditions and how far the data reach.
func (v view) notes() []string {
	var list []string
	if v.alone {
		list = append(list, v.words.OnlyYou)
	}
	for _, w := range v.answer.Warnings {
		list = append(list, v.line(w.Text))
	}
	for _, f := range v.answer.Filters {
		list = append(list, v.line(f.Text))
	}
	for _, fresh := range v.answer.AsOf {
		if !strings.Contains(v.answer.Sentence.Text, fresh.Text) {
			list = append(list, v.line(fresh.Text))
		}
	}
	for i, text := range list {
		list[i] = sentence(text)
	}
	return v.some(list, v.budget.Notes)
}

// lines are what an answer says besides its sentence: definitions where they are
// asked for, and problems behind the first.
func (v view) lines() []string {
	var list []string
	if v.answer.Kind == answer.Defined || v.answer.Kind == answer.Helped {
		for _, d := range v.answer.Definitions {
			list = append(list, v.defined(d))
		}
	}
	if said := headline(v.answer.Sentence, 0); said != "" {
		for _, p := range v.answer.Problems {
			if text := plain(p.Text); !strings.Contains(said, text) {
				list = append(list, text)
			}
		}
	} else if len(v.answer.Problems) > 1 {
		for _, p := range v.answer.Problems[1:] {
			list = append(list, plain(p.Text))
		}
	}
	return v.some(list, v.budget.Notes)
}

// defined is what a definition says that the sentence does not; "" for nothing.
func (v view) defined(d answer.Definition) string {
	var said []string
	for _, text := range []string{d.Description, d.Formula, d.Owner} {
		if text = ended(plain(text)); text != "" && !strings.Contains(plain(v.answer.Sentence.Text), text) {
			said = append(said, text)
		}
	}
	if len(said) == 0 {
		return ""
	}
	return strings.Join(append([]string{plain(d.Label)}, said...), " · ")
}

// ended is a text without the stop at its end.
func ended(s string) string { return strings.TrimRight(s, "。. ") }

// sentence is a text that begins as a sentence does.
func sentence(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// line is a text of one line within the budget.
func (v view) line(text string) string { return brief(text, v.budget.Line) }

// some are the first n texts, each cut to a line. Those that are left out are in
// the last one's place, counted.
func (v view) some(list []string, n int) []string {
	var kept []string
	seen := map[string]bool{}
	for _, text := range list {
		text = clip(text, v.budget.Line)
		if text != "" && !seen[ended(text)] {
			seen[ended(text)] = true
			kept = append(kept, text)
		}
	}
	if len(kept) > n {
		kept = append(kept[:max(0, n-1)], fill(v.words.More, "n", strconv.Itoa(len(kept)-max(0, n-1))))
	}
	return kept
}

// maxAddress is the longest address that every vendor takes, in bytes.
const maxAddress = 2000

// link leads to the same query line in the service, which asks who reads it. The
// line stands behind #, so that no server that previews links learns it.
func (v view) link() Link {
	if v.base == "" {
		return Link{}
	}
	return Link{Text: v.words.Open, URL: v.base + "/" + v.address()}
}

// address is the part of the link that carries the query line; "" for a line
// that is too long, which stands among the facts then.
func (v view) address() string {
	if v.answer.QueryLine == "" {
		return ""
	}
	part := "#" + url.Values{"query": {v.answer.QueryLine}}.Encode()
	if len(v.base)+len(part) > maxAddress {
		return ""
	}
	return part
}

// table is the first rows and columns of a result of more than one value.
func (v view) table(most int) *Table {
	t, b := v.answer.Table, v.budget
	if t == nil || b.Rows == 0 || b.Columns == 0 || len(t.Rows) == 0 || len(t.Columns) == 0 || len(t.Rows) == 1 && len(t.Columns) == 1 {
		return nil
	}
	rows, columns := min(len(t.Rows), b.Rows), min(len(t.Columns), b.Columns)
	if most > 0 {
		rows = min(rows, most)
	}
	shown, used := &Table{}, 0
	for _, col := range t.Columns[:columns] {
		label := brief(col.Label, b.Cell)
		used += units(label)
		shown.Columns = append(shown.Columns, TableColumn{Label: label, Number: number(col)})
	}
	for _, cells := range t.Rows[:rows] {
		row := make([]TableCell, columns)
		size := 0
		for i := range row {
			row[i] = v.cell(t.Columns[i], cells[i])
			size += units(row[i].Text)
		}
		if used+size > b.TableText && b.TableText > 0 {
			break
		}
		used += size
		shown.Rows = append(shown.Rows, row)
	}
	if len(shown.Rows) == 0 {
		return nil
	}
	shown.More = v.more(len(shown.Rows), columns)
	return shown
}

func number(c answer.Column) bool { return c.Type == "int" || c.Type == "decimal" || c.Type == "float" }

func (v view) cell(col answer.Column, cell answer.Cell) TableCell {
	c := TableCell{Text: brief(cell.Text, v.budget.Cell)}
	if cell.Value != nil && number(col) {
		if f, err := strconv.ParseFloat(*cell.Value, 64); err == nil {
			c.Value = &f
		}
	}
	return c
}

// more says what a table leaves out; "" for nothing.
func (v view) more(rows, columns int) string {
	t := v.answer.Table
	var said []string
	if n := len(t.Rows); rows < n || t.Truncated {
		all := strconv.Itoa(n)
		if t.Truncated {
			all += "+"
		}
		said = append(said, fill(v.words.MoreRows, "shown", strconv.Itoa(rows), "all", all))
	}
	if n := len(t.Columns); columns < n {
		said = append(said, fill(v.words.MoreCols, "shown", strconv.Itoa(columns), "all", strconv.Itoa(n)))
	}
	if len(said) > 0 && v.budget.Files {
		said = append(said, v.words.Attached)
	}
	return strings.Join(said, " ")
}

// files are what goes with a card: a picture of the chart that the vendor does
// not draw, and the whole table when the card does not show all of it. Those of
// an answer that is stored for nobody, because a group's own rights gave it, are
// the asker's.
func (v view) files(key string, c Card) []Message {
	a, b := v.answer, v.budget
	var list []Message
	add := func(form string) {
		f := &File{Form: form, Answer: a.ID, Viewer: a.Viewer, Name: "wenshu-" + a.AskedAt.Format("20060102-150405") + "." + form, Title: brief(a.Title, 100)}
		if form == "png" {
			f.Alt = clip(fill(v.words.PictureAlt, "title", plain(a.Chart.Title)), 500)
		}
		list = append(list, Message{Key: key + "-" + form, To: v.to, File: f})
	}
	if c.Chart == nil && b.Pictures && api.Drawn(a) && len(a.Chart.Labels) > 1 {
		add("png")
	}
	if t := a.Table; t != nil && b.Files && len(t.Rows) > 0 {
		if c.Table == nil && len(t.Rows)*len(t.Columns) > 1 || c.Table != nil && (len(c.Table.Rows) < len(t.Rows) || len(c.Table.Columns) < len(t.Columns)) {
			add("csv")
		}
	}
	return list
}
