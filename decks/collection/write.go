package collection

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// write runs one user operation: one transaction, in which do appends events
// and refreshes caches. When it fails nothing has changed, in the file or in
// memory, and the collection can be used on. The change that do describes is
// told to the subscribers after the commit. A change without Op is an
// operation that turned out to be nothing: it is not told.
func (c *Collection) write(ctx context.Context, do func(t *tx, m *memory) (Change, error)) error {
	if err := ctx.Err(); err != nil {
		return faulty(err)
	}
	ch, err := c.writeLocked(do)
	if err != nil {
		return faulty(err)
	}
	if ch.Op != "" {
		c.subs.tell(ch)
	}
	return nil
}

func (c *Collection) writeLocked(do func(t *tx, m *memory) (Change, error)) (ch Change, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return ch, errClosed
	}
	err = c.transact(context.Background(), func(t *tx) error {
		m, err := c.fresh(t)
		if err != nil {
			return err
		}
		if ch, err = do(t, m); err != nil {
			return err
		}
		if ch.Op == "" && !ch.All {
			return nil
		}
		m.generation++
		if ch.Queue && ch.Op != OpAnswer {
			m.revision++
		}
		_, err = t.exec(`UPDATE meta SET value = ? WHERE key = 'generation'`, fmt.Sprint(m.generation))
		return err
	})
	if err != nil || c.mem != nil && c.mem.stale {
		c.mem = nil // it may be ahead of the file: load it again when needed
	}
	return ch, err
}

// transact runs do between BEGIN IMMEDIATE and COMMIT. It is called with c.mu
// held for writing.
func (c *Collection) transact(ctx context.Context, do func(t *tx) error) (err error) {
	if err := c.w.connect(ctx); err != nil {
		return err
	}
	t := &tx{w: c.w, ctx: ctx}
	if _, err := t.exec(`BEGIN IMMEDIATE`); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	done := false
	defer func() {
		if done {
			return
		}
		// Some errors, a full disk among them, have rolled back already.
		if _, rerr := c.w.conn.ExecContext(ctx, `ROLLBACK`); rerr != nil {
			c.w.drop() // whatever state it is in, the next operation starts clean
		}
	}()
	if err := do(t); err != nil {
		return err
	}
	if _, err := t.exec(`COMMIT`); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	done = true
	return nil
}

// op is an operation being written: its events share the moment.
type op struct {
	t      *tx
	device int64
	seq    int64
	id     decks.EventID
	at     scheduler.Moment
}

// begin appends an operation. subject is the id of a card, a note or a deck.
func (c *Collection) begin(t *tx, kind OpKind, subject string) (*op, error) {
	o := &op{t: t, device: c.device, id: decks.NewEventID(), at: c.Now()}
	res, err := t.exec(`INSERT INTO ops (id, kind, subject, at_ms, zone_min, device) VALUES (?, ?, ?, ?, ?, ?)`,
		o.id[:], string(kind), subject, o.at.Time.UnixMilli(), o.at.Zone, o.device)
	if err != nil {
		return nil, fmt.Errorf("append %s: %w", kind, err)
	}
	if o.seq, err = res.LastInsertId(); err != nil {
		return nil, err
	}
	return o, nil
}

// The columns that every event has, after its own.
const eventColumns = `, id, op, at_ms, zone_min, device, parents`

// event appends an event of the operation to a table. insert is
// "table (own columns", own their values; parents are the heads of the
// event's register.
func (o *op) event(table, columns, marks string, parents []byte, own ...any) (decks.EventID, error) {
	id := decks.NewEventID()
	if parents == nil {
		parents = []byte{}
	}
	args := append(own, id[:], o.seq, o.at.Time.UnixMilli(), o.at.Zone, o.device, parents)
	_, err := o.t.exec(`INSERT INTO `+table+` (`+columns+eventColumns+`) VALUES (`+marks+`, ?, ?, ?, ?, ?, ?)`, args...)
	if err != nil {
		return id, fmt.Errorf("append to %s: %w", table, err)
	}
	return id, nil
}

// dest is where a row's eventSource columns are scanned to, before its own.
func (e *event) dest(own ...any) []any {
	return append([]any{&e.seq, &e.op, (*idBlob)(&e.id), &e.atMS, &e.zoneMin, &e.parents, &e.gone}, own...)
}

// eventSource are the columns that every event has, for event.dest.
const eventSource = `seq, op, id, at_ms, zone_min, parents, op IN undone`

// idBlob scans 16 bytes.
type idBlob decks.EventID

// Scan implements sql.Scanner.
func (b *idBlob) Scan(src any) error {
	p, ok := src.([]byte)
	if !ok || len(p) != len(b) {
		return fault.New(fault.CorruptFile, fmt.Errorf("an event's id is %T of %d bytes", src, len(p)))
	}
	copy(b[:], p)
	return nil
}

func isNoRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// subscribers are told of changes.
type subscribers struct {
	mu   sync.Mutex
	next int
	all  map[int]func(Change)
}

// Subscribe has f called after each operation that this Collection committed,
// on the goroutine that asked for it, until cancel is called. f may use the
// collection.
func (c *Collection) Subscribe(f func(Change)) (cancel func()) {
	s := &c.subs
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = map[int]func(Change){}
	}
	key := s.next
	s.next++
	s.all[key] = f
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.all, key)
	}
}

func (s *subscribers) tell(ch Change) {
	s.mu.Lock()
	list := make([]func(Change), 0, len(s.all))
	for _, key := range slices.Sorted(maps.Keys(s.all)) {
		list = append(list, s.all[key])
	}
	s.mu.Unlock()
	for _, f := range list {
		f(ch)
	}
}
