package i18n

import "lectern/decks/lint"

// Finding says what could be better in a card.
func (p *Printer) Finding(f lint.Finding) string {
	key := "lint." + string(f.Code)
	if f.N > 0 {
		return p.N(key, f.N)
	}
	return p.T(key)
}

// Fix names what a fix does, as a button says it.
func (p *Printer) Fix(f *lint.Fix) string {
	key := "lint.fix_" + string(f.Kind)
	if f.Kind == lint.Split {
		return p.N(key, len(f.Notes))
	}
	return p.T(key)
}
