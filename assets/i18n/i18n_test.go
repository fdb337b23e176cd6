package i18n

import (
	"encoding/json"
	"io/fs"
	"math"
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
		{-day, "in 1 minute", "через 1 минуту"},
		{0, "in 1 minute", "через 1 минуту"},
		{20 * time.Second, "in 1 minute", "через 1 минуту"},
		{90 * time.Second, "in 2 minutes", "через 2 минуты"},
		{10 * time.Minute, "in 10 minutes", "через 10 минут"},
		{99 * time.Minute, "in 99 minutes", "через 99 минут"},
		{100 * time.Minute, "in 2 hours", "через 2 часа"},
		{21 * time.Hour, "in 21 hours", "через 21 час"},
		{23*time.Hour + 29*time.Minute, "in 23 hours", "через 23 часа"},
		{23*time.Hour + 30*time.Minute, "in 1 day", "через 1 день"},
		{day, "in 1 day", "через 1 день"},
		{2 * day, "in 2 days", "через 2 дня"},
		{5 * day, "in 5 days", "через 5 дней"},
		{12 * day, "in 12 days", "через 12 дней"},
		{60 * day, "in 60 days", "через 60 дней"},
		{61 * day, "in 2 months", "через 2 месяца"},
		{75 * day, "in 2.5 months", "через 2,5 месяца"},
		{91 * day, "in 3 months", "через 3 месяца"},
		{152 * day, "in 5 months", "через 5 месяцев"},
		{364 * day, "in 12 months", "через 12 месяцев"},
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

func TestShort(t *testing.T) {
	day := 24 * time.Hour
	for _, c := range []struct {
		d      time.Duration
		en, ru string
	}{
		{0, "1 min", "1 мин"},
		{10 * time.Minute, "10 min", "10 мин"},
		{3 * time.Hour, "3 h", "3 ч"},
		{12 * day, "12 d", "12 дн."},
		{75 * day, "2.5 mo", "2,5 мес."},
		{365 * day, "1 y", "1 г."},
		{600 * day, "1.6 y", "1,6 г."},
		{5 * 366 * day, "5 y", "5 лет"},
		{7671 * day, "21 y", "21 г."},
	} {
		for lang, want := range map[string]string{"en": c.en, "ru": c.ru} {
			if got := New(lang).Short(c.d); got != strings.ReplaceAll(want, " ", nbsp) {
				t.Errorf("%v: %q, want %q", c.d, got, want)
			}
		}
	}
}

func TestNumbersAndDates(t *testing.T) {
	en, ru := New("en"), New("ru")
	day := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{en.Int(0), "0"}, {en.Int(999), "999"}, {en.Int(2840), "2,840"}, {ru.Int(2840), "2\u00a0840"},
		{ru.Int(-1234567), "\u22121\u00a0234\u00a0567"}, {ru.Int(-12), "\u221212"}, {en.Int(math.MinInt64), "\u22129,223,372,036,854,775,808"},
		{en.Percent(0.924), "92%"}, {ru.Percent(0.924), "92\u00a0%"}, {ru.Percent(0), "0\u00a0%"}, {ru.Percent(1), "100\u00a0%"},
		{en.Decimal(2.5), "2.5"}, {ru.Decimal(2.5), "2,5"}, {ru.Decimal(1234.56), "1\u00a0234,6"}, {ru.Decimal(-0.04), "0,0"}, {en.Decimal(-1.25), "\u22121.3"},
		{en.LongDate(day), "Monday, 23\u00a0November"}, {ru.LongDate(day), "Понедельник, 23\u00a0ноября"},
		{ru.DateFrom(day, day.AddDate(0, 1, 0)), "23\u00a0декабря"}, {ru.DateFrom(day, day.AddDate(0, 2, 0)), "23\u00a0января\u00a02027"},
		{ru.Date(time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)), "1\u00a0мая"}, {ru.MonthName(time.May), "май"},
		{ru.Weekday(day.Weekday()), "Пн"}, {ru.Weekday(time.Sunday), "Вс"}, {ru.Clock(day), "14:05"},
		{en.Bytes(0), "0\u00a0B"}, {en.Bytes(900), "900\u00a0B"}, {en.Bytes(1 << 20), "1\u00a0MB"}, {ru.Bytes(256 << 20), "256\u00a0МБ"},
		{ru.Bytes(2_500_000), "2,4\u00a0МБ"}, {en.Bytes(1<<20 - 1), "1\u00a0MB"}, {en.Bytes(10<<20 - 1), "10\u00a0MB"}, {en.Bytes(5000 << 30), "5,000\u00a0GB"},
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
	paused := fault.New(fault.BadArgument, nil, "what", "card_paused: abc/f", "problem", "card_paused", "card", "abc/f")
	if got, want := New("ru").Fault(paused), "Так не получится: карточка abc/f на паузе. Ничего не изменилось."; got != want {
		t.Errorf("%q, want %q", got, want)
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
