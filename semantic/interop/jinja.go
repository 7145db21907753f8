package interop

import (
	"strings"
)

// reference is one object of a dbt filter: Dimension('a__b'), TimeDimension('a',
// 'month'), Entity('a'), Metric('m', group_by=['a']).
type reference struct {
	kind    string   // Dimension, TimeDimension, Entity, Metric
	name    string   // links and element, joined by two underscores
	grain   string   // of a TimeDimension or .grain(…); "" for none
	part    string   // a date part; "" for none
	groups  []string // of a Metric
	path    []string // entity_path
	descend bool     // .descending(True)
	at      int
}

// jinjaArg is one argument of a call: texts, and the name it is given by.
type jinjaArg struct {
	name  string
	texts []string
	list  bool
}

// readReference reads the one call that may stand between the braces of a
// filter, with the methods behind it. Everything else in a template is refused.
func readReference(text string, at int) (reference, error) {
	tokens, err := lexSQL(text, false)
	if err != nil {
		return reference{}, shifted(err, at)
	}
	j := &jinjaReader{tokens: tokens}
	ref, err := j.reference()
	ref.at = at + tokens[0].at
	return ref, shifted(err, at)
}

func shifted(err error, by int) error {
	if f, ok := err.(fault); ok {
		f.at += by
		return f
	}
	return err
}

type jinjaReader struct {
	tokens []sqlToken
	at     int
}

func (j *jinjaReader) next() sqlToken {
	t := j.tokens[min(j.at, len(j.tokens)-1)]
	j.at++
	return t
}

func (j *jinjaReader) symbol(s string) bool {
	if j.tokens[min(j.at, len(j.tokens)-1)].is(s) {
		j.at++
		return true
	}
	return false
}

func (j *jinjaReader) reference() (reference, error) {
	t := j.next()
	ref := reference{kind: t.text}
	switch {
	case t.kind != sqlWord:
		return ref, faultAt(t.at, "a template without a call")
	case t.text != "Dimension" && t.text != "TimeDimension" && t.text != "Entity" && t.text != "Metric":
		return ref, faultAt(t.at, "the template %s", clip(t.text))
	}
	args, err := j.call()
	if err != nil {
		return ref, err
	}
	if err := ref.take(args, t); err != nil {
		return ref, err
	}
	for j.symbol(".") {
		m := j.next()
		args, err := j.call()
		if err != nil {
			return ref, err
		}
		if err := ref.method(m, args); err != nil {
			return ref, err
		}
	}
	if end := j.next(); end.kind != sqlEnd {
		return ref, faultAt(end.at, "%q behind the call", end.text)
	}
	return ref, nil
}

// call reads the arguments between brackets.
func (j *jinjaReader) call() ([]jinjaArg, error) {
	if t := j.next(); !t.is("(") {
		return nil, faultAt(t.at, "a call without arguments")
	}
	var args []jinjaArg
	for {
		if j.symbol(")") {
			return args, nil
		}
		a, err := j.argument()
		if err != nil {
			return nil, err
		}
		args = append(args, a)
		if j.symbol(",") {
			continue
		}
		if t := j.next(); !t.is(")") {
			return nil, faultAt(t.at, "%q between arguments", t.text)
		}
		return args, nil
	}
}

func (j *jinjaReader) argument() (jinjaArg, error) {
	a := jinjaArg{}
	t := j.next()
	if t.kind == sqlWord && j.symbol("=") {
		a.name = t.text
		t = j.next()
	}
	switch {
	case t.kind == sqlString || t.kind == sqlQuoted:
		a.texts = []string{t.text}
	case t.word("true") || t.word("false") || t.word("none"):
		a.texts = []string{strings.ToLower(t.text)}
	case t.is("["):
		a.list = true
		for !j.symbol("]") {
			item := j.next()
			if item.kind != sqlString && item.kind != sqlQuoted {
				return a, faultAt(item.at, "a list that holds more than names")
			}
			a.texts = append(a.texts, item.text)
			j.symbol(",")
		}
	default:
		return a, faultAt(t.at, "the argument %q", t.text)
	}
	return a, nil
}

// take puts the arguments of the call in their places, which have names too.
func (ref *reference) take(args []jinjaArg, t sqlToken) error {
	places := map[string][]string{
		"Dimension": {"name", "entity_path"}, "Entity": {"name", "entity_path"}, "Metric": {"name", "group_by"},
		"TimeDimension": {"name", "time_granularity_name", "entity_path", "descending", "date_part_name"},
	}[ref.kind]
	for i, a := range args {
		place := a.name
		if place == "" && i < len(places) {
			place = places[i]
		}
		switch place {
		case "name", "entity_name", "metric_name", "dimension_name", "time_dimension_name":
			if len(a.texts) == 1 && !a.list {
				ref.name = a.texts[0]
			}
		case "time_granularity_name", "grain":
			ref.grain = strings.Join(a.texts, "")
		case "date_part_name", "date_part":
			ref.part = strings.Join(a.texts, "")
		case "entity_path":
			ref.path = a.texts
		case "group_by":
			ref.groups = a.texts
		case "descending":
			ref.descend = strings.Join(a.texts, "") == "true"
		default:
			return faultAt(t.at, "the argument %s of %s", clip(place), ref.kind)
		}
	}
	if ref.name == "" {
		return faultAt(t.at, "%s without a name", ref.kind)
	}
	ref.grain, ref.part = noNone(ref.grain), noNone(ref.part)
	return nil
}

func noNone(text string) string {
	if strings.EqualFold(text, "none") {
		return ""
	}
	return strings.ToLower(text)
}

// method reads .grain('month'), .date_part('year') and .descending(True).
func (ref *reference) method(m sqlToken, args []jinjaArg) error {
	if len(args) != 1 || len(args[0].texts) != 1 {
		return faultAt(m.at, "%s of %d values", m.text, len(args))
	}
	switch m.text {
	case "grain":
		ref.grain = noNone(args[0].texts[0])
	case "date_part":
		ref.part = noNone(args[0].texts[0])
	case "descending":
		ref.descend = args[0].texts[0] == "true"
	default:
		return faultAt(m.at, "the method %s", m.text)
	}
	return nil
}
