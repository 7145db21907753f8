package en

import "wenshu/nlq"

// deniedIn are the words that deny in a clause of those that have nothing.
var deniedIn = map[string]bool{"no": true, "not": true, "never": true, "without": true, "none": true, "nothing": true, "zero": true, "zeros": true, "zeroes": true, "0": true}

// zeros emits a clause that asks for those that have nothing as well: including hosts
// without a show, even if it is zero, with 0 for those that have none. What they lack is
// what is counted, however it is said.
func (r *reader) zeros(at int) {
	i := skip(r.t, at, ",", "(")
	i = skip(r.t, i, "and", "but")
	switch front := r.norm(i); front {
	case "including", "include", "includes", "even", "keep", "keeping", "counting":
		if r.norm(at-1) == "not" || i == at && r.norm(at-1) == "even" {
			return
		}
		i++
	case "also":
		i = skip(r.t, i+1, "include", "including", "show", "list", "keep", "showing", "listing")
	case "with", "show", "showing", "use", "put", "as", "or", "using":
		if zero := r.norm(i + 1); zero != "0" && zero != "zero" {
			return
		}
		if i = skip(r.t, i+2, "for", "if", "when", "where"); deniedIn[r.norm(i-1)] {
			return
		}
	default:
		return
	}
	denied := i
	for denied < i+6 && !deniedIn[r.norm(denied)] && !r.isContraction(denied) {
		if r.ends(denied) {
			return
		}
		denied++
	}
	if denied == i+6 {
		return
	}
	end := denied + 1
	for end < denied+9 && !r.ends(end) {
		if r.t.At(end).Class == nlq.Digit || r.norm(end) == "and" || r.norm(end) == "or" {
			return // more than that they have nothing
		}
		end++
	}
	if r.ends(end) {
		r.emit(r.closed(at, end), nlq.ZerosToo{}, false)
	}
}

// isContraction reports whether a token is what is left of a denial: the t of haven't.
func (r *reader) isContraction(at int) bool {
	return r.norm(at) == "t" && r.norm(at-1) == "'"
}

// ends reports whether a clause ends before a token.
func (r *reader) ends(at int) bool {
	switch r.norm(at) {
	case "", ",", ".", ";", "?", "!", ")":
		return true
	}
	return false
}
