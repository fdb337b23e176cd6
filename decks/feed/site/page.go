package site

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"time"

	"lectern/assets/i18n"
	"lectern/decks/content"
	"lectern/decks/feed"
	"lectern/decks/feed/qr"
	"lectern/decks/release"
	"lectern/decks/release/trust"
)

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// most bounds the releases that people are shown.
const most = 20

// pages plans what people read.
func (p *Plan) pages(c Course, chain trust.Chain, all []release.Statement) error {
	all = all[:min(len(all), most)]
	page, err := p.page(c, chain, all)
	if err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	changes, err := p.changes(c, all)
	if err != nil {
		return fmt.Errorf("write the changes: %w", err)
	}
	p.put("index.html", page)
	p.put("changes.xml", changes)
	return nil
}

// shown is a release as people see it.
type shown struct {
	Name  string
	Notes template.HTML
}

func (p *Plan) page(c Course, chain trust.Chain, all []release.Statement) ([]byte, error) {
	say := i18n.New(c.Lang)
	latest := p.Feed.Latest()
	data := struct {
		Page, Lang, Title, Author, Package, Size, Text, Fingerprint string
		Link                                                        template.URL
		QR                                                          template.HTML
		Latest                                                      shown
		Past                                                        []shown
		Say                                                         map[string]string
	}{
		Page: say.Lang(), Lang: c.Lang, Title: c.Title, Author: c.Author, Package: latest.Package.Path, Size: say.Bytes(latest.Package.Bytes),
		Fingerprint: Fingerprint(chain),
		Say: map[string]string{
			"Open": say.T("site.open"), "Download": say.T("site.download"), "New": say.T("site.new"), "How": say.T("site.how"),
			"Get": say.T("site.get"), "ByLink": say.T("site.by_link"), "ByFile": say.T("site.by_file"), "Updates": say.T("site.updates"),
			"QR": say.T("site.qr"), "Key": say.T("site.key"), "Compare": say.T("site.compare"), "Past": say.T("site.past"), "Atom": say.T("site.atom"),
		},
	}
	for i, s := range all {
		one := shown{Name: nameOf(say, s)}
		if i > 0 {
			data.Past = append(data.Past, one)
			continue
		}
		one.Notes = template.HTML(words.HTML(content.Parse(s.Notes))) // escaped there
		data.Latest = one
	}
	if c.Link.Address != "" {
		data.Text = c.Link.String()
		data.Link = template.URL(data.Text) // ours, of two parts that are checked
		code, err := qr.SVG(data.Text)
		if err != nil {
			return nil, err
		}
		data.QR = template.HTML(code)
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, data); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// words shows release notes without loading anything.
var words = content.Page{Source: func(string) (string, bool) { return "", false }}

// Fingerprint is how people compare whose a course is: the author's root key in eight
// signs, the first one when there are several.
func Fingerprint(chain trust.Chain) string {
	roots := chain.Last().Root
	if len(roots) == 0 {
		return ""
	}
	f := roots[0].Public.Fingerprint()
	return f[:4] + " " + f[4:]
}

// nameOf is a release for people: "Release 42, 3 February 2027: Lectures 7 and 8".
func nameOf(say *i18n.Printer, s release.Statement) string {
	day := ""
	if t, err := time.Parse(time.RFC3339, s.Time); err == nil {
		day = say.DateFrom(time.Time{}, t) // always with the year
	}
	name := say.T("site.release", "Seq", s.Seq, "Day", day)
	if s.Label != "" {
		name += ": " + s.Label
	}
	return name
}

// The form of changes.xml: https://www.rfc-editor.org/rfc/rfc4287
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr,omitempty"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name,omitempty"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Content struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	} `xml:"content"`
}

func (p *Plan) changes(c Course, all []release.Statement) ([]byte, error) {
	say := i18n.New(c.Lang)
	id := "urn:lectern:" + p.Feed.Deck
	base, page := func(name string) string { return name }, "index.html"
	if u, err := url.Parse(c.Link.Address); err == nil && strings.HasPrefix(c.Link.Address, "http") {
		base = func(name string) string { return feed.Resolve(u, name).String() }
		page = base("")
	}
	out := atomFeed{Lang: c.Lang, ID: id, Title: c.Title, Author: c.Author, Updated: p.Feed.Latest().Time,
		Links: []atomLink{{"self", base("changes.xml")}, {"alternate", page}}}
	for _, s := range all {
		e := atomEntry{ID: fmt.Sprintf("%s:%d:%d", id, s.Epoch, s.Seq), Title: nameOf(say, s), Updated: s.Time, Link: atomLink{"alternate", page}}
		e.Content.Type, e.Content.Text = "html", words.HTML(content.Parse(s.Notes))
		out.Entries = append(out.Entries, e)
	}
	b, err := xml.MarshalIndent(out, "", " ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), append(b, '\n')...), nil
}
