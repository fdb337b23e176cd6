package shell

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
)

// A notice may have two acts; each does its own and takes the notice away.
func TestToastWithTwoActs(t *testing.T) {
	f := start(t, theme.LightMode)
	var did []string
	act := func(name string) nav.Action {
		return nav.Action{Text: name, Do: func() { did = append(did, name) }}
	}
	for _, name := range []string{"What changed", "Undo"} {
		f.Toast("Updated", act("What changed"), act("Undo"))
		if len(f.toasts.Objects) != 1 {
			t.Fatalf("%d notices", len(f.toasts.Objects))
		}
		var found *kit.Button
		var look func(fyne.CanvasObject)
		look = func(o fyne.CanvasObject) {
			switch x := o.(type) {
			case *fyne.Container:
				for _, c := range x.Objects {
					look(c)
				}
			case *kit.Button:
				if x.Text == name {
					found = x
				}
			case fyne.Widget:
				for _, c := range test.WidgetRenderer(x).Objects() {
					look(c)
				}
			}
		}
		look(f.toasts)
		if found == nil {
			t.Fatalf("there is no %q", name)
		}
		test.Tap(found)
		if len(f.toasts.Objects) != 0 {
			t.Error("the notice stays")
		}
	}
	if len(did) != 2 || did[0] != "What changed" || did[1] != "Undo" {
		t.Errorf("did %v", did)
	}
}
