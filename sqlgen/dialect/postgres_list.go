package dialect

import "wenshu/sqlgen/sqltree"

var postgresSyntax = &sqltree.Syntax{
	Name: "postgres", Quote: '"', Numbered: true, SameOp: "IS NOT DISTINCT FROM",
	NullsOrder: true, LikeEscape: true, ConcatOp: true, GroupByItem: true,
	// A longer name is cut by the server without a word.
	NameBytes: 63,
	Types: map[string]int{"BIGINT": 0, "INTEGER": 0, "NUMERIC": 2, "DOUBLE PRECISION": 0, "TEXT": 0,
		"BOOLEAN": 0, "DATE": 0, "TIMESTAMP": 0},
	Collations: map[string]bool{"C": true},
	// Left out on purpose: whatever reads files, settings, catalogues or other
	// sessions, whatever sleeps, locks or sends, whatever makes large values
	// (repeat, lpad, rpad, generate_series, string_agg), runs text as SQL
	// (query_to_xml), and whatever differs from call to call (random, now).
	Functions: functions(
		aggregates("SUM", 1, "AVG", 1, "MIN", 1, "MAX", 1, "STDDEV_SAMP", 1, "VAR_SAMP", 1),
		[]sqltree.Function{
			{Name: "PERCENTILE_CONT", Kind: sqltree.Aggregate, Min: 1, Max: 1, Within: true},
			{Name: "PERCENTILE_DISC", Kind: sqltree.Aggregate, Min: 1, Max: 1, Within: true},
		},
		count("COUNT", 1),
		rankings(),
		scalars("ABS", 1, "CEIL", 1, "FLOOR", 1, "SIGN", 1, "SQRT", 1, "EXP", 1, "LN", 1, "POWER", 2,
			"LOWER", 1, "UPPER", 1, "LENGTH", 1, "TRANSLATE", 3, "NULLIF", 2,
			"date_trunc", 2, "date_part", 2, "to_timestamp", 1, "make_interval", 7),
		[]sqltree.Function{
			{Name: "ROUND", Min: 1, Max: 2},
			{Name: "COALESCE", Min: 2, Max: -1},
			{Name: "SUBSTR", Min: 2, Max: 3},
			{Name: "BTRIM", Min: 1, Max: 2},
		},
	),
}
