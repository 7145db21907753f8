package dialect

import "wenshu/sqlgen/sqltree"

var duckdbSyntax = &sqltree.Syntax{
	Name: "duckdb", Quote: '"', SameOp: "IS NOT DISTINCT FROM",
	NullsOrder: true, LikeEscape: true, ConcatOp: true, GroupByItem: true,
	Types: map[string]int{"BIGINT": 0, "INTEGER": 0, "DECIMAL": 2, "DOUBLE": 0, "VARCHAR": 0,
		"BOOLEAN": 0, "DATE": 0, "TIMESTAMP": 0},
	// Left out on purpose: whatever reads files, urls, settings or secrets
	// (read_csv and glob are called like functions, query and query_table run
	// text as SQL), whatever makes large values or lists, and whatever differs
	// from call to call.
	Functions: functions(
		aggregates("SUM", 1, "AVG", 1, "MIN", 1, "MAX", 1, "STDDEV_SAMP", 1, "VAR_SAMP", 1,
			"quantile_cont", 2, "quantile_disc", 2),
		count("COUNT", 1),
		rankings(),
		scalars("ABS", 1, "CEIL", 1, "FLOOR", 1, "SIGN", 1, "SQRT", 1, "EXP", 1, "LN", 1, "POWER", 2,
			"LOWER", 1, "UPPER", 1, "LENGTH", 1, "TRIM", 1, "LTRIM", 1, "RTRIM", 1, "TRANSLATE", 3, "NULLIF", 2,
			"date_trunc", 2, "date_part", 2, "make_timestamp", 1, "to_months", 1, "to_days", 1, "to_seconds", 1),
		[]sqltree.Function{
			{Name: "ROUND", Min: 1, Max: 2},
			{Name: "COALESCE", Min: 2, Max: -1},
			{Name: "SUBSTR", Min: 2, Max: 3},
		},
	),
}
