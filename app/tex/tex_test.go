package tex

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lectern/app/svg"
	"lectern/assets/fonts"
	"lectern/assets/i18n"
)

var shared = sync.OnceValue(func() *Engine { return New("") })

func testFonts(t testing.TB) *svg.Fonts {
	t.Helper()
	f, err := svg.NewFonts(svg.Faces{Regular: fonts.Sans}, svg.Faces{Regular: fonts.Literata, Italic: fonts.LiterataItalic}, svg.Faces{Regular: fonts.Mono})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFormulas(t *testing.T) {
	f := testFonts(t)
	for _, c := range []struct {
		tex     string
		display bool
	}{
		{`p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}`, true},
		{`\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V`, true},
		{`\begin{pmatrix} a & b \\ c & d \end{pmatrix}`, true},
		{`\begin{aligned} a &= b \\ &= c \end{aligned}`, true},
		{`f(x) = \begin{cases} 1, & \text{если } x > 0 \\ 0, & \text{иначе} \end{cases}`, true},
		{`\mathbb{E}\,\mathcal{N}(\mu, \sigma^2)`, false},
		{`\operatorname*{arg\,max}_\theta \log p_\theta(x)`, true},
		{`\ce{2H2 + O2 -> 2H2O}`, false},
		{`\underbrace{a+b}_{\text{сумма}} \boldsymbol{x} \cancel{y}`, true},
		{`T \to 0`, false},
	} {
		x, err := shared().Render(context.Background(), c.tex, c.display)
		if err != nil {
			t.Errorf("%s: %v", c.tex, err)
			continue
		}
		w, h, d := x.Size(20)
		if w < 5 || h < 5 || d < 0 || d > h {
			t.Errorf("%s: %g × %g, depth %g", c.tex, w, h, d)
		}
		img := x.Image(20, 2, color.Black, f)
		painted := 0
		for i := 3; i < len(img.Pix); i += 4 {
			if img.Pix[i] > 128 {
				painted++
			}
		}
		if painted < 20 {
			t.Errorf("%s: the picture is empty", c.tex)
		}
	}
}

func TestWrongFormulasSayWhy(t *testing.T) {
	for tex, want := range map[string]string{
		`\frac{a`:                  "brace",
		`\unknowncommand`:          "Undefined control sequence",
		`\begin{matrix} a`:         "end{matrix}",
		`a^b^c`:                    "exponent",
		strings.Repeat("x", 30000): "too long",
	} {
		_, err := shared().Render(context.Background(), tex, false)
		var wrong *Error
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Message, want) {
			t.Errorf("%.20s: %v, want %q", tex, err, want)
		}
	}
}

func TestMistakesAreSaidInTheUsersLanguage(t *testing.T) {
	for tex, key := range map[string]string{
		`\frac{a`:                   "tex.close_brace",
		`a}`:                        "tex.open_brace",
		`\frac a`:                   "tex.argument",
		`\nope`:                     "tex.unknown_command",
		`\begin{nope}\end{nope}`:    "tex.unknown_environment",
		`\left( a`:                  "tex.left_right",
		`\begin{matrix} a`:          "tex.end",
		`a^b^c`:                     "tex.two_scripts",
		`\def\a{\a\a}\a`:            "tex.too_slow",
		strings.Repeat("x", 30_000): "tex.too_long",
		`\color{red`:                "tex.close_brace",
		`\limits`:                   "tex.wrong",
	} {
		_, err := shared().Render(context.Background(), tex, false)
		var wrong *Error
		if !errors.As(err, &wrong) || wrong.Key() != key {
			t.Errorf("%.20s: %#v, want %s", tex, err, key)
		}
	}
	for code := range sentences {
		key := (&Error{Code: code}).Key()
		for _, lang := range i18n.Languages {
			if !i18n.New(lang).Has(key) {
				t.Errorf("%s is not in %s", key, lang)
			}
		}
	}
}

// Words are as wide in the formula as they are drawn, and as large as the text
// around it.
func TestWordsFit(t *testing.T) {
	f := testFonts(t)
	for _, words := range []string{"иначе", "щит и меч", "if so", "сумма слагаемых"} {
		x, err := shared().Render(context.Background(), `\text{`+words+`}`, false)
		if err != nil {
			t.Fatal(err)
		}
		w, _, _ := x.Size(1.03)
		if want := f.Width(strings.ReplaceAll(words, " ", "\u00a0"), false, false); math.Abs(w-want) > 0.01 {
			t.Errorf("%s: %g em in a formula, %g em in the text", words, w, want)
		}
	}
}

func TestTableLines(t *testing.T) {
	x, err := shared().Render(context.Background(), `\begin{array}{|c|}\hline a\\ \hdashline b\\ \hline\end{array}`, true)
	if err != nil {
		t.Fatal(err)
	}
	img := x.Image(40, 1, color.Black, testFonts(t))
	painted := 0
	for i := 3; i < len(img.Pix); i += 4 {
		if img.Pix[i] > 128 {
			painted++
		}
	}
	if part := float64(painted) / float64(len(img.Pix)/4); part < 0.1 || part > 0.5 {
		t.Errorf("%.0f%% of a framed table is painted", part*100)
	}
	if b := img.Bounds(); img.RGBAAt(1, b.Dy()/4).A < 100 {
		t.Error("the frame is not drawn")
	}
}

// An image has whole pixels and its baseline lies between two of them.
func TestBoxIsTheImage(t *testing.T) {
	x, err := shared().Render(context.Background(), `\sqrt{x_i}`, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, scale := range []float64{1, 1.5, 2} {
		w, h, d := x.Box(19.3, scale)
		b := x.Image(19.3, scale, color.Black, testFonts(t)).Bounds()
		sw, sh, sd := x.Size(19.3)
		if int(math.Round(w*scale)) != b.Dx() || int(math.Round(h*scale)) != b.Dy() || math.Abs(d*scale-math.Round(d*scale)) > 1e-9 {
			t.Errorf("scale %g: box %g × %g, depth %g, image %v", scale, w, h, d, b)
		}
		if w < sw || w > sw+1/scale || h < sh || h > sh+2/scale || d < sd || d > sd+1/scale {
			t.Errorf("scale %g: box %g × %g, depth %g; size %g × %g, depth %g", scale, w, h, d, sw, sh, sd)
		}
	}
}

func TestHostileFormulasEnd(t *testing.T) {
	e := New("")
	defer e.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for _, tex := range []string{
		`\def\a{\a\a}\a`,
		`\newcommand{\b}[1]{\b{#1#1}}\b{x}`,
		strings.Repeat("{", 9000) + strings.Repeat("}", 9000),
		strings.Repeat(`\frac{1}{`, 1500) + strings.Repeat("}", 1500),
		strings.Repeat(`\sqrt{x}`, 2000),
	} {
		if _, err := e.Render(ctx, tex, true); errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("%.30s: no end", tex)
		}
	}
	if _, err := e.Render(ctx, `\newcommand{\c}{x}\c`, true); err != nil {
		t.Fatalf("the engine did not survive: %v", err)
	}
	_, err := e.Render(ctx, `\newcommand{\mine}{x}\mine`, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = e.Render(ctx, `\mine`, false); err == nil {
		t.Error("a command outlives its formula")
	}
	var wrong *Error
	if _, err = e.Render(ctx, `\rule{500em}{500em}`, false); !errors.As(err, &wrong) || wrong.Code != "TooLarge" {
		t.Errorf("a formula of 500 em: %v", err)
	}
}

func TestCacheOnDisk(t *testing.T) {
	dir := t.TempDir()
	first := New(dir)
	if _, err := first.Render(context.Background(), `a+b`, false); err != nil {
		t.Fatal(err)
	}
	first.Close()
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	second := New(dir)
	defer second.Close()
	f, ready, err := second.Get(`a+b`, false, nil)
	if !ready || err != nil {
		t.Fatalf("a formula of an earlier start is not ready at once: %v", err)
	}
	if w, _, _ := f.Size(16); w < 10 {
		t.Errorf("width %g", w)
	}
}

func TestPruneRemovesTheOldest(t *testing.T) {
	dir := t.TempDir()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	put := func(name string, age int) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, make([]byte, 100), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, start, start.Add(time.Duration(-age)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	name := func(i int) string { return fmt.Sprintf("%064x.svg", i) }
	for i := range 10 {
		put(name(i), i)
	}
	put("mine.svg", 1000)
	prune(dir, 1000)
	if _, err := os.Stat(filepath.Join(dir, name(9))); err != nil {
		t.Errorf("removed within the limit: %v", err)
	}
	prune(dir, 800)
	for i := range 10 {
		_, err := os.Stat(filepath.Join(dir, name(i)))
		if kept := err == nil; kept != (i < 6) {
			t.Errorf("the formula %d hours old: kept %v", i, kept)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "mine.svg")); err != nil {
		t.Errorf("another file was removed: %v", err)
	}
}

// A file that was damaged is made anew.
func TestDamagedCache(t *testing.T) {
	dir := t.TempDir()
	first := New(dir)
	if _, err := first.Render(context.Background(), `a+b`, false); err != nil {
		t.Fatal(err)
	}
	first.Close()
	if err := os.WriteFile(first.file(key{"a+b", false}), []byte("<svg"), 0o600); err != nil {
		t.Fatal(err)
	}
	second := New(dir)
	defer second.Close()
	f, err := second.Render(context.Background(), `a+b`, false)
	if w, _, _ := f.Size(16); err != nil || w < 10 {
		t.Errorf("width %g, %v", w, err)
	}
}

func TestManyAskAtOnce(t *testing.T) {
	e := New("")
	defer e.Close()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, tex := range []string{"x", "y", "x+y"} {
				if _, err := e.Render(context.Background(), tex, false); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkFormula(b *testing.B) {
	m, err := newMachine()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := m.convert(`p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}`, true); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if _, err := newMachine(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkImage(b *testing.B) {
	f := testFonts(b)
	x, err := shared().Render(context.Background(), `p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}`, true)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		x.Image(19, 2, color.Black, f)
	}
}

// BenchmarkKept is a formula of an earlier start, read from disk.
func BenchmarkKept(b *testing.B) {
	dir := b.TempDir()
	first := New(dir)
	defer first.Close()
	if _, err := first.Render(context.Background(), `a+b`, false); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		e := New(dir)
		if _, ready, err := e.Get(`a+b`, false, nil); !ready || err != nil {
			b.Fatal(ready, err)
		}
		e.Close()
	}
}
