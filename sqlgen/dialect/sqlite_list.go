package dialect

import "wenshu/sqlgen/sqltree"

var sqliteSyntax = &sqltree.Syntax{
	Name: "sqlite", Quote: '"', SameOp: "IS NOT DISTINCT FROM",
	NullsOrder: true, LikeEscape: true, ConcatOp: true, GroupByItem: true,
	Types: map[string]int{"INTEGER": 0, "REAL": 0, "TEXT": 0, "NUMERIC": 0},
	// Left out on purpose: whatever reads files, extensions or settings, whatever
	// makes large values (zeroblob, randomblob, printf, replace, hex, group_concat),
	// and whatever differs from call to call (random, changes, last_insert_rowid).
	Functions: functions(
		aggregates("SUM", 1, "AVG", 1, "MIN", 1, "MAX", 1, "MEDIAN", 1,
			"PERCENTILE_CONT", 2, "PERCENTILE_DISC", 2,
			"STDDEV_SAMP", 1, "VAR_SAMP", 1),
		count("COUNT", 1),
		rankings(),
		scalars("ABS", 1, "CEIL", 1, "FLOOR", 1, "SIGN", 1, "SQRT", 1, "EXP", 1, "LN", 1, "POWER", 2,
			"LOWER", 1, "UPPER", 1, "LENGTH", 1, "TRIM", 1, "LTRIM", 1, "RTRIM", 1, "INSTR", 2, "NULLIF", 2),
		[]sqltree.Function{
			{Name: "ROUND", Min: 1, Max: 2},
			{Name: "COALESCE", Min: 2, Max: -1},
			{Name: "SUBSTR", Min: 2, Max: 3},
			{Name: "date", Min: 1, Max: 4},
			{Name: "datetime", Min: 1, Max: 4},
			{Name: "julianday", Min: 1, Max: 4},
			{Name: "strftime", Min: 2, Max: 5},
		},
	),
}
