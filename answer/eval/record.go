package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// Record is one question with what is right.
type Record struct {
	ID         string   `json:"id"`
	DB         string   `json:"db"`
	Question   string   `json:"question"`
	Turns      []string `json:"turns"`
	GoldSQL    []string `json:"gold_sql"`
	Query      string   `json:"query"` // a query line whose rows are right
	Rows       [][]any  `json:"rows"`
	AsOf       string   `json:"as_of"`
	Expect     string   `json:"expect"` // answer or decline; "" is answer
	Ordered    bool     `json:"ordered"`
	Category   string   `json:"category"`
	Mark       string   `json:"mark"`         // bar, line, point, arc; "" for no wish
	Words      string   `json:"expect_words"` // as doc.go says
	Sequential bool     `json:"sequential"`   // Utterances are turns
	Utterances []string `json:"utterances"`
}

// turns are the messages of a record, the last of which is scored.
func (r Record) turns() []string {
	switch {
	case len(r.Turns) > 0:
		return r.Turns
	case r.Sequential && len(r.Utterances) > 0:
		return r.Utterances
	}
	return []string{r.Question}
}

func (r Record) declines() bool { return r.Expect == "decline" }

// longestRecord is a line at most, in bytes.
const longestRecord = 4 << 20

// ReadRecords reads a question set. A line that is no record is an error with
// its number.
func ReadRecords(in io.Reader) ([]Record, error) {
	var all []Record
	seen := map[string]bool{}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestRecord)
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var r Record
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		switch {
		case r.ID == "":
			r.ID = fmt.Sprint(n)
		case seen[r.ID]:
			return nil, fmt.Errorf("line %d: the id %s stands twice", n, r.ID)
		}
		seen[r.ID] = true
		if len(r.turns()) == 1 && r.turns()[0] == "" {
			return nil, fmt.Errorf("line %d: no question", n)
		}
		if r.Expect != "" && r.Expect != "answer" && r.Expect != "decline" {
			return nil, fmt.Errorf("line %d: expect %s: want answer or decline", n, r.Expect)
		}
		all = append(all, r)
	}
	return all, lines.Err()
}

// Moment reads when a record is asked, on a clock of the zone.
func Moment(text string, zone *time.Location) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			if layout == "2006-01-02" {
				t = t.Add(12 * time.Hour) // the middle of the day named
			}
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("as_of %s: want a time such as 2025-01-30T12:00:00", text)
}
