package notebook

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// scanner reads JSON token by token, so that what is left out (pictures that a
// cell has put out) is never held together. Values of another kind than asked for
// are passed over: notebooks are written by many programs.
type scanner struct {
	src   string
	in    *json.Decoder
	at    int64 // up to here
	lines int   // line ends are counted
}

func newScanner(src string) *scanner {
	s := &scanner{src: src, in: json.NewDecoder(strings.NewReader(src))}
	s.in.UseNumber()
	return s
}

// maxDepth is how deep values may stand in each other.
const maxDepth = 1000

var errDeep = errors.New("it is nested too deep")

func (s *scanner) token() (json.Token, error) {
	t, err := s.in.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return t, err
}

// line is where the scanner stands, from 1.
func (s *scanner) line() int {
	if at := s.in.InputOffset(); at > s.at {
		s.lines += strings.Count(s.src[s.at:at], "\n")
		s.at = at
	}
	return s.lines + 1
}

// each reads the inside of a value that begins with a delimiter; of others it reads
// the whole.
func (s *scanner) each(open json.Delim, do func() error) error {
	t, err := s.token()
	if err != nil {
		return err
	}
	d, ok := t.(json.Delim)
	switch {
	case !ok:
		return nil
	case d != open:
		return s.rest()
	}
	for s.in.More() {
		if err := do(); err != nil {
			return err
		}
	}
	_, err = s.token()
	return err
}

// object calls do for each key of an object; do reads its value.
func (s *scanner) object(do func(key string) error) error {
	return s.each('{', func() error {
		t, err := s.token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		return do(key)
	})
}

// array calls do for each value of an array; do reads it.
func (s *scanner) array(do func() error) error { return s.each('[', do) }

// skip passes a value over.
func (s *scanner) skip() error {
	t, err := s.token()
	if _, ok := t.(json.Delim); err == nil && ok {
		return s.rest()
	}
	return err
}

// rest passes over what is left of a value whose first delimiter is read.
func (s *scanner) rest() error {
	for depth := 1; depth > 0; {
		t, err := s.token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxDepth {
				return errDeep
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

// scalar reads a value that is no object and no array; nil for those.
func (s *scanner) scalar() (json.Token, error) {
	t, err := s.token()
	if _, ok := t.(json.Delim); err == nil && ok {
		return nil, s.rest()
	}
	return t, err
}

func (s *scanner) text() (string, error) {
	t, err := s.scalar()
	v, _ := t.(string)
	return v, err
}

func (s *scanner) boolean() (bool, error) {
	t, err := s.scalar()
	v, _ := t.(bool)
	return v, err
}

func (s *scanner) number() (int, error) {
	t, err := s.scalar()
	v, _ := t.(json.Number)
	n, _ := v.Int64()
	return int(n), err
}

// source is the text of a cell.
type source struct {
	text   string
	line   int  // of its first line in the file
	spread bool // its lines stand in the file one by one
}

// source reads a text that is one string, or an array of its lines.
func (s *scanner) source() (source, error) {
	var b strings.Builder
	src := source{spread: true}
	ends := 0 // line ends so far
	add := func(part string) {
		line := s.line()
		if b.Len() == 0 {
			src.line = line
		}
		src.spread = src.spread && line == src.line+ends && !strings.Contains(strings.TrimSuffix(part, "\n"), "\n")
		b.WriteString(part)
		ends += strings.Count(part, "\n")
	}
	t, err := s.token()
	src.line = s.line()
	switch v := t.(type) {
	case string:
		add(v)
	case json.Delim:
		if v != '[' {
			return src, s.rest()
		}
		for err == nil && s.in.More() {
			var part string
			if part, err = s.text(); err == nil {
				add(part)
			}
		}
		if err == nil {
			_, err = s.token()
		}
	}
	src.text = b.String()
	return src, err
}

// joined reads a text that is one string, or an array of its parts.
func (s *scanner) joined() (string, error) {
	src, err := s.source()
	return src.text, err
}

// end tells whether nothing follows.
func (s *scanner) end() error {
	if _, err := s.in.Token(); err != io.EOF {
		return errors.New("something follows its end")
	}
	return nil
}
