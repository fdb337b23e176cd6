// Package choose asks for files or a folder. The toolkit's own dialog speaks the
// system's language instead of the program's and cannot be worked by keys.
package choose

import (
	"bufio"
	"cmp"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/assets/i18n"
	"lectern/decks/fault"
	"lectern/decks/fold"
)

// Options say what is asked for.
type Options struct {
	Printer    *i18n.Printer
	Nav        nav.Navigator
	Background func(func()) // runs a read; nil is a goroutine of its own

	Title   string
	Dir     string // where the choice begins; "" is the likeliest of the user's folders
	Folders bool   // a folder is asked for: files are only there to be recognised
	Takes   func(name string) bool
	Nothing string // said of a folder in which there is nothing to choose
	Whole   string // the word for taking the whole folder; "" lets only files be taken
	Empty   string // why a folder without anything cannot be taken as a whole; "" lets it

	Chosen func(paths []string) // files, or one folder
}

// Ask shows the sheet.
func Ask(o Options) {
	var done func()
	chosen := o.Chosen
	o.Chosen = func(paths []string) {
		done()
		chosen(paths)
	}
	c := newChooser(o)
	done = o.Nav.Sheet(o.Title, c.room)
	o.Nav.Focus(c.list)
}

// Start is the folder of the user in which a choice may begin.
func Start() string {
	if places := shortcuts(os.Getenv); len(places) > 0 {
		return places[0]
	}
	return string(filepath.Separator)
}

// Documents is the folder in which the user keeps what he makes.
func Documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return Start()
	}
	dir := userDirs(home, os.Getenv)["DOCUMENTS"]
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return home
	}
	return dir
}

// chooser is the sheet that asks.
type chooser struct {
	o     Options
	p     *i18n.Printer
	dir   string
	names []named
	all   bool // files of other endings too
	gen   int  // of the latest read

	where *kit.Text
	list  *kit.List
	empty *kit.Label
	take  *kit.Button // the whole folder, or the files that are marked
	room  *fyne.Container
}

// named is a line of the list.
type named struct {
	name string
	dir  bool
}

// newChooser makes the list of a folder.
func newChooser(o Options) *chooser {
	if o.Background == nil {
		o.Background = func(f func()) { go f() }
	}
	if o.Dir == "" {
		o.Dir = Start()
	}
	p := o.Printer
	c := &chooser{o: o, p: p}
	c.where = kit.NewText("", kit.Caption, theme.Muted)
	c.where.Elide = true
	c.list = kit.NewList(44, c.row)
	c.list.Room, c.list.AtOnce, c.list.Many = 8, true, !o.Folders
	if o.Nav.Small() {
		c.list.Room = 6
	}
	c.list.Opened = c.open
	c.list.Moved = func(int) { c.offer() }
	c.list.Also = map[keys.Key]func(){keys.Backspace: c.up, keys.Left: c.up}
	c.empty = kit.NewLabel("", kit.Body, theme.Muted)
	c.take = kit.NewButton("", kit.Secondary, c.takeAll).Sized(theme.ControlSmall, 0)
	places := kit.Row(8, kit.Middle)
	for _, at := range shortcuts(os.Getenv) {
		name := filepath.Base(at)
		if home, err := os.UserHomeDir(); err == nil && at == home {
			name = p.T("open.home")
		}
		places.Add(kit.NewFilter(name, "folder-open", false, func() { c.show(at) }))
	}
	places.Add(kit.Spring())
	up := kit.NewIconButton("caret-up", p.T("open.up"), keys.Backspace, c.up).Tool()
	foot := kit.Row(0, kit.Middle)
	if !o.Folders {
		foot.Add(kit.NewCheck(p.T("open.all_files"), false, func(on bool) {
			c.all = on
			c.show(c.dir)
		}))
	}
	foot.Add(kit.Spring())
	foot.Add(c.take)
	c.room = kit.Column(8, places,
		kit.Row(4, kit.Middle, up, kit.Flex(c.where)), kit.Rule(), c.empty, c.list, kit.Pad(kit.Insets{Top: 8}, foot))
	c.show(o.Dir)
	return c
}

// marked are the files of the choice, when there are several.
func (c *chooser) marked() (paths []string) {
	from, to := c.list.Range()
	for i := from; i < to; i++ {
		if !c.names[i].dir {
			paths = append(paths, filepath.Join(c.dir, c.names[i].name))
		}
	}
	if len(paths) < 2 {
		return nil
	}
	return paths
}

// offer says what the button below takes.
func (c *chooser) offer() {
	if n := len(c.marked()); n > 0 {
		c.take.Set(c.p.N("open.take_files", n))
	} else {
		c.take.Set(c.o.Whole)
	}
	c.take.Hidden = c.take.Text == ""
	none := ""
	if len(c.names) == 0 {
		none = c.o.Empty
	}
	c.take.SetDisabled(none)
	kit.Relayout(c.room)
}

func (c *chooser) takeAll() {
	if paths := c.marked(); paths != nil {
		c.o.Chosen(paths)
		return
	}
	c.o.Chosen([]string{c.dir})
}

// show reads a folder and lists it.
func (c *chooser) show(dir string) {
	c.gen++
	gen, takes := c.gen, c.takes()
	c.o.Background(func() {
		names, err := folder(dir, takes)
		fyne.Do(func() {
			if gen != c.gen {
				return
			}
			c.dir, c.names = dir, names
			c.where.Set(dir)
			switch {
			case err != nil:
				c.empty.Colour = theme.Error
				c.empty.Set(c.p.Fault(fault.New(fault.UnreadableFile, err, "name", dir)))
			default:
				c.empty.Colour = theme.Muted
				c.empty.Set(c.o.Nothing)
			}
			c.empty.Hidden = err == nil && len(names) > 0
			c.list.Hidden = !c.empty.Hidden
			c.list.Set(len(names), 0)
			c.offer()
			c.o.Nav.Focus(c.list)
		})
	})
}

func (c *chooser) up() {
	if up := filepath.Dir(c.dir); up != c.dir {
		c.show(up)
	}
}

func (c *chooser) open(i int) {
	if paths := c.marked(); paths != nil {
		c.o.Chosen(paths)
		return
	}
	path := filepath.Join(c.dir, c.names[i].name)
	if c.names[i].dir {
		c.show(path)
		return
	}
	c.o.Chosen([]string{path})
}

func (c *chooser) row(i int) fyne.CanvasObject {
	n := c.names[i]
	icon := "file-text"
	if n.dir {
		icon = "folder-open"
	}
	text := kit.NewText(n.name, kit.Body, theme.Ink)
	text.Elide = true
	return kit.Row(12, kit.Middle, kit.Icon(icon, 20, theme.Muted), kit.Flex(text))
}

// takes tells which files are listed.
func (c *chooser) takes() func(string) bool {
	switch {
	case c.o.Folders:
		return func(string) bool { return false }
	case c.all || c.o.Takes == nil:
		return func(string) bool { return true }
	}
	return c.o.Takes
}

// folder lists what can be chosen in a folder: folders first, without hidden
// ones, in the order of their names.
func folder(dir string, takes func(string) bool) ([]named, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []named
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		isDir := e.IsDir()
		if e.Type()&os.ModeSymlink != 0 {
			info, err := os.Stat(filepath.Join(dir, e.Name()))
			if err != nil {
				continue // leads nowhere
			}
			isDir = info.IsDir()
		}
		if isDir || takes(e.Name()) {
			out = append(out, named{e.Name(), isDir})
		}
	}
	slices.SortStableFunc(out, func(a, b named) int {
		if a.dir != b.dir {
			if a.dir {
				return -1
			}
			return 1
		}
		return fold.Compare(a.name, b.name)
	})
	return out, nil
}

// shortcuts are the user's own folders that exist, the likeliest for a lecture
// first.
func shortcuts(getenv func(string) string) []string {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	names := userDirs(home, getenv)
	var out []string
	for _, key := range []string{"DOWNLOAD", "DOCUMENTS", "DESKTOP"} {
		if info, err := os.Stat(names[key]); err == nil && info.IsDir() && names[key] != home {
			out = append(out, names[key])
		}
	}
	return append(out, home)
}

// userDirs are the folders by the names of the freedesktop standard
// "xdg-user-dirs", which on other systems have one name each.
func userDirs(home string, getenv func(string) string) map[string]string {
	dirs := map[string]string{
		"DOWNLOAD": filepath.Join(home, "Downloads"), "DOCUMENTS": filepath.Join(home, "Documents"), "DESKTOP": filepath.Join(home, "Desktop"),
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return dirs
	}
	config := cmp.Or(getenv("XDG_CONFIG_HOME"), filepath.Join(home, ".config"))
	f, err := os.Open(filepath.Join(config, "user-dirs.dirs"))
	if err != nil {
		return dirs
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		key, value, ok := strings.Cut(strings.TrimSpace(lines.Text()), "=")
		key, isDir := strings.CutPrefix(strings.TrimSuffix(key, "_DIR"), "XDG_")
		if ok && isDir {
			dirs[key] = strings.Replace(strings.Trim(value, `"`), "$HOME", home, 1)
		}
	}
	return dirs
}
