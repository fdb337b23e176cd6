package main

import (
	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"

	"lectern/app/theme"
)

// emptyWindow is the least that a program with a window can be: what Lectern's
// start is measured against.
func emptyWindow() {
	a := fyneapp.NewWithID("app.lectern.Empty")
	w := a.NewWindow("Empty")
	w.SetContent(container.NewWithoutLayout())
	w.Resize(fyne.NewSize(theme.StartWidth, theme.StartHeight))
	w.ShowAndRun()
}
