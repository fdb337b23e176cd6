package cardview

import (
	"image"
	"image/color"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

func open(t testing.TB) {
	t.Helper()
	app := test.NewApp()
	app.Settings().SetTheme(theme.New(theme.LightMode))
	t.Cleanup(func() { test.NewApp() })
}

// blank draws every formula as a box of so many ems as its source has letters.
type blank struct {
	mu      sync.Mutex
	pending []func()
	wait    bool
}

func (b *blank) Formula(tex string, display bool, em float32, _ color.Color, done func()) (Formula, State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.wait {
		b.pending = append(b.pending, done)
		return Formula{}, Pending
	}
	w, h := em*0.5*float32(1+utf8.RuneCountInString(tex)), em*1.1
	if display {
		h *= 2
	}
	return Formula{Image: image.NewRGBA(image.Rect(0, 0, 4, 4)), Width: w, Height: h, Depth: h / 4}, Ready
}

// all makes what was pending.
func (b *blank) all() {
	b.mu.Lock()
	done := b.pending
	b.pending, b.wait = nil, false
	b.mu.Unlock()
	for _, f := range done {
		f()
	}
}

func (b *blank) Picture(src string, room fyne.Size, _ func()) (image.Image, fyne.Size, error) {
	if src == "missing.png" {
		return nil, fyne.Size{}, image.ErrFormat
	}
	return image.NewRGBA(image.Rect(0, 0, 4, 4)), fyne.NewSize(min(300, room.Width), 200), nil
}

func viewOf(doc content.Document, s Style) *View {
	b := &blank{}
	v := New(Options{Math: b, Pictures: b})
	v.SetDocument(doc, s)
	return v
}

func answerOf(markdown string) *View { return viewOf(content.Parse(markdown), Style{Type: kit.Answer}) }

// rows are the texts of the lines of letters, from top to bottom.
func rows(p *page) []string {
	var out []string
	y := float32(-1)
	for _, r := range p.runs {
		if r.y != y {
			out, y = append(out, ""), r.y
		}
		out[len(out)-1] += r.text
		if strings.TrimSpace(r.after) == "" && !strings.Contains(r.after, "\n") {
			out[len(out)-1] += r.after
		}
	}
	for i := range out {
		out[i] = strings.TrimRight(out[i], " ")
	}
	return out
}

func TestLinesBreakWhereTheyShould(t *testing.T) {
	open(t)
	for _, c := range []struct {
		name, text string
		style      Style
		width      float32
		want       []string
	}{
		{"the mockup's question", "Что будет, если мы установим температуру равной 10?", Style{Type: kit.Question, Balanced: true}, 624,
			[]string{"Что будет, если мы установим", "температуру равной 10?"}},
		{"the other question", "Чем отличается этап предобучения от этапа тонкой настройки (fine-tuning)?", Style{Type: kit.Question, Balanced: true}, 624,
			[]string{"Чем отличается этап предобучения", "от этапа тонкой настройки (fine-tuning)?"}},
		{"one line stays", "Каково преимущество RLHF перед SFT?", Style{Type: kit.Question, Balanced: true}, 624,
			[]string{"Каково преимущество RLHF перед SFT?"}},
		{"the mockup's answer", "Распределение станет почти **равномерным**: модель будет выбирать следующий токен едва ли не наугад, и связный текст рассыплется.",
			Style{Type: kit.Answer}, 624,
			[]string{"Распределение станет почти равномерным: модель будет", "выбирать следующий токен едва ли не наугад, и связный текст", "рассыплется."}},
		{"a hard break", "раз\\\nдва", Style{Type: kit.Answer}, 624, []string{"раз", "два"}},
		{"a dash stays with its word", "Модель — программа", Style{Type: kit.Answer}, 150, []string{"Модель —", "программа"}},
		{"a comma stays with its formula", "слово слово $x$, слово", Style{Type: kit.Answer}, 138, []string{"слово слово", "$x$, слово"}},
		{"short halves of a word stay together", "спросить кого-то", Style{Type: kit.Answer}, 140, []string{"спросить", "кого-то"}},
		{"as do those of English compounds", "после pre-training", Style{Type: kit.Answer}, 130, []string{"после", "pre-training"}},
		{"a long compound may be broken", "большая промпт-инъекция", Style{Type: kit.Answer}, 170, []string{"большая промпт-", "инъекция"}},
		{"a long compound may break", "слово предложение-пояснение", Style{Type: kit.Answer}, 225, []string{"слово предложение-", "пояснение"}},
	} {
		v := viewOf(content.Parse(c.text), c.style)
		if got := rows(v.page(c.width)); strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// words make paragraphs that wrap in every way.
var words = []string{
	"модель", "в", "к", "и", "не", "на", "от", "—", "токен,", "(что-то)", "предобучение", "температура", "я", "о", "«слово»",
	"a", "fine-tuning", "10", "т.е.", "конец.", "из-за", "GPT-4", "中文字", "у",
}

func inlines(t *rapid.T, deep int) []content.Inline {
	var out []content.Inline
	for range rapid.IntRange(1, 8).Draw(t, "parts") {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 12).Draw(t, "words"), " ")
		switch k := rapid.IntRange(0, 9).Draw(t, "kind"); {
		case k < 4:
			out = append(out, content.Text(text+" "))
		case k == 4:
			out = append(out, content.MathSpan(rapid.SampledFrom([]string{"x", "x^2+y^2", `\sum_{i=0}^{n} i`}).Draw(t, "tex")), content.Text(", "))
		case k == 5:
			out = append(out, content.CodeSpan("f(x) = y"), content.Text(". "))
		case k == 6:
			out = append(out, content.Break{})
		case k == 7:
			out = append(out, &content.Link{URL: "https://example.org", Inlines: []content.Inline{content.Text(text)}}, content.Text(" "))
		case deep > 0:
			out = append(out, &content.Span{Mark: content.Mark(rapid.IntRange(0, int(content.Superscript)).Draw(t, "mark")), Inlines: inlines(t, deep-1)}, content.Text(" "))
		default:
			out = append(out, content.Text(strings.Repeat("оченьдлинноеслово", 6)+" "))
		}
	}
	return out
}

func blocks(t *rapid.T, deep int) []content.Block {
	var out []content.Block
	for range rapid.IntRange(1, 3).Draw(t, "blocks") {
		k := rapid.IntRange(0, 8).Draw(t, "block")
		if deep == 0 {
			k = min(k, 5)
		}
		switch k {
		case 0, 1:
			out = append(out, &content.Paragraph{Inlines: inlines(t, 2)})
		case 2:
			out = append(out, &content.Heading{Level: 2, Inlines: inlines(t, 1)})
		case 3:
			out = append(out, &content.Code{Lang: "go", Text: "\n\tif x {\n\t}" + strings.Repeat(" x", rapid.IntRange(0, 60).Draw(t, "long"))})
		case 4:
			out = append(out, &content.Math{TeX: "x = y"}, &content.Rule{})
		case 5:
			out = append(out, &content.Picture{Src: rapid.SampledFrom([]string{"a.png", "missing.png"}).Draw(t, "src"), Alt: "рисунок", Title: "подпись"})
		case 6:
			out = append(out, &content.Quote{Blocks: blocks(t, deep-1)})
		case 7:
			l := &content.List{Ordered: rapid.Bool().Draw(t, "ordered"), Start: 9, Tight: rapid.Bool().Draw(t, "tight")}
			for range rapid.IntRange(1, 3).Draw(t, "items") {
				l.Items = append(l.Items, content.Item{Task: content.Task(rapid.IntRange(0, 2).Draw(t, "task")), Blocks: blocks(t, deep-1)})
			}
			out = append(out, l)
		case 8:
			n := rapid.IntRange(1, 4).Draw(t, "columns")
			tb := &content.Table{Align: make([]content.Align, n)}
			row := func() (cells [][]content.Inline) {
				for range n {
					cells = append(cells, inlines(t, 1))
				}
				return cells
			}
			tb.Head, tb.Rows = row(), [][][]content.Inline{row(), make([][]content.Inline, n)}
			out = append(out, tb)
		}
	}
	return out
}

// plain is the letters of a document in reading order, without white space:
// what has to be on the page whatever its width.
func plain(doc content.Document) string {
	var b strings.Builder
	content.Walk(doc, func(x content.Block) {
		switch x := x.(type) {
		case *content.Code:
			b.WriteString(x.Text)
		case *content.Math:
			b.WriteString("$$" + x.TeX + "$$")
		case *content.Picture:
			b.WriteString(x.Alt + x.Title)
			if x.Src == "missing.png" {
				b.WriteString("\x00")
			}
		}
	}, func(x content.Inline) {
		switch x := x.(type) {
		case content.Text:
			b.WriteString(string(x))
		case content.CodeSpan:
			b.WriteString(string(x))
		case content.MathSpan:
			b.WriteString("$" + string(x) + "$")
		}
	})
	return squeeze(strings.ReplaceAll(b.String(), "рисунокподпись\x00", "рисунок(missing.png)подпись"))
}

var listMark = regexp.MustCompile(`^([•☐☑]|[0-9]+\.)$`)

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestEverythingIsOnThePage(t *testing.T) {
	open(t)
	rapid.Check(t, func(t *rapid.T) {
		doc := content.Document{Blocks: blocks(t, 2)}
		v := viewOf(doc, Style{Type: kit.Answer, Balanced: rapid.Bool().Draw(t, "balanced")})
		width := float32(rapid.IntRange(120, 700).Draw(t, "width"))
		p := v.page(width)
		var said strings.Builder
		for _, r := range p.runs {
			if r.whole && listMark.MatchString(r.text) {
				continue // a list's own marks
			}
			said.WriteString(r.text)
		}
		if got, want := squeeze(said.String()), plain(doc); got != want {
			t.Fatalf("width %g\n got %q\nwant %q", width, got, want)
		}
		// A page of another width has the same text.
		if a, b := string(p.text), string(v.page(width+137).text); a != b {
			t.Fatalf("the text depends on the width:\n%q\n%q", a, b)
		}
		bottom := float32(0)
		for _, r := range p.runs {
			if r.pane == 0 && r.x+r.w > width+1 && utf8.RuneCountInString(r.text) > 1 && !r.whole {
				t.Fatalf("%q ends at %g of %g", r.text, r.x+r.w, width)
			}
			bottom = max(bottom, r.y+r.h)
		}
		if bottom > p.height+0.01 {
			t.Fatalf("the last run ends at %g of %g", bottom, p.height)
		}
	})
}

// No line ends with a word that must not stand there, unless all of the line
// sticks together.
func TestNoOrphans(t *testing.T) {
	open(t)
	sticks := func(word, next string) bool {
		return next == "—" || strings.Contains(" в к и о у я не на от ", " "+word+" ")
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 60).Draw(t, "words"), " ")
		v := viewOf(content.Document{Blocks: []content.Block{&content.Paragraph{Inlines: []content.Inline{content.Text(text)}}}},
			Style{Type: kit.Answer, Balanced: rapid.Bool().Draw(t, "balanced")})
		all := rows(v.page(float32(rapid.IntRange(240, 700).Draw(t, "width"))))
		for i, row := range all[:len(all)-1] {
			line, next := strings.Split(row, " "), strings.Split(all[i+1], " ")[0]
			if !sticks(line[len(line)-1], next) {
				continue
			}
			for k := range len(line) - 1 {
				if !sticks(line[k], line[k+1]) {
					t.Fatalf("a line ends with %q before %q: %q", line[len(line)-1], next, row)
				}
			}
		}
	})
}

func TestShortWords(t *testing.T) {
	for _, c := range []struct {
		text string
		at   string // the line would begin with this
		want bool
	}{
		{"кот в доме", "доме", false}, {"кот в доме", "в", true}, {"И вот", "вот", false}, {"(в доме)", "доме", false},
		{"ничего не знаю", "знаю", false}, {"кого-то ждать", "ждать", true}, {"2-я часть", "часть", true}, {"слово — дело", "—", false},
		{"слово — дело", "дело", true}, {"a cat", "cat", true}, {"для вас", "вас", false}, {"она пела", "пела", true},
		{"из-за", "за", false}, {"fine-tuning", "tuning", true},
	} {
		runes := []rune(c.text)
		i := utf8.RuneCountInString(c.text[:strings.LastIndex(c.text, c.at)])
		if got := breakable(runes, i); got != c.want {
			t.Errorf("%q may break before %q: %v", c.text, c.at, got)
		}
	}
}

// A list's marks stand on the first line of their items, whatever follows.
func TestMarksStandOnTheFirstLine(t *testing.T) {
	open(t)
	v := answerOf("- первый\n  1. внутри\n  2. ещё\n- второй $\\frac{1}{2}$")
	p := v.page(624)
	want := map[string]float32{}
	for _, it := range p.front {
		if it.shape == letters {
			want[strings.Fields(it.text)[0]] = it.y
		}
	}
	var dots []float32
	for _, it := range p.front {
		if it.shape == disc {
			dots = append(dots, it.y)
		}
	}
	if len(dots) != 2 {
		t.Fatalf("%d dots", len(dots))
	}
	for i, word := range []string{"первый", "второй"} {
		if up := want[word] - dots[i]; up < 2 || up > 14 {
			t.Errorf("the dot of %q is %g above its baseline", word, up)
		}
	}
	if want["1."] != want["внутри"] || want["2."] != want["ещё"] {
		t.Error("a number is not on its line")
	}
}

// A sign that the face lacks becomes a piece of its own; the text stays whole.
func TestLettersOfOtherFonts(t *testing.T) {
	open(t)
	v := answerOf("если x ∈ M, то ∇f ⇒ 0 ↔ 1")
	v.SelectAll()
	if got := v.Selected(); got != "если x ∈ M, то ∇f ⇒ 0 ↔ 1" {
		t.Errorf("selected %q", got)
	}
	for _, it := range v.page(624).front {
		for face, signs := range map[kit.Face]string{kit.Mono: "∈∇", kit.Sans: "⇒↔"} {
			if strings.ContainsAny(it.text, signs) && (utf8.RuneCountInString(it.text) > 1 || it.look.kind.Face != face) {
				t.Errorf("%q is drawn in face %d", it.text, it.look.kind.Face)
			}
		}
	}
	if got := foreign(kit.Answer, '→'); got != (standIn{}) {
		t.Errorf("Literata has an arrow, yet it is taken from elsewhere: %+v", got)
	}
}

// late makes its picture only once it is told to.
type late struct {
	made bool
	done func()
}

func (l *late) Picture(_ string, room fyne.Size, done func()) (image.Image, fyne.Size, error) {
	if !l.made {
		l.done = done
		return nil, fyne.NewSize(room.Width, 120), nil
	}
	return image.NewRGBA(image.Rect(0, 0, 4, 4)), fyne.NewSize(room.Width, 120), nil
}

func TestAPictureThatComesLaterHasItsPlace(t *testing.T) {
	open(t)
	l := &late{}
	v := New(Options{Pictures: l})
	v.SetDocument(content.Parse("Схема:\n\n![этапы](stages.png)\n\nи ![в строке](s.png)"), Style{Type: kit.Answer})
	v.Resize(fyne.NewSize(624, v.HeightFor(624)))
	drawings := func() (n int) {
		for _, it := range v.page(624).front {
			if it.shape == drawing {
				n++
			}
		}
		return n
	}
	before := v.HeightFor(624)
	if drawings() != 0 {
		t.Fatal("a picture that is not made is drawn")
	}
	l.made = true
	l.done()
	if drawings() != 2 {
		t.Errorf("%d pictures are drawn, want 2", drawings())
	}
	if after := v.HeightFor(624); after < before || after > before+30 {
		t.Errorf("the page was %g high, then %g", before, after)
	}
}
