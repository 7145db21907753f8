package asktest

import (
	"os"
	"strings"
	"testing"

	"wenshu/answer"
)

// The floor: of a hundred questions that cannot be answered, so many are declined
// or asked back, and as many of the refusals offer something else. It only ever
// rises.
const (
	leastDeclined = 97
	leastHelped   = 97
)

// TestUnanswerable asks what the demo company's model cannot answer. Zero rows
// with a reason are no answer.
func TestUnanswerable(t *testing.T) {
	set, err := openSet(t, "shop")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../fixtures/shop/unanswerable.txt")
	if err != nil {
		t.Fatal(err)
	}
	asked, declined, helped := 0, 0, 0
	for line := range strings.Lines(string(text)) {
		question := strings.TrimSpace(line)
		if question == "" || strings.HasPrefix(question, "#") {
			continue
		}
		asked++
		a, err := set.Service.Ask(t.Context(), answer.Request{Question: question, Viewer: office, Now: robustNow}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if a.Kind == answer.Result && a.Table != nil && len(a.Table.Rows) > 0 {
			t.Logf("answered: %s\n\t%s", question, a.QueryLine)
			continue
		}
		declined++
		if len(a.Suggestions)+len(a.Choices)+len(a.FollowUps) > 0 {
			helped++
		} else {
			t.Logf("without a next step: %s (%s)", question, outcome(a))
		}
	}
	t.Logf("%d questions: %d declined, %d of them with a next step", asked, declined, helped)
	if declined*100 < leastDeclined*asked || helped*100 < leastHelped*declined {
		t.Errorf("of %d questions %d are declined and %d offer a next step", asked, declined, helped)
	}
}
