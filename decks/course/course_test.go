package course_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"lectern/decks"
	"lectern/decks/changes"
	"lectern/decks/course"
	"lectern/decks/fault"
	"lectern/decks/merge"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/sign"
	"lectern/decks/source"
)

// begin makes a starter course.
func begin(t *testing.T, lang string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "курс")
	if err := course.Init(t.Context(), dir, course.Starter{Title: "Токены: начало", Lang: lang, Author: "А. Б.", License: "CC-BY-SA-4.0"}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t *testing.T, parts ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func write(t *testing.T, text string, parts ...string) {
	t.Helper()
	name := filepath.Join(parts...)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// swap changes a text in a file.
func swap(t *testing.T, dir, name, old, now string) {
	t.Helper()
	text := read(t, dir, name)
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q stands %d times in %s", old, strings.Count(text, old), name)
	}
	write(t, strings.Replace(text, old, now, 1), dir, name)
}

// tree is every file of a folder with what it holds.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			rel, _ := filepath.Rel(dir, p)
			out[filepath.ToSlash(rel)] = read(t, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// mistakes are the problems of a course, as "file:line problem".
func mistakes(t *testing.T, dir string) []string {
	t.Helper()
	r, err := course.Check(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range r.Mistakes {
		out = append(out, fmt.Sprintf("%s:%d %s", m.Args["file"], m.Args["line"], m.Args["problem"]))
	}
	if _, err := course.Read(t.Context(), dir); (err != nil) != (len(out) > 0) {
		t.Errorf("Check finds %v, Read says %v", out, err)
	}
	return out
}

func TestInit(t *testing.T) {
	for _, lang := range []string{"ru", "en", "kk"} {
		dir := begin(t, lang)
		if got := mistakes(t, dir); got != nil {
			t.Errorf("%s: %v", lang, got)
		}
		r, err := course.Check(t.Context(), dir)
		if err != nil || len(r.Advice) > 0 || r.Cards != 4 {
			t.Errorf("%s: %v, %+v", lang, err, r)
		}
		c, err := course.Read(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		kinds := map[decks.Kind]bool{}
		for _, n := range c.Deck.Notes {
			kinds[n.Kind] = true
		}
		if len(kinds) != 4 || len(c.Deck.Sections) != 2 || c.Deck.Sections[1].Source == "" || c.Deck.Title != "Токены: начало" || c.Deck.Lang != lang || c.Deck.Author != "А. Б." || c.Deck.License != "CC-BY-SA-4.0" {
			t.Errorf("%s: %+v", lang, c.Deck)
		}
		if len(c.Media.Names()) != 1 {
			t.Errorf("%s: media %v", lang, c.Media.Names())
		}
		before := tree(t, dir)
		if f, err := course.Fmt(t.Context(), dir, source.Options{}); err != nil || len(f.Changed) > 0 || !reflect.DeepEqual(tree(t, dir), before) {
			t.Errorf("%s: fmt changes a new course: %v %v", lang, f.Changed, err)
		}
		for name, want := range map[string]string{".gitattributes": "deck.lock.jsonl text eol=lf merge=union", ".gitignore": "*.key", "README.md": "# Токены: начало", "course.md": "---\nlectern: 1\ndeck: "} {
			if !strings.Contains(before[name], want) {
				t.Errorf("%s: %q is not in %s:\n%s", lang, want, name, before[name])
			}
		}
		if strings.Contains(before["course.md"], "Вопрос") != (lang == "ru") {
			t.Errorf("%s: the course is in the other language", lang)
		}
		if err := course.Init(t.Context(), dir, course.Starter{Title: "T"}); !fault.Is(err, fault.CourseThere) || !reflect.DeepEqual(tree(t, dir), before) {
			t.Errorf("%s: a course was made over another: %v", lang, err)
		}
	}
}

// What lies in the folder stays, and a folder without the last file is no course yet.
func TestInitInFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, "my readme", dir, "README.md")
	write(t, "*.key\nmine", dir, ".gitignore")
	if err := course.Init(t.Context(), dir, course.Starter{Title: " \n"}); !fault.Is(err, fault.BadSource) {
		t.Errorf("%v", err)
	}
	if err := course.Init(t.Context(), dir, course.Starter{Title: "T", Lang: "ру"}); !fault.Is(err, fault.BadSource) || len(tree(t, dir)) != 2 {
		t.Errorf("%v", err)
	}
	if err := course.Init(t.Context(), dir, course.Starter{Title: "T"}); err != nil {
		t.Fatal(err)
	}
	got := tree(t, dir)
	if got["README.md"] != "my readme" || !strings.HasPrefix(got[".gitignore"], "*.key\nmine\n") || strings.Count(got[".gitignore"], "*.key") != 1 || !strings.Contains(got[".gitignore"], "*.lectern") {
		t.Errorf("%q", got)
	}
}

func TestFmtOnDisk(t *testing.T) {
	dir := begin(t, "ru")
	if runtime.GOOS != "windows" {
		if err := os.Chmod(filepath.Join(dir, "course.md"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(t, "# Ещё\nQ: Новая карточка?\n\nC: {{a}}\n", dir, "2.md")
	swap(t, dir, "course.md", "Подсказка:", "H:")
	if got := mistakes(t, dir); !reflect.DeepEqual(got, []string{"2.md:4 gap_number"}) { // which comes before what fmt would write
		t.Errorf("%v", got)
	}
	f, err := course.Fmt(t.Context(), dir, source.Options{})
	if err != nil || f.Given != 2 || !reflect.DeepEqual(f.Changed, []string{"course.md", "2.md"}) {
		t.Fatalf("%v %+v", err, f)
	}
	got := tree(t, dir)
	if !strings.Contains(got["2.md"], "Вопрос: Новая карточка?\n<!-- ^") || !strings.Contains(got["2.md"], "Пропуски: {{c1::a}}") || mistakes(t, dir) != nil {
		t.Errorf("%s", got["2.md"])
	}
	if info, err := os.Stat(filepath.Join(dir, "course.md")); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	for name := range got {
		if strings.HasSuffix(name, ".tmp") {
			t.Errorf("%s is left", name)
		}
	}

	// A mistake changes nothing; neither does a cancelled run.
	write(t, "# Ещё\nQ: Другая?\nAnwser: a\n", dir, "3.md")
	before := tree(t, dir)
	if _, err := course.Fmt(t.Context(), dir, source.Options{}); !fault.Is(err, fault.BadSource) || !reflect.DeepEqual(tree(t, dir), before) {
		t.Errorf("%v", err)
	}
	write(t, "# Ещё\nQ: Другая?\n", dir, "3.md")
	before = tree(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := course.Fmt(ctx, dir, source.Options{}); !fault.Is(err, fault.Cancelled) || !reflect.DeepEqual(tree(t, dir), before) {
		t.Errorf("%v", err)
	}
	for _, nowhere := range []string{filepath.Join(dir, "nowhere"), filepath.Join(dir, "media")} {
		if _, err := course.Fmt(t.Context(), nowhere, source.Options{}); !fault.Is(err, fault.UnreadableFile) && !fault.Is(err, fault.NoCourse) || fault.Of(err).Args["name"] != filepath.Base(nowhere) {
			t.Errorf("%v", err)
		}
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("nothing is read-only here")
	}
	dir := begin(t, "en")
	write(t, "# More\nQ: new?\n", dir, "2.md")
	before := tree(t, dir)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	if _, err := course.Fmt(t.Context(), dir, source.Options{}); !fault.Is(err, fault.UnwritableFile) || !reflect.DeepEqual(tree(t, dir), before) {
		t.Errorf("%v", err)
	}
}

func TestCheck(t *testing.T) {
	secret, err := sign.New()
	if err != nil {
		t.Fatal(err)
	}
	key, err := secret.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	card := "# Ещё\n<!-- section: s2 -->\nВопрос: Новая карточка?\nОтвет: %s\n<!-- ^n1%s -->\n"
	for name, c := range map[string]struct {
		change func(dir string)
		want   []string
	}{
		"nothing": {func(string) {}, nil},
		// A20: whoever reads the repository would have the key.
		"a key beside the course": {func(dir string) { write(t, string(key), dir, "notes.txt") }, []string{"notes.txt:1 secret_key"}},
		"a key deep below":        {func(dir string) { write(t, "mine:\r\n\r\n"+string(key), dir, "a", ".b", "c.bin") }, []string{"a/.b/c.bin:1 secret_key"}},
		"a key in the course":     {func(dir string) { write(t, "# S\n<!-- section: s2 -->\n"+string(key), dir, "2.md") }, []string{"2.md:1 secret_key"}},
		"what git keeps":          {func(dir string) { write(t, string(key), dir, ".git", "x") }, nil},
		"a card without an id":    {func(dir string) { write(t, "# Ещё\n<!-- section: s2 -->\nВопрос: Новая?\n", dir, "2.md") }, []string{"2.md:4 unformatted"}},
		"a letter":                {func(dir string) { swap(t, dir, "course.md", "Ответ: **Об", "A: **Об") }, []string{"course.md:18 unformatted"}},
		"an id written by hand":   {func(dir string) { write(t, fmt.Sprintf(card, "a", ""), dir, "2.md") }, []string{"deck.lock.jsonl:1 lock_stale"}},
		"no lock":                 {func(dir string) { os.Remove(filepath.Join(dir, source.LockName)) }, []string{"deck.lock.jsonl:1 lock_stale"}},
		"a lock of another":       {func(dir string) { write(t, `{"deck":"d","format":"lectern-lock/1"}`, dir, source.LockName) }, []string{"course.md:3 lock_deck"}},
		"a torn lock":             {func(dir string) { swap(t, dir, source.LockName, `"format"`, `"fo`) }, []string{"deck.lock.jsonl:1 lock_line"}},
		"half the course": {func(dir string) {
			text := read(t, dir, "course.md")
			write(t, text[:strings.Index(text, "Вопрос:")]+text[strings.Index(text, "# Ваш курс"):], dir, "course.md")
		}, []string{"course.md:1 retire_stop"}},
		"one card less": {func(dir string) {
			text := read(t, dir, "course.md")
			write(t, text[:strings.Index(text, "Тест:")]+text[strings.Index(text, "# Ваш курс"):], dir, "course.md")
		}, []string{"deck.lock.jsonl:1 lock_stale"}},
		"a copied card": {func(dir string) {
			write(t, fmt.Sprintf(card, "a", "")+"Вопрос: Копия?\n<!-- ^n1 -->\n", dir, "2.md")
		}, []string{"2.md:7 id_twice"}},
		"a mistake":         {func(dir string) { write(t, "# S\nОтвет: a\n", dir, "2.md") }, []string{"2.md:2 stray_keyword"}},
		"two heads":         {func(dir string) { write(t, "---\ntitle: T\n---\n", dir, "2.md") }, []string{"course.md:1 two_heads"}},
		"no picture":        {func(dir string) { os.Remove(filepath.Join(dir, "media", "forgetting.svg")) }, []string{"course.md:28 picture_missing"}},
		"an empty picture":  {func(dir string) { write(t, "", dir, "media", "forgetting.svg") }, []string{"course.md:28 picture_not"}},
		"no picture at all": {func(dir string) { write(t, "GIF89a", dir, "media", "forgetting.svg") }, []string{"course.md:28 picture_not"}},
		"a program": {func(dir string) {
			write(t, "MZ", dir, "media", "x.exe")
			write(t, fmt.Sprintf(card, "![](media/x.exe)", ""), dir, "2.md")
			course.Fmt(t.Context(), dir, source.Options{})
		}, []string{"2.md:3 picture_kind"}},
		"a picture of elsewhere": {func(dir string) {
			write(t, "<svg/>", filepath.Dir(dir), "out.svg")
			if err := os.Symlink(filepath.Join("..", "..", "out.svg"), filepath.Join(dir, "media", "x.svg")); err != nil {
				t.Skip(err)
			}
			write(t, fmt.Sprintf(card, "![](media/x.svg)", ""), dir, "2.md")
			course.Fmt(t.Context(), dir, source.Options{})
		}, []string{"2.md:3 picture_path"}},
		"split from nothing": {func(dir string) {
			write(t, fmt.Sprintf(card, "a", " from=nobody"), dir, "2.md")
			course.Fmt(t.Context(), dir, source.Options{})
		}, []string{"2.md:3 unknown_card"}},
		"replaces what is there": {func(dir string) {
			write(t, fmt.Sprintf(card, "a", "")+"Вопрос: Вместо неё?\n<!-- ^n2 merges=n1 -->\n", dir, "2.md")
			course.Fmt(t.Context(), dir, source.Options{})
		}, []string{"2.md:6 merged_here"}},
		"edited only": {func(dir string) { swap(t, dir, "course.md", "честно.", "честно!") }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir := begin(t, "ru")
			c.change(dir)
			before := tree(t, dir)
			if got := mistakes(t, dir); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			if !reflect.DeepEqual(tree(t, dir), before) {
				t.Error("it changed something")
			}
		})
	}
}

func TestCheckAdvises(t *testing.T) {
	dir := begin(t, "ru")
	write(t, "# Ещё\nВопрос: Можно ли плавить лёд?\nОтвет: Да.\n", dir, "2.md")
	if _, err := course.Fmt(t.Context(), dir, source.Options{}); err != nil {
		t.Fatal(err)
	}
	r, err := course.Check(t.Context(), dir)
	if err != nil || len(r.Mistakes) > 0 || len(r.Advice) != 1 || r.Cards != 5 {
		t.Fatalf("%v %+v", err, r)
	}
	if a := r.Advice[0]; a.Place != (source.Place{File: "2.md", Line: 3}) || a.Code != "yes_no" || a.Text == "" {
		t.Errorf("%+v", a)
	}
}

// The same course is the same content, wherever its pictures lie.
func TestReadNamesPictures(t *testing.T) {
	dir := begin(t, "en")
	write(t, "\x89PNG one", dir, "p", "A b.PNG")
	write(t, "# More\n<!-- section: m -->\nQuestion: What?\nAnswer: ![x](<p/A b.PNG>) ![y](p/A%20b.PNG \"t\")\n<!-- ^n -->\n", dir, "2.md")
	if _, err := course.Fmt(t.Context(), dir, source.Options{}); err != nil {
		t.Fatal(err)
	}
	c, err := course.Read(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	hash := release.Hash([]byte("\x89PNG one"))
	text := c.Deck.Notes[len(c.Deck.Notes)-1].Text(decks.Back)
	if want := fmt.Sprintf("![x](<%s.png>) ![y](%s.png \"t\")", hash, hash); text != want {
		t.Errorf("%s, want %s", text, want)
	}
	if !slices.Contains(c.Media.Pictures(), hash+".png") || len(c.Media.Names()) != 2 || c.Media.Size(hash) != 8 {
		t.Errorf("%v %v", c.Media.Pictures(), c.Media.Names())
	}
	for _, name := range []string{hash, hash + ".png"} {
		r, err := c.Media.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil || string(data) != "\x89PNG one" {
			t.Errorf("%q %v", data, err)
		}
		r.Close()
	}
	if _, err := c.Media.Open(strings.Repeat("0", 64)); !fault.Is(err, fault.MissingMedia) {
		t.Errorf("%v", err)
	}
	first, _, err := release.New(c.Deck)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "p"), filepath.Join(dir, "q")); err != nil {
		t.Fatal(err)
	}
	write(t, strings.ReplaceAll(read(t, dir, "2.md"), "p/A", "q/A"), dir, "2.md")
	c, err = course.Read(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if again, _, err := release.New(c.Deck); err != nil || again.Hash != first.Hash {
		t.Errorf("%v: a picture that moved makes another release", err)
	}
	// And it can be packed.
	a := releasetest.New(t, "А. Б.", c.Deck.ID)
	media := releasetest.Files{}
	for _, name := range c.Media.Names() {
		r, err := c.Media.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(r)
		r.Close()
		media[name] = data
	}
	parts := a.Ship(t, 1, c.Deck, media, nil)
	parts.Media = c.Media
	var b bytes.Buffer
	if err := pack.Write(t.Context(), &b, parts); err != nil {
		t.Error(err)
	}
}

// packed writes a package of the course as it is.
func packed(t *testing.T, dir string) (file string, rel release.Release) {
	t.Helper()
	c, err := course.Read(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	rel, _, err = release.New(c.Deck)
	if err != nil {
		t.Fatal(err)
	}
	media := releasetest.Files{}
	for _, name := range c.Media.Names() {
		r, err := c.Media.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(r)
		r.Close()
		media.Add(data)
	}
	file = filepath.Join(t.TempDir(), "course-1.lectern")
	write(t, string(releasetest.New(t, "А. Б.", c.Deck.ID).Package(t, 1, c.Deck, media, nil)), file)
	return file, rel
}

func TestChangesAndMark(t *testing.T) {
	dir := begin(t, "ru")
	_, last := packed(t, dir)
	id := last.Deck.Notes[0].ID
	asked := func() []string {
		t.Helper()
		c, err := course.Read(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		ch, err := c.Changes(&last)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, x := range ch.Asked() {
			out = append(out, x.Note)
		}
		return out
	}
	if got := asked(); got != nil {
		t.Errorf("%v", got)
	}
	swap(t, dir, "course.md", "**Об одном.** Что вспоминается целиком, то и оценивают честно.", "О том, что знает автор.")
	if got := asked(); !reflect.DeepEqual(got, []string{id}) {
		t.Errorf("%v", got)
	}
	// Not in substance: it is asked no more, and again when the words are others.
	if err := course.Mark(t.Context(), dir, []string{id}, false); err != nil || asked() != nil {
		t.Errorf("%v %v", err, asked())
	}
	if _, err := course.Fmt(t.Context(), dir, source.Options{}); err != nil || asked() != nil {
		t.Errorf("fmt forgets it: %v", err)
	}
	swap(t, dir, "course.md", "знает автор", "знает студент")
	if got := asked(); !reflect.DeepEqual(got, []string{id}) {
		t.Errorf("%v", got)
	}
	// In substance: it stands in the source.
	if err := course.Mark(t.Context(), dir, []string{id}, true); err != nil || asked() != nil {
		t.Errorf("%v %v", err, asked())
	}
	if text := read(t, dir, "course.md"); !strings.Contains(text, "<!-- ^"+id+" major=1 -->") {
		t.Error(text)
	}
	c, err := course.Read(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	ch, err := c.Changes(&last)
	if err != nil || ch.Substance != 1 || len(ch.List) != 1 || ch.List[0].Weight != changes.Substance || ch.List[0].Kind != merge.RowChanged {
		t.Errorf("%v %+v", err, ch)
	}
	// An author may say of a card that he is never to be asked.
	swap(t, dir, "course.md", "major=1 -->", "keep -->")
	if got := asked(); got != nil {
		t.Errorf("%v", got)
	}
	for _, substance := range []bool{true, false} {
		before := tree(t, dir)
		if err := course.Mark(t.Context(), dir, []string{id, "nobody"}, substance); !fault.Is(err, fault.NoSuchCard) || !reflect.DeepEqual(tree(t, dir), before) {
			t.Errorf("%v", err)
		}
	}
	if first, err := c.Changes(nil); err != nil || !first.First {
		t.Errorf("%v %+v", err, first)
	}
	other := last
	other.Deck.ID = "other"
	if _, err := c.Changes(&other); !fault.Is(err, fault.AnotherCourse) {
		t.Errorf("%v", err)
	}
}

// A crash between the files and the lock loses nothing: the ids stand in the files.
func TestCrashBeforeTheLock(t *testing.T) {
	dir := begin(t, "ru")
	lock := read(t, dir, source.LockName)
	write(t, "# Ещё\nВопрос: Новая?\n\nПропуски: {{a}}\n", dir, "2.md")
	if _, err := course.Fmt(t.Context(), dir, source.Options{}); err != nil {
		t.Fatal(err)
	}
	after := tree(t, dir)
	write(t, lock, dir, source.LockName)
	f, err := course.Fmt(t.Context(), dir, source.Options{})
	if err != nil || len(f.Changed)+f.Given+f.Copies+len(f.Retired) > 0 || !reflect.DeepEqual(tree(t, dir), after) {
		t.Errorf("%v %+v", err, f)
	}
}

// A course without a lock gets none by a mark.
func TestMarkWithoutLock(t *testing.T) {
	dir := begin(t, "ru")
	c, err := course.Read(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(filepath.Join(dir, source.LockName))
	if err := course.Mark(t.Context(), dir, []string{c.Deck.Notes[0].ID}, true); err != nil {
		t.Fatal(err)
	}
	if _, there := tree(t, dir)[source.LockName]; there {
		t.Error("there is an empty lock")
	}
}

func TestRestoreLock(t *testing.T) {
	dir := begin(t, "ru")
	file, rel := packed(t, dir)
	before := read(t, dir, source.LockName)
	os.Remove(filepath.Join(dir, source.LockName))
	d, err := course.Released(t.Context(), file)
	if err != nil || !reflect.DeepEqual(d, rel.Deck) {
		t.Fatalf("%v", err)
	}
	if n, err := course.RestoreLock(t.Context(), dir, d); err != nil || n != 4 {
		t.Errorf("%d %v", n, err)
	}
	// All ids lost, all come back.
	text := read(t, dir, "course.md")
	write(t, stripIDs(text), dir, "course.md")
	if f, err := course.Fmt(t.Context(), dir, source.Options{}); err != nil || f.Healed != 4 {
		t.Errorf("%v %+v", err, f)
	}
	if read(t, dir, "course.md") != text || read(t, dir, source.LockName) != before {
		t.Error("the course is not as it was")
	}
	d.ID = "other"
	if _, err := course.RestoreLock(t.Context(), dir, d); !fault.Is(err, fault.BadSource) || read(t, dir, source.LockName) != before {
		t.Errorf("%v", err)
	}
	os.Remove(filepath.Join(dir, source.LockName))
	if _, err := course.RestoreLock(t.Context(), dir, d); !fault.Is(err, fault.BadSource) {
		t.Errorf("%v", err)
	}
	if _, err := course.Released(t.Context(), filepath.Join(dir, "course.md")); !fault.Is(err, fault.NotAPackage) {
		t.Errorf("%v", err)
	}
}

func stripIDs(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "<!-- ^") {
			out = append(out, line)
		}
	}
	return strings.Join(out, "")
}

func TestFork(t *testing.T) {
	dir := begin(t, "ru")
	if err := course.SetHead(t.Context(), dir, source.Head{Key: "feed", Value: "https://example.org/feed.json"}); err != nil {
		t.Fatal(err)
	}
	file, rel := packed(t, dir)
	if rel.Deck.Feed == "" {
		t.Fatal("the feed is not in the head")
	}
	for name, from := range map[string]string{"folder": dir, "package": file} {
		to := filepath.Join(t.TempDir(), "fork")
		if err := course.Fork(t.Context(), from, to, source.Head{Key: "author", Value: "В. Г."}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := mistakes(t, to); got != nil {
			t.Errorf("%s: %v", name, got)
		}
		c, err := course.Read(t.Context(), to)
		if err != nil {
			t.Fatal(err)
		}
		if c.Deck.ID == rel.Deck.ID || c.Deck.Feed != "" || c.Deck.Author != "В. Г." || c.Deck.License != rel.Deck.License || len(c.Deck.Notes) != 4 {
			t.Errorf("%s: %+v", name, c.Deck)
		}
		lock, err := source.ParseLock([]byte(read(t, to, source.LockName)))
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range c.Deck.Notes {
			was := rel.Deck.Notes[i]
			if n.ID == was.ID || lock.Cards[n.ID].Origin != rel.Deck.ID+"/"+was.ID || !reflect.DeepEqual(n.Fields, was.Fields) {
				t.Errorf("%s: %+v of %+v, origin %q", name, n, was, lock.Cards[n.ID].Origin)
			}
		}
		// What it was is not forgotten.
		if _, err := course.Fmt(t.Context(), to, source.Options{}); err != nil || !strings.Contains(read(t, to, source.LockName), rel.Deck.ID+"/") {
			t.Errorf("%s: %v", name, err)
		}
		if err := course.Fork(t.Context(), from, to); !fault.Is(err, fault.CourseThere) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := course.Fork(t.Context(), filepath.Join(dir, "nothing"), t.TempDir()); !fault.Is(err, fault.UnreadableFile) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}
