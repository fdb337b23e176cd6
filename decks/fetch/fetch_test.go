package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/text/encoding/charmap"

	"lectern/assets/i18n"
	"lectern/decks/fault"
	"lectern/decks/lecture"
)

var ctx = context.Background()

// quick is a client whose limits a test can reach.
func quick() *client {
	return &client{size: 1 << 20, redirects: 5, connect: 10 * time.Second, silence: 10 * time.Second, whole: time.Minute}
}

// server answers on loopback and counts what it is asked.
type server struct {
	*httptest.Server
	mu   sync.Mutex
	seen []*http.Request
}

func serve(t testing.TB, handler http.HandlerFunc) *server {
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.seen = append(s.seen, r)
		s.mu.Unlock()
		handler(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) asked() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen
}

// typed is what the user gets who entered the address himself.
func typed(address string) (*Page, error) {
	return quick().get(ctx, address, Options{Typed: true})
}

func wantFault(t testing.TB, err error, code fault.Code) {
	t.Helper()
	if err == nil || !fault.Is(err, code) {
		t.Fatalf("error %v, want the fault %s", err, code)
	}
	for _, lang := range i18n.Languages {
		if text := i18n.New(lang).Fault(err); strings.Contains(text, "<no value>") || strings.Contains(text, "fault.") {
			t.Errorf("%s: %q", lang, text)
		}
	}
}

const lecturePage = `<!DOCTYPE html><html><head><title>Токены</title>
<link rel="stylesheet" href="/style.css"><script src="/script.js"></script><meta http-equiv="refresh" content="0;url=/other.html"></head>
<body><h2>Вопросы</h2><ul><li>Что такое токен? <img src="/picture.png"></li></ul><iframe src="/frame.html"></iframe></body></html>`

func TestGet(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Set-Cookie", "a=b")
		io.WriteString(w, lecturePage)
	})
	var done []int
	page, err := quick().get(ctx, s.URL+"/course/lecture-1?x=1#q", Options{Typed: true, Progress: func(n, total int) {
		done = append(done, n)
		if total != len(lecturePage) {
			t.Errorf("the total is %d", total)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if string(page.Data) != lecturePage || page.Name != "lecture-1.html" || page.Address != s.URL+"/course/lecture-1?x=1" || page.From != page.Address {
		t.Errorf("%+v", page)
	}
	if len(done) == 0 || done[len(done)-1] != len(lecturePage) {
		t.Errorf("progress %v", done)
	}
	// Nothing in the page makes another request, also when it is read.
	_, found, err := lecture.Extract(ctx, page.Data, page.Name, nil)
	if err != nil || found.Count() != 1 {
		t.Errorf("%d questions, %v", found.Count(), err)
	}
	if n := len(s.asked()); n != 1 {
		t.Errorf("%d requests were made for one page", n)
	}
	h := s.asked()[0].Header
	if !strings.HasPrefix(h.Get("User-Agent"), "Lectern/") || h.Get("Cookie") != "" || h.Get("Referer") != "" || h.Get("Authorization") != "" {
		t.Errorf("%v", h)
	}
}

// Names and passwords in addresses, cookies and Referers go nowhere, redirected or not.
func TestNothingIsToldOfTheUser(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "1", Path: "/"})
		if r.URL.Path == "/start" {
			http.Redirect(w, r, "http://bob:secret@"+r.Host+"/end#part", http.StatusFound)
		}
	})
	page, err := typed(strings.Replace(s.URL, "http://", "http://anna:secret@", 1) + "/start")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page.Address+page.From, "secret") {
		t.Errorf("%+v", page)
	}
	if len(s.asked()) != 2 {
		t.Fatalf("%d requests", len(s.asked()))
	}
	for _, r := range s.asked() {
		for _, name := range []string{"Cookie", "Referer", "Authorization", "Origin"} {
			if v := r.Header.Get(name); v != "" {
				t.Errorf("%s: %s was sent to %s", name, v, r.URL)
			}
		}
	}
}

// A host of the own network is refused before a byte goes there, unless it was
// typed; a redirect there is refused though another such host was typed.
func TestPrivateHosts(t *testing.T) {
	secret := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "internal") })
	_, err := quick().get(ctx, secret.URL, Options{})
	wantFault(t, err, fault.PrivateAddress)
	if page, err := typed(secret.URL); err != nil || string(page.Data) != "internal" {
		t.Errorf("%v, %v", page, err)
	}
	asked := len(secret.asked())

	port := secret.URL[strings.LastIndex(secret.URL, ":"):]
	for _, target := range []string{
		secret.URL, "http://localhost" + port, "//127.0.0.1" + port + "/x", "http://[::ffff:127.0.0.1]" + port,
		"http://0.0.0.0" + port, "http://2130706433" + port, "http://0x7f.1" + port, "http://127.1" + port, "http://127.0.0.2" + port,
	} {
		open := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", target)
			w.WriteHeader(http.StatusMovedPermanently)
		})
		_, err := typed(open.URL)
		// Names that no resolver knows are not found; what matters is that none leads there.
		if !fault.Is(err, fault.PrivateAddress) && !fault.Is(err, fault.NoHost) && !fault.Is(err, fault.TimedOut) {
			t.Errorf("redirected to %s: %v", target, err)
		}
	}
	if n := len(secret.asked()); n != asked {
		t.Errorf("%d requests reached the internal host", n-asked)
	}
}

// Each redirect is checked like the first address, and there are not many.
func TestRedirects(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var n int
		fmt.Sscanf(r.URL.Path, "/%d", &n)
		switch to := r.URL.Query().Get("to"); {
		case to != "":
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		case n > 0:
			http.Redirect(w, r, fmt.Sprintf("/%d", n-1), []int{301, 302, 303, 307, 308}[n%5])
		default:
			io.WriteString(w, "the end")
		}
	})
	page, err := typed(s.URL + "/5")
	if err != nil || string(page.Data) != "the end" || page.From != s.URL+"/0" || page.Address != s.URL+"/5" {
		t.Fatalf("%+v, %v", page, err)
	}
	before := len(s.asked())
	_, err = typed(s.URL + "/6")
	wantFault(t, err, fault.Redirects)
	if n := len(s.asked()) - before; n != 6 {
		t.Errorf("%d requests were made before giving up", n)
	}
	for to, want := range map[string]fault.Code{
		"file:///etc/passwd": fault.WrongScheme, "ftp://example.org/": fault.WrongScheme, "javascript:alert(1)": fault.WrongScheme,
		"http://": fault.BadAddress, "http://a b/": fault.BadAddress, "http://%zz/": fault.BadAddress,
	} {
		_, err := typed(s.URL + "/?to=" + url.QueryEscape(to))
		wantFault(t, err, want)
	}
	nowhere := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) })
	_, err = typed(nowhere.URL)
	wantFault(t, err, fault.BadAddress)
}

func TestSameHost(t *testing.T) {
	for _, c := range []struct {
		address, allowed string
		want             bool
	}{
		{"nas.local:80", "nas.local:80", true},
		{"nas.local:443", "nas.local:80", true}, // the host sends one to its secure port
		{"nas.local:22", "nas.local:80", false},
		{"nas.local:80", "nas.local:443", false},
		{"nas.local:443", "nas.local:8080", false},
		{"other.local:80", "nas.local:80", false},
		{"nas.local:80", "", false},
	} {
		if got := sameHost(c.address, c.allowed); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// names is a name server: each name has a list of answers, given one after the
// other, the last for ever.
type names map[string][]string

func (n names) resolver(t testing.TB) *net.Resolver {
	var mu sync.Mutex
	given := map[string]int{}
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer theirs.Close()
			for {
				// Over a stream a message comes after its length.
				var head [2]byte
				if _, err := io.ReadFull(theirs, head[:]); err != nil {
					return
				}
				raw := make([]byte, int(head[0])<<8|int(head[1]))
				if _, err := io.ReadFull(theirs, raw); err != nil {
					return
				}
				var m dnsmessage.Message
				if err := m.Unpack(raw); err != nil {
					t.Error(err)
					return
				}
				q := m.Questions[0]
				m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
				name := strings.TrimSuffix(q.Name.String(), ".")
				mu.Lock()
				list := n[name]
				if len(list) == 0 {
					m.RCode = dnsmessage.RCodeNameError
				} else {
					a := netip.MustParseAddr(list[min(given[name], len(list)-1)])
					if a.Is4() == (q.Type == dnsmessage.TypeA) {
						given[name]++
						h := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, Type: q.Type}
						if a.Is4() {
							m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AResource{A: a.As4()}})
						} else {
							m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AAAAResource{AAAA: a.As16()}})
						}
					}
				}
				mu.Unlock()
				out, err := m.Pack()
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := theirs.Write(append([]byte{byte(len(out) >> 8), byte(len(out))}, out...)); err != nil {
					return
				}
			}
		}()
		return ours, nil
	}}
}

// A name is as good as the address it resolves to, in every class.
func TestNamesThatResolveToPrivateAddresses(t *testing.T) {
	secret := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "internal") })
	_, port, err := net.SplitHostPort(strings.TrimPrefix(secret.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for _, addr := range []string{
		"127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "240.0.0.1",
		"168.63.129.16", "::1", "::", "fe80::1", "fd00:ec2::254", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::1", "2001:0:53aa:64c:0:0:f5ff:fffe", "::127.0.0.1",
	} {
		c := quick()
		c.resolver = names{"lecture.example": {addr}}.resolver(t)
		_, err := c.get(ctx, "http://lecture.example:"+port+"/", Options{})
		if !fault.Is(err, fault.PrivateAddress) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	if len(secret.asked()) != 0 {
		t.Error("a request reached the internal host")
	}
	// Typed, the name is what the user meant.
	c := quick()
	c.resolver = names{"lecture.example": {"127.0.0.1"}}.resolver(t)
	if page, err := c.get(ctx, "http://lecture.example:"+port+"/", Options{Typed: true}); err != nil || string(page.Data) != "internal" {
		t.Errorf("%v, %v", page, err)
	}
}

// A name that is public when it is looked at and private when it is connected to
// is refused: what is judged is the address of the connection.
func TestRebinding(t *testing.T) {
	secret := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "internal") })
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(secret.URL, "http://"))
	open := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://rebound.example:"+port+"/", http.StatusFound)
	})
	c := quick()
	c.connect = 300 * time.Millisecond
	c.resolver = names{"rebound.example": {"127.0.0.1"}}.resolver(t)
	_, err := c.get(ctx, open.URL, Options{Typed: true})
	wantFault(t, err, fault.PrivateAddress)

	// First a public address, where nobody listens, then the private one.
	c.resolver = names{"rebound.example": {"192.88.100.1", "127.0.0.1"}}.resolver(t)
	for range 3 {
		if _, err := c.get(ctx, "http://rebound.example:"+port+"/", Options{}); err == nil {
			t.Fatal("the page came")
		}
	}
	if len(secret.asked()) != 0 {
		t.Error("a request reached the internal host")
	}
}

// A proxy of the environment is not asked: what it connects to could not be judged.
func TestNoProxy(t *testing.T) {
	proxy := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "by the proxy") })
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "ALL_PROXY"} {
		t.Setenv(name, proxy.URL)
	}
	c := quick()
	c.resolver = names{}.resolver(t)
	_, err := c.get(ctx, "http://lecture.example/", Options{})
	wantFault(t, err, fault.NoHost)
	if p := c.transport("").Proxy; p != nil || len(proxy.asked()) != 0 {
		t.Error("the proxy was asked")
	}
}

func TestStatuses(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var status int
		fmt.Sscanf(r.URL.Path, "/%d", &status)
		w.WriteHeader(status)
		io.WriteString(w, "Questions: What is it?")
	})
	for status, want := range map[int]fault.Code{
		404: fault.PageNotFound, 410: fault.PageNotFound, 401: fault.PageForbidden, 403: fault.PageForbidden, 429: fault.HostBusy,
		500: fault.BadStatus, 503: fault.BadStatus, 418: fault.BadStatus, 206: fault.BadStatus, 304: fault.BadStatus, 300: fault.BadStatus,
	} {
		_, err := typed(fmt.Sprintf("%s/%d", s.URL, status))
		wantFault(t, err, want)
	}
	_, err := typed(s.URL + "/503")
	if text := i18n.New("ru").Fault(err); !strings.Contains(text, "503") {
		t.Error(text)
	}
}

// More than the limit is not taken: declared, sent, or unpacked.
func TestTooLarge(t *testing.T) {
	limit := quick().size
	zeros := func(n int) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(make([]byte, n))
		z.Close()
		return b.Bytes()
	}
	bomb, just := zeros(32*limit), zeros(limit)
	var sent atomic.Int64
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		endless := func(p []byte) {
			for r.Context().Err() == nil {
				n, err := w.Write(p)
				sent.Add(int64(n))
				if err != nil {
					return
				}
			}
		}
		switch r.URL.Path {
		case "/declared":
			w.Header().Set("Content-Length", fmt.Sprint(limit+1))
			w.Write(make([]byte, 1000))
		case "/endless":
			endless(make([]byte, 1<<16))
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb)
		case "/empty-blocks": // packs into many bytes what unpacks into none
			w.Header().Set("Content-Encoding", "gzip")
			w.Write([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255})
			endless(bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 10_000))
		case "/just":
			w.Write(make([]byte, limit))
		case "/just-packed":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(just)
		}
	})
	for _, path := range []string{"/declared", "/endless", "/bomb", "/empty-blocks"} {
		_, err := typed(s.URL + path)
		if !fault.Is(err, fault.TooLarge) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if n := sent.Load(); n > int64(40*limit) {
		t.Errorf("%d bytes were taken in", n)
	}
	for _, path := range []string{"/just", "/just-packed"} {
		if page, err := typed(s.URL + path); err != nil || len(page.Data) != limit {
			t.Errorf("%s: %v", path, err)
		}
	}
	if MaxSize != 64<<20 || usual.size != MaxSize || usual.redirects != 5 {
		t.Errorf("the limits are %+v", usual)
	}
}

// Nothing waits for ever, and all of it can be cancelled.
func TestTimes(t *testing.T) {
	stop := make(chan struct{})
	hang := func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-stop:
		}
	}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/headers":
			hang(w, r)
		case "/body":
			io.WriteString(w, "a few words")
			w.(http.Flusher).Flush()
			hang(w, r)
		case "/silence":
			w.(http.Flusher).Flush()
			hang(w, r)
		case "/slow":
			for range 60 {
				io.WriteString(w, ".")
				w.(http.Flusher).Flush()
				time.Sleep(10 * time.Millisecond)
			}
		case "/drip":
			for r.Context().Err() == nil {
				io.WriteString(w, ".")
				w.(http.Flusher).Flush()
				time.Sleep(10 * time.Millisecond)
			}
		case "/redirects":
			time.Sleep(30 * time.Millisecond)
			http.Redirect(w, r, "/redirects", http.StatusFound)
		}
	})
	defer close(stop)
	// One limit at a time, so that none stands in for another.
	patient, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for path, limit := range map[string]func(*client){
		"/headers":   func(c *client) { c.silence = 100 * time.Millisecond },
		"/body":      func(c *client) { c.silence = 100 * time.Millisecond },
		"/silence":   func(c *client) { c.silence = 100 * time.Millisecond },
		"/drip":      func(c *client) { c.whole = 300 * time.Millisecond },
		"/redirects": func(c *client) { c.whole = 300 * time.Millisecond },
	} {
		c := &client{size: 1 << 20, redirects: 1 << 20, connect: time.Hour, silence: time.Hour, whole: time.Hour}
		limit(c)
		_, err := c.get(patient, s.URL+path, Options{Typed: true})
		if !fault.Is(err, fault.TimedOut) {
			t.Errorf("%s: %v", path, err)
		}
	}
	slow := quick()
	slow.silence = 400 * time.Millisecond // longer than between two bytes, shorter than all of it
	if page, err := slow.get(ctx, s.URL+"/slow", Options{Typed: true}); err != nil || len(page.Data) != 60 {
		t.Errorf("a slow page: %v", err)
	}
	for _, path := range []string{"/headers", "/body", "/drip"} {
		stopped, cancel := context.WithCancel(ctx)
		time.AfterFunc(50*time.Millisecond, cancel)
		_, err := quick().get(stopped, s.URL+path, Options{Typed: true})
		if !fault.Is(err, fault.Cancelled) {
			t.Errorf("%s, cancelled: %v", path, err)
		}
	}
	// A host that takes the connection and says nothing, in TLS too.
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for scheme, c := range map[string]*client{
		"http://":  {size: 1, connect: time.Hour, silence: 100 * time.Millisecond, whole: time.Hour},
		"https://": {size: 1, connect: 100 * time.Millisecond, silence: time.Hour, whole: time.Hour},
	} {
		_, err := c.get(patient, scheme+silent.Addr().String(), Options{Typed: true})
		wantFault(t, err, fault.TimedOut)
	}
}

func TestTroubles(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	_, err := typed(closed.URL)
	wantFault(t, err, fault.NoAnswer)

	c := quick()
	c.resolver = names{}.resolver(t)
	_, err = c.get(ctx, "https://nowhere.example/", Options{})
	wantFault(t, err, fault.NoHost)

	own := httptest.NewUnstartedServer(http.NotFoundHandler())
	own.Config.ErrorLog = log.New(io.Discard, "", 0)
	own.StartTLS() // signed by nobody
	defer own.Close()
	_, err = typed(own.URL)
	wantFault(t, err, fault.NotSecure)
	_, err = typed(strings.Replace(closedHTTP(t), "http://", "https://", 1)) // speaks no TLS
	wantFault(t, err, fault.NotSecure)

	for name, raw := range map[string]string{
		"cut off":         "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
		"no HTTP":         "220 smtp.example ESMTP\r\n",
		"headers of 1 MB": "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("a", 1<<20) + "\r\n\r\nx",
	} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			defer conn.Close()
			if _, err := http.ReadRequest(bufio.NewReader(conn)); err != nil {
				return
			}
			io.WriteString(conn, raw)
		}()
		_, err = typed("http://" + l.Addr().String())
		if !fault.Is(err, fault.NoAnswer) {
			t.Errorf("%s: %v", name, err)
		}
		l.Close()
	}
	if f := Trouble("h", errors.New("x")); f.Code != fault.NoAnswer || f.Args["host"] != "h" {
		t.Errorf("%+v", f)
	}
}

// closedHTTP is a server without encryption.
func closedHTTP(t *testing.T) string {
	return serve(t, func(http.ResponseWriter, *http.Request) {}).URL
}

func TestPacking(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", strings.TrimPrefix(r.URL.Path, "/"))
		io.WriteString(w, "these bytes are packed in no way")
	})
	for _, packing := range []string{"gzip", "br", "deflate", "gzip,%20gzip"} {
		_, err := typed(s.URL + "/" + packing)
		wantFault(t, err, fault.UnreadableFile)
	}
	cut := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		io.WriteString(z, strings.Repeat("Что такое токен? ", 1000))
		z.Close()
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(b.Bytes()[:b.Len()-9])
	})
	_, err := typed(cut.URL)
	wantFault(t, err, fault.NoAnswer)
}

func TestNameAndCharset(t *testing.T) {
	cyrillic, err := charmap.KOI8R.NewEncoder().String("<h2>Вопросы</h2><ul><li>Что такое токен?</li></ul>")
	if err != nil {
		t.Fatal(err)
	}
	var kind, disposition, body string
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		if disposition != "" {
			w.Header().Set("Content-Disposition", disposition)
		}
		io.WriteString(w, body)
	})
	host := "127.0.0.1"
	for _, c := range []struct{ path, kind, disposition, want string }{
		{"/", "text/html", "", host + ".html"},
		{"/", "", "", host + ".txt"},
		{"/a/lecture", "text/html; charset=utf-8", "", "lecture.html"},
		{"/a/lecture.htm", "text/html", "", "lecture.htm"},
		{"/a/index.php?id=1", "text/html", "", "index.php.html"},
		{"/a/readme.md", "text/html", "", "readme.md.html"}, // a page that shows the file
		{"/a/readme.md", "text/plain; charset=utf-8", "", "readme.md"},
		{"/a/notebook.ipynb", "text/plain", "", "notebook.ipynb"},
		{"/a/notebook.ipynb", "application/octet-stream", "", "notebook.ipynb"},
		{"/download/42", "application/pdf", "", "42.pdf"},
		{"/download/42", "application/octet-stream", `attachment; filename="Лекция 1.pdf"`, "Лекция 1.pdf"},
		{"/download/42", "application/pdf", `attachment; filename*=UTF-8''%D0%9B.pdf`, "Л.pdf"},
		{"/download/42", "application/zip", `attachment; filename="../../etc/passwd"`, "passwd.zip"},
		{"/download/42", "application/zip", `attachment; filename="..\\..\\a:b?.zip"`, "ab.zip"},
		{"/%D0%BB%D0%B5%D0%BA%D1%86%D0%B8%D1%8F", "text/markdown", "", "лекция.md"},
		{"/a%2Fb%2F..", "text/html", "", host + ".html"},
		{"/" + strings.Repeat("x", 300) + ".pdf", "application/pdf", "", strings.Repeat("x", 116) + ".pdf"},
	} {
		kind, disposition, body = c.kind, c.disposition, "Что?"
		page, err := typed(s.URL + c.path)
		if err != nil {
			t.Fatal(err)
		}
		if page.Name != c.want {
			t.Errorf("%s as %q, %q: %q, want %q", c.path, c.kind, c.disposition, page.Name, c.want)
		}
	}

	disposition = ""
	for _, c := range []struct{ kind, body, want string }{
		{"text/html; charset=koi8-r", cyrillic, "\ufeff<h2>Вопросы</h2><ul><li>Что такое токен?</li></ul>"},
		{"text/html; charset=KOI8-R", "<p>Уже UTF-8</p>", "<p>Уже UTF-8</p>"}, // the server is wrong
		{"text/html; charset=utf-8", cyrillic, cyrillic},                      // here too
		{"text/html; charset=nonsense", cyrillic, cyrillic},
		{"text/html", cyrillic, cyrillic}, // the reader guesses
		{"application/pdf; charset=koi8-r", "%PDF-\xff\xfe", "%PDF-\xff\xfe"},
		{"text/plain; charset=windows-1251", "\xff\xfeA\x00", "\xff\xfeA\x00"}, // says of itself that it is UTF-16
	} {
		kind, body = c.kind, c.body
		page, err := typed(s.URL + "/page")
		if err != nil {
			t.Fatal(err)
		}
		if string(page.Data) != c.want {
			t.Errorf("%s: %q, want %q", c.kind, page.Data, c.want)
		}
	}
	// With what the server says it reads, whatever the page says of itself.
	kind, body = "text/html; charset=koi8-r", `<meta charset="windows-1251">`+cyrillic
	page, err := typed(s.URL + "/page")
	if err != nil {
		t.Fatal(err)
	}
	_, found, err := lecture.Extract(ctx, page.Data, page.Name, nil)
	if err != nil || found.Count() != 1 || found.Groups[0].Items[0].Prompt != "Что такое токен?" {
		t.Errorf("%+v, %v", found, err)
	}
}

// The page of a file is replaced by the file, and the address stays what it was;
// a sign-in page that comes instead of a closed document is told.
func TestViews(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/course/r/-/raw/main/lecture.md":
			io.WriteString(w, "# Лекция")
		default:
			http.NotFound(w, r)
		}
	})
	page, err := typed(s.URL + "/course/r/-/blob/main/lecture.md")
	if err != nil || string(page.Data) != "# Лекция" || page.Name != "lecture.md" || page.Address != s.URL+"/course/r/-/blob/main/lecture.md" ||
		page.From != s.URL+"/course/r/-/raw/main/lecture.md" {
		t.Errorf("%+v, %v", page, err)
	}
	c := quick()
	c.resolver = names{"accounts.google.com": {"127.0.0.1"}}.resolver(t)
	login := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "Sign in") })
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(login.URL, "http://"))
	_, err = c.get(ctx, "http://accounts.google.com:"+port+"/v3/signin", Options{Typed: true})
	wantFault(t, err, fault.PageForbidden)
	for address, want := range map[string]bool{
		"https://accounts.google.com/v3/signin/identifier?continue=x": true,
		"https://gitlab.com/users/sign_in":                            true,
		"https://example.org/login":                                   false,
		"https://docs.google.com/document/d/x/export":                 false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if closed(u) != want {
			t.Errorf("closed(%s) is %v", address, !want)
		}
	}
}
