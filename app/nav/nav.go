// Package nav is the contract between the window and its screens.
//
// A screen is one thing the user does: look at today's cards, study, fix a
// card. The window (package shell) owns the bar on top, the stack of screens,
// the keyboard, dropped files, notices and dialogs; a screen owns what lies
// below the bar. A screen gets a [Navigator] when it is made and never touches
// the window itself, so every screen is tested with a navigator of its own
// ([lectern/app/nav/navtest]).
//
// Everything here is called on Fyne's goroutine. Work that takes longer than a
// frame runs elsewhere and comes back through fyne.Do.
package nav

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
)

// Screen is one screen. The window calls Object once for each time it is shown;
// it must give the same object while the screen lives, since nothing is rebuilt
// on a key press.
type Screen interface {
	// Object is what stands below the bar. It gets all the room down to the
	// window's lower edge and lays its own margins.
	Object() fyne.CanvasObject

	// Key takes a press that no text field wanted: digits, Space, Enter,
	// arrows, letters, chords. The screen comes before the window, so it may
	// have a Ctrl F or Ctrl Z of its own. It returns false for what it does not
	// use; Esc then goes back, Ctrl O opens, Ctrl F searches, Ctrl Z undoes.
	Key(keys.Key) bool

	// Help lists the screen's keys for the sheet that F1 opens.
	Help() []Hint

	// Bar says what stands on top. The window asks again after RefreshBar.
	Bar() Bar

	// Shown is called each time the screen comes to the front, after Object is
	// in the window: read what may have changed, set the focus.
	Shown()

	// Hidden is called when another screen covers or replaces it.
	Hidden()

	// CanLeave is asked before the screen is left for good. A false stops it
	// and puts the question to the user, whose "yes" leaves.
	CanLeave() (bool, Question)
}

// Fitter is a screen that lays itself out differently in a small window
// (narrower than 1000 or lower than 700). Fit is called before Shown and
// whenever the answer changes.
type Fitter interface{ Fit(small bool) }

// Opener is a screen that takes dropped or opened files itself; it returns
// false to let the window open them.
type Opener interface{ Open(paths []string) bool }

// Reloader is a screen whose numbers grow old; Reload is called when the user
// comes back to the window.
type Reloader interface{ Reload() }

// Tab is one of the three places the app's bar leads to.
type Tab int

// The tabs. NoTab is a task: the bar then shows the way back and the task's
// actions instead.
const (
	NoTab Tab = iota
	Today
	Cards
	Statistics
)

// Bar describes the strip on top of a screen.
type Bar struct {
	Tab  Tab  // not NoTab: the app's own bar with this tab lit; the rest is ignored
	None bool // no bar at all (first run)

	Close    bool   // × instead of ← for the way back
	Title    string // beside the arrow
	Subtitle string // muted, after the title

	Beside  fyne.CanvasObject   // after them: a choice of what is shown
	Middle  fyne.CanvasObject   // in the middle: what is left, a meter
	Actions []fyne.CanvasObject // at the right end; the primary button last
}

// Hint is one line of the help sheet: keys that do the same, and what it is.
type Hint struct {
	Keys []keys.Key
	Text string
}

// Action is something the user can do by a word: in a toast, a menu, a dialog.
type Action struct {
	Text     string
	Icon     string   // name in the icon set; "" for none
	Key      keys.Key // shown beside it
	Danger   bool     // error text; only where the text names the thing
	Disabled string   // not empty: cannot be done, and this is why
	Checked  bool     // in menus: a tick in front
	Divider  bool     // in menus: a line above
	Do       func()
}

// Question is a dialog: one sentence, what it means, and two ways out.
type Question struct {
	Title  string
	Text   string
	Yes    Action // what happens; Danger when it loses something
	No     string // the word for "stay"; "" takes the usual one
	Detail fyne.CanvasObject
}

// Form is a sheet of fields: what stands in it is kept or, after a question,
// given up; it is never lost by a stray key.
type Form struct {
	Title   string
	Content fyne.CanvasObject
	First   fyne.Focusable // gets the keyboard
	Save    string         // the word of its button; Ctrl Enter presses it
	Dirty   func() bool    // whether leaving would lose something
	Keep    func() error   // keeps it; an error is said in the form, which stays
}

// Navigator is the window as a screen sees it.
type Navigator interface {
	// Go shows a screen over the present one.
	Go(Screen)
	// Replace shows a screen instead of the present one.
	Replace(Screen)
	// Back leaves the present screen, after CanLeave.
	Back()
	// Home leaves everything and shows today.
	Home()
	// Open opens files (lecture pages, decks, packages) as if dropped; without
	// paths it asks the user for one.
	Open(paths ...string)

	// RefreshBar reads Bar again.
	RefreshBar()
	// Focus puts the keyboard into a field without the ring; nil takes it away,
	// so that the screen hears the keys.
	Focus(fyne.Focusable)
	// Small tells whether the window uses the small measures.
	Small() bool

	// Toast says what was done, for six seconds, with one action or two.
	Toast(text string, action ...Action)
	// Error says what went wrong, as an error notice that stays until closed.
	// A place where the thing would have been is better: see kit.ErrorLine.
	Error(err error)
	// Ask puts a question over the screen.
	Ask(Question)
	// Sheet shows a titled sheet over the screen with its own content; the
	// returned function closes it.
	Sheet(title string, content fyne.CanvasObject, actions ...Action) (close func())
	// Form shows a form over the screen; the returned function closes it
	// without a question.
	Form(Form) (close func())
	// Wait says that something takes long, once it has taken 300 ms: a line of
	// text and a bar, with the way to stop it. Step moves the bar and may be
	// called from any goroutine, a total of 0 is not known; ended takes all away
	// and may be called twice.
	Wait(text string, stop func()) (step func(done, total int), ended func())
	// Count is Wait for work that goes piece by piece: say puts into words how far
	// it has come.
	Count(text string, say func(done, total int) string, stop func()) (step func(done, total int), ended func())
	// Menu shows a menu under (or over) an object.
	Menu(at fyne.CanvasObject, items []Action)
	// Undo undoes the latest operation of the collection and says so.
	Undo()
	// Redo does it again.
	Redo()
}
