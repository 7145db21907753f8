// Package state keeps what must outlive a process: the answers that were given,
// the turns of conversations, and what people thought of the answers. It knows
// who owns each of them and gives nothing to anybody else: another person's id
// is the same as an unknown one. It must never know what is inside an answer
// nor which SQL a warehouse ran. The store is SQLite in WAL mode; migrations
// are embedded and run when it is opened.
package state
