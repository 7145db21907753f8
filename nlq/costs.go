package nlq

// The costs of a reading, in points: the least sum wins. Each stands for how
// surprising it is that a person who means this reading types these words. They
// are compared, never added to anything else; nothing is trained. Two readings
// closer than tieWithin are a tie and are put to the person.
const (
	// Mentions. One mention that covers more words beats two that cover the
	// same words, since every mention costs at least costMention.
	costMention     = 10 // any name, member, number or word of a language
	costNoise       = 4  // a word that changes nothing: less than any meaning, so that glue never outweighs a name
	costWeak        = 6  // on top: a word that often means nothing
	costSynonym     = 1  // on top: named by a synonym, not by its label or name
	costInflected   = 1  // on top: plural or other inflection
	costDerived     = 3  // on top: named by its label without the table's name or a closing "name"
	costHead        = 7  // on top: named by the last words of its label alone
	costAlias       = 1  // on top: a member named by an alias
	costMember      = 2  // on top: a member, which beats a name of the model only with a longer match
	costBareDigits  = 6  // on top: a member that is only digits, where a number is likelier
	costShortMember = 4  // on top: a member of one Han character, or of one or two Latin letters
	costTypo        = 14 // on top, per edit: named in another spelling
	costShortFor    = 9  // on top: named by the word that an abbreviation is short for
	costHomophone   = 4  // off: one that sounds alike
	costDigits      = 3  // on top: a number that stands for itself

	// What is left over.
	costUnreadWord = 100 // a Latin word or a number without a meaning
	costUnreadHan  = 50  // a Han character without a meaning; most words have two
	costMark       = 1   // a punctuation mark

	// Assembling.
	costIdle      = 25 // a part that found nothing to act on
	costGuess     = 4  // a role taken by default, without a word that asks for it
	costAway      = 2  // a name of another table than its neighbours are of
	costHop       = 2  // each join between them
	costUnrelated = 12 // a name of a table that nothing else in the question leads to
	costRole      = 6  // off: a role before a member of its entity
	costAttribute = 3  // a member of an attribute, where another entity is called so: the channel before the source named after it
	costHidden    = 3  // a name of a table that is not offered by name
	costUnlike    = 20 // "and" between a member and a measure
	costEachTop   = 10 // a top where each is asked for
	costAlone     = 20 // a sentence that refers to the turn before, read by itself
	costUnlikely  = 5  // a kind of object that its neighbours do not ask for
	costVerbForm  = 3  // on top of costInflected: another form than a plural, such as ordered for order
	costDeclared  = 2  // off: a verb or adjective that the model declares, before a language's own
	costLetter    = 20 // on top: a member of one letter that was typed small, like the article
)

// tieWithin is how close two readings must be to be a tie.
const tieWithin = 3

// insteadWithin is how much dearer a reading may be that is taken because the
// model cannot mean the cheapest: another object of the same name, not another
// question.
const insteadWithin = 9
