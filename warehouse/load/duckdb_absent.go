//go:build !duckdb

package load

import "errors"

// DuckDB says that the program was built without DuckDB: the build tag duckdb
// links it in.
func DuckDB(string) (Loader, error) {
	return nil, errors.New("load: built without DuckDB: the build tag duckdb is not set")
}
