package interop

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wenshu/semantic"
)

// Note is something that an import or export could not carry as it was.
type Note struct {
	Pos  semantic.Pos
	What string // the object: its kind and name
	Why  string // what the model does without, or has instead
	Lost bool   // the object is not in the result at all
}

// String is one line: file:line:col: what: why.
func (n Note) String() string {
	at := n.Pos.String()
	if at != "" {
		at += ": "
	}
	mark := "changed"
	if n.Lost {
		mark = "left out"
	}
	return fmt.Sprintf("%s%s %s: %s", at, n.What, mark, n.Why)
}

// notes collects notes, each once.
type notes struct {
	list []Note
	seen map[string]bool
}

func (n *notes) add(note Note) {
	if n.seen == nil {
		n.seen = map[string]bool{}
	}
	if text := note.String(); !n.seen[text] {
		n.seen[text] = true
		n.list = append(n.list, note)
	}
}

// lost notes an object that is left out.
func (n *notes) lost(pos semantic.Pos, what, why string, args ...any) {
	n.add(Note{Pos: pos, What: what, Why: fmt.Sprintf(why, args...), Lost: true})
}

// changed notes an object that is carried in another form.
func (n *notes) changed(pos semantic.Pos, what, why string, args ...any) {
	n.add(Note{Pos: pos, What: what, Why: fmt.Sprintf(why, args...)})
}

// sorted are the notes in order of place.
func (n *notes) sorted() []Note {
	slices.SortStableFunc(n.list, func(a, b Note) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	return n.list
}

// unknown notes the keys of a mapping that nothing reads. A key with a null in
// it says nothing.
func (n *notes) unknown(t *semantic.Tree, what string, known ...string) {
	if t == nil {
		return
	}
	seen := map[string]bool{}
	for _, f := range t.Fields {
		switch {
		case seen[f.Key]:
			n.lost(f.Pos, what+" "+f.Key, "the key stands twice; the first one counts")
		case !slices.Contains(known, f.Key) && !f.Value.Null():
			n.lost(f.Pos, what+" "+f.Key, "no such key is carried")
		case flags[f.Key]:
			n.flag(f.Value, what+" "+f.Key)
		}
		seen[f.Key] = true
	}
}

// flags are the keys that are true or false wherever a format has them.
var flags = map[string]bool{"public": true, "shown": true, "sub_query": true, "multi_stage": true, "is_time": true, "is_partition": true,
	"is_enum": true, "is_start": true, "is_end": true, "create_metric": true, "join_to_timespine": true,
	"use_discrete_percentile": true, "use_approximate_percentile": true}

// flag notes what stands where true or false must.
func (n *notes) flag(t *semantic.Tree, what string) {
	if !t.Null() && !truth(t) && !strings.EqualFold(text(t), "false") {
		n.changed(t.Pos, what, "%q is neither true nor false: it counts as false", clip(text(t)))
	}
}

// clip keeps a text short enough to be quoted in a note.
func clip(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return text
}
