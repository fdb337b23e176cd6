// Package collectiontest makes large collections for benchmarks and tests of
// what stands on decks/collection.
//
// The decks are installed and the caches rebuilt by the collection itself; only
// the answers are written into its file directly, since a million transactions,
// each of them durable, would take hours.
package collectiontest

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the database driver "sqlite"

	"lectern/decks"
	"lectern/decks/collection"
)

// Size says how much a made collection holds.
type Size struct {
	Decks   int
	Cards   int // in all decks together
	Reviews int
}

// Large is the size that the aims of speed are set for.
var Large = Size{Decks: 10, Cards: 100_000, Reviews: 1_000_000}

// Now is the moment up to which a made collection was studied.
var Now = time.Date(2026, 9, 1, 18, 0, 0, 0, time.FixedZone("", 3*3600))

// version changes when what is made changes, so that old copies are not used.
const version = 3

// Make returns a new folder below parent with a collection of the size. It is
// made once on a computer and copied from the system's folder for temporary
// files after that. say, which may be nil, is told what is being done.
func Make(ctx context.Context, parent string, size Size, say func(string)) (dir string, err error) {
	if say == nil {
		say = func(string) {}
	}
	cached := filepath.Join(os.TempDir(), fmt.Sprintf("lectern-made-%d-%d-%d-%d", version, size.Decks, size.Cards, size.Reviews))
	if _, err := os.Stat(cached); err != nil {
		tmp, err := os.MkdirTemp(os.TempDir(), "lectern-making-*")
		if err != nil {
			return "", err
		}
		defer os.RemoveAll(tmp)
		if err := build(ctx, tmp, size, say); err != nil {
			return "", fmt.Errorf("make a collection: %w", err)
		}
		if err := os.Rename(tmp, cached); err != nil {
			if _, there := os.Stat(cached); there != nil {
				return "", err
			}
		}
	}
	dir, err = os.MkdirTemp(parent, "collection-*")
	if err != nil {
		return "", err
	}
	return dir, copyFile(filepath.Join(dir, "lectern.db"), filepath.Join(cached, "lectern.db"))
}

func copyFile(to, from string) error {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, r); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

func build(ctx context.Context, dir string, size Size, say func(string)) error {
	now := Now.AddDate(-2, 0, 0)
	clock := func() time.Time { return now }
	say("installing the decks")
	c, err := collection.Open(ctx, dir, collection.Options{Clock: clock})
	if err != nil {
		return err
	}
	defer c.Close()
	rnd := rand.New(rand.NewPCG(1, 2))
	var cards []string
	for i := range size.Decks {
		d := course(rnd, i, size.Cards/size.Decks)
		if _, err := c.Install(ctx, d, collection.InstallOptions{Origin: collection.Origin{Kind: "course", Name: d.Title}}); err != nil {
			return err
		}
		for _, n := range d.Notes {
			cards = append(cards, string(decks.NewCardID(n.ID, "f")))
		}
	}
	say("writing the answers")
	if err := study(ctx, filepath.Join(dir, "lectern.db"), rnd, cards, size.Reviews); err != nil {
		return err
	}
	say("replaying them")
	if _, err := c.Rebuild(ctx, nil); err != nil {
		return err
	}
	now = Now
	if err := c.Close(); err != nil {
		return err
	}
	// The backups that Open and Close made are not wanted.
	return os.RemoveAll(filepath.Join(dir, "backups"))
}

const words = `модель токен внимание градиент слой матрица вектор обучение данные вероятность контекст запрос ключ значение
голова потеря шаг веса смещение нормализация кодировщик декодер словарь последовательность предсказание температура выборка
ошибка оценка настройка инструкция награда политика человек ответ вопрос задача пример текст смысл память поиск размер
предложение функция аргумент производная минимум максимум среднее дисперсия энтропия информация сжатие кодирование признак`

// course makes a deck of n questions in sections of five hundred.
func course(rnd *rand.Rand, number, n int) decks.Deck {
	vocabulary := strings.Fields(words)
	sentence := func(n int) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(vocabulary[rnd.IntN(len(vocabulary))])
			if rnd.IntN(4) == 0 {
				fmt.Fprintf(&b, "%d", rnd.IntN(1000))
			}
		}
		return b.String()
	}
	d := decks.Deck{ID: fmt.Sprintf("course%d", number), Title: fmt.Sprintf("Курс %d", number+1), Lang: "ru"}
	for i := range n {
		section := fmt.Sprintf("s%d", i/500)
		if i%500 == 0 {
			d.Sections = append(d.Sections, decks.Section{ID: section, Title: fmt.Sprintf("Лекция %d", i/500+1)})
		}
		note := decks.Note{
			ID: fmt.Sprintf("n%d-%d", number, i), Kind: decks.Question, Section: section,
			Fields: map[decks.Field]string{decks.Front: sentence(8) + "?", decks.Back: sentence(25) + "."},
		}
		if rnd.IntN(20) == 0 {
			delete(note.Fields, decks.Back)
		}
		d.Notes = append(d.Notes, note)
	}
	return d
}

// answer is a review to be written.
type answer struct {
	card  int32
	atMS  int64
	grade int8
}

// study writes the answers of two years, in the order they were given.
func study(ctx context.Context, file string, rnd *rand.Rand, cards []string, n int) error {
	answers := make([]answer, 0, n)
	end := Now.UnixMilli()
	const day = 24 * 3600 * 1000
	for len(answers) < n {
		for card := range cards {
			if len(answers) == n {
				break
			}
			if card%10 == 9 { // never studied
				continue
			}
			at := end - int64(rnd.Float64()*700*day)
			gap := 1.0
			for range 4 + rnd.IntN(16) {
				if at > end || len(answers) == n {
					break
				}
				grade := int8(3)
				if rnd.IntN(9) == 0 {
					grade = 1
					gap = 1
				}
				answers = append(answers, answer{int32(card), at, grade})
				at += int64(gap*day) + int64(rnd.IntN(day/4))
				gap = min(gap*1.7, 120)
			}
		}
	}
	slices.SortStableFunc(answers, func(a, b answer) int { return cmp.Compare(a.atMS, b.atMS) })
	return write(ctx, file, rnd, cards, answers)
}

func write(ctx context.Context, file string, rnd *rand.Rand, cards []string, answers []answer) error {
	db, err := sql.Open("sqlite", file+"?_pragma=busy_timeout(10000)&_pragma=synchronous(OFF)&_pragma=cache_size(-200000)")
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	op, err := tx.PrepareContext(ctx, `INSERT INTO ops (id, kind, subject, at_ms, zone_min, device) VALUES (?, 'answer', ?, ?, 180, 1)`)
	if err != nil {
		return err
	}
	review, err := tx.PrepareContext(ctx, `INSERT INTO reviews (id, op, card, kind, grade, took_ms, step, wait_ms, days, at_ms, zone_min, device, parents)
		VALUES (?, ?, ?, 'answer', ?, ?, 0, 0, 0, ?, 180, 1, ?)`)
	if err != nil {
		return err
	}
	last := make([][]byte, len(cards))
	for i := range last {
		last[i] = []byte{}
	}
	id := func() []byte {
		b := binary.BigEndian.AppendUint64(nil, rnd.Uint64())
		return binary.BigEndian.AppendUint64(b, rnd.Uint64())
	}
	for i, a := range answers {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		res, err := op.ExecContext(ctx, id(), cards[a.card], a.atMS)
		if err != nil {
			return err
		}
		seq, err := res.LastInsertId()
		if err != nil {
			return err
		}
		own := id()
		if _, err := review.ExecContext(ctx, own, seq, cards[a.card], a.grade, 2000+rnd.IntN(15000), a.atMS, last[a.card]); err != nil {
			return err
		}
		last[a.card] = own
	}
	return tx.Commit()
}
