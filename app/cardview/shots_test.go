package cardview_test

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lectern/app/cardview"
	"lectern/app/drawing"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/assets/courses"
	"lectern/decks/content"
)

const everything = `# Температура и «softmax»

Распределение станет почти **равномерным**: модель будет выбирать следующий токен едва ли не *наугад*, и связный текст рассыплется. Бывает и ***то и другое***, ~~зачёркнуто~~, <u>подчёркнуто</u>, ==отмечено маркером== и x<sup>2</sup>, H<sub>2</sub>O.

$$p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}$$

Логиты делятся на $T$, и разница сжимается вдесятеро: ` + "`softmax(z / T)`" + `, см. [статью о температуре](https://example.org) и $x_1^2$, а также $\frac{1}{1+e^{-x}}$ в строке.

## Что ещё бывает

- [x] **Готово** с формулой $f(x)=\begin{cases}1,&\text{если }x>0\\0,&\text{иначе}\end{cases}$
- [ ] Ещё нет
- Обычный пункт, который достаточно длинный, чтобы перейти на вторую строку списка
  1. вложенный
  2. второй

     с абзацем внутри

| Этап | Данные | Объём |
|---|:-:|--:|
| Предобучение | тексты интернета и книг, отобранные и очищенные от повторов | $10^{13}$ |
| SFT | диалоги | **тысячи** |

> Цитата с «ёлочками».
>
> — Второй абзац ↔ ∈ ⇒ ✓.

` + "```python\ndef softmax(z, T=1.0):\n    e = np.exp(z / T)  # устойчивость забыта\n    return \"сумма\", e / e.sum()\n```" + `

` + "```\n$ python train.py --model gpt --data /srv/corpora/ru/wikipedia-2024 --epochs 3 --learning-rate 0.0003\n```" + `

***

![нет такой](missing.png)

![Вероятности](temperature.svg "Одни и те же логиты")
`

const answer = `Распределение станет почти **равномерным**: модель будет выбирать следующий токен едва ли не наугад, и связный текст рассыплется.

$$p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}$$

Логиты делятся на $T$, и разница сжимается вдесятеро.`

// With LECTERN_SHOTS set to a folder the sample is drawn into it, to be looked
// at beside the mockups; without it the test holds that everything can be drawn.
func TestShots(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, courses.Founding("ru")); err != nil {
		t.Fatal(err)
	}
	d, err := drawing.New(dir, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, mode := range []theme.Mode{theme.LightMode, theme.DarkMode} {
		test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
		widths := []float32{624, 500}
		if os.Getenv("LECTERN_SHOTS") == "" {
			widths = widths[:1]
		}
		for _, width := range widths {
			sheet(t, d, fmt.Sprintf("everything-%s-%g.png", mode, width), width, everything, func(v *cardview.View) {
				v.SetHighlight([]string{"пункт", "распред"})
			})
		}
		if len(widths) == 1 {
			continue
		}
		sheet(t, d, fmt.Sprintf("answer-%s.png", mode), 624, answer, nil)
		sheet(t, d, fmt.Sprintf("selected-%s.png", mode), 624, everything, func(v *cardview.View) { v.SelectAll() })
		question(t, d, fmt.Sprintf("question-%s.png", mode))
	}
}

func sheet(t *testing.T, d *drawing.Drawer, name string, width float32, source string, then func(*cardview.View)) {
	t.Helper()
	doc := content.Parse(source)
	warm(t, d, doc)
	v := cardview.New(cardview.Options{Math: d, Pictures: d})
	v.SetDocument(doc, cardview.Style{Type: kit.Answer})
	if then != nil {
		then(v)
	}
	win := test.NewTempWindow(t, container.NewStack(kit.NewGround(theme.Desk), kit.NewSheet(kit.All(64), v)))
	win.SetPadded(false)
	win.Resize(fyne.NewSize(width+128, v.HeightFor(width)+128))
	shot(t, win, name)
}

func question(t *testing.T, d *drawing.Drawer, name string) {
	t.Helper()
	var rows []fyne.CanvasObject
	for _, q := range []string{
		"Что будет, если мы установим температуру равной 10?",
		"Чем отличается этап предобучения от этапа тонкой настройки (fine-tuning)?",
		"Каково преимущество RLHF перед SFT?",
	} {
		v := cardview.New(cardview.Options{Math: d, Pictures: d})
		v.SetDocument(content.Parse(q), cardview.Style{Type: kit.Question, Balanced: true})
		rows = append(rows, v)
	}
	column := kit.Column(24, rows...)
	win := test.NewTempWindow(t, container.NewStack(kit.NewGround(theme.Desk), kit.NewSheet(kit.All(64), column)))
	win.SetPadded(false)
	win.Resize(fyne.NewSize(752, kit.HeightFor(column, 624)+128))
	shot(t, win, name)
}

// warm waits for the formulas of a document.
func warm(t *testing.T, d *drawing.Drawer, doc content.Document) {
	t.Helper()
	wait := func(tex string, display bool) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		done := make(chan struct{})
		if _, state := d.Formula(tex, display, 19, theme.Color(theme.Ink), func() { close(done) }); state != cardview.Pending {
			return
		}
		select {
		case <-done:
		case <-ctx.Done():
			t.Fatalf("%s is not drawn", tex)
		}
	}
	content.Walk(doc, func(b content.Block) {
		if m, ok := b.(*content.Math); ok {
			wait(m.TeX, true)
		}
	}, func(x content.Inline) {
		if m, ok := x.(content.MathSpan); ok {
			wait(string(m), false)
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
