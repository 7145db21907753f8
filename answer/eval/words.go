package eval

import (
	"strconv"
	"strings"
)

// holds checks what words say of a result: columns=2; rows=30; rows>=1;
// contains a,b; and what said.holds knows of its query. A part that says
// something else is not judged; judged is false when none of the parts can be.
func holds(words string, rows [][]cell, columns int, s said) (right, judged bool) {
	right = true
	for part := range strings.SplitSeq(words, ";") {
		part = strings.TrimSpace(part)
		if at := strings.Index(part, " ("); at > 0 && !strings.HasSuffix(part[:at], " in") {
			part = part[:at]
		}
		var ok bool
		switch {
		case strings.HasPrefix(part, "columns="):
			n, err := strconv.Atoi(part[len("columns="):])
			ok = err == nil && columns >= n
		case strings.HasPrefix(part, "rows>="):
			n, err := strconv.Atoi(part[len("rows>="):])
			ok = err == nil && len(rows) >= n
		case strings.HasPrefix(part, "rows="):
			n, err := strconv.Atoi(part[len("rows="):])
			ok = err == nil && len(rows) == n
		case strings.HasPrefix(part, "contains "):
			ok = containsAll(rows, strings.TrimPrefix(part, "contains "))
		case strings.HasPrefix(part, "text contains "):
			ok = containsAll(rows, strings.TrimPrefix(part, "text contains "))
		default:
			var known bool
			if ok, known = s.holds(part); !known {
				continue
			}
		}
		judged = true
		right = right && ok
	}
	return right && judged, judged
}

func containsAll(rows [][]cell, list string) bool {
	for want := range strings.SplitSeq(list, ",") {
		w := textCell(want)
		found := false
		for _, row := range rows {
			for _, c := range row {
				found = found || !c.null && w.equal(c, 1)
			}
		}
		if !found {
			return false
		}
	}
	return true
}
