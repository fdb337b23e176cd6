package launch

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lectern/app/kit"
	"lectern/app/teach/bench"
	"lectern/app/theme"
	"lectern/decks/feed/qr"
)

// doneView is what an author does with a release that is out.
type doneView struct {
	s    *Screen
	site string
	out  bench.Launched
	seq  int64
}

func newDone(s *Screen, site string, out bench.Launched) *doneView {
	return &doneView{s, site, out, out.Seq}
}

// codeSide is the side of the link as a picture.
const codeSide = 208

func (v *doneView) show(body *fyne.Container) {
	s, p, out := v.s, v.s.o.Printer, &v.out
	title := p.T("launch.done", "N", p.Int(int(out.Seq)))
	if !out.New {
		title = p.T("launch.done_pages")
	}
	body.Add(kit.NewSheet(kit.Sides(28, 32), kit.Column(0,
		kit.Row(12, kit.Top, kit.Fixed(28, 32, kit.Icon("check", 24, theme.Accent)), kit.Flex(kit.NewLabel(title, kit.Heading, theme.Ink))), kit.Gap(0, 8),
		kit.NewLabel(p.N("launch.done_files", out.Files, "Folder", v.site), kit.Body, theme.Muted), kit.Gap(0, 20),
		kit.NewLabel(p.T("launch.upload"), kit.Body.Strong(), theme.Ink), kit.Gap(0, 4),
		kit.NewLabel(v.upload(), kit.Body, theme.Muted), kit.Gap(0, 16),
		kit.Row(8, kit.Middle,
			kit.NewButton(p.T("teach.reveal"), kit.Secondary, func() { s.open(v.site) }).WithIcon("folder-open").Sized(theme.ControlSmall, 0),
			kit.NewButton(p.T("launch.see_page"), kit.Quiet, func() { s.open(out.Page) }).WithIcon("arrow-square-out").Sized(theme.ControlSmall, 0),
			kit.Spring()))))
	if out.Unreached != nil {
		body.Add(kit.NewNotice(kit.Warning, "warning", "", p.T("launch.unreached"), nil))
	}
	body.Add(v.link())
	body.Add(sheet(p.T("launch.whose"),
		kit.NewText(v.out.Fingerprint, kit.Title, theme.Ink), kit.Gap(0, 4),
		kit.NewLabel(p.T("launch.whose_why"), kit.Body, theme.Muted)))
}

// upload says where the folder goes.
func (v *doneView) upload() string {
	p := v.s.o.Printer
	if v.out.Link == "" {
		return p.T("launch.upload_anywhere")
	}
	return p.T("launch.upload_to", "Address", v.s.state.Deck.Feed)
}

// link is what students are given.
func (v *doneView) link() fyne.CanvasObject {
	s, p, out := v.s, v.s.o.Printer, &v.out
	file := filepath.Join(v.site, filepath.FromSlash(out.Feed.Latest().Package.Path))
	if out.Link == "" {
		return sheet(p.T("launch.give"), kit.NewLabel(p.T("launch.give_file"), kit.Body, theme.Muted), kit.Gap(0, 12),
			v.copied(file))
	}
	left := kit.Column(0, kit.NewLabel(p.T("launch.give_link"), kit.Body, theme.Muted), kit.Gap(0, 12), v.copied(out.Link), kit.Gap(0, 16),
		kit.NewLabel(p.T("launch.or_file", "File", file), kit.Caption, theme.Muted))
	row := kit.Row(24, kit.Top, kit.Flex(left))
	if svg, err := qr.SVG(out.Link); err == nil {
		code := canvas.NewImageFromResource(fyne.NewStaticResource("link.svg", []byte(svg)))
		code.FillMode, code.ScaleMode = canvas.ImageFillContain, canvas.ImageScalePixels
		row.Add(kit.Fixed(codeSide, codeSide, kit.Stretched(code)))
	}
	return sheet(s.o.Printer.T("launch.give"), row)
}

// copied is a text with the way to the clipboard.
func (v *doneView) copied(text string) fyne.CanvasObject {
	p := v.s.o.Printer
	var button *kit.Button
	button = kit.NewButton(p.T("kit.copy"), kit.Secondary, func() {
		v.s.o.Copy(text)
		button.Set(p.T("kit.copied"))
	}).WithIcon("copy").Sized(theme.ControlSmall, 0)
	return kit.Column(10, kit.NewLabel(text, kit.Code.At(14, 22), theme.Ink), kit.Row(0, kit.Middle, button, kit.Spring()))
}
