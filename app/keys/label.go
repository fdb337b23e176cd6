package keys

import "strings"

var signs = map[Key]string{
	Up: "↑", Down: "↓", Left: "←", Right: "→", Delete: "Del",
	ShiftUp: "Shift ↑", ShiftDown: "Shift ↓", ShiftLeft: "Shift ←", ShiftRight: "Shift →",
}

// Label is what stands in a key cap: "1", "Enter", "Ctrl Enter", "↑", and for
// Space the word of the user's language.
func (k Key) Label(space string) string {
	if s, ok := signs[k]; ok {
		return s
	}
	mods, base := k.Split()
	if base == Space {
		return strings.ReplaceAll(mods, "+", " ") + space
	}
	if s, ok := signs[base]; ok {
		return strings.ReplaceAll(mods, "+", " ") + s
	}
	return strings.ReplaceAll(mods, "+", " ") + string(base)
}
