package nlq

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"wenshu/semantic"
)

// numberSlot is the edge that a {n} makes in the trie of rules. No token has
// this norm.
const numberSlot = "\x00n"

// maxForms bounds what one form with alternatives may stand for.
const maxForms = 20000

// Grammar is the languages that a reader reads, with their rules ready to be
// found in a text. It is immutable; the readers of a process share one, because
// its thousands of forms take longer to lay out than a model's names.
type Grammar struct {
	languages []Language
	trie      *Lexicon[int]
	rules     []Rule
	groups    *Lexicon[[]string] // names of several members at once
	words     []string           // Latin words that forms are made of, and those that languages list; see isCorrection
}

// NewGrammar prepares languages, which are always all on. It fails when a form
// does not parse.
func NewGrammar(languages ...Language) (*Grammar, error) {
	set := &Grammar{languages: languages, trie: NewLexicon[int](), groups: groupsOf(languages)}
	for _, language := range languages {
		for _, rule := range language.Rules {
			id := len(set.rules)
			set.rules = append(set.rules, rule)
			for _, form := range rule.Forms {
				if err := set.add(form, id); err != nil {
					return nil, fmt.Errorf("language %s: form %q: %w", language.Tag, form, err)
				}
			}
		}
	}
	set.collectWords()
	return set, nil
}

func (set *Grammar) collectWords() {
	for _, l := range set.languages {
		set.words = append(set.words, l.Words...)
	}
	for _, edges := range set.trie.next {
		set.words = slices.AppendSeq(set.words, maps.Keys(edges))
	}
	set.words = slices.DeleteFunc(set.words, func(norm string) bool { return !isCorrection(norm) })
	slices.Sort(set.words)
	set.words = slices.Compact(set.words)
}

func (set *Grammar) add(form string, id int) error {
	texts, err := expand(form)
	if err != nil {
		return err
	}
	for _, text := range texts {
		var norms []string
		for i, piece := range strings.Split(text, "{n}") {
			if i > 0 {
				norms = append(norms, numberSlot)
			}
			norms = append(norms, NewText(piece).Norms()...)
		}
		if len(norms) == 0 {
			return fmt.Errorf("stands for nothing")
		}
		set.trie.AddTokens(norms, id)
	}
	return nil
}

// expand writes out the alternatives of a form.
func expand(form string) ([]string, error) {
	if len([]rune(form)) == 1 {
		return []string{form}, nil // also a bracket stands for itself alone
	}
	p := formParser{form: form}
	texts, err := p.alternatives()
	if err != nil {
		return nil, err
	}
	if p.at < len(form) {
		return nil, fmt.Errorf("%q closes nothing", form[p.at:])
	}
	seen := map[string]bool{}
	kept := texts[:0]
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			text = strings.Join(strings.Fields(text), " ")
		}
		if !seen[text] {
			seen[text] = true
			kept = append(kept, text)
		}
	}
	return kept, nil
}

type formParser struct {
	form string
	at   int
}

// alternatives reads a|b|c up to a closing bracket or the end.
func (p *formParser) alternatives() ([]string, error) {
	var all []string
	current := []string{""}
	for p.at < len(p.form) {
		c := p.form[p.at]
		switch c {
		case ')', ']':
			return append(all, current...), nil
		case '|':
			p.at++
			all = append(all, current...)
			current = []string{""}
		case '(', '[':
			inner, err := p.group(c)
			if err != nil {
				return nil, err
			}
			if len(current)*len(inner) > maxForms {
				return nil, fmt.Errorf("more than %d alternatives", maxForms)
			}
			current = product(current, inner)
		default:
			for i := range current {
				current[i] += p.form[p.at : p.at+1]
			}
			p.at++
		}
	}
	return append(all, current...), nil
}

func (p *formParser) group(open byte) ([]string, error) {
	p.at++
	inner, err := p.alternatives()
	if err != nil {
		return nil, err
	}
	closing := byte(')')
	if open == '[' {
		closing = ']'
		inner = append(inner, "")
	}
	if p.at >= len(p.form) || p.form[p.at] != closing {
		return nil, fmt.Errorf("%q is not closed", string(open))
	}
	p.at++
	return inner, nil
}

func product(left, right []string) []string {
	all := make([]string, 0, len(left)*len(right))
	for _, l := range left {
		for _, r := range right {
			all = append(all, l+r)
		}
	}
	return all
}

// ruleHit is a rule found in a text, with the numbers in its slots.
type ruleHit struct {
	end     int
	rule    int
	numbers []Number
}

// at returns every rule that starts at token at.
func (set *Grammar) at(t *Text, at int, numbers func(at int) []Number) []ruleHit {
	var hits []ruleHit
	set.walk(t, at, 0, nil, numbers, &hits)
	return hits
}

func (set *Grammar) walk(t *Text, at int, node int32, filled []Number, numbers func(at int) []Number, hits *[]ruleHit) {
	for _, id := range set.trie.values[node] {
		*hits = append(*hits, ruleHit{at, id, filled})
	}
	if at >= len(t.Tokens) || set.trie.next[node] == nil {
		return
	}
	if to, ok := set.trie.next[node][t.Tokens[at].Norm]; ok {
		set.walk(t, at+1, to, filled, numbers, hits)
	}
	if to, ok := set.trie.next[node][numberSlot]; ok {
		for _, n := range numbers(at) {
			set.walk(t, n.End, to, append(filled[:len(filled):len(filled)], n), numbers, hits)
		}
	}
}

// fill puts the numbers of a form's slots into its part. ok is false when the
// part cannot hold them, such as the top 2.5.
func fill(part Part, numbers []Number) (Part, bool) {
	if len(numbers) == 0 {
		return part, true
	}
	switch part := part.(type) {
	case Top:
		n, ok := wholeCount(numbers[0])
		part.N = n
		return part, ok && numbers[0].Unit == "" && part.Nth == numbers[0].Whole // "the second highest", not "the 2 highest"
	case Moving:
		n, ok := wholeCount(numbers[0])
		part.N = n
		return part, ok
	case InARow:
		n, ok := wholeCount(numbers[0])
		part.N = n
		return part, ok
	case Compare:
		part.Args = numbers
		return part, len(numbers) == 1 && !numbers[0].Whole
	case Binned:
		part.Args = numbers
		positive, err := numbers[0].Value.Compare(semantic.IntValue(0))
		_, whole := wholeCount(numbers[0])
		return part, len(numbers) == 1 && err == nil && positive > 0 && (whole || !part.Count)
	case Bands:
		part.Args = numbers
		return part, part.edges() != nil
	case BetweenMark:
		part.Args = numbers
		return part, len(numbers) == 2
	case Against:
		n, ok := wholeCount(numbers[0])
		part.N = n
		return part, ok
	}
	return part, true
}

func wholeCount(n Number) (int, bool) {
	value := n.Value.Int()
	return int(value), value > 0 && value <= 10000 && !n.Percent
}
