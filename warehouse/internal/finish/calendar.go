package finish

import (
	"fmt"

	"wenshu/semantic"
)

// startOf is the moment at which the calendar unit that holds v begins: null
// for null and for no unit. Weeks begin on the calendar's day, fiscal years in
// its month.
func startOf(unit semantic.Unit, v semantic.Value, c *semantic.Calendar) (semantic.Value, error) {
	if v.IsNull() || unit == semantic.NoUnit {
		return semantic.NullValue, nil
	}
	if v.Kind() != semantic.Date && v.Kind() != semantic.Timestamp {
		return semantic.NullValue, fmt.Errorf("a %v has no %v", v.Kind(), unit)
	}
	if unit > semantic.FiscalYear {
		return semantic.NullValue, fmt.Errorf("no unit %d", unit)
	}
	return semantic.TimestampValue(semantic.StartOf(v.Time(), unit, c)), nil
}
