package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wenshu/semantic"
	"wenshu/semantic/interop"
)

type importCommand struct {
	From string `required:"" enum:"${formats}" help:"The format: ${formats}."`
	Name string `help:"What the model is called; by default what the format calls it."`
	Out  string `required:"" type:"path" help:"The folder for the model files; it must not hold any yet."`
	Path string `arg:"" type:"path" help:"A file of the format, or a folder of them."`
}

// Run writes model files and lists on standard error, as file:line:col, what was
// not carried as it was. It fails where the result is no model.
func (c *importCommand) Run(s streams) error {
	kinds := []string{".yaml", ".yml", ".json"}
	if c.From == "cube" { // scripts are not read, but listed
		kinds = append(kinds, ".js", ".ts", ".py")
	}
	files, err := filesOf(c.Path, kinds)
	if err != nil {
		return err
	}
	in, err := interop.Import(c.From, files, interop.Options{Name: c.Name})
	if err != nil {
		return s.faults(err)
	}
	if err := writeNew(c.Out, in.Files); err != nil {
		return err
	}
	lost := s.notes(in.Notes)
	model, err := semantic.Load(os.DirFS(c.Out))
	if err != nil {
		return s.faults(err)
	}
	fmt.Fprintf(s.out, "%s: %d tables, %d metrics, %d questions; %d left out, %d changed\n", c.Out, len(model.Tables), len(model.Metrics),
		len(model.Questions), lost, len(in.Notes)-lost)
	return nil
}

// maxImported bounds the files of an import together, in bytes.
const maxImported = 64 << 20

// filesOf reads one file, or those below a folder that are of some kinds.
func filesOf(path string, kinds []string) (map[string][]byte, error) {
	files, total := map[string][]byte{}, int64(0)
	err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		ext := filepath.Ext(name)
		if err != nil || d.IsDir() || name != path && !slices.Contains(kinds, ext) {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if total += info.Size(); total > maxImported {
			return fmt.Errorf("read %s: more than %d bytes", path, maxImported)
		}
		data, err := os.ReadFile(name)
		short, _ := filepath.Rel(path, name)
		if short == "." {
			short = filepath.Base(name)
		}
		files[short] = data
		return err
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("no files of this format at %s", path)
	}
	return files, err
}

// writeNew writes files into a folder that holds none of them.
func writeNew(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if old, _ := filepath.Glob(filepath.Join(dir, "*.y*ml")); len(old) > 0 {
		return fmt.Errorf("%s holds a model already: %s", dir, strings.Join(old, ", "))
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := os.WriteFile(filepath.Join(dir, name), files[name], 0o644); err != nil {
			return err
		}
	}
	return nil
}
