package sharing

import (
	"fyne.io/fyne/v2"

	"lectern/app/kit"
	"lectern/app/theme"
)

// kind is what a deck becomes.
type kind string

// The kinds; their names are those of the catalogue.
const (
	asPackage kind = "package"
	asTable   kind = "table"
	asCourse  kind = "course"
	toPrint   kind = "print"
)

// forms are the lines of the list in their order.
var forms = []form{
	{kind: asPackage, ext: ".lectern", icon: "package"},
	{kind: asTable, ext: ".csv", icon: "list-bullets"},
	{kind: asCourse, icon: "file-text"},
	{kind: toPrint, ext: ".html", icon: "book-open"},
}

// form is a line of the screen: one way to give a deck away.
type form struct {
	kind kind
	ext  string // "" for a folder
	icon string
	item *kit.Item
}

// form is the chosen one.
func (s *Screen) form() *form { return s.forms[s.on] }

func (s *Screen) formAt(k kind) int {
	for i, f := range s.forms {
		if f.kind == k {
			return i
		}
	}
	return 0
}

func (s *Screen) add(f form) {
	p, at := s.o.Printer, len(s.forms)
	line := kit.Row(12, kit.Middle,
		kit.Fixed(24, 0, kit.Icon(f.icon, 20, theme.Muted)),
		kit.Flex(kit.Column(0, kit.NewText(p.T("share."+string(f.kind)), kit.Body, theme.Ink), kit.NewText(p.T("share.why_"+string(f.kind)), kit.Caption, theme.Muted))))
	if f.kind == toPrint {
		line.Add(s.layout)
	}
	f.item = kit.NewItem(kit.Sides(0, edge), kit.Fixed(0, 58, line), func() { s.choose(at) })
	f.item.Select(at == 0)
	s.forms = append(s.forms, &f)
	s.list.Add(f.item)
}

// refresh says what the chosen form holds, and offers what can be chosen for it.
func (s *Screen) refresh() {
	if !s.known {
		return
	}
	p, x, f := s.o.Printer, s.has, s.form()
	title := p.N("share.questions", x.Notes)
	if x.Pictures > 0 && f.kind != asTable {
		title += ", " + p.N("share.pictures", x.Pictures)
	}
	s.title.Colour = theme.Ink
	s.title.Set(title)
	s.says.Set(s.sentence())
	s.notes.Objects = s.warnings()
	s.choices.Objects = s.offers()
	s.save.SetDisabled(s.unready())
	kit.Relayout(s.object)
}

// sentence says in one sentence what else stands in the file, and what does not.
func (s *Screen) sentence() string {
	p := s.o.Printer
	past := s.withPast()
	switch {
	case s.has.Signed != nil && s.form().kind == asPackage:
		return p.T("share.holds_signed", "Author", s.has.Signed.Author.Author)
	case s.withMine() && past:
		return p.T("share.holds_mine_past")
	case s.withMine():
		return p.T("share.holds_mine")
	case s.has.Mine == 0 && past:
		return p.T("share.holds_all_past")
	case s.has.Mine == 0:
		return p.T("share.holds_all")
	case past:
		return p.T("share.holds_past")
	}
	return p.T("share.holds")
}

// warnings say what is missing.
func (s *Screen) warnings() (out []fyne.CanvasObject) {
	p, x, f := s.o.Printer, s.has, s.form()
	switch {
	case f.kind == asPackage && x.Held != nil:
		out = append(out, kit.NewErrorLine(p.Fault(x.Held), "", nil))
	case f.kind == asTable && x.Pictures+len(x.Missing) > 0:
		out = append(out, kit.NewNotice(kit.Plain, "image", "", p.T("share.no_pictures"), nil))
	case f.kind != asTable && len(x.Missing) > 0:
		out = append(out, kit.NewNotice(kit.Warning, "image", p.N("share.missing", len(x.Missing)), s.some(x.Missing), nil))
	}
	return out
}

// some names the first of what may be many.
func (s *Screen) some(names []string) string {
	const most = 4
	text := ""
	for i, name := range names {
		if i == most {
			return text + " " + s.o.Printer.N("share.and_more", len(names)-most)
		}
		if i > 0 {
			text += ", "
		}
		text += kit.Caption.Elide(name, 240)
	}
	return text
}

// offers are what can be chosen for the form.
func (s *Screen) offers() (out []fyne.CanvasObject) {
	p, x := s.o.Printer, s.has
	if s.named() {
		out = append(out, kit.Row(24, kit.Middle,
			kit.Flex(kit.Column(2, kit.NewLabel(p.T("share.name"), kit.Body, theme.Ink), kit.NewLabel(p.T("share.name_why"), kit.Caption, theme.Muted))),
			kit.Fixed(280, 0, s.name)))
	}
	check := func(c *kit.Check, why string) {
		out = append(out, kit.Column(4, c, kit.Pad(kit.Insets{Left: 32}, kit.NewLabel(why, kit.Caption, theme.Muted))))
	}
	if x.Mine > 0 && (x.Signed == nil || s.form().kind != asPackage) {
		check(s.mine, p.N("share.mine_why", x.Mine))
	}
	if x.Reviews > 0 && s.named() {
		check(s.past, p.N("share.past_why", x.Reviews))
	}
	if len(out) == 0 {
		key := "share.nothing_mine"
		if s.form().kind == asPackage {
			key = "share.passed_why"
		}
		out = append(out, kit.NewLabel(p.T(key), kit.Caption, theme.Muted))
	}
	return out
}
