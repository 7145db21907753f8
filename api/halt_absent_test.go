//go:build !duckdb

package api

// linked are the engines that only some builds hold.
var linked []slowEngine
