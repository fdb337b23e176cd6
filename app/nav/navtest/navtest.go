// Package navtest is a navigator without a window: it writes down what a
// screen asked for, so that a test can look.
package navtest

import (
	"fyne.io/fyne/v2"

	"lectern/app/nav"
)

// Navigator implements nav.Navigator. The zero value is ready.
type Navigator struct {
	Stack     []nav.Screen   // screens gone to and not left
	Wanted    []string       // "go", "replace", "back", "home", "open", "undo", "redo" in order
	Opened    []string       // paths given to Open
	Toasts    []string       //
	Offered   []nav.Action   // actions of toasts
	Errors    []error        //
	Questions []nav.Question //
	Sheets    []string       // titles
	Forms     []nav.Form     //
	Waits     []func()       // the ways to stop, in order
	Menus     [][]nav.Action //
	Bars      int            // calls of RefreshBar
	Focused   fyne.Focusable // the latest wish
	IsSmall   bool           // what Small answers

	// AnswerYes makes Ask run the question's action at once.
	AnswerYes bool
}

var _ nav.Navigator = (*Navigator)(nil)

func (n *Navigator) note(what string) { n.Wanted = append(n.Wanted, what) }

// Go shows s over the present screen.
func (n *Navigator) Go(s nav.Screen) {
	n.note("go")
	n.Stack = append(n.Stack, s)
}

// Replace shows s instead of the present screen.
func (n *Navigator) Replace(s nav.Screen) {
	n.note("replace")
	if len(n.Stack) > 0 {
		n.Stack = n.Stack[:len(n.Stack)-1]
	}
	n.Stack = append(n.Stack, s)
}

// Back leaves the present screen.
func (n *Navigator) Back() {
	n.note("back")
	if len(n.Stack) > 0 {
		n.Stack = n.Stack[:len(n.Stack)-1]
	}
}

// Home leaves every screen.
func (n *Navigator) Home() { n.note("home"); n.Stack = nil }

// Open notes the paths.
func (n *Navigator) Open(paths ...string) { n.note("open"); n.Opened = append(n.Opened, paths...) }

// RefreshBar counts.
func (n *Navigator) RefreshBar() { n.Bars++ }

// Focus notes the wish.
func (n *Navigator) Focus(f fyne.Focusable) { n.Focused = f }

// Small answers IsSmall.
func (n *Navigator) Small() bool { return n.IsSmall }

// Toast notes the text and its actions.
func (n *Navigator) Toast(text string, a ...nav.Action) {
	n.Toasts = append(n.Toasts, text)
	n.Offered = append(n.Offered, a...)
}

// Error notes the error.
func (n *Navigator) Error(err error) { n.Errors = append(n.Errors, err) }

// Ask notes the question and, with AnswerYes, answers it.
func (n *Navigator) Ask(q nav.Question) {
	n.Questions = append(n.Questions, q)
	if n.AnswerYes && q.Yes.Do != nil {
		q.Yes.Do()
	}
}

// Sheet notes the title.
func (n *Navigator) Sheet(title string, _ fyne.CanvasObject, _ ...nav.Action) func() {
	n.Sheets = append(n.Sheets, title)
	return func() {}
}

// Form notes the form.
func (n *Navigator) Form(f nav.Form) func() {
	n.Forms = append(n.Forms, f)
	return func() {}
}

// Wait notes the way to stop.
func (n *Navigator) Wait(_ string, stop func()) (step func(done, total int), done func()) {
	n.Waits = append(n.Waits, stop)
	return func(int, int) {}, func() {}
}

// Count is Wait.
func (n *Navigator) Count(text string, _ func(done, total int) string, stop func()) (step func(done, total int), done func()) {
	return n.Wait(text, stop)
}

// Menu notes the items.
func (n *Navigator) Menu(_ fyne.CanvasObject, items []nav.Action) { n.Menus = append(n.Menus, items) }

// Undo notes the wish.
func (n *Navigator) Undo() { n.note("undo") }

// Redo notes the wish.
func (n *Navigator) Redo() { n.note("redo") }
