package theme

import (
	"fyne.io/fyne/v2"
	ftheme "fyne.io/fyne/v2/theme"

	"lectern/assets/icons"
)

// Icon returns an icon of the set by name ("arrow-left"), drawn in the named
// colour of the theme. An unknown name gives nil, which draws nothing.
func Icon(name string, colour fyne.ThemeColorName) fyne.Resource {
	src := icons.SVG(name)
	if src == nil {
		return nil
	}
	return ftheme.NewColoredResource(resource("icon-"+name+".svg", src), colour)
}

var fyneIcons = map[fyne.ThemeIconName]string{
	ftheme.IconNameSearch:         "magnifying-glass",
	ftheme.IconNameCancel:         "x",
	ftheme.IconNameConfirm:        "check",
	ftheme.IconNameDelete:         "trash",
	ftheme.IconNameArrowDropDown:  "caret-down",
	ftheme.IconNameArrowDropUp:    "caret-up",
	ftheme.IconNameNavigateBack:   "arrow-left",
	ftheme.IconNameNavigateNext:   "caret-right",
	ftheme.IconNameMenuExpand:     "caret-right",
	ftheme.IconNameContentCopy:    "copy",
	ftheme.IconNameContentUndo:    "arrow-u-up-left",
	ftheme.IconNameContentRedo:    "arrow-u-up-right",
	ftheme.IconNameContentAdd:     "plus",
	ftheme.IconNameWarning:        "warning",
	ftheme.IconNameError:          "warning",
	ftheme.IconNameFolderOpen:     "folder-open",
	ftheme.IconNameMoreHorizontal: "dots-three",
}

// Icon replaces those of Fyne's icons that its own widgets may show.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if own, ok := fyneIcons[name]; ok {
		if r := Icon(own, Ink); r != nil {
			return r
		}
	}
	return t.Theme.Icon(name)
}
