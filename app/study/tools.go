package study

import (
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/assets/i18n"
)

// tools is the row of marks over a field of Markdown.
func tools(p *i18n.Printer, f *kit.Field, n nav.Navigator) fyne.CanvasObject {
	tool := func(icon, tip string, k keys.Key, do func(*kit.Field)) *kit.IconButton {
		return kit.NewIconButton(icon, p.T(tip), k, func() {
			do(f)
			n.Focus(f.Focusable())
		}).Tool()
	}
	return kit.Row(2, kit.Middle,
		tool("text-b", "study.bold", keys.CtrlB, embolden),
		tool("text-italic", "study.italic", keys.CtrlI, slant),
		tool("list-bullets", "study.list", keys.None, bullet),
		tool("sigma", "study.formula", keys.None, formula),
	)
}

func embolden(f *kit.Field) { surround(f, "**") }
func slant(f *kit.Field)    { surround(f, "*") }
func formula(f *kit.Field)  { surround(f, "$") }

// surround puts a mark on both sides of the selection, or of the caret.
func surround(f *kit.Field, mark string) {
	text := f.Selected()
	f.Insert(mark + text + mark)
	if text == "" {
		line, column := f.Caret()
		f.SetCaret(line, column-len(mark))
	}
}

// bullet begins a list, or makes the selected lines one.
func bullet(f *kit.Field) {
	if text := f.Selected(); text != "" {
		lines := strings.Split(text, "\n")
		for i, l := range lines {
			if l != "" {
				lines[i] = "- " + l
			}
		}
		f.Insert(strings.Join(lines, "\n"))
		return
	}
	if _, column := f.Caret(); column > 0 {
		f.Insert("\n")
	}
	f.Insert("- ")
}
