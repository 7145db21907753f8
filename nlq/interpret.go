package nlq

import "wenshu/semantic"

// read turns an assembled sentence into a reading. ok is false when there is
// nothing in it to read.
func (s *sentence) read() (Reading, bool) {
	if len(s.draft.intents) == 0 {
		q, ok := s.build()
		if !ok {
			return nil, false
		}
		return Ask{Query: q, Exists: s.draft.exists && !s.draft.valued, Goal: s.draft.goal, Claim: s.claim(q)}, true
	}
	switch intent := s.draft.intents[0]; intent {
	case MeansWhat:
		objects := s.objects()
		return Define{Objects: objects}, len(objects) > 0
	case NeedsHelp, Greeting:
		return Help{Greeting: intent == Greeting}, len(s.nodes) == 0
	default:
		return s.readAbout(intent)
	}
}

// readAbout reads an intent that is about a query.
func (s *sentence) readAbout(intent IntentKind) (Reading, bool) {
	var about *semantic.Query
	if q, ok := s.build(); ok {
		about = q
	}
	switch intent {
	case IsFresh:
		return Freshness{Query: about}, true
	case AsksWhy:
		return Why{Query: about}, about != nil
	case AsksOdd:
		return Anomaly{Query: about}, about != nil
	case AsksAhead:
		return Forecast{Query: about}, about != nil || s.forecastsAlone()
	}
	return nil, false
}

// forecastsAlone reports whether nothing is left of a wish for what will be but when:
// 明年能卖多少.
func (s *sentence) forecastsAlone() bool {
	for _, n := range s.nodes {
		if _, wished := n.means.(Noise); !wished {
			return false
		}
	}
	return len(s.draft.periods) > 0
}

// objects are the objects of the model that the sentence names.
func (s *sentence) objects() []Object {
	var found []Object
	for _, n := range s.nodes {
		switch m := n.means.(type) {
		case measure:
			switch {
			case m.metric != nil:
				found = append(found, Object{Metric: m.metric})
			case m.dim != nil:
				found = append(found, Object{Dimension: m.dim})
			case m.table != nil:
				found = append(found, Object{Table: m.table})
			}
		case thing:
			if o := (Object{Dimension: m.dim, Table: m.table}); o != (Object{}) {
				found = append(found, o)
			}
		case members:
			found = append(found, Object{Dimension: m.dim, Member: m.values[0]})
		case unread:
			s.draft.unread = true
		}
	}
	return found
}
