package draft

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"wenshu/semantic"
)

// join leads from many rows of a table to one row of another.
type join struct {
	from, to *table
	here     []*column
	there    []*column
	evidence string
	probable bool
	strength int

	name  string
	label semantic.Label // of the role, when it is more than the table's name

	synonyms []string // of the role
}

// declaredJoins takes over the foreign keys of the catalogue. One that leads to
// columns that do not identify a row is left out, and said so.
func (d *drafting) declaredJoins(t *table) {
	for _, f := range t.schema.ForeignKeys {
		to := d.byName[strings.ToLower(f.Table)]
		here := t.columnsOf(f.Columns)
		if to == nil || here == nil {
			continue
		}
		there := to.columnsOf(f.ToColumns)
		if there == nil || len(there) != len(here) || to == t && slices.Equal(here, there) {
			continue
		}
		j := &join{from: t, to: to, here: here, there: there, evidence: "declared foreign key", strength: 9}
		if !to.hasKey(there) {
			if len(there) > 1 || !there[0].unique() && to.rows > 0 {
				d.note(t, here[0], "a declared foreign key leads to %s(%s), which is not unique: left out", to.schema.Name, there[0].schema.Name)
				continue
			}
			to.keys = append(to.keys, key{columns: there, evidence: "a foreign key leads here"})
		}
		d.addJoin(j)
	}
}

func (d *drafting) addJoin(j *join) {
	j.from.joins = append(j.from.joins, j)
	if len(j.here) == 1 {
		j.here[0].join = j
	}
}

// probableJoins finds joins that nobody declared: by names first, then the
// values must be contained in the key.
func (d *drafting) probableJoins(ctx context.Context) error {
	for _, t := range d.tables {
		for _, c := range t.columns {
			if c.join != nil || !c.mayPoint() {
				continue
			}
			if err := d.pointFrom(ctx, c); err != nil {
				return err
			}
		}
		if err := d.compositeJoins(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// mayPoint reports whether a column may hold the keys of other rows.
func (c *column) mayPoint() bool {
	if c.coded {
		return false // what its values mean is known
	}
	switch c.kind.Kind {
	case semantic.Int:
		return c.kind.Coding == semantic.Native
	case semantic.Text:
		return c.role != prose && c.role != link && c.role != private
	}
	return false
}

// target is a key that a column may point to.
type target struct {
	column   *column
	strength int
}

// pointFrom finds the best key that a column points to.
func (d *drafting) pointFrom(ctx context.Context, c *column) error {
	var targets []target
	if k := d.toldTarget(c); k != nil {
		targets = append(targets, target{k, told})
	}
	for _, to := range d.tables {
		if to == c.table {
			if k := c.superior(); k != nil && !d.isEmployee(c) {
				targets = append(targets, target{k, 5})
			}
			continue
		}
		for _, k := range to.columns {
			if !k.mayBeKey() || !d.comparable(c, k) {
				continue
			}
			if n := c.pointing(k); n > 0 {
				targets = append(targets, target{k, n})
			}
		}
	}
	if len(targets) == 0 {
		targets = d.personTargets(c)
	}
	if len(targets) == 0 {
		targets = d.holdingTargets(c)
	}
	slices.SortStableFunc(targets, func(a, b target) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(b.column.distinct, a.column.distinct))
	})
	for _, t := range targets {
		j, err := d.tryJoin(ctx, []*column{c}, []*column{t.column}, t.strength)
		if err != nil {
			return err
		}
		if j != nil {
			d.addJoin(j)
			return nil
		}
	}
	return nil
}

// mayBeKey reports whether a column identifies rows of its table: it is a key,
// or no value repeats and none is missing.
func (k *column) mayBeKey() bool {
	if k.table.schema.View {
		return false
	}
	if k.table.hasKey([]*column{k}) {
		return true
	}
	return k.unique() && k.full() && k.table.rows > 1 && (k.role == identity || k.role == code || k.role == nameRole || k.role == attribute) && k.kind.Kind == semantic.Text
}

// declares reports whether the columns are a key that the database declares.
func (t *table) declares(columns []*column) bool {
	return slices.ContainsFunc(t.keys, func(k key) bool { return k.declared && k.is(columns) })
}

// commonWords are names that columns of unrelated tables share.
var commonWords = wordSet("id name code no number type title status date year month day key value description order rank level category grade note state country city region address phone email sex gender age time color language position location 编号 名称 姓名 日期 状态 类型 备注 mingcheng xingming riqi zhuangtai leixing beizhu")

// pointing is how much the name of c says that it holds values of k; 0 is not
// at all.
func (c *column) pointing(k *column) int {
	own := c.table.hasKey([]*column{c}) && (c.isOwnID() || c.initialID())
	if own || c.table.declares([]*column{c}) && !strings.EqualFold(c.schema.Name, k.schema.Name) {
		return 0
	}
	to := k.table
	same := strings.EqualFold(c.schema.Name, k.schema.Name) || slices.Equal(c.raw, k.raw)
	isID := idWords[c.lastWord()] || c.lastWord() == "code" || c.lastWord() == "no" || c.lastWord() == "number"
	front := c.words[:max(0, len(c.words)-1)]
	switch {
	case same && k.owns():
		return 6
	case isID && len(front) > 0 && to.calledBy(front) && k.identifies():
		return 6
	case same && !(len(c.raw) == 1 && commonWords[c.raw[0]]) && c.below(k):
		return 5
	case isID && len(front) > 1 && to.calledBy(front[1:]) && k.identifies():
		return 4
	case isID && len(front) > 2 && to.calledBy(front[2:]) && k.identifies():
		return 4
	case len(k.raw) > 1 && len(c.raw) > len(k.raw) && slices.Equal(c.raw[len(c.raw)-len(k.raw):], k.raw) && (k.owns() || k.identifies()):
		return 4
	case c.partBefore(k) != "" && k.identifies():
		return 4
	case to.calledFully(c.words) && (k.identifies() || k.role == nameRole):
		return 3
	case len(c.words) > 1 && to.calledFully(c.words[1:]) && k.table.hasKey([]*column{k}) && c.kind.Kind == semantic.Int && (c.role != addable || ends[c.words[0]]):
		return 3
	case to.lists(c.words) && k.identifies():
		return 3
	case c.endsInCode(k):
		return 4
	}
	return 0
}

// ends are words before what something begins or ends at: startZone, dropoff_station.
var ends = wordSet("start end from to first last origin destination source target departure arrival pickup dropoff home away billing shipping old new previous next")

// lists reports whether a table is what a column is called, as a list of its codes:
// tripStatusCode of tripStatus.
func (t *table) lists(words []string) bool {
	a, b := plainWords(words), plainWords(t.words)
	return len(a) > 1 && len(b) == len(a)+1 && slices.Equal(a, b[:len(a)]) && listing[b[len(a)]]
}

var listing = wordSet("code type lookup list master reference ref dictionary dict")

// endsInCode reports whether a column is called like a key that is a short code itself,
// with a part before it: OPKDNR of KDNR.
func (c *column) endsInCode(k *column) bool {
	own, key := wordsOf(c.schema.Name), wordsOf(k.schema.Name)
	if len(own) != 1 || len(key) != 1 || len(key[0]) < 4 || commonWords[key[0]] || dictionary().word(key[0]) != nil || !k.identifies() {
		return false
	}
	front, ok := strings.CutSuffix(own[0], key[0])
	return ok && len(front) > 1
}

func (c *column) lastWord() string {
	if len(c.words) == 0 {
		return ""
	}
	return c.words[len(c.words)-1]
}

// owns reports whether k is the key of its table by name: the table that a
// shared name belongs to.
func (k *column) owns() bool {
	return k.table.hasKey([]*column{k}) && (k.isOwnID() || k.initialID() || k.table.calledBy(k.words[:max(0, len(k.words)-1)]))
}

// identifies reports whether k is the column that others would point to.
func (k *column) identifies() bool {
	return k.table.hasKey([]*column{k}) && (k.owns() || len(k.table.keys) > 0 && k.table.keys[0].is([]*column{k}))
}

// below reports whether a shared name points from c to k and not the other way:
// k's table owns it, or holds more of its values, or comes first.
func (c *column) below(k *column) bool {
	if !c.unique() || c.table.rows == 0 {
		return true
	}
	if c.distinct != k.distinct {
		return c.distinct < k.distinct
	}
	return c.table.schema.Name > k.table.schema.Name
}

// calledFully is calledBy without abbreviations by the first letters.
func (t *table) calledFully(words []string) bool {
	a, b := plainWords(words), plainWords(t.words)
	return len(a) > 0 && slices.Equal(a, b)
}

// share is the least part of values, in percent, that a key must hold, by the
// strength of the name.
var share = map[int]int64{9: 0, told: 50, 6: 50, 5: 80, 4: 90, 3: 95, 2: 90, byValues: 100}

// tryJoin holds the values of a column against a key. It returns nil when too
// few are found.
func (d *drafting) tryJoin(ctx context.Context, here, there []*column, strength int) (*join, error) {
	if d.leads(there[0].table, here[0].table, there, here) {
		return nil, nil
	}
	all, found, err := d.look.contained(ctx, here, there)
	if err != nil {
		return nil, fmt.Errorf("join %s to %s: %w", here[0].table.schema.Name, there[0].table.schema.Name, err)
	}
	if all == 0 && strength < 4 || all > 0 && (found == 0 || found*100 < all*share[strength]) {
		return nil, nil
	}
	j := &join{from: here[0].table, to: there[0].table, here: here, there: there, probable: true, strength: strength}
	j.evidence = fmt.Sprintf("probable: by name, %d of %d values are found there", found, all)
	if strength == told {
		j.evidence = toldEvidence(found, all)
	}
	if strength == byValues {
		j.evidence = fmt.Sprintf("probable: by values alone, all %d are found there", all)
	}
	if all == 0 {
		j.evidence = "probable: by name, there are no values to compare"
	}
	if !j.to.hasKey(there) {
		j.to.keys = append(j.to.keys, key{columns: there, evidence: "probable: every row has another value"})
	}
	return j, nil
}

// leads reports whether a join over the same columns leads the other way
// already.
func (d *drafting) leads(from, to *table, here, there []*column) bool {
	return slices.ContainsFunc(from.joins, func(j *join) bool {
		return j.to == to && slices.Equal(j.here, here) && slices.Equal(j.there, there)
	})
}

// compositeJoins finds tables whose key of several columns stands in another
// table under the same names.
func (d *drafting) compositeJoins(ctx context.Context, t *table) error {
	for _, to := range d.tables {
		if to == t {
			continue
		}
		for _, k := range to.keys {
			here := t.columnsOf(namesOf(k.columns))
			if len(k.columns) < 2 || here == nil || t.hasKey(here) && t.schema.Name < to.schema.Name {
				continue
			}
			if d.leads(t, to, here, k.columns) {
				continue
			}
			j, err := d.tryJoin(ctx, here, k.columns, 5)
			if err != nil {
				return err
			}
			if j != nil && !onlyKeys(to) {
				d.addJoin(j)
			}
		}
	}
	return nil
}

// onlyKeys reports whether a table holds nothing but references.
func onlyKeys(t *table) bool {
	return !slices.ContainsFunc(t.columns, func(c *column) bool { return c.join == nil })
}

func namesOf(columns []*column) []string {
	var names []string
	for _, c := range columns {
		names = append(names, c.schema.Name)
	}
	return names
}

// isBridge reports whether a table only says which rows of others belong
// together.
func (t *table) isBridge() bool {
	reached := map[*table]bool{}
	for _, j := range t.joins {
		reached[j.to] = true
	}
	if len(reached) < 2 {
		return false
	}
	for _, c := range t.columns {
		if c.join == nil && !c.inJoin() && !(len(t.keys) > 0 && t.keys[0].is([]*column{c})) {
			return false
		}
	}
	return true
}

// inJoin reports whether a column is part of a join of several columns.
func (c *column) inJoin() bool {
	return slices.ContainsFunc(c.table.joins, func(j *join) bool { return slices.Contains(j.here, c) })
}
