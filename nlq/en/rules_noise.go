package en

import (
	"wenshu/nlq"
	"wenshu/semantic"
)

// noiseRules are words that change nothing.
var noiseRules = []nlq.Rule{
	sure(nlq.Noise{},
		"please", "pls", "plz", "kindly", "gimme", "lemme see", "hows", "btw", "asap", "hey", "hi there", "thanks", "thank you", "thx", "hello", "hi", "[please ](can|could|would|will) you [please ](show|give|tell|get|find|list|help|pull|fetch|display|provide|send|share|calculate|compute|check|look up|explain)[ me| us]", "(can|could|may) (i|we) (see|get|have|know|view|look at)", "(i|we)[ would| ' d|'d] (like|love|want|need|wish)[ to] (see|know|get|have|view|look at|find out|understand|find|check)", "(i|we) (want|need|wish) to (see|know|get|have|view|look at|find out|understand|find|check)", "(i|we) (want|need)", "i am looking for", "i ' m looking for", "looking for", "let me (see|know)", "let ' s see", "(show|give|tell|get|fetch|bring|find) (me|us)", "(do you know|do we know|any idea)", "i am interested in", "i ' m interested in", "i ' d like", "i would like", "i ' d like to see", "i wonder", "wondering", "could you", "can you", "would you", "will you", "help me[ understand| find| see| with]", "tell me about", "give me (a|an|the)", "for me", "for us", "[in |from |of |within |stored in ][the |this |our ](database|dataset|data set)", "[as |on |in |along |for |with ][the |an |a ](y|vertical) [- ]axis", "if possible", "quickly", "just wondering", "approximately", "roughly", "about how", "exactly how", "in total terms", "actually", "basically", "overall picture of", "a look at", "take a look at", "a quick look at", "an overview of", "(something|anything) (about|on|regarding)", "overview of", "the value of", "the values of", "the figures for", "the figure for", "figures", "the amount of", "the level of", "the data (for|on|about)", "data (for|on|about)", "numbers (for|on)", "the numbers (for|on)", "information (about|on)", "info (about|on)", "respectively", "corresponding", "the corresponding", "their corresponding", "its corresponding", "with respect to", "with regard to", "concerning", "as well please", "so", "ok", "okay", "well", "um", "uh", "hmm", "dear",
		"(how|what) (did|does|do|have|has|is|are|was|were) (we|our company|the company|our business)", "how (is|are|was|were|did|do)", "how (have|has|had)", "(perform|performed|performing|doing|do|done|going|looking|look)", "performance of", "what happened to", "what about the", "situation", "status of the", "there (is|are|was|were)", "(is|are|was|were) there in total"),
	sure(nlq.Noise{Now: true}, "currently", "right now", "rn", "at present", "at the moment", "presently"),
	weak(nlq.Noise{Now: true}, "now"),
	sure(nlq.Noise{}, "inclusive", "inclusive of {n} (day|days|week|weeks|month|months|year|years) ago", "inclusive of (start and end|both|the start and end|start and end dates|both dates|both ends|the end points)"),
	sure(nlq.Noise{}, "(did|do|does|had|have|has) (he / she|she / he|he or she|she or he|they|he|she|it)[ have| make| get| do]", "in that (year|month|quarter|week)", "that (year|month|quarter|week)"),
	sure(nlq.Noise{}, "anymore", "any more", "any longer", "and their respective", "respective", "and the respective", "their respective", "at all"),
	{Part: nlq.Noise{}, After: []string{"booked", "ordered", "bought", "purchased", "sold", "returned", "paid", "won", "received", "made", "done", "rented", "borrowed"}, Forms: []string{"anything", "any"}},
	sure(nlq.Noise{}, "[, ](whatever|regardless of|irrespective of|no matter|no matter what) [the |their |its |his |her ](status|state|outcome|type|kind|category|reason)[ is| was| are| may be]"),
	weak(nlq.Noise{}, "in (the|our) (fleet|system|records|catalog|catalogue|portfolio|books)"),
	weak(nlq.Noise{}, "(only|just) (ones|the ones|those)[ that are| which are]"),
	weak(nlq.Noise{},
		"a", "an", "the", "this", "that", "these", "those", "some", "any", "all", "all the", "all of", "all of the", "our", "ours", "my", "your", "their", "its", "we", "i", "you", "they", "it", "us", "me", "them",
		"is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "done", "has", "have", "had", "having", "will", "would", "can", "could", "should", "shall", "might", "must", "get", "got", "make", "made", "makes", "making", "come", "comes", "came", "go", "goes", "went",
		"so", "then", "there", "here", "too", "very", "much", "really", "even", "still", "yet", "already", "also", "again", "such", "own", "say", "like", "etc",
		"company", "the company", "our company", "our business", "the business", "we have", "do we have", "did we have", "we had", "did we", "do we", "are we", "have we", "we did", "happened", "happen", "occurred", "occur", "occurring", "recorded", "generated", "achieved", "reported", "seen", "saw", "experienced", "witnessed", "existing", "exist", "exists",
		"anything", "anything at all", "a single thing", "with us", "from us",
		"create", "draw", "plot", "simple", "a simple", "format", "showing", "which shows", "that shows", "illustrate", "show", "display", "see", "view", "find", "tell", "give", "list out", "provide", "return", "compute", "calculate", "pull", "pull up", "fetch", "report", "report on", "look", "look up", "know", "want", "need", "let", "analyze", "analyse", "give me", "check", "present", "retrieve", "query", "output", "identify", "determine", "visualize", "visualise",
		"result", "results", "one", "ones", "either",
		"'", "'s", "' s", ":", "\"", "?", "!", "(", ")", "[", "]", "{", "}", "-", "*", "#", "@", "…", "...", "|"),
}

// joinRules are words between neighbours.
var joinRules = []nlq.Rule{
	sure(nlq.Linker{How: nlq.AndLink}, "and", "&", "as well as", "but", "but also", "along with", "together with", "plus", "and the", "including", "alongside", "in addition to", "+", "and then the"),
	weak(nlq.Linker{How: nlq.AndLink}, "n"),
	sure(nlq.Linker{How: nlq.OrLink}, "or", "or else", "and or", "and / or"),
	sure(nlq.Linker{How: nlq.CommaLink}, ","),
	sure(nlq.Linker{How: nlq.ClauseLink}, ".", ";", "?", "!", "and then", "then", "moreover", "furthermore", "next", "after that", "and also show", "and please", "separately"),
	sure(nlq.Glue{How: nlq.OfIt}, "of", "of the", "of all", "of all the", "of our", "of its", "of their"),
	sure(nlq.Glue{How: nlq.Has}, "'s", "' s", "'"),
	sure(nlq.Glue{How: nlq.Loose}, "in", "in the", "in our", "at", "at the", "for", "for the", "on", "on the", "within", "within the", "inside", "during", "during the", "among", "amongst", "among the", "across the", "throughout", "over", "over the", "under the", "for our", "about", "regarding", "via", "through", "through the", "by way of", "using", "located in", "based in", "situated in", "living in", "from within", "in terms of", "for all", "placed in", "made in", "that are in", "which are in", "who are in", "as", "belonging to", "relating to", "associated with", "classified as", "categorized as", "labeled", "labelled", "marked as", "tagged as", "with status", "in category"),
	sure(nlq.Glue{How: nlq.From}, "from", "from the", "coming from", "originating from", "originating in", "out of", "sourced from", "starting at", "departing from", "leaving from", "depart from", "departs from", "departed from", "fly from", "flies from", "flying from", "leave from", "leaves from", "left from", "start from", "starts from", "(depart|departs|departed|departing|leave|leaves|leaving|take off|takes off|taking off)[ from| at| in]"),
	sure(nlq.Glue{How: nlq.To}, "to", "to the", "into", "towards", "shipped to", "delivered to", "going to", "sent to", "bound for", "arriving at", "arriving in", "arrive at", "arrive in", "arrives at", "arrives in", "fly to", "flies to", "flying to", "headed to", "landing in", "land in", "sold to", "(arrive|arrives|arrived|arriving|land|lands|landed|landing)[ at| in| to]", "(fly|flies|flying|flew|head|heads|heading|travel|travels|traveling) (to|into)", "headed for"),
	sure(nlq.Glue{How: nlq.With}, "with", "w /", "w / a", "w / an", "w / the", "with a", "with an", "with the", "having", "having a", "that have", "which have", "who have", "that has", "which has", "who has", "that had", "who had", "which had", "has", "have", "carrying", "with their", "who have a", "with at", "along with their", "featuring", "possessing"),
	weak(nlq.Glue{How: nlq.With}, "w"),
	sure(nlq.Both{}, "both", "both of", "at the same time", "simultaneously"),
	sure(nlq.Relative{}, "who", "that", "which", "that are", "who are", "which are", "that were", "who were", "which were", "who is", "that was", "who was", "where", "who have been", "that have been", "which have been", "being", "who did", "that did"),
	sure(nlq.Relative{Whose: true}, "whose", "of which", "of whom", "where the", "where their", "for which the", "where its"),
}

// groupRules are the words for splitting.
var groupRules = []nlq.Rule{
	sure(nlq.GroupMark{}, "by", "by the", "by all", "by different", "by individual", "grouped by", "group by", "grouping by", "split by", "(sub|sub -|-) [- ](grouped|group|divided) by", "sub - grouped by", "sub grouped by", "segregated by", "segregated based on", "parted by", "with breakdown by", "with a breakdown by", "distinguished by", "differentiated by", "split out by", "split across", "split into", "broken down by", "broken out by", "break down by", "breakdown by", "breakdown per", "broken into", "breaking down by", "segmented by", "segment by", "sliced by", "slice by", "divided by type of", "categorized by", "categorised by", "aggregated by", "aggregated to", "aggregate by", "summarized by", "summarised by", "partitioned by", "distributed by", "distributed across", "distributed over", "separated by", "arranged by each", "organized by", "organised by", "classified by", "for different", "for various", "across different", "across various", "across all", "on the basis of", "based on", "according to", "depending on", "at the level of", "along", "in each of", "cut by", "versus each", "against each", "over each", "distribution by", "distribution across", "distribution over", "for each of", "for each of the", "and group by", "and group it by", "and group them by", "then group by", "differ by", "vary by", "varies by", "varies across", "vary across", "differs by", "differs across"),
	weak(nlq.GroupMark{}, "across", "per", "between", "between the", "for", "over", "in", "among", "against", "from each", "breakdown"),
	sure(nlq.GroupMark{Each: true}, "each", "every", "for each", "for every", "in each", "in every", "per", "of each", "of every", "from each", "from every", "at each", "each of the", "each of", "for all the different", "different", "the different", "various", "each individual", "every single", "each and every", "per each", "for each individual", "each different", "for each different", "for each type of", "each type of", "each kind of", "every type of", "all the different", "with each", "on each", "within each", "to each", "by each", "across each"),
	sure(nlq.GroupMark{Before: true}, "(as|on|in|along|for) [the |an |a ](x|horizontal) [- ]axis"),
	sure(nlq.GroupMark{}, "[the |an ](x|horizontal) [- ]axis[ is| as| :| being]"),
	sure(nlq.GroupMark{Before: true, Spread: nlq.SpreadOf}, "distribution"),
	sure(nlq.GroupMark{Before: true}, "wise", "breakdown", "breakdowns", "split", "level breakdown", "level"),
	weak(nlq.GroupMark{Before: true}, "level", "split", "each", "respectively", "apiece"),
}

// filterRules are the words of filters that need no number.
var filterRules = []nlq.Rule{
	sure(nlq.Negation{}, "not", "not in", "not from", "not the", "not for", "not at", "not on", "not including", "not equal to", "not equal", "except", "except for", "except the", "except in", "excluding", "exclude", "excludes", "excl", "excl.", "excluding the", "other than", "apart from", "aside from", "without", "w / o", "without the", "without any", "but not", "but not in", "and not", "and not in", "minus the", "besides", "beside", "outside", "outside of", "outside the", "leaving out", "leave out", "ignoring", "ignore", "omitting", "omit", "barring", "everything but", "anything but", "all but", "that are not", "that is not", "which are not", "which is not", "who are not", "who is not", "that were not", "that was not", "is not", "are not", "was not", "were not", "isn ' t", "aren ' t", "wasn ' t", "weren ' t", "isnt", "arent", "!=", "≠", "<>", "non", "no", "never", "have never", "has never", "had never", "[that |which |who ](nobody|no one|noone)[ has| have| had][ ever]", "never ever", "rather than", "instead of the", "do not count", "don ' t include", "do not include", "that do not", "not named", "not called", "different from", "neither", "nor", "that aren ' t", "who aren ' t", "that are outside", "doesn ' t equal", "does not equal"),
	sure(nlq.Negation{Before: true}, "[ones |are |is |were ](excluded|aside|not included|left out|not counted|omitted|removed|ignored|filtered out)", "[ones ](do not|don ' t|dont|should not|shouldn ' t) count", "[ones ]not counting"),
	weak(nlq.Negation{Before: true, Kept: true}, "[ones ]included", "ones (count|counted)[ too| as well]"),
	sure(nlq.Equals{}, "is", "are", "was", "were", "equals", "equal to", "equal", "=", "==", "is equal to", "are equal to", "named", "called", "with name", "with the name", "by the name of", "is exactly", "that equals", "which is", "known as", "with value", "set to", "which equals", "name is", "of type"),
	sure(nlq.Empty{Behind: true}, "[that |who |which ](is|are|was|were) not (part|a part|a member|members) of (any|an|a)", "[that |who |which ](is|are|was|were) not (assigned|affiliated|linked|attached|associated) (to|with) (any|an|a)", "[that |who |which ](do|does|did) not belong to (any|an|a)", "[that |who |which ](doesn|don|didn) ' t belong to (any|an|a)", "not belonging to (any|an|a)"),
	sure(nlq.TextTest{How: semantic.Contains}, "contain", "contains", "containing", "that contain", "that contains", "which contain", "which contains", "including the word", "includes", "include the word", "that include", "with the word", "has the word", "having the word", "with the substring", "has the substring", "with the letters", "like", "matching", "matches", "similar to", "with names like", "named like", "name contains", "whose name contains", "whose names contain", "whose name includes", "whose names include", "with the text", "with the letter", "containing the word", "that contain the word", "contains the word", "containing the letters", "has a substring", "contains the substring", "with the phrase", "mentioning", "that mention"),
	sure(nlq.TextTest{How: semantic.Contains, Not: true}, "does not contain", "do not contain", "not containing", "without the word", "doesn ' t contain", "don ' t contain", "not like", "that do not contain", "that does not contain", "not matching", "doesn ' t include the word"),
	sure(nlq.TextTest{How: semantic.Starts}, "starts with", "start with", "starting with", "begins with", "begin with", "beginning with", "that start with", "that starts with", "that begin with", "that begins with", "with prefix", "with the prefix", "prefixed with", "prefixed by", "starting with the letter", "starts with the letter", "begins with the letter", "that start with the letter", "starting with letter", "starts with letter", "whose name starts with", "whose name begins with", "which start with", "beginning with the letter", "start with the letter", "begin with the letter", "start with letter", "whose names start with", "whose names start with the letter", "whose name starts with the letter", "whose names begin with", "whose names begin with the letter", "whose name begins with the letter"),
	sure(nlq.TextTest{How: semantic.Contains, After: true}, "in (its|their|the|his|her) (name|names|title|titles)"),
	sure(nlq.TextTest{How: semantic.Ends}, "ends with", "end with", "ending with", "ends in", "ending in", "end in", "that end with", "that ends with", "that end in", "with suffix", "with the suffix", "whose name ends with", "ending with the letter", "ends with the letter"),
	sure(nlq.TextTest{How: semantic.Starts, Not: true}, "does not start with", "do not start with", "not starting with", "that do not start with", "doesn ' t start with", "don ' t start with"),
	sure(nlq.Empty{}, "is blank", "are blank", "blank", "is empty", "are empty", "empty", "is null", "are null", "null", "is missing", "are missing", "missing", "unknown", "is unknown", "not set", "is not set", "unset", "not specified", "unspecified", "not filled in", "not filled", "not provided", "not available", "n / a", "not recorded", "unassigned", "not assigned", "not known", "undefined"),
	sure(nlq.Empty{Behind: true}, "without any", "with no", "with no known", "have no", "has no", "that have no", "that has no", "who have no", "with missing", "with blank", "with unknown", "with empty", "with a missing", "lacking", "lacks", "lack", "no value for", "without a", "without an", "had no", "that had no", "who had no", "which have no", "which has no", "with not a single", "(do|does|did) not have (a|an|any)", "(don|doesn|didn) ' t have (a|an|any)"),
	weak(nlq.Empty{Not: true}, "that have a", "that have an"),
	sure(nlq.Empty{Not: true}, "is not blank", "not blank", "is not empty", "not empty", "is not null", "not null", "is not missing", "not missing", "is known", "non empty", "non null", "nonempty", "nonnull", "is set", "is filled in", "filled in", "is present", "with a known", "with known", "recorded", "populated", "with any", "are not null", "are not empty", "are not missing", "has a value", "with a value", "are known", "specified", "has a non null"),
}

// wholeRules say that whole periods are meant, which the last ones are anyway: the
// last 3 weeks excluding the current week. Another unit changes the period.
func wholeRules() []nlq.Rule {
	var rules []nlq.Rule
	for _, unit := range []string{"day", "week", "month", "quarter", "year"} {
		rules = append(rules, nlq.Rule{Part: nlq.Noise{}, After: []string{unit + "s"}, Forms: []string{"[, ](excluding|exclusive of|not including) [the ](current|this) " + unit}})
	}
	return rules
}
