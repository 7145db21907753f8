package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"wenshu/warehouse/load"
)

// databaseURL is the URL of a database: itself, or for csv:DIR and xlsx:FILE
// that of a SQLite file in the user's cache with their tables, made anew when
// they have changed.
func databaseURL(ctx context.Context, url string) (string, error) {
	kind, path, _ := strings.Cut(url, ":")
	var read func(string) ([]load.Sheet, error)
	switch strings.ToLower(kind) {
	case "csv":
		read = load.CSVFolder
	case "xlsx":
		read = load.Workbook
	default:
		return url, nil
	}
	file, err := sheetFile(path)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	sheets, err := read(path)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return "", err
	}
	l, err := load.SQLite(file)
	if err != nil {
		return "", err
	}
	if err := errors.Join(load.Sheets(ctx, l, sheets), l.Close()); err != nil {
		return "", err
	}
	return file, nil
}

// sheetsVersion changes with the way sheets are read.
const sheetsVersion = 2

// sheetFile is where the tables of a folder or workbook are kept: a name that
// changes with the size and time of its files.
func sheetFile(path string) (string, error) {
	whole, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	stamp := sha256.New()
	fmt.Fprintln(stamp, sheetsVersion, whole)
	err = filepath.WalkDir(whole, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			fmt.Fprintln(stamp, p, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no folder for tables of sheets: %w", err)
	}
	return filepath.Join(cache, "wenshu", "sheets", hex.EncodeToString(stamp.Sum(nil))[:24]+".sqlite"), nil
}
