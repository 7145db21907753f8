package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wenshu/answer"
	"wenshu/api"
)

// Request is a delivery over HTTP as it arrived.
type Request = api.BotRequest

// Receipt is what a delivery holds. Events go to the inbox first, then the
// reply is sent; a Lookup is answered at once.
type Receipt struct {
	Events []Event
	Lookup *Lookup // type-ahead; nil for none
	Status int     // of the reply; 0 is 200
	Type   string  // media type of the reply; "" is text/plain
	Reply  []byte
}

// Lookup is a person who types into a list of members.
type Lookup struct {
	From  Person
	Where Address
	Ref   string // the reference that the list carried
	Typed string
}

// Channel is one bot of one vendor. It is safe for concurrent use.
type Channel interface {
	// Budget is what a message may hold at most.
	Budget() Budget

	// Verify returns nil when the vendor sent the request at a time near to now.
	// Its error is ErrForged or wraps it. It is a pure function.
	Verify(r Request, now time.Time) error

	// Decode reads a verified request. What is none of ours is an empty Receipt,
	// what is malformed an error, answered by 400. It is a pure function.
	Decode(r Request) (Receipt, error)

	// Encode writes a message as the bodies of calls that send it, in order. A
	// card that does not fit, though it keeps the budget, is ErrTooLarge: it is cut
	// further and encoded again. It is a pure function.
	Encode(m Message) ([]Call, error)

	// Send makes the calls and returns the vendor's id of the message. Its errors
	// are Failures: anything else is one that may be repeated and may have arrived.
	Send(ctx context.Context, m Message, calls []Call) (id string, err error)
}

// Call is one call of a vendor's interface.
type Call struct {
	Method string // as the vendor names it: chat.postMessage
	Body   []byte // JSON, a form, or the bytes of a file
}

// Message is one message of the outbox, sent once.
type Message struct {
	Key      string    `json:"key"` // ours, unique: an idempotency key where the vendor has one
	To       Address   `json:"to"`
	Card     *Card     `json:"card,omitempty"`     // nil when it is a file alone
	File     *File     `json:"file,omitempty"`     // its bytes are there when it is encoded
	Picture  *File     `json:"picture,omitempty"`  // beside the card, where a vendor wants it there
	Answer   string    `json:"answer,omitempty"`   // of the asker, that it shows; "" for none
	Replaces string    `json:"replaces,omitempty"` // what it takes the place of, as Progress or Send called it; "" for nothing
	Aside    bool      `json:"aside,omitempty"`    // it tells a group no more than that there was an answer: of use only in place of something
	At       time.Time `json:"at,omitzero"`        // when it was put into the outbox
	Again    bool      `json:"-"`                  // it may have arrived before: the text says so
}

// Listener is a channel with a connection from here to the vendor, for where
// nothing comes in from outside.
type Listener interface {
	// Listen receives deliveries until ctx ends, reconnecting by itself. accept
	// returns when the events are in the inbox: only then a delivery is
	// acknowledged, with the reply of the receipt that accept returns. Its error
	// says that the vendor refuses us for good.
	Listen(ctx context.Context, accept func(context.Context, Receipt) (Receipt, error)) error
}

// Alone is a channel of which a vendor wants one connection: another one takes
// the place of the first. Only the process that holds it answers and sends.
type Alone interface {
	Listener

	// Alone reports whether that is so with the settings of the channel.
	Alone() bool

	// Connected reports whether the connection is up.
	Connected() bool
}

// Finder is a channel that can look up whether a message has arrived.
type Finder interface {
	Find(ctx context.Context, m Message) (id string, found bool, err error)
}

// Directory is a channel that can say more about a person than the event does:
// a verified e-mail, whether they are a guest.
type Directory interface {
	Person(ctx context.Context, p Person) (Person, error)
}

// Progress is a channel that can show that an answer is being computed.
type Progress interface {
	// Progress shows that an answer is being computed, with a way to stop it where
	// the vendor can take that away again. It returns what the next message there
	// Replaces; "" for what ends by itself.
	Progress(ctx context.Context, to Address, w Working) (shown string, err error)
}

// Working is what a chat shows while an answer is being computed.
type Working struct {
	Lang string
	Text string
	Stop Button // of whoever asked; pressed by others it does nothing
	Say  string // how to stop it by a message, for where buttons stay for good
}

// Completer is a channel with type-ahead lists.
type Completer interface {
	Complete(list []answer.Suggestion) Receipt
}

// Greeter is a channel that greets with questions one may ask.
type Greeter interface {
	Greet(ctx context.Context, to Address, title string, questions []string) error
}

// ErrForged says that a request is not the vendor's, or is too old.
var ErrForged = errors.New("the request is not signed by the vendor")

// ErrTooLarge says that a card must be cut further.
var ErrTooLarge = errors.New("the message is larger than the vendor takes")

// Failure is why a message could not be sent.
type Failure struct {
	Code   string        // the vendor's own, such as channel_not_found
	After  time.Duration // when to try again; 0 leaves it to the sender
	Never  bool          // trying again is of no use
	Unsure bool          // the message may have arrived
	Gone   bool          // the bot may not speak any more: its token was revoked
	Cause  error
}

func (f Failure) Error() string {
	if f.Cause != nil {
		return fmt.Sprintf("%s: %v", f.Code, f.Cause)
	}
	return f.Code
}

// Unwrap returns the cause.
func (f Failure) Unwrap() error { return f.Cause }

// asFailure is the failure in an error. Another error is one that may be
// repeated, and after which nobody knows whether the message arrived.
func asFailure(err error) Failure {
	var f Failure
	if errors.As(err, &f) {
		return f
	}
	var p *Failure
	if errors.As(err, &p) && p != nil {
		return *p
	}
	return Failure{Code: "transport", Unsure: true, Cause: err}
}
