//go:build !duckdb

package warehouse

import (
	"errors"
	"testing"

	"wenshu/warehouse/load"
)

var duckdbEngine = serverEngine{name: "duckdb", url: func(t *testing.T) string {
	t.Skip("built without the tag duckdb")
	return ""
}}

// TestDuckDBAbsent says what is missing, and not that the file is.
func TestDuckDBAbsent(t *testing.T) {
	if _, err := Open("w", "duckdb:x.duckdb", Options{}); !errors.Is(err, ErrUnavailable) {
		t.Error(err)
	}
	if _, err := load.DuckDB("x.duckdb"); err == nil {
		t.Error("a loader without its library")
	}
}
