package drawing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
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

// warm waits for the formulas of a document, all of which are good.
func warm(t *testing.T, d *Drawer, doc content.Document) {
	t.Helper()
	for tex, err := range formulas(d, doc) {
		t.Errorf("%s: %v", tex, err)
	}
}

// formulas waits for the formulas of a document and tells which cannot be set.
func formulas(d *Drawer, doc content.Document) map[string]error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	bad := map[string]error{}
	render := func(tex string, display bool) {
		if _, err := d.engine.Render(ctx, tex, display); err != nil {
			bad[tex] = err
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
	return bad
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
		if _, _, err := d.Picture(src, fyne.NewSize(600, 0), nil); err == nil {
			t.Errorf("%q is shown", src)
		}
	}
	names, err := fs.Glob(os.DirFS(dir), "*.svg")
	if err != nil || len(names) == 0 {
		t.Fatal("no pictures")
	}
	for _, name := range names {
		if _, size, err := d.Picture(name, fyne.NewSize(300, 0), nil); err != nil || size.Width != 300 {
			t.Errorf("%s: %v, %v", name, size, err)
		}
	}
}

// A picture is as wide as the text where it nearly is so by itself, never
// higher than the room, and larger than it is only when it is looked at closely.
func TestPicturesFitTheirRoom(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	dir := t.TempDir()
	d, err := New(dir, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, _, err := d.Picture("late.svg", fyne.NewSize(600, 0), nil); err == nil {
		t.Fatal("a picture that is not there is shown")
	}
	if err := os.WriteFile(filepath.Join(dir, "late.svg"), []byte(`<svg viewBox="0 0 600 300"><rect width="600" height="300"/></svg>`), 0o600); err != nil {
		t.Fatal(err)
	}
	photo, err := os.Create(filepath.Join(dir, "photo.png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(png.Encode(photo, image.NewGray(image.Rect(0, 0, 600, 300))), photo.Close()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		src         string
		room        fyne.Size
		large       bool
		want        fyne.Size
		whatForWhom string
	}{
		{"late.svg", fyne.NewSize(300, 0), false, fyne.NewSize(300, 150), "a drawing in a narrow column"},
		{"late.svg", fyne.NewSize(640, 0), false, fyne.NewSize(640, 320), "a drawing nearly as wide as the column"},
		{"late.svg", fyne.NewSize(900, 0), false, fyne.NewSize(600, 300), "a drawing in a wide column"},
		{"late.svg", fyne.NewSize(640, 200), false, fyne.NewSize(400, 200), "a drawing on a low sheet"},
		{"late.svg", fyne.NewSize(1200, 900), true, fyne.NewSize(1200, 600), "a drawing looked at closely"},
		{"photo.png", fyne.NewSize(640, 0), false, fyne.NewSize(600, 300), "a photograph is not blown up"},
		{"photo.png", fyne.NewSize(640, 100), false, fyne.NewSize(200, 100), "a photograph on a low sheet"},
		{"photo.png", fyne.NewSize(2000, 2000), true, fyne.NewSize(1200, 600), "a photograph looked at closely"},
	} {
		draw := func(src string, room fyne.Size) (image.Image, fyne.Size, error) { return d.Picture(src, room, nil) }
		if c.large {
			draw = d.Large
		}
		img, size, err := draw(c.src, c.room)
		if err != nil || size != c.want {
			t.Errorf("%s: %v, %v, want %v", c.whatForWhom, size, err, c.want)
			continue
		}
		if b := img.Bounds(); b.Dx() < min(600, int(size.Width)) {
			t.Errorf("%s: an image of %d pixels for %g", c.whatForWhom, b.Dx(), size.Width)
		}
	}
}

// The window does not wait for a large photograph: its place is kept until it
// is made.
// Pictures of pages that are no deck yet are drawn too, each page's its own.
func TestPicturesFromElsewhere(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	d, err := New(t.TempDir(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	reads := 0
	of := func(w, h int) cardview.Pictures {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, w, h))); err != nil {
			t.Fatal(err)
		}
		return d.Elsewhere(fmt.Sprint(w), func(src string) (string, []byte, error) {
			if reads++; src != "a.png" {
				return "", nil, fs.ErrNotExist
			}
			return src, b.Bytes(), nil
		})
	}
	room := fyne.NewSize(400, 400)
	for _, w := range []int{20, 30} {
		pics := of(w, 10)
		for range 2 {
			if img, size, err := pics.Picture("a.png", room, nil); err != nil || img == nil || size.Width != float32(w) {
				t.Errorf("%d: %v, %v", w, size, err)
			}
		}
		if _, _, err := pics.Picture("b.png", room, nil); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a picture that is not there: %v", err)
		}
	}
	if reads != 4 {
		t.Errorf("read %d times", reads)
	}
}

func TestALargePhotographComesLater(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	dir := t.TempDir()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2000, 1000))); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"big.png": b.Bytes(), "cut.png": b.Bytes()[:b.Len()/2]} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d, err := New(dir, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	room, want := fyne.NewSize(600, 0), fyne.NewSize(600, 300)
	for name, whole := range map[string]bool{"big.png": true, "cut.png": false} {
		ready := make(chan struct{}, 2)
		done := func() { ready <- struct{}{} }
		for range 2 { // it is asked for twice, and made once
			if img, size, err := d.Picture(name, room, done); img != nil || err != nil || size != want {
				t.Fatalf("%s at first: %v, %v, %v", name, img != nil, size, err)
			}
		}
		for range 2 {
			select {
			case <-ready:
			case <-time.After(time.Minute):
				t.Fatal("never ready")
			}
		}
		img, size, err := d.Picture(name, room, nil)
		if whole && (err != nil || size != want || img.Bounds().Dx() != 600) || !whole && err == nil {
			t.Errorf("%s in the end: %v, %v", name, size, err)
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
