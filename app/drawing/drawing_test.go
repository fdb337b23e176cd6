package drawing

import (
	"context"
	"fmt"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lectern/app/cardview"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/assets/courses"
	"lectern/decks/content"
)

const sample = `Распределение станет почти **равномерным**: модель будет выбирать следующий токен едва ли не *наугад*, и связный текст рассыплется.

$$p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}$$

Логиты делятся на $T$, и разница сжимается вдесятеро: ` + "`softmax(z / T)`" + `, см. [статью](https://example.org) о ==температуре== и $x_1^2$.

![Вероятности](temperature.svg "Одни и те же логиты")

- [x] **Готово** с формулой $f(x)=\begin{cases}1,&\text{если }x>0\\0,&\text{иначе}\end{cases}$
- [ ] Ещё нет
- Обычный пункт, который достаточно длинный, чтобы перейти на вторую строку списка
  1. вложенный
  2. второй

| Этап | Данные | Объём |
|---|:-:|--:|
| Предобучение | тексты интернета и книг | $10^{13}$ |
| SFT | диалоги | **тысячи** |

> Цитата с «ёлочками» и H~~2~~<sub>2</sub>O.

` + "```python\ndef softmax(z, T=1.0):\n    e = np.exp(z / T)  # устойчивость забыта\n    return e / e.sum()\n```" + `

![нет такой](missing.png)
`

func media(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, courses.Founding("ru")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestSampleIsDrawn(t *testing.T) {
	dir := media(t)
	for _, mode := range []theme.Mode{theme.LightMode, theme.DarkMode} {
		test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
		d, err := New(dir, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		doc := content.Parse(sample)
		warm(t, d, doc)
		v := cardview.New(cardview.Options{Math: d, Pictures: d})
		v.SetDocument(doc, cardview.Style{Type: kit.Answer, Colour: theme.Ink})
		sheet := kit.NewSheet(kit.All(32), v)
		win := test.NewTempWindow(t, container.NewStack(kit.NewGround(theme.Desk), sheet))
		win.SetPadded(false)
		win.Resize(fyne.NewSize(688, v.HeightFor(624)+64))
		shot(t, win, "cardview-"+string(mode)+".png")
		if h := v.HeightFor(624); h < 800 {
			t.Errorf("the sample is only %g high", h)
		}
		v.SelectAll()
		if got := v.Selected(); !strings.Contains(got, "почти равномерным: модель") || !strings.Contains(got, "$$p_i") || !strings.Contains(got, "softmax(z / T)") {
			t.Errorf("selected: %q", got)
		}
	}
}

// warm waits for the formulas of a document.
func warm(t *testing.T, d *Drawer, doc content.Document) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	render := func(tex string, display bool) {
		if _, err := d.engine.Render(ctx, tex, display); err != nil {
			t.Errorf("%s: %v", tex, err)
		}
	}
	content.Walk(doc, func(b content.Block) {
		if m, ok := b.(*content.Math); ok {
			render(m.TeX, true)
		}
	}, func(x content.Inline) {
		if m, ok := x.(content.MathSpan); ok {
			render(string(m), false)
		}
	})
}

func shot(t *testing.T, win fyne.Window, name string) {
	t.Helper()
	img := win.Canvas().Capture()
	dir := os.Getenv("LECTERN_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func TestPicturesStayInTheirFolder(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	dir := media(t)
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "secret.svg"), []byte(`<svg viewBox="0 0 1 1"/>`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.png"), []byte("no picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := New(dir, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, src := range []string{"../secret.svg", "/etc/passwd", "missing.png", "broken.png", "."} {
		if _, _, err := d.Picture(src, 600); err == nil {
			t.Errorf("%q is shown", src)
		}
	}
	names, err := fs.Glob(os.DirFS(dir), "*.svg")
	if err != nil || len(names) == 0 {
		t.Fatal("no pictures")
	}
	for _, name := range names {
		if _, size, err := d.Picture(name, 300); err != nil || size.Width != 300 {
			t.Errorf("%s: %v, %v", name, size, err)
		}
	}
}

func TestFormulaIsPendingThenReady(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	d, err := New("", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ready := make(chan struct{})
	_, state := d.Formula(`a_1`, false, 20, theme.Color(theme.Ink), func() { close(ready) })
	if state != cardview.Pending {
		t.Fatalf("state %v at first", state)
	}
	select {
	case <-ready:
	case <-time.After(time.Minute):
		t.Fatal("never ready")
	}
	f, state := d.Formula(`a_1`, false, 20, theme.Color(theme.Ink), nil)
	if state != cardview.Ready || f.Image == nil || f.Width < 5 {
		t.Errorf("%v %+v", state, fmt.Sprint(f.Width, f.Height, f.Depth))
	}
	if _, state := d.Formula(`\frac{`, false, 20, theme.Color(theme.Ink), nil); state == cardview.Ready {
		t.Error("a wrong formula is ready")
	}
}
