//go:build duckdb

package api

// linked are the engines that only some builds hold.
var linked = []slowEngine{{
	name: "duckdb", driver: "duckdb", scheme: "duckdb:",
	view: "SELECT a.range AS n FROM range(1000000) a, range(1000000) b WHERE a.range + b.range <> -1",
}}
