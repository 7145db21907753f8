package nlq

import (
	"slices"

	"wenshu/semantic"
)

// averageOfOwn refuses a test against an average that is said to be of each row's own kind,
// where it is one of all: a limit above the average for their own type of account.
func (b *builder) averageOfOwn() {
	if b.d.own != nil {
		b.ofTheSame()
		return
	}
	own := -1
	for at := range b.s.text.Tokens {
		if b.ofOwnKind(at) || owning[b.s.normAt(at)] && (b.s.normAt(at+1) == "own" || b.s.normAt(at+1) == "respective") || b.s.normAt(at) == "same" && b.s.normAt(at-1) == "the" || b.s.normAt(at) == "各" && b.s.normAt(at+1) == "自" {
			own = at
			break
		}
	}
	if own < 0 {
		return
	}
	for at := max(0, own-8); at < own; at++ {
		if averaging[b.s.normAt(at)] && b.againstAggregate() {
			b.d.idle = true
			b.s.charge("an average of each one's own kind", costIdle, node{from: own, end: own + 1})
			return
		}
	}
}

// ofOwnKind reports whether "their" at a token is said of the kind that each row falls
// into, behind a word that says that the average is within it: the average of their brand.
func (b *builder) ofOwnKind(at int) bool {
	if !owning[b.s.normAt(at)] || !within[b.s.normAt(at-1)] {
		return false
	}
	i := b.s.nodeAt(at + 1)
	t, ok := b.s.thingAt(i)
	return ok && !t.timed && (t.table != nil || t.dim.Type.Kind == semantic.Text || t.dim.Of != nil)
}

// within are the words between an average and what it is one of.
var within = map[string]bool{"of": true, "for": true, "in": true, "within": true, "at": true}

var (
	owning    = map[string]bool{"their": true, "its": true, "his": true, "her": true}
	averaging = map[string]bool{"average": true, "mean": true, "avg": true, "median": true, "均": true}
)

// againstAggregate reports whether rows or groups are tested against an aggregate.
func (b *builder) againstAggregate() bool {
	return slices.ContainsFunc([]semantic.Expr{b.q.Where, b.q.Having}, func(test semantic.Expr) bool {
		found := false
		if test == nil {
			return false
		}
		semantic.Walk(test, func(e semantic.Expr) {
			if over, ok := e.(semantic.Binary); ok {
				_, called := over.R.(semantic.Call)
				found = found || called
			}
		})
		return found
	})
}

// suchCounted refuses to count all where such ones are to be counted that a clause before has
// said more of than the rows themselves tell: which languages are spoken in such films, and how
// many such films are there in each.
func (b *builder) suchCounted() {
	at := slices.IndexFunc(b.s.text.Tokens, func(t Token) bool { return t.Norm == "such" })
	if at < 0 || b.q.List != nil || b.s.normAt(at+1) == "as" || !slices.ContainsFunc(semantic.Conjuncts(b.q.Where), nested) {
		return
	}
	b.d.idle = true
	b.s.charge("which ones such are", costIdle, node{from: at, end: at + 1})
}

// nested reports whether a test is for membership in what another query finds.
func nested(test semantic.Expr) bool {
	found := false
	semantic.Walk(test, func(e semantic.Expr) {
		in, ok := e.(semantic.In)
		found = found || ok && in.Sub != nil
	})
	return found
}
