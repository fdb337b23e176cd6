// Package assets holds what the program shows of itself; fonts, icons and
// translations have packages of their own below it.
package assets

import _ "embed"

// IconPNG is the program's icon, 512 pixels square.
//
//go:embed icon.png
var IconPNG []byte
