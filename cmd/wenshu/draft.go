package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"wenshu/answer/draft"
	"wenshu/semantic"
	"wenshu/warehouse"
)

type draftCommand struct {
	Warehouse string `help:"The database, as NAME=URL or URL; csv:DIR is a folder of CSV files, xlsx:FILE a workbook." required:"" placeholder:"URL"`
	Out       string `help:"Folder for the model files; made when it is not there." required:"" placeholder:"DIR"`
	Name      string `help:"What the model is called; without it, like the warehouse."`
}

// Run writes the model files of a database that has none. A folder that holds
// model files already is left alone.
func (c *draftCommand) Run(ctx context.Context, s streams) error {
	held, err := filepath.Glob(filepath.Join(c.Out, "*.y*ml"))
	if err != nil {
		return err
	}
	if len(held) > 0 {
		return fmt.Errorf("%s holds model files already", c.Out)
	}
	source, done, err := openDatabase(ctx, c.Warehouse)
	if err != nil {
		return err
	}
	defer done()
	files, report, err := draft.Draft(ctx, source, draft.Options{Name: c.Name})
	if err != nil {
		return err
	}
	if err := writeFiles(c.Out, files); err != nil {
		return err
	}
	if _, err := semantic.LoadFiles(files); err != nil {
		return s.faults(err)
	}
	for _, line := range report.Probable {
		fmt.Fprintln(s.out, "probable:", line)
	}
	for _, line := range report.Notes {
		fmt.Fprintln(s.out, "note:", line)
	}
	fmt.Fprintf(s.out, "%d tables, %d joins, %d metrics in %s\n", report.Tables, report.Joins, report.Metrics, c.Out)
	return nil
}

// openDatabase opens a database that is given as NAME=URL or as a URL alone;
// done closes it.
func openDatabase(ctx context.Context, given string) (source warehouse.Source, done func(), err error) {
	name, url := "main", given
	if pairs, err := splitPairs([]string{given}); err == nil {
		name, url = pairs[0][0], pairs[0][1]
	}
	if url == "" {
		return nil, nil, errors.New("a database needs a URL")
	}
	if url, err = databaseURL(ctx, url); err != nil {
		return nil, nil, err
	}
	source, err = warehouse.Open(name, url, warehouse.Options{})
	if err != nil {
		return nil, nil, err
	}
	return source, func() { _ = source.Close() }, nil // read-only
}

func writeFiles(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := os.WriteFile(filepath.Join(dir, name), files[name], 0o644); err != nil {
			return err
		}
	}
	return nil
}
