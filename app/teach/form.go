package teach

import (
	"os"
	"path/filepath"
	"strings"

	"lectern/app/choose"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/saving"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/course"
	"lectern/decks/fault"
)

// licenses are offered; the last is none.
var licenses = []string{"CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-SA-4.0", "CC0-1.0", ""}

// form asks what a new course is called and where it lies.
type form struct {
	s       *Screen
	title   *kit.Field
	folder  *kit.Field
	author  *kit.Field
	lang    *kit.Segment
	license *kit.Picker
	own     bool   // the folder is the user's choice, and does not follow the title
	base    string // the folder in which the course's will lie
}

// make asks for a new course.
func (s *Screen) make() {
	p := s.o.Printer
	f := &form{s: s, base: documents()}
	if len(s.places) > 0 {
		f.base = filepath.Dir(s.places[0].Dir)
	}
	f.title = kit.NewField("", p.T("teach.title_hint"), func(string) { f.follow() })
	f.folder = kit.NewField(f.base+string(filepath.Separator), "", func(string) { f.own = true })
	f.author = kit.NewField("", p.T("teach.author_hint"), nil)
	var names []string
	at := 0
	for i, lang := range i18n.Languages {
		names = append(names, i18n.New(lang).T("first.language"))
		if lang == p.Lang() {
			at = i
		}
	}
	f.lang = kit.NewSegment(names, at, nil)
	var words []string
	for _, l := range licenses {
		if l == "" {
			l = p.T("teach.no_license")
		}
		words = append(words, l)
	}
	f.license = kit.NewPicker(words, 1, nil)
	pick := kit.NewButton(p.T("teach.choose"), kit.Quiet, f.choose).WithIcon("folder-open")
	label := func(key string) *kit.Text { return kit.NewText(p.T(key), kit.Caption, theme.Muted) }
	s.o.Nav.Form(nav.Form{
		Title: p.T("teach.new_title"),
		Content: kit.Column(6,
			label("teach.field_title"), f.title, kit.Gap(0, 4),
			label("teach.field_folder"), kit.Row(8, kit.Middle, kit.Flex(f.folder), pick), kit.Gap(0, 4),
			label("teach.field_author"), f.author, kit.Gap(0, 4),
			kit.Row(24, kit.Top,
				kit.Column(6, label("teach.field_lang"), f.lang),
				kit.Flex(kit.Column(6, label("teach.field_license"), f.license))),
			kit.Gap(0, 4), kit.NewLabel(p.T("teach.new_why"), kit.Caption, theme.Muted),
		),
		First: f.title.Focusable(), Save: p.T("teach.make"),
		Dirty: func() bool { return strings.TrimSpace(f.title.Text()+f.author.Text()) != "" || f.own },
		Keep:  f.keep,
	})
}

// follow names the folder after the course.
func (f *form) follow() {
	if !f.own {
		f.folder.SetText(filepath.Join(f.base, saving.Clean(f.title.Text())))
	}
}

func (f *form) choose() {
	p := f.s.o.Printer
	choose.Ask(choose.Options{
		Printer: p, Nav: f.s.o.Nav, Background: f.s.o.Background, Title: p.T("teach.parent_title"), Dir: f.base, Folders: true,
		Nothing: p.T("teach.no_folders"), Whole: p.T("teach.this_folder"),
		Chosen: func(paths []string) {
			f.base, f.own = paths[0], false
			f.follow()
			f.s.o.Nav.Focus(f.title.Focusable())
		},
	})
}

func (f *form) keep() error {
	title, dir := strings.TrimSpace(f.title.Text()), strings.TrimSpace(f.folder.Text())
	switch {
	case title == "":
		return fault.New(fault.NoTitle, nil)
	case !filepath.IsAbs(dir):
		return fault.New(fault.UnwritableFile, nil, "name", dir)
	}
	return f.s.begin(filepath.Clean(dir), course.Starter{
		Title: title, Lang: i18n.Languages[f.lang.On], Author: strings.TrimSpace(f.author.Text()), License: licenses[f.license.On],
	})
}

// documents is the folder in which people keep their own.
func documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return choose.Start()
	}
	for _, name := range []string{"Documents", "Документы"} {
		if info, err := os.Stat(filepath.Join(home, name)); err == nil && info.IsDir() {
			return filepath.Join(home, name)
		}
	}
	return home
}
