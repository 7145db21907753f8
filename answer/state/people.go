package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Linked is a person of a chat and the viewer that they showed to be. Body is
// the viewer as JSON, which this package does not look into.
type Linked struct {
	Bot, Tenant, Person string
	Viewer              string
	Body                []byte
	At, Until           time.Time
}

// Link stores who a person of a chat is, in place of an earlier link.
func (s *Store) Link(ctx context.Context, l Linked) error {
	_, err := s.db.ExecContext(ctx, `insert into people (bot, tenant, person, viewer, body, at, until) values (?, ?, ?, ?, ?, ?, ?)
		on conflict (bot, tenant, person) do update set viewer = excluded.viewer, body = excluded.body, at = excluded.at, until = excluded.until`,
		l.Bot, l.Tenant, l.Person, l.Viewer, string(l.Body), stamp(l.At), stamp(l.Until))
	if err != nil {
		return fmt.Errorf("link person: %w", err)
	}
	return nil
}

// Linked returns who a person of a chat is at a moment, or ErrNotFound.
func (s *Store) Linked(ctx context.Context, bot, tenant, person string, now time.Time) (Linked, error) {
	l := Linked{Bot: bot, Tenant: tenant, Person: person}
	err := s.db.QueryRowContext(ctx, `select viewer, body from people where bot = ? and tenant = ? and person = ? and until > ?`, bot, tenant, person, stamp(now)).
		Scan(&l.Viewer, &l.Body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return l, ErrNotFound
	case err != nil:
		return l, fmt.Errorf("read link: %w", err)
	}
	return l, nil
}

// Unlink forgets a person of a chat; person "" is everybody of the tenant.
func (s *Store) Unlink(ctx context.Context, bot, tenant, person string) error {
	_, err := s.db.ExecContext(ctx, `delete from people where bot = ? and tenant = ? and (person = ? or ? = '')`, bot, tenant, person, person)
	if err != nil {
		return fmt.Errorf("unlink: %w", err)
	}
	return nil
}
