package state

import (
	"context"
	"fmt"
)

// Hold claims a name for one owner, such as the connection of which a vendor
// wants one, or makes the owner's claim on it longer. It reports whether the
// owner has it: another one does until their claim runs out or they release it.
func (s *Store) Hold(ctx context.Context, name string, l Lease) (bool, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	done, err := s.db.ExecContext(ctx, `insert into holds (name, owner, until) values (?, ?, ?)
		on conflict (name) do update set owner = excluded.owner, until = excluded.until where holds.owner = excluded.owner or holds.until <= ?`,
		name, l.Owner, stamp(l.Now.Add(l.For)), stamp(l.Now))
	if err != nil {
		return false, fmt.Errorf("hold %s: %w", name, err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// Release gives a claim of Hold up, if the owner has it.
func (s *Store) Release(ctx context.Context, name, owner string) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	if _, err := s.db.ExecContext(ctx, `delete from holds where name = ? and owner = ?`, name, owner); err != nil {
		return fmt.Errorf("release %s: %w", name, err)
	}
	return nil
}
