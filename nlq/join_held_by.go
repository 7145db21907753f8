package nlq

// ownerAt is what node i names that others can belong to: an entity, or the one that a role
// stands for, by the way that the role leads: the lead attorney of a matter.
func (s *sentence) ownerAt(i int) (thing, bool) {
	t, ok := s.thingAt(i)
	switch {
	case !ok || t.timed:
		return thing{}, false
	case t.table != nil:
		return t, true
	case t.dim == nil || t.dim.Of == nil:
		return thing{}, false
	}
	via := t.via
	if via == "" {
		via = t.dim.Table.Name
	}
	return thing{table: t.dim.Of.To, via: via + "." + t.dim.Of.Name, marks: t.marks}, true
}

// settledOwner is the owner at node i, named by a name that is settled.
func (s *sentence) settledOwner(i int) (thing, bool) {
	if _, ok := as[thing](s.nodes[i]); !ok {
		return thing{}, false
	}
	return s.ownerAt(i)
}

// heldBy joins an entity or a role with the one that it is said to have, where it has one:
// the lead attorney's office.
func (s *sentence) heldBy(i int) bool {
	g, glued := s.glue(i + 1)
	owner, ok := s.ownerAt(i)
	held, named := s.thingAt(i + 2)
	if !glued || g.How != Has || s.text.At(s.nodes[i+1].from).Class == Han || !ok || !named || held.table == nil || held.via != "" {
		return false
	}
	d := referenceTo(owner.table, held.table)
	if d == nil {
		return false
	}
	s.own(owner)
	s.join(i, i+2, thing{dim: d, via: owner.via, marks: owner.marks})
	return true
}
