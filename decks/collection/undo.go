package collection

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/scheduler"
)

// Undo takes back the last operation that is not undone, whenever it was made
// on this computer, and says which. It is an operation itself: an event that
// voids the other. Fault: NothingToUndo.
func (c *Collection) Undo(ctx context.Context) (OpInfo, error) {
	return c.void(ctx, OpUndo)
}

// Redo does the last undone operation again, until another operation is made.
// Fault: NothingToRedo.
func (c *Collection) Redo(ctx context.Context) (OpInfo, error) {
	return c.void(ctx, OpRedo)
}

// CanUndo returns what Undo would take back, nil when there is nothing.
func (c *Collection) CanUndo(ctx context.Context) (*OpInfo, error) {
	return c.peek(ctx, OpUndo)
}

// CanRedo returns what Redo would do again, nil when there is nothing.
func (c *Collection) CanRedo(ctx context.Context) (*OpInfo, error) {
	return c.peek(ctx, OpRedo)
}

func (c *Collection) peek(ctx context.Context, kind OpKind) (info *OpInfo, err error) {
	err = c.read(ctx, func(q querier, _ *memory) error {
		target, err := c.target(q, kind)
		if err != nil || target == nil {
			return err
		}
		info = &target.info
		return describe(q, target)
	})
	if err != nil {
		return nil, fmt.Errorf("look for what to %s: %w", kind, err)
	}
	return info, nil
}

// targetOp is an operation to be undone or done again.
type targetOp struct {
	seq     int64
	subject string
	info    OpInfo
}

// Operations that cannot be undone.
var lasting = `('` + strings.Join([]string{string(OpUndo), string(OpRedo), string(OpRestore), string(OpRebuild)}, `', '`) + `')`

// target finds what Undo or Redo would act on: the operations of this computer
// are a stack.
func (c *Collection) target(q querier, kind OpKind) (*targetOp, error) {
	const columns = `SELECT o.seq, o.id, o.kind, o.subject, o.at_ms, o.zone_min FROM ops o `
	query := columns + `WHERE o.device = ? AND o.kind NOT IN ` + lasting + ` AND o.seq NOT IN undone ORDER BY o.seq DESC LIMIT 1`
	if kind == OpRedo {
		// Voids since the last ordinary operation, the latest whose target is still undone.
		query = columns + `JOIN voids v ON v.target = o.seq WHERE v.device = ? AND v.undone = 1 AND o.seq IN undone
			AND v.op > coalesce((SELECT max(p.seq) FROM ops p WHERE p.device = v.device AND p.kind NOT IN ` + lasting + `), 0)
			ORDER BY v.seq DESC LIMIT 1`
	}
	var t targetOp
	var at int64
	var zone int
	err := q.row(query, c.device).Scan(&t.seq, (*idBlob)(&t.info.ID), &t.info.Kind, &t.subject, &at, &zone)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the operations: %w", err)
	}
	t.info.At = time.UnixMilli(at).In(time.FixedZone("", zone*60))
	return &t, nil
}

// describe says in words what an operation was about.
func describe(q querier, t *targetOp) error {
	info := &t.info
	note := t.subject
	switch info.Kind {
	case OpInstall, OpUpdate, OpRollback, OpFollow, OpRemove, OpMoreNew, OpLimits, OpExam:
		err := q.row(`SELECT title FROM decks WHERE id = ?`, t.subject).Scan(&info.Subject)
		if !isNoRows(err) {
			return err
		}
		var hash []byte
		err = q.row(`SELECT release FROM installs WHERE deck = ? AND release IS NOT NULL ORDER BY seq DESC LIMIT 1`, t.subject).Scan(&hash)
		if isNoRows(err) {
			return nil
		}
		if err != nil {
			return err
		}
		d, err := readRelease(q, hash)
		info.Subject = d.Title
		return err
	case OpAnswer:
		var grade int
		if err := q.row(`SELECT grade FROM reviews WHERE op = ?`, t.seq).Scan(&grade); err != nil && !isNoRows(err) {
			return err
		}
		info.Grade = scheduler.Grade(grade)
		info.Card = decks.CardID(t.subject)
		note = info.Card.Note()
	case OpSuspend, OpResume, OpFlag, OpSkip, OpReset, OpMove:
		info.Card = decks.CardID(t.subject)
		note = info.Card.Note()
	case OpPreset, OpFit, OpReplan, OpRecover, OpShift:
		return nil
	}
	err := q.row(`SELECT question FROM notes WHERE id = ?`, note).Scan(&info.Subject)
	if isNoRows(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Card == "" {
		err := q.row(`SELECT cards.id FROM cards JOIN notes ON notes.n = cards.n WHERE notes.id = ? ORDER BY cards.pos LIMIT 1`, note).Scan(&info.Card)
		if err != nil && !isNoRows(err) {
			return err
		}
	}
	return nil
}

func (c *Collection) void(ctx context.Context, kind OpKind) (OpInfo, error) {
	var info OpInfo
	err := c.write(ctx, func(t *tx, m *memory) (Change, error) {
		target, err := c.target(t, kind)
		if err != nil {
			return Change{}, err
		}
		if target == nil {
			code := fault.NothingToUndo
			if kind == OpRedo {
				code = fault.NothingToRedo
			}
			return Change{}, fault.New(code, nil)
		}
		ch, err := c.undoOp(ctx, t, m, kind, target)
		info = target.info
		return ch, err
	})
	if err != nil {
		return OpInfo{}, fmt.Errorf("%s: %w", kind, err)
	}
	return info, nil
}

// undoOp takes an operation back or does it again, and describes it.
func (c *Collection) undoOp(ctx context.Context, t *tx, m *memory, kind OpKind, target *targetOp) (Change, error) {
	// The words are those from before the undo, or from after the redo: when the operation
	// is in force.
	if kind == OpUndo {
		if err := describe(t, target); err != nil {
			return Change{}, err
		}
	}
	touched, err := touchedBy(t, target.seq)
	if err != nil {
		return Change{}, err
	}
	ch, err := c.setUndone(ctx, t, m, kind, target, touched)
	if err != nil {
		return Change{}, err
	}
	if kind == OpRedo {
		if err := describe(t, target); err != nil {
			return Change{}, err
		}
		ch.Grade = target.info.Grade
	}
	return ch, nil
}

// registers are what the events of an operation belong to.
type registers struct {
	answered, marked []decks.CardID
	notes            []string
	choices          []string
	decks            []string
	links            bool
}

func touchedBy(q querier, op int64) (registers, error) {
	var r registers
	var answered, marked []string
	for _, s := range []struct {
		query string
		into  *[]string
	}{
		{`SELECT DISTINCT card FROM reviews WHERE op = ?`, &answered},
		{`SELECT DISTINCT card FROM marks WHERE op = ?`, &marked},
		{`SELECT DISTINCT note FROM edits WHERE op = ?`, &r.notes},
		{`SELECT DISTINCT name FROM choices WHERE op = ?`, &r.choices},
		{`SELECT deck FROM installs WHERE op = ?1 UNION
			SELECT owners.deck FROM edits JOIN owners ON owners.note = edits.note WHERE edits.op = ?1 AND edits.field = '` + keepField + `'`, &r.decks},
	} {
		rows, err := q.query(s.query, op)
		err = each(rows, err, func(row scanner) error {
			var id string
			err := row.Scan(&id)
			*s.into = append(*s.into, id)
			return err
		})
		if err != nil {
			return r, fmt.Errorf("read what an operation touched: %w", err)
		}
	}
	err := q.row(`SELECT count(*) > 0 FROM edits WHERE op = ? AND field GLOB '`+linkField+`*'`, op).Scan(&r.links)
	if err != nil {
		return r, fmt.Errorf("read what an operation touched: %w", err)
	}
	for _, id := range answered {
		r.answered = append(r.answered, decks.CardID(id))
	}
	for _, id := range marked {
		r.marked = append(r.marked, decks.CardID(id))
	}
	return r, nil
}

// setUndone appends the void and brings the caches to what it says.
func (c *Collection) setUndone(ctx context.Context, t *tx, m *memory, kind OpKind, target *targetOp, r registers) (Change, error) {
	counts := dayCounts{}
	owners := map[decks.CardID]string{}
	for _, id := range r.answered {
		reviews, err := readReviews(t, id)
		if err != nil {
			return Change{}, err
		}
		if owners[id], err = owner(t, id.Note()); err != nil {
			return Change{}, err
		}
		counts.card(m.rules.of(owners[id]), owners[id], id, reviews, true)
	}
	if err := c.appendVoid(t, kind, target); err != nil {
		return Change{}, err
	}
	for _, id := range r.answered {
		reviews, err := readReviews(t, id)
		if err != nil {
			return Change{}, err
		}
		if err := putSchedule(t, id, counts.card(m.rules.of(owners[id]), owners[id], id, reviews, false)); err != nil {
			return Change{}, err
		}
		if err := c.rest(t, m, id); err != nil {
			return Change{}, err
		}
	}
	if err := counts.put(t, m); err != nil {
		return Change{}, err
	}
	for _, id := range r.marked {
		if err := refreshMarks(t, id); err != nil {
			return Change{}, err
		}
	}
	ch := Change{Op: kind, Grade: target.info.Grade, Cards: append(slices.Clone(r.answered), r.marked...), Queue: true}
	if err := m.reload(t, ch.Cards); err != nil {
		return ch, err
	}
	c.held.undone(r.answered, kind == OpUndo)
	for _, note := range r.notes {
		old, err := cachedNoteOf(t, note)
		if err != nil {
			return ch, err
		}
		if old.n == 0 {
			continue // its deck went or comes with this operation
		}
		if err := c.refreshNote(t, m, note); err != nil {
			return ch, err
		}
		ids, err := m.reloadNote(t, old.n)
		if err != nil {
			return ch, err
		}
		ch.Cards, ch.Texts = append(ch.Cards, ids...), true
	}
	// A note whose update was undone before is there for what is done with it.
	for _, note := range append(notesOfCards(r.answered), r.notes...) {
		deck, err := strayOf(t, note)
		if err != nil {
			return ch, err
		}
		if deck != "" && !slices.Contains(r.decks, deck) {
			r.decks = append(r.decks, deck)
		}
	}
	m.stale = m.stale || r.links
	if len(r.choices) > 0 {
		if err := c.applyRules(ctx, t, m, nil); err != nil {
			return ch, err
		}
		ch.Settings = true
		ch.All = ch.All || slices.ContainsFunc(r.choices, aboutPresets)
	}
	ch.Drafts = target.info.Kind == OpAccept || target.info.Kind == OpReject
	for _, deck := range r.decks {
		if err := c.refreshDeck(ctx, t, m, deck, nil); err != nil {
			return ch, err
		}
		m.stale, ch.Decks, ch.Texts, ch.All = true, true, true, true
	}
	return ch, nil
}

func notesOfCards(cards []decks.CardID) []string {
	var out []string
	for _, id := range cards {
		out = append(out, id.Note())
	}
	return out
}

// strayOf returns the deck of a note that is not asked and may have come with an install
// that was undone; "" for another note.
func strayOf(q querier, note string) (string, error) {
	var deck string
	err := q.row(`SELECT deck FROM owners o WHERE note = ?1 AND NOT EXISTS (SELECT 1 FROM notes WHERE id = ?1 AND NOT retired)
		AND EXISTS (SELECT 1 FROM installs i WHERE i.deck = o.deck AND i.op IN undone AND i.release IS NOT NULL)`, note).Scan(&deck)
	if err != nil && !isNoRows(err) {
		return "", fmt.Errorf("look for the deck of note %s: %w", note, err)
	}
	return deck, nil
}

// rest brings a card that is asked no more to rest, or away when its log says nothing any
// more: the only card that comes and goes with its answers.
func (c *Collection) rest(t *tx, m *memory, id decks.CardID) error {
	var asked bool
	err := t.row(`SELECT NOT retired FROM cards WHERE id = ?`, string(id)).Scan(&asked)
	if err != nil && !isNoRows(err) {
		return fmt.Errorf("read card %s: %w", id, err)
	}
	if asked {
		return nil
	}
	m.stale = true
	return c.refreshNote(t, m, id.Note())
}

func (c *Collection) appendVoid(t *tx, kind OpKind, target *targetOp) error {
	voids, err := readVoids(t, `WHERE target = ? ORDER BY seq`, target.seq)
	if err != nil {
		return err
	}
	op, err := c.begin(t, kind, target.subject)
	if err != nil {
		return err
	}
	if _, err := op.event("voids", voidColumns, `?, ?`, heads(voids), target.seq, kind == OpUndo); err != nil {
		return err
	}
	if kind == OpUndo {
		_, err = t.exec(`INSERT INTO undone (op) VALUES (?)`, target.seq)
	} else {
		_, err = t.exec(`DELETE FROM undone WHERE op = ?`, target.seq)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", kind, err)
	}
	return nil
}

const voidColumns = `target, undone`

func readVoids(q querier, where string, args ...any) ([]*voidEvent, error) {
	return readEvents(q, "voids", voidColumns, where, func() (*voidEvent, []any) {
		e := &voidEvent{}
		return e, []any{&e.target, &e.undone}
	}, args...)
}
