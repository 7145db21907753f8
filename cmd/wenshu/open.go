package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/fixtures"
	"wenshu/nlq/llm"
	"wenshu/semantic"
	"wenshu/warehouse"
)

// company is which model and warehouses a command works on.
type company struct {
	Model     string   `help:"Folder of the model's YAML files; without it the demo company is asked." type:"existingdir" env:"WENSHU_MODEL"`
	Warehouse []string `help:"A warehouse the model names, as NAME=URL; repeatable. A URL is the path of a SQLite file, or postgres://, mysql://, clickhouse:// or, where it is built in, duckdb:." placeholder:"NAME=URL" sep:"none"`
	Data      string   `help:"Folder of the demo company's databases." placeholder:"DIR" env:"WENSHU_DATA"`
	Scale     float64  `help:"Size of the demo company: its customers and orders are multiplied." default:"1"`
	Now       string   `help:"The moment to ask at, such as 2026-07-15T10:00; without it, now (the demo has its own)." placeholder:"TIME"`
}

// asker is who asks.
type asker struct {
	As   string            `help:"Who asks." placeholder:"USER"`
	Attr map[string]string `help:"An attribute of the asker, such as region=华东; several values are parted by commas. Repeatable." mapsep:"none" placeholder:"K=V"`
	Role []string          `help:"A role of the asker; repeatable."`
	Lang string            `help:"Language of the answer: zh-CN, zh-TW or en; without it, that of the question."`
}

func (c company) demo() bool { return c.Model == "" }

// opened is a running service with what must be closed after it.
type opened struct {
	service *answer.Service
	sources warehouse.Sources
	state   *state.Store
	now     func() time.Time
}

func (o *opened) close() {
	if o.state != nil {
		_ = o.state.Close() // answers are committed one by one; nothing is lost
	}
	_ = o.sources.Close() // read-only
}

// open starts a service over the model and its warehouses. Its state lives in
// the file at statePath, "" for one that is gone with the process.
func (c company) open(ctx context.Context, statePath string, log *slog.Logger, second secondReader, observe llm.Observer) (*opened, error) {
	o := &opened{now: time.Now}
	load, urls, err := c.parts(ctx, o)
	if err != nil {
		return nil, err
	}
	model, err := load()
	if err != nil {
		return nil, err
	}
	if err := c.setNow(o, model); err != nil {
		return nil, err
	}
	if o.sources, err = openSources(urls); err != nil {
		return nil, err
	}
	if o.state, err = state.Open(ctx, statePath); err != nil {
		o.close()
		return nil, err
	}
	reader, err := second.reader(ctx, o.state, observe)
	if err == nil {
		config := answer.Config{Load: load, Sources: o.sources, State: o.state, Now: o.now, Log: log, Second: reader}
		if statePath != "" {
			config.Kept, config.KeptOf = statePath+".members", keptOf(urls)
		}
		o.service, err = answer.New(ctx, config)
	}
	if err != nil {
		o.close()
		return nil, err
	}
	return o, nil
}

// parts finds the model's loader and the warehouses' URLs by name.
func (c company) parts(ctx context.Context, o *opened) (func() (*semantic.Model, error), [][2]string, error) {
	if c.demo() {
		dir, err := c.demoDir()
		if err != nil {
			return nil, nil, err
		}
		if _, _, err := fixtures.Ensure(ctx, dir, fixtures.Options{Scale: c.Scale}); err != nil {
			return nil, nil, err
		}
		o.now = fixtures.DemoNow
		urls := [][2]string{
			{fixtures.SalesWarehouse, filepath.Join(dir, fixtures.SalesFile)},
			{fixtures.FactoryWarehouse, filepath.Join(dir, fixtures.FactoryFile)},
		}
		return func() (*semantic.Model, error) { return semantic.Load(fixtures.ShopModel()) }, urls, nil
	}
	urls, err := splitPairs(c.Warehouse)
	if err != nil {
		return nil, nil, err
	}
	return func() (*semantic.Model, error) { return semantic.Load(os.DirFS(c.Model)) }, urls, nil
}

// keptOf names databases as this process finds them: a path is one of its folder.
func keptOf(urls [][2]string) string {
	folder, _ := os.Getwd() // without one, relative paths name nothing
	return fmt.Sprintf("%q %q", folder, urls)
}

func splitPairs(list []string) ([][2]string, error) {
	var pairs [][2]string
	for _, text := range list {
		name, url, ok := strings.Cut(text, "=")
		if !ok || name == "" || url == "" {
			return nil, fmt.Errorf("--warehouse %s: want NAME=URL", text)
		}
		pairs = append(pairs, [2]string{name, url})
	}
	return pairs, nil
}

func openSources(urls [][2]string) (warehouse.Sources, error) {
	sources := warehouse.Sources{}
	for _, pair := range urls {
		if _, twice := sources[pair[0]]; twice {
			_ = sources.Close()
			return nil, fmt.Errorf("--warehouse %s: named twice", pair[0])
		}
		url, err := databaseURL(context.Background(), pair[1])
		if err != nil {
			_ = sources.Close()
			return nil, err
		}
		source, err := warehouse.Open(pair[0], url, warehouse.Options{})
		if err != nil {
			_ = sources.Close()
			return nil, err
		}
		sources[pair[0]] = source
	}
	return sources, nil
}

// demoDir is where the demo's databases are kept between runs.
func (c company) demoDir() (string, error) {
	if c.Data != "" {
		return c.Data, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no folder for the demo's databases, name one with --data: %w", err)
	}
	return filepath.Join(cache, "wenshu", "demo"), nil
}

// setNow fixes the clock where --now is given, read in the model's zone.
func (c company) setNow(o *opened, m *semantic.Model) error {
	if c.Now == "" {
		return nil
	}
	zone, err := m.Calendar.Location()
	if err != nil {
		return err
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, c.Now, zone); err == nil {
			o.now = func() time.Time { return t }
			return nil
		}
	}
	return fmt.Errorf("--now %s: want a time such as 2026-07-15T10:00", c.Now)
}

// viewer is the asker as rules see them. In the demo a sample viewer's name is
// enough; nobody named sees everything, as the demo's owner.
func (a asker) viewer(demo bool) (semantic.Viewer, error) {
	v := semantic.Viewer{ID: a.As, Name: a.As, Roles: a.Role, Attrs: map[string][]string{}}
	if demo {
		sample, ok := sampleViewer(a.As)
		if !ok {
			return v, fmt.Errorf("--as %s: the demo knows %s", a.As, sampleNames())
		}
		v = sample
	}
	for k, text := range a.Attr {
		if v.Attrs == nil {
			v.Attrs = map[string][]string{}
		}
		v.Attrs[k] = strings.Split(text, ",")
	}
	v.Roles = append(v.Roles, a.Role...)
	return v, nil
}
