package semantic

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"sync"
	"time"
)

// The limits of a whole model and of one load.
const (
	maxFiles      = 1000
	maxModelBytes = 64 << 20
	maxProblems   = 100
	maxTextBytes  = 16 << 10
	maxNameBytes  = 64
	maxFoundFirst = 3 * maxProblems // problems found before the search ends
	maxTables     = 2_000
	maxDimensions = 20_000
	maxMetrics    = 10_000
)

// Load reads the model files (*.yaml, *.yml) at the top of a folder and builds
// the model. A model that is wrong anywhere is refused: the error then is
// Problems, each at its place, in order of place, at most 100. The codes are
// SyntaxError, TooLong, WrongType, Missing, UnknownName, Collision, Reserved,
// KeyRequired, Cycle, BadPeriod, NoPath, AmbiguousPath, AmbiguousName, NoTime,
// MixedShape, UnsafeReaggregate, AggregateInWhere, UnsupportedBySource and
// NotComputed. Any other error is one of reading files.
func Load(fsys fs.FS) (*Model, error) {
	names, err := modelFiles(fsys)
	if err != nil {
		return nil, err
	}
	texts, err := readModelFiles(fsys, names)
	if err != nil {
		return nil, err
	}
	return load(names, texts)
}

// LoadFiles loads model files that are at hand, by name, as Load does.
func LoadFiles(files map[string][]byte) (*Model, error) {
	names := slices.Sorted(maps.Keys(files))
	texts, total := make([][]byte, len(names)), 0
	for i, name := range names {
		texts[i] = files[name]
		if total += len(texts[i]); total > maxModelBytes {
			return nil, Problems{{Code: TooLong, Pos: Pos{File: name}, Name: "*.yaml", Detail: "bytes"}}
		}
	}
	return load(names, texts)
}

func load(names []string, texts [][]byte) (*Model, error) {
	l := newLoader()
	l.model.Version = version(names, texts)
	for _, file := range parseFiles(names, texts) {
		if file.problem != nil {
			l.report(*file.problem)
		} else if file.root != nil {
			l.addFile(file.root)
		}
	}
	l.build()
	if len(l.problems) > 0 {
		return nil, l.sorted()
	}
	return l.model, nil
}

// modelFiles lists the files of a model in order of name.
func modelFiles(fsys fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("read model folder: %w", err)
	}
	var names []string
	for _, e := range entries {
		if ext := path.Ext(e.Name()); !e.IsDir() && (ext == ".yaml" || ext == ".yml") {
			names = append(names, e.Name())
		}
	}
	switch {
	case len(names) == 0:
		return nil, Problems{{Code: Missing, Name: "*.yaml", Detail: "file"}}
	case len(names) > maxFiles:
		return nil, Problems{{Code: TooLong, Name: "*.yaml", Detail: "files"}}
	}
	slices.Sort(names)
	return names, nil
}

// readModelFiles reads the files. It returns TooLong for a model beyond the
// limit.
func readModelFiles(fsys fs.FS, names []string) ([][]byte, error) {
	texts := make([][]byte, len(names))
	total := 0
	for i, name := range names {
		text, err := readModelFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read model file %s: %w", name, err)
		}
		texts[i] = text
		if total += len(text); total > maxModelBytes {
			return nil, Problems{{Code: TooLong, Pos: Pos{File: name}, Name: "*.yaml", Detail: "bytes"}}
		}
	}
	return texts, nil
}

// readModelFile reads at most one byte more than a file may have.
func readModelFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	return data, errors.Join(err, f.Close())
}

// version is the sum of the files with their names.
func version(names []string, texts [][]byte) string {
	sum := sha256.New()
	for i, name := range names {
		fmt.Fprintf(sum, "%q %d\n", name, len(texts[i]))
		sum.Write(texts[i])
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// parsedFile is what became of one file.
type parsedFile struct {
	root    *node
	problem *Problem
}

// parseFiles parses the files side by side: parsing is most of a load's time.
func parseFiles(names []string, texts [][]byte) []parsedFile {
	files := make([]parsedFile, len(names))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wait sync.WaitGroup
	for i := range files {
		slots <- struct{}{}
		wait.Go(func() {
			files[i].root, files[i].problem = parseYAML(names[i], texts[i])
			<-slots
		})
	}
	wait.Wait()
	return files
}

// loader builds one model. Steps report problems and go on, so that a person
// sees all mistakes at once; what depends on a broken thing is skipped without
// a word of its own.
type loader struct {
	model     *Model
	problems  Problems
	sections  sections
	tables    []*tableDraft
	metrics   []*metricDraft
	drafts    map[string]*metricDraft // of metrics, by name
	names     *names
	mentioned map[*Table][]string  // physical columns, as far as asked for
	asked     func(*shape, string) // tests listen to the keys that are read; else nil
}

// sections are the files' sections, merged.
type sections struct {
	model, calendar           *node
	tables, metrics           []entry
	rules, phrases, questions []*node
}

func newLoader() *loader {
	return &loader{
		model:     &Model{Calendar: &Calendar{Zone: "UTC", WeekStart: time.Monday, FiscalStart: 1}},
		mentioned: map[*Table][]string{},
	}
}

// report keeps a problem.
func (l *loader) report(p Problem) {
	if !l.full() {
		l.problems = append(l.problems, p)
	}
}

// full reports whether enough problems are found: looking for the nearest names
// of more would only cost time.
func (l *loader) full() bool { return len(l.problems) >= maxFoundFirst }

// sorted returns the problems in order of place.
func (l *loader) sorted() Problems {
	slices.SortStableFunc(l.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	return l.problems[:min(len(l.problems), maxProblems)]
}

// addFile merges the sections of a file.
func (l *loader) addFile(root *node) {
	o, ok := l.object(root, &fileShape)
	if !ok {
		return
	}
	l.single(&l.sections.model, o, "model")
	l.single(&l.sections.calendar, o, "calendar")
	l.sections.tables = append(l.sections.tables, o.entries("tables")...)
	l.sections.metrics = append(l.sections.metrics, o.entries("metrics")...)
	l.sections.rules = append(l.sections.rules, o.objects("rules")...)
	l.sections.phrases = append(l.sections.phrases, o.objects("phrases")...)
	l.sections.questions = append(l.sections.questions, o.objects("questions")...)
}

// single keeps a section that only one file may have.
func (l *loader) single(into **node, o object, key string) {
	f := o.field(key)
	switch {
	case f == nil || f.value.isNull():
	case *into != nil:
		l.report(Problem{Code: Collision, Pos: f.pos, Name: key, Detail: "section"})
	default:
		*into = f.value
	}
}

// build turns the sections into the model: first everything is declared, then
// joins are linked, then names are resolved.
func (l *loader) build() {
	if !l.fits() {
		return
	}
	l.readModel()
	l.readCalendar()
	l.declareTables()
	l.linkJoins()
	l.declareMetrics()
	l.names = newNames(l.model)
	l.model.names = l.names
	l.linkTables()
	l.resolveMetrics()
	l.readRules()
	l.readPhrases()
	l.readQuestions()
}

// fits refuses a model beyond the limits, which is TooLong.
func (l *loader) fits() bool {
	dimensions := 0
	for _, t := range l.sections.tables {
		for _, f := range t.value.fields {
			dimensions += len(f.value.fields)
		}
	}
	for _, c := range []struct {
		what     string
		n, limit int
	}{
		{"tables", len(l.sections.tables), maxTables},
		{"dimensions", dimensions, maxDimensions},
		{"metrics", len(l.sections.metrics), maxMetrics},
	} {
		if c.n > c.limit {
			l.report(Problem{Code: TooLong, Name: c.what, Detail: "model"})
			return false
		}
	}
	return true
}

func (l *loader) readModel() {
	if l.sections.model == nil {
		return
	}
	o, ok := l.object(l.sections.model, &modelShape)
	if !ok {
		return
	}
	l.model.Name = o.text("name")
	l.model.Names = o.names(l.model.Name)
	l.model.Currency = o.text("currency")
}

// identifier checks a name that query lines must be able to say: letters,
// digits and underscores of any script, at most 64 bytes, no reserved word. It
// reports SyntaxError, TooLong and Reserved.
func (l *loader) identifier(e entry, what string) bool {
	switch {
	case len(e.key) > maxNameBytes:
		l.report(Problem{Code: TooLong, Pos: e.pos, Name: e.key, Detail: what})
	case !isBareWord(e.key):
		l.report(Problem{Code: SyntaxError, Pos: e.pos, Name: e.key, Detail: what})
	case IsReserved(e.key):
		l.report(Problem{Code: Reserved, Pos: e.pos, Name: e.key, Detail: what})
	default:
		return true
	}
	return false
}
