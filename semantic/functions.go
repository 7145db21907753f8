package semantic

// Function is one function of the expression language.
type Function struct {
	Name    string
	Kind    FunctionKind
	MinArgs int
	MaxArgs int // -1 for any number
}

// FunctionKind says what a function works on.
type FunctionKind uint8

// The kinds of functions.
const (
	AggregateFunc FunctionKind = iota // over the rows of a group
	MetricFunc                        // over a metric in the result
	ScalarFunc                        // over values of one row or one result
	GroupFunc                         // in a by clause alone
)

var functions = []Function{
	{"count", AggregateFunc, 0, 1},
	{"count_distinct", AggregateFunc, 1, 1},
	{"sum", AggregateFunc, 1, 1},
	{"avg", AggregateFunc, 1, 1},
	{"min", AggregateFunc, 1, 1},
	{"max", AggregateFunc, 1, 1},
	{"median", AggregateFunc, 1, 1},
	{"stddev", AggregateFunc, 1, 1},
	{"variance", AggregateFunc, 1, 1},
	{"percentile", AggregateFunc, 2, 2},
	{"percentile_disc", AggregateFunc, 2, 2},
	{"share", MetricFunc, 1, -1},
	{"rank", MetricFunc, 1, -1},
	{"running", MetricFunc, 1, 2},
	{"moving", MetricFunc, 2, 3},
	{"prior", MetricFunc, 1, 1},
	{"change", MetricFunc, 1, 1},
	{"growth", MetricFunc, 1, 1},
	{"streak", MetricFunc, 1, 1},
	{"overall", MetricFunc, 1, -1},
	{"round", ScalarFunc, 1, 2},
	{"floor", ScalarFunc, 1, 1},
	{"ceil", ScalarFunc, 1, 1},
	{"abs", ScalarFunc, 1, 1},
	{"coalesce", ScalarFunc, 1, -1},
	{"nullif", ScalarFunc, 2, 2},
	{"least", ScalarFunc, 1, -1},
	{"greatest", ScalarFunc, 1, -1},
	{"lower", ScalarFunc, 1, 1},
	{"upper", ScalarFunc, 1, 1},
	{"length", ScalarFunc, 1, 1},
	{"days_between", ScalarFunc, 2, 2},
	{"seconds_between", ScalarFunc, 2, 2},
	{"years_between", ScalarFunc, 2, 2},
	{"today", ScalarFunc, 0, 0},
	{"bucket", GroupFunc, 2, -1},
}

// Functions lists every function of the expression language. The slice is the
// caller's.
func Functions() []Function { return append([]Function(nil), functions...) }

// FunctionNamed returns the function of a name.
func FunctionNamed(name string) (Function, bool) {
	for _, f := range functions {
		if f.Name == name {
			return f, true
		}
	}
	return Function{}, false
}

func functionNames() []string {
	names := make([]string, len(functions))
	for i, f := range functions {
		names[i] = f.Name
	}
	return names
}
