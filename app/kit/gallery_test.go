package kit

import (
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lectern/app/keys"
	"lectern/app/theme"
	"lectern/assets/i18n"
)

// The gallery draws every widget in both variants. With LECTERN_SHOTS set to a
// folder the pictures are written there, to be looked at beside the mockups;
// without it the test holds that everything can be drawn at all.
func TestGallery(t *testing.T) {
	dir := os.Getenv("LECTERN_SHOTS")
	for _, page := range []struct {
		name string
		w, h float32
		make func() fyne.CanvasObject
		then func(fyne.Canvas)
	}{
		{"widgets", 1280, 800, galleryWidgets, galleryStates},
		{"home", 1280, 800, galleryHome, nil},
		{"study", 1280, 800, galleryStudy, nil},
		{"write", 1280, 800, galleryWrite, nil},
		{"year", 1280, 800, galleryYear, nil},
		{"load", 1280, 900, galleryLoad, nil},
		{"dialog", 900, 600, galleryHome, func(c fyne.Canvas) {
			ShowSheet(c, "Удалить колоду «Английские слова»?", 480,
				NewLabel("Карточки уйдут из повторений. История ответов сохранится, удаление можно отменить в любой день.", Body, theme.Muted),
				nil, NewButton("Отмена", Quiet, nil).WithKey(keys.Esc), NewButton("Удалить", Destructive, nil))
		}},
		{"menu", 900, 600, func() fyne.CanvasObject { return Pad(All(24), Row(0, Top, menuAnchor())) }, func(c fyne.Canvas) {
			ShowMenu(menuAnchorAt, []MenuItem{
				{Text: "Не сегодня", Icon: "calendar-blank"}, {Text: "Отложить карточку", Icon: "pause", Key: keys.P},
				{Text: "Отметить", Icon: "flag", Key: keys.F, Checked: true},
				{Text: "Открыть это место лекции", Icon: "book-open", Disabled: "Страница не сохранилась"},
				{Text: "Убрать карточку", Icon: "trash", Danger: true, Divider: true, Key: keys.Delete},
			}, nil).Key(keys.Down)
		}},
	} {
		for _, mode := range []theme.Mode{theme.LightMode, theme.DarkMode} {
			test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
			Speak(i18n.New("ru"))
			win := test.NewTempWindow(t, container.NewStack(desk(), page.make(), NewTipLayer()))
			win.SetPadded(false)
			win.Resize(fyne.NewSize(page.w, page.h))
			if page.then != nil {
				page.then(win.Canvas())
			}
			if dir == "" && mode == theme.LightMode {
				continue // laid out; off screen the shadows of the light cost a second each
			}
			img := win.Canvas().Capture()
			if img.Bounds().Dx() != int(page.w) {
				t.Fatalf("%s: drawn %v wide", page.name, img.Bounds().Dx())
			}
			if dir != "" {
				f, err := os.Create(filepath.Join(dir, "kit-"+page.name+"-"+string(mode)+".png"))
				if err != nil {
					t.Fatal(err)
				}
				if err := png.Encode(f, img); err != nil {
					t.Fatal(err)
				}
				f.Close()
			}
		}
	}
}

func desk() fyne.CanvasObject { return canvas.NewRectangle(theme.Color(theme.Desk)) }

var menuAnchorAt fyne.CanvasObject

func menuAnchor() fyne.CanvasObject {
	menuAnchorAt = NewIconButton("dots-three", "Ещё", "", func() {})
	return menuAnchorAt
}

var stated struct{ hover, ring, field fyne.CanvasObject }

func galleryStates(c fyne.Canvas) {
	stated.hover.(*Button).MouseIn(&desktop.MouseEvent{})
	stated.ring.(*Button).FocusGained()
	stated.field.(*Field).entry.FocusGained()
}

func galleryWidgets() fyne.CanvasObject {
	nop := func() {}
	hover, ring := NewButton("Под курсором", Secondary, nop), NewButton("В фокусе", Secondary, nop)
	off := NewButton("Нельзя", Secondary, nop)
	off.SetDisabled("ещё рано")
	field := NewField("обуч", "Искать", nil)
	field.Icon, field.After = "magnifying-glass", NewText("9 карточек", Caption, theme.Muted)
	stated.hover, stated.ring, stated.field = hover, ring, field
	chip := NewFilter("Понимание LLM", "book-open", true, nop)
	chip.Removed = nop
	choice := NewChoice("Оба", "текст автора, под ним ваша заметка", "3",
		NewLabel("Уверенно сказанная выдумка: модель дополняет текст правдоподобным, а не проверенным. Помогают поиск и инструменты.", RowText, theme.Ink), nop)
	choice.Set(true)
	check := NewCheck("Лекция 2", true, nil)
	dis := NewCheck("Нельзя", true, nil)
	dis.SetDisabled("нет")
	selected := NewItem(Sides(10, 12), Column(3, Row(8, Middle, Icon("git-merge", 16, theme.GradeHard), NewText("Обе стороны правили", Caption, theme.GradeHard)),
		NewLabel("Что такое «галлюцинации» и как их избежать?", Body.At(16, 22), theme.Ink)), nop)
	selected.Radius = 8
	selected.Select(true)
	left := Column(20,
		Row(12, Middle, NewButton("Заниматься", Primary, nop).WithKey(keys.Enter).Sized(52, 0), NewButton("Показать ответ", Primary, nop).WithKey(keys.Space).Sized(52, 280)),
		Row(12, Middle, NewButton("Обновить", Primary, nop).WithKey(keys.CtrlEnter), NewButton("Новая карточка", Secondary, nop).WithIcon("plus"), NewButton("Отмена", Quiet, nop).WithKey(keys.Esc)),
		Row(12, Middle, hover, ring, off, NewButton("Посмотреть", Secondary, nop).Sized(36, 0)),
		Row(12, Middle, NewButton("Удалить", Destructive, nop), NewButton("Открыть лекцию…", Quiet, nop).WithIcon("file-plus"), NewIconButton("pencil-simple", "Править", keys.E, nop), NewIconButton("dots-three", "Ещё", "", nop), NewKeyCap(keys.CtrlEnter)),
		Row(8, Middle, chip, NewFilter("Нужен ответ", "pencil-simple-line", false, nop), NewChip("температура", "", Plain), NewChip("нужен ответ: 3", "pencil-simple-line", Warning)),
		Row(8, Middle, NewChip("Экзамен 14 декабря: успеваете", "check", Good), NewChip("спор", "git-merge", Bad), NewChip("новая", "plus", Info)),
		field,
		Row(12, Middle, Flex(NewField("", "Название колоды", nil)), Fixed(136, 0, func() fyne.CanvasObject {
			f := NewField("10", "", nil)
			f.After = NewText("в день", Caption, theme.Muted)
			return f
		}()), NewSegment([]string{"Две", "Четыре"}, 0, nil)),
		Row(24, Middle, check, NewCheck("Промпт-инъекции", false, nil), dis, NewCheck("", true, nil)),
		selected,
	)
	right := Column(16,
		choice,
		NewNotice(Warning, "pencil-simple-line", "Три вопроса ещё без ответа.", "Напишите их до 30 ноября, иначе выйдет 84.", nil),
		NewErrorLine("Ответ не сохранён: диск полон. Освободите место и повторите, карточка ждёт.", "write lectern.db: no space left on device", NewButton("Повторить", Secondary, nop)),
		Row(24, Middle, NewRing(0.88, "88 %"), Fixed(180, 0, NewMeter(0.38)), NewMeter(0)),
		NewToast("Хорошо → отменено", "Вернуть", keys.CtrlZ, nop, nil),
		NewErrorToast("Не получилось сохранить: диск полон. Ничего не потеряно.", "no space", nil),
		NewText("Год: 223 дня занятий", Caption, theme.Muted), NewText("Около 7 минут в день", Heading, theme.Ink), NewText("91 из 100", Title, theme.Ink),
	)
	return Pad(All(32), Row(32, Top, Flex(left), Flex(NewSheet(All(28), right))))
}

func galleryHome() fyne.CanvasObject {
	hero := NewSheet(Sides(28, 32), Row(0, Middle, Flex(Column(0,
		NewText("Понедельник, 23 ноября", Body, theme.Muted), Gap(0, 4),
		NewText("34 карточки, около 12 минут", Title.At(36, 46), theme.Ink), Gap(0, 6),
		NewText("25 повторить, 6 новых, 3 ждут вашего ответа", Body, theme.Muted))),
		NewButton("Заниматься", Primary, func() {}).WithKey(keys.Enter).Sized(52, 0)))
	line := func(name string, share float64, pct, due string, notice fyne.CanvasObject) fyne.CanvasObject {
		return Fixed(0, 48, Row(16, Middle, Fixed(170, 0, NewText(name, Body, theme.Ink)), Fixed(180, 0, NewMeter(share)),
			Fixed(44, 0, func() fyne.CanvasObject {
				x := NewText(pct, Body, theme.Ink)
				x.Align = fyne.TextAlignTrailing
				return x
			}()), Flex(Row(0, Middle, notice)), NewText(due, Body, theme.Ink)))
	}
	decks := Column(0,
		Pad(Insets{20, 24, 14, 24}, Row(0, Middle, Flex(NewText("Понимание LLM", Sub, theme.Ink)), NewChip("Экзамен 14 декабря: успеваете", "check", Good))),
		Pad(Sides(0, 24), Column(0,
			Fixed(0, 28, Row(16, Middle, Fixed(170, 0, NewText("Лекции", Caption, theme.Muted)), Flex(NewText("Готовность к экзамену", Caption, theme.Muted)), NewText("Сегодня", Caption, theme.Muted))),
			line("Лекция 1", .92, "92 %", "1", Gap(0, 0)), line("Лекция 2", .78, "78 %", "3", Gap(0, 0)), line("Промпт-инъекции", .88, "88 %", "—", Gap(0, 0)),
			line("Упражнения", .61, "61 %", "4", Gap(0, 0)), line("Сложные", .34, "34 %", "3", NewChip("нужен ответ: 3", "pencil-simple-line", Warning)))),
		Gap(0, 8), Rule(),
		Fixed(0, 64, Pad(Sides(0, 24), Row(12, Middle, NewText("Английские слова", Sub.At(18, 28), theme.Ink), Flex(NewText("из Anki", Caption, theme.Muted)), NewText("23", Body, theme.Ink)))))
	var week []Bar
	for i, v := range []float64{34, 21, 18, 26, 15, 19, 12} {
		week = append(week, Bar{Value: v, Text: []string{"34", "21", "18", "26", "15", "19", "12"}[i], Label: strings.Split("Пн Вт Ср Чт Пт Сб Вс", " ")[i], Strong: i == 0, Tip: "x"})
	}
	right := Column(24,
		NewSheet(Sides(20, 24), Column(0, Row(8, Middle, Icon("package", 16, theme.Muted), NewText("Новое от автора", Caption, theme.Muted)), Gap(0, 8),
			NewText("«Понимание LLM» 1.3", Body.Strong(), theme.Ink), Gap(0, 4),
			NewLabel("4 исправления, 3 новые карточки, 1\u00a0спор с вашей правкой", Caption, theme.Muted), Gap(0, 14),
			Row(0, Top, NewButton("Посмотреть", Secondary, nil).Sized(36, 0)))),
		Flex(NewSheet(Insets{20, 24, 16, 24}, Column(0, Row(0, Middle, Flex(NewText("Неделя", Caption, theme.Muted)), NewText("карточек в день", Caption, theme.Muted)), Flex(Gap(0, 12)), NewBars(week, nil)))))
	return Pad(Insets{Top: 72}, Limit(theme.HomeWidth, Column(24, hero, Row(24, Stretch, Flex(NewSheet(Insets{}, decks)), Fixed(320, 0, Stretched(right))))))
}

func galleryStudy() fyne.CanvasObject {
	q := NewLabel("Что будет, если мы установим температуру равной 10?", Question, theme.Ink)
	q.Balanced = true
	sheet := NewSheet(Insets{36, 64, 32, 64}, Column(0,
		NewText("Понимание LLM  ›  Сложные", Caption, theme.Muted), Gap(0, 16), q, Gap(0, 24), Rule(), Gap(0, 20),
		NewLabel("Распределение станет почти равномерным: модель будет выбирать следующий токен едва ли не наугад, и связный текст рассыплется.", Answer, theme.Ink),
	))
	bar := NewActionBar(false)
	good := NewGrade(3, "Хорошо", "через 12 дней", "5 декабря", keys.Space, nil)
	good.Default = true
	more := NewButton("Точнее", Quiet, nil).Sized(44, 96)
	more.After, more.Plain, more.Colour = "caret-up", true, theme.Muted
	bar.Set(NewGrade(1, "Снова", "через 10 минут", "", "1", nil), good, more)
	return Pad(Insets{Top: 72}, Column(0, Flex(Limit(theme.SheetWidth, sheet)), bar.Object()))
}

func galleryWrite() fyne.CanvasObject {
	area := NewArea(Answer, 6, "SFT учит повторять готовые образцы, а хороший образец надо ещё написать. В RLHF человек только **сравнивает** ответы: сказать, какой из двух лучше, проще и дешевле, поэтому модель", "", nil)
	code := NewArea(Code, 6, "Модель выдаёт не слово, а **вероятности** всех токенов.\n\n- температура $T \\to 0$: почти всегда самый вероятный;\n- чем выше $T$, тем разнообразнее", "", nil)
	empty := NewArea(Answer, 3, "", "Своими словами, одной-двумя фразами", nil)
	bar := NewActionBar(false)
	gs := []fyne.CanvasObject{}
	for i, w := range []string{"Снова", "Трудно", "Хорошо", "Легко"} {
		g := NewGrade(i+1, w, []string{"10 минут", "6 дней", "12 дней", "21 день"}[i], "", keys.Key(rune('1'+i)), nil)
		g.Default = i == 2
		gs = append(gs, g)
	}
	bar.Set(gs...)
	return Pad(Insets{Top: 72}, Column(0, Flex(Limit(theme.SheetWidth, NewSheet(Sides(36, 64), Column(16, area, code, empty)))), bar.Object()))
}

func galleryYear() fyne.CanvasObject {
	var days []Day
	start := time.Date(2025, 11, 24, 0, 0, 0, 0, time.UTC)
	for i := range 365 {
		days = append(days, Day{Date: start.AddDate(0, 0, i), Level: (i * i * 7 % 11) % 5, Tip: "x"})
	}
	p := i18n.New("ru")
	heat := NewHeatmap(days, p.MonthName, p.Weekday, nil)
	var fortnight []Bar
	for i := range 14 {
		fortnight = append(fortnight, Bar{Value: float64(34 - i*3%20), Text: "21", Label: "23", Strong: i == 0})
	}
	b := NewBars(fortnight, nil)
	return Pad(Insets{Top: 72}, Limit(theme.WideWidth, Column(16,
		NewSheet(Insets{16, 32, 12, 32}, Column(10, Row(0, Middle, Flex(NewText("Год: 223 дня занятий, 2 840 ответов", Caption, theme.Muted)), HeatLegend()), heat)),
		Row(24, Top, Fixed(532, 0, NewSheet(Insets{20, 32, 16, 32}, Column(4, NewText("Что впереди?", Body, theme.Muted), NewText("Около 7 минут в день", Heading, theme.Ink), b)))))))
}

func galleryLoad() fyne.CanvasObject {
	p := i18n.New("ru")
	var cost []float64
	var before, after []float64
	for i := range 28 {
		cost = append(cost, 4+0.0009*float64(i*i*i))
		before, after = append(before, 67+14*(1-math.Exp(-float64(i)/8))), append(after, 67+24*(1-math.Exp(-float64(i)/10)))
	}
	slider := NewSlider(70, 99, 90, nil)
	slider.Ticks, slider.Dear = []int{70, 75, 80, 85, 90, 95, 97, 99}, 95
	slider.Cost = func(v int) string { return p.Int(int(cost[v-70]+0.5)) + " мин" }
	slider.SetCurve(cost)
	chart := NewChart(func(v float64) string { return p.Int(int(v)) })
	chart.Low, chart.Top, chart.Shaded = 60, 100, true
	chart.Marks = []Mark{{0, "сегодня"}, {9, "30 ноября"}, {18, "7 декабря"}, {27, "14 декабря"}}
	chart.Set(Line{after, "по плану 91", true}, Line{before, "как сейчас 77", false})
	fold := NewFold("Дополнительно", "шаги, порядок, модель памяти", Column(16,
		NewPicker([]string{"По порядку курса", "Наоборот"}, 0, nil), func() fyne.CanvasObject {
			row := Row(8, Top)
			for i, d := range strings.Split("Пн Вт Ср Чт Пт Сб Вс", " ") {
				row.Add(Share(1, NewLevel(d, [3]string{"обычно", "меньше", "минимум"}, i%3, nil)))
			}
			return row
		}()))
	fold.Open(true)
	var days []Bar
	for i := range 30 {
		days = append(days, Bar{Value: float64(20 + i*7%9), Was: float64(34 - i*3%20), Label: []string{"", "23", "", "", ""}[i%5]})
	}
	pair := NewBars(days, nil)
	pair.Paired = true
	return Pad(Insets{Top: 24}, Limit(theme.WideWidth, Row(24, Top,
		Flex(Column(24, NewSheet(Sides(24, 32), Column(24, slider, NewSlider(5, 30, 15, nil))), NewSheet(Sides(4, 32), fold))),
		Flex(Column(24, NewSheet(Sides(24, 32), chart), NewSheet(Sides(24, 32), pair))))))
}
