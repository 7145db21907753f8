package nlq

import (
	"slices"

	"wenshu/semantic"
)

const (
	// maxNearest bounds the ways to leave words out that are tried for a refusal.
	maxNearest = 24
	// maxReread bounds the mentions of all these ways, so that a long message is
	// refused as soon as it is read.
	maxReread = 600
	// maxUsual bounds these of the ways to ask for what is usually asked for.
	maxUsual = 60
)

// answerable returns what can be answered of a message that was refused: the readings of
// its words without those that were not understood, then without one more of them, and
// then of its names, members and periods alone. It is empty where nothing is named.
func (a *attempt) answerable() []Candidate {
	all := slices.DeleteFunc(slices.Clone(a.best.mentions), func(m mention) bool {
		_, unknown := m.means.(unread)
		return unknown || m.typo != "" || m.end-m.from == 1 && a.text.At(m.from).Class == Mark
	})
	if !slices.ContainsFunc(all, isNamed) {
		return nil
	}
	tries, reread := 0, 0
	exhausted := func() bool { return tries >= maxNearest || reread > maxReread }
	try := func(kept []mention) []Candidate {
		tries++
		reread += len(kept)
		if tries > maxNearest || reread > maxReread || !slices.ContainsFunc(kept, isNamed) {
			return nil
		}
		return a.readOf(kept, nil)
	}
	if found := try(all); len(found) > 0 {
		return found
	}
	for _, names := range []bool{false, true} {
		var found []Candidate
		for i, m := range all {
			if exhausted() {
				break
			}
			if _, soft := m.means.(Noise); soft || isNamed(m) != names {
				continue
			}
			found = distinctly(found, try(slices.Delete(slices.Clone(all), i, i+1)))
		}
		if len(found) > 0 {
			return found[:min(len(found), maxTries)]
		}
	}
	for _, keeps := range []func(mention) bool{keepsSplits, naming, measuring} {
		if found := try(slices.DeleteFunc(slices.Clone(all), func(m mention) bool { return !keeps(m) })); len(found) > 0 {
			return found
		}
	}
	return a.ofUsual(all)
}

// ofUsual sets what is usually asked for beside the members and periods of a message
// that names no metric.
func (a *attempt) ofUsual(all []mention) []Candidate {
	kept := slices.DeleteFunc(slices.Clone(all), func(m mention) bool {
		n, named := m.means.(names)
		_, timed := m.means.(Timed)
		return !timed && !(named && n.alts[0].object.Member != "")
	})
	var found []Candidate
	for i, metric := range a.r.usualMetrics() {
		if i >= maxNearest || i > 0 && i*len(kept) > maxUsual || len(found) >= maxMetrics || len(kept) == 0 {
			break
		}
		if metric.Kind == semantic.Simple && metric.Home != nil && a.see.object(Object{Metric: metric}) {
			found = distinctly(found, a.readOf(kept, metric))
		}
	}
	return found[:min(len(found), maxTries)]
}

// readOf returns the readings of some mentions that can be answered, with a metric that
// they do not name; nil for none.
func (a *attempt) readOf(kept []mention, metric *semantic.Metric) []Candidate {
	tried := &attempt{r: a.r, q: a.q, text: a.text, see: a.see, moment: a.moment, best: a.best, judged: a.judged, binds: a.binds}
	tried.q.Prior = nil
	if metric == nil {
		tried.assemble(covering{mentions: kept}, maxTies)
	} else {
		s := tried.sentence(covering{mentions: kept}, nil)
		s.nodes = append(s.nodes, node{len(a.text.Tokens), len(a.text.Tokens), measure{metric: metric}})
		s.assemble()
		if reading, ok := s.read(); ok {
			tried.keep(covering{mentions: kept}, s, reading)
		}
	}
	return tried.workable(slices.DeleteFunc(tried.found, func(c Candidate) bool { return !c.whole }))
}

func distinctly(found, more []Candidate) []Candidate {
	for _, c := range more {
		if !slices.ContainsFunc(found, func(o Candidate) bool { return Describe(o.Reading) == Describe(c.Reading) }) {
			found = append(found, c)
		}
	}
	return found
}

// isNamed reports whether a mention is a name of the model or a member.
func isNamed(m mention) bool { _, ok := m.means.(names); return ok }

// keepsSplits keeps names, periods and what says how results are split and ordered.
func keepsSplits(m mention) bool {
	switch m.means.(type) {
	case GroupMark, Grained, Linker, Top, Glue:
		return true
	}
	return naming(m)
}

// naming keeps names and periods.
func naming(m mention) bool { _, timed := m.means.(Timed); return timed || isNamed(m) }

// measuring keeps metrics, members and periods.
func measuring(m mention) bool {
	n, named := m.means.(names)
	return naming(m) && (!named || n.alts[0].object.Metric != nil || n.alts[0].object.Member != "")
}
