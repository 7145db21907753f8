//go:build !duckdb

package warehouse

import "errors"

// openDuckDB says that the program was built without DuckDB, whose library is
// larger than all the rest: the build tag duckdb links it in.
func openDuckDB(name, _ string, _ Options) (Source, error) {
	return nil, fail(ErrUnavailable, name, errors.New("built without DuckDB: the build tag duckdb is not set"))
}
