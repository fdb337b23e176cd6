package revlog_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"lectern/scheduler"
	"lectern/scheduler/revlog"
	"pgregory.net/rapid"
)

func read(t *testing.T, text string, zone int) *revlog.Log {
	t.Helper()
	l, err := revlog.Read(strings.NewReader(text), zone)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

const small = revlog.Header + "\n" +
	"7,1561359489786,1,0,28444\n" +
	"note/c1,1561359519156,3,1,8877\n" +
	"7,1561359529484,4,2,0\n"

func TestRead(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.WriteString(w, small); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := []revlog.Answer{
		{Time: 1561359489786, Took: 28444, Card: 0, Zone: 480, Grade: 1, State: revlog.New},
		{Time: 1561359519156, Took: 8877, Card: 1, Zone: 480, Grade: 3, State: revlog.Learning},
		{Time: 1561359529484, Took: 0, Card: 0, Zone: 480, Grade: 4, State: revlog.Review},
	}
	for name, text := range map[string]string{
		"plain":         small,
		"gzip":          packed.String(),
		"Windows":       "\ufeff" + strings.ReplaceAll(small, "\n", "\r\n"),
		"no last break": strings.TrimSuffix(small, "\n"),
	} {
		l := read(t, text, 480)
		if !slices.Equal(l.Answers, want) {
			t.Errorf("%s: %+v", name, l.Answers)
		}
		if l.Cards() != 2 || l.ID(0) != "7" || l.ID(1) != "note/c1" {
			t.Errorf("%s: %d cards", name, l.Cards())
		}
	}
	if l := read(t, revlog.Header, 0); len(l.Answers) != 0 || l.Cards() != 0 {
		t.Errorf("an empty log: %+v", l)
	}
}

func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                                               "line 1: the log does not start with",
		"a,b\n":                                                          "line 1: the log does not start with",
		revlog.Header + "\n\n":                                           "line 2: the card has no id",
		revlog.Header + "\n\"7\",1,1,0,0":                                "line 2: the card has no id, or one in quotes",
		revlog.Header + "\n7,1,1,0":                                      "line 2: it has fewer than five columns",
		revlog.Header + "\n7,1,1,0,0,0":                                  `line 2: "0,0" is not a whole number`,
		revlog.Header + "\n7,NaN,1,0,0":                                  `line 2: "NaN" is not`,
		revlog.Header + "\n7,-5,1,0,0":                                   `line 2: "-5" is not`,
		revlog.Header + "\n7,1e3,1,0,0":                                  `line 2: "1e3" is not`,
		revlog.Header + "\n7,1,5,0,0":                                    "line 2: the grade 5 is not 1 to 4",
		revlog.Header + "\n7,1,0,0,0":                                    "line 2: the grade 0 is not 1 to 4",
		revlog.Header + "\n7,1,257,0,0":                                  "line 2: grade 257",
		revlog.Header + "\n7,1,1,5,0":                                    "line 2: the state 5 is not 0 to 4",
		revlog.Header + "\n7,1,1,0,99999999999":                          "too large",
		revlog.Header + "\n7,999999999999999999,1,0,0":                   "line 2: the time",
		revlog.Header + "\n7,9999999999999999999,1,0,0":                  "is not a whole number",
		revlog.Header + "\n" + strings.Repeat("7", 101) + ",1,1,0,0":     "line 2: an id has at most 100 bytes, not 101",
		small + "8,,3,0,1\n":                                             `line 5: "" is not`,
		revlog.Header + "\n" + strings.Repeat("7", 5000) + ",1,1,0,0":    "longer than 200 bytes",
		revlog.Header + "\n" + strings.Repeat("7", 1000000) + ",1,1,0,0": "longer than 200 bytes",
	} {
		_, err := revlog.Read(strings.NewReader(text), 0)
		var syntax *revlog.SyntaxError
		if !errors.As(err, &syntax) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80q: error %v, want %q", text, err, want)
		}
	}
	if _, err := revlog.Read(strings.NewReader(small), 2000); err == nil {
		t.Error("a zone of 33 hours is taken")
	}
	if _, err := revlog.Read(strings.NewReader("\x1f\x8bnot gzip"), 0); err == nil {
		t.Error("damaged gzip is taken")
	}
	gone := errors.New("the disk is gone")
	if _, err := revlog.Read(io.MultiReader(strings.NewReader(small), iotest.ErrReader(gone)), 0); !errors.Is(err, gone) {
		t.Errorf("error %v, want %v", err, gone)
	}
}

func TestAddRefuses(t *testing.T) {
	good := revlog.Answer{Time: 1, Grade: 3}
	for name, spoil := range map[string]func(a *revlog.Answer){
		"time before 1970": func(a *revlog.Answer) { a.Time = -1 },
		"time after 9999":  func(a *revlog.Answer) { a.Time = revlog.MaxTime + 1 },
		"no grade":         func(a *revlog.Answer) { a.Grade = 0 },
		"fifth grade":      func(a *revlog.Answer) { a.Grade = 5 },
		"unknown state":    func(a *revlog.Answer) { a.State = revlog.Cram + 1 },
		"negative time":    func(a *revlog.Answer) { a.Took = -1 },
		"far zone":         func(a *revlog.Answer) { a.Zone = revlog.MaxZone + 1 },
	} {
		var l revlog.Log
		a := good
		spoil(&a)
		if err := l.Add("x", a); err == nil || len(l.Answers) != 0 || l.Cards() != 0 {
			t.Errorf("%s is taken: %v", name, err)
		}
	}
}

// The study day is the scheduler's.
func TestDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := revlog.Answer{
			Time: rapid.OneOf(rapid.Int64Range(0, revlog.MaxTime), rapid.Int64Range(0, 3e8)).Draw(t, "time"),
			Zone: rapid.Int16Range(-revlog.MaxZone, revlog.MaxZone).Draw(t, "zone"),
		}
		hour := rapid.IntRange(0, 23).Draw(t, "rollover")
		want := scheduler.DayOf(scheduler.Moment{Time: time.UnixMilli(a.Time), Zone: int(a.Zone)}, hour)
		if got := a.Day(hour); got != int(want) {
			t.Fatalf("%d, want %d", got, want)
		}
	})
}

func TestUntil(t *testing.T) {
	var l revlog.Log
	for i, ms := range []int64{50, 10, 20, 30, 30, 30, 40, 60} {
		if err := l.Add(fmt.Sprint(i%2), revlog.Answer{Time: ms, Grade: 3}); err != nil {
			t.Fatal(err)
		}
	}
	l.Sort()
	for fraction, want := range map[float64]int{-1: 0, 0: 0, 0.2: 1, 0.25: 2, 0.4: 2, 0.6: 2, 0.63: 5, 0.8: 6, 0.99: 7, 1: 8, 2: 8} {
		cut := l.Until(fraction)
		if len(cut.Answers) != want || cut.Cards() != 2 {
			t.Errorf("until %v: %d answers, want %d", fraction, len(cut.Answers), want)
		}
	}
	if len(l.Answers) != 8 {
		t.Error("the log itself is cut")
	}
}

// Grouping loses no answer and keeps each card's in time order.
func TestByCard(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var l revlog.Log
	for i := range 3000 {
		err := l.Add(fmt.Sprint(rng.IntN(200)), revlog.Answer{Time: rng.Int64N(100000), Grade: uint8(1 + i%4)})
		if err != nil {
			t.Fatal(err)
		}
	}
	l.Sort()
	h := l.ByCard()
	seen := make([]bool, len(l.Answers))
	for c := range l.Cards() {
		rows := h.Card(c)
		for _, r := range rows {
			if seen[r] || int(l.Answers[r].Card) != c {
				t.Fatalf("answer %d of card %d is among those of %d", r, l.Answers[r].Card, c)
			}
			seen[r] = true
		}
		if !slices.IsSorted(rows) {
			t.Fatalf("card %d: %v", c, rows)
		}
	}
	if slices.Contains(seen, false) {
		t.Error("an answer is lost")
	}
}

// FuzzRead reads foreign bytes: an error, or a log that every method stands.
func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	f.Add([]byte(revlog.Header + "\r\n,,,,\n"))
	f.Add([]byte(revlog.Header + "\n1,2,3,2,5\n1,1,4,4,2147483647"))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := revlog.Read(bytes.NewReader(b), -300)
		if err != nil {
			return
		}
		last := int64(0)
		for _, a := range l.Answers {
			if a.Time < last || a.Grade < 1 || a.Grade > 4 || int(a.Card) >= l.Cards() || a.Took < 0 {
				t.Fatalf("%+v", a)
			}
			last = a.Time
		}
		l.Until(0.8).ByCard()
	})
}

func BenchmarkRead(b *testing.B) {
	var plain bytes.Buffer
	plain.WriteString(revlog.Header + "\n")
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 1_000_000 {
		fmt.Fprintf(&plain, "%d,%d,%d,2,%d\n", rng.IntN(56000), 1_500_000_000_000+int64(i)*150_000+rng.Int64N(100_000), 1+rng.IntN(4), rng.IntN(30000))
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(plain.Bytes()); err != nil {
		b.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	for name, data := range map[string][]byte{"plain": plain.Bytes(), "gzip": packed.Bytes()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := revlog.Read(bytes.NewReader(data), 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
