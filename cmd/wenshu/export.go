package main

import (
	"fmt"
	"io/fs"
	"os"

	"wenshu/fixtures"
	"wenshu/semantic/interop"
)

type exportCommand struct {
	To    string `required:"" enum:"${exports}" help:"The format: ${exports}."`
	Model string `help:"Folder of the model's YAML files; without it the demo company's model." type:"existingdir" env:"WENSHU_MODEL"`
	Out   string `required:"" type:"path" help:"The folder for the files; it must not hold any yet."`
}

// Run writes the model in another format and lists on standard error, as
// file:line:col, what the format has no words for.
func (c *exportCommand) Run(s streams) error {
	folder := fixtures.ShopModel()
	if c.Model != "" {
		folder = os.DirFS(c.Model)
	}
	files, err := modelFiles(folder)
	if err != nil {
		return err
	}
	out, err := interop.Export(c.To, files)
	if err != nil {
		return s.faults(err)
	}
	if err := writeNew(c.Out, out.Files); err != nil {
		return err
	}
	s.notes(out.Notes)
	fmt.Fprintf(s.out, "%s: %d files; %d things that %s has no words for are kept in its extensions\n", c.Out, len(out.Files), len(out.Notes), c.To)
	return nil
}

// modelFiles reads the YAML files at the top of a folder.
func modelFiles(folder fs.FS) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, pattern := range []string{"*.yaml", "*.yml"} {
		names, err := fs.Glob(folder, pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if files[name], err = fs.ReadFile(folder, name); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}
