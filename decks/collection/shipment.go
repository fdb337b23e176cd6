package collection

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"lectern/decks"
	"lectern/decks/fault"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/trust"
)

// Shipment is a release of an author's deck as it arrived, by a file or from a feed, and
// was verified.
type Shipment struct {
	Release   release.Release
	Statement release.Statement
	Signed    pack.Signed
	Signer    trust.Key
	Trust     trust.Chain // the chain that was pinned with what came
	Media     Media       // nil for none
	// Way are the statements of the releases between the installed one and this one, the
	// oldest first, this one last: what each of them says is new.
	Way  []release.Statement
	Feed string // the address of the feed that it came from, with its key; "" for a file
	Name string // the name of the file, "" for a feed

	past func() ([]byte, error) // reads the history that came with it; nil for none
}

// Media gives the pictures and sounds of a shipment by the hashes of what they hold.
type Media interface {
	Names() []string
	Read(name string) ([]byte, error)
}

// Opened is what a package holds as a shipment; name is that of its file.
func Opened(p *pack.Package, name string) Shipment {
	s := Shipment{Release: p.Release, Statement: p.Statement, Signed: p.Signed, Signer: p.Signer, Trust: p.Trust,
		Way: []release.Statement{p.Statement}, Name: name}
	if len(p.Media) > 0 {
		s.Media = packed{p}
	}
	if p.Statement.History != (release.History{}) {
		s.past = p.ReadHistory
	}
	return s
}

type packed struct{ p *pack.Package }

func (m packed) Names() []string                  { return m.p.Media }
func (m packed) Read(name string) ([]byte, error) { return m.p.ReadMedia(name) }

// verify checks again that a shipment is what its signature says, whoever made the value.
func (s *Shipment) verify() error {
	signed, _, err := s.Trust.Verify(s.Signed.Statement, s.Signed.Signature)
	if err != nil {
		return untrusted(err)
	}
	if signed != s.Statement || signed.Content.Hash != s.Release.Hash || signed.Deck != s.Release.Deck.ID {
		return fault.New(fault.DamagedPackage, errors.New("the release is not the one that was signed"))
	}
	return nil
}

// untrusted says in a fault why a signature or a chain is not taken.
func untrusted(err error) error {
	switch {
	case errors.Is(err, trust.ErrAnother):
		return fault.New(fault.OtherAuthor, err)
	case errors.Is(err, trust.ErrRevoked):
		return fault.New(fault.RevokedKey, err)
	case errors.Is(err, trust.ErrUntrusted), errors.Is(err, trust.ErrBroken):
		return fault.New(fault.NotSigned, err)
	}
	return err
}

// mayFollow tells whether a release may be installed over the latest one that was. Going
// back is for the student, to what he has.
func mayFollow(s release.Statement, latest *release.Statement, have bool) error {
	if latest == nil || have {
		return nil
	}
	err := s.Follows(*latest)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, release.ErrOlder), errors.Is(err, release.ErrInstalled):
		return fault.New(fault.OlderRelease, err, "release", s.Seq, "installed", latest.Seq)
	case errors.Is(err, release.ErrTwins):
		return fault.New(fault.TwinReleases, err, "release", s.Seq)
	case errors.Is(err, release.ErrTooFar):
		return fault.New(fault.FarRelease, err, "release", s.Seq, "installed", latest.Seq)
	}
	return fault.New(fault.DamagedPackage, err)
}

// Pinned returns the author's keys that were accepted for a deck: the zero value for a
// deck that no author signed.
func (c *Collection) Pinned(ctx context.Context, deck string) (chain trust.Chain, err error) {
	err = c.read(ctx, func(q querier, _ *memory) error {
		chain, err = pinned(q, deck)
		return err
	})
	if err != nil {
		return trust.Chain{}, fmt.Errorf("read the keys of deck %s: %w", deck, err)
	}
	return chain, nil
}

func pinned(q querier, deck string) (trust.Chain, error) {
	var all []trust.Signed
	rows, err := q.query(`SELECT payload, own, before FROM trusts WHERE deck = ? ORDER BY n`, deck)
	err = each(rows, err, func(s scanner) error {
		var x trust.Signed
		err := s.Scan(&x.Payload, &x.Own, &x.Before)
		all = append(all, x)
		return err
	})
	if err != nil || len(all) == 0 {
		return trust.Chain{}, err
	}
	chain, err := trust.Open(all)
	if err != nil {
		return trust.Chain{}, fault.New(fault.CorruptFile, fmt.Errorf("the keys of deck %s: %w", deck, err))
	}
	return chain, nil
}

// pin keeps the statements of trust that are new.
func (o *op) pin(deck string, have, now trust.Chain) error {
	for i, x := range now.Signed() {
		if i < len(have.Signed()) {
			continue
		}
		before := x.Before
		if before == nil {
			before = []byte{}
		}
		_, err := o.t.exec(`INSERT INTO trusts (deck, n, payload, own, before, at_ms) VALUES (?, ?, ?, ?, ?, ?)`,
			deck, i+1, x.Payload, x.Own, before, o.at.Time.UnixMilli())
		if err != nil {
			return fmt.Errorf("keep the keys of deck %s: %w", deck, err)
		}
	}
	return nil
}

// shipped is a signed release that was installed.
type shipped struct {
	statement release.Statement
	signed    pack.Signed
	hash      []byte
	atMS      int64 // when it was installed first
}

// readStatements returns the signed releases of a deck that were installed, the latest
// first.
func readStatements(q querier, deck string) ([]shipped, error) {
	var out []shipped
	rows, err := q.query(`SELECT release, statement, signature, at_ms FROM statements WHERE deck = ? ORDER BY epoch DESC, seq DESC`, deck)
	err = each(rows, err, func(s scanner) error {
		var x shipped
		if err := s.Scan(&x.hash, &x.signed.Statement, &x.signed.Signature, &x.atMS); err != nil {
			return err
		}
		var err error
		if x.statement, err = release.ParseStatement(x.signed.Statement); err != nil {
			return fault.New(fault.CorruptFile, err)
		}
		out = append(out, x)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the releases of deck %s: %w", deck, err)
	}
	return out, nil
}

// keepStatement keeps what was signed, once.
func (o *op) keepStatement(s *Shipment, hash []byte) error {
	_, err := o.t.exec(`INSERT INTO statements (deck, epoch, seq, release, statement, signature, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (deck, epoch, seq) DO NOTHING`,
		s.Statement.Deck, s.Statement.Epoch, s.Statement.Seq, hash, s.Signed.Statement, s.Signed.Signature, o.at.Time.UnixMilli())
	if err != nil {
		return fmt.Errorf("keep the statement: %w", err)
	}
	return nil
}

// origin says in an install which signed release it shows.
func (s *Shipment) origin() Origin {
	return Origin{Kind: originAuthor, Name: s.Name, Author: s.Trust.Last().Author, Epoch: s.Statement.Epoch, Seq: s.Statement.Seq, Label: s.Statement.Label}
}

// keepShipped keeps the pictures and sounds of a shipment under the names that its texts
// show them by: the hash of what they hold, and the ending.
func (c *Collection) keepShipped(ctx context.Context, s *Shipment, p Progress) (*leftovers, error) {
	if s.Media == nil {
		return nil, nil
	}
	var wanted []string // names
	have := map[string]bool{}
	for _, hash := range s.Media.Names() {
		have[hash] = true
	}
	for _, name := range ShippedMedia(s.Release.Deck) {
		if stem, _, ok := strings.Cut(name, "."); ok && have[stem] && release.IsHash(stem) && ValidMediaName(name) {
			wanted = append(wanted, name)
		}
	}
	l, err := c.note(wanted, s.Release.Hash)
	if err != nil {
		return nil, err
	}
	for i, name := range wanted {
		if err := ctx.Err(); err != nil {
			return l, err
		}
		stem, _, _ := strings.Cut(name, ".")
		b, err := s.Media.Read(stem)
		if err != nil {
			return l, fault.New(fault.DamagedPackage, err)
		}
		kept, err := keepFile(c.MediaDir(), name, b)
		if err != nil {
			return l, fmt.Errorf("keep media %s: %w", name, err)
		}
		if kept != name {
			return l, fmt.Errorf("keep media: another file has the name %s", name)
		}
		if p != nil {
			p(i+1, len(wanted))
		}
	}
	return l, nil
}

// statementOf returns the signed release that a deck shows, nil when it shows none.
func statementOf(all []shipped, origin string) *shipped {
	var o Origin
	if json.Unmarshal([]byte(origin), &o) != nil || o.Seq == 0 {
		return nil
	}
	return find(all, o.Epoch, o.Seq)
}

// find returns a signed release by its number, nil when it was not installed.
func find(all []shipped, epoch int, seq int64) *shipped {
	for i := range all {
		if s := all[i].statement; s.Epoch == epoch && s.Seq == seq {
			return &all[i]
		}
	}
	return nil
}

func latest(all []shipped) *release.Statement {
	if len(all) == 0 {
		return nil
	}
	return &all[0].statement
}

// signedMedia matches the name of a picture or a sound in the texts of a signed release.
var signedMedia = regexp.MustCompile(`\b[0-9a-f]{64}\.[a-z0-9]{1,8}\b`)

// ShippedMedia lists the names of files that the texts of a signed release show.
func ShippedMedia(d decks.Deck) []string {
	var out []string
	seen := map[string]bool{}
	look := func(text string) {
		for _, name := range signedMedia.FindAllString(text, -1) {
			if !seen[name] {
				seen[name] = true
				out = append(out, name)
			}
		}
	}
	for _, n := range d.Notes {
		for _, f := range decks.Fields {
			look(n.Fields[f])
		}
		for _, o := range n.Choices {
			look(o.Text)
		}
	}
	return out
}
