package en

import (
	"regexp"

	"wenshu/nlq"
	"wenshu/semantic"
)

// spelledDate is how a wish for the form of dates spells their parts.
var spelledDate = regexp.MustCompile(`^(yyyy|yy|mm|mmm|mon|dd|q|ww|hh|mi|ss|yyyymm|yyyymmdd|yyyyq|qq)$`)

// directives emits wishes for the form of the answer, which people who write for a
// machine put behind a question: (yyyy-mm), formatted as 'YYYY-MM', rounded to two
// decimal places.
func (r *reader) directives(at int) {
	if end := r.dateForm(at); end > at {
		r.emit(end, nlq.Noise{}, false)
	}
	if end, digits := r.rounding(at); end > at {
		r.emit(end, nlq.Rounded{Digits: digits}, false)
	}
}

// dateForm reads how dates are wanted; what it is that is wanted so (the month) is left
// to be read by itself.
func (r *reader) dateForm(at int) int {
	i := skip(r.t, at, "(", ",")
	i = skip(r.t, i, "formatted", "displayed", "shown", "written", "given", "format", "labelled", "labeled", "truncated")
	form := i
	i = skip(r.t, i, "as", "in", "like", "using", "to", "with", ":", "=")
	sample := r.norm(form) == "like"
	i = skip(r.t, i, "the", "a")
	i = skip(r.t, i, "format", "form", "style")
	i = skip(r.t, i, ":", "of", "like")
	i = skip(r.t, i, "'", "\"", "`", "“", "‘")
	end := r.dateSpelling(i, sample)
	if end == i || i == at && r.norm(end) != "format" {
		return at // bare, and a name as likely
	}
	end = skip(r.t, end, "'", "\"", "`", "”", "’")
	end = skip(r.t, end, "format", "form", "style", "strings")
	if i > at && r.norm(at) == "(" || r.norm(at+1) == "(" && r.norm(at) == "," {
		end = skip(r.t, end, ")")
	}
	return end
}

// dateSpelling reads yyyy-mm, mm/dd/yyyy and, behind "like", what looks so: 2024-Q1.
func (r *reader) dateSpelling(at int, sample bool) int {
	end := at
	for i := at; i < at+6; {
		norm := r.norm(i)
		if !spelledDate.MatchString(norm) && !(sample && (i == at && isYear(norm) || i > at && (norm == "q1" || r.t.At(i).Class == nlq.Digit && len(norm) < 3))) {
			break
		}
		end = i + 1
		i = skip(r.t, end, "-", "/", ".") // a hyphen within a word is no token
	}
	return end
}

func isYear(norm string) bool {
	return len(norm) == 4 && (norm[:2] == "19" || norm[:2] == "20")
}

// roundedTo are the places that a number is rounded to by name.
var roundedTo = map[string]int{"whole": 0, "integer": 0, "unit": 0, "dollar": 0, "euro": 0, "pound": 0, "yuan": 0, "day": 0, "one": 0, "percent": 2, "tenth": 1, "cent": 2, "hundredth": 2, "thousandth": 3}

// rounding reads how many places behind the point are wanted.
func (r *reader) rounding(at int) (end, digits int) {
	i := skip(r.t, at, ",", "(")
	i = skip(r.t, i, "and")
	i = skip(r.t, i, "please")
	said := false
	switch r.norm(i) {
	case "round", "rounded", "rounding", "rounds":
		said = true
		i = skip(r.t, i+1, "off", "up", "down")
		if i-1 > at && (r.norm(i-1) == "up" || r.norm(i-1) == "down") {
			return at, 0 // another function
		}
		for range 3 {
			i = skip(r.t, i, "the", "your", "all", "each", "final", "result", "results", "answer", "answers", "output", "value", "values", "number", "numbers", "percentage", "percentages", "ratio", "ratios", "average", "averages", "amount", "amounts", "figure", "figures", "share", "shares", "rate", "rates", "it", "them", "off")
		}
	case "to", "with", "at", "using":
	default:
		return at, 0
	}
	i = skip(r.t, i, "to", "with", "at", "using")
	i = skip(r.t, i, "the", "a")
	i = skip(r.t, i, "nearest", "closest", "full")
	if places, ok := roundedTo[r.norm(i)]; ok {
		if nearest := i > at && (r.norm(i-1) == "nearest" || r.norm(i-1) == "closest"); !said && !nearest {
			return at, 0
		}
		if r.norm(i) != "one" || r.norm(i+1) != "decimal" {
			end = skip(r.t, i+1, "number", "numbers", "integer", "point")
			return r.closed(at, end), places
		}
	}
	value, stop, ok := amount(r.t, i)
	if !ok {
		value, stop, ok = nlq.Digits(r.t, i)
	}
	places := value.Int()
	if !ok || places < 0 || places > 9 || value.Kind() != semantic.Int {
		return at, 0
	}
	end = skip(r.t, stop, "decimal", "decimals", "dp", "digits", "digit", "places")
	if end == stop && !said {
		return at, 0
	}
	end = skip(r.t, end, "place", "places", "point", "points", "digits")
	return r.closed(at, end), int(places)
}

// closed is behind the bracket that closes what is said from at on.
func (r *reader) closed(at, end int) int {
	if r.norm(at) == "(" {
		return skip(r.t, end, ")")
	}
	return end
}
