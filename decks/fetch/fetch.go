package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"time"

	"lectern/decks/fault"
)

// MaxSize is the most that is taken of a page, in bytes, packed or not.
const MaxSize = 64 << 20

// UserAgent is how the program calls itself.
var UserAgent = "Lectern/" + version()

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "dev"
}

// Options say how a page is fetched.
type Options struct {
	// Typed tells that the user entered this very address himself: its host may
	// then be on his own network. A host it redirects to may not.
	Typed bool
	// Progress is told how many bytes of how many have come; total is 0 when
	// unknown. May be nil.
	Progress func(done, total int)
}

// Page is what came from an address.
type Page struct {
	Address string // as it was asked for, to be shown and kept
	From    string // where the bytes came from, after redirects
	Name    string // a file name for the page, with the ending of its format
	Data    []byte // text in an encoding that the server named is UTF-8 here
}

// Get fetches a page. Of a page that shows a file (GitHub, GitLab, Google Docs, …)
// it takes the file. Faults: BadAddress, WrongScheme, PrivateAddress, NoHost,
// NoAnswer, NotSecure, TimedOut, PageNotFound, PageForbidden, HostBusy, BadStatus,
// Redirects, TooLarge, UnreadableFile, Cancelled.
func Get(ctx context.Context, address string, o Options) (*Page, error) {
	return usual.get(ctx, address, o)
}

// client fetches pages.
type client struct {
	resolver  *net.Resolver // nil: the system's
	size      int           // bytes
	redirects int
	connect   time.Duration // to find the host and connect to it
	silence   time.Duration // without a byte
	whole     time.Duration // all of it, redirects too
}

var usual = client{size: MaxSize, redirects: 5, connect: 15 * time.Second, silence: 30 * time.Second, whole: 5 * time.Minute}

func (c *client) get(ctx context.Context, address string, o Options) (*Page, error) {
	u, err := parse(address)
	if err != nil {
		return nil, err
	}
	page := &Page{Address: u.String()}
	allowed := ""
	if o.Typed {
		allowed = hostPort(u)
	}
	limited, cancel := context.WithTimeout(ctx, c.whole)
	defer cancel()
	u = raw(u)
	transport := c.transport(allowed)
	defer transport.CloseIdleConnections()
	for hops := 0; ; hops++ {
		next, err := c.once(limited, transport, u, page, o.Progress)
		if err != nil {
			return nil, c.explain(ctx, u, err)
		}
		if next == nil {
			return page, nil
		}
		if hops == c.redirects {
			return nil, fault.New(fault.Redirects, nil, "host", u.Hostname())
		}
		u = next
	}
}

// transport connects to public hosts and to the one that is allowed, "host:port".
func (c *client) transport(allowed string) *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			d := net.Dialer{Timeout: c.connect, Resolver: c.resolver, Control: control}
			if sameHost(address, allowed) {
				d.Control = nil
			}
			return d.DialContext(ctx, network, address)
		},
		TLSHandshakeTimeout:    c.connect,
		ResponseHeaderTimeout:  c.silence,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true, // unpacked here, to count what is packed too
		DisableKeepAlives:      true,
		ForceAttemptHTTP2:      true,
	}
}

// Transport connects as Get does, for what is fetched in several requests: to public
// hosts, and to the one that the user typed himself, nil for none. It follows no
// redirects; whoever does sends no Referer.
func Transport(typed *url.URL) *http.Transport {
	allowed := ""
	if typed != nil {
		allowed = hostPort(typed)
	}
	t := usual.transport(allowed)
	t.DisableKeepAlives, t.IdleConnTimeout = false, usual.silence
	return t
}

// sameHost tells whether a connection goes where the user asked for: to that host
// and port, or to its usual secure port when he named no other.
func sameHost(address, allowed string) bool {
	if address == allowed {
		return true
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	typed, typedPort, err := net.SplitHostPort(allowed)
	return err == nil && host == typed && typedPort == "80" && port == "443"
}

// once makes one request: it fills the page, or says where to go on.
func (c *client) once(ctx context.Context, t http.RoundTripper, u *url.URL, page *Page, progress func(done, total int)) (*url.URL, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("make the request: %w", err)
	}
	req.Header.Set("User-Agent", UserAgent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,text/markdown,text/plain,application/pdf,*/*;q=0.8")
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := t.RoundTrip(req) // no client: it would follow redirects with a Referer, and keep cookies
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK, http.StatusNonAuthoritativeInfo:
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return redirect(u, resp.Header.Get("Location"))
	default:
		return nil, statusFault(resp.StatusCode, u.Hostname())
	}
	if closed(u) {
		return nil, fault.New(fault.PageForbidden, nil, "host", u.Hostname())
	}
	data, err := c.body(resp, cancel, progress)
	if err != nil {
		return nil, err
	}
	page.From, page.Name = u.String(), nameOf(u, resp.Header)
	page.Data = toUTF8(data, resp.Header.Get("Content-Type"))
	return nil, nil
}

// redirect is where a redirect leads.
func redirect(u *url.URL, location string) (*url.URL, error) {
	bad := func(why string) error {
		return fault.New(fault.BadAddress, errors.New(why), "address", shown(location))
	}
	if location == "" {
		return nil, bad("a redirect leads nowhere")
	}
	next, err := u.Parse(location)
	if err != nil {
		return nil, bad("a redirect leads to no URL")
	}
	return settle(next, bad)
}

// statusFault is what a status that is no page means to the user.
func statusFault(status int, host string) error {
	code := fault.BadStatus
	switch status {
	case http.StatusNotFound, http.StatusGone:
		code = fault.PageNotFound
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusUnavailableForLegalReasons:
		code = fault.PageForbidden
	case http.StatusTooManyRequests:
		code = fault.HostBusy
	}
	return fault.New(code, fmt.Errorf("status %d", status), "host", host, "status", status)
}

var (
	errTooLarge = errors.New("the page is too large")
	errPacking  = errors.New("the page is packed in an unknown way")
	errSilence  = errors.New("no byte has come for too long")
)

// body reads what the response brings. cancel ends the request.
func (c *client) body(resp *http.Response, cancel func(), progress func(done, total int)) ([]byte, error) {
	total := 0
	if resp.ContentLength > int64(c.size) {
		return nil, errTooLarge
	}
	packed := &counted{r: resp.Body, left: c.size}
	var r io.Reader = packed
	switch resp.Header.Get("Content-Encoding") {
	case "", "identity":
		total = int(max(0, resp.ContentLength))
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(packed)
		if err != nil {
			return nil, fmt.Errorf("unpack the page: %w", err)
		}
		r = z
	default:
		return nil, errPacking
	}
	patience := time.AfterFunc(c.silence, cancel)
	defer patience.Stop()
	packed.heard = func() { patience.Reset(c.silence) }
	data := make([]byte, 0, min(total+512, c.size+1))
	for {
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		n, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if len(data) > c.size {
			return nil, errTooLarge
		}
		if progress != nil {
			progress(len(data), total)
		}
		switch {
		case err == io.EOF:
			return data, nil
		case err != nil && !patience.Stop() && !errors.Is(err, errTooLarge):
			return nil, errors.Join(errSilence, err)
		case err != nil:
			return nil, err
		}
	}
}

// counted reads no more than a page may have.
type counted struct {
	r     io.Reader
	left  int
	heard func() // something came
}

// Read reads.
func (c *counted) Read(p []byte) (int, error) {
	if c.left < 0 {
		return 0, errTooLarge
	}
	n, err := c.r.Read(p[:min(len(p), c.left+1)])
	if c.left -= n; c.left < 0 {
		return n, errTooLarge
	}
	if n > 0 && c.heard != nil {
		c.heard()
	}
	return n, err
}

// explain gives an error its fault.
func (c *client) explain(ctx context.Context, u *url.URL, err error) error {
	var f *fault.Fault
	switch {
	case errors.As(err, &f):
		return err
	case ctx.Err() != nil:
		return fault.New(fault.Cancelled, err)
	case errors.Is(err, errTooLarge):
		return fault.New(fault.TooLarge, err, "limit", c.size)
	case errors.Is(err, errSilence):
		return fault.New(fault.TimedOut, err, "host", u.Hostname())
	case errors.Is(err, errPacking), errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return fault.New(fault.UnreadableFile, err, "name", shown(u.String()))
	}
	return Trouble(u.Hostname(), err)
}
