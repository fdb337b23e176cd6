package svg

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// laughs is the bomb of the billion laughs: ten names, each ten times the one before.
func laughs(body string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "ha">`)
	for i := range 9 {
		fmt.Fprintf(&b, `<!ENTITY l%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&l%d;", i), 10))
	}
	b.WriteString(`]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">` + body + `</svg>`)
	return b.String()
}

// A small file that unfolds into gigabytes stays small: no name that it defines is read.
func TestBillionLaughs(t *testing.T) {
	for name, body := range map[string]string{
		"in a text":      `<text y="50">&l9;</text>`,
		"in an outline":  `<path d="M0 0 &l9;"/>`,
		"in a style":     `<rect width="9" height="9" style="fill:&l9;"/>`,
		"in no element":  `&l9;`,
		"used of itself": `<g id="a"><use href="#a"/><use href="#a"/></g><use href="#a"/>`,
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p, err := Parse([]byte(laughs(body)))
		if err == nil {
			p.Draw(100, Options{Fonts: testFonts(t)})
			for _, s := range p.shapes {
				for _, r := range s.runs {
					if len(r.text) > 100 {
						t.Errorf("%s: the text has %d bytes", name, len(r.text))
					}
				}
			}
		}
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
			t.Errorf("%s: it took %d MB", name, took>>20)
		}
	}
}

// A picture shows nothing that does not stand in its own file: not a file of the computer,
// not another picture, nothing that a script or a style would bring.
func TestNothingFromOutside(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.svg")
	file := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect id="a" width="100" height="100" fill="red"/></svg>`
	if err := os.WriteFile(secret, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	address := "file://" + filepath.ToSlash(secret)
	blank := drawn(t, ``)
	for name, file := range map[string]string{
		"an entity of a file": `<!DOCTYPE svg [<!ENTITY x SYSTEM "` + address + `">]><svg viewBox="0 0 100 100">&x;</svg>`,
		"a document type":     `<!DOCTYPE svg SYSTEM "` + address + `"><svg viewBox="0 0 100 100"></svg>`,
		"a style sheet":       `<?xml-stylesheet href="` + address + `"?><svg viewBox="0 0 100 100"></svg>`,
		"an import":           `<svg viewBox="0 0 100 100"><style>@import url(` + address + `);</style></svg>`,
		"a picture":           `<svg viewBox="0 0 100 100"><image width="100" height="100" href="` + address + `"/></svg>`,
		"a picture, as once":  `<svg viewBox="0 0 100 100" xmlns:xlink="http://www.w3.org/1999/xlink"><image width="100" height="100" xlink:href="` + address + `"/></svg>`,
		"a use":               `<svg viewBox="0 0 100 100"><use href="` + address + `#a"/></svg>`,
		"an inclusion":        `<svg viewBox="0 0 100 100" xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="` + address + `"/></svg>`,
		"a page within":       `<svg viewBox="0 0 100 100"><foreignObject width="100" height="100"><img xmlns="http://www.w3.org/1999/xhtml" src="` + address + `"/></foreignObject></svg>`,
		"a script":            `<svg viewBox="0 0 100 100" onload="alert(1)"><script>document.write('<rect width="100" height="100"/>')</script></svg>`,
	} {
		p, err := Parse([]byte(file))
		if err != nil {
			continue
		}
		if got := p.Draw(100, Options{Fonts: testFonts(t)}); got.Bounds() == blank.Bounds() && !bytes.Equal(got.Pix, blank.Pix) {
			t.Errorf("%s is drawn", name)
		}
	}
}
