package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"wenshu/semantic"
)

// referencer is a source that can run a statement as its author wrote it.
type referencer interface {
	reference(ctx context.Context, text string, row func([]driver.Value) error) error
}

// Reference runs one SELECT as an analyst wrote it, to hold answers against its
// rows. It reads only, over the tables that the source lists, within the
// source's limits of time and rows; every function of the engine may be called.
// Values are ints, floats and texts as the engine stores them. No answer to a
// person comes from here. Errors are *Error; ErrTooLarge means more rows than
// the source allows.
func Reference(ctx context.Context, s Source, text string) ([][]semantic.Value, error) {
	r, ok := s.(referencer)
	if !ok {
		return nil, fail(ErrRefused, s.Name(), errors.New("no reference statements on this engine"))
	}
	var rows [][]semantic.Value
	most := s.options().MaxRows
	err := r.reference(ctx, text, func(raw []driver.Value) error {
		if len(rows) >= most {
			return fail(ErrTooLarge, s.Name(), nil)
		}
		row := make([]semantic.Value, len(raw))
		for i, v := range raw {
			value, err := plainValue(v)
			if err != nil {
				return fail(ErrValue, s.Name(), err)
			}
			row[i] = value
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

func plainValue(raw driver.Value) (semantic.Value, error) {
	switch v := raw.(type) {
	case nil:
		return semantic.NullValue, nil
	case bool:
		return semantic.BoolValue(v), nil
	case int64:
		return semantic.IntValue(v), nil
	case float64:
		return semantic.FloatValue(v), nil
	case string:
		return semantic.TextValue(v), nil
	case []byte:
		return semantic.TextValue(string(v)), nil
	}
	return semantic.NullValue, fmt.Errorf("a %T", raw)
}

// reference runs the statement over a connection of its own, whose authorizer
// lets it call every function that touches nothing outside of the database.
func (s *sqliteSource) reference(ctx context.Context, text string, row func([]driver.Value) error) error {
	return s.admit(ctx, &Timing{}, func(ctx context.Context, _ *sql.DB) error {
		conn, err := sqliteConnector{s.path, fence{tables: s.opts.Tables, everyFunction: true}.install}.Connect(ctx)
		if err != nil {
			return err
		}
		err = conn.(*sqliteConn).run(ctx, query{sql: text, columns: anyColumns}, row)
		return errors.Join(err, conn.Close())
	})
}

// outsideFunctions reach files or settings.
var outsideFunctions = setOf("load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "sqlite_compileoption_get", "sqlite_compileoption_used")
