package dialect

import "wenshu/sqlgen/sqltree"

var clickhouseSyntax = &sqltree.Syntax{
	Name: "clickhouse", Quote: '`', SameOp: "IS NOT DISTINCT FROM", NullsOrder: true, GroupByItem: true,
	// Left out on purpose: the casts, which take a null for a fault; whatever
	// reads files, tables, dictionaries, settings or the network (file, url,
	// remote, dictGet, joinGet, getSetting), sleeps or fails at will, makes large
	// values (range, repeat, arrayWithConstant, groupConcat), or differs from call
	// to call.
	Functions: functions(
		aggregates("sum", 1, "avg", 1, "min", 1, "max", 1, "stddevSamp", 1, "varSamp", 1, "groupArray", 1),
		count("count", 1),
		rankings(),
		scalars("abs", 1, "ceil", 1, "floor", 1, "sign", 1, "sqrt", 1, "exp", 1, "log", 1, "power", 2,
			"lower", 1, "upper", 1, "lengthUTF8", 1, "trimBoth", 1, "trimLeft", 1, "trimRight", 1,
			"position", 2, "startsWith", 2, "endsWith", 2, "substringUTF8", 3, "toString", 1,
			"tupleElement", 2, "nullIf", 2, "toNullable", 1, "arraySort", 1, "arrayElement", 2,
			"toInt64", 1, "toUInt64", 1, "toUInt8", 1, "toFloat64", 1, "toDecimal128", 2,
			"toDate32", 1, "toDate32OrNull", 1, "toDateTime64", 3, "toDateTime64OrNull", 3,
			"toStartOfMillisecond", 1, "toStartOfSecond", 1, "toStartOfMinute", 1, "toStartOfHour", 1, "toMonday", 1,
			"toStartOfMonth", 1, "toStartOfQuarter", 1, "toStartOfYear", 1,
			"addSeconds", 2, "addDays", 2, "addMonths", 2, "dateDiff", 3,
			"toHour", 1, "toDayOfWeek", 1, "toDayOfMonth", 1, "toDayOfYear", 1, "toISOWeek", 1, "toMonth", 1, "toQuarter", 1),
		[]sqltree.Function{
			{Name: "round", Min: 1, Max: 2},
			{Name: "coalesce", Min: 2, Max: -1},
			{Name: "arrayJoin", Min: 1, Max: 1, Of: "array"}, // of what is spelled out, never of data
			{Name: "array", Min: 1, Max: -1},
			{Name: "tuple", Min: 1, Max: -1},
			{Name: "concat", Min: 2, Max: -1},
		},
	),
}
