package ship

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"time"

	"lectern/assets/i18n"
	"lectern/decks/fault"
	"lectern/decks/feed/qr"
	"lectern/decks/feed/site"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
)

//go:embed rootpage.html
var rootPageHTML string

var rootPageTemplate = template.Must(template.New("root").Parse(rootPageHTML))

// RootPage is a page to print with the root key of a course: a code to scan and text to
// type back, and what it is for.
func RootPage(p *i18n.Printer, root sign.Secret, chain trust.Chain, course string, now time.Time) ([]byte, error) {
	code, err := root.Code()
	if err != nil {
		return nil, err
	}
	svg, err := qr.SVG(strings.NewReplacer(" ", "", "\n", "").Replace(code))
	if err != nil {
		return nil, err
	}
	type line struct {
		N    int
		Text string
	}
	data := struct {
		Page, Title, Course, Author, Fingerprint, Public, Made string
		Lines                                                  []line
		QR                                                     template.HTML
		Say                                                    map[string]string
	}{
		Page: p.Lang(), Title: p.T("root.title"), Course: course, Author: chain.Last().Author, Fingerprint: site.Fingerprint(chain), Public: root.Public().String(),
		Made: p.DateFrom(time.Time{}, now), QR: template.HTML(svg), // drawn here
		Say: map[string]string{
			"Warn": p.T("root.warn"), "Course": p.T("root.course"), "Author": p.T("root.author"), "Fingerprint": p.T("root.fingerprint"), "Public": p.T("root.public"),
			"Made": p.T("root.made"), "For": p.T("root.for"), "Uses": p.T("root.uses"), "Type": p.T("root.type"),
		},
	}
	for i, text := range strings.Split(code, "\n") {
		data.Lines = append(data.Lines, line{i + 1, text})
	}
	var b bytes.Buffer
	if err := rootPageTemplate.Execute(&b, data); err != nil {
		return nil, fmt.Errorf("write the page of a root key: %w", err)
	}
	return b.Bytes(), nil
}

// CheckRootPage tells whether the page with the root key may be written to a file: not
// into the course, from where it would go wherever the course goes. Fault: KeyInCourse.
func CheckRootPage(name, dir string) error {
	if inside(name, dir) {
		return fault.New(fault.KeyInCourse, nil, "name", name)
	}
	return nil
}

// WriteRootPage writes the page to a file that only its owner reads. Faults: KeyInCourse,
// UnwritableFile.
func WriteRootPage(name, dir string, page []byte) error {
	if err := CheckRootPage(name, dir); err != nil {
		return err
	}
	return writeFile(name, page, 0o600)
}
