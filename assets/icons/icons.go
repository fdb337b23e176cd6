// Package icons holds the pictures of the interface: Phosphor, regular weight
// (MIT, see LICENSE.txt), each rewritten as one filled path of absolute
// commands, which is what the window's SVG reader draws without error.
package icons

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed *.svg
var files embed.FS

// SVG returns the source of the icon with this name ("arrow-left"), or nil.
func SVG(name string) []byte {
	b, err := files.ReadFile(name + ".svg")
	if err != nil {
		return nil
	}
	return b
}

// Names lists all icons in alphabetical order.
func Names() []string {
	found, err := fs.Glob(files, "*.svg")
	if err != nil {
		return nil
	}
	for i, f := range found {
		found[i] = strings.TrimSuffix(f, ".svg")
	}
	return found
}
