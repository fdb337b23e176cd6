package revlog

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
)

// Header is the first line of a log in CSV. The columns are an id of the card
// without comma or quote, milliseconds since 1970, the grade 1 to 4, the
// [State] before the answer 0 to 4, and how long it took in milliseconds.
const Header = "card_id,review_time_ms,rating,state,duration_ms"

// maxLine is the longest line that is read, bytes: an id and four numbers.
const maxLine = MaxID + 100

// SyntaxError says what is wrong with a line of a log.
type SyntaxError struct {
	Line    int // from 1
	Problem string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Problem) }

// Read reads a log in CSV, as it is or packed with gzip. The file does not say
// where the student was: zone, minutes east of UTC, holds for all answers. The
// first line that is not as it should be ends the reading with a
// [*SyntaxError].
func Read(r io.Reader, zone int) (*Log, error) {
	if zone < -MaxZone || zone > MaxZone {
		return nil, fmt.Errorf("the zone is %d minutes from UTC", zone)
	}
	in := bufio.NewReaderSize(r, 1<<16)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("unpack the log: %w", err)
		}
		in = bufio.NewReaderSize(unpacked, 1<<16)
	}
	l := &Log{}
	for n := 1; ; n++ {
		line, err := in.ReadSlice('\n')
		end := errors.Is(err, io.EOF)
		if err != nil && !end && !errors.Is(err, bufio.ErrBufferFull) {
			return nil, fmt.Errorf("read line %d of the log: %w", n, err)
		}
		if end && len(line) == 0 && n > 1 {
			break
		}
		var problem string
		if len(line) > maxLine {
			problem = fmt.Sprintf("it is longer than %d bytes", maxLine)
		} else {
			problem = l.line(trimEnd(line), n, int16(zone))
		}
		if problem != "" {
			return nil, &SyntaxError{Line: n, Problem: problem}
		}
		if end {
			break
		}
	}
	l.Sort()
	return l, nil
}

func trimEnd(line []byte) []byte {
	line = bytes.TrimSuffix(line, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r"))
}

// line takes in line n and says what is wrong with it, "" for nothing.
func (l *Log) line(line []byte, n int, zone int16) string {
	if n == 1 {
		if string(bytes.TrimPrefix(line, []byte("\ufeff"))) != Header {
			return "the log does not start with " + Header
		}
		return ""
	}
	id, rest, _ := bytes.Cut(line, []byte(","))
	if len(id) == 0 || bytes.IndexByte(id, '"') >= 0 {
		return "the card has no id, or one in quotes"
	}
	var number [4]int64
	for i := range number {
		field := rest
		var more bool
		if i < len(number)-1 {
			field, rest, more = bytes.Cut(rest, []byte(","))
			if !more {
				return "it has fewer than five columns"
			}
		}
		var ok bool
		if number[i], ok = whole(field); !ok {
			return fmt.Sprintf("%q is not a whole number", field)
		}
	}
	if number[1] > math.MaxUint8 || number[2] > math.MaxUint8 || number[3] > math.MaxInt32 {
		return fmt.Sprintf("grade %d, state %d or duration %d is too large", number[1], number[2], number[3])
	}
	err := l.add(id, Answer{
		Time: number[0], Grade: uint8(number[1]), State: State(number[2]), Took: int32(number[3]), Zone: zone,
	})
	if err != nil {
		return err.Error()
	}
	return ""
}

// whole reads a number of at most 18 digits, without sign.
func whole(b []byte) (n int64, ok bool) {
	if len(b) == 0 || len(b) > 18 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}
