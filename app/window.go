package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"lectern/app/instance"
	"lectern/app/nav"
	"lectern/app/prefs"
	"lectern/app/shell"
	"lectern/app/theme"
	"lectern/app/trouble"
	"lectern/assets"
	"lectern/assets/i18n"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/fetch"
)

// Version is the program's, the same as in FyneApp.toml.
const Version = "0.1.0"

// Exit codes of Run.
const (
	ExitOK        = 0
	ExitFailure   = 1
	ExitUsage     = 2 // flags that make no sense
	ExitNoDisplay = 2 // no screen to draw on
)

// Program is one run: what the screens are made from.
type Program struct {
	Config     Config
	Collection *collection.Collection
	Nav        nav.Navigator

	dir   string // of the collection
	build func(*Program) Screens
	files []string              // to be opened
	late  chan instance.Message // from later starts
	first *instance.First       // nil: this start does not listen for later ones

	watch    *watch // the time of pictures; nil otherwise
	failed   error  // why pictures could not be taken
	words    *i18n.Printer
	app      fyne.App
	win      fyne.Window
	shell    *shell.Shell
	stepping bool // a deck is being undone or done again
	screens  Screens
	ready    bool               // they are shown
	halt     context.CancelFunc // ends what is done beside the window

	reading   *reading
	restoring bool     // a backup is being put in place
	bad       []string // backups that turned out to be none
}

// reading is the first reading of a collection.
type reading struct {
	done chan struct{} // closed at its end
	err  error         // known from then on
}

// Words speaks the user's language.
func (p *Program) Words() *i18n.Printer { return p.words }

// Window is the program's window, for what only it can do, such as asking for
// a file.
func (p *Program) Window() fyne.Window { return p.win }

// SetLanguage changes the language now and for the next start.
func (p *Program) SetLanguage(tag string) error {
	if err := p.Collection.SetSetting(context.Background(), prefs.Language, tag); err != nil {
		return err
	}
	p.words = i18n.New(tag)
	p.shell.Speak()
	return nil
}

// SetTheme changes light and dark now and for the next start.
func (p *Program) SetTheme(m theme.Mode) error {
	if err := p.Collection.SetSetting(context.Background(), prefs.Theme, string(m)); err != nil {
		return err
	}
	p.app.Settings().SetTheme(theme.New(m))
	return nil
}

// SetScale changes the size of everything now and for the next start, in per
// cent of the desktop's. The window stays as large as it is.
func (p *Program) SetScale(percent int) error {
	if err := p.Collection.SetSetting(context.Background(), prefs.Scale, strconv.Itoa(percent)); err != nil {
		return err
	}
	size, before := p.win.Canvas().Size(), p.scale()
	setScale(percent)
	p.app.Settings().SetTheme(p.app.Settings().Theme()) // tells the window to look
	fyne.Do(func() {
		share := before / p.scale()
		p.win.Resize(fyne.NewSize(size.Width*share, size.Height*share))
	})
	return nil
}

// percent is the scale the user has chosen; 0 is the desktop's own.
func (p *Program) percent() int {
	pref, err := p.chosen()
	if err != nil {
		return 0
	}
	return pref.Scale
}

// setScale tells Fyne, which reads its scale from the environment alone.
func setScale(percent int) {
	_ = os.Setenv("FYNE_SCALE", strconv.FormatFloat(float64(percent)/100, 'f', 2, 64))
}

// Screens are the places of the window, made by the program's wiring. Each is
// called when its place is shown and may keep what it made.
type Screens struct {
	Today      func() nav.Screen // the first run while there is no deck
	Cards      func() nav.Screen
	Statistics func() nav.Screen
	Settings   func() nav.Screen
	Open       func(paths []string) // opens files; without paths asks for one
	Paste      func()               // opens the text on the clipboard
	Shots      func(dir string) error
	Meanwhile  func(context.Context) // what is done beside the window while the collection is open
}

// Run starts the window and returns the exit code when it is closed. Build
// makes the screens once the collection is open. Sentences for the user go to
// errs.
func Run(conf Config, build func(*Program) Screens, errs io.Writer) int {
	words := i18n.New(i18n.Detect(os.Getenv))
	if conf.Lang != "" {
		words = i18n.New(conf.Lang)
	}
	fail := func(err error) int {
		fmt.Fprintln(errs, words.Fault(err))
		fmt.Fprintln(errs, err)
		return ExitFailure
	}
	if !hasDisplay(os.Getenv) {
		fmt.Fprintln(errs, words.T("shell.no_display", "Display", os.Getenv("DISPLAY")))
		return ExitNoDisplay
	}
	dir, err := conf.place()
	if err != nil {
		return fail(err)
	}
	files, err := absolute(conf.Files)
	if err != nil {
		return fail(err)
	}

	var hand *watch
	if conf.Shots != "" && !conf.Walk {
		hand = &watch{}
		hand.set(pictureDay)
		conf.Clock = hand.now
	}
	p := &Program{Config: conf, watch: hand, words: words, dir: dir, build: build, files: files, late: make(chan instance.Message, 16), halt: func() {}}
	address, err := instance.Address(dir, os.Getenv)
	if err == nil && conf.Shots == "" {
		first, err := instance.Listen(address, instance.Message{Files: files}, func(m instance.Message) { p.late <- m })
		if err == nil && first == nil {
			return ExitOK
		}
		if err == nil {
			p.first = first
			defer first.Close()
		}
	}
	if crash := crashFile(dir); crash != nil {
		defer crash.Close()
	}
	return p.run(errs)
}

// run shows the window until it is closed.
func (p *Program) run(errs io.Writer) int {
	pref := prefs.Prefs{Lang: p.words.Lang(), Mode: theme.ParseMode(p.Config.Theme), Width: theme.StartWidth, Height: theme.StartHeight}
	bad := p.load()
	if bad == nil {
		if stored, err := p.chosen(); err == nil {
			pref = stored
			p.warm()
		} else {
			bad = err
		}
	}
	if bad != nil {
		fmt.Fprintln(errs, p.words.Fault(bad))
		fmt.Fprintln(errs, bad)
	}
	p.words = i18n.New(pref.Lang)
	p.open(pref)
	p.app.Lifecycle().SetOnStarted(p.started)
	p.app.Lifecycle().SetOnEnteredForeground(func() { fyne.Do(p.shell.Reload) })
	if bad == nil {
		p.start()
	} else {
		p.troubled(bad)
	}
	p.app.Run()
	return p.end(errs)
}

// end lets the screen in front keep what is being written, whichever way the
// window was left, and closes the collection.
func (p *Program) end(errs io.Writer) int {
	if p.first != nil {
		p.first.Close() // from here on a start is a first one
	}
	if top := p.shell.Top(); top != nil {
		top.Hidden()
	}
	p.halt()
	err := p.failed
	if p.Collection != nil {
		err = errors.Join(err, p.Collection.Close())
	}
	if err != nil {
		fmt.Fprintln(errs, err)
	}
	if err != nil || p.Collection == nil {
		return ExitFailure
	}
	return ExitOK
}

// load opens the collection.
func (p *Program) load() error {
	c, err := collection.Open(context.Background(), p.dir, collection.Options{Clock: p.Config.Clock})
	if err != nil {
		return err
	}
	p.Collection = c
	return nil
}

// warm begins to read the collection: a large one takes a while, in which the
// window is made.
func (p *Program) warm() {
	r := &reading{done: make(chan struct{})}
	p.reading = r
	go func(c *collection.Collection) {
		defer close(r.done)
		_, r.err = c.Decks(context.Background())
	}(p.Collection)
}

// glance is how long the window waits for the collection to be read before it is
// shown without: no longer than an empty one takes.
const glance = 10 * time.Millisecond

// deckless tells whether the collection has no deck. One that is still being
// read has some.
func (p *Program) deckless() bool {
	select {
	case <-p.reading.done:
	case <-time.After(glance):
		return false
	}
	rows, err := p.Collection.Decks(context.Background())
	return err == nil && len(rows) == 0
}

// checked shows what is wrong with a collection that turned out damaged when it
// was read, and tells whether it did.
func (p *Program) checked(r *reading) bool {
	if !fault.Is(r.err, fault.CorruptFile) {
		return false
	}
	p.troubled(r.err)
	return true
}

// chosen reads what the user has chosen about the window.
func (p *Program) chosen() (prefs.Prefs, error) {
	return prefs.Read(context.Background(), p.Collection, p.Config.Lang, p.Config.Theme, os.Getenv)
}

// start makes the screens of the collection that is open and shows the first.
func (p *Program) start() {
	p.screens = p.build(p)
	p.frame(p.screens)
	p.begin(p.screens)
}

// troubled shows what is wrong with a collection that cannot be opened.
func (p *Program) troubled(err error) {
	p.ready = false
	screen := trouble.New(trouble.Options{
		Printer: p.words, Err: err, Dir: p.dir, Backups: p.backups(), Quit: func() { p.app.Quit() },
		Restore: p.restore,
	})
	get := func() nav.Screen { return screen }
	nothing := func(shell.Step) {}
	p.shell = shell.New(p.win, shell.Options{
		Words: p.Words, Today: get, Cards: get, Statistics: get, Settings: get,
		Open: func([]string) {}, Paste: func() {}, Undo: nothing, Redo: nothing, Quit: func() { p.app.Quit() },
	})
	p.Nav = p.shell
	p.shell.Start(screen)
	p.win.Show()
}

// scale is how many pixels of the screen one of the window has.
func (p *Program) scale() float32 {
	if p.win == nil {
		return 1
	}
	return p.win.Canvas().Scale()
}

// open makes Fyne's app and the window.
func (p *Program) open(pref prefs.Prefs) {
	icon := fyne.NewStaticResource("lectern.png", assets.IconPNG)
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: "app.lectern.Lectern", Name: "Lectern", Version: Version, Build: 1, Icon: icon,
		Migrations: map[string]bool{"fyneDo": true},
	})
	if pref.Scale > 0 && os.Getenv("FYNE_SCALE") == "" {
		setScale(pref.Scale)
	}
	if cache, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(cache, 0o700) // Fyne keeps things there and complains in a fresh home
	}
	p.app = fyneapp.NewWithID("app.lectern.Lectern")
	p.app.SetIcon(icon)
	p.app.Settings().SetTheme(theme.New(pref.Mode))
	p.win = p.app.NewWindow("Lectern")
	p.win.Resize(fyne.NewSize(pref.Width, pref.Height))
	p.win.CenterOnScreen()
	p.win.SetMaster()
}

// frame puts the shell into the window.
func (p *Program) frame(s Screens) {
	p.shell = shell.New(p.win, shell.Options{
		Words: p.Words, Today: s.Today, Cards: s.Cards, Statistics: s.Statistics, Settings: s.Settings,
		Open: s.Open, Paste: s.Paste, Quit: p.quit,
		Undo: func(then shell.Step) { p.step(p.Collection.CanUndo, p.Collection.Undo, then) },
		Redo: func(then shell.Step) { p.step(p.Collection.CanRedo, p.Collection.Redo, then) },
	})
	p.Nav = p.shell
	p.win.SetCloseIntercept(p.shell.Quit)
}

// step undoes or does again, beside the window what concerns a whole deck: that of a
// large one takes a while. What is asked for meanwhile is not done.
func (p *Program) step(look func(context.Context) (*collection.OpInfo, error), do func(context.Context) (collection.OpInfo, error), then shell.Step) {
	if p.stepping {
		return
	}
	next, err := look(context.Background())
	if err != nil || next == nil || !next.Kind.OfDeck() {
		then(p.named(do(context.Background())))
		return
	}
	p.stepping = true
	go func() {
		op, err := do(context.Background())
		fyne.Do(func() {
			p.stepping = false
			then(p.named(op, err))
		})
	}()
}

// named names a step that was taken: the act, and what it was done to.
func (p *Program) named(op collection.OpInfo, err error) (string, error) {
	if err != nil {
		return "", err
	}
	key := "op." + string(op.Kind)
	if op.Kind == collection.OpAnswer {
		key = "op.answer_" + strconv.Itoa(int(op.Grade))
	}
	return p.words.T(key), nil
}

func (p *Program) quit() {
	size := p.win.Canvas().Size()
	if !p.win.FullScreen() {
		// A size that cannot be kept is not worth a word at the end.
		_ = prefs.KeepSize(context.Background(), p.Collection, size.Width, size.Height)
	}
	p.app.Quit()
}

// begin shows the first screen.
func (p *Program) begin(s Screens) {
	first := s.Today()
	select {
	case <-p.reading.done:
		if p.checked(p.reading) {
			return
		}
	default: // started waits for it
	}
	p.ready = true
	if p.Config.Shots == "" {
		ctx, halt := context.WithCancel(context.Background())
		p.halt = halt
		go s.Meanwhile(ctx)
	}
	p.shell.Start(first)
	p.win.Show()
}

// started does what has to wait for the window: it opens what was asked for,
// here and by later starts.
func (p *Program) started() {
	if p.Config.Shots != "" {
		go p.shots(p.screens)
		return
	}
	p.openFiles(nil)
	ready, first := p.ready, p.reading
	go func() {
		if ready {
			<-first.done
			fyne.Do(func() { p.checked(first) })
		}
		for m := range p.late {
			fyne.Do(func() {
				p.win.RequestFocus()
				p.openFiles(m.Files)
			})
		}
	}()
}

// openFiles opens files; while there is no collection to open them in they wait.
func (p *Program) openFiles(files []string) {
	p.files = append(p.files, files...)
	if files = p.files; p.ready && len(files) > 0 {
		p.files = nil
		p.shell.Open(files...)
	}
}

// shots takes the pictures and ends the program.
func (p *Program) shots(s Screens) {
	err := s.Shots(p.Config.Shots)
	fyne.Do(func() {
		p.failed = err
		p.app.Quit()
	})
}

// hasDisplay tells whether a window can be opened at all. Elsewhere than on
// Linux and its kin there is always a screen.
func hasDisplay(getenv func(string) string) bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return true
	}
	return getenv("DISPLAY") != ""
}

// absolute makes paths that hold wherever they are read; links and addresses are
// none.
func absolute(files []string) ([]string, error) {
	out := make([]string, len(files))
	for i, f := range files {
		if feed.IsLink(f) || fetch.IsAddress(f) {
			out[i] = f
			continue
		}
		abs, err := filepath.Abs(f)
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", f, err)
		}
		out[i] = abs
	}
	return out, nil
}

// crashFile makes a panic leave its trace beside the collection. Without the
// file the trace still goes to the standard error.
func crashFile(dir string) *os.File {
	if os.MkdirAll(dir, 0o700) != nil {
		return nil
	}
	f, err := os.OpenFile(filepath.Join(dir, "crash.txt"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil
	}
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		f.Close()
		return nil
	}
	return f
}
