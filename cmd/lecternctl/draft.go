package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lectern/decks/collection"
	"lectern/decks/draft"
	"lectern/decks/draft/keys"
)

// plannedRequest is a request in `draft --json`: all that would be sent.
type plannedRequest struct {
	Questions []string `json:"questions"` // notes
	System    string   `json:"system"`
	User      string   `json:"user"`
	Tokens    int      `json:"tokens"` // estimated
	Answer    int      `json:"answer"` // the most that the answer may take
}

// draft plans drafts of missing answers and, with the word for just that plan,
// asks for them.
func (c *cli) draft() *cobra.Command {
	deck, yes, show := "", "", false
	var cmd *cobra.Command
	cmd = c.command("draft", c.noArgs, func(ctx context.Context, _ []string) error {
		if deck == "" {
			return c.usage(cmd, c.p.T("ctl.flag_missing", "Name", "--deck"))
		}
		return c.with(ctx, func(col *collection.Collection) error {
			config, err := draft.Load(ctx, col)
			if err != nil {
				return err
			}
			plan, err := c.planDrafts(ctx, col, config, deck)
			if err != nil {
				return err
			}
			if yes == "" {
				return c.showPlan(plan, deck, show)
			}
			return c.runDrafts(ctx, col, config, plan, draft.Consent(yes))
		})
	})
	cmd.Flags().StringVar(&deck, "deck", "", c.p.T("ctl.flag_deck_draft"))
	cmd.Flags().BoolVar(&show, "show", false, c.p.T("ctl.flag_show"))
	cmd.Flags().StringVar(&yes, "yes", "", c.p.T("ctl.flag_yes"))
	for _, build := range []func() *cobra.Command{c.draftList, c.draftAccept, c.draftReject, c.draftSetup, c.draftModels} {
		sub := build()
		sub.Use = strings.TrimPrefix(sub.Use, "draft_")
		cmd.AddCommand(sub)
	}
	return cmd
}

// planDrafts plans for the questions of a deck that need an answer and for which
// no draft waits.
func (c *cli) planDrafts(ctx context.Context, col *collection.Collection, config draft.Config, deck string) (*draft.Plan, error) {
	id, err := c.deck(ctx, col, deck)
	if err != nil {
		return nil, err
	}
	d, err := col.Deck(ctx, id)
	if err != nil {
		return nil, err
	}
	rows, err := col.Drafts(ctx, id)
	if err != nil {
		return nil, err
	}
	waiting := map[string]bool{}
	for _, r := range rows {
		waiting[r.Note] = true
	}
	text, _, err := col.Page(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := col.Decks(ctx)
	if err != nil {
		return nil, err
	}
	name := ""
	for _, row := range all {
		if row.ID == id {
			name = row.Origin.Name
		}
	}
	lecture, err := draft.ReadLecture(ctx, text, name)
	if err != nil {
		return nil, err
	}
	return draft.New(ctx, config, lecture, draft.Open(d, waiting))
}

// showPlan says what would be sent, and how to agree to it.
func (c *cli) showPlan(p *draft.Plan, deck string, whole bool) error {
	requests := []plannedRequest{}
	for _, r := range p.Requests {
		q := plannedRequest{Questions: []string{}, System: r.System, User: r.User, Tokens: r.Tokens, Answer: r.Answer}
		for _, question := range r.Questions {
			q.Questions = append(q.Questions, question.ID)
		}
		requests = append(requests, q)
	}
	left := []string{}
	for _, q := range p.Left {
		left = append(left, q.ID)
	}
	in, out := p.Tokens()
	answer := map[string]any{
		"plan": p.Consent(), "host": p.Host, "endpoint": p.Endpoint, "local": p.Local, "open": p.Open, "model": p.Model,
		"tokens": in, "answers": out, "requests": requests, "left": left,
	}
	return c.show(answer, func() {
		if whole {
			for i, r := range p.Requests {
				c.line(c.p.T("ctl.draft_request", "N", c.p.Int(i+1), "Of", c.p.Int(len(p.Requests))))
				c.line("")
				c.line(r.System)
				c.line("")
				c.line(r.User)
			}
		}
		if len(p.Requests) > 0 {
			c.line(c.p.N("ctl.draft_plan", p.Questions(), "Host", p.Host, "Model", p.Model, "Tokens", c.p.Int(in), "Answers", c.p.Int(out)))
			switch {
			case p.Local:
				c.line(c.p.T("ctl.draft_local"))
			case p.Open:
				c.line(c.p.T("ctl.draft_open"))
			}
		} else {
			c.line(c.p.T("ctl.draft_nothing"))
		}
		if len(p.Left) > 0 {
			c.line(c.p.N("ctl.draft_left", len(p.Left)))
		}
		if len(p.Requests) > 0 {
			command := "lecternctl draft --deck " + quoted(deck)
			if !whole {
				c.line(c.p.T("ctl.draft_read", "Command", command+" --show"))
			}
			c.line(c.p.T("ctl.draft_agree", "Command", command+" --yes "+string(p.Consent())))
		}
	})
}

// runDrafts sends the plan and keeps what comes, request by request.
func (c *cli) runDrafts(ctx context.Context, col *collection.Collection, config draft.Config, p *draft.Plan, yes draft.Consent) error {
	key, err := keys.Find(ctx, keys.System(), c.getenv, config)
	if err != nil {
		return err
	}
	report, finish := c.progress(c.p.T("ctl.drafting"))
	if report != nil {
		report(0, len(p.Requests))
	}
	got, trouble := draft.Run(ctx, p, draft.Options{Consent: yes, Key: key, Timeout: config.Timeout, Each: func(s draft.Step) error {
		if report != nil {
			report(s.Done, s.Total)
		}
		return col.KeepDrafts(context.WithoutCancel(ctx), s.Drafts())
	}})
	finish()
	supported := 0
	for _, d := range got.Drafts() {
		if d.Supported {
			supported++
		}
	}
	answer := map[string]any{
		"drafted": got.Count(draft.Drafted), "supported": supported, "not_in_lecture": got.Count(draft.NotInLecture), "missing": got.Count(draft.Missing),
		"tokens": got.Usage.In, "answers": got.Usage.Out, "estimated": got.Usage.Estimated,
	}
	if trouble != nil && got.Usage == (draft.Usage{}) {
		return trouble // nothing came
	}
	err = c.show(answer, func() {
		c.line(c.p.N("ctl.drafted", got.Count(draft.Drafted), "Supported", c.p.Int(supported)))
		if n := got.Count(draft.NotInLecture); n > 0 {
			c.line(c.p.N("ctl.draft_absent", n))
		}
		c.line(c.p.T("ctl.draft_usage", "Tokens", c.p.Int(got.Usage.In), "Answers", c.p.Int(got.Usage.Out)))
	})
	if trouble != nil {
		return trouble
	}
	return err
}

// draftRow is a draft in `draft list --json`.
type draftRow struct {
	Note      string  `json:"note"`
	Question  string  `json:"question"` // Markdown
	Text      string  `json:"text"`     // Markdown
	Supported bool    `json:"supported"`
	Quotes    []quote `json:"quotes"`
	Model     string  `json:"model"`
	At        string  `json:"at"`
	Deck      string  `json:"deck"`
	DeckTitle string  `json:"deck_title"`
	Section   string  `json:"section"`
}

type quote struct {
	Text    string `json:"text"`
	Passage string `json:"passage"`
}

// draftList shows the drafts that wait.
func (c *cli) draftList() *cobra.Command {
	deck := ""
	cmd := c.command("draft_list", c.noArgs, func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			id, err := c.deck(ctx, col, deck)
			if err != nil {
				return err
			}
			list, err := col.Drafts(ctx, id)
			if err != nil {
				return err
			}
			rows := []draftRow{}
			for _, d := range list {
				row := draftRow{
					Note: d.Note, Question: d.Question, Text: d.Text, Supported: d.Supported, Quotes: []quote{}, Model: d.Model,
					At: d.At.Format(time.RFC3339), Deck: d.Deck, DeckTitle: d.DeckTitle, Section: d.Section,
				}
				for _, q := range d.Quotes {
					row.Quotes = append(row.Quotes, quote{q.Text, q.Passage})
				}
				rows = append(rows, row)
			}
			return c.show(map[string]any{"drafts": rows}, func() { c.printDrafts(list) })
		})
	})
	cmd.Flags().StringVar(&deck, "deck", "", c.p.T("ctl.flag_deck"))
	return cmd
}

func (c *cli) printDrafts(list []collection.DraftRow) {
	if len(list) == 0 {
		c.line(c.p.T("ctl.no_drafts"))
	}
	for i, d := range list {
		if i > 0 {
			c.line("")
		}
		c.line(d.Note + "  " + d.Question)
		c.line(c.p.T("ctl.draft_of", "Model", d.Model, "Text", d.Text))
		for _, q := range d.Quotes {
			c.line(c.p.T("ctl.draft_quote", "Text", strings.Join(strings.Fields(q.Text), " ")))
		}
		if !d.Supported {
			c.line(c.p.T("ctl.draft_unsupported"))
		}
	}
}

// draftAccept makes a draft the answer.
func (c *cli) draftAccept() *cobra.Command {
	return c.command("draft_accept", c.args(1, 2), func(ctx context.Context, args []string) error {
		text := ""
		if len(args) == 2 {
			var err error
			if text, err = c.text(ctx, args[1]); err != nil {
				return err
			}
		}
		id := card(args[0])
		return c.with(ctx, func(col *collection.Collection) error {
			if err := col.AcceptDraft(ctx, id.Note(), text); err != nil {
				return err
			}
			shown, err := col.Card(ctx, id)
			if err != nil {
				return err
			}
			answer := map[string]any{"card": id, "text": shown.Note.Text("answer")}
			return c.show(answer, func() { c.line(c.p.T("ctl.saved")) })
		})
	})
}

// draftReject puts a draft away.
func (c *cli) draftReject() *cobra.Command {
	return c.command("draft_reject", c.args(1, 1), func(ctx context.Context, args []string) error {
		id := card(args[0])
		return c.with(ctx, func(col *collection.Collection) error {
			if err := col.RejectDraft(ctx, id.Note()); err != nil {
				return err
			}
			return c.show(map[string]any{"card": id}, func() { c.line(c.p.T("ctl.draft_rejected")) })
		})
	})
}

// draftSetup shows and changes which service drafts.
func (c *cli) draftSetup() *cobra.Command {
	endpoint, model, budget, seconds, key, off := "", "", 0, 0, false, false
	var cmd *cobra.Command
	cmd = c.command("draft_setup", c.noArgs, func(ctx context.Context, _ []string) error {
		return c.open(ctx, false, func(col *collection.Collection) error {
			config, err := draft.Load(ctx, col)
			if err != nil {
				return err
			}
			flags := cmd.Flags()
			if flags.Changed("endpoint") {
				if endpoint, err = draft.ParseEndpoint(endpoint); err != nil {
					return err
				}
			}
			if off || flags.Changed("endpoint") && endpoint != config.Endpoint {
				if config, err = keys.Keep(ctx, keys.System(), config, ""); err != nil { // it was for the one before
					return err
				}
				config.Endpoint = endpoint
			}
			if flags.Changed("model") {
				config.Model = model
			}
			if flags.Changed("budget") {
				config.Budget = budget
			}
			if flags.Changed("timeout") {
				config.Timeout = time.Duration(seconds) * time.Second
			}
			if key {
				typed, err := c.text(ctx, "-")
				if err != nil {
					return err
				}
				if config, err = keys.Keep(ctx, keys.System(), config, typed); err != nil {
					return err
				}
			}
			if err := config.Save(ctx, col); err != nil {
				return err
			}
			if config, err = draft.Load(ctx, col); err != nil {
				return err
			}
			return c.showSetup(config)
		})
	})
	flags := cmd.Flags()
	flags.StringVar(&endpoint, "endpoint", "", c.p.T("ctl.flag_endpoint"))
	flags.StringVar(&model, "model", "", c.p.T("ctl.flag_model_draft"))
	flags.IntVar(&budget, "budget", 0, c.p.T("ctl.flag_budget"))
	flags.IntVar(&seconds, "timeout", 0, c.p.T("ctl.flag_timeout"))
	flags.BoolVar(&key, "key", false, c.p.T("ctl.flag_key"))
	flags.BoolVar(&off, "off", false, c.p.T("ctl.flag_off"))
	return cmd
}

func (c *cli) showSetup(config draft.Config) error {
	answer := map[string]any{
		"endpoint": config.Endpoint, "model": config.Model, "budget": config.Budget, "timeout": int(config.Timeout / time.Second), "key": config.Keyed,
	}
	return c.show(answer, func() {
		if config.Off() {
			c.line(c.p.T("ctl.draft_is_off"))
		}
		if config.Endpoint == "" {
			return
		}
		key := c.p.T("ctl.draft_no_key")
		if config.Keyed {
			key = c.p.T("ctl.draft_key")
		}
		c.line(fmt.Sprintf("%s  %s  (%s)", config.Endpoint, config.Model, key))
	})
}

// draftModels lists the models of the service. Nothing of a lecture is sent.
func (c *cli) draftModels() *cobra.Command {
	return c.command("draft_models", c.noArgs, func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(col *collection.Collection) error {
			config, err := draft.Load(ctx, col)
			if err != nil {
				return err
			}
			key, err := keys.Find(ctx, keys.System(), c.getenv, config)
			if err != nil {
				return err
			}
			names, err := draft.Models(ctx, config, key)
			if err != nil {
				return err
			}
			return c.show(map[string]any{"models": names}, func() {
				for _, n := range names {
					c.line(n)
				}
			})
		})
	})
}
