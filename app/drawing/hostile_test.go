package drawing

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lectern/app/cardview"
	"lectern/app/kit"
	"lectern/app/theme"
	"lectern/decks/content"
)

// tracking are texts by which an author could learn who reads his card, and when. HOST is
// replaced by the address of somebody who listens.
var tracking = []string{
	`![p](http://HOST/a.png)`, `![p](//HOST/a.png)`, `![p](<\\HOST\share\a.png>)`, `![p](file://HOST/a.png)`, `![p](http://HOST/a.svg "title")`, "![p][a]\n\n[a]: http://HOST/a.png",
	`<img src="http://HOST/a.png">`, `<img srcset="http://HOST/a.png 2x">`, `<picture><source srcset="http://HOST/a.webp"><img src="http://HOST/a.png"></picture>`,
	`<video src="http://HOST/a.mp4" poster="http://HOST/a.png" autoplay></video>`, `<audio src="http://HOST/a.mp3" autoplay></audio>`, `<embed src="http://HOST/a.svg">`, `<object data="http://HOST/a.svg"></object>`,
	`<iframe src="http://HOST/"></iframe>`, `<script src="http://HOST/a.js"></script>`, `<script>fetch("http://HOST/")</script>`, `<link rel="stylesheet" href="http://HOST/a.css">`, `<link rel="preload" href="http://HOST/a">`,
	`<style>@import url(http://HOST/a.css); body { background: url(http://HOST/a.png) }</style>`, `<div style="background:url(http://HOST/a.png)">x</div>`, `<meta http-equiv="refresh" content="0;url=http://HOST/">`,
	`<base href="http://HOST/"><img src="a.png">`, `<form action="http://HOST/"><input autofocus onfocus="submit()"></form>`, `<svg><image href="http://HOST/a.png"/><use href="http://HOST/a.svg#a"/></svg>`,
	`<a href="http://HOST/" ping="http://HOST/ping">x</a>`, `[x](http://HOST/)`, `<http://HOST/>`, `http://HOST/`, `$\href{http://HOST/}{x}$`, `$\includegraphics{http://HOST/a.png}$`, `$\style{background:url(http://HOST/a)}{x}$`,
	`![p](remote.svg)`, `![p](entity.svg)`, `<img src="remote.svg">`,
}

// A10: whatever stands in a card, showing it makes no request.
func TestNothingIsAskedOfTheNetwork(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.LightMode))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	var asked atomic.Int32
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			asked.Add(1)
			c.Close()
		}
	}()
	host := listener.Addr().String()
	dir := t.TempDir()
	for name, file := range map[string]string{
		"remote.svg": `<?xml-stylesheet href="http://HOST/a.css"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>@import url(http://HOST/a.css);</style>
			<image href="http://HOST/a.png" width="9" height="9"/><use href="http://HOST/a.svg#a"/><rect width="9" height="9" fill="url(http://HOST/a.svg#p)"/><script href="http://HOST/a.js"/></svg>`,
		"entity.svg": `<!DOCTYPE svg SYSTEM "http://HOST/a.dtd" [<!ENTITY x SYSTEM "http://HOST/x">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&x;</text></svg>`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.ReplaceAll(file, "HOST", host)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d, err := New(dir, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for i, text := range tracking {
		if testing.Short() && i%4 > 0 {
			continue // the race detector has seen enough of a few
		}
		text = strings.ReplaceAll(text, "HOST", host)
		for _, doc := range []content.Document{content.Parse(text), content.ParseHTML(text)} {
			formulas(d, doc) // one that came later would be shown by another goroutine
			v := cardview.New(cardview.Options{Math: d, Pictures: d})
			v.SetDocument(doc, cardview.Style{Type: kit.Answer, Colour: theme.Ink})
			win := test.NewTempWindow(t, container.NewStack(kit.NewGround(theme.Desk), kit.NewSheet(kit.All(32), v)))
			win.Resize(fyne.NewSize(400, 200))
			win.Canvas().Capture()
		}
	}
	time.Sleep(50 * time.Millisecond) // what was begun in the background
	if n := asked.Load(); n > 0 {
		t.Errorf("showing cards made %d requests", n)
	}
	// The listener does hear who asks.
	if c, err := net.Dial("tcp", host); err != nil {
		t.Fatal(err)
	} else {
		c.Close()
	}
	for range 100 {
		if asked.Load() > 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the listener is deaf")
}
