package main

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// drop drops files on a window, as a file manager would: by the protocol XDND, in
// which the one that is dropped on asks for what there is.
func (d *display) drop(t testing.TB, target xproto.Window, paths ...string) {
	t.Helper()
	conn, err := xgb.NewConn() // its events are not mixed with others
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	s := dragged{display: &display{conn, d.root}, target: target}
	for _, p := range paths {
		s.list += (&url.URL{Scheme: "file", Path: p}).String() + "\r\n"
	}
	s.win, err = xproto.NewWindowId(conn)
	if err != nil {
		t.Fatal(err)
	}
	xproto.CreateWindow(conn, 0, s.win, d.root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil)
	xproto.SetSelectionOwner(conn, s.win, s.atom("XdndSelection"), xproto.TimeCurrentTime)
	s.tell("XdndEnter", 5<<24, uint32(s.atom("text/uri-list")), 0, 0)
	where, err := xproto.TranslateCoordinates(conn, target, d.root, 100, 200).Reply()
	if err != nil {
		t.Fatal(err)
	}
	s.tell("XdndPosition", 0, uint32(where.DstX)<<16|uint32(where.DstY), xproto.TimeCurrentTime, uint32(s.atom("XdndActionCopy")))
	for end := time.Now().Add(patience); !s.done; {
		if time.Now().After(end) {
			t.Fatal("the files were dropped in vain")
		}
		if ev, _ := conn.PollForEvent(); ev != nil {
			s.hear(ev)
		} else {
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// dragged is what is held over a window.
type dragged struct {
	*display
	win, target   xproto.Window
	list          string // of the files' addresses
	dropped, done bool
}

// tell sends the window under the pointer a message.
func (s *dragged) tell(message string, data ...uint32) {
	ev := xproto.ClientMessageEvent{
		Format: 32, Window: s.target, Type: s.atom(message),
		Data: xproto.ClientMessageDataUnionData32New(append([]uint32{uint32(s.win)}, data...)),
	}
	xproto.SendEvent(s.conn, false, s.target, xproto.EventMaskNoEvent, string(ev.Bytes()))
	s.conn.Sync()
}

func (s *dragged) hear(ev xgb.Event) {
	switch ev := ev.(type) {
	case xproto.ClientMessageEvent:
		switch ev.Type {
		case s.atom("XdndStatus"): // it may be dropped here
			if !s.dropped {
				s.dropped = true
				s.tell("XdndDrop", 0, xproto.TimeCurrentTime, 0, 0)
			}
		case s.atom("XdndFinished"):
			s.done = true
		}
	case xproto.SelectionRequestEvent: // what is it?
		xproto.ChangeProperty(s.conn, xproto.PropModeReplace, ev.Requestor, ev.Property, ev.Target, 8, uint32(len(s.list)), []byte(s.list))
		answer := xproto.SelectionNotifyEvent{Time: ev.Time, Requestor: ev.Requestor, Selection: ev.Selection, Target: ev.Target, Property: ev.Property}
		xproto.SendEvent(s.conn, false, ev.Requestor, xproto.EventMaskNoEvent, string(answer.Bytes()))
		s.conn.Sync()
	}
}

// lines puts lines together as a page.
func lines(all ...string) string { return strings.Join(all, "\n") + "\n" }
