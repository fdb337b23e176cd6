package main

import (
	"encoding/binary"
	"image"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// display is a connection to the X server: it finds windows, presses keys and
// reads what is painted. One test at a time has the keyboard.
type display struct {
	conn *xgb.Conn
	root xproto.Window
}

func openDisplay(t testing.TB) *display {
	t.Helper()
	conn, err := xgb.NewConn()
	if err != nil {
		t.Fatalf("connect to the display: %v", err)
	}
	t.Cleanup(conn.Close)
	if err := xtest.Init(conn); err != nil {
		t.Fatalf("the display takes no key presses: %v", err)
	}
	// A machine under load may hold a key long enough for the server to repeat it.
	xproto.ChangeKeyboardControl(conn, xproto.KbAutoRepeatMode, []uint32{xproto.AutoRepeatModeOff})
	return &display{conn, xproto.Setup(conn).DefaultScreen(conn).Root}
}

// layout puts a keyboard layout in force, such as "us" or "ru".
func (d *display) layout(t testing.TB, name string) {
	t.Helper()
	if out, err := exec.Command("setxkbmap", "-layout", name, "-option", "").CombinedOutput(); err != nil {
		t.Fatalf("setxkbmap %s: %v\n%s", name, err, out)
	}
}

func (d *display) atom(name string) xproto.Atom {
	r, err := xproto.InternAtom(d.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return xproto.AtomNone
	}
	return r.Atom
}

// windowOf finds the visible window of a process.
func (d *display) windowOf(pid int) (xproto.Window, bool) {
	tree, err := xproto.QueryTree(d.conn, d.root).Reply()
	if err != nil {
		return 0, false
	}
	owner := d.atom("_NET_WM_PID")
	for _, w := range tree.Children {
		p, err := xproto.GetProperty(d.conn, false, w, owner, xproto.AtomCardinal, 0, 1).Reply()
		if err != nil || len(p.Value) != 4 || int(binary.LittleEndian.Uint32(p.Value)) != pid {
			continue
		}
		a, err := xproto.GetWindowAttributes(d.conn, w).Reply()
		if err == nil && a.MapState == xproto.MapStateViewable {
			return w, true
		}
	}
	return 0, false
}

// size is how large a window is, in pixels.
func (d *display) size(w xproto.Window) image.Point {
	g, err := xproto.GetGeometry(d.conn, xproto.Drawable(w)).Reply()
	if err != nil {
		return image.Point{}
	}
	return image.Pt(int(g.Width), int(g.Height))
}

// pixels reads a part of a window: four bytes a pixel, the fourth without a
// meaning; "" when the window is gone.
func (d *display) pixels(w xproto.Window, r image.Rectangle) string {
	p, err := xproto.GetImage(d.conn, xproto.ImageFormatZPixmap, xproto.Drawable(w),
		int16(r.Min.X), int16(r.Min.Y), uint16(r.Dx()), uint16(r.Dy()), 1<<24-1).Reply()
	if err != nil {
		return ""
	}
	return string(p.Data)
}

// picture is what a window shows.
func (d *display) picture(w xproto.Window) image.Image {
	size := d.size(w)
	data := d.pixels(w, image.Rectangle{Max: size})
	m := image.NewRGBA(image.Rectangle{Max: size})
	for i := 0; i+3 < len(data); i += 4 {
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = data[i+2], data[i+1], data[i], 255
	}
	return m
}

// painted tells whether something is to be seen in a piece of a window.
func painted(pixels string) bool { return strings.Trim(pixels, "\x00") != "" }

// focus gives a window the keyboard, as a window manager would.
func (d *display) focus(w xproto.Window) {
	xproto.SetInputFocus(d.conn, xproto.InputFocusParent, w, xproto.TimeCurrentTime)
	d.conn.Sync()
}

// protocol sends a window one of the messages that window managers send.
func (d *display) protocol(w xproto.Window, message string, data uint32) {
	ev := xproto.ClientMessageEvent{
		Format: 32, Window: w, Type: d.atom("WM_PROTOCOLS"),
		Data: xproto.ClientMessageDataUnionData32New([]uint32{uint32(d.atom(message)), data, uint32(w), 0, 0}),
	}
	xproto.SendEvent(d.conn, false, w, xproto.EventMaskNoEvent, string(ev.Bytes()))
	d.conn.Sync()
}

// close asks a window to close, as its title bar would.
func (d *display) close(w xproto.Window) { d.protocol(w, "WM_DELETE_WINDOW", xproto.TimeCurrentTime) }

// answers asks a window whether it is alive and tells whether it has said so. It
// does in its turn, after every key that was pressed before the question.
func (d *display) answers(w xproto.Window, question uint32) func() bool {
	xproto.ChangeWindowAttributes(d.conn, d.root, xproto.CwEventMask, []uint32{xproto.EventMaskSubstructureNotify})
	d.protocol(w, "_NET_WM_PING", question)
	return func() bool {
		for {
			ev, err := d.conn.PollForEvent()
			if ev == nil && err == nil {
				return false
			}
			if m, ok := ev.(xproto.ClientMessageEvent); ok && m.Window == d.root && m.Data.Data32[1] == question {
				return true
			}
		}
	}
}

// send presses or releases a key of the keyboard.
func (d *display) send(kind byte, code byte) {
	xtest.FakeInput(d.conn, kind, code, 0, d.root, 0, 0, 0)
}

// strike presses the keys of a chord down in order, and lets them up again.
func (d *display) strike(codes ...byte) {
	for _, c := range codes {
		d.send(xproto.KeyPress, c)
	}
	for i := len(codes) - 1; i >= 0; i-- {
		d.send(xproto.KeyRelease, codes[i])
	}
	d.conn.Sync()
}

// press strikes a chord and waits for the time that keys need between them: the
// windowing library drops a second press of a key in the same millisecond.
func (d *display) press(codes ...byte) {
	d.strike(codes...)
	time.Sleep(2 * time.Millisecond)
}
