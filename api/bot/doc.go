// Package bot answers where people talk: one inbox, many channels.
//
//	delivery --Verify, Decode--> Event --inbox--> worker --answer.Service--> Card --outbox--> Encode, Send
//
// A delivery's signature is checked on the raw body, its events become rows of
// the inbox, and only then it is acknowledged. A worker answers each event as
// the person who asked, and leaves the messages to send in the outbox in the
// same transaction that closes the event; a sender sends them, each once. Every
// step can be repeated after a crash and by another process on the same state:
// rows are claimed by leases.
//
// A vendor is one file (slack.go, with its neighbours slack_*.go) and one line
// in Vendors. The file holds a type that is a Channel: Verify, Decode and Encode
// are pure functions, Send is the transport. What a vendor can do besides is an
// interface of its own: Listener for a connection from here to there, Finder to
// look up whether a message arrived, Directory for who somebody is, Progress for
// a sign of life while an answer is being computed, Completer for type-ahead.
// The order in which an answer is cut to a vendor's limits is that of the steps
// in render.go.
//
// The package knows chats, people and limits of vendors. It never reads a
// question and never widens what somebody may see: an answer is shown to a group
// only when a viewer with the group's own rights gets the same one, and to the
// asker alone otherwise. Values of the data are data: an encoder escapes them,
// so that they can call nobody and forge no link.
package bot
