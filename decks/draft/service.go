package draft

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/shared"

	"lectern/decks/fault"
	"lectern/decks/fetch"
)

const (
	mostReply   = 4 << 20 // bytes of a reply
	mostRetries = 2       // after 429, 5xx or a broken connection
	mostWait    = 30 * time.Second
)

// service is the other side of a run.
type service struct {
	host, model, key string
	timeout          time.Duration
	options          []option.RequestOption
	simple           bool // it did not take the form of replies and their limit
}

func newService(endpoint, host, model, key string, timeout time.Duration) *service {
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	s := &service{host: host, model: model, key: key, timeout: timeout}
	// The services are made one by one, for openai.NewClient would take keys and
	// addresses from the environment.
	s.options = []option.RequestOption{
		option.WithBaseURL(endpoint),
		option.WithHTTPClient(&http.Client{
			Transport: &wire{next: &http.Transport{
				Proxy:                  http.ProxyFromEnvironment,
				DialContext:            (&net.Dialer{Timeout: 15 * time.Second}).DialContext,
				TLSHandshakeTimeout:    15 * time.Second,
				ForceAttemptHTTP2:      true,
				MaxResponseHeaderBytes: 64 << 10,
				IdleConnTimeout:        time.Minute,
			}},
			// What was agreed to is sent to no other address.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}),
		option.WithMaxRetries(mostRetries),
		option.WithMaxRetryDelay(mostWait),
	}
	if key != "" {
		s.options = append(s.options, option.WithAPIKey(key))
	}
	return s
}

// wire is what goes over the line: without what the client tells of this
// computer, and with an end to replies.
type wire struct{ next http.RoundTripper }

// RoundTrip sends a request.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	for name := range r.Header {
		if strings.HasPrefix(name, "X-Stainless-") {
			r.Header.Del(name)
		}
	}
	r.Header.Set("User-Agent", fetch.UserAgent)
	resp, err := w.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	resp.Body = &endingBody{resp.Body, mostReply}
	return resp, nil
}

var (
	errReplyTooLong = errors.New("the reply is too long")
	errRedirect     = errors.New("the service sends on to another address")
)

// endingBody fails after so many bytes.
type endingBody struct {
	io.ReadCloser
	left int
}

// Read reads.
func (b *endingBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errReplyTooLong
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// reply is what came back.
type reply struct {
	text    string
	refused bool
	usage   Usage
}

// send sends a request and waits for its reply.
func (s *service) send(ctx context.Context, r *Request) (reply, error) {
	limited, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	for {
		params := openai.ChatCompletionNewParams{
			Model:    s.model,
			Messages: []openai.ChatCompletionMessageParamUnion{openai.SystemMessage(r.System), openai.UserMessage(r.User)},
		}
		if !s.simple {
			params.MaxCompletionTokens = openai.Int(int64(r.Answer))
			params.ResponseFormat.OfJSONSchema = &shared.ResponseFormatJSONSchemaParam{
				JSONSchema: shared.ResponseFormatJSONSchemaJSONSchemaParam{Name: "answers", Schema: schema, Strict: openai.Bool(true)},
			}
		}
		var raw *http.Response
		chat := openai.NewChatCompletionService(s.options...)
		got, err := chat.New(limited, params, option.WithResponseInto(&raw))
		if err != nil {
			status := statusOf(raw)
			if !s.simple && (status == http.StatusBadRequest || status == http.StatusUnprocessableEntity) {
				s.simple = true // the texts stay as they are
				continue
			}
			return reply{}, s.fault(ctx, limited, err, raw)
		}
		if statusOf(raw) >= 300 {
			return reply{}, s.fault(ctx, limited, errRedirect, raw)
		}
		if len(got.Choices) == 0 {
			return reply{}, fault.New(fault.BadReply, errors.New("the reply has no choice"), "model", s.model)
		}
		c := got.Choices[0]
		out := reply{
			text:    c.Message.Content,
			refused: c.FinishReason == "content_filter" || c.Message.Refusal != "" && c.Message.Content == "",
			usage:   Usage{In: int(got.Usage.PromptTokens), Out: int(got.Usage.CompletionTokens)},
		}
		if out.usage.In <= 0 {
			out.usage = Usage{In: r.Tokens, Out: tokens(out.text), Estimated: true}
		}
		return out, nil
	}
}

func statusOf(r *http.Response) int {
	if r == nil {
		return 0
	}
	return r.StatusCode
}

// fault says what an error of the client means to the user. The cause is given
// in words only: the client's errors hold the request, with the key in it.
func (s *service) fault(ctx, limited context.Context, err error, raw *http.Response) error {
	status, said := statusOf(raw), ""
	if status >= 400 { // the client has read the body and put it back
		body, _ := io.ReadAll(io.LimitReader(raw.Body, 4<<10)) // what can be read of it helps
		said = string(body)
	}
	cause := errors.New(s.hide(strings.TrimSpace(err.Error() + " " + said)))
	args := []any{"host", s.host, "model", s.model, "status", status}
	switch {
	case ctx.Err() != nil:
		return fault.New(fault.Cancelled, ctx.Err())
	case limited.Err() != nil:
		return fault.New(fault.TimedOut, limited.Err(), args...)
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fault.New(fault.WrongKey, cause, args...)
	case status == http.StatusNotFound && strings.Contains(strings.ToLower(said), "model"):
		return fault.New(fault.NoModel, cause, args...)
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status >= 300 && status < 400:
		return fault.New(fault.NotAService, cause, args...)
	case status == http.StatusTooManyRequests:
		return fault.New(fault.HostBusy, cause, args...)
	case status == http.StatusBadRequest, status == http.StatusRequestEntityTooLarge, status == http.StatusUnprocessableEntity:
		return fault.New(fault.RequestTooLong, cause, args...)
	case status >= 400:
		return fault.New(fault.BadStatus, cause, args...)
	case errors.Is(err, errReplyTooLong):
		return fault.New(fault.BadReply, cause, args...)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fault.New(fault.NoAnswer, cause, args...)
	case status != 0: // it answered, but not as the protocol says
		return fault.New(fault.NotAService, cause, args...)
	}
	f := fetch.Trouble(s.host, err)
	f.Err = cause
	return f
}

// hide keeps the key out of what a service repeats.
func (s *service) hide(text string) string {
	if s.key != "" {
		text = strings.ReplaceAll(text, s.key, "…")
	}
	if r := []rune(text); len(r) > 500 {
		text = string(r[:500]) + "…"
	}
	return text
}

// Models lists the models of a service, so that the user can choose, and tells
// whether it can be used at all. Nothing of a lecture is sent.
func Models(ctx context.Context, c Config, key string) ([]string, error) {
	p, err := c.destination()
	if err != nil {
		return nil, err
	}
	if err := p.mayCarry(key); err != nil {
		return nil, err
	}
	const patience = 20 * time.Second
	s := newService(p.Endpoint, p.Host, c.Model, key, patience)
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var raw *http.Response
	models := openai.NewModelService(s.options...)
	got, err := models.List(limited, option.WithResponseInto(&raw))
	if err == nil && statusOf(raw) >= 300 {
		err = errRedirect
	}
	if err != nil {
		return nil, s.fault(ctx, limited, err, raw)
	}
	names := make([]string, 0, len(got.Data))
	for _, m := range got.Data {
		names = append(names, m.ID)
	}
	slices.Sort(names)
	return names, nil
}
