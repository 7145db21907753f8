package nlq

import "wenshu/semantic"

// doneToOwners passes over a verb that a date is called after where what it was done to says
// whose it is: 没有发布过折叠屏手机的品牌 have no such phone, 发布过折叠屏手机的品牌 have one.
func (s *sentence) doneToOwners() {
	for i := 0; i < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		if !ok || t.dim == nil || !isTime(t.dim) || t.marks != 0 || t.dim.Of != nil || t.via != "" || t.dim.Table.Time != t.dim || s.text.At(s.nodes[i].from).Class != Han {
			continue
		}
		rows := i + 1
		for is[members](s, rows) || is[phrased](s, rows) {
			rows++
		}
		of, named := s.thingAt(rows)
		denied := s.deniesHaving(i - 1)
		if !named || of.table != t.dim.Table || !s.ownedBehind(rows) && !(denied && s.ownedBefore(i-2, rows)) {
			continue
		}
		switch {
		case denied:
			s.drop(i)
		case s.doneAt(s.nodes[i].end) || s.doneAt(s.nodes[i].end-1):
			s.nodes[i].means = Glue{How: With}
		}
	}
}

// ownedBehind reports whether the entity at node i stands with 的 before one that has several
// of it.
func (s *sentence) ownedBehind(i int) bool {
	of, named := s.thingAt(i)
	g, glued := s.glue(i + 1)
	owner, owns := s.thingAt(i + 2)
	return named && of.table != nil && of.marks == 0 && glued && g.How == Has && owns && s.r.entityOf(owner) != nil && s.r.graph.hops(of.table, s.r.entityOf(owner)) >= 1
}

// ownedBefore reports whether the entity at node i closes a clause about one at node owner that
// has several of it: 哪些品牌没有折叠屏手机.
func (s *sentence) ownedBefore(owner, i int) bool {
	of, named := s.thingAt(i)
	who, owns := s.thingAt(owner)
	closed := i+1 >= len(s.nodes) || is[Linker](s, i+1) || is[Which](s, i+1)
	return named && of.table != nil && of.marks == 0 && owns && closed && s.r.entityOf(who) != nil && s.r.graph.hops(of.table, s.r.entityOf(who)) >= 1
}

// kindOwned reports whether the adjective at node i stands by itself for rows of a table that
// an entity before or behind it has several of: 没有博士点的双一流高校, 哪些高校没有博士点.
func (s *sentence) kindOwned(i int, rows *semantic.Table) bool {
	owner := i - 2
	if g, glued := s.glue(i + 1); glued && g.How == Has {
		owner = i + 2
		for is[phrased](s, owner) || is[members](s, owner) {
			owner++
		}
	} else if i+1 < len(s.nodes) && !is[Linker](s, i+1) && !is[Which](s, i+1) {
		return false
	}
	who, named := s.thingAt(owner)
	return named && s.r.entityOf(who) != nil && s.r.graph.hops(rows, s.r.entityOf(who)) >= 1
}

// deniesHaving reports whether node i is a Chinese word for having none: 没有, 没, 无.
func (s *sentence) deniesHaving(i int) bool {
	if i < 0 || i >= len(s.nodes) || s.text.At(s.nodes[i].from).Class != Han {
		return false
	}
	switch s.nodes[i].means.(type) {
	case Negation, Empty:
		last := s.text.At(s.nodes[i].end - 1).Norm
		return last == "没" || last == "无" || last == "未" || last == "有" && s.text.At(s.nodes[i].end-2).Norm == "没"
	}
	return false
}
