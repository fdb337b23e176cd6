package pdf

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"lectern/decks/fault"
	"lectern/decks/lecture/page/pagetest"
)

const onePage = "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"

func plainPage(content string, more string) []byte {
	return file([]string{"<< /Type /Catalog /Pages 2 0 R >>", onePage,
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> " + more + " >> >>",
		content, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}, "")
}

// A book of more pages than a lecture can have is told as too large.
func TestManyPages(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	m := newMaker(t)
	for range maxPages + 1 {
		m.page()
	}
	if _, err := Read(context.Background(), m.bytes(), nil); !fault.Is(err, fault.TooLarge) {
		t.Errorf("got %v", err)
	}
}

// What is made to hurt gives a page or an error, in time and within bounds.
func TestHostile(t *testing.T) {
	text := stream("", "BT /F 12 Tf 50 700 Td (Some text of a page) Tj ET")
	whole := book(t, 3)
	loop := func(kids string) []byte {
		return file([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 3 /Kids [" + kids + "] >>", "<< /Type /Pages /Parent 2 0 R /Count 2 /Kids [2 0 R 3 0 R] >>"}, "")
	}
	for _, c := range []struct {
		name string
		raw  func() []byte
		ok   bool // it is read; else it is an error
		long bool // to make
	}{
		{name: "nothing but its sign", raw: func() []byte { return []byte("%PDF-1.7\n") }},
		{name: "no file at all", raw: func() []byte { return []byte("%PDF-1.7\n" + strings.Repeat("x", 5000)) }},
		{name: "cut short", raw: func() []byte { return whole[:len(whole)*2/3] }},
		{name: "without its table", raw: func() []byte { return whole[:bytes.LastIndex(whole, []byte("xref\n0"))] }},
		{name: "a table that lies", raw: func() []byte { return bytes.Replace(whole, []byte("xref\n0"), []byte("xref\n9"), 1) }, ok: true},
		{name: "pages that hold themselves", raw: func() []byte { return loop("2 0 R 3 0 R") }},
		{name: "a tree of pages in a ring", raw: func() []byte { return loop("3 0 R") }},
		{name: "a million pages that are not there", raw: func() []byte {
			return bytes.Replace(plainPage(text, ""), []byte("/Count 1 "), []byte("/Count 1000000 "), 1)
		}},
		{name: "a page that is not there", raw: func() []byte {
			raw := bytes.Replace(book(t, 2), []byte("/Kids ["), []byte("/Kids [999 0 R "), 1)
			return bytes.Replace(raw, []byte("/Count 2"), []byte("/Count 3"), 1)
		}, ok: true},
		{name: "a form that draws itself", raw: func() []byte {
			return file([]string{"<< /Type /Catalog /Pages 2 0 R >>", onePage,
				"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 6 0 R >> /XObject << /X 5 0 R >> >> >>",
				stream("", "/X Do BT /F 12 Tf 50 700 Td (Some text of a page) Tj ET"),
				stream("/Type /XObject /Subtype /Form /BBox [0 0 500 800] /Resources << /XObject << /X 5 0 R >> >>", "/X Do"),
				"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}, "")
		}, ok: true},
		{name: "a length that lies", raw: func() []byte {
			return bytes.Replace(plainPage(text, ""), []byte("/Length"), []byte("/Length 99999999 /L"), 1)
		}, ok: true},
		{name: "nested a hundred thousand deep", raw: func() []byte {
			return plainPage("<< /Length 200020 >>\nstream\n"+strings.Repeat("[", 100_000)+strings.Repeat("]", 100_000)+"\nendstream", "")
		}},
		{name: "saved states without end", raw: func() []byte {
			return plainPage(stream("", strings.Repeat("q ", 2_000_000)+"BT /F 12 Tf 50 700 Td (Some text) Tj ET"), "")
		}, long: true},
		{name: "numbers without end", raw: func() []byte {
			return plainPage(stream("", "BT /F 12 Tf 99999999999999999999999 -99999999999999999999999 Td (Some text) Tj 1e999 0 0 1e999 0 0 Tm (more) Tj ET"), "")
		}, ok: true},
		{name: "a page of too many letters", raw: func() []byte {
			return plainPage(stream("", "BT /F 1 Tf 50 700 Td ("+strings.Repeat(strings.Repeat("a", 1000)+") Tj (", 150)+") Tj ET"), "")
		}},
		{name: "a stream packed a thousand times", raw: func() []byte { return plainPage(stream("", strings.Repeat(" ", 160<<20)), "") }, long: true},
		{name: "a stream packed twice", raw: func() []byte {
			return plainPage(strings.Replace(stream("", stream("", strings.Repeat(" ", 160<<20))), "/FlateDecode", "[/FlateDecode /FlateDecode]", 1), "")
		}, long: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && c.long {
				t.Skip("long")
			}
			ctx, cancel := context.WithTimeout(context.Background(), 2*maxTime)
			defer cancel()
			p, err := Read(ctx, c.raw(), nil)
			if ctx.Err() != nil {
				t.Fatal("it does not end")
			}
			if (err == nil) != c.ok {
				t.Fatalf("error %v", err)
			}
			if err != nil {
				return
			}
			if wrong := pagetest.Check(p); wrong != "" {
				t.Fatal(wrong)
			}
		})
	}
	read(t, whole) // and the next document is read as ever
}

func TestLocked(t *testing.T) {
	secret := "<" + strings.Repeat("5A", 32) + ">"
	raw := file([]string{"<< /Type /Catalog /Pages 2 0 R >>", onePage, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
		"<< /Filter /Standard /V 1 /R 2 /P -4 /O " + secret + " /U " + secret + " >>"}, "/Encrypt 4 0 R /ID [<00> <00>]")
	if _, err := Read(context.Background(), raw, nil); !fault.Is(err, fault.LockedFile) {
		t.Errorf("got %v", err)
	}
}

// Reading costs no more memory than it may: Go's own and PDFium's.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	for name, raw := range map[string][]byte{
		"letters": plainPage(stream("", "BT /F 1 Tf 50 700 Td "+strings.Repeat("("+strings.Repeat("a b ", 100)+") Tj 0 -1 Td ", 240)+"ET"), ""),
		"packed":  plainPage(stream("", strings.Repeat(" ", 160<<20)), ""),
	} {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		before, most := m.HeapAlloc, uint64(0)
		done := make(chan bool)
		go func() {
			_, _ = Read(context.Background(), raw, nil) // only what it takes is of interest
			close(done)
		}()
		for running := true; running; {
			select {
			case <-done:
				running = false
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
		mb := int(max(most, before)-before) >> 20
		t.Logf("%s: %d MB", name, mb)
		if mb > 350 {
			t.Errorf("%s took %d MB", name, mb)
		}
	}
}

// However many words a page has, laying it out takes time like reading them.
func TestManyWords(t *testing.T) {
	for name, at := range map[string]func(i int) word{
		"one row": func(i int) word {
			return word{text: "ab", x0: float64(i) * 30, x1: float64(i)*30 + 10, base: 500, y1: 510, size: 10 - float64(i%2)*5}
		},
		"options": func(i int) word {
			return word{text: []string{"1.", "a"}[min(i, 1)], x0: float64(i) * 40, x1: float64(i)*40 + 10, base: 500, size: 10}
		},
		"many rows": func(i int) word {
			return word{text: "ab", x0: float64(i%2) * 90, x1: float64(i%2)*90 + 10, base: float64(-i / 2), size: 1}
		},
		"one place": func(i int) word { return word{text: "ab", x1: 1, size: 1} },
		"many entries": func(i int) word {
			return word{text: "1) x", x0: float64(i), x1: float64(i) + 1, base: float64(-20 * i), size: 10}
		},
	} {
		var list []word
		n := 30_000
		if testing.Short() {
			n = 6_000
		}
		for i := range n {
			list = append(list, at(i))
		}
		p, err := compose(context.Background(), [][]line{linesOf(1, list)}, "")
		if err != nil {
			t.Fatal(err)
		}
		if wrong := pagetest.Check(p); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
	}
}

func FuzzRead(f *testing.F) {
	flat := func(s string) string { return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s) }
	f.Add(plainPage(flat("BT /F 18 Tf 50 700 Td (Title) Tj ET BT /F 12 Tf 50 650 Td (1. Some text) Tj 0 -15 Td (a\\) yes) Tj ET"), ""))
	f.Add(plainPage(stream("", "BT /F 12 Tf 1 0 0 1 50 700 Tm [(Some) -300 (te) 20 (xt)] TJ T* (more) ' ET"), "/ProcSet [/PDF /Text]"))
	f.Add(file([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 3 /Kids [2 0 R] >>"}, ""))
	f.Add(file([]string{"<< /Type /Catalog /Pages 2 0 R >>", onePage,
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [4 0 R 4 0 R] /Resources << /Font << /F 6 0 R >> /XObject << /X 5 0 R >> >> >>",
		flat("/X Do"), flat("BT /F 12 Tf 50 700 Td <00410042> Tj ET"),
		"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /W [65 [500 600]] >>] /ToUnicode 7 0 R >>",
		flat("begincmap 1 beginbfrange <0041> <0042> <0416> endbfrange endcmap")}, "/Info << /Title (T) >>"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := Read(context.Background(), raw, nil)
		if err != nil {
			return
		}
		if wrong := pagetest.Check(p); wrong != "" {
			t.Fatal(wrong)
		}
	})
}

// Our own part of the reading is after PDFium's: words at whatever places.
func FuzzLayout(f *testing.F) {
	f.Add([]byte("\x10\x10\x0aTitle\x00\x10\x30\x0a1. Question\x00\x20\x50\x0aa) yes\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var pages [][]line
		var list []word
		for len(raw) > 4 {
			x, y, size := float64(raw[0])*2, 800-float64(raw[1])*3, float64(raw[2]%32)
			text, rest, _ := bytes.Cut(raw[3:], []byte{0})
			raw = rest
			if s := tidy(string(text)); !blank(s) && len(s) < 200 {
				w := float64(len(s)) * size / 2
				list = append(list, word{text: s, x0: x, x1: x + w, origin: x, y0: y, y1: y + size, base: y, size: size, space: size > 3})
			}
			if size == 31 {
				pages = append(pages, linesOf(len(pages)+1, list))
				list = nil
			}
		}
		pages = append(pages, linesOf(len(pages)+1, list))
		p, err := compose(context.Background(), pages, "")
		if err != nil {
			t.Fatal(err)
		}
		if wrong := pagetest.Check(p); wrong != "" {
			t.Fatal(wrong)
		}
	})
}

// BenchmarkRead reads a document of a hundred pages. PDFium is started before.
func BenchmarkRead(b *testing.B) {
	raw := book(b, 100)
	read(b, raw)
	for b.Loop() {
		if _, err := Read(context.Background(), raw, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/100, "ms/page")
}
