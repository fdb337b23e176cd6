package collection

import (
	"context"
	"database/sql"
	"fmt"
)

// tx is a transaction of the writing connection. Its statements are prepared
// once for the life of the connection.
type tx struct {
	w       *writer
	ctx     context.Context
	changed int // rows of the caches that were written because they differed
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

func (w *writer) drop() {
	for _, s := range w.stmts {
		s.Close()
	}
	w.stmts = nil
	if w.conn != nil {
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

// reader reads with the pool of reading connections.
type reader struct {
	c   *Collection
	ctx context.Context
}

func (r reader) stmt(query string) (*sql.Stmt, error) {
	if s, ok := r.c.reads.Load(query); ok {
		return s.(*sql.Stmt), nil
	}
	s, err := r.c.ro.PrepareContext(r.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	if other, loaded := r.c.reads.LoadOrStore(query, s); loaded {
		s.Close()
		return other.(*sql.Stmt), nil
	}
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
