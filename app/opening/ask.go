package opening

import (
	"path/filepath"
	"strings"

	"lectern/app/choose"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/lecture"
	"lectern/decks/subscribe"
)

// ask offers the ways to bring pages: files, an address, text. The address may be
// there already; one that could not be fetched comes again.
func (w *Opener) ask(address string) {
	p := w.o.Printer()
	if address == "" {
		address, w.missed = w.missed, ""
	}
	a := &asking{w: w, p: p, was: address}
	choose := kit.NewButton(p.T("open.choose"), kit.Secondary, func() {
		a.close()
		w.choose()
	}).WithIcon("folder-open")
	a.address = kit.NewField(address, p.T("open.address_hint"), func(string) { a.say() })
	lines := 6
	if w.o.Nav().Small() {
		lines = 3
	}
	a.text = kit.NewArea(kit.Body, lines, "", p.T("open.paste_hint"), func(string) { a.say() })
	a.host = kit.NewLabel("", kit.Caption, theme.Muted)
	a.address.Submitted = func(string) {
		if a.wanted() != "" && a.keep() == nil {
			a.close()
		}
	}
	a.say()
	paste := kit.NewButton(p.T("open.paste"), kit.Quiet, a.paste).WithIcon("copy")
	form := nav.Form{
		Title: p.T("open.title"),
		Content: kit.Column(8,
			kit.Row(16, kit.Middle, choose, kit.Flex(kit.NewLabel(formats(p), kit.Caption, theme.Muted))),
			kit.Gap(0, 4),
			kit.NewText(p.T("open.address"), kit.Caption, theme.Muted), a.address, a.host,
			kit.Gap(0, 0),
			kit.Row(12, kit.Middle, kit.Flex(kit.NewText(p.T("open.or_text"), kit.Caption, theme.Muted)), paste),
			a.text,
		),
		First: choose, Save: p.T("open.find"), Dirty: a.dirty, Keep: a.keep,
	}
	if isFeed(address) {
		form.Save = p.T("open.take_deck")
	}
	if address != "" {
		form.First = a.address.Focusable()
	}
	a.close = w.o.Nav().Form(form)
}

// asking is the form of the ways in.
type asking struct {
	w       *Opener
	p       *i18n.Printer
	was     string // the address it began with
	address *kit.Field
	text    *kit.Field
	host    *kit.Label
	close   func()
}

// wanted is the address that is typed, in whichever field; "" for none.
func (a *asking) wanted() string {
	if typed := strings.TrimSpace(a.address.Text()); typed != "" {
		return typed
	}
	if isAddress(a.text.Text()) {
		return strings.TrimSpace(a.text.Text())
	}
	return ""
}

// say names the host before anything is fetched from it.
func (a *asking) say() {
	switch host, err := hostOf(a.wanted()); {
	case a.wanted() == "":
		a.host.Set(a.p.T("open.address_note"))
	case err != nil:
		a.host.Set(a.p.T("open.address_bad"))
	case isFeed(a.wanted()):
		a.host.Set(a.p.T("open.address_deck", "Host", host))
	default:
		a.host.Set(a.p.T("open.address_host", "Host", host))
	}
}

// paste puts what is on the clipboard where it belongs.
func (a *asking) paste() {
	if got := a.w.o.Clipboard(); isAddress(got) {
		a.address.SetText(strings.TrimSpace(got))
	} else {
		a.text.SetText(got)
	}
	a.say()
}

func (a *asking) dirty() bool {
	return strings.TrimSpace(a.text.Text()) != "" || strings.TrimSpace(a.address.Text()) != a.was
}

func (a *asking) keep() error {
	if address := a.wanted(); address != "" {
		if _, err := hostOf(address); err != nil {
			return err
		}
		a.w.address(address, false)
		return nil
	}
	if strings.TrimSpace(a.text.Text()) == "" {
		return fault.New(fault.EmptyPage, nil)
	}
	a.w.Text(a.text.Text())
	return nil
}

// formats names what is read.
func formats(p *i18n.Printer) string {
	var names []string
	for _, f := range lecture.Formats {
		name, ok := called[f.Name]
		if !ok {
			name = p.T("open.format_" + f.Name)
		}
		names = append(names, name)
	}
	return p.T("open.formats", "Names", strings.Join(names, ", "))
}

// called are the formats that have one name in all languages.
var called = map[string]string{
	"asciidoc": "AsciiDoc", "docx": "DOCX", "html": "HTML", "latex": "LaTeX", "markdown": "Markdown", "pdf": "PDF", "rest": "reStructuredText",
}

// choose asks for files or a folder, beginning where something was chosen last.
func (w *Opener) choose() {
	p := w.o.Printer()
	choose.Ask(choose.Options{
		Printer: p, Nav: w.o.Nav(), Background: w.o.Background, Title: p.T("open.choose_title"), Dir: w.dir,
		Takes:   func(name string) bool { return readable(name) || packed(name) },
		Nothing: p.T("open.no_files"), Whole: p.T("open.take_folder"), Empty: p.T("open.folder_empty"),
		Chosen: func(paths []string) {
			w.dir = filepath.Dir(paths[0])
			w.Open(paths)
		},
	})
}

// packed tells of archives of pages and of authors' decks.
func packed(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".zip" || ext == subscribe.Extension || name == feed.Name
}

// readable tells by a file's ending whether a lecture comes in such files.
func readable(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return lecture.Reads(ext)
}
