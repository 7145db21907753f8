package interop

import (
	"strings"
	"unicode"

	"wenshu/semantic"
)

// draft is a model on its way to model files.
type draft struct {
	name        string
	description string
	tables      []*table
	metrics     []*metric
	questions   []question
	phrases     []phrase
	rest        []semantic.TreeField // what model files say besides, of the model as a whole
	sections    []semantic.TreeField // further sections, and entries of those that are written
}

// phrase is a word for a filter.
type phrase struct {
	words     []string
	on, where string
}

type table struct {
	name, source string
	said         said
	keys         [][]string
	time         string
	hidden       bool
	from, to     string // validity
	joins        []*join
	dimensions   []*dimension
	columns      map[string]semantic.ColumnType
	loose        bool // the types of some columns are not known
	rest         []semantic.TreeField
}

// said is how people call an object.
type said struct {
	label, description string
	synonyms           []string
}

type join struct {
	name, to string
	on, with []semantic.ColumnPair
	at       string
	many     bool
	rest     []semantic.TreeField
}

type dimension struct {
	name   string
	said   said
	typ    semantic.ColumnType
	typed  bool           // the type is known
	at     *semantic.Tree // where a type that is not known is guessed; nil for no guess
	expr   string         // "" for the column of its name
	column string         // the bare column that expr names, "" for a calculation
	values []string
	closed bool
	sum    string
	never  bool   // sensitive: no index
	same   string // the dimension with which it shares its members
	rest   []semantic.TreeField
}

type metric struct {
	name      string
	said      said
	expr      string
	where     string
	time      string
	unit      string
	fill      string // a number, none, or "" for nothing
	overTime  string
	per       []string
	toDate    string
	window    string
	running   bool
	period    string // what a cumulative metric shows of a coarser period
	offset    string
	clamp     bool // days that an earlier month lacks show its last one
	atStart   string
	convert   *conversion
	isHelper  bool
	spineFill bool
	rest      []semantic.TreeField
}

type conversion struct {
	from, to, by, within string
	rate                 bool
	constant             []semantic.ColumnPair
}

type question struct {
	ask  []string
	line string
	by   string
}

func (d *draft) table(name string) *table {
	for _, t := range d.tables {
		if t.name == name {
			return t
		}
	}
	return nil
}

func (d *draft) metric(name string) *metric {
	for _, m := range d.metrics {
		if m.name == name {
			return m
		}
	}
	return nil
}

func (t *table) dimension(name string) *dimension {
	for _, d := range t.dimensions {
		if d.name == name {
			return d
		}
	}
	return nil
}

func (t *table) join(name string) *join {
	for _, j := range t.joins {
		if j.name == name {
			return j
		}
	}
	return nil
}

// column gives a physical column a type where the warehouse says one.
func (t *table) column(name string, typ semantic.ColumnType) {
	if t.columns == nil {
		t.columns = map[string]semantic.ColumnType{}
	}
	t.columns[name] = typ
}

// freeName is a name of the form that models take, not taken yet: letters,
// digits and underscores, no reserved word.
func freeName(name string, taken func(string) bool) string {
	var b strings.Builder
	for i, r := range name {
		switch {
		case r == '_' || unicode.IsLetter(r) || i > 0 && unicode.IsDigit(r):
			b.WriteRune(r)
		case unicode.IsDigit(r):
			b.WriteRune('_')
			b.WriteRune(r)
		default:
			b.WriteRune('_')
		}
	}
	name = b.String()
	for len(name) > 60 {
		name = strings.ToValidUTF8(name[:60], "")
	}
	if name == "" || strings.Trim(name, "_") == "" {
		name = "unnamed"
	}
	if semantic.IsReserved(name) {
		name += "_"
	}
	base := name
	for i := 2; taken(name) || semantic.IsReserved(name); i++ {
		name = base + "_" + semantic.IntValue(int64(i)).String()
	}
	return name
}
