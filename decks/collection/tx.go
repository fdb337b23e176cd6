package collection

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
)

// tx is a transaction of the writing connection. Its statements are prepared
// once for the life of the connection.
type tx struct {
	w       *writer
	ctx     context.Context
	changed int                   // rows of the caches that were written because they differed
	decoded map[string]decks.Deck // releases that are at hand, by hash
}

// count adds the rows a statement wrote to changed.
func (t *tx) count(res sql.Result) error {
	n, err := res.RowsAffected()
	t.changed += int(n)
	return err
}

// writer is the one connection that writes. It is used under Collection.mu.
type writer struct {
	db    *sql.DB
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

// connect makes sure there is a usable connection: one that an error broke is
// replaced.
func (w *writer) connect(ctx context.Context) error {
	if w.conn != nil {
		if w.conn.PingContext(ctx) == nil {
			return nil
		}
		w.drop()
	}
	conn, err := w.db.Conn(ctx)
	if err != nil {
		return err
	}
	w.conn, w.stmts = conn, map[string]*sql.Stmt{}
	return nil
}

// connectFirst connects to a file that another process may be making just now:
// SQLite does not wait for the one that begins the write-ahead log.
func (w *writer) connectFirst(ctx context.Context) (err error) {
	for range 20 {
		if err = w.connect(ctx); !fault.Is(faulty(err), fault.Busy) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
	return err
}

// drop closes the connection for good: given back to the pool, it would come
// again with whatever transaction it was left in.
func (w *writer) drop() {
	for _, s := range w.stmts {
		s.Close()
	}
	w.stmts = nil
	if w.conn != nil {
		_ = w.conn.Raw(func(any) error { return driver.ErrBadConn }) // says the same
		w.conn.Close()
		w.conn = nil
	}
}

func (w *writer) close() error {
	w.drop()
	return w.db.Close()
}

func (t *tx) stmt(query string) (*sql.Stmt, error) {
	if s, ok := t.w.stmts[query]; ok {
		return s, nil
	}
	s, err := t.w.conn.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	t.w.stmts[query] = s
	return s, nil
}

func (t *tx) exec(query string, args ...any) (sql.Result, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(t.ctx, args...)
}

func (t *tx) query(query string, args ...any) (*sql.Rows, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(t.ctx, args...)
}

func (t *tx) row(query string, args ...any) scanner {
	s, err := t.stmt(query)
	if err != nil {
		return failed{err}
	}
	return s.QueryRowContext(t.ctx, args...)
}

// querier reads: a transaction, or the pool of reading connections.
type querier interface {
	query(query string, args ...any) (*sql.Rows, error)
	row(query string, args ...any) scanner
}

type scanner interface{ Scan(dest ...any) error }

type failed struct{ err error }

func (f failed) Scan(...any) error { return f.err }

// reader reads one state of the file, whatever other processes write meanwhile.
type reader struct {
	ctx   context.Context
	tx    *sql.Tx
	stmts map[string]*sql.Stmt
}

// snapshot runs do with a reader.
func (c *Collection) snapshot(ctx context.Context, do func(q querier) error) error {
	tx, err := c.ro.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // it has only read
	return do(reader{ctx: ctx, tx: tx, stmts: map[string]*sql.Stmt{}})
}

func (r reader) stmt(query string) (*sql.Stmt, error) {
	if s, ok := r.stmts[query]; ok {
		return s, nil
	}
	s, err := r.tx.PrepareContext(r.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	r.stmts[query] = s
	return s, nil
}

func (r reader) query(query string, args ...any) (*sql.Rows, error) {
	s, err := r.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(r.ctx, args...)
}

func (r reader) row(query string, args ...any) scanner {
	s, err := r.stmt(query)
	if err != nil {
		return failed{err}
	}
	return s.QueryRowContext(r.ctx, args...)
}

// each calls f for every row and closes the rows.
func each(rows *sql.Rows, err error, f func(s scanner) error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
