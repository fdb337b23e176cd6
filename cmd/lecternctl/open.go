package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/fault"
	"lectern/decks/fold"
)

// place is the collection's folder.
func (c *cli) place() (string, error) {
	if c.dir != "" {
		return c.dir, nil
	}
	return collection.DefaultDir()
}

// with opens the collection, which has to be there, and closes it after act.
func (c *cli) with(ctx context.Context, act func(*collection.Collection) error) error {
	return c.open(ctx, true, act)
}

// open opens the collection; without mustExist an absent one is made.
func (c *cli) open(ctx context.Context, mustExist bool, act func(*collection.Collection) error) (err error) {
	dir, err := c.place()
	if err != nil {
		return err
	}
	report, done := c.progress(c.p.T("ctl.opening"))
	col, err := collection.Open(ctx, dir, collection.Options{Clock: c.clock, Progress: report, MustExist: mustExist})
	done()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, col.Close()) }()
	return act(col)
}

// offerBackup names the last backup after the collection was found damaged.
func (c *cli) offerBackup() {
	dir, err := c.place()
	if err != nil {
		return
	}
	list, err := collection.ListBackups(dir)
	if err != nil || len(list) == 0 {
		return
	}
	last := list[0] // the newest
	command := []string{"lecternctl", "restore", quoted(last.Path)}
	if c.dir != "" {
		command = slices.Insert(command, 1, "--collection", quoted(c.dir))
	}
	fmt.Fprintln(c.stderr, c.p.T("ctl.offer_backup", "Command", strings.Join(command, " "), "Date", c.moment(last.At)))
}

// quoted writes a word so that a shell reads it back as one.
func quoted(word string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("/\\:._-+=,@%", r)
	}
	if word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !plain(r) }) {
		return word
	}
	if runtime.GOOS == "windows" {
		return `"` + word + `"`
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// deck finds a deck by its id or its title and returns its id; "" stays "".
func (c *cli) deck(ctx context.Context, col *collection.Collection, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	rows, err := col.Decks(ctx)
	if err != nil {
		return "", err
	}
	id, matches := "", 0
	for _, d := range rows {
		if d.ID == name {
			return d.ID, nil
		}
		if fold.Equal(d.Title, name) {
			id, matches = d.ID, matches+1
		}
	}
	switch matches {
	case 1:
		return id, nil
	case 0:
		return "", fault.New(fault.NoSuchDeck, nil, "deck", name)
	}
	return "", fault.New(fault.BadArgument, nil, "what", c.p.T("ctl.several_decks", "Title", name))
}

// card reads the id of a card; an id without a part means the note's front.
func card(arg string) decks.CardID {
	id := decks.CardID(arg)
	if _, _, err := id.Split(); err != nil {
		return decks.NewCardID(arg, "f")
	}
	return id
}
