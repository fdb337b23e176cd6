package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/fault"
)

// backups lists what can be offered to go back to, the newest first.
func (p *Program) backups() []collection.BackupInfo {
	all, _ := collection.ListBackups(p.dir) // none can be offered then
	return slices.DeleteFunc(all, func(b collection.BackupInfo) bool { return slices.Contains(p.bad, b.Path) })
}

// restore replaces the collection by a backup and begins anew with it. Where
// that fails, or is stopped, the present one is opened again.
func (p *Program) restore(path string) {
	if p.restoring {
		return
	}
	p.restoring, p.ready = true, false // what is to be opened waits
	p.halt()
	ctx, cancel := context.WithCancel(context.Background())
	step, done := p.Nav.Wait(p.words.T("trouble.restoring"), cancel)
	open := p.Collection
	go func() {
		var err error
		if open != nil {
			err = open.Close()
		}
		if err == nil {
			err = collection.RestoreBackup(ctx, p.dir, path, step)
		}
		fyne.Do(func() {
			cancel()
			done()
			p.restoring = false
			if fault.Is(err, fault.BadBackup) {
				p.bad = append(p.bad, path)
			}
			p.restored(err)
		})
	}()
}

// restored goes on after a restore with what lies there now; err is why it
// failed.
func (p *Program) restored(err error) {
	p.Collection = nil
	if again := p.load(); again != nil {
		p.troubled(again)
		p.Nav.Error(err)
		return
	}
	if pref, err := p.chosen(); err == nil {
		p.words = i18n.New(pref.Lang)
		p.app.Settings().SetTheme(theme.New(pref.Mode))
	}
	p.warm()
	p.start()
	if err != nil {
		p.Nav.Error(err)
		return
	}
	p.Nav.Toast(p.words.T("trouble.restored"))
	p.openFiles(nil)
}
