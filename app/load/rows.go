package load

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/scheduler"
)

// plain is the sheet with the settings that everyone may want, and the others
// folded away.
func (s *Screen) plain() fyne.CanvasObject {
	p := s.o.Printer
	ends := kit.NewLabel(" ", kit.Caption, theme.Muted)
	s.shows = append(s.shows, func(pr scheduler.Preset) { ends.Set(s.newEnds(pr)) })
	two := s.segment([]string{p.T("load.two"), p.T("load.four")}, func(pr *scheduler.Preset) int {
		if pr.FourButtons {
			return 1
		}
		return 0
	}, func(pr *scheduler.Preset, i int) { pr.FourButtons = i == 1 })
	more := kit.NewFold(p.T("load.advanced"), p.T("load.advanced_note"), s.advanced())
	return kit.NewSheet(kit.Sides(4, 40), kit.Column(0,
		row(p.T("load.new"), ends, s.number("load.per_day", 0, 9999, func(pr *scheduler.Preset) *int { return &pr.NewPerDay })),
		kit.Rule(),
		s.row("load.reviews", s.number("load.per_day", 0, 9999, func(pr *scheduler.Preset) *int { return &pr.ReviewsPerDay })),
		kit.Rule(),
		s.row("load.buttons", two),
		kit.Rule(), more))
}

// newEnds says how long the unseen cards last.
func (s *Screen) newEnds(pr scheduler.Preset) string {
	p := s.o.Printer
	uses := map[string]bool{}
	for _, info := range s.presets {
		if info.ID == s.id {
			for _, d := range info.Decks {
				uses[d] = true
			}
		}
	}
	unseen, days := 0, 0
	for _, d := range s.decks {
		if n := d.Cards - d.Studied; uses[d.ID] && n > 0 {
			unseen += n
			if pr.NewPerDay > 0 {
				days = max(days, (n+pr.NewPerDay-1)/pr.NewPerDay)
			}
		}
	}
	switch {
	case unseen == 0:
		return p.T("load.new_none")
	case pr.NewPerDay == 0:
		return p.T("load.new_waits", "Cards", p.Int(unseen))
	}
	return p.N("load.new_ends", days, "Cards", p.Int(unseen))
}

// entry is a control with the line under it that says what is wrong.
type entry struct {
	control fyne.CanvasObject
	wrong   *kit.Label
	at      *fyne.Container // the row
}

// fail says what is wrong, or with "" that nothing is.
func (e *entry) fail(text string) {
	if e.wrong.Text == text {
		return
	}
	e.wrong.Set(text)
	if text == "" {
		e.wrong.Hide()
	} else {
		e.wrong.Show()
	}
	kit.Relayout(e.at)
}

// row is a setting: its name over a line of explanation, its control at the
// right.
func row(name string, why fyne.CanvasObject, e *entry) fyne.CanvasObject {
	words := kit.Column(0, kit.NewLabel(name, kit.Body, theme.Ink), why)
	line := kit.Row(24, kit.Middle, kit.Flex(words), e.control)
	all := kit.Column(6, kit.Fixed(0, 0, line))
	if e.wrong != nil {
		all.Add(e.wrong)
		e.at = all
	}
	return kit.Pad(kit.Sides(12, 0), all)
}

// row explains a setting with the catalogue's key + "_why".
func (s *Screen) row(key string, e *entry) fyne.CanvasObject {
	return row(s.o.Printer.T(key), kit.NewLabel(s.o.Printer.T(key+"_why"), kit.Caption, theme.Muted), e)
}

// field is a setting that is typed. Read takes the text apart and says in a
// sentence what is wrong with it; write shows what holds. What was typed is kept
// when the field is left or Enter is pressed.
func (s *Screen) field(width float32, after string, write func(scheduler.Preset) string, read func(string) (func(*scheduler.Preset), string)) *entry {
	wrong := kit.NewLabel("", kit.Caption, theme.Error)
	wrong.Align = fyne.TextAlignTrailing
	wrong.Hide()
	e := &entry{wrong: wrong}
	shown := "" // what holds
	f := kit.NewField("", "", func(text string) {
		_, bad := read(text)
		e.fail(bad)
	})
	keep := func() {
		if f.Text() == shown {
			return
		}
		set, bad := read(f.Text())
		if bad == "" && s.change(set) {
			f.SetText(shown) // as it is written usually
			e.fail("")
			return
		}
		typed := f.Text()
		f.SetText(shown)
		if bad != "" {
			e.fail(s.o.Printer.T("load.kept", "Text", strings.TrimSpace(typed), "Why", bad, "Holds", shown))
		}
	}
	f.Left = func(string) { keep() }
	f.Submitted = f.Left
	if after != "" {
		f.After = kit.NewText(after, kit.Caption, theme.Muted)
	}
	s.flushes = append(s.flushes, keep)
	s.shows = append(s.shows, func(pr scheduler.Preset) {
		if text := write(pr); text != shown {
			shown = text
			f.SetText(text)
			e.fail("")
		}
	})
	e.control = kit.Fixed(width, 0, f)
	return e
}

const numberWide = 136

// number is a setting of a whole number from low to high, with a unit.
func (s *Screen) number(unit string, low, high int, at func(*scheduler.Preset) *int) *entry {
	p := s.o.Printer
	return s.field(numberWide, p.T(unit), func(pr scheduler.Preset) string { return strconv.Itoa(*at(&pr)) },
		func(text string) (func(*scheduler.Preset), string) {
			n, err := parseInt(text)
			if err != nil || n < low || n > high {
				return nil, p.T("load.want_number", "Low", p.Int(low), "High", p.Int(high))
			}
			return func(pr *scheduler.Preset) { *at(pr) = n }, ""
		})
}

// parseInt reads a whole number however its digits are grouped.
func parseInt(text string) (int, error) {
	text = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return r
	}, text)
	return strconv.Atoi(text)
}

// steps is a setting of learning steps.
func (s *Screen) steps(at func(*scheduler.Preset) *[]time.Duration) *entry {
	p := s.o.Printer
	return s.field(240, "", func(pr scheduler.Preset) string { return formatSteps(p, *at(&pr)) },
		func(text string) (func(*scheduler.Preset), string) {
			list, err := parseSteps(text)
			var bad *stepError
			if errors.As(err, &bad) {
				return nil, p.T(bad.key, "Word", bad.word)
			}
			return func(pr *scheduler.Preset) { *at(pr) = list }, ""
		})
}

// hour is the setting of the day's start: "4", "4:00", "04:00".
func (s *Screen) hour() *entry {
	p := s.o.Printer
	return s.field(numberWide, "", func(pr scheduler.Preset) string {
		return time.Date(2000, 1, 1, pr.RolloverHour, 0, 0, 0, time.UTC).Format("15:04")
	},
		func(text string) (func(*scheduler.Preset), string) {
			whole, part, _ := strings.Cut(strings.NewReplacer(".", ":", "-", ":").Replace(strings.TrimSpace(text)), ":")
			n, err := strconv.Atoi(whole)
			if err != nil || n < 0 || n > 23 || strings.Trim(part, "0") != "" {
				return nil, p.T("load.want_hour")
			}
			return func(pr *scheduler.Preset) { pr.RolloverHour = n }, ""
		})
}

// segment is a switch between a few words.
func (s *Screen) segment(words []string, get func(*scheduler.Preset) int, set func(*scheduler.Preset, int)) *entry {
	var c *kit.Segment
	c = kit.NewSegment(words, 0, func(i int) {
		if !s.change(func(pr *scheduler.Preset) { set(pr, i) }) {
			c.Set(get(&s.preset))
		}
	})
	s.shows = append(s.shows, func(pr scheduler.Preset) { c.Set(get(&pr)) })
	return &entry{control: c}
}

// check is a tick box.
func (s *Screen) check(at func(*scheduler.Preset) *bool) *entry {
	var c *kit.Check
	c = kit.NewCheck("", false, func(on bool) {
		if !s.change(func(pr *scheduler.Preset) { *at(pr) = on }) {
			c.Set(*at(&s.preset))
		}
	})
	s.shows = append(s.shows, func(pr scheduler.Preset) { c.Set(*at(&pr)) })
	return &entry{control: c}
}

// picker is a choice of many words.
func (s *Screen) picker(words []string, get func(*scheduler.Preset) int, set func(*scheduler.Preset, int)) *entry {
	var c *kit.Picker
	c = kit.NewPicker(words, -1, func(i int) {
		if !s.change(func(pr *scheduler.Preset) { set(pr, i) }) {
			c.Set(get(&s.preset))
		}
	})
	s.shows = append(s.shows, func(pr scheduler.Preset) { c.Set(get(&pr)) })
	return &entry{control: kit.Fixed(pickerWide, 0, c)}
}

const pickerWide = 300
