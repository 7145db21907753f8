package bot

// Card is an answer as a chat shows it: plain text, cut to the budget of a
// channel. Nothing in it is markup: an encoder escapes every text.
type Card struct {
	Lang     string    `json:"lang"`
	Headline string    `json:"headline"`        // the sentence; it always survives
	Title    string    `json:"title,omitempty"` // what was understood, in a few words
	Facts    []string  `json:"facts,omitempty"` // absolute dates and assumptions; they always survive
	Notes    []string  `json:"notes,omitempty"` // warnings, filters, how far the data reach
	Lines    []string  `json:"lines,omitempty"` // definitions, problems, help
	Table    *Table    `json:"table,omitempty"`
	Chart    *Chart    `json:"chart,omitempty"` // drawn by the vendor
	Buttons  []Button  `json:"buttons,omitempty"`
	Pick     *Button   `json:"pick,omitempty"`    // a type-ahead list of members to keep to
	Link     Link      `json:"link,omitzero"`     // to the answer's query line; it always survives
	Feedback [2]string `json:"feedback,omitzero"` // references of good and bad; "" for none
	By       string    `json:"by,omitempty"`      // User that shared it; "" for nobody
	Failed   bool      `json:"failed,omitempty"`  // it says that something went wrong
}

// Link is an address with its text.
type Link struct {
	Text string `json:"text"`
	URL  string `json:"url"` // of the service itself; "" when it has none
}

// Table is the first rows of a result.
type Table struct {
	Columns []TableColumn `json:"columns"`
	Rows    [][]TableCell `json:"rows"`
	More    string        `json:"more,omitempty"` // that there are more rows or columns, in words; "" when there are none
}

// TableColumn is one column.
type TableColumn struct {
	Label  string `json:"label"`
	Number bool   `json:"number,omitempty"` // aligned right
}

// TableCell is one value in words, and the number that sorts it.
type TableCell struct {
	Text  string   `json:"text"`
	Value *float64 `json:"value,omitempty"` // nil for texts and nulls
}

// Chart is a chart that a vendor draws from data.
type Chart struct {
	Kind   string        `json:"kind"` // line, area, bar, pie
	Title  string        `json:"title"`
	Labels []string      `json:"labels"` // unique
	Series []ChartSeries `json:"series"` // with unique names
	Values string        `json:"values"` // what they are, with their unit; "" when several are drawn
}

// ChartSeries has one value per label; nil is a gap.
type ChartSeries struct {
	Name   string     `json:"name"`
	Values []*float64 `json:"values"`
}

// File is something to take away.
type File struct {
	Form   string `json:"form"` // png or csv
	Answer string `json:"answer"`
	Part   int    `json:"part,omitempty"` // which of the answers to one message: 0 is the first
	Viewer string `json:"viewer"`         // whose answer it is
	Name   string `json:"name"`
	Title  string `json:"title"`
	Alt    string `json:"alt,omitempty"` // what a picture shows, for those who do not see it
	Body   []byte `json:"-"`             // filled before the message is encoded
}

// Button is something to press. Ref is signed and short, and means nothing to
// anybody but us: who presses is asked again who they are.
type Button struct {
	Kind  ButtonKind `json:"kind"`
	Text  string     `json:"text"`
	Ref   string     `json:"ref"`
	URL   string     `json:"url,omitempty"`   // opened instead of a Ref
	Query string     `json:"query,omitempty"` // asked as whoever presses; never sent
	Field string     `json:"field,omitempty"` // of a Pick: the dimension; never sent
}

// ButtonKind is what a button is for.
type ButtonKind string

// The kinds of buttons, in the order in which they survive.
const (
	SignInButton ButtonKind = "sign_in"
	ChoiceButton ButtonKind = "choice"
	ShareButton  ButtonKind = "share"
	DrillButton  ButtonKind = "drill"
	FollowButton ButtonKind = "follow"
	GoodButton   ButtonKind = "good"
	BadButton    ButtonKind = "bad"
	PickButton   ButtonKind = "pick"
	StopButton   ButtonKind = "stop"
)

// Budget is what one message of a channel may hold. A zero count is none of it,
// zero characters no bound. Characters are Unicode code points.
type Budget struct {
	Headline   int // characters
	Line       int // characters of any other text
	Facts      int
	Notes      int
	Rows       int // of a table
	Columns    int
	Cell       int      // characters
	TableText  int      // characters of a whole table
	ChartKinds []string // that the vendor draws; nil for none
	Series     int
	Points     int
	Slices     int // of a pie
	Label      int // characters of labels and names of series
	ChartTitle int // characters
	Buttons    int
	ButtonText int  // characters
	Pick       bool // type-ahead lists
	Feedback   bool
	Pictures   bool // files of pictures
	Inline     bool // a picture goes with its message, not behind it
	Files      bool // other files
	Private    bool // a message to one person in a group, or their direct messages
}
