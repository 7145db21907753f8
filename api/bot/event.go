package bot

import (
	"encoding/json"
	"time"
)

// Event is one thing that a person did in a chat, in the words of no vendor. It
// is stored as JSON in the inbox.
type Event struct {
	Kind EventKind `json:"kind"`

	// ID is the vendor's id of the delivery, Message the key of what it is about:
	// both are unique in the inbox of a bot, because vendors repeat deliveries
	// under the same id and messages under another. An edit of a message has the
	// key of the message. "" is no key.
	ID      string `json:"id"`
	Message string `json:"message,omitempty"`

	From   Person  `json:"from"`
	Where  Address `json:"where"` // where an answer goes
	Text   string  `json:"text,omitempty"`
	Ref    string  `json:"ref,omitempty"`    // Pressed: the reference that the button carried
	Choice string  `json:"choice,omitempty"` // Pressed: what was chosen from a list

	At time.Time `json:"at"` // when it happened, by the vendor's clock; zero when unknown
}

// EventKind is what somebody did.
type EventKind string

// The kinds of events.
const (
	Asked   EventKind = "asked"   // Text is the question, without the mention of the bot
	Pressed EventKind = "pressed" // a button of a card
	Opened  EventKind = "opened"  // a conversation with the bot, with nothing said yet
	Linked  EventKind = "linked"  // Text is an address of ours in somebody's message
	Stopped EventKind = "stopped" // the question of this thread is to be cancelled
	Removed EventKind = "removed" // Message was deleted by its author: it is not answered any more
	Left    EventKind = "left"    // the bot was taken out of the tenant: what is kept of it goes
)

// Person is who did something, as the vendor knows them.
type Person struct {
	Tenant  string `json:"tenant"` // team, corporation, tenant key
	User    string `json:"user"`
	Name    string `json:"name,omitempty"`
	Email   string `json:"email,omitempty"`   // only when the vendor verified it
	Lang    string `json:"lang,omitempty"`    // of their client, where the vendor says it
	Foreign bool   `json:"foreign,omitempty"` // a guest, or of another tenant: refused
}

// Address is where a message goes.
type Address struct {
	Tenant  string          `json:"tenant,omitempty"`
	Chat    string          `json:"chat"`              // channel, conversation, chat id
	Thread  string          `json:"thread,omitempty"`  // what a follow-up follows; "" is the chat itself
	Group   bool            `json:"group,omitempty"`   // others read along
	User    string          `json:"user,omitempty"`    // who asked
	Private bool            `json:"private,omitempty"` // to User alone: ephemeral, or their direct messages
	Lang    string          `json:"lang,omitempty"`    // of the person's client: zh-CN, zh-TW, en; "" when unknown
	Vendor  json.RawMessage `json:"vendor,omitempty"`  // what the vendor needs to reply: a response_url, a session webhook
}
