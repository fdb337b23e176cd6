package draft

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"lectern/assets/i18n"
	"lectern/decks"
	"lectern/decks/fault"
)

// sent is a request as a service gets it.
type sent struct {
	path   string
	header http.Header
	raw    string
	body   struct {
		Model    string
		Messages []struct{ Role, Content string }
		Format   json.RawMessage `json:"response_format"`
		Most     int             `json:"max_completion_tokens"`
	}
}

// service is a fake one: it answers as it is told and keeps what it was sent.
type fake struct {
	*httptest.Server
	mu  sync.Mutex
	got []sent
}

// serve starts a service. handle gets the number of the request, from 0.
func serve(t testing.TB, handle func(n int, s sent, w http.ResponseWriter, r *http.Request)) *fake {
	f := &fake{}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		s := sent{path: r.URL.Path, header: r.Header, raw: string(raw)}
		_ = json.Unmarshal(raw, &s.body) // a GET has none
		f.mu.Lock()
		n := len(f.got)
		f.got = append(f.got, s)
		f.mu.Unlock()
		handle(n, s, w, r)
	}))
	t.Cleanup(f.Close)
	return f
}

func (f *fake) sent() []sent {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.got
}

func (f *fake) config() Config { return Config{Endpoint: f.URL + "/v1", Model: "m1"} }

// say writes a reply of the protocol.
func say(w http.ResponseWriter, content string) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{
		"id": "x", "object": "chat.completion", "model": "m1",
		"choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": map[string]any{"role": "assistant", "content": content}}},
		"usage":   map[string]any{"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
	})
}

// fail writes an error of the protocol.
func fail(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": message, "type": "x", "code": status}})
}

const goodReply = `{"answers": [
	{"question": 1, "in_lecture": true, "answer": "Часть слова.", "quotes": [{"passage": 1, "text": "Токен — часть слова"}]},
	{"question": 2, "in_lecture": true, "answer": "Предсказывать следующий токен.", "quotes": [{"passage": 6, "text": "учат предсказывать следующий токен"}]}]}`

// agreed runs a plan that the user agreed to.
func agreed(c context.Context, p *Plan, o Options) (Report, error) {
	o.Consent = p.Consent()
	return Run(c, p, o)
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

// What was agreed to is sent, as it was shown, and nothing else.
func TestRun(t *testing.T) {
	f := serve(t, func(_ int, _ sent, w http.ResponseWriter, _ *http.Request) { say(w, goodReply) })
	p := mustPlan(t, f.config(), tokenLecture(t), tokenQuestions)
	if len(f.sent()) != 0 {
		t.Fatal("making a plan sends something")
	}
	var steps []Step
	report, err := agreed(ctx, p, Options{Key: "secret-key", Each: func(s Step) error { steps = append(steps, s); return nil }})
	if err != nil {
		t.Fatal(err)
	}
	if report.Count(Drafted) != 2 || report.Usage != (Usage{In: 100, Out: 20}) {
		t.Errorf("%+v", report)
	}
	d := report.Drafts()[1]
	if d.Note != "n2" || d.Text != "Предсказывать следующий токен." || !d.Supported || d.Model != "m1" || len(d.Quotes) != 1 ||
		d.Quotes[0] != (decks.Quote{Text: "учат предсказывать следующий токен", Passage: "Модель учат предсказывать следующий токен по предыдущим.", Block: 14}) {
		t.Errorf("%+v", d)
	}
	if len(steps) != 1 || steps[0].Done != 1 || steps[0].Total != 1 || steps[0].Err != nil || len(steps[0].Drafts()) != 2 {
		t.Errorf("%+v", steps)
	}
	if len(f.sent()) != 1 {
		t.Fatalf("%d requests", len(f.sent()))
	}
	s := f.sent()[0]
	if s.path != "/v1/chat/completions" || s.body.Model != "m1" || len(s.body.Messages) != 2 || s.body.Most != p.Requests[0].Answer ||
		s.body.Messages[0].Role != "system" || s.body.Messages[0].Content != p.Requests[0].System ||
		s.body.Messages[1].Role != "user" || s.body.Messages[1].Content != p.Requests[0].User {
		t.Errorf("%+v", s.body)
	}
	if !strings.Contains(string(s.body.Format), `"json_schema"`) || !strings.Contains(string(s.body.Format), `"strict":true`) {
		t.Errorf("the form asked for is %s", s.body.Format)
	}
	if s.header.Get("Authorization") != "Bearer secret-key" || !strings.HasPrefix(s.header.Get("User-Agent"), "Lectern/") {
		t.Errorf("%v", s.header)
	}
	for name := range s.header {
		if strings.HasPrefix(name, "X-") || name == "Cookie" || strings.HasPrefix(name, "Openai-") {
			t.Errorf("the header %s: %s tells of this computer", name, s.header.Get(name))
		}
	}
}

// Without the user's word for just this plan nothing is sent.
func TestConsentIsAsked(t *testing.T) {
	f := serve(t, func(_ int, _ sent, w http.ResponseWriter, _ *http.Request) { say(w, goodReply) })
	p := mustPlan(t, f.config(), tokenLecture(t), tokenQuestions)
	other := mustPlan(t, f.config(), tokenLecture(t), tokenQuestions[:1])
	yes := p.Consent()
	changed := *p
	changed.Requests = append([]Request(nil), p.Requests...)
	changed.Requests[0].User += "\nOne line more."
	for name, c := range map[string]struct {
		plan *Plan
		yes  Consent
	}{
		"no word": {p, ""}, "another plan's": {p, other.Consent()}, "a plan that changed since": {&changed, yes},
	} {
		report, err := Run(ctx, c.plan, Options{Consent: c.yes})
		wantFault(t, err, fault.NotAgreed)
		if report.Count(Missing) != 2 || len(f.sent()) != 0 {
			t.Errorf("%s: %+v, %d requests", name, report, len(f.sent()))
		}
	}
	if _, err := Run(ctx, p, Options{Consent: yes}); err != nil || len(f.sent()) != 1 {
		t.Error(err)
	}
}

// Keys, addresses and organisations of the environment, meant for other
// programs, are not used.
func TestEnvironmentIsNotAsked(t *testing.T) {
	elsewhere := serve(t, func(_ int, _ sent, w http.ResponseWriter, _ *http.Request) { say(w, goodReply) })
	t.Setenv("OPENAI_API_KEY", "key-of-another-program")
	t.Setenv("OPENAI_BASE_URL", elsewhere.URL)
	t.Setenv("OPENAI_ORG_ID", "org-1")
	t.Setenv("OPENAI_PROJECT_ID", "project-1")
	t.Setenv("OPENAI_CUSTOM_HEADERS", "X-Custom: 1")
	f := serve(t, func(_ int, _ sent, w http.ResponseWriter, _ *http.Request) { say(w, goodReply) })
	if _, err := agreed(ctx, mustPlan(t, f.config(), tokenLecture(t), tokenQuestions), Options{}); err != nil {
		t.Fatal(err)
	}
	s := f.sent()[0]
	for name, values := range s.header {
		for _, v := range values {
			if strings.Contains(v, "another-program") || strings.Contains(v, "-1") || name == "Authorization" {
				t.Errorf("%s: %s", name, v)
			}
		}
	}
	if len(elsewhere.sent()) != 0 {
		t.Error("another host was asked")
	}
}

// A service that knows no forms of replies is asked again without one, with the
// same texts; the next requests go so at once.
func TestSimpleServices(t *testing.T) {
	for _, status := range []int{http.StatusBadRequest, http.StatusUnprocessableEntity} {
		f := serve(t, func(_ int, s sent, w http.ResponseWriter, _ *http.Request) {
			if s.body.Format != nil || s.body.Most != 0 {
				fail(w, status, "response_format: extra inputs are not permitted")
				return
			}
			say(w, goodReply)
		})
		p := mustPlan(t, f.config(), tokenLecture(t), tokenQuestions)
		p.Requests = append(p.Requests, p.Requests[0])
		report, err := agreed(ctx, p, Options{})
		if err != nil || report.Count(Drafted) != 4 {
			t.Fatalf("%+v, %v", report, err)
		}
		got := f.sent()
		if len(got) != 3 || got[0].body.Messages[1] != got[1].body.Messages[1] || got[0].body.Messages[0] != got[1].body.Messages[0] {
			t.Errorf("%d requests", len(got))
		}
	}
}

// Each trouble has its sentence, keeps what was drafted before it, and is passed
// over when it lies in one request.
func TestTroubles(t *testing.T) {
	for name, c := range map[string]struct {
		handle func(w http.ResponseWriter, r *http.Request)
		want   fault.Code
		goesOn bool
		tries  int // 0: any
	}{
		"a wrong key":          {func(w http.ResponseWriter, _ *http.Request) { fail(w, 401, "Incorrect API key: secret-key") }, fault.WrongKey, false, 1},
		"a key without rights": {func(w http.ResponseWriter, _ *http.Request) { fail(w, 403, "no") }, fault.WrongKey, false, 1},
		"no such model": {func(w http.ResponseWriter, _ *http.Request) {
			fail(w, 404, `model "m1" not found, try pulling it first`)
		}, fault.NoModel, false, 1},
		"no such model, a text": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(404)
			io.WriteString(w, `{"error": "model 'm1' not found"}`)
		}, fault.NoModel, false, 1},
		"no such service": {func(w http.ResponseWriter, _ *http.Request) { http.NotFound(w, nil) }, fault.NotAService, false, 1},
		"a page of a site": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, "<html>Hi</html>")
		}, fault.NotAService, false, 1},
		"a redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/v1", http.StatusTemporaryRedirect)
		}, fault.NotAService, false, 1},
		"other JSON": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"a": 1}`)
		}, fault.BadReply, true, 1},
		"broken JSON": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"choices": [{`)
		}, fault.NoAnswer, false, 1},
		"another schema": {func(w http.ResponseWriter, _ *http.Request) { say(w, `{"result": [1, 2]}`) }, fault.BadReply, true, 1},
		"prose":          {func(w http.ResponseWriter, _ *http.Request) { say(w, "Токен — часть слова.") }, fault.BadReply, true, 1},
		"nothing":        {func(w http.ResponseWriter, _ *http.Request) { say(w, "") }, fault.BadReply, true, 1},
		"a refusal": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": null, "refusal": "I cannot help with that."}}]}`)
		}, fault.ModelRefused, true, 1},
		"a filter": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"choices": [{"finish_reason": "content_filter", "message": {"role": "assistant", "content": "I"}}]}`)
		}, fault.ModelRefused, true, 1},
		"too long a text": {func(w http.ResponseWriter, _ *http.Request) { fail(w, 400, "maximum context length is 2048 tokens") }, fault.RequestTooLong, true, 2},
		"too many requests": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			fail(w, 429, "quota")
		}, fault.HostBusy, false, 1},
		"a failing server": {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Retry-After", "0"); fail(w, 500, "oops") }, fault.BadStatus, false, 3},
		"a dropped connection": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"choices": [`)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}, fault.NoAnswer, false, 1},
		"an endless reply": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		}, fault.BadReply, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			f := serve(t, func(n int, _ sent, w http.ResponseWriter, r *http.Request) {
				if n == 0 {
					say(w, goodReply)
				} else {
					c.handle(w, r)
				}
			})
			p := mustPlan(t, f.config(), tokenLecture(t), tokenQuestions)
			p.Requests = append(p.Requests, p.Requests[0], p.Requests[0])
			var kept []decks.Draft
			steps := 0
			report, err := agreed(ctx, p, Options{Key: "secret-key", Each: func(s Step) error {
				steps++
				kept = append(kept, s.Drafts()...)
				return nil
			}})
			wantFault(t, err, c.want)
			if strings.Contains(err.Error(), "secret-key") || strings.Contains(fmt.Sprintf("%+v %#v", err, fault.Of(err).Err), "secret-key") {
				t.Errorf("the error holds the key: %v", err)
			}
			if report.Count(Drafted) != 2 || report.Count(Missing) != 4 || len(kept) != 2 || report.Results[0].Outcome != Drafted {
				t.Errorf("%+v, kept %d", report, len(kept))
			}
			if want := map[bool]int{true: 3, false: 2}[c.goesOn]; steps != want {
				t.Errorf("%d requests came to an end, want %d", steps, want)
			}
			tries := len(f.sent()) - 1
			if c.goesOn && c.tries == 1 {
				tries-- // the third request
			}
			if c.want == fault.RequestTooLong {
				tries-- // the third, which is simple at once
			}
			if tries != c.tries {
				t.Errorf("%d tries, want %d", tries, c.tries)
			}
		})
	}
}

// A service that asks to wait a little gets the time; a half answer is half taken.
func TestWaitAndHalfAnswers(t *testing.T) {
	f := serve(t, func(n int, _ sent, w http.ResponseWriter, _ *http.Request) {
		switch n {
		case 0:
			w.Header().Set("Retry-After-Ms", "10")
			fail(w, 429, "slow down")
		case 1:
			w.Header().Set("Retry-After", "0")
			fail(w, 503, "loading the model")
		case 2:
			say(w, goodReply[:strings.Index(goodReply, `{"question": 2`)+20])
		}
	})
	report, err := agreed(ctx, mustPlan(t, f.config(), tokenLecture(t), tokenQuestions), Options{})
	wantFault(t, err, fault.BadReply)
	if report.Count(Drafted) != 1 || report.Count(Missing) != 1 || len(f.sent()) != 3 || report.Usage.In != 100 {
		t.Errorf("%+v after %d requests", report, len(f.sent()))
	}
	// One that leaves a question out, in whole JSON.
	f = serve(t, func(_ int, _ sent, w http.ResponseWriter, _ *http.Request) {
		say(w, `{"answers": [{"question": 2, "in_lecture": false, "answer": "", "quotes": []}]}`)
	})
	report, err = agreed(ctx, mustPlan(t, f.config(), tokenLecture(t), tokenQuestions), Options{})
	wantFault(t, err, fault.BadReply)
	if report.Count(NotInLecture) != 1 || report.Count(Missing) != 1 {
		t.Errorf("%+v", report)
	}
}

// What the service does not count is estimated.
func TestUsageIsEstimated(t *testing.T) {
	f := serve(t, func(_ int, _ sent, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		content, _ := json.Marshal(goodReply)
		fmt.Fprintf(w, `{"choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": %s}}]}`, content)
	})
	p := mustPlan(t, f.config(), tokenLecture(t), tokenQuestions)
	report, err := agreed(ctx, p, Options{})
	if err != nil || !report.Usage.Estimated || report.Usage.In != p.Requests[0].Tokens || report.Usage.Out != tokens(goodReply) {
		t.Errorf("%+v, %v", report.Usage, err)
	}
}

// A service that hangs is left when the user cancels, and when its time is over.
func TestHanging(t *testing.T) {
	stop := make(chan struct{})
	defer close(stop)
	for name, c := range map[string]struct {
		timeout time.Duration
		want    fault.Code
	}{
		"cancelled": {time.Hour, fault.Cancelled}, "out of time": {100 * time.Millisecond, fault.TimedOut},
	} {
		stopped, cancel := context.WithCancel(ctx)
		f := serve(t, func(n int, _ sent, w http.ResponseWriter, r *http.Request) {
			if n == 0 {
				say(w, goodReply)
				return
			}
			if c.want == fault.Cancelled {
				cancel()
			}
			select {
			case <-r.Context().Done():
			case <-stop:
			}
		})
		p := mustPlan(t, f.config(), tokenLecture(t), tokenQuestions)
		p.Requests = append(p.Requests, p.Requests[0])
		report, err := agreed(stopped, p, Options{Timeout: c.timeout})
		wantFault(t, err, c.want)
		if report.Count(Drafted) != 2 {
			t.Errorf("%s: %+v", name, report)
		}
		cancel()
	}
	// The time that a busy service asks for counts too.
	f := serve(t, func(_ int, _ sent, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "20")
		fail(w, 429, "later")
	})
	_, err := agreed(ctx, mustPlan(t, f.config(), tokenLecture(t), tokenQuestions), Options{Timeout: 100 * time.Millisecond})
	wantFault(t, err, fault.TimedOut)
}

func TestNoNetwork(t *testing.T) {
	t.Parallel() // the client waits before it tries again
	closed := httptest.NewServer(nil)
	closed.Close()
	for endpoint, want := range map[string]fault.Code{
		closed.URL + "/v1":           fault.NoAnswer,
		"http://nowhere.invalid/v1":  fault.NoHost,
		"https://nowhere.invalid/v1": fault.NoHost,
	} {
		_, err := agreed(ctx, mustPlan(t, Config{Endpoint: endpoint, Model: "m"}, tokenLecture(t), tokenQuestions), Options{Timeout: 20 * time.Second})
		wantFault(t, err, want)
	}
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS() // signed by nobody
	defer secure.Close()
	_, err := agreed(ctx, mustPlan(t, Config{Endpoint: secure.URL, Model: "m"}, tokenLecture(t), tokenQuestions), Options{})
	wantFault(t, err, fault.NotSecure)
	_, err = Models(ctx, Config{Endpoint: secure.URL}, "")
	wantFault(t, err, fault.NotSecure)
}

// When what came cannot be kept, nothing more is asked.
func TestKeepingFails(t *testing.T) {
	f := serve(t, func(_ int, _ sent, w http.ResponseWriter, _ *http.Request) { say(w, goodReply) })
	p := mustPlan(t, f.config(), tokenLecture(t), tokenQuestions)
	p.Requests = append(p.Requests, p.Requests[0])
	full := fault.New(fault.DiskFull, nil)
	report, err := agreed(ctx, p, Options{Each: func(Step) error { return full }})
	if !errors.Is(err, full) || len(f.sent()) != 1 || report.Count(Drafted) != 2 {
		t.Errorf("%v after %d requests", err, len(f.sent()))
	}
}

// A key goes over an open line only within the own network.
func TestKeysStayCovered(t *testing.T) {
	for endpoint, refused := range map[string]bool{
		"http://api.example.invalid/v1": true, "http://8.8.8.8/v1": true,
		"http://localhost:1/v1": false, "http://192.168.77.77:1/v1": false, "http://gpu.local:1/v1": false, "https://api.example.invalid/v1": false,
	} {
		p := mustPlan(t, Config{Endpoint: endpoint, Model: "m"}, tokenLecture(t), tokenQuestions)
		if got := fault.Is(p.mayCarry("key"), fault.OpenKey); got != refused {
			t.Errorf("%s: refused %v", endpoint, got)
		}
		if p.mayCarry("") != nil {
			t.Errorf("%s: refused without a key", endpoint)
		}
		if p.Open != (strings.HasPrefix(endpoint, "http:") && !strings.Contains(endpoint, "localhost")) {
			t.Errorf("%s: open %v", endpoint, p.Open)
		}
	}
	p := mustPlan(t, Config{Endpoint: "http://api.example.invalid/v1", Model: "m"}, tokenLecture(t), tokenQuestions)
	_, err := agreed(ctx, p, Options{Key: "key"})
	wantFault(t, err, fault.OpenKey)
	_, err = Models(ctx, Config{Endpoint: "http://api.example.invalid/v1"}, "key")
	wantFault(t, err, fault.OpenKey)
}

func TestModels(t *testing.T) {
	f := serve(t, func(_ int, s sent, w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || s.path != "/v1/models" || s.raw != "" {
			t.Errorf("%s %s %q", r.Method, s.path, s.raw)
		}
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"object": "list", "data": [{"id": "qwen3:8b", "object": "model"}, {"id": "gemma3", "object": "model"}]}`)
	})
	names, err := Models(ctx, f.config(), "k")
	if err != nil || strings.Join(names, " ") != "gemma3 qwen3:8b" {
		t.Errorf("%v, %v", names, err)
	}
	if f.sent()[0].header.Get("Authorization") != "Bearer k" {
		t.Error("the key was not sent")
	}
	_, err = Models(ctx, Config{}, "")
	wantFault(t, err, fault.DraftsOff)
	wrong := serve(t, func(_ int, _ sent, w http.ResponseWriter, _ *http.Request) { fail(w, 401, "no") })
	_, err = Models(ctx, wrong.config(), "")
	wantFault(t, err, fault.WrongKey)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	stopped, cancel := context.WithCancel(ctx)
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err = Models(stopped, Config{Endpoint: "http://" + l.Addr().String()}, "")
	wantFault(t, err, fault.Cancelled)
}
