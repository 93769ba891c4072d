package sandbox

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"os"

	_ "modernc.org/sqlite" // the database driver
)

//go:embed schema.sql
var schemaSQL string

// A store keeps what the sites hold. One connection serves everybody, one
// transaction after the other: an answer then never shows half a change, and a
// database in memory is the same for all.
type store struct {
	db       *sql.DB
	conn     *sql.Conn
	turn     chan struct{}        // held by whoever uses the connection
	prepared map[string]*sql.Stmt // by SQL text; guarded by turn
}

// openStore opens the database file, or one in memory when path is empty. A new
// file is readable by its owner only, since it holds passwords.
func openStore(ctx context.Context, path string) (*store, error) {
	dsn := "file::memory:?_pragma=journal_mode(memory)" // a rollback journal in memory is what transactions need there
	if path != "" {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return nil, fmt.Errorf("open database %s: %w", path, err)
		}
		if err := f.Close(); err != nil {
			return nil, fmt.Errorf("open database %s: %w", path, err)
		}
		// The write-ahead log survives a killed process; only a power cut may
		// cost the last transactions, never the consistency.
		dsn = "file:" + path + "?_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open database %q: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database %q: %w", path, err), db.Close())
	}
	if _, err := conn.ExecContext(ctx, schemaSQL); err != nil {
		return nil, errors.Join(fmt.Errorf("create tables in database %q: %w", path, err), conn.Close(), db.Close())
	}
	return &store{db: db, conn: conn, turn: make(chan struct{}, 1), prepared: map[string]*sql.Stmt{}}, nil
}

func (s *store) close() error {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	var errs []error
	for _, stmt := range s.prepared {
		errs = append(errs, stmt.Close())
	}
	s.prepared = map[string]*sql.Stmt{}
	return errors.Join(append(errs, s.conn.Close(), s.db.Close())...)
}

// errUndo makes do and item roll back without being reported.
var errUndo = errors.New("undo")

// do runs fn in one transaction. An error of fn rolls everything back and is
// returned, except errUndo, which only rolls back.
func (s *store) do(ctx context.Context, fn func(*tx) error) error {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("wait for the database: %w", ctx.Err())
	}
	defer func() { <-s.turn }()
	// A caller that goes away must not cut a transaction in two.
	t := &tx{store: s, ctx: context.WithoutCancel(ctx)}
	return t.bracket("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", fn)
}

// A tx is a running transaction.
type tx struct {
	store *store
	ctx   context.Context
}

// item runs fn so that it changes either everything it wants or nothing.
func (t *tx) item(fn func(*tx) error) error {
	return t.bracket("SAVEPOINT item", "RELEASE item", "ROLLBACK TO item", fn)
}

func (t *tx) bracket(begin, commit, rollback string, fn func(*tx) error) (err error) {
	if err := t.exec(begin); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done { // fn failed or panicked
			err = errors.Join(err, t.exec(rollback))
		}
	}()
	if err := fn(t); err != nil {
		done = true
		undo := t.exec(rollback)
		if errors.Is(err, errUndo) {
			return undo
		}
		return errors.Join(err, undo)
	}
	if err := t.exec(commit); err != nil {
		return err
	}
	done = true
	return nil
}

func (t *tx) prepare(query string) (*sql.Stmt, error) {
	if stmt, ok := t.store.prepared[query]; ok {
		return stmt, nil
	}
	stmt, err := t.store.conn.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	t.store.prepared[query] = stmt
	return stmt, nil
}

func (t *tx) exec(query string, args ...any) error {
	_, err := t.result(query, args...)
	return err
}

func (t *tx) result(query string, args ...any) (sql.Result, error) {
	stmt, err := t.prepare(query)
	if err != nil {
		return nil, err
	}
	result, err := stmt.ExecContext(t.ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("execute %q: %w", query, err)
	}
	return result, nil
}

// row reads one row into dest; found is false when there is none.
func (t *tx) row(dest []any, query string, args ...any) (found bool, err error) {
	stmt, err := t.prepare(query)
	if err != nil {
		return false, err
	}
	err = stmt.QueryRowContext(t.ctx, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("query %q: %w", query, err)
	}
	return true, nil
}

// rows calls each with a scanner for every row.
func (t *tx) rows(each func(scan func(dest ...any) error) error, query string, args ...any) error {
	stmt, err := t.prepare(query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(t.ctx, args...)
	if err != nil {
		return fmt.Errorf("query %q: %w", query, err)
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return fmt.Errorf("query %q: %w", query, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("query %q: %w", query, err)
	}
	return nil
}
