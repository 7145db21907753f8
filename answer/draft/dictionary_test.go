package draft

import (
	"strings"
	"testing"
)

// roles are what the last column of a dictionary's line may say.
var roles = wordSet("sum avg code name date flag text free private person url noise member geo1 geo2 geo3 geo4 geo5 geo6 geo7 geo8 geo9 level1 level2 level3 level4 level5 level6 level7 level8 level9")

func TestDictionaryLines(t *testing.T) {
	for file, text := range map[string]string{"dictionary.txt": dictionaryText, "vocabulary.txt": vocabularyText, "fields.txt": fieldsText} {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			f := strings.Split(line, "|")
			if len(f) < 4 || len(f) > 5 || f[0] == "" || strings.ToLower(f[0]) != f[0] || strings.Contains(line, ",,") || strings.Contains(line, ",|") {
				t.Errorf("%s: %q", file, line)
			}
			if len(f) == 5 && f[4] != "" && !roles[f[4]] {
				t.Errorf("%s: no role %q in %q", file, f[4], line)
			}
		}
	}
}

// TestFieldsStandBehind: what was known before fields.txt means what it meant.
func TestFieldsStandBehind(t *testing.T) {
	before := &lexicon{terms: map[string]*term{}, short: map[string]*term{}, chinese: map[string]*term{}, pinyin: map[string]string{}, members: map[string]string{}}
	before.read(dictionaryText, false, false)
	before.read(vocabularyText, true, false)
	for zh, was := range before.chinese {
		if now := dictionary().chinese[zh]; now.en != was.en {
			t.Errorf("%s was %s, is %s", zh, was.en, now.en)
		}
	}
	for short, was := range before.short {
		if now := dictionary().word(short); now.en != was.en && before.terms[short] == nil && before.terms[singular(short)] == nil {
			t.Errorf("%s was short for %s, is %s", short, was.en, now.en)
		}
	}
	for _, zh := range []string{"注册时间"} { // their parts are known
		if got := dictionary().chinese[zh]; got != before.chinese[zh] {
			t.Errorf("%s is %s", zh, got.en)
		}
	}
}

func TestOtherWords(t *testing.T) {
	for word, want := range map[string]string{"airplane": "飞机", "programme": "项目", "adviser": "导师", "organisation": "组织"} {
		if got := dictionary().word(word); got == nil || got.zh[0] != want {
			t.Errorf("%s: %+v, want %s", word, got, want)
		}
	}
	for _, word := range []string{"highest", "sum", "real"} { // they name nothing by themselves
		if got := dictionary().terms[word]; got != nil {
			t.Errorf("%s: %+v", word, got)
		}
	}
}

func BenchmarkDictionary(b *testing.B) {
	for range b.N {
		readLexicon()
	}
}
