package saving

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
)

// blank is a screen with nothing on it.
type blank struct{}

func (*blank) Object() fyne.CanvasObject      { return kit.Column(0) }
func (*blank) Key(keys.Key) bool              { return false }
func (*blank) Help() []nav.Hint               { return nil }
func (*blank) Bar() nav.Bar                   { return nav.Bar{Title: "Lectern"} }
func (*blank) Shown()                         {}
func (*blank) Hidden()                        {}
func (*blank) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
