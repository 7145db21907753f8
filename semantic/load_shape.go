package semantic

// shape is one kind of mapping in model files: the keys it may hold. The
// loader refuses every other key, and the JSON Schema is written from the same
// tables.
type shape struct {
	name string // as problems call it
	doc  string
	keys []shapeKey
}

// shapeKey is one key of a shape.
type shapeKey struct {
	name     string
	form     form
	doc      string
	required bool
}

// form is what a value may look like. The zero form is a text.
type form struct {
	kind  formKind
	words []string
	of    *form  // the element of a list or of a mapping by name
	shape *shape // of an object
	any   []form
}

// formKind is the kind of a form.
type formKind uint8

const (
	textForm formKind = iota
	wholeForm
	flagForm
	scalarForm // text, number or boolean
	wordForm
	listForm
	namedForm // a mapping from names to forms
	objectForm
	emptyForm // null: every default
	eitherForm
)

func (s *shape) key(name string) *shapeKey {
	for i := range s.keys {
		if s.keys[i].name == name {
			return &s.keys[i]
		}
	}
	return nil
}

func (s *shape) keyNames() []string {
	names := make([]string, len(s.keys))
	for i, k := range s.keys {
		names[i] = k.name
	}
	return names
}

var (
	aText     = form{}
	aWhole    = form{kind: wholeForm}
	aFlag     = form{kind: flagForm}
	aScalar   = form{kind: scalarForm}
	nothing   = form{kind: emptyForm}
	aLabel    = either(aText, anObject(&labelShape))
	someTexts = either(aText, aList(aText))
)

func oneOf(words ...string) form { return form{kind: wordForm, words: words} }
func aList(of form) form         { return form{kind: listForm, of: &of} }
func byName(of form) form        { return form{kind: namedForm, of: &of} }
func anObject(s *shape) form     { return form{kind: objectForm, shape: s} }
func either(forms ...form) form  { return form{kind: eitherForm, any: forms} }

// nameKeys are the keys of everything that people call by a name.
var nameKeys = []shapeKey{
	{name: "label", form: aLabel, doc: "How people call it: {zh, en}, or one text. The identifier in words when it is absent."},
	{name: "plural", form: aText, doc: "The English plural of the label, where it is not regular."},
	{name: "synonyms", form: someTexts, doc: "Other names in either language, best first."},
	{name: "description", form: aLabel, doc: "What it means: {zh, en}, or one text."},
}

func withNames(keys ...shapeKey) []shapeKey {
	return append(append([]shapeKey(nil), nameKeys...), keys...)
}

var labelShape = shape{"label", "One text in Chinese and in English.", []shapeKey{
	{name: "zh", form: aText, doc: "In Chinese."},
	{name: "zh-TW", form: aText, doc: "In Chinese as Taiwan writes it, where that is more than another script; by default zh in that script."},
	{name: "en", form: aText, doc: "In English."},
}}

var fileShape = shape{"file", "A file of a semantic model. Files of a folder are merged by section.", []shapeKey{
	{name: "model", form: anObject(&modelShape), doc: "What the whole model is called; in one file only."},
	{name: "calendar", form: anObject(&calendarShape), doc: "The calendar that periods follow; in one file only."},
	{name: "tables", form: byName(anObject(&tableShape)), doc: "Tables, views and queries by name."},
	{name: "metrics", form: byName(anObject(&metricShape)), doc: "Governed numbers by name."},
	{name: "rules", form: aList(anObject(&ruleShape)), doc: "Who may see which rows and columns."},
	{name: "phrases", form: aList(anObject(&phraseShape)), doc: "Verbs and adjectives that stand for filters and joins."},
	{name: "questions", form: aList(anObject(&questionShape)), doc: "Questions whose query line an analyst has confirmed."},
}}

var modelShape = shape{"model", "The model as a whole.", withNames(
	shapeKey{name: "name", form: aText, doc: "The model's name.", required: true},
	shapeKey{name: "currency", form: aText, doc: "ISO 4217 code of amounts without a unit of their own."},
	shapeKey{name: "warehouse", form: aText, doc: "The warehouse of tables that name none. By default the first one that a table names."},
)}

var calendarShape = shape{"calendar", "The calendar that periods follow.", []shapeKey{
	{name: "zone", form: aText, doc: "IANA name of the wall clock, such as Asia/Shanghai. UTC by default."},
	{name: "week_start", form: oneOf(weekdayWords...), doc: "The first day of the week. Monday by default."},
	{name: "fiscal_start", form: aWhole, doc: "The first month of the fiscal year, 1 to 12."},
	{name: "fiscal_by_end", form: aFlag, doc: "The fiscal year is named by the calendar year it ends in."},
	{name: "recent_with_today", form: aFlag, doc: "The last n days of a question end with today rather than with yesterday."},
	{name: "fiscal_weeks", form: oneOf("4-4-5", "4-5-4", "5-4-4"), doc: "The fiscal year is one of whole weeks, so many in the months of each quarter; a 53rd week belongs to the last month."},
	{name: "fiscal_begins", form: oneOf("before", "nearest", "after"), doc: "With fiscal_weeks: the start of a week, up to the first of fiscal_start, nearest to it (the default) or from it on, with which the year begins."},
	{name: "festivals", form: byName(anObject(&festivalShape)), doc: "Festivals and campaigns by name."},
	{name: "days_off", form: someTexts, doc: "Days off besides the weekend: days or half-open ranges of days."},
	{name: "make_up_days", form: someTexts, doc: "Weekend days that are worked: days or half-open ranges of days."},
}}

var weekdayWords = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

var festivalShape = shape{"festival", "A festival or campaign.", withNames(
	shapeKey{name: "dates", form: byName(aText), doc: "By year: a day, or a half-open range of days (2026-02-17..2026-02-24).", required: true},
)}

var tableShape = shape{"table", "A table, view or query in a warehouse.", withNames(
	shapeKey{name: "warehouse", form: aText, doc: "The warehouse it lives in."},
	shapeKey{name: "source", form: aText, doc: "The table or view as the warehouse spells it. The table's name by default."},
	shapeKey{name: "key", form: someTexts, doc: "The columns that identify a row."},
	shapeKey{name: "keys", form: aList(someTexts), doc: "Several keys, the primary one first."},
	shapeKey{name: "columns", form: byName(either(aText, anObject(&typeShape))), doc: "Types of the columns that are no dimensions. Where it stands, expressions may name no other columns."},
	shapeKey{name: "time", form: aText, doc: "The default time dimension: one of the table's, or table.dimension that joins lead to."},
	shapeKey{name: "display", form: someTexts, doc: "The dimensions that stand for a row in lists, best first."},
	shapeKey{name: "detail", form: someTexts, doc: "What a list of whole rows shows besides the display: dimensions of the table, or join.dimension. By default its time, its status, the names of what it belongs to and its amounts; [] for nothing."},
	shapeKey{name: "hidden", form: aFlag, doc: "Not offered by name: a bridge, a helper."},
	shapeKey{name: "validity", form: anObject(&validityShape), doc: "The span in which a version of a row holds."},
	shapeKey{name: "joins", form: byName(anObject(&joinShape)), doc: "Many-to-one joins by role."},
	shapeKey{name: "dimensions", form: byName(either(nothing, anObject(&dimensionShape))), doc: "Attributes of a row by name."},
)}

var validityShape = shape{"validity", "Dimensions that bound the half-open span of a version.", []shapeKey{
	{name: "from", form: aText, doc: "The first moment.", required: true},
	{name: "to", form: aText, doc: "The first moment after it; null while the version holds. By default the next version's first moment."},
}}

var joinShape = shape{"join", "A join to one row of another table.", withNames(
	shapeKey{name: "to", form: aText, doc: "The table it leads to.", required: true},
	shapeKey{name: "on", form: either(someTexts, byName(aText)), doc: "Columns of the same name on both sides, or {column here: column there}.", required: true},
	shapeKey{name: "with", form: either(someTexts, byName(aText)), doc: "Columns of the rows that are counted, however far up the path they are, that the other table must equal too: the day of a snapshot, a tenant."},
	shapeKey{name: "at", form: aText, doc: "The time dimension that picks the version, when the other table has validity; now picks the one that holds when a question is asked, time the one at the time by which the rows count."},
	shapeKey{name: "many", form: aFlag, doc: "The other side has many rows for one here: a bridge."},
)}

var dimensionShape = shape{"dimension", "An attribute of a table's rows.", withNames(
	shapeKey{name: "type", form: either(oneOf(typeNames()...), aText, anObject(&typeShape)), doc: "How the column holds its values; decimal(2) has two digits after the point. Text by default for a column; a calculation says its type."},
	shapeKey{name: "expr", form: aText, doc: "An expression over the table's columns. The column of the dimension's name by default."},
	shapeKey{name: "values", form: either(aList(aScalar), byName(either(nothing, aText, aList(aText), anObject(&memberShape)))), doc: "Members: a list, or by value their aliases or {label, aliases}."},
	shapeKey{name: "closed", form: aFlag, doc: "The values are all there are."},
	shapeKey{name: "ordered", form: aFlag, doc: "The values are in their natural order."},
	shapeKey{name: "parent", form: aText, doc: "The next coarser level of its hierarchy."},
	shapeKey{name: "of", form: aText, doc: "The join to the entity that it shows."},
	shapeKey{name: "same_as", form: aText, doc: "The dimension, as table.dimension, with which it shares its members."},
	shapeKey{name: "sum", form: oneOf(sumWords...), doc: "The aggregate that suits a number best."},
	shapeKey{name: "unit", form: aText, doc: "The unit of a number: an ISO 4217 code, % or a counted noun."},
	shapeKey{name: "format", form: either(oneOf(styleWords...), anObject(&formatShape)), doc: "How a number is shown."},
	shapeKey{name: "index", form: oneOf(indexWords...), doc: "Whether members are read into the value index; never for sensitive ones."},
)}

var sumWords = []string{"sum", "avg", "min", "max", "median", "count", "count_distinct"}
var styleWords = []string{"number", "percent", "money", "duration"}
var indexWords = []string{"auto", "never", "on_demand"}

var typeShape = shape{"type", "How a column holds its values.", []shapeKey{
	{name: "type", form: either(oneOf(typeNames()...), aText), doc: "The type word.", required: true},
	{name: "layout", form: aText, doc: "For times held as text: the moment 2006-01-02 15:04:05 in the column's own spelling."},
	{name: "zone", form: aText, doc: "For stored instants: the IANA zone whose clock they show, such as UTC."},
}}

var memberShape = shape{"member", "One declared value.", []shapeKey{
	{name: "label", form: aLabel, doc: "How people call it."},
	{name: "aliases", form: someTexts, doc: "All other ways to say it, codes included."},
	{name: "description", form: aLabel, doc: "What it means."},
}}

var formatShape = shape{"format", "How a number is shown.", []shapeKey{
	{name: "style", form: oneOf(styleWords...), doc: "The style."},
	{name: "decimals", form: aWhole, doc: "Digits after the point; the value decides when it is absent."},
}}

var metricShape = shape{"metric", "A governed number.", withNames(
	shapeKey{name: "expr", form: aText, doc: "Aggregates over table.column, or arithmetic over metrics."},
	shapeKey{name: "where", form: aText, doc: "A filter that touches this metric alone."},
	shapeKey{name: "unit", form: aText, doc: "An ISO 4217 code, money (the model's currency), % or a counted noun."},
	shapeKey{name: "format", form: either(oneOf(styleWords...), anObject(&formatShape)), doc: "How it is shown."},
	shapeKey{name: "owner", form: aText, doc: "Who answers for the definition."},
	shapeKey{name: "time", form: aText, doc: "The time axis as table.dimension. The home table's by default."},
	shapeKey{name: "default", form: aText, doc: "The period when a question names none."},
	shapeKey{name: "fill", form: aScalar, doc: "The number that stands where there is nothing, or none: a count of nothing is empty too."},
	shapeKey{name: "good", form: oneOf("up", "down"), doc: "Which way is good news."},
	shapeKey{name: "over_time", form: oneOf(overTimeWords...), doc: "A balance: how it is taken over time instead of added."},
	shapeKey{name: "per", form: someTexts, doc: "A balance per entity: each is taken at its own last day, or over its own days, and they are added."},
	shapeKey{name: "to_date", form: oneOf(wholeUnits...), doc: "Cumulative from the start of this unit."},
	shapeKey{name: "window", form: aText, doc: "Over a trailing window, such as 12 months."},
	shapeKey{name: "running", form: aFlag, doc: "Cumulative from the beginning of the data."},
	shapeKey{name: "shows", form: oneOf(showWords...), doc: "What a cumulative metric shows of a longer period: its last day, its first one with a value, or the mean of its days. The last by default."},
	shapeKey{name: "offset", form: aText, doc: "The value of an earlier period, such as 1 year, or 1 time.trade_week: by an attribute that a calendar table has of each day."},
	shapeKey{name: "prorate", form: either(aFlag, oneOf("working_days")), doc: "Of sums whose time is known by months or years, such as a target: of a part of a period, and of each day, the part by its days, or by the calendar's working days. Otherwise a period that is cut counts in full, or is refused."},
	shapeKey{name: "clamp", form: aFlag, doc: "Of an offset by months, quarters or years: a day that the earlier month lacks shows its last day. Otherwise it shows nothing. Whole periods are whole periods either way."},
	shapeKey{name: "at_start", form: oneOf(wholeUnits...), doc: "The value of the first period, as the result shows them, of this unit."},
	shapeKey{name: "convert", form: anObject(&convertShape), doc: "A step from one event to another by one entity."},
	shapeKey{name: "retain", form: anObject(&retainShape), doc: "Entities that come back in the periods after their first event."},
)}

var showWords = []string{"last", "first", "avg"}

var overTimeWords = []string{"last", "first", "avg", "min", "max"}

var convertShape = shape{"convert", "A conversion from a base event to a later one.", []shapeKey{
	{name: "from", form: aText, doc: "The metric of the base event.", required: true},
	{name: "to", form: aText, doc: "The metric of the converting event.", required: true},
	{name: "by", form: aText, doc: "The dimension of the entity that converts.", required: true},
	{name: "within", form: aText, doc: "The longest time between them, such as 7 days; any time by default."},
	{name: "rate", form: aFlag, doc: "The share of base events that convert, instead of their count."},
	{name: "constant", form: byName(aText), doc: "Columns that both events share: {base column: converting column}."},
}}

var retainShape = shape{"retain", "The coming back of entities, whose first event begins a cohort.", []shapeKey{
	{name: "from", form: aText, doc: "The metric of the event whose first one begins a cohort.", required: true},
	{name: "to", form: aText, doc: "The metric of the event by which an entity comes back.", required: true},
	{name: "by", form: aText, doc: "The dimension of the entity that comes back.", required: true},
	{name: "every", form: oneOf(wholeUnits...), doc: "The periods that are counted from the first event on.", required: true},
	{name: "rate", form: aFlag, doc: "The share of the cohort that comes back, instead of its number."},
}}

var ruleShape = shape{"rule", "What viewers may not see.", []shapeKey{
	{name: "table", form: aText, doc: "The table that it guards."},
	{name: "where", form: aText, doc: "Rows that viewers may see; viewer.name is an attribute of the viewer."},
	{name: "hide", form: someTexts, doc: "Dimensions and columns of the table that do not exist for viewers."},
	{name: "hide_metrics", form: someTexts, doc: "Metrics that do not exist for viewers."},
	{name: "unless", form: anObject(&unlessShape), doc: "Viewers that the rule does not touch."},
}}

var unlessShape = shape{"unless", "Viewers that a rule does not touch.", []shapeKey{
	{name: "role", form: someTexts, doc: "One of these roles.", required: true},
}}

var phraseShape = shape{"phrase", "A verb, adjective or noun that stands for a filter or a join.", []shapeKey{
	{name: "words", form: someTexts, doc: "The words in either language.", required: true},
	{name: "on", form: aText, doc: "The table it speaks of.", required: true},
	{name: "where", form: aText, doc: "The filter it means; with through, which of the acts count."},
	{name: "through", form: aText, doc: "The table whose rows are the acts of the verb."},
}}

var questionShape = shape{"question", "A verified question.", []shapeKey{
	{name: "ask", form: someTexts, doc: "The question in one or more wordings; {period}, {n} and {dimension} are slots.", required: true},
	{name: "query", form: aText, doc: "Its query line.", required: true},
	{name: "by", form: aText, doc: "Who confirmed it."},
}}
