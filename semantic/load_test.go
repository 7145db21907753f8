package semantic

import (
	"strings"
	"testing"
	"testing/fstest"
)

// docModel is the model that the package comment shows.
func docModel(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	inside := false
	for _, line := range docLines(t) {
		inside = inside || strings.HasPrefix(line, "\tmodel: {")
		if inside && !strings.HasPrefix(line, "\t") {
			break
		}
		if inside {
			b.WriteString(line[1:] + "\n")
		}
	}
	return b.String()
}

// loadText loads a model of one file.
func loadText(text string) (*Model, error) {
	return Load(fstest.MapFS{"model.yaml": {Data: []byte(text)}})
}

func TestLoadDocModel(t *testing.T) {
	m, err := loadText(docModel(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(m.Tables), len(m.Metrics))
}
