// Package finish computes the last steps of a program over rows that engines
// have returned: it stitches, derives, filters, ranks, shares, sorts and limits,
// on exact values with SQL's logic of NULL.
//
// It is pure: rows in, rows out, within bounds. It knows no database, and links
// none, so that its fuzz targets build in a second.
package finish
