package sqltree

import "fmt"

// Refusal says why a text or a tree is not run. It never holds a whole
// statement, so that it may be logged.
type Refusal struct {
	Code Code
	At   int    // byte offset in the text, 0-based; -1 when a tree was refused
	Name string // the word, table, column or function to blame; may be empty
}

// Error names the code, the offset and the word.
func (r *Refusal) Error() string {
	s := "sql refused: " + string(r.Code)
	if r.Name != "" {
		s += fmt.Sprintf(" %q", r.Name)
	}
	if r.At >= 0 {
		s += fmt.Sprintf(" at byte %d", r.At)
	}
	return s
}

// Code is a reason to refuse.
type Code string

// The reasons.
const (
	TooLarge        Code = "too_large"         // bytes, depth, nodes or arguments
	BadCharacter    Code = "bad_character"     // outside the lexer's alphabet
	Comment         Code = "comment"           // --, /* or #
	Unterminated    Code = "unterminated"      // quote without its end
	BadLiteral      Code = "bad_literal"       // a literal dialects could read differently
	BadName         Code = "bad_name"          // an identifier that cannot be quoted safely
	SecondStatement Code = "second_statement"  // a semicolon
	NotSelect       Code = "not_select"        // does not begin with SELECT, WITH or VALUES
	Unexpected      Code = "unexpected"        // a word or sign outside the subset
	UnknownTable    Code = "unknown_table"     // not on the allow-list and not a CTE in scope
	UnknownColumn   Code = "unknown_column"    // not a column of its source
	UnknownFunction Code = "unknown_function"  // not on the dialect's list
	UnknownType     Code = "unknown_type"      // CAST to a type not on the list
	NameCollision   Code = "name_collision"    // an alias, CTE or result column used twice
	BadArguments    Code = "bad_arguments"     // number or form of a call's arguments
	MisplacedCall   Code = "misplaced_call"    // an aggregate or window where none may stand
	BadShape        Code = "bad_shape"         // arms or subqueries with the wrong number of columns
	BadArgument     Code = "argument_mismatch" // placeholders and bound arguments differ
	UnsupportedHere Code = "unsupported"       // a node that the dialect cannot spell
)

func refuse(code Code, at int, name string) *Refusal {
	if len(name) > 64 {
		name = name[:64]
	}
	return &Refusal{Code: code, At: at, Name: name}
}
