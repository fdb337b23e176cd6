package main

import (
	"context"

	"lectern/decks/fetch"
)

// fetch gets a page from its address. Typed on a command line, it is the very
// address that the user means.
func (c *cli) fetch(ctx context.Context, address string) (*fetch.Page, error) {
	report, finish := c.progress(c.p.T("ctl.fetching"))
	defer finish()
	return fetch.Get(ctx, address, fetch.Options{Typed: true, Progress: report})
}

// address reads what lies at an address. It is by the address that the deck is
// known again.
func (c *cli) address(ctx context.Context, arg string) (incoming, error) {
	page, err := c.fetch(ctx, arg)
	if err != nil {
		return incoming{}, err
	}
	in, err := c.opened(ctx, arg, "", page.Name, page.Data)
	in.file = arg
	in.Options.Origin.Name, in.Options.Origin.Key = page.Address, page.Address
	return in, err
}
