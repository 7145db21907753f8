//go:build duckdb

package conformance

const duckdbLinked = true
