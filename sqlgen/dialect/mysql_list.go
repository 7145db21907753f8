package dialect

import "wenshu/sqlgen/sqltree"

var mysqlSyntax = &sqltree.Syntax{
	Name: "mysql", Quote: '`', SameOp: "<=>", GroupByItem: true,
	Types: map[string]int{"SIGNED": 0, "DECIMAL": 2, "DOUBLE": 0, "DATE": 0, "DATETIME": 1, "BINARY": 0,
		"CHAR CHARACTER SET UTF8MB4": 0},
	Units: map[string]bool{"SECOND": true, "DAY": true, "MONTH": true},
	// Left out on purpose: whatever reads files, settings, sessions or locks,
	// whatever sleeps (sleep, benchmark), whatever makes large values (repeat,
	// lpad, space, group_concat), whatever differs from call to call, and
	// whatever a backslash or a collation can change.
	Functions: functions(
		aggregates("SUM", 1, "AVG", 1, "MIN", 1, "MAX", 1, "STDDEV_SAMP", 1, "VAR_SAMP", 1),
		count("COUNT", 1),
		rankings(),
		scalars("ABS", 1, "CEIL", 1, "FLOOR", 1, "SIGN", 1, "SQRT", 1, "EXP", 1, "LN", 1, "POWER", 2,
			"LOWER", 1, "UPPER", 1, "CHAR_LENGTH", 1, "TRIM", 1, "LTRIM", 1, "RTRIM", 1, "REPLACE", 3, "NULLIF", 2,
			"REGEXP_INSTR", 2, "DATE_FORMAT", 2, "DATEDIFF", 2, "TO_SECONDS", 1, "HOUR", 1, "WEEKDAY", 1, "DAYOFMONTH", 1,
			"DAYOFYEAR", 1, "WEEKOFYEAR", 1, "MONTH", 1, "QUARTER", 1, "CRC32", 1),
		[]sqltree.Function{
			{Name: "ROUND", Min: 1, Max: 2},
			{Name: "COALESCE", Min: 2, Max: -1},
			{Name: "CONCAT", Min: 2, Max: -1},
			{Name: "SUBSTR", Min: 2, Max: 3},
		},
	),
}
