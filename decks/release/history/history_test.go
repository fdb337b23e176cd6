package history

import (
	"encoding/hex"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks"
)

func id(n byte) string { return strings.Repeat(hex.EncodeToString([]byte{n}), 16) }

func sample() []Row {
	return []Row{
		{ID: id(1), Card: "n1/f", Kind: Answer, At: 1798701296123, Zone: 180, Grade: 3, Took: 5210, Phase: 2, Days: 4},
		{ID: id(2), Card: "n1/f", Kind: Move, At: 1798701296999, Zone: 180, Phase: 2, Days: 7, Why: "split", S: 14.2, D: 5, Ago: 3},
		{ID: id(3), Card: "n2/c1", Kind: Reset, At: 1798701297000},
	}
}

func TestHistoryIsAsDocumented(t *testing.T) {
	b, err := Encode("dk4m9x7c2k", sample()[:1])
	if err != nil {
		t.Fatal(err)
	}
	want := `{"deck":"dk4m9x7c2k","format":"lectern-history/1"}
{"id":"` + id(1) + `","card":"n1/f","kind":"answer","at":1798701296123,"zone":180,"grade":3,"took":5210,"phase":2,"days":4}
`
	if string(b) != want {
		t.Errorf("got\n%swant\n%s", b, want)
	}
}

func TestDecodeRefuses(t *testing.T) {
	good, err := Encode("d", sample())
	if err != nil {
		t.Fatal(err)
	}
	head := `{"deck":"d","format":"lectern-history/1"}` + "\n"
	row := strings.SplitAfter(string(good), "\n")[1]
	for name, text := range map[string]string{
		"nothing":            "",
		"cut off":            string(good[:len(good)-1]),
		"another format":     strings.Replace(string(good), "history/1", "history/2", 1),
		"no deck":            `{"deck":"","format":"lectern-history/1"}` + "\n",
		"no head":            row,
		"an unknown key":     head + strings.Replace(row, `"zone"`, `"name":"Иван","zone"`, 1),
		"twice":              head + row + row,
		"no grade":           head + strings.Replace(row, `"grade":3,`, "", 1),
		"a fifth grade":      head + strings.Replace(row, `"grade":3`, `"grade":5`, 1),
		"no card":            head + strings.Replace(row, "n1/f", "n1", 1),
		"a path for a card":  head + strings.Replace(row, "n1/f", "../f", 1),
		"no name":            head + strings.Replace(row, id(1), "", 1),
		"an unknown kind":    head + strings.Replace(row, `"answer"`, `"burn"`, 1),
		"before its time":    head + strings.Replace(row, "1798701296123", "-5", 1),
		"a move with memory": head + `{"id":"` + id(4) + `","card":"n1/f","kind":"move","at":5,"s":-1,"d":5}` + "\n",
		"an answer with one": head + strings.Replace(row, `"phase"`, `"s":4,"phase"`, 1),
		"a long line":        head + strings.Replace(row, "n1/f", "n1/"+strings.Repeat("f", maxLine), 1),
	} {
		if _, rows, err := Decode([]byte(text)); err == nil || rows != nil {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
		}
	}
}

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []Row
		for i := range rapid.IntRange(0, 6).Draw(t, "rows") {
			r := Row{ID: id(byte(i)), Card: rapid.SampledFrom([]decks.CardID{"n1/f", "n1/c12", "n2/m"}).Draw(t, "card"),
				At: rapid.Int64Range(earliest, latest).Draw(t, "at"), Zone: rapid.IntRange(-720, 840).Draw(t, "zone"),
				Phase: rapid.IntRange(0, 3).Draw(t, "phase"), Step: rapid.IntRange(0, 9).Draw(t, "step"), Wait: rapid.Int64Range(0, longest).Draw(t, "wait"), Days: rapid.IntRange(0, 9999).Draw(t, "days")}
			switch r.Kind = rapid.SampledFrom([]Kind{Answer, Move, Reset}).Draw(t, "kind"); r.Kind {
			case Answer:
				r.Grade, r.Took = rapid.IntRange(1, 4).Draw(t, "grade"), rapid.Int64Range(0, 100000).Draw(t, "took")
			case Move:
				r.Why = rapid.SampledFrom([]string{"", "changed", "split"}).Draw(t, "why")
				if r.Why == "split" {
					r.S, r.D, r.Fast, r.Ago = rapid.Float64Range(0.01, 3000).Draw(t, "s"), rapid.Float64Range(1, 10).Draw(t, "d"), rapid.Float64Range(0, 9).Draw(t, "fast"), rapid.IntRange(0, 900).Draw(t, "ago")
				}
			}
			rows = append(rows, r)
		}
		b, err := Encode("dk", rows)
		if err != nil {
			t.Fatal(err)
		}
		deck, got, err := Decode(b)
		if err != nil || deck != "dk" || !reflect.DeepEqual(got, rows) {
			t.Fatalf("%v\ngot  %+v\nwant %+v", err, got, rows)
		}
	})
}

// What Decode takes, Encode writes, and it reads the same.
func FuzzDecode(f *testing.F) {
	b, err := Encode("d", sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		deck, rows, err := Decode(b)
		if err != nil {
			return
		}
		again, err := Encode(deck, rows)
		if err != nil {
			t.Fatal(err)
		}
		if d, r, err := Decode(again); err != nil || d != deck || !reflect.DeepEqual(r, rows) {
			t.Fatalf("%v\n%+v\n%+v", err, r, rows)
		}
	})
}
