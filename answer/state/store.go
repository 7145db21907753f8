package state

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	_ "github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store is the durable state. It is safe for concurrent use.
type Store struct {
	db *sqlx.DB

	// turn is held by what writes to inbox and outbox, which many do at the same
	// time: waiting for a mutex is shorter and fairer than SQLite's own waiting.
	turn sync.Mutex
}

// ErrNotFound says that there is no such answer for this viewer.
var ErrNotFound = errors.New("not found")

// Open opens or creates the store in the file at path and brings its tables up
// to date. An empty path is a store in memory that ends with Close.
func Open(ctx context.Context, path string) (*Store, error) {
	options := url.Values{"_busy_timeout": {"5000"}, "_foreign_keys": {"on"}, "_txlock": {"immediate"}}
	dsn := "file::memory:?" + options.Encode()
	if path != "" {
		options.Set("_journal_mode", "WAL")
		options.Set("_synchronous", "NORMAL")
		dsn = "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + options.Encode()
	}
	db, err := sqlx.Open("sqlite3", dsn)
	if err != nil {
		return nil, fmt.Errorf("open state: %w", err)
	}
	if path == "" {
		db.SetMaxOpenConns(1) // every connection to :memory: is a database of its own
		db.SetConnMaxLifetime(0)
	}
	if err := migrate(ctx, db.DB); err != nil {
		return nil, errors.Join(fmt.Errorf("migrate state: %w", err), db.Close())
	}
	return &Store{db: db}, nil
}

func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// Close ends the store.
func (s *Store) Close() error { return s.db.Close() }

// Answer is an answer that was given. Body is the answer as its channel-neutral
// JSON, which this package does not look into.
type Answer struct {
	ID           string
	Viewer       string // who may read it again
	Conversation string // "" for none
	AskedAt      time.Time
	Question     string
	Query        string // the query line; "" when there was none
	Chart        string
	Kind         string
	ModelVersion string
	Body         []byte
}

// SaveAnswer stores an answer under its id, once.
func (s *Store) SaveAnswer(ctx context.Context, a Answer) error {
	_, err := s.db.ExecContext(ctx, `insert into answers
		(id, viewer, conversation, asked_at, question, query, chart, kind, model_version, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.Viewer, a.Conversation, stamp(a.AskedAt), a.Question, a.Query, a.Chart, a.Kind, a.ModelVersion, string(a.Body))
	if err != nil {
		return fmt.Errorf("save answer: %w", err)
	}
	return nil
}

// Answer returns the body of an answer of this viewer, or ErrNotFound.
func (s *Store) Answer(ctx context.Context, viewer, id string) ([]byte, error) {
	var body string
	err := s.db.GetContext(ctx, &body, `select body from answers where id = ? and viewer = ?`, id, viewer)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrNotFound
	case err != nil:
		return nil, fmt.Errorf("read answer: %w", err)
	}
	return []byte(body), nil
}

// Turn is one earlier question of a conversation.
type Turn struct {
	AnswerID string `db:"id" json:"id"`
	AskedAt  string `db:"asked_at" json:"asked_at"`
	Question string `db:"question" json:"question"`
	Query    string `db:"query" json:"query"`
	Chart    string `db:"chart" json:"chart"`
	Kind     string `db:"kind" json:"kind"`
}

// Turns returns the turns of a viewer's conversation that have a query, the
// latest first, at most limit. Another viewer's conversation has none.
func (s *Store) Turns(ctx context.Context, viewer, conversation string, limit int) ([]Turn, error) {
	turns := []Turn{}
	err := s.db.SelectContext(ctx, &turns, `select id, asked_at, question, query, chart, kind from answers
		where viewer = ? and conversation = ? and query <> '' order by asked_at desc, rowid desc limit ?`, viewer, conversation, limit)
	if err != nil {
		return nil, fmt.Errorf("read turns: %w", err)
	}
	return turns, nil
}

// Waiting returns what was said in a conversation so far, in order, where nothing
// of it could be answered; none once there was an answer.
func (s *Store) Waiting(ctx context.Context, viewer, conversation, kind string, limit int) ([]string, error) {
	said := []string{}
	err := s.db.SelectContext(ctx, &said, `select question from answers where viewer = ? and conversation = ? and kind = ? and not exists (
		select 1 from answers where viewer = ? and conversation = ? and kind <> ?) order by asked_at, rowid limit ?`, viewer, conversation, kind, viewer, conversation, kind, limit)
	if err != nil {
		return nil, fmt.Errorf("read what waits: %w", err)
	}
	return said, nil
}

// Questions returns what a viewer asked before, each once, the latest first.
func (s *Store) Questions(ctx context.Context, viewer string, limit int) ([]string, error) {
	questions := []string{}
	err := s.db.SelectContext(ctx, &questions, `select question from answers where viewer = ? and question <> '' and kind = 'answer'
		group by question order by max(asked_at) desc, max(rowid) desc limit ?`, viewer, limit)
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	return questions, nil
}

// stamp is an instant as text that sorts by time.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000000Z") }
