package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// claimPost goes through what waits in its order, as claimDelivery does.
const claimPost = `update posts set unsure = unsure or owner <> '', owner = ?, due = ?, attempts = attempts + 1
	where id = (select id from posts p where state = 'waiting' and due <= ? and +p.bot in (?)
		and not exists (select 1 from posts b where b.bot = p.bot and b.lane = p.lane and b.id < p.id and b.state = 'waiting') order by id limit 1)
	returning id, delivery, n, key, bot, chat, body, attempts, unsure`

// NextPost claims the oldest message of l.Bots that is due, or returns ErrNotFound: what a
// process left behind comes before what came later, so that it can be looked up
// among the last messages of its chat. Messages of one lane are sent in order:
// one that waits or that somebody has holds back those behind it. A message whose
// claim ran out may have been sent: it is Unsure.
func (s *Store) NextPost(ctx context.Context, l Lease) (Post, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	var p Post
	query, args, err := among(claimPost,
		l.Bots, l.Owner, stamp(l.Now.Add(l.For)), stamp(l.Now))
	if err == nil {
		err = s.db.QueryRowContext(ctx, query, args...).Scan(&p.ID, &p.Delivery, &p.N, &p.Key, &p.Bot, &p.Chat, &p.Body, &p.Attempts, &p.Unsure)
	}
	switch {
	case errors.Is(err, sql.ErrNoRows), errors.Is(err, ErrNotFound):
		return p, ErrNotFound
	case err != nil:
		return p, fmt.Errorf("claim message: %w", err)
	}
	return p, nil
}

// Sent notes the vendor's id of a claimed message.
func (s *Store) Sent(ctx context.Context, id int64, l Lease, remote string) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	return s.ours(ctx, s.db, `update posts set state = 'sent', remote = ?, failure = '', owner = '' where id = ? and owner = ? and state = 'waiting'`, remote, id, l.Owner)
}

// Delay puts a claimed message off until l.Now + l.For and says why. unsure says
// that it may have arrived.
func (s *Store) Delay(ctx context.Context, id int64, l Lease, failure string, unsure bool) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	return s.ours(ctx, s.db, `update posts set due = ?, failure = ?, unsure = unsure or ?, owner = '' where id = ? and owner = ? and state = 'waiting'`,
		stamp(l.Now.Add(l.For)), failure, unsure, id, l.Owner)
}

// Bury gives a claimed message up, with those behind it, and puts instead, when
// it is not nil, in their place.
func (s *Store) Bury(ctx context.Context, id int64, l Lease, failure string, instead *Post) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	tx, err := s.db.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("bury message: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	if err := s.ours(ctx, tx, `update posts set state = 'dead', failure = ?, owner = '' where id = ? and owner = ? and state = 'waiting'`, failure, id, l.Owner); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `update posts set state = 'dead', failure = ? where state = 'waiting' and delivery = (select delivery from posts where id = ?)
		and n > (select n from posts where id = ?)`, failure, id, id)
	if err != nil {
		return fmt.Errorf("bury message: %w", err)
	}
	if instead != nil {
		_, err = tx.ExecContext(ctx, `insert into posts (delivery, n, key, bot, lane, chat, body, due)
			select delivery, (select max(n) + 1 from posts q where q.delivery = p.delivery), ?, ?, p.lane, ?, ?, ? from posts p where id = ?`,
			instead.Key, instead.Bot, instead.Chat, string(instead.Body), stamp(l.Now), id)
		if err != nil {
			return fmt.Errorf("bury message: %w", err)
		}
	}
	return tx.Commit()
}

// PostByKey returns a message, whatever became of it, or ErrNotFound.
func (s *Store) PostByKey(ctx context.Context, key string) (Post, error) {
	var p Post
	err := s.db.QueryRowContext(ctx, `select id, delivery, n, key, bot, chat, body, attempts, unsure, remote from posts where key = ?`, key).
		Scan(&p.ID, &p.Delivery, &p.N, &p.Key, &p.Bot, &p.Chat, &p.Body, &p.Attempts, &p.Unsure, &p.Remote)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return p, ErrNotFound
	case err != nil:
		return p, fmt.Errorf("read message: %w", err)
	}
	return p, nil
}

// RemoteOf is the vendor's id of an earlier message of a delivery; "" when it
// was not sent.
func (s *Store) RemoteOf(ctx context.Context, delivery int64, n int) (string, error) {
	var remote string
	err := s.db.GetContext(ctx, &remote, `select remote from posts where delivery = ? and n = ?`, delivery, n)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read message: %w", err)
	}
	return remote, nil
}

// Backlog is what a bot has still to do.
type Backlog struct {
	Bot     string
	Waiting int       // deliveries that are not answered yet
	Unsent  int       // messages that are not sent yet
	Failed  int       // deliveries that could not be answered
	Dead    int       // messages that were given up
	Oldest  time.Time // since when the oldest of the unanswered waits; zero for none
}

// Backlogs returns the backlog of every bot that has had a delivery.
func (s *Store) Backlogs(ctx context.Context) (list []Backlog, err error) {
	var rows []struct {
		Bot                           string
		Waiting, Unsent, Failed, Dead int
		Oldest                        string
	}
	err = s.db.SelectContext(ctx, &rows, `select bot, sum(state = 'waiting') as waiting, sum(state = 'failed') as failed, coalesce(min(case when state = 'waiting' then at end), '') as oldest,
		(select count(*) from posts p where p.bot = d.bot and p.state = 'waiting') as unsent, (select count(*) from posts p where p.bot = d.bot and p.state = 'dead') as dead
		from deliveries d group by bot order by bot`)
	if err != nil {
		return nil, fmt.Errorf("read backlog: %w", err)
	}
	for _, r := range rows {
		b := Backlog{Bot: r.Bot, Waiting: r.Waiting, Unsent: r.Unsent, Failed: r.Failed, Dead: r.Dead}
		if r.Oldest != "" {
			if b.Oldest, err = time.Parse(time.RFC3339Nano, r.Oldest); err != nil {
				return nil, fmt.Errorf("read backlog: %w", err)
			}
		}
		list = append(list, b)
	}
	return list, nil
}

// Sweep deletes what was answered before a moment, with its messages. It keeps
// what vendors may still deliver again, so before is days ago.
func (s *Store) Sweep(ctx context.Context, before time.Time) error {
	for _, query := range []string{
		`delete from posts where delivery in (select id from deliveries where at < ? and state <> 'waiting') and state <> 'waiting'`,
		`delete from deliveries where at < ? and state <> 'waiting' and not exists (select 1 from posts where delivery = deliveries.id)`,
	} {
		if _, err := s.db.ExecContext(ctx, query, stamp(before)); err != nil {
			return fmt.Errorf("sweep inbox: %w", err)
		}
	}
	return nil
}
