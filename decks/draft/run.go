package draft

import (
	"context"
	"errors"
	"time"

	"lectern/decks"
	"lectern/decks/fault"
)

// Options say how a plan is run.
type Options struct {
	Consent Consent       // the user agreed to the plan of this name
	Key     string        // the service's key; "" for none
	Timeout time.Duration // of a request; 0: DefaultTimeout
	// Each is called after each request, with what came of it; an error ends the
	// run. nil: nothing is called.
	Each func(Step) error
}

// Step is what came of a request.
type Step struct {
	Done, Total int // requests
	Results     []Result
	Usage       Usage // so far
	Err         error // a fault; the results are what was understood in spite of it
}

// Drafts are the drafts of the step, to be kept.
func (s Step) Drafts() []decks.Draft { return drafts(s.Results) }

// Report is what came of a run.
type Report struct {
	Results []Result // one for each question that the plan asks
	Usage   Usage
}

// Drafts are all drafts of the run.
func (r Report) Drafts() []decks.Draft { return drafts(r.Results) }

// Count is how many questions came out so.
func (r Report) Count(o Outcome) int {
	n := 0
	for _, res := range r.Results {
		if res.Outcome == o {
			n++
		}
	}
	return n
}

func drafts(results []Result) []decks.Draft {
	var out []decks.Draft
	for _, r := range results {
		if r.Outcome == Drafted {
			out = append(out, r.Draft)
		}
	}
	return out
}

// Run sends the requests of a plan, one after the other. The report holds what
// was drafted also when there is an error: a refusal or a reply that cannot be
// read does not keep the next request from being sent, other troubles do.
// Faults: NotAgreed, with nothing sent; OpenKey; WrongKey, NoModel, NotAService,
// RequestTooLong, HostBusy, BadStatus, NoHost, NoAnswer, NotSecure, TimedOut,
// ModelRefused, BadReply, Cancelled.
func Run(ctx context.Context, p *Plan, o Options) (Report, error) {
	var report Report
	for _, r := range p.Requests {
		report.Results = append(report.Results, r.results(nil, p.Model)...)
	}
	if o.Consent != p.Consent() {
		return report, fault.New(fault.NotAgreed, nil)
	}
	if err := p.mayCarry(o.Key); err != nil {
		return report, err
	}
	s := newService(p.Endpoint, p.Host, p.Model, o.Key, o.Timeout)
	var trouble error
	at := 0
	for i := range p.Requests {
		r := &p.Requests[i]
		if err := ctx.Err(); err != nil {
			return report, fault.New(fault.Cancelled, err)
		}
		step := Step{Done: i + 1, Total: len(p.Requests)}
		var usage Usage
		step.Results, usage, step.Err = s.ask(ctx, r)
		report.Usage = report.Usage.plus(usage)
		step.Usage = report.Usage
		copy(report.Results[at:], step.Results)
		at += len(r.Questions)
		if step.Err != nil {
			trouble = step.Err
		}
		if o.Each != nil {
			if err := o.Each(step); err != nil {
				return report, err
			}
		}
		if trouble != nil && !passing(trouble) {
			break
		}
	}
	return report, trouble
}

// passing tells of trouble that lies in one request.
func passing(err error) bool {
	return fault.Is(err, fault.ModelRefused) || fault.Is(err, fault.BadReply) || fault.Is(err, fault.RequestTooLong)
}

func (u Usage) plus(v Usage) Usage {
	return Usage{u.In + v.In, u.Out + v.Out, u.Estimated || v.Estimated}
}

// ask sends one request and judges the reply.
func (s *service) ask(ctx context.Context, r *Request) ([]Result, Usage, error) {
	none := r.results(nil, s.model)
	got, err := s.send(ctx, r)
	if err != nil {
		return none, Usage{}, err
	}
	if got.refused {
		return none, got.usage, fault.New(fault.ModelRefused, nil, "model", s.model)
	}
	answers, cut, err := parseReply(got.text)
	results := r.results(answers, s.model)
	if err == nil && cut {
		err = errors.New("the reply ends early")
	}
	for _, res := range results {
		if err == nil && res.Outcome == Missing {
			err = errors.New("the reply leaves questions out")
		}
	}
	if err != nil {
		err = fault.New(fault.BadReply, err, "model", s.model)
	}
	return results, got.usage, err
}

// mayCarry refuses to send a key over an open line to another network.
func (p *Plan) mayCarry(key string) error {
	if key != "" && p.Open && placeOf(p.Endpoint) == elsewhere {
		return fault.New(fault.OpenKey, nil, "host", p.Host)
	}
	return nil
}
