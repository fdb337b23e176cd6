package main

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/scheduler"
)

// answererEnv names the collection of a child process that answers cards until
// it is killed; answererDayEnv is the day it lives on and answererTurnEnv the
// number of the child.
const (
	answererEnv     = "LECTERN_TEST_ANSWERER"
	answererDayEnv  = "LECTERN_TEST_ANSWERER_DAY"
	answererTurnEnv = "LECTERN_TEST_ANSWERER_TURN"
)

// firstDay is when the study of these tests begins.
var firstDay = time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 3*60*60))

// answerer is the child: it answers card after card and now and then writes an
// answer, and says so, unbuffered, once the program says that it is saved.
func answerer(dir string) int {
	day, err := time.Parse(time.RFC3339, os.Getenv(answererDayEnv))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	ctx, now := context.Background(), day
	col, err := collection.Open(ctx, dir, collection.Options{Clock: func() time.Time { return now }, MustExist: true})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	for i := 0; ; i++ {
		card, err := col.Next(ctx, collection.Scope{})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		if card == nil {
			now = now.Add(24 * time.Hour)
			continue
		}
		if i%4 == 3 {
			text := fmt.Sprintf("%s-%06d", os.Getenv(answererTurnEnv), i) // ascending, whatever the clock says
			if err := col.Edit(ctx, card.Note.ID, decks.Back, text); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
			fmt.Printf("edit %s %s\n", card.Note.ID, text)
		}
		now = now.Add(7 * time.Second)
		done, err := col.Answer(ctx, collection.AnswerRequest{
			Card: card.Card, Grade: scheduler.Grades[(i+i/4)%4], Took: 3 * time.Second,
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Printf("review %s %s\n", done.Review, done.Card)
	}
}

// acknowledged is what children said was saved.
type acknowledged struct {
	reviews map[string]decks.CardID
	edits   map[string]string // by note: the last text
}

func newAcknowledged() acknowledged {
	return acknowledged{map[string]decks.CardID{}, map[string]string{}}
}

// A process that answers is killed at a random moment, again and again. Every
// answer and every edit that it said was saved is there; the doctor finds
// nothing; rebuild changes nothing.
func TestKill(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	seed := uint64(time.Now().UnixNano())
	rnd := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)

	dir := t.TempDir()
	newCollection(t, dir, 120)
	all := newAcknowledged()
	busy := 0
	for i := range kills {
		day := firstDay.AddDate(0, 0, i/10)
		// Every second child is killed from its start on, also while it opens the
		// collection; the others once they answer, however busy the computer is.
		answering, longest := i%2 == 1, 400*time.Millisecond
		if answering {
			longest = 100 * time.Millisecond
		}
		ack := killOnce(t, dir, day, i, time.Duration(rnd.Int64N(int64(longest))), answering)
		if len(ack.reviews) > 0 {
			busy++
		}
		maps.Copy(all.reviews, ack.reviews)
		maps.Copy(all.edits, ack.edits)
		if (i+1)%20 == 0 || i == kills-1 {
			check(t, dir, day, all, true)
		} else {
			check(t, dir, day, ack, false)
		}
		if t.Failed() {
			t.Fatalf("after kill %d of %d", i+1, kills)
		}
	}
	t.Logf("%d kills, %d of them while it was answering; %d answers and %d edits acknowledged, all there",
		kills, busy, len(all.reviews), len(all.edits))
	if busy < kills/2 {
		t.Errorf("only %d of %d children came to answer before they were killed", busy, kills)
	}
}

// killOnce starts a child, kills it after the wait, counted from its start or
// from its first answer, and returns what it said.
func killOnce(t *testing.T, dir string, day time.Time, turn int, wait time.Duration, answering bool) acknowledged {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), answererEnv+"="+dir, answererDayEnv+"="+day.Format(time.RFC3339),
		answererTurnEnv+"="+fmt.Sprintf("%04d", turn))
	var problems strings.Builder
	child.Stderr = &problems
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() { _ = child.Process.Kill() }
	var timer *time.Timer
	if answering {
		timer = time.AfterFunc(time.Minute, kill) // should it never answer
	} else {
		timer = time.AfterFunc(wait, kill)
	}
	defer func() { timer.Stop() }()
	ack := newAcknowledged()
	lines := bufio.NewScanner(out)
	for first := true; lines.Scan(); first = false {
		if first && answering {
			timer.Reset(wait)
		}
		word, rest, _ := strings.Cut(lines.Text(), " ")
		id, value, _ := strings.Cut(rest, " ")
		switch word {
		case "review":
			ack.reviews[id] = decks.CardID(value)
		case "edit":
			ack.edits[id] = value
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
	if problems.Len() > 0 {
		t.Fatalf("the child failed: %s", problems.String())
	}
	return ack
}

// check opens the collection and compares it with what was acknowledged; whole
// asks the doctor and rebuilds as well.
func check(t *testing.T, dir string, day time.Time, ack acknowledged, whole bool) {
	t.Helper()
	ctx := t.Context()
	col, err := collection.Open(ctx, dir, collection.Options{Clock: func() time.Time { return day }, MustExist: true})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	defer func() {
		if err := col.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}()
	there := map[string]bool{}
	seen := map[decks.CardID]bool{}
	for _, card := range ack.reviews {
		if seen[card] {
			continue
		}
		seen[card] = true
		history, err := col.History(ctx, card)
		if err != nil {
			t.Fatalf("history of %s: %v", card, err)
		}
		for _, r := range history {
			there[r.ID] = true
		}
	}
	for id, card := range ack.reviews {
		if !there[id] {
			t.Errorf("the acknowledged review %s of %s is lost", id, card)
		}
	}
	for note, text := range ack.edits {
		card, err := col.Card(ctx, decks.NewCardID(note, "f"))
		if err != nil {
			t.Fatalf("card of %s: %v", note, err)
		}
		if got := card.Note.Text(decks.Back); got < text { // a later one may have been saved and not acknowledged
			t.Errorf("the acknowledged edit %q of %s is lost: %q", text, note, got)
		}
	}
	if !whole {
		return
	}
	problems, err := col.Doctor(ctx, false, nil)
	if err != nil {
		t.Fatalf("doctor: %v", err)
	}
	for _, p := range problems {
		t.Errorf("doctor: %s: %s", p.Code, p.Detail)
	}
	changed, err := col.Rebuild(ctx, nil)
	if err != nil {
		t.Fatalf("rebuild: %v", err)
	}
	if changed != 0 {
		t.Errorf("rebuild changed %d rows", changed)
	}
}

// newCollection makes a collection with a deck of n questions.
func newCollection(t *testing.T, dir string, n int) {
	t.Helper()
	ctx := t.Context()
	col, err := collection.Open(ctx, dir, collection.Options{Clock: func() time.Time { return firstDay }})
	if err != nil {
		t.Fatal(err)
	}
	deck := decks.Deck{ID: decks.NewID(), Title: "Test", Lang: "en", Sections: []decks.Section{{ID: "s1", Title: "One"}}}
	for i := range n {
		deck.Notes = append(deck.Notes, decks.Note{
			ID: decks.NewID(), Kind: decks.Question, Section: "s1",
			Fields: map[decks.Field]string{decks.Front: fmt.Sprintf("Question %d?", i), decks.Back: fmt.Sprintf("Answer %d.", i)},
		})
	}
	if _, err := col.Install(ctx, deck, collection.InstallOptions{Origin: collection.Origin{Kind: "course", Name: "test"}}); err != nil {
		t.Fatal(err)
	}
	if err := col.Close(); err != nil {
		t.Fatal(err)
	}
}

// answerUntil answers n cards, or fewer when one fails, and notes what was
// acknowledged.
func answerUntil(ctx context.Context, col *collection.Collection, now *time.Time, ack *acknowledged, n int) error {
	for i := 0; i < n; {
		card, err := col.Next(ctx, collection.Scope{})
		if err != nil {
			return fmt.Errorf("next: %w", err)
		}
		if card == nil {
			*now = now.Add(24 * time.Hour)
			continue
		}
		*now = now.Add(10 * time.Second)
		done, err := col.Answer(ctx, collection.AnswerRequest{Card: card.Card, Grade: scheduler.Again, Took: time.Second})
		if err != nil {
			return fmt.Errorf("answer: %w", err)
		}
		ack.reviews[done.Review.String()] = done.Card
		i++
	}
	return nil
}
