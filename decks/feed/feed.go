package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"lectern/decks/release"
)

// Format is the name of the form of a feed.
const Format = "lectern-feed/1"

// Bounds of a feed.
const (
	MaxFeed     = 64 << 10 // bytes of the file
	MaxReleases = 60
	maxURLs     = 8
	maxTitle    = 1000 // bytes
	maxPackage  = release.MaxContent + release.MaxMediaBytes + release.MaxHistory + 64<<20
)

// Feed says which releases of a deck there are and where they lie.
type Feed struct {
	Deck     string // its id
	Title    string
	Author   string
	Lang     string // of the course, "" when unknown
	Epoch    int
	Trust    int      // the number of the last statement of trust
	NextBy   string   // the day by which the author promises another release, "" for no promise
	URLs     []string // other addresses of this feed
	Releases []Release
}

// Release is one release of a feed. The newest stands first.
type Release struct {
	Seq       int64
	Label     string
	Time      string // RFC 3339 in UTC; only shown
	Content   string // hash of its content
	Statement File   // its signature lies beside it: see SignatureOf
	Package   File
	Delta     Delta // the zero value for none
}

// File is a file beside the feed.
type File struct {
	Path  string // with slashes, from the folder of the feed
	Bytes int64
	Hash  string // SHA-256 of the file as it lies there
}

// Delta is the way from an earlier release.
type Delta struct {
	From int64
	File
}

// Latest is the newest release.
func (f Feed) Latest() Release { return f.Releases[0] }

// The members stand in the order of their names, which makes the form canonical.
type record struct {
	Author   string      `json:"author,omitempty"`
	Deck     string      `json:"deck"`
	Epoch    int         `json:"epoch"`
	Format   string      `json:"format"`
	Lang     string      `json:"lang,omitempty"`
	NextBy   string      `json:"next_by,omitempty"`
	Releases []releaseAs `json:"releases"`
	Title    string      `json:"title"`
	Trust    int         `json:"trust"`
	URLs     []string    `json:"urls,omitempty"`
}

type releaseAs struct {
	Content   string   `json:"content"`
	Delta     *deltaAs `json:"delta,omitempty"`
	Label     string   `json:"label,omitempty"`
	Package   fileAs   `json:"package"`
	Seq       int64    `json:"seq"`
	Statement fileAs   `json:"statement"`
	Time      string   `json:"time"`
}

type fileAs struct {
	Bytes int64  `json:"bytes"`
	Path  string `json:"path"`
	Hash  string `json:"sha256"`
}

type deltaAs struct {
	Bytes int64  `json:"bytes"`
	From  int64  `json:"from"`
	Path  string `json:"path"`
	Hash  string `json:"sha256"`
}

// Encode writes the line that is signed. A feed that Parse would refuse is an error.
func (f Feed) Encode() ([]byte, error) {
	b, err := f.encode()
	if err != nil {
		return nil, fmt.Errorf("write a feed: %w", err)
	}
	return b, nil
}

func (f Feed) encode() ([]byte, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	r := record{Author: f.Author, Deck: f.Deck, Epoch: f.Epoch, Format: Format, Lang: f.Lang, NextBy: f.NextBy, Title: f.Title, Trust: f.Trust, URLs: f.URLs}
	for _, x := range f.Releases {
		as := releaseAs{Content: x.Content, Label: x.Label, Package: fileFrom(x.Package), Seq: x.Seq, Statement: fileFrom(x.Statement), Time: x.Time}
		if x.Delta != (Delta{}) {
			as.Delta = &deltaAs{x.Delta.Bytes, x.Delta.From, x.Delta.Path, x.Delta.Hash}
		}
		r.Releases = append(r.Releases, as)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func fileFrom(f File) fileAs { return fileAs{f.Bytes, f.Path, f.Hash} }
func (f fileAs) file() File  { return File{f.Path, f.Bytes, f.Hash} }

// Parse reads the line that Encode wrote, and nothing else. Nothing is verified.
func Parse(b []byte) (Feed, error) {
	f, err := parse(b)
	if err != nil {
		return Feed{}, fmt.Errorf("read a feed: %w", err)
	}
	return f, nil
}

// ErrNewer tells of a feed in a form that a later program reads.
var ErrNewer = errors.New("the form of the feed is newer than this program")

var newer = regexp.MustCompile(`^lectern-feed/\d{1,4}$`)

func parse(b []byte) (Feed, error) {
	if len(b) > MaxFeed {
		return Feed{}, fmt.Errorf("%d bytes, at most %d", len(b), MaxFeed)
	}
	var form struct {
		Format string `json:"format"`
	}
	if err := json.Unmarshal(b, &form); err != nil {
		return Feed{}, err
	}
	switch {
	case form.Format == Format:
	case newer.MatchString(form.Format):
		return Feed{}, ErrNewer
	default:
		return Feed{}, fmt.Errorf("unknown format %.40q, expected %q", form.Format, Format)
	}
	var r record
	if err := release.ReadStrict(b, &r); err != nil {
		return Feed{}, err
	}
	f := Feed{Deck: r.Deck, Title: r.Title, Author: r.Author, Lang: r.Lang, Epoch: r.Epoch, Trust: r.Trust, NextBy: r.NextBy, URLs: r.URLs}
	for _, x := range r.Releases {
		one := Release{Seq: x.Seq, Label: x.Label, Time: x.Time, Content: x.Content, Statement: x.Statement.file(), Package: x.Package.file()}
		if x.Delta != nil {
			one.Delta = Delta{x.Delta.From, File{x.Delta.Path, x.Delta.Bytes, x.Delta.Hash}}
		}
		f.Releases = append(f.Releases, one)
	}
	again, err := f.encode()
	if err != nil {
		return Feed{}, err
	}
	if !bytes.Equal(again, b) {
		return Feed{}, errors.New("the form is not canonical")
	}
	return f, nil
}

func (f Feed) check() error {
	switch {
	case !release.ValidID(f.Deck):
		return fmt.Errorf("%.80q is not a deck's id", f.Deck)
	case f.Title == "" || !line(f.Title) || !line(f.Author):
		return errors.New("the title or the author is not one short line")
	case len(f.Lang) > 35 || strings.Trim(f.Lang, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "":
		return fmt.Errorf("%.40q is not a language code", f.Lang)
	case f.Epoch < 1 || f.Epoch > 1<<20 || f.Trust < 1 || f.Trust > 1<<20:
		return fmt.Errorf("epoch %d, trust %d", f.Epoch, f.Trust)
	case f.NextBy != "" && !isTime(f.NextBy, time.DateOnly):
		return fmt.Errorf("%.40q is not a day", f.NextBy)
	case len(f.Releases) == 0 || len(f.Releases) > MaxReleases:
		return fmt.Errorf("%d releases, from 1 to %d", len(f.Releases), MaxReleases)
	case len(f.URLs) > maxURLs:
		return fmt.Errorf("%d addresses, at most %d", len(f.URLs), maxURLs)
	}
	for _, s := range f.URLs {
		l, err := ParseLink(s)
		if err != nil || !l.Key.IsZero() || l.IsFile() || l.Address != s {
			return fmt.Errorf("%.200q is not an address of a feed", s)
		}
	}
	for i, r := range f.Releases {
		if err := r.check(); err != nil {
			return fmt.Errorf("release %d: %w", r.Seq, err)
		}
		if i > 0 && r.Seq >= f.Releases[i-1].Seq {
			return errors.New("the newest release does not stand first")
		}
	}
	return nil
}

func (r Release) check() error {
	switch {
	case r.Seq < 1 || r.Seq > release.MaxSeq:
		return errors.New("its number is none")
	case r.Label != release.Line(r.Label) || len(r.Label) > 200:
		return errors.New("its label is not one short line")
	case !isTime(r.Time, time.RFC3339):
		return fmt.Errorf("%.40q is not a time", r.Time)
	case !release.IsHash(r.Content):
		return errors.New("its content has no hash")
	case !r.Statement.valid(release.MaxStatement) || !r.Package.valid(maxPackage):
		return errors.New("it names no files")
	case r.Delta != (Delta{}) && (!r.Delta.valid(release.MaxContent) || r.Delta.From < 1 || r.Delta.From >= r.Seq):
		return errors.New("its delta is not what a delta can be")
	}
	return nil
}

var filePath = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,90}(?:/[a-z0-9][a-z0-9._-]{0,90}){0,3}$`)

func (f File) valid(most int64) bool {
	return filePath.MatchString(f.Path) && f.Bytes > 0 && f.Bytes <= most && release.IsHash(f.Hash)
}

// line tells a text of one line that can be shown.
func line(s string) bool { return len(s) <= maxTitle && s == release.Line(s) }

// isTime tells whether a text is a time in UTC as a layout writes it.
func isTime(s, layout string) bool {
	t, err := time.Parse(layout, s)
	return err == nil && t.UTC().Format(layout) == s
}

// Name is the name of the feed's file.
const Name = "feed.json"

// tag names a release in a path.
func tag(epoch int, seq int64) string {
	s := strconv.FormatInt(seq, 10)
	if epoch > 1 {
		s = strconv.Itoa(epoch) + "." + s
	}
	return s
}

// StatementPath is where the statement of a release lies.
func StatementPath(epoch int, seq int64) string { return "r/" + tag(epoch, seq) + "/release.json" }

// SignatureOf is where the signature of a signed file lies.
func SignatureOf(path string) string { return path + ".minisig" }

// PackagePath is where the package of a release lies.
func PackagePath(epoch int, seq int64) string { return "p/course-" + tag(epoch, seq) + ".lectern" }

// DeltaPath is where the way from one release to another lies.
func DeltaPath(epoch int, from, to int64) string {
	return "d/" + tag(epoch, from) + "-" + tag(epoch, to) + ".jsonl.gz"
}

// MediaPath is where a picture or a sound lies.
func MediaPath(hash string) string { return "m/" + hash }

// TrustPath is where a statement of trust lies.
func TrustPath(n int) string { return "trust/" + strconv.Itoa(n) + ".json" }

// BeforeOf is where the signature of a statement of trust by the root key before lies,
// where that is another.
func BeforeOf(path string) string { return path + ".before.minisig" }

// Resolve is the address of a file beside a feed.
func Resolve(feed *url.URL, path string) *url.URL {
	return feed.ResolveReference(&url.URL{Path: "./" + path})
}
