package docx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"lectern/decks/fault"
	"lectern/decks/lecture/page/pagetest"
	"lectern/decks/unzip"
)

// What is made to hurt is refused with an error, and costs little.
func TestRefused(tt *testing.T) {
	text := func(s string) []byte { return archive(part{"word/document.xml", s}) }
	whole := document(p("", t("Текст")))
	for _, c := range []struct {
		name string
		raw  []byte
		want error
	}{
		{"not an archive", []byte("PK\x03\x04 word/"), unzip.ErrFormat},
		{"an archive of something else", archive(part{"word/x.txt", "x"}), nil},
		{"cut short", whole[:len(whole)/2], unzip.ErrFormat},
		{"XML cut short", text("<w:document " + spaceW + "><w:body><w:p>"), nil},
		{"no XML", text("hello"), io.ErrUnexpectedEOF},
		{"nested", text("<w:document " + spaceW + "><w:body>" + strings.Repeat("<w:ins>", 100_000)), errDeep},
		{"nested formula", text("<w:document " + allSpace + "><w:body><m:oMath>" + strings.Repeat("<m:e>", 100_000)), errDeep},
		{"entities", text(`<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document ` + spaceW + `><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`), errDoctype},
		{"an entity of nowhere", text(`<w:document ` + spaceW + `><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`), nil},
		{"many files", manyFiles(maxFiles + 1), unzip.ErrLimits},
		{"locked", locked(whole), unzip.ErrLocked},
	} {
		tt.Run(c.name, func(tt *testing.T) {
			got, err := Read(context.Background(), c.raw)
			if err == nil {
				tt.Fatalf("read as\n%s", pagetest.Outline(got))
			}
			if c.want != nil && !errors.Is(err, c.want) {
				tt.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func manyFiles(n int) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range n {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%d", i)}); err != nil {
			panic(err)
		}
	}
	z.Close()
	return b.Bytes()
}

// locked sets the flag of encryption in every header.
func locked(raw []byte) []byte {
	raw = bytes.Clone(raw)
	for i := range len(raw) - 10 {
		switch string(raw[i : i+4]) {
		case "PK\x03\x04":
			raw[i+6] |= 1
		case "PK\x01\x02":
			raw[i+8] |= 1
		}
	}
	return raw
}

// bomb is a document whose text is as long as fill is repeated.
func bomb(tb testing.TB, name, head, fill string, size int, tail string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	if name != "word/document.xml" {
		w, err := z.Create("word/document.xml")
		if err != nil {
			tb.Fatal(err)
		}
		fmt.Fprintf(w, `<w:document %s><w:body>%s</w:body></w:document>`, spaceW, p("", t("Текст")))
	}
	w, err := z.Create(name)
	if err != nil {
		tb.Fatal(err)
	}
	io.WriteString(w, head)
	chunk := strings.Repeat(fill, max(1, (1<<20)/len(fill)))
	for n := 0; n < size; n += len(chunk) {
		io.WriteString(w, chunk)
	}
	io.WriteString(w, tail)
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// peak runs f and gives how much the heap grew, in MB, as seen now and then.
func peak(f func()) int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, most := m.HeapAlloc, uint64(0)
	done := make(chan bool)
	go func() { f(); close(done) }()
	for {
		select {
		case <-done:
			return int(max(most, before)-before) >> 20
		default:
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			time.Sleep(2 * time.Millisecond)
		}
	}
}

func TestBombs(tt *testing.T) {
	if testing.Short() {
		tt.Skip("long")
	}
	head := `<w:document ` + spaceW + `><w:body>`
	tail := `</w:body></w:document>`
	cell := `<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>`
	for _, c := range []struct {
		name string
		raw  []byte
		code fault.Code // "" when it is read
	}{
		{"packed a thousand times", bomb(tt, "word/document.xml", head, strings.Repeat(" ", 1000), 64<<20, tail), fault.TooLarge},
		{"styles", bomb(tt, "word/styles.xml", `<w:styles `+spaceW+`>`, strings.Repeat(" ", 1000), 64<<20, "</w:styles>"), ""},
		{"one long word", bomb(tt, "word/document.xml", head+"<w:p><w:r><w:t>", noise(), 12<<20, "</w:t></w:r></w:p>"+tail), ""},
		{"one paragraph of many runs", bomb(tt, "word/document.xml", head+"<w:p>", strings.Repeat("<w:r><w:t>a</w:t></w:r>", 100)+"<!--"+noise()[:600]+"-->", 8<<20, "</w:p>"+tail), ""},
		{"many paragraphs", bomb(tt, "word/document.xml", head, strings.Repeat("<w:p><w:r><w:t>a</w:t></w:r></w:p>", 100)+"<!--"+noise()[:600]+"-->", 8<<20, tail), ""},
		{"a table without end", bomb(tt, "word/document.xml", head+"<w:tbl>", cell+"<!--"+noise()[:3000]+"-->", 8<<20, "</w:tbl>"+tail), ""},
		{"empty paragraphs", bomb(tt, "word/document.xml", head, strings.Repeat("<w:p/>", 300)+"<!--"+noise()[:600]+"-->", 4<<20, tail), ""},
	} {
		tt.Run(c.name, func(tt *testing.T) {
			var err error
			mb := peak(func() { _, err = Read(context.Background(), c.raw) })
			tt.Logf("%d MB", mb)
			if mb > 250 {
				tt.Errorf("took %d MB", mb)
			}
			if c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
				tt.Errorf("got %v, want %q", err, c.code)
			}
		})
	}
}

// noise is text that does not pack well.
func noise() string {
	var b strings.Builder
	x := uint32(1)
	for range 8000 {
		x = x*1664525 + 1013904223
		b.WriteByte("abcdefghijklmnopqrstuvwxyz ,.0123"[x>>27])
	}
	return b.String()
}

// What is missing or damaged beside the text takes nothing from the text.
func TestDamagedParts(tt *testing.T) {
	body := styled("1", "Раз") + item(1, 0, "Два") + p("", `<w:r><w:drawing><a:blip r:embed="pic"/></w:drawing></w:r>`, t("Три"), `<w:hyperlink r:id="none">`+t("!")+`</w:hyperlink>`)
	for _, c := range []struct {
		name  string
		parts []part
		want  string
	}{
		{"nothing but the text", nil, "p Раз\np Два\np Три!\n"},
		{"broken styles", []part{{"word/styles.xml", "<w:styles"}, {"word/numbering.xml", "?"}}, "p Раз\np Два\np Три!\n"},
		{"lists that name each other", []part{someStyles, {"word/numbering.xml", `<w:numbering ` + spaceW + `><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="task"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num></w:numbering>`}}, "# Раз\np Два\np Три!\n"},
		{"a list without levels", []part{{"word/numbering.xml", `<w:numbering ` + spaceW + `><w:abstractNum w:abstractNumId="1"/><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`}}, "p Раз\nlist\n  1.\n    p Два\np Три!\n"},
		{"a part twice", []part{{"word/styles.xml", "x"}, someStyles}, "# Раз\np Два\np Три!\n"},
	} {
		tt.Run(c.name, func(tt *testing.T) {
			if got := pagetest.Outline(read(tt, document(body, c.parts...))); got != c.want {
				tt.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestSniff(tt *testing.T) {
	for _, raw := range [][]byte{nil, []byte("PK"), []byte("# word/document.xml"), archive(part{"lecture.md", "word/document.xml"}), archive(part{"xl/workbook.xml", "word/"})} {
		if Sniff(raw) {
			tt.Errorf("%.40q is told as a document", raw)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(document(styled("1", "Вопросы")+item(1, 0, "Что?")+item(1, 1, "да")+p("", t("1. x", "<w:b/>")), someStyles, someLists))
	f.Add(document(table([]string{"a", "b"}, []string{"c", "d"}) + p("", `<m:oMath><m:f><m:num>`+mr("a")+`</m:num></m:f></m:oMath>`)))
	f.Add([]byte("PK\x03\x04word/"))
	f.Fuzz(func(tt *testing.T, raw []byte) {
		Sniff(raw)
		if got, err := Read(context.Background(), raw); err == nil {
			if wrong := pagetest.Check(got); wrong != "" {
				tt.Fatal(wrong)
			}
		}
	})
}

// The XML is where most can go wrong; behind the archive's sums a fuzzer would
// rarely reach it.
func FuzzXML(f *testing.F) {
	for _, body := range []string{
		styled("1", "Вопросы") + item(1, 0, "Что?") + item(1, 1, "да") + item(2, 0, "•") + p("", t("1. x", "<w:b/>")) + p("", t("а) y"), "<w:r><w:br/></w:r>", t("☐ z")),
		table([]string{"a", "b"}, []string{item(1, 0, "c"), "d"}) + p("", `<m:oMath><m:f><m:num>`+mr("a")+`</m:num></m:f></m:oMath>`),
		p("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, t("x"), `<w:r><w:fldChar w:fldCharType="end"/></w:r>`),
		p("", `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr></w:sdt>`, `<w:r><w:drawing><a:blip r:embed="pic"/><w:txbxContent>`+p("", t("x"))+`</w:txbxContent></w:drawing></w:r>`),
	} {
		f.Add(body, someStyles.text, someLists.text)
	}
	f.Fuzz(func(tt *testing.T, body, styles, lists string) {
		got, err := Read(context.Background(), document(body, part{"word/styles.xml", styles}, part{"word/numbering.xml", lists}))
		if err != nil {
			return
		}
		if wrong := pagetest.Check(got); wrong != "" {
			tt.Fatal(wrong)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var body strings.Builder
	for i := range 2000 {
		body.WriteString(styled("2", fmt.Sprintf("Раздел %d", i)))
		body.WriteString(p("", t("Модель предсказывает следующий "), t("токен", "<w:b/>"), t(" по всем прежним, и учат её на текстах, которых никто не размечал.")))
		body.WriteString(item(1, 0, "Что такое токен?") + item(1, 1, "слово"))
	}
	raw := document(body.String(), someStyles, someLists)
	b.SetBytes(int64(body.Len()))
	for b.Loop() {
		if _, err := Read(context.Background(), raw); err != nil {
			b.Fatal(err)
		}
	}
}
