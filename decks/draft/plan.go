package draft

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"

	"lectern/decks"
	"lectern/decks/fault"
)

// Passage is a paragraph of the lecture as it is sent, or a short list, code, a
// formula, a table.
type Passage struct {
	Number  int    // by which the service names it, from 1 in each request
	Heading string // nearest above it, "" for none
	Text    string // plain; code and formulas as they stand

	parts []part // the blocks it is made of
}

// Request is one message to the service.
type Request struct {
	Questions []Question // numbered from 1 in this order
	Passages  []Passage
	System    string // what the service is told to do
	User      string // the passages and the questions; with System all the text that is sent
	Tokens    int    // of both, estimated
	Answer    int    // the most tokens its answer may take
}

// Plan is what would be sent, and where. Nothing was sent when it was made.
type Plan struct {
	Endpoint string // as set up
	Host     string // who gets to read it, with the port unless it is the usual one
	Local    bool   // that is this computer
	Open     bool   // it goes to another one without encryption
	Model    string
	Requests []Request
	Left     []Question // not asked: the lecture says nothing about them, or they are too long
}

// The most questions in a request: small models lose count early.
const (
	mostLocal  = 3
	mostRemote = 6
)

// New makes a plan for the questions, in their order. Each request holds as many
// as its budget takes, with the passages of the lecture that speak of them: all
// of a short lecture, the best of a long one. Faults: DraftsOff, NoLecture when the
// page has no text but questions, Cancelled.
func New(ctx context.Context, c Config, l Lecture, questions []Question) (*Plan, error) {
	if c.Off() {
		return nil, fault.New(fault.DraftsOff, nil)
	}
	p, err := c.destination()
	if err != nil {
		return nil, err
	}
	if l.Page == nil {
		return nil, fault.New(fault.NoLecture, nil)
	}
	all := pieces(l)
	if len(all) == 0 {
		return nil, fault.New(fault.NoLecture, nil)
	}
	b := planner{plan: p, title: l.Page.Title, system: system(l.Page.Lang), pieces: all, budget: c.budget(), most: mostRemote}
	if placeOf(p.Endpoint) != elsewhere {
		b.most = mostLocal
	}
	if err := b.ask(ctx, questions); err != nil {
		return nil, fault.New(fault.Cancelled, err)
	}
	return p, nil
}

// destination is a plan without requests: where they would go.
func (c Config) destination() (*Plan, error) {
	if c.Endpoint == "" {
		return nil, fault.New(fault.DraftsOff, nil)
	}
	endpoint, err := ParseEndpoint(c.Endpoint)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(endpoint)
	if err != nil {
		return nil, fmt.Errorf("read the endpoint: %w", err)
	}
	local := placeOf(endpoint) == here
	return &Plan{Endpoint: endpoint, Host: u.Host, Local: local, Open: !local && u.Scheme == "http", Model: c.Model}, nil
}

// planner fills requests one after the other.
type planner struct {
	plan   *Plan
	title  string
	system string
	pieces []piece
	budget int
	most   int // questions in a request

	asking []Question
	chosen map[int]bool // pieces
}

// What an answer may take beside its budget's part: a model that thinks before it
// answers does so in tokens.
const (
	perAnswer = 250
	thinking  = 2000
)

// room is how many tokens are left for passages beside some questions.
func (b *planner) room(questions []Question) int {
	n := b.budget - tokens(b.system) - tokens(b.title) - 60 - perAnswer*len(questions)
	for _, q := range questions {
		n -= tokens(q.Text) + 5
	}
	return n
}

// weight is what passages take, with their numbers and headings.
func (b *planner) weight(chosen map[int]bool) int {
	n, heading := 0, ""
	for i := range b.pieces {
		if !chosen[i] {
			continue
		}
		n += b.pieces[i].tokens + 4
		if h := b.pieces[i].heading; h != heading {
			heading = h
			n += tokens(h) + 3
		}
	}
	return n
}

func (b *planner) ask(ctx context.Context, questions []Question) error {
	whole := map[int]bool{}
	for i := range b.pieces {
		whole[i] = true
	}
	all := b.weight(whole)
	var x *index
	for _, q := range questions {
		if err := ctx.Err(); err != nil {
			return err
		}
		alone := b.room([]Question{q})
		chosen := whole
		if all > alone {
			if x == nil {
				x = newIndex(b.pieces)
			}
			// Some room is left for the next question, but not at the cost of a passage.
			chosen = b.choose(x.rank(q.Text), min(alone, max(mostPiece+50, alone*2/3)))
			if len(chosen) == 0 {
				b.plan.Left = append(b.plan.Left, q)
				continue
			}
		}
		b.join(q, chosen)
	}
	b.flush()
	return ctx.Err()
}

// choose takes the best pieces that fit.
func (b *planner) choose(order []int, room int) map[int]bool {
	chosen := map[int]bool{}
	for _, i := range order {
		chosen[i] = true
		if b.weight(chosen) > room {
			delete(chosen, i)
			break
		}
	}
	return chosen
}

// join puts a question into the request at hand, or into a new one.
func (b *planner) join(q Question, chosen map[int]bool) {
	both := map[int]bool{}
	for _, set := range []map[int]bool{b.chosen, chosen} {
		for i := range set {
			both[i] = true
		}
	}
	with := append(slices.Clone(b.asking), q)
	if len(with) > b.most || b.weight(both) > b.room(with) {
		b.flush()
		with, both = []Question{q}, chosen
	}
	b.asking, b.chosen = with, both
}

func (b *planner) flush() {
	if len(b.asking) == 0 {
		return
	}
	r := Request{Questions: b.asking, System: b.system, Answer: thinking + 2*perAnswer*len(b.asking)}
	for i, p := range b.pieces {
		if b.chosen[i] {
			r.Passages = append(r.Passages, Passage{Number: len(r.Passages) + 1, Heading: p.heading, Text: p.text, parts: p.parts})
		}
	}
	r.User = user(b.title, r.Passages, r.Questions)
	r.Tokens = tokens(r.System) + tokens(r.User)
	b.plan.Requests = append(b.plan.Requests, r)
	b.asking, b.chosen = nil, nil
}

// Tokens estimates what the plan takes: what is sent, and the most that the
// answers may be.
func (p *Plan) Tokens() (in, out int) {
	for _, r := range p.Requests {
		in += r.Tokens
		out += r.Answer
	}
	return in, out
}

// Questions is how many questions the plan asks.
func (p *Plan) Questions() int {
	n := 0
	for _, r := range p.Requests {
		n += len(r.Questions)
	}
	return n
}

// Consent names a plan that the user agreed to: another text, host or model has
// another.
type Consent string

// Consent is what agreeing to this plan is called. It is 16 characters, to be
// typed if need be.
func (p *Plan) Consent() Consent {
	text, err := json.Marshal(p)
	if err != nil {
		panic(fmt.Sprintf("a plan of plain values cannot be written: %v", err))
	}
	sum := sha256.Sum256(text)
	return Consent(hex.EncodeToString(sum[:8]))
}

// Outcome is what became of a question.
type Outcome uint8

// The outcomes.
const (
	Missing      Outcome = iota // the reply has no word on it, or did not come
	Drafted                     // there is a draft
	NotInLecture                // the service found no answer in the passages
)

// Result is what became of one question.
type Result struct {
	Question Question
	Outcome  Outcome
	Draft    decks.Draft // when Drafted
}

// Usage counts tokens.
type Usage struct {
	In, Out   int
	Estimated bool // the service did not say; in part at least
}
