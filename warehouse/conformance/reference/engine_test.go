package reference

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing/fstest"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/warehouse"
)

var clock = semantic.Clock{Now: time.Date(2026, 7, 15, 2, 0, 0, 0, time.UTC)}

// engine is a world as the product sees it: its model loaded, its rows in
// databases.
type engine struct {
	model   *semantic.Model
	sources warehouse.Sources
}

// seam changes what lies between binding and running; nil changes nothing. It
// is where faults are put.
type seam struct {
	plan    func(*semantic.Plan) *semantic.Plan
	program func(*sqlgen.Program) *sqlgen.Program
}

func openEngine(dir string, w *world) (*engine, error) {
	model, err := semantic.Load(fstest.MapFS{"model.yaml": {Data: []byte(w.yaml())}})
	if err != nil {
		return nil, fmt.Errorf("load: %w\n%s", err, w.yaml())
	}
	e := &engine{model: model, sources: warehouse.Sources{}}
	for _, name := range model.Warehouses {
		path := filepath.Join(dir, name+".db")
		os.Remove(path)
		if err := write(path, w.script(name)); err != nil {
			return nil, err
		}
		source, err := warehouse.Open(name, path, warehouse.Options{})
		if err != nil {
			return nil, err
		}
		e.sources[name] = source
	}
	return e, nil
}

func write(path, script string) error {
	db, err := sql.Open("sqlite3", path+"?_journal_mode=OFF&_synchronous=OFF")
	if err != nil {
		return err
	}
	if _, err := db.Exec(script); err != nil {
		db.Close()
		return fmt.Errorf("%w in\n%s", err, script)
	}
	return db.Close()
}

func (e *engine) close() { e.sources.Close() }

// bind reads and binds a query line.
func (e *engine) bind(line string, v semantic.Viewer) (*semantic.Plan, error) {
	q, err := semantic.ParseQuery(line)
	if err != nil {
		return nil, err
	}
	return semantic.Bind(e.model, q, v, clock)
}

// run binds, compiles and runs a query line.
func (e *engine) run(line string, v semantic.Viewer, s seam) (*semantic.Plan, *warehouse.Table, error) {
	p, err := e.bind(line, v)
	if err != nil {
		return nil, nil, err
	}
	if s.plan != nil {
		p = s.plan(p)
	}
	dialects := map[string]string{}
	for name, source := range e.sources {
		dialects[name] = source.Dialect()
	}
	program, err := sqlgen.Compile(p, dialects)
	if err != nil {
		return p, nil, err
	}
	if s.program != nil {
		program = s.program(program)
	}
	table, _, err := e.sources.Run(context.Background(), program)
	if err != nil {
		return p, nil, fmt.Errorf("%w (%v)\n%s", err, inner(err), program.Statements[0].SQL)
	}
	return p, table, nil
}

func inner(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

func refused(err error) (semantic.Problems, bool) {
	var ps semantic.Problems
	if errors.As(err, &ps) {
		return ps, true
	}
	var p semantic.Problem
	if errors.As(err, &p) {
		return semantic.Problems{p}, true
	}
	return nil, false
}

// verdict of one case.
type verdict int

const (
	agreed    verdict = iota
	declined          // the product refuses what has an answer
	refusedBy         // both refuse
	skipped           // the answer hangs on the last digits of doubles
	differs
)

// judge computes a case both ways. The text says what differs.
func (e *engine) judge(w *world, q *query, s seam) (verdict, string) {
	want, wantErr := evaluate(w.seen(), q)
	p, got, err := e.run(q.line(), w.viewer(), s)
	if ps, ok := refused(err); ok {
		if wantErr != nil {
			return refusedBy, string(ps[0].Code)
		}
		return declined, fmt.Sprint(ps)
	}
	switch {
	case wantErr == errBeyond:
		return skipped, ""
	case err != nil:
		return differs, "fails: " + err.Error()
	case wantErr != nil:
		return differs, "is answered where it must be refused:\n" + shownRows(got)
	case want.fragile:
		return skipped, ""
	}
	if text := difference(want, p, got); text != "" {
		return differs, text
	}
	return agreed, ""
}

func (w *world) viewer() semantic.Viewer {
	v := semantic.Viewer{ID: "ann"}
	if len(w.areas) > 0 {
		v.Attrs = map[string][]string{"area": each(w.areas, func(c cell) string { return c.text })}
	}
	return v
}
