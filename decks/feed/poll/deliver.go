package poll

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"lectern/decks/fault"
	"lectern/decks/feed"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/sign"
	"lectern/decks/release/trust"
	"lectern/decks/source"
)

// Have is what a student has of a deck already.
type Have struct {
	Release release.Release                  // the installed one, from which deltas lead; the zero value for none
	Media   func(hash string) ([]byte, bool) // pictures and sounds; nil for none
}

// Note is what a release on the way brings.
type Note struct {
	Seq   int64
	Label string
	Time  string
	Text  string // release notes, Markdown
}

// Delivery is a release that was fetched: what pack.Open would give, and the notes of
// every release on the way, the newest first. Its package is read before Close.
type Delivery struct {
	*pack.Package
	Notes   []Note
	ByDelta bool  // by what changed, not as a whole
	Bytes   int64 // that were fetched

	files []*os.File
}

// Close removes what the delivery keeps on the disk.
func (d *Delivery) Close() error {
	var errs []error
	for _, f := range d.files {
		errs = append(errs, f.Close(), os.Remove(f.Name()))
	}
	d.files = nil
	return errors.Join(errs...)
}

// maxNotes bounds the releases whose notes are fetched.
const maxNotes = 20

// Progress is told how many bytes of how many have come.
type Progress func(done, total int64)

// Fetch gets the newest release of a feed: what changed, when that is less than half of
// the whole and fits, or else the whole. Everything is verified before it is returned.
// Faults: Cancelled, NotSigned, RevokedKey, NewerRelease, DamagedSite, DiskFull, and those
// that tell why a host does not answer.
func (c *Client) Fetch(ctx context.Context, s Source, n News, have Have, progress Progress) (*Delivery, error) {
	if len(n.Feed.Releases) == 0 {
		return nil, fault.New(fault.NoFeed, nil, "host", hostOf(s.Link.Address))
	}
	a, done, err := c.asker(s)
	if err != nil {
		return nil, err
	}
	defer done()
	addresses := []string{n.From, s.Link.Address}
	var first error
	for _, address := range slices.Compact(append(addresses, n.Feed.URLs...)) {
		base, err := url.Parse(address)
		if err != nil || a.may(base) != nil {
			continue
		}
		d := &delivery{Client: c, asker: a, base: base, s: s, n: n, have: have, progress: progress, Delivery: &Delivery{}}
		err = d.fetch(ctx)
		if err == nil {
			return d.Delivery, nil
		}
		err = errors.Join(err, d.Close())
		if ctx.Err() != nil {
			return nil, fault.New(fault.Cancelled, ctx.Err())
		}
		if first == nil {
			first = fmt.Errorf("fetch release %d: %w", n.Feed.Latest().Seq, d.explain(ctx, err))
		}
	}
	return nil, first
}

// delivery is the work of fetching one release from one host.
type delivery struct {
	*Client
	*asker
	*Delivery
	base       *url.URL
	s          Source
	n          News
	have       Have
	progress   Progress
	total      int64
	statements map[int64]signed // that are verified
	written    int64            // media on the disk
}

type signed struct {
	release.Statement
	pack.Signed
}

// errDamaged tells of a file that is not what the feed or the statement says.
var errDamaged = errors.New("the file is not the one that was published")

func (d *delivery) explain(ctx context.Context, err error) error {
	host := hostOf(d.base.String())
	switch {
	case errors.Is(err, errDamaged), errors.Is(err, errTooLong), errors.Is(err, pack.ErrContent), errors.Is(err, pack.ErrNoPackage):
		return fault.New(fault.DamagedSite, err, "host", host)
	case errors.Is(err, trust.ErrRevoked):
		return fault.New(fault.RevokedKey, err, "host", host)
	case errors.Is(err, trust.ErrUntrusted), errors.Is(err, trust.ErrAnother), errors.Is(err, trust.ErrBroken):
		return fault.New(fault.NotSigned, err, "host", host)
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.New(fault.DiskFull, err)
	}
	return trouble(ctx, d.base.String(), err)
}

// fetch fetches the newest release.
func (d *delivery) fetch(ctx context.Context) error {
	d.statements = map[int64]signed{}
	latest := d.n.Feed.Latest()
	s, err := d.statement(ctx, latest)
	if err != nil {
		return err
	}
	if !d.Reads(s.MinApp) {
		return fault.New(fault.NewerRelease, nil, "version", s.MinApp)
	}
	if way := d.way(); way != nil {
		err := d.byDeltas(ctx, way, s)
		if err == nil {
			return d.notes(ctx)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		// Whatever did not fit, the whole release is worth the try.
		if err := d.Close(); err != nil {
			return err
		}
		d.ByDelta = false
	}
	if err := d.whole(ctx, latest, s); err != nil {
		return err
	}
	return d.notes(ctx)
}

// Reads tells whether this program is as new as a release needs.
func (c *Client) Reads(needs string) bool {
	if needs == "" || c.Version == "" {
		return true
	}
	have, want := strings.Split(strings.TrimPrefix(c.Version, "v"), "."), strings.Split(needs, ".")
	for i, w := range want {
		h := 0
		if i < len(have) {
			digits, _, _ := strings.Cut(have[i], "-")
			n, err := strconv.Atoi(digits)
			if err != nil {
				return true // a build without a number
			}
			h = n
		}
		n, err := strconv.Atoi(w)
		if err != nil || h != n {
			return err == nil && h > n
		}
	}
	return true
}

// file fetches a small file and compares it with what is said of it.
func (d *delivery) file(ctx context.Context, f feed.File) ([]byte, error) {
	b, _, err := d.read(ctx, feed.Resolve(d.base, f.Path).String(), "", f.Bytes)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", f.Path, err)
	}
	if int64(len(b)) != f.Bytes || release.Hash(b) != f.Hash {
		return nil, fmt.Errorf("fetch %s: %w", f.Path, errDamaged)
	}
	d.came(f.Bytes)
	return b, nil
}

func (d *delivery) came(n int64) {
	if d.Bytes += n; d.progress != nil {
		d.progress(d.Bytes, max(d.total, d.Bytes))
	}
}

// statement fetches and verifies what is signed of a release.
func (d *delivery) statement(ctx context.Context, r feed.Release) (signed, error) {
	if s, ok := d.statements[r.Seq]; ok {
		return s, nil
	}
	b, err := d.file(ctx, r.Statement)
	if err != nil {
		return signed{}, err
	}
	name := feed.SignatureOf(r.Statement.Path)
	sig, _, err := d.read(ctx, feed.Resolve(d.base, name).String(), "", sign.MaxSignature)
	if err != nil {
		return signed{}, fmt.Errorf("fetch %s: %w", name, err)
	}
	d.came(int64(len(sig)))
	s, _, err := d.n.Trust.Verify(b, sig)
	if err != nil {
		return signed{}, err
	}
	if s.Deck != d.n.Feed.Deck || s.Epoch != d.n.Feed.Epoch || s.Seq != r.Seq || s.Content.Hash != r.Content {
		return signed{}, fmt.Errorf("%w: the statement is of another release", errDamaged)
	}
	out := signed{s, pack.Signed{Statement: b, Signature: sig}}
	d.statements[r.Seq] = out
	return out, nil
}

// way is the releases by whose deltas the installed one becomes the newest, the newest
// first; nil when there is no such way, or one that is hardly shorter than the whole.
func (d *delivery) way() []feed.Release {
	i := d.s.Installed
	if d.have.Release.Hash == "" || d.have.Release.Hash != i.Content.Hash || i.Epoch != d.n.Feed.Epoch {
		return nil
	}
	var way []feed.Release
	var sum int64
	at := d.n.Feed.Latest()
	for _, r := range d.n.Feed.Releases {
		if r.Seq != at.Seq {
			continue
		}
		if r.Delta == (feed.Delta{}) {
			return nil
		}
		way = append(way, r)
		if sum += r.Delta.Bytes; sum > d.n.Feed.Latest().Package.Bytes/2 {
			return nil
		}
		if r.Delta.From == i.Seq {
			d.total = sum
			return way
		}
		at.Seq = r.Delta.From
	}
	return nil
}

// byDeltas makes the newest release of the installed one.
func (d *delivery) byDeltas(ctx context.Context, way []feed.Release, s signed) error {
	r := d.have.Release
	for _, step := range slices.Backward(way) {
		says, err := d.statement(ctx, step)
		if err != nil {
			return err
		}
		packed, err := d.file(ctx, step.Delta.File)
		if err != nil {
			return err
		}
		delta, err := inflate(packed, says.Delta.Bytes)
		if err != nil {
			return err
		}
		if says.Delta.Seq != step.Delta.From || release.Hash(delta) != says.Delta.Hash {
			return fmt.Errorf("the delta of release %d: %w", step.Seq, errDamaged)
		}
		if r, _, err = release.Apply(r, delta); err != nil {
			return err
		}
		if r.Hash != says.Content.Hash {
			return fmt.Errorf("the delta of release %d: %w", step.Seq, errDamaged)
		}
	}
	media, err := d.media(ctx, r, s.Statement)
	if err != nil {
		return err
	}
	d.Package, err = pack.Assemble(d.n.Trust, s.Signed, r, media)
	d.ByDelta = err == nil
	return err
}

// inflate unpacks a delta of just so many bytes.
func inflate(packed []byte, size int64) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	b, err := io.ReadAll(io.LimitReader(z, size+1))
	if err != nil || int64(len(b)) != size {
		return nil, fmt.Errorf("%w: the delta does not have %d bytes", errDamaged, size)
	}
	return b, nil
}

// media fetches the pictures and sounds of a release that the student does not have.
func (d *delivery) media(ctx context.Context, r release.Release, s release.Statement) (pack.Media, error) {
	m := &gathered{have: d.have.Media, files: map[string]*os.File{}}
	for _, name := range source.Pictures(r.Deck) {
		hash, _, _ := strings.Cut(name, ".")
		if !release.IsHash(hash) || slices.Contains(m.names, hash) {
			continue
		}
		m.names = append(m.names, hash)
		if m.have != nil {
			if b, ok := m.have(hash); ok && release.Hash(b) == hash {
				continue
			}
		}
		f, err := d.temp()
		if err != nil {
			return nil, err
		}
		most := min(release.MaxMediaFile, s.Media.Bytes-d.written)
		n, err := d.into(ctx, f, feed.MediaPath(hash), most, hash)
		if err != nil {
			return nil, err
		}
		d.written += n
		m.files[hash] = f
	}
	if len(m.names) == 0 {
		return nil, nil
	}
	return m, nil
}

// temp makes a file that Close removes.
func (d *delivery) temp() (*os.File, error) {
	f, err := os.CreateTemp(d.Temp, "lectern-*.part")
	if err != nil {
		return nil, fmt.Errorf("make a temporary file: %w", err)
	}
	d.files = append(d.files, f)
	return f, nil
}

// into fetches a file of at most some bytes into a temporary one and compares its hash.
func (d *delivery) into(ctx context.Context, f *os.File, name string, most int64, hash string) (int64, error) {
	sum := sha256.New()
	w := &counter{w: io.MultiWriter(f, sum), came: d.came}
	if _, err := d.get(ctx, feed.Resolve(d.base, name).String(), "", most, w); err != nil {
		return 0, fmt.Errorf("fetch %s: %w", name, err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		return 0, fmt.Errorf("fetch %s: %w", name, errDamaged)
	}
	return w.n, nil
}

type counter struct {
	w    io.Writer
	n    int64
	came func(int64)
}

// Write writes.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	c.came(int64(n))
	return n, err
}

// whole fetches the package of a release.
func (d *delivery) whole(ctx context.Context, r feed.Release, s signed) error {
	d.total = d.Bytes + r.Package.Bytes
	f, err := d.temp()
	if err != nil {
		return err
	}
	n, err := d.into(ctx, f, r.Package.Path, r.Package.Bytes, r.Package.Hash)
	if err != nil {
		return err
	}
	p, err := pack.Open(ctx, f, n, d.n.Trust)
	if err != nil {
		return err
	}
	if p.Statement != s.Statement {
		return fmt.Errorf("the package of release %d: %w", r.Seq, errDamaged)
	}
	d.Package = p
	return nil
}

// notes gathers what the releases on the way bring. One whose statement is not to be had
// tells nothing.
func (d *delivery) notes(ctx context.Context) error {
	d.Delivery.Notes = nil
	for i, r := range fresh(d.n.Feed, d.s.Installed) {
		if d.s.Installed.Seq == 0 && i > 0 || i == maxNotes {
			break
		}
		s, err := d.statement(ctx, r)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			continue
		}
		d.Delivery.Notes = append(d.Delivery.Notes, Note{s.Seq, s.Label, s.Time, s.Statement.Notes})
	}
	return nil
}

// gathered are media that were fetched, and those that the student has.
type gathered struct {
	names []string
	have  func(hash string) ([]byte, bool)
	files map[string]*os.File
}

// Names lists them.
func (g *gathered) Names() []string { return slices.Sorted(slices.Values(g.names)) }

// Open opens one.
func (g *gathered) Open(name string) (io.ReadCloser, error) {
	if f := g.files[name]; f != nil {
		info, err := f.Stat()
		if err != nil {
			return nil, err
		}
		return io.NopCloser(io.NewSectionReader(f, 0, info.Size())), nil
	}
	if g.have != nil {
		if b, ok := g.have(name); ok {
			return io.NopCloser(bytes.NewReader(b)), nil
		}
	}
	return nil, fmt.Errorf("%s is not there any more", name)
}
