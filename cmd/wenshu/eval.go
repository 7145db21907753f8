package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"wenshu/answer/draft"
	"wenshu/answer/eval"
	"wenshu/answer/state"
	"wenshu/nlq/llm"
	"wenshu/semantic"
	"wenshu/warehouse"
)

type evalCommand struct {
	Questions string   `help:"File of questions, one JSON object a line." required:"" type:"existingfile"`
	Warehouse []string `help:"A warehouse of the model, as NAME=URL; repeatable." placeholder:"NAME=URL" sep:"none"`
	DB        string   `help:"Folder of SQLite files, one per database that questions name." name:"db" type:"existingdir" placeholder:"DIR"`
	Model     string   `help:"Folder of the model's files, for all questions." type:"existingdir" placeholder:"DIR"`
	Models    string   `help:"Folder with a folder of model files for each database." type:"existingdir" placeholder:"DIR"`
	secondReader
	Reader   string  `help:"Who reads: embedded, llm alone, or both, as the settings of --llm say." enum:"embedded,llm,both" default:"embedded"`
	Draft    bool    `help:"Draft the model of each database first."`
	Now      string  `help:"The moment of questions that name none." placeholder:"TIME"`
	JSON     string  `help:"File for the results." name:"json" placeholder:"OUT"`
	Compare  string  `help:"Results of an earlier run." placeholder:"OLD" type:"existingfile"`
	MinRight float64 `help:"Fail below this percentage of right answers."`
	MaxWrong float64 `help:"Fail above this percentage of wrong answers." default:"100"`
	Quiet    bool    `help:"Print the tables without the failures."`
}

// Run asks every question and reports. The exit code is 1 when a bound is not
// kept.
func (c *evalCommand) Run(ctx context.Context, s streams) error {
	records, now, err := c.read()
	if err != nil {
		return err
	}
	open := &databases{command: c}
	defer open.close()
	second, err := c.second(ctx)
	if err != nil {
		return err
	}
	scored, err := eval.Run(ctx, records, eval.Options{Now: now, Open: open.open, Second: second})
	if err != nil {
		return err
	}
	report := eval.Summarize(scored)
	if err := c.write(s, report); err != nil {
		return err
	}
	if right, wrong := 100*report.Total.Right(), 100*report.Total.WrongShare(); right < c.MinRight || wrong > c.MaxWrong {
		fmt.Fprintf(s.err, "right %.1f%%, wanted %.1f%% or more; wrong %.1f%%, wanted %.1f%% or less\n", right, c.MinRight, wrong, c.MaxWrong)
		return errAnswered
	}
	return nil
}

func (c *evalCommand) read() ([]eval.Record, time.Time, error) {
	if n := boolCount(c.Model != "", c.Models != "", c.Draft); n != 1 {
		return nil, time.Time{}, errors.New("want one of --model, --models and --draft")
	}
	if (c.DB == "") == (len(c.Warehouse) == 0) {
		return nil, time.Time{}, errors.New("want one of --db and --warehouse")
	}
	file, err := os.Open(c.Questions)
	if err != nil {
		return nil, time.Time{}, err
	}
	defer file.Close()
	records, err := eval.ReadRecords(file)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("%s: %w", c.Questions, err)
	}
	var now time.Time
	if c.Now != "" {
		if now, err = eval.Moment(c.Now, time.UTC); err != nil {
			return nil, now, fmt.Errorf("--now: %w", err)
		}
	}
	return records, now, nil
}

// second is the language model that helps to read; nil where only the embedded
// reader is measured.
func (c *evalCommand) second(ctx context.Context) (*llm.Reader, error) {
	switch {
	case c.Reader == "embedded":
		return nil, nil
	case c.LLM == "":
		return nil, fmt.Errorf("--reader %s: want --llm FILE", c.Reader)
	case c.Reader == "llm":
		c.mode = llm.Alone
	}
	store, err := state.Open(ctx, "") // what an evaluation spends is bounded by the settings, run by run
	if err != nil {
		return nil, err
	}
	reader, err := c.secondReader.reader(ctx, store, nil)
	return reader, errors.Join(err, store.Close())
}

func boolCount(list ...bool) int {
	n := 0
	for _, b := range list {
		if b {
			n++
		}
	}
	return n
}

func (c *evalCommand) write(s streams, report eval.Report) error {
	if c.JSON != "" {
		file, err := os.Create(c.JSON)
		if err != nil {
			return err
		}
		if err := errors.Join(report.WriteJSON(file), file.Close()); err != nil {
			return err
		}
	}
	if c.Compare != "" {
		file, err := os.Open(c.Compare)
		if err != nil {
			return err
		}
		defer file.Close()
		old, err := eval.ReadReport(file)
		if err != nil {
			return err
		}
		if err := report.Compare(s.out, old); err != nil {
			return err
		}
	}
	if c.Quiet {
		report.Scored = nil
	}
	return report.Write(s.out)
}

// databases opens what questions are about.
type databases struct {
	command *evalCommand
	sources []warehouse.Sources
}

func (d *databases) close() {
	for _, s := range d.sources {
		_ = s.Close() // read-only
	}
}

func (d *databases) open(ctx context.Context, db string) (eval.Database, error) {
	c := d.command
	urls := [][2]string{{cmp.Or(db, "main"), filepath.Join(c.DB, db+".sqlite")}}
	if c.DB == "" {
		var err error
		if urls, err = splitPairs(c.Warehouse); err != nil {
			return eval.Database{}, err
		}
	}
	dir := c.Model
	if c.Models != "" {
		dir = filepath.Join(c.Models, db)
	}
	if dir != "" && c.DB != "" {
		model, err := semantic.Load(os.DirFS(dir))
		if err != nil {
			return eval.Database{}, err
		}
		for i, name := range model.Warehouses {
			if i == 0 {
				urls[0][0] = name
			}
		}
	}
	sources, err := openSources(urls)
	if err != nil {
		return eval.Database{}, err
	}
	d.sources = append(d.sources, sources)
	if dir != "" {
		return eval.Database{Sources: sources, Load: func() (*semantic.Model, error) { return semantic.Load(os.DirFS(dir)) }}, nil
	}
	files, _, err := draft.Draft(ctx, sources[urls[0][0]], draft.Options{})
	if err != nil {
		return eval.Database{}, err
	}
	return eval.Database{Sources: sources, Load: func() (*semantic.Model, error) { return semantic.LoadFiles(files) }}, nil
}
