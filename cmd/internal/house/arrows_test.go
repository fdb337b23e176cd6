package house

import (
	"slices"
	"strings"
	"testing"
)

const fyne = "fyne.io/fyne/v2"

// rule forbids imports to the files of some rooms.
type rule struct {
	name   string
	room   func(s source) bool
	forbid func(path string) bool
	why    string
}

var rules = []rule{
	{
		name:   "fyne",
		room:   func(s source) bool { return !under(s.path, "app") && !under(s.path, "cmd/lectern") },
		forbid: func(p string) bool { return under(p, "fyne.io") },
		why:    "only app and cmd/lectern know the window",
	},
	{
		name:   "fyne app",
		room:   func(s source) bool { return under(s.path, "app") && s.dir() != "app" },
		forbid: func(p string) bool { return under(p, fyne+"/app") },
		why:    "screens are tested without a C compiler: only the wiring opens the real window",
	},
	{
		name:   "scheduler",
		room:   func(s source) bool { return under(s.path, "scheduler") },
		forbid: func(p string) bool { return under(p, "lectern") && !under(p, "lectern/scheduler") },
		why:    "the scheduler knows nothing of the house",
	},
	{
		name:   "decks",
		room:   func(s source) bool { return under(s.path, "decks") },
		forbid: func(p string) bool { return under(p, "lectern/app") || under(p, "lectern/cmd") },
		why:    "arrows point down",
	},
	{
		name: "collection",
		room: func(s source) bool {
			return under(s.path, "decks") && !under(s.path, "decks/collection") && !onCollection(s.path)
		},
		forbid: func(p string) bool {
			return under(p, "lectern/decks/collection") || onCollection(strings.TrimPrefix(p, "lectern/"))
		},
		why: "the collection stands on the other rooms of decks, and only intake, share and subscribe on it",
	},
	{
		name:   "intake",
		room:   func(s source) bool { return under(s.path, "decks/collection") },
		forbid: func(p string) bool { return onCollection(strings.TrimPrefix(p, "lectern/")) },
		why:    "intake, share and subscribe stand on the collection, not it on them",
	},
	{
		name:   "assets",
		room:   func(s source) bool { return under(s.path, "assets") && !s.test },
		forbid: func(p string) bool { return under(p, "lectern/app") || under(p, "lectern/decks/collection") },
		why:    "assets are data",
	},
	{
		name:   "app",
		room:   func(s source) bool { return under(s.path, "app") },
		forbid: func(p string) bool { return under(p, "lectern/cmd") },
		why:    "arrows point down",
	},
	{
		name:   "lecternctl",
		room:   func(s source) bool { return under(s.path, "cmd/lecternctl") },
		forbid: func(p string) bool { return under(p, "lectern/app") || p == "C" },
		why:    "the command line has no window and no cgo",
	},
	{
		name: "pure",
		room: func(s source) bool {
			pure := []string{"decks", "decks/changes", "decks/class", "decks/content", "decks/content/mathml", "decks/export", "decks/fault", "decks/fold", "decks/lecture", "decks/lint", "decks/merge", "decks/source", "decks/twins", "scheduler"}
			return (slices.Contains(pure, s.dir()) || strings.HasPrefix(s.dir(), "scheduler/")) && !s.test
		},
		forbid: func(p string) bool {
			return slices.Contains([]string{"os", "os/exec", "net", "net/http", "database/sql", "syscall"}, p)
		},
		why: "pure packages do no I/O",
	},
}

// Arrows point down: app on decks, scheduler and assets; the collection on the
// other decks and the scheduler; nothing up.
func TestArrows(t *testing.T) {
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			for _, s := range sources(t) {
				if !r.room(s) {
					continue
				}
				for _, p := range s.imports {
					if r.forbid(p) {
						t.Errorf("%s imports %s: %s", s.path, p, r.why)
					}
				}
			}
		})
	}
}

// A rule that forbids nothing would pass for ever.
func TestArrowsForbid(t *testing.T) {
	bad := []struct{ path, imported string }{
		{"decks/merge/x.go", "fyne.io/fyne/v2/widget"},
		{"app/study/x.go", "fyne.io/fyne/v2/app"},
		{"scheduler/x.go", "lectern/decks"},
		{"decks/x.go", "lectern/app/study"},
		{"decks/lecture/x.go", "lectern/decks/collection"},
		{"decks/collection/x.go", "lectern/decks/intake"},
		{"assets/i18n/x.go", "lectern/app"},
		{"app/x.go", "lectern/cmd/lectern"},
		{"cmd/lecternctl/x.go", "lectern/app/theme"},
		{"decks/merge/x.go", "os"},
	}
	for i, b := range bad {
		if r := rules[i]; !r.room(source{path: b.path}) || !r.forbid(b.imported) {
			t.Errorf("rule %q lets %s import %s", r.name, b.path, b.imported)
		}
	}
}

// onCollection tells the rooms of decks that stand on the collection.
func onCollection(path string) bool {
	return under(path, "decks/intake") || under(path, "decks/share") || under(path, "decks/subscribe")
}
