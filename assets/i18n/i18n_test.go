package i18n

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strings"
	"testing"
	"time"

	"lectern/decks/fault"
)

func load(t *testing.T, lang string) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	files, err := fs.Glob(catalogues, lang+"/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := catalogues.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(raw, &m); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		area := strings.TrimSuffix(path.Base(f), ".json")
		for k, v := range m {
			if !strings.HasPrefix(k, area+".") {
				t.Errorf("%s: key %q does not begin with its area", f, k)
			}
			if _, twice := all[k]; twice {
				t.Errorf("%s: key %q stands twice", f, k)
			}
			forms := map[string]string{}
			switch v := v.(type) {
			case string:
				forms["text"] = v
			case map[string]any:
				for form, s := range v {
					forms[form], _ = s.(string)
				}
			}
			all[k] = forms
		}
	}
	return all
}

func formNames(m map[string]string) string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	sort.Strings(names)
	return strings.Join(names, " ")
}

var gap = regexp.MustCompile(`{{[^}]*}}`)

func gaps(m map[string]string) string {
	set := map[string]bool{}
	for _, s := range m {
		for _, g := range gap.FindAllString(s, -1) {
			set[g] = true
		}
	}
	var names []string
	for n := range set {
		names = append(names, n)
	}
	sort.Strings(names)
	return strings.Join(names, " ")
}

func TestLanguagesAreComplete(t *testing.T) {
	en, ru := load(t, "en"), load(t, "ru")
	for k, e := range en {
		r, ok := ru[k]
		if !ok {
			t.Errorf("ru lacks %q", k)
			continue
		}
		want := "text"
		if _, plural := e["other"]; plural {
			if formNames(e) != "one other" {
				t.Errorf("en %q has the forms %s, want one other", k, formNames(e))
			}
			want = "few many one other"
		}
		if formNames(r) != want {
			t.Errorf("ru %q has the forms %s, want %s", k, formNames(r), want)
		}
		if gaps(e) != gaps(r) {
			t.Errorf("%q has the gaps %s in English and %s in Russian", k, gaps(e), gaps(r))
		}
		for form, s := range r {
			if strings.TrimSpace(s) == "" {
				t.Errorf("ru %q (%s) is empty", k, form)
			}
		}
	}
	for k := range ru {
		if _, ok := en[k]; !ok {
			t.Errorf("en lacks %q", k)
		}
	}
}

func TestRussianPlurals(t *testing.T) {
	p := New("ru_RU.UTF-8")
	for n, want := range map[int]string{1: "через 1 минуту", 2: "через 2 минуты", 5: "через 5 минут", 11: "через 11 минут", 21: "через 21 минуту", 22: "через 22 минуты"} {
		if got := p.N("time.in_minutes", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestWait(t *testing.T) {
	day := 24 * time.Hour
	for _, c := range []struct {
		d      time.Duration
		en, ru string
	}{
		{20 * time.Second, "in 1 minute", "через 1 минуту"},
		{10 * time.Minute, "in 10 minutes", "через 10 минут"},
		{2 * time.Hour, "in 2 hours", "через 2 часа"},
		{day, "in 1 day", "через 1 день"},
		{12 * day, "in 12 days", "через 12 дней"},
		{75 * day, "in 2.5 months", "через 2,5 месяца"},
		{91 * day, "in 3 months", "через 3 месяца"},
		{365 * day, "in 1 year", "через 1 год"},
		{600 * day, "in 1.6 years", "через 1,6 года"},
		{36500 * day, "in 100 years", "через 100 лет"},
	} {
		if got := New("en").Wait(c.d); got != c.en {
			t.Errorf("%v: %q, want %q", c.d, got, c.en)
		}
		if got := New("ru").Wait(c.d); got != c.ru {
			t.Errorf("%v: %q, want %q", c.d, got, c.ru)
		}
	}
}

func TestNumbersAndDates(t *testing.T) {
	en, ru := New("en"), New("ru")
	day := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{en.Int(2840), "2,840"}, {ru.Int(2840), "2\u00a0840"}, {ru.Int(-1234567), "\u22121\u00a0234\u00a0567"},
		{en.Percent(0.924), "92%"}, {ru.Percent(0.924), "92\u00a0%"},
		{en.LongDate(day), "Monday, 23\u00a0November"}, {ru.LongDate(day), "Понедельник, 23\u00a0ноября"},
		{ru.Weekday(day.Weekday()), "Пн"}, {ru.Clock(day), "14:05"},
		{en.Bytes(900), "900\u00a0B"}, {ru.Bytes(2_500_000), "2,5\u00a0МБ"},
		{ru.Short(10 * time.Minute), "10\u00a0мин"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestEveryFaultHasASentence(t *testing.T) {
	for _, lang := range Languages {
		p := New(lang)
		for _, code := range fault.Codes {
			if !p.Has("fault." + string(code)) {
				t.Errorf("%s has no sentence for %q", lang, code)
			}
		}
	}
	if got := New("en").Fault(fault.New(fault.NoSuchCard, nil, "card", "abc/f")); !strings.Contains(got, "abc/f") {
		t.Errorf("the fault's gap is not filled: %q", got)
	}
	if got := New("ru").Fault(nil); got != "" {
		t.Errorf("nil gives %q", got)
	}
}

func TestMatch(t *testing.T) {
	for tag, want := range map[string]string{"": "en", "C": "en", "ru": "ru", "ru_RU.UTF-8": "ru", "de_DE": "en", "be_BY": "ru", "en-GB": "en"} {
		if got := New(tag).Lang(); got != want {
			t.Errorf("%q: %s, want %s", tag, got, want)
		}
	}
	env := map[string]string{"LANG": "ru_RU.UTF-8"}
	if got := Detect(func(k string) string { return env[k] }); got != "ru" {
		t.Errorf("Detect: %s", got)
	}
}
