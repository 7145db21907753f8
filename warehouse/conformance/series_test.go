package conformance

import (
	"slices"
	"strings"
	"testing"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

const seriesModel = `
model: {name: series, warehouse: w}
calendar: {fiscal_start: 4}
tables:
  events:
    time: at
    dimensions: {at: {type: timestamp}, held: {type: date}, seen: {type: epoch_s}, who: , kind: }
metrics:
  n: {expr: count(events)}
  people: {expr: count_distinct(events.who)}
  everybody: {expr: people, running: true}
  this_month: {expr: people, to_date: month}
  this_week: {expr: people, to_date: week}
  this_fiscal_year: {expr: people, to_date: fiscal_year}
  of_3_days: {expr: people, window: 3 days}
  of_2_months: {expr: people, window: 2 months}
  of_36_hours: {expr: people, window: 36 hours}
  mean_of_30_days: {expr: people, window: 30 days, shows: avg}
  first_of_2_months: {expr: people, window: 2 months, shows: first}
  at_start: {expr: n, at_start: month}
  month_ago: {expr: n, offset: 1 month}
  year_ago: {expr: n, offset: 1 year}
`

// seriesLines ask for so many periods that a statement counts through them; it
// cannot behind a "~", where their distances differ.
var seriesLines = []string{
	"n by time:day during 2024-01-30..2024-04-02 fill",
	"n by time:day, events.kind during 2024-01-30..2024-04-02 fill",
	"n by time:hour during 2024-02-28..2024-03-02 fill",
	"n by time:week during 2023-01-01..2025-01-01 fill 0",
	"n by time:month during 2020-01-01..2025-01-01 fill",
	"n by time:quarter during 2010-01-01..2025-01-01 fill",
	"n by time:fiscal_year during 1960-01-01..2025-01-01 fill",
	"n by time:day on events.held during 2024-01-30..2024-04-02 fill",
	"n by time:day on events.seen during 2024-01-30..2024-04-02 fill",
	"everybody, this_month, this_week, this_fiscal_year, of_3_days, of_2_months by time:day during 2024-01-29..2024-04-02",
	"everybody, this_month, of_3_days, of_2_months by time:day on events.held during 2024-01-29..2024-04-02",
	"everybody, of_36_hours by time:hour during 2024-02-28..2024-03-02",
	"everybody, this_month by time:minute during 2024-02-28T23:00..2024-02-29T01:00",
	"mean_of_30_days by time:month during 2024-01-01..2024-05-01",
	"first_of_2_months by time:month during 2024-01-01..2024-05-01",
	"mean_of_30_days by time:week, time:month, events.kind during 2024-01-01..2024-05-01",
	"~ at_start, month_ago by time:day during 2024-01-29..2024-04-02",
	"~ at_start, this_month by time:week during 2023-01-01..2025-01-01",
}

// TestSeries asks for long series of periods and spans twice: as statements count
// through them, and written out value by value, which they are where two of the
// values change places.
func TestSeries(t *testing.T) {
	m := modelOf(t, seriesModel)
	rows := map[string]string{}
	onEngines(t, func(t *testing.T, e testEngine) {
		sources := e.sources(t, seriesData, "w")
		for _, line := range seriesLines {
			line, uneven := strings.CutPrefix(line, "~ ")
			q, err := semantic.ParseQuery(line)
			if err != nil {
				t.Fatal(err)
			}
			p, err := semantic.Bind(m, q, semantic.Viewer{}, clock)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			counted, told := rowsOfPlan(t, sources, p), rowsOfPlan(t, sources, writtenOut(p))
			if counted != told {
				t.Errorf("%s\n--- counted\n%s\n--- written out\n%s", line, counted, told)
			}
			if e.lacks != nil && strings.HasPrefix(line, "first_of") {
				if want := "! unsupported_by_source window (w)"; counted != want {
					t.Errorf("%s\n--- got\n%s\n--- want\n%s", line, counted, want)
				}
				continue
			}
			if rows[line] == "" {
				rows[line] = counted
			}
			if counted != rows[line] {
				t.Errorf("%s\n--- got\n%s\n--- other engines\n%s", line, counted, rows[line])
			}
			if program, err := sqlgen.Compile(p, dialectsOf(sources)); !uneven && e.lacks == nil && (err != nil || len(program.Statements[0].Args) > 100) {
				t.Errorf("%s: %v, %d constants", line, err, len(program.Statements[0].Args))
			}
		}
	})
}

// writtenOut is the plan with the last two periods, and the last two spans of each
// branch, the other way round.
func writtenOut(p *semantic.Plan) *semantic.Plan {
	c := *p
	if p.Spine != nil {
		s := *p.Spine
		s.Values = slices.Clone(s.Values)
		n := len(s.Values)
		s.Values[n-1], s.Values[n-2] = s.Values[n-2], s.Values[n-1]
		c.Spine = &s
	}
	c.Branches = slices.Clone(p.Branches)
	for i := range c.Branches {
		if o := c.Branches[i].Over; o != nil {
			turned := *o
			turned.Spans = slices.Clone(o.Spans)
			n := len(turned.Spans)
			turned.Spans[n-1], turned.Spans[n-2] = turned.Spans[n-2], turned.Spans[n-1]
			c.Branches[i].Over = &turned
		}
	}
	return &c
}

// seriesData lies around the ends of months, at a leap day, with moments in
// between and without some of the times.
const seriesData = `CREATE TABLE events (at TIMESTAMP, held DATE, seen INTEGER, who TEXT, kind TEXT);
INSERT INTO events VALUES
  ('2023-12-31 23:59:59', '2023-12-31', 1704067199, 'a', 'x'), ('2024-01-01 00:00:00', '2024-01-01', 1704067200, 'b', 'x'),
  ('2024-01-30 12:00:00', '2024-01-30', 1706616000, 'a', 'y'), ('2024-01-31 23:59:59', '2024-01-31', 1706745599, 'c', NULL),
  ('2024-02-01 00:00:00', '2024-02-01', 1706745600, 'a', 'x'), ('2024-02-28 23:30:00', '2024-02-28', 1709163000, 'b', 'y'),
  ('2024-02-29 00:00:00', '2024-02-29', 1709164800, 'd', 'x'), ('2024-02-29 23:59:59', '2024-02-29', 1709251199, 'a', 'x'),
  ('2024-03-01 00:00:00', '2024-03-01', 1709251200, 'e', 'y'), ('2024-03-31 07:00:00', '2024-03-31', 1711868400, NULL, 'x'),
  ('2024-04-01 00:00:00', '2024-04-01', 1711929600, 'a', 'y'), (NULL, NULL, NULL, 'f', 'x'), ('2022-05-05 05:05:05', '2022-05-05', 1651727105, 'g', 'x')`

// TestShiftedAlone asks for an earlier value alone: the week that its first day
// moves into lies before the visible period, and is not shown.
func TestShiftedAlone(t *testing.T) {
	m := modelOf(t, seriesModel)
	onEngines(t, func(t *testing.T, e testEngine) {
		sources := e.sources(t, `CREATE TABLE events (at TIMESTAMP, held DATE, seen INTEGER, who TEXT, kind TEXT);
			INSERT INTO events VALUES ('2023-01-01 00:54:59', NULL, NULL, 'a', 'x'), ('2023-01-03 10:00:00', NULL, NULL, 'a', 'x')`, "w", "v")
		if got, want := rowsOfLine(t, m, sources, "year_ago by time:week during 2024-Q1", semantic.Viewer{}), "2024-01-01|1"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}
