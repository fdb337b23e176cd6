package poll

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/fetch"
)

// redirects bounds how often a host may send on.
const redirects = 5

// silence bounds how long a host may send nothing.
const silence = 30 * time.Second

// asker asks for the files of one source.
type asker struct {
	rt     http.RoundTripper
	scheme string // of the address that the student gave
}

// answer is what came.
type answer struct {
	from   string // after redirects
	same   bool   // nothing has changed
	tag    string
	maxAge time.Duration
}

// errStatus is an answer that brings nothing.
type errStatus struct {
	status int
	retry  time.Duration
}

// Error says what the answer was.
func (e errStatus) Error() string { return fmt.Sprintf("status %d", e.status) }

var (
	errTooLong  = errors.New("the file is longer than it may be")
	errRedirect = errors.New("a redirect leads where it may not")
	errTurns    = errors.New("too many redirects")
	errSilence  = errors.New("no byte has come for too long")
)

// read asks for a file of at most some bytes.
func (a *asker) read(ctx context.Context, address string, tag string, most int64) ([]byte, answer, error) {
	var b bytes.Buffer
	ans, err := a.get(ctx, address, tag, most, &b)
	return b.Bytes(), ans, err
}

// get asks for a file of at most some bytes and writes it. With the tag of an earlier
// answer it asks only whether the file is another.
func (a *asker) get(ctx context.Context, address string, tag string, most int64, w io.Writer) (answer, error) {
	u, err := url.Parse(address)
	if err != nil {
		return answer{}, fmt.Errorf("read an address: %w", err)
	}
	if err := a.may(u); err != nil {
		return answer{}, err
	}
	if u.Scheme == "file" {
		return answer{from: address}, copyFile(ctx, address, most, w)
	}
	for range redirects + 1 {
		next, ans, err := a.once(ctx, u, tag, most, w)
		if err != nil || next == nil {
			return ans, err
		}
		if err := a.may(next); err != nil || next.Scheme == "file" {
			return answer{}, errRedirect
		}
		u = next
	}
	return answer{}, errTurns
}

// may tells whether an address may be asked: https, and what the student himself uses.
func (a *asker) may(u *url.URL) error {
	if u.User != nil || u.Scheme != "https" && u.Scheme != a.scheme {
		return errRedirect
	}
	return nil
}

func (a *asker) once(ctx context.Context, u *url.URL, tag string, most int64, w io.Writer) (*url.URL, answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(silence, func() { cancel(errSilence) })
	defer timer.Stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, answer{}, fmt.Errorf("make a request: %w", err)
	}
	req.Header.Set("User-Agent", fetch.UserAgent)
	req.Header.Set("Accept-Encoding", "identity") // what is signed is the file itself
	if tag != "" {
		req.Header.Set("If-None-Match", tag)
	}
	resp, err := a.rt.RoundTrip(req) // no client: it would follow redirects with a Referer, and keep cookies
	if err != nil {
		return nil, answer{}, cause(ctx, err)
	}
	defer resp.Body.Close()
	ans := answer{from: u.String(), maxAge: maxAge(resp.Header)}
	if t := resp.Header.Get("ETag"); len(t) <= 200 {
		ans.tag = t
	}
	switch resp.StatusCode {
	case http.StatusOK:
		return nil, ans, cause(ctx, copyMost(w, &heard{resp.Body, timer}, most))
	case http.StatusNotModified:
		if ans.same = tag != ""; ans.same {
			return nil, ans, nil
		}
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		next, err := u.Parse(resp.Header.Get("Location"))
		if err != nil || resp.Header.Get("Location") == "" {
			return nil, ans, errRedirect
		}
		next.Fragment, next.RawFragment = "", ""
		return next, ans, nil
	}
	return nil, ans, errStatus{resp.StatusCode, retryAfter(resp.Header)}
}

// cause says why a request ended.
func cause(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), errSilence) {
		return errSilence
	}
	return err
}

// heard tells a timer that something came.
type heard struct {
	r     io.Reader
	timer *time.Timer
}

// Read reads.
func (h *heard) Read(p []byte) (int, error) {
	n, err := h.r.Read(p)
	if n > 0 {
		h.timer.Reset(silence)
	}
	return n, err
}

func copyMost(w io.Writer, r io.Reader, most int64) error {
	n, err := io.Copy(w, io.LimitReader(r, most+1))
	if err == nil && n > most {
		err = errTooLong
	}
	return err
}

func copyFile(ctx context.Context, address string, most int64, w io.Writer) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	name := feed.Link{Address: address}.File()
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist // a pipe would not end
	}
	if err != nil {
		return err
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return copyMost(w, f, most)
}

// maxAge is how long a host says that its answer stays what it is.
func maxAge(h http.Header) time.Duration {
	for _, part := range strings.Split(h.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if n, err := strconv.Atoi(strings.Trim(value, `"`)); err == nil && n > 0 && strings.EqualFold(name, "max-age") {
			return time.Duration(min(n, int(longest/time.Second))) * time.Second
		}
	}
	return 0
}

// retryAfter is how long a host asks not to be asked, 0 when it does not.
func retryAfter(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	if n, err := strconv.Atoi(value); err == nil && n > 0 {
		return time.Duration(min(n, int(longest/time.Second))) * time.Second
	}
	if t, err := http.ParseTime(value); err == nil {
		from, err := http.ParseTime(h.Get("Date"))
		if err != nil {
			return time.Hour
		}
		return min(max(t.Sub(from), 0), longest)
	}
	return 0
}

// trouble is what an error means to the student who asks why there is no news.
func trouble(ctx context.Context, address string, err error) *fault.Fault {
	var f *fault.Fault
	var status errStatus
	host := hostOf(address)
	switch {
	case errors.As(err, &f):
		return f
	case ctx.Err() != nil:
		return fault.New(fault.Cancelled, err)
	case errors.Is(err, feed.ErrNoFeed), errors.Is(err, errTooLong):
		return fault.New(fault.NoNetwork, err, "host", host)
	case errors.As(err, &status):
		switch status.status {
		case http.StatusTooManyRequests:
			return fault.New(fault.HostBusy, err, "host", host)
		case http.StatusNotFound, http.StatusGone:
			return fault.New(fault.NoFeed, err, "host", host)
		}
		return fault.New(fault.BadStatus, err, "host", host, "status", status.status)
	case errors.Is(err, errTurns), errors.Is(err, errRedirect):
		return fault.New(fault.Redirects, err, "host", host)
	case errors.Is(err, errSilence):
		return fault.New(fault.TimedOut, err, "host", host)
	case strings.HasPrefix(address, "file:"):
		return fault.New(fault.NoFeed, err, "host", host)
	}
	return fetch.Trouble(host, err)
}

// missing tells that a host or a folder does not have a file.
func missing(err error) bool {
	var status errStatus
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, errTooLong) || errors.As(err, &status)
}
