package collection

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"lectern/decks/fold"
	"lectern/decks/release"
)

// texts are the folded texts of the notes, held in memory: a word of any
// length, also of one letter, is then found anywhere in a hundred thousand
// notes before the next frame. They are read when first searched.
type texts struct {
	mu sync.Mutex
	of []string // by notes.n; nil: not read yet
}

// all returns the texts by notes.n.
func (t *texts) all(q querier, maxN int32) ([]string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.of != nil {
		return t.of, nil
	}
	of := make([]string, maxN+1)
	rows, err := q.query(`SELECT n, search FROM notes`)
	err = each(rows, err, func(s scanner) error {
		var n int64
		var text string
		if err := s.Scan(&n, &text); err != nil {
			return err
		}
		if n < int64(len(of)) {
			of[n] = text
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the texts: %w", err)
	}
	t.of = of
	return of, nil
}

// reload reads one text again after its note has changed. Only a writer may.
func (t *texts) reload(q querier, n int64) error {
	if t.of == nil || n >= int64(len(t.of)) {
		return nil
	}
	if err := q.row(`SELECT search FROM notes WHERE n = ?`, n).Scan(&t.of[n]); err != nil {
		return fmt.Errorf("read the text: %w", err)
	}
	return nil
}

// matching returns which notes, by notes.n, have all words of a text; nil means
// all of them, for a text without words.
func (m *memory) matching(q querier, text string) ([]bool, error) {
	words := strings.Fields(fold.Fold(release.Line(text)))
	if len(words) == 0 {
		return nil, nil
	}
	of, err := m.texts.all(q, m.maxN)
	if err != nil {
		return nil, err
	}
	// The longest is the rarest: most notes are passed over after one look.
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	found := make([]bool, len(of))
	share := len(of)/runtime.GOMAXPROCS(0) + 1
	var wg sync.WaitGroup
	for from := 0; from < len(of); from += share {
		wg.Go(func() {
			for n := from; n < min(from+share, len(of)); n++ {
				found[n] = hasAll(of[n], words)
			}
		})
	}
	wg.Wait()
	return found, nil
}

func hasAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
