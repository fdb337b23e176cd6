package shell

import (
	"time"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/fault"
)

// Toast says what was done; it takes the place of the one before.
func (s *Shell) Toast(text string, actions ...nav.Action) {
	for _, o := range s.toasts.Objects {
		if old := o.(*kit.Toast); !old.Bad() {
			old.Close()
			break
		}
	}
	var last nav.Action
	if len(actions) > 0 {
		last = actions[len(actions)-1]
	}
	if last.Do == nil {
		last.Do = func() {}
	}
	t := kit.NewToast(text, last.Text, last.Key, last.Do, s.removeToast)
	if len(actions) > 1 {
		t.Also(actions[0].Text, actions[0].Do)
	}
	s.toasts.Add(t)
	s.toasts.Refresh()
	t.Start()
}

// Error says what went wrong and stays until it is closed. The same sentence
// is not said twice.
func (s *Shell) Error(err error) {
	if err == nil || fault.Of(err).Code == fault.Cancelled {
		return
	}
	s.closeError()
	t := kit.NewErrorToast(s.o.Words().Fault(err), err.Error(), s.removeToast)
	s.toasts.Add(t)
	s.toasts.Refresh()
}

func (s *Shell) removeToast(t *kit.Toast) {
	for i, o := range s.toasts.Objects {
		if o == t {
			s.toasts.Objects = append(s.toasts.Objects[:i:i], s.toasts.Objects[i+1:]...)
			s.toasts.Refresh()
			return
		}
	}
}

// closeError takes an error notice away and tells whether there was one.
func (s *Shell) closeError() bool {
	for _, o := range s.toasts.Objects {
		if t := o.(*kit.Toast); t.Bad() {
			t.Close()
			return true
		}
	}
	return false
}

// toastLayout stacks notices above the window's lower edge, or above the
// action bar of a task.
type toastLayout struct{ s *Shell }

func (l *toastLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l *toastLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := size.Height - theme.MarginSmall
	if l.s.task {
		y = size.Height - theme.ActionBar - 12
		if l.s.small {
			y = size.Height - theme.ActionBarSmall - 12
		}
	}
	for _, o := range objects {
		t := o.(*kit.Toast)
		w := t.Width(size.Width)
		h := t.HeightFor(w)
		y -= h
		t.Move(fyne.NewPos(float32(int((size.Width-w)/2)), y))
		t.Resize(fyne.NewSize(w, h))
		y -= 12
	}
}

// Ask puts a question over the screen.
func (s *Shell) Ask(q nav.Question) { s.ask(q, nil) }

func (s *Shell) ask(q nav.Question, closed func()) {
	body := kit.Column(12)
	if q.Text != "" {
		body.Add(kit.NewLabel(q.Text, kit.Body, theme.Muted))
	}
	if q.Detail != nil {
		body.Add(q.Detail)
	}
	stay := q.No
	if stay == "" {
		stay = s.t("shell.stay")
	}
	var over *kit.Overlay
	no := kit.NewButton(stay, kit.Quiet, func() { over.Close() }).WithKey(keys.Esc)
	kind := kit.Primary
	if q.Yes.Danger {
		kind = kit.Destructive
	}
	yes := kit.NewButton(q.Yes.Text, kind, func() {
		over.Close()
		if q.Yes.Do != nil {
			q.Yes.Do()
		}
	}).WithKey(q.Yes.Key)
	over = kit.ShowSheet(s.win.Canvas(), q.Title, 480, body, closed, no, yes)
}

// Sheet shows a titled sheet over the screen.
func (s *Shell) Sheet(title string, content fyne.CanvasObject, actions ...nav.Action) func() {
	var over *kit.Overlay
	buttons := make([]*kit.Button, len(actions))
	for i, a := range actions {
		kind := kit.Quiet
		switch {
		case a.Danger:
			kind = kit.Destructive
		case i == len(actions)-1:
			kind = kit.Primary
		}
		buttons[i] = kit.NewButton(a.Text, kind, func() {
			over.Close()
			if a.Do != nil {
				a.Do()
			}
		}).WithIcon(a.Icon).WithKey(a.Key)
		buttons[i].SetDisabled(a.Disabled)
	}
	over = kit.ShowSheet(s.win.Canvas(), title, theme.MeasureWidth, content, nil, buttons...)
	return over.Close
}

// Form shows a form over the screen.
func (s *Shell) Form(f nav.Form) func() {
	var over *kit.Overlay
	trouble := kit.Column(0)
	trouble.Hide()
	keep := func() {
		err := f.Keep()
		if err == nil {
			over.Close()
			return
		}
		trouble.Objects = []fyne.CanvasObject{kit.NewErrorLine(s.o.Words().Fault(err), err.Error(), nil)}
		trouble.Show()
		kit.Relayout(trouble)
	}
	save := kit.NewButton(f.Save, kit.Primary, keep).WithKey(keys.CtrlEnter)
	over = kit.ShowSheet(s.win.Canvas(), f.Title, theme.MeasureWidth, kit.Column(12, f.Content, trouble), nil, save)
	over.Guard = func() bool {
		if f.Dirty == nil || !f.Dirty() {
			return true
		}
		var ask *kit.Overlay
		stay := kit.NewButton(s.t("shell.form_stay"), kit.Quiet, func() { ask.Close() }).WithKey(keys.Esc)
		drop := kit.NewButton(s.t("shell.form_drop"), kit.Destructive, func() { ask.Close(); over.Close() })
		yes := kit.NewButton(f.Save, kit.Primary, func() { ask.Close(); keep() }).WithKey(keys.Enter)
		ask = kit.ShowSheet(s.win.Canvas(), s.t("shell.form_title"), 520, nil, nil, stay, drop, yes)
		return false
	}
	if f.First != nil {
		s.Focus(f.First)
	}
	return over.Close
}

// Wait says that something takes long, once it does.
func (s *Shell) Wait(text string, stop func()) (step func(done, total int), done func()) {
	meter := kit.NewMeter(0)
	return meter.Count, s.waiting(text, kit.Pad(kit.Sides(4, 0), meter), stop)
}

// Count is Wait with words under the bar.
func (s *Shell) Count(text string, say func(done, total int) string, stop func()) (step func(done, total int), done func()) {
	meter, words := kit.NewMeter(0), kit.NewText("\u00a0", kit.Caption, theme.Muted)
	step = func(done, total int) {
		meter.Count(done, total)
		fyne.Do(func() { words.Set(say(done, total)) })
	}
	return step, s.waiting(text, kit.Pad(kit.Sides(4, 0), kit.Column(8, meter, words)), stop)
}

// waiting shows what says how far work has come, with a way to stop it.
func (s *Shell) waiting(text string, progress fyne.CanvasObject, stop func()) (done func()) {
	var over *kit.Overlay
	ended := false
	show := func() {
		if ended {
			return
		}
		button := kit.NewButton(s.t("shell.stop"), kit.Quiet, func() { over.Close() }).WithKey(keys.Esc)
		over = kit.ShowSheet(s.win.Canvas(), text, 480, progress, func() {
			if !ended {
				ended = true
				stop()
			}
		}, button)
	}
	if s.patience <= 0 {
		show()
	} else {
		time.AfterFunc(s.patience, func() { fyne.Do(show) })
	}
	return func() {
		if ended {
			return
		}
		ended = true
		if over != nil {
			over.Close()
		}
	}
}

// Menu shows a menu at an object.
func (s *Shell) Menu(at fyne.CanvasObject, actions []nav.Action) {
	items := make([]kit.MenuItem, len(actions))
	for i, a := range actions {
		items[i] = kit.MenuItem{
			Text: a.Text, Icon: a.Icon, Key: a.Key, Danger: a.Danger, Disabled: a.Disabled,
			Checked: a.Checked, Divider: a.Divider, Do: a.Do,
		}
	}
	kit.ShowMenu(at, items, nil)
}
