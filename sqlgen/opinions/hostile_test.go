//go:build opinions

package opinions

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"wenshu/sqlgen/sqltree"
)

var allow = sqltree.Allow{Tables: map[sqltree.TableName][]string{
	{Name: "orders"}:                 {"id", "amount", "status", "paid_at"},
	{Schema: "main", Name: "stores"}: {"id", "city"},
}}

// TestHostile holds Check to what the other parser of a dialect takes and would
// run. That it takes each text proves that the text is no mere nonsense.
func TestHostile(t *testing.T) {
	for _, o := range opinions {
		t.Run(o.dialect, func(t *testing.T) {
			s, tried := o.syntax(t), 0
			for _, line := range lines(t, "testdata/hostile.txt") {
				whose, text, _ := strings.Cut(line, " ")
				text = strings.TrimSpace(text)
				if whose != o.dialect && whose != "both" {
					continue
				}
				tried++
				if _, err := o.see(text); err != nil {
					t.Errorf("%s\nis nonsense: %v", text, err)
				}
				if got, err := sqltree.Check(text, s, allow); err == nil {
					t.Errorf("%s\nis let pass as\n%s", text, got)
				}
			}
			if tried < 45 {
				t.Errorf("%d hostile texts", tried)
			}
		})
	}
}

// spoils are what is put into a text where two words meet.
var spoils = []string{
	"; DROP TABLE t", "; SELECT 1", ";", "FOR UPDATE", "FOR SHARE", "INTO t", "INTO OUTFILE 'x'", "LOCK IN SHARE MODE",
	"-- ", "--", "#", "/*", "*/", "/**/", "/*!50000 FOR UPDATE */", "/*! , SLEEP(1) */", "'", "\"", "`", "\\", "\\'", "''", "$$", "$x$", "E'\\''", "N'x'",
	", pg_sleep(1) AS z", ", SLEEP(1) AS z", ", nextval('s') AS z", ", LOAD_FILE('x') AS z", "+ pg_sleep(1)", "OR SLEEP(1)",
	"UNION SELECT 1", "UNION ALL SELECT 1", "INTERSECT SELECT 1", "EXCEPT SELECT 1", "UNION ALL SELECT s.x FROM secrets AS s",
	"RECURSIVE", "DISTINCT", "ALL", "NOT", "LATERAL", "NATURAL", "LEFT", "RIGHT", "FULL", "CROSS JOIN secrets AS s", "INNER JOIN secrets AS s ON TRUE",
	"WITH d AS (DELETE FROM t)", "COLLATE \"C\"", "COLLATE utf8mb4_bin", "AS z", "z", ".x", "(", ")", "()", ",", "*", "+ 1", "- 1", "-1", "- -1", "|| 'x'", "|", "&", "^", "~", "!", "?", "$1", "$9", "@x", "@@x", ":x",
	"::text", "IS NULL", "IS TRUE", "IN (1)", "BETWEEN 1 AND 2", "LIKE 'x'", "LIKE 'x' ESCAPE '!'", "REGEXP 'x'", "DIV 2", "MOD 2", "XOR 1", "= 1", "= 1 = 1", "<=> 1", "IS DISTINCT FROM 1",
	"OVER ()", "OVER w", "FILTER (WHERE TRUE)", "WITHIN GROUP (ORDER BY 1)", "ORDER BY 1", "GROUP BY 1", "HAVING 1 = 1", "WHERE 1 = 1", "LIMIT 1", "LIMIT 1, 2", "OFFSET 1", "LIMIT ALL", "FETCH FIRST 1 ROWS ONLY",
	"INTERVAL '1 day'", "INTERVAL 1 DAY", "DATE '2026-01-01'", "TIMESTAMP '2026-01-01'", "0x41", "1e3", "1e", "1.", ".5", "1.5.2", "\x00", "\u00a0", "\u2028", "；", "＇", "上海",
}

// TestSpoilt puts what may do harm, and what is merely wrong, into statements of the
// compiler, takes words out and changes their places. Whatever Check still lets
// pass must be the same plain SELECT to the other parser, as it came and as it is
// printed again.
func TestSpoilt(t *testing.T) {
	for _, o := range opinions {
		t.Run(o.dialect, func(t *testing.T) {
			s, all := o.syntax(t), statements(t, o.dialect)
			d := rand.New(rand.NewPCG(1, 2))
			tried, passed, seenOtherwise := 0, 0, 0
			for i := range 50_000 {
				st := all[i%len(all)]
				text := spoilt(d, st.SQL)
				tried++
				canonical, err := sqltree.Check(text, s, st.Allow)
				if err != nil {
					if v, err := o.see(text); err == nil && v.plain != "" {
						seenOtherwise++
					}
					continue
				}
				passed++
				for _, x := range []string{text, canonical} {
					if how := o.disagree(t, x, s); how != "" {
						t.Errorf("%s\n%s", how, x)
					}
				}
			}
			t.Logf("%d texts, %d let pass, %d refused that are something else than a SELECT to the other", tried, passed, seenOtherwise)
			if passed < 500 || seenOtherwise < 100 {
				t.Error("the texts are too tame or too wild to say anything")
			}
		})
	}
}

// spoilt changes a text once, at times twice.
func spoilt(d *rand.Rand, text string) string {
	words := strings.Fields(text)
	for range 1 + d.IntN(4)/3 {
		i, j := d.IntN(len(words)), d.IntN(len(words))
		switch d.IntN(6) {
		case 0:
			words = slices.Delete(words, i, i+1)
		case 1:
			words = slices.Insert(words, i, words[j])
		case 2:
			words[i], words[j] = words[j], words[i]
		case 3: // within a word
			at := d.IntN(len(words[i]))
			words[i] = words[i][:at] + spoils[d.IntN(len(spoils))] + words[i][at:]
		default:
			words = slices.Insert(words, i, spoils[d.IntN(len(spoils))])
		}
		if len(words) == 0 {
			return ""
		}
	}
	return strings.Join(words, " ")
}
