package finish

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// A scalar is one function over values. Its arguments are as many as it allows.
type scalar struct {
	least, most int // arguments; most -1 means any number
	apply       func(args []semantic.Value) (semantic.Value, error)
}

// scalars are the scalar functions of query lines.
var scalars = map[string]scalar{
	"abs":          {1, 1, func(a []semantic.Value) (semantic.Value, error) { return absolute(a[0]) }},
	"floor":        {1, 1, func(a []semantic.Value) (semantic.Value, error) { return floor(a[0]) }},
	"ceil":         {1, 1, func(a []semantic.Value) (semantic.Value, error) { return ceil(a[0]) }},
	"round":        {1, 2, applyRound},
	"coalesce":     {1, -1, applyCoalesce},
	"nullif":       {2, 2, applyNullif},
	"least":        {1, -1, func(a []semantic.Value) (semantic.Value, error) { return extreme(a, -1) }},
	"greatest":     {1, -1, func(a []semantic.Value) (semantic.Value, error) { return extreme(a, 1) }},
	"lower":        {1, 1, func(a []semantic.Value) (semantic.Value, error) { return mapText(a[0], strings.ToLower) }},
	"upper":        {1, 1, func(a []semantic.Value) (semantic.Value, error) { return mapText(a[0], strings.ToUpper) }},
	"length":       {1, 1, applyLength},
	"days_between": {2, 2, applyDaysBetween}, "seconds_between": {2, 2, applySecondsBetween},
}

func evaluateCall(e semantic.Call, row cells) (semantic.Value, error) {
	f, ok := scalars[e.Func]
	if !ok || e.Distinct || len(e.Per) > 0 {
		return semantic.NullValue, fmt.Errorf("%s is no function over one row of results", e.Func)
	}
	if len(e.Args) < f.least || f.most >= 0 && len(e.Args) > f.most {
		return semantic.NullValue, fmt.Errorf("%s with %d arguments", e.Func, len(e.Args))
	}
	args := make([]semantic.Value, len(e.Args))
	for i, a := range e.Args {
		v, err := evaluate(a, row)
		if err != nil {
			return semantic.NullValue, err
		}
		args[i] = v
	}
	return f.apply(args)
}

func applyRound(args []semantic.Value) (semantic.Value, error) {
	digits := int64(0)
	if len(args) == 2 {
		if args[1].IsNull() {
			return semantic.NullValue, nil
		}
		if args[1].Kind() != semantic.Int {
			return semantic.NullValue, errNoNumbers
		}
		digits = args[1].Int()
	}
	return round(args[0], int(min(max(digits, -maxScale), maxScale)))
}

func applyCoalesce(args []semantic.Value) (semantic.Value, error) {
	for _, v := range args {
		if !v.IsNull() {
			return v, nil
		}
	}
	return semantic.NullValue, nil
}

func applyNullif(args []semantic.Value) (semantic.Value, error) {
	equal, err := compare(semantic.Eq, args[0], args[1])
	if err != nil || equal {
		return semantic.NullValue, err
	}
	return args[0], nil
}

// extreme is the greatest (sign 1) or least (sign -1) value, null if any is.
func extreme(args []semantic.Value, sign int) (semantic.Value, error) {
	best := args[0]
	for _, v := range args {
		if v.IsNull() || best.IsNull() {
			return semantic.NullValue, nil
		}
		order, err := v.Compare(best)
		if err != nil {
			return semantic.NullValue, err
		}
		if order == sign {
			best = v
		}
	}
	return best, nil
}

func mapText(v semantic.Value, f func(string) string) (semantic.Value, error) {
	switch v.Kind() {
	case semantic.Null:
		return v, nil
	case semantic.Text:
		return semantic.TextValue(f(v.Text())), nil
	}
	return semantic.NullValue, errNoText
}

// applyLength counts characters (Unicode code points), as SQL does.
func applyLength(args []semantic.Value) (semantic.Value, error) {
	switch v := args[0]; v.Kind() {
	case semantic.Null:
		return v, nil
	case semantic.Text:
		return semantic.IntValue(int64(utf8.RuneCountInString(v.Text()))), nil
	}
	return semantic.NullValue, errNoText
}

// applyDaysBetween is the number of midnights from the first time to the
// second; negative when the second is earlier.
func applyDaysBetween(args []semantic.Value) (semantic.Value, error) {
	if args[0].IsNull() || args[1].IsNull() {
		return semantic.NullValue, nil
	}
	for _, v := range args {
		if v.Kind() != semantic.Date && v.Kind() != semantic.Timestamp {
			return semantic.NullValue, errors.New("days between values that are no times")
		}
	}
	from := semantic.DateValue(args[0].Time()).Time()
	to := semantic.DateValue(args[1].Time()).Time()
	return semantic.IntValue((to.Unix() - from.Unix()) / 86400), nil
}

// applySecondsBetween is the number of seconds from the first time to the second,
// parts of seconds left out of both.
func applySecondsBetween(args []semantic.Value) (semantic.Value, error) {
	if args[0].IsNull() || args[1].IsNull() {
		return semantic.NullValue, nil
	}
	for _, v := range args {
		if v.Kind() != semantic.Date && v.Kind() != semantic.Timestamp {
			return semantic.NullValue, errors.New("seconds between values that are no times")
		}
	}
	return semantic.IntValue(args[1].Time().Unix() - args[0].Time().Unix()), nil
}
