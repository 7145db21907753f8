package warehouse

import (
	"context"
	"errors"
)

// Code says what went wrong, in a word that does not change between releases.
// A Code is an error, so that errors.Is(err, warehouse.ErrTimeout) works.
type Code string

// The closed set of codes.
const (
	ErrUnavailable Code = "warehouse_unavailable" // missing, gone, replaced by no database, not reachable, not permitted
	ErrPart        Code = "warehouse_part"        // some of a distributed database cannot be reached: an answer would be of the rest
	ErrCorrupt     Code = "warehouse_corrupt"     // there, but damaged or not a database
	ErrLocked      Code = "warehouse_locked"      // held by a writer for longer than Options.LockWait
	ErrBusy        Code = "warehouse_busy"        // Options.Concurrency running and Options.Queue waiting
	ErrTimeout     Code = "warehouse_timeout"     // Options.Timeout or the caller's deadline passed
	ErrCancelled   Code = "warehouse_cancelled"   // the caller has gone
	ErrTooLarge    Code = "warehouse_too_large"   // more rows or bytes than a complete answer may need
	ErrRefused     Code = "warehouse_refused"     // the statement asks for something outside the fences
	ErrStatement   Code = "warehouse_statement"   // the engine cannot run the statement: an unknown column, an overflow
	ErrValue       Code = "warehouse_value"       // a value is not of the kind that its column declares
	ErrUnknown     Code = "warehouse_unknown"     // no source of that name
	ErrClosed      Code = "warehouse_closed"      // the source was closed
)

// Error returns the code itself.
func (c Code) Error() string { return string(c) }

// An Error is a failure of one source. Its text names the source and the code
// and nothing else: no SQL, no path, no value.
type Error struct {
	Code   Code
	Source string // the name it was opened under; "" when no single source is to blame
	cause  error
}

// Error returns text that may be shown to anybody.
func (e *Error) Error() string {
	if e.Source == "" {
		return string(e.Code)
	}
	return string(e.Code) + ": " + e.Source
}

// Is reports whether target is this error's code.
func (e *Error) Is(target error) bool { return target == error(e.Code) }

// Unwrap returns the cause, which may hold SQL and paths and is meant for logs
// only. It is nil when there is nothing to add.
func (e *Error) Unwrap() error { return e.cause }

// fail makes an *Error, unless cause is one already.
func fail(code Code, source string, cause error) error {
	var known *Error
	if errors.As(cause, &known) {
		return known
	}
	return &Error{Code: code, Source: source, cause: cause}
}

// ended returns the error for a context that is done.
func ended(ctx context.Context, source string) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fail(ErrTimeout, source, context.Cause(ctx))
	}
	return fail(ErrCancelled, source, context.Cause(ctx))
}
