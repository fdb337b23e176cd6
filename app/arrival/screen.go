package arrival

import (
	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/nav"
)

// Object is for nav.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Key is for nav.Screen.
func (s *Screen) Key(keys.Key) bool { return false }

// Help is for nav.Screen.
func (s *Screen) Help() []nav.Hint { return nil }

// Bar is for nav.Screen.
func (s *Screen) Bar() nav.Bar { return nav.Bar{Title: s.o.Offer.Shipment.Release.Deck.Title} }

// Shown is for nav.Screen.
func (s *Screen) Shown() { s.o.Nav.Focus(nil) }

// Hidden is for nav.Screen.
func (s *Screen) Hidden() {}

// CanLeave is for nav.Screen.
func (s *Screen) CanLeave() (bool, nav.Question) { return true, nav.Question{} }

// Object is for nav.Screen.
func (s *Refused) Object() fyne.CanvasObject { return s.object }

// Key is for nav.Screen.
func (s *Refused) Key(keys.Key) bool { return false }

// Help is for nav.Screen.
func (s *Refused) Help() []nav.Hint { return nil }

// Bar is for nav.Screen.
func (s *Refused) Bar() nav.Bar { return nav.Bar{Title: s.o.Title} }

// Shown is for nav.Screen.
func (s *Refused) Shown() { s.o.Nav.Focus(nil) }

// Hidden is for nav.Screen.
func (s *Refused) Hidden() {}

// CanLeave is for nav.Screen.
func (s *Refused) CanLeave() (bool, nav.Question) { return true, nav.Question{} }
