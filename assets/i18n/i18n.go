// Package i18n holds every text a user sees, in every language of the program.
//
// The catalogues are JSON files, one an area of the program, in a folder a
// language: en/home.json and ru/home.json hold the keys "home.…". A value is a
// sentence with {{.Name}} gaps, or an object of plural forms (one, few, many,
// other) whose number is {{.N}}. A [Printer] speaks one language; making one is
// cheap enough to do it when the user switches.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"lectern/decks/fault"
)

//go:embed en ru
var catalogues embed.FS

// Languages lists the languages of the program, each complete.
var Languages = []string{"en", "ru"}

var bundle = sync.OnceValue(func() *goi18n.Bundle {
	b := goi18n.NewBundle(language.English)
	b.RegisterUnmarshalFunc("json", json.Unmarshal)
	for _, lang := range Languages {
		files, err := fs.Glob(catalogues, lang+"/*.json")
		if err != nil {
			panic(err) // the pattern is a constant
		}
		for _, f := range files {
			data, err := catalogues.ReadFile(f)
			if err != nil {
				panic(err) // the file is embedded
			}
			// go-i18n takes the language from the name: area.lang.json.
			name := strings.TrimSuffix(path.Base(f), ".json") + "." + lang + ".json"
			if _, err := b.ParseMessageFileBytes(data, name); err != nil {
				panic(fmt.Sprintf("catalogue %s: %v", f, err)) // the tests load every file
			}
		}
	}
	return b
})

// Printer turns keys into sentences of one language. It may be used by several
// goroutines.
type Printer struct {
	lang string
	loc  *goi18n.Localizer
}

// New returns a printer for a language tag such as "ru", "ru-RU" or "ru_RU.UTF-8".
// A language the program does not have becomes English.
func New(tag string) *Printer {
	lang := match(tag)
	return &Printer{lang: lang, loc: goi18n.NewLocalizer(bundle(), lang)}
}

func match(tag string) string {
	tag = strings.ToLower(tag)
	tag, _, _ = strings.Cut(tag, ".")
	base, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	switch base {
	case "ru", "be", "uk", "kk", "ky", "uz", "tg", "hy", "az": // where Russian is the nearer of our two languages
		return "ru"
	}
	return "en"
}

// Detect gives the language of the user's environment: the first of LC_ALL,
// LC_MESSAGES and LANG that is set, "en" when none is.
func Detect(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			return match(v)
		}
	}
	return "en"
}

// Lang is the printer's language: one of Languages.
func (p *Printer) Lang() string { return p.lang }

// T gives the sentence of a key. Args are pairs of a gap's name and its value.
// An unknown key is given back as it is, so that a fault in a catalogue shows
// without hiding anything; a test holds that no key of the program is unknown.
func (p *Printer) T(key string, args ...any) string {
	return p.localize(&goi18n.LocalizeConfig{MessageID: key, TemplateData: data(args)}, key)
}

// N gives the plural form of a key for n; {{.N}} is n. Args are as for T.
func (p *Printer) N(key string, n int, args ...any) string {
	d := data(args)
	d["N"] = p.Int(n)
	return p.localize(&goi18n.LocalizeConfig{MessageID: key, TemplateData: d, PluralCount: n}, key)
}

// Has reports whether the catalogues of the printer's language have the key.
func (p *Printer) Has(key string) bool {
	_, tag, err := p.loc.LocalizeWithTag(&goi18n.LocalizeConfig{MessageID: key})
	if err != nil {
		return false
	}
	base, _ := tag.Base()
	return base.String() == p.lang
}

func (p *Printer) localize(c *goi18n.LocalizeConfig, key string) string {
	s, err := p.loc.Localize(c)
	if s == "" && err != nil {
		return key
	}
	return s
}

func data(args []any) map[string]any {
	d := make(map[string]any, len(args)/2+1)
	for i := 0; i+1 < len(args); i += 2 {
		d[fmt.Sprint(args[i])] = args[i+1]
	}
	return d
}

// Fault gives the one sentence for an error: what happened, what was kept,
// what to do. It is empty for nil.
func (p *Printer) Fault(err error) string {
	f := fault.Of(err)
	if f == nil {
		return ""
	}
	args := make([]any, 0, 2*len(f.Args)+2)
	for k, v := range f.Args {
		if n, ok := v.(int); ok {
			switch k {
			case "limit":
				v = p.Bytes(int64(n))
			case "cards", "n":
				v = p.Int(n)
			}
		}
		args = append(args, k, v)
	}
	// A mistake in a course, or what keeps a thing from being done, has a
	// sentence of its own within the fault's.
	if problem, ok := f.Args["problem"].(string); ok {
		for _, key := range []string{"source." + problem, "fault.why_" + problem} {
			if p.Has(key) {
				args = append(args, "what", p.T(key, args...))
			}
		}
	}
	return p.T("fault."+string(f.Code), args...)
}
