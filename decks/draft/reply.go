package draft

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"lectern/decks/release"
)

// answer is what a reply says to one question.
type answer struct {
	question int // its number in the request
	text     string
	absent   bool // the lecture does not say
	quotes   []quoted
}

// quoted is a quotation as the service gives it, yet to be looked for.
type quoted struct {
	passage int // 0: it names none
	text    string
}

// What is read of a reply at most.
const (
	mostAnswers = 100
	mostAnswer  = 32 << 10 // bytes of an answer
	mostQuotes  = 10       // of an answer
	mostStarts  = 50       // places where the JSON may begin
)

var errNoAnswers = errors.New("there are no answers in the reply")

// parseReply reads the answers out of a reply. Models put words, thoughts and
// fences around their JSON, write numbers as strings, and stop in the middle: what
// can be understood is taken. cut tells that the reply ends early.
func parseReply(s string) (answers []answer, cut bool, err error) {
	if _, rest, thought := cutLast(s, "</think>"); thought {
		s = rest
	}
	for starts := 0; starts < mostStarts; starts++ {
		i := strings.IndexAny(s, "{[")
		if i < 0 {
			break
		}
		s = s[i:]
		if answers, cut, ok := parseAt(s); ok {
			return answers, cut, nil
		}
		s = s[1:]
	}
	return nil, false, errNoAnswers
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// parseAt reads the JSON that begins s: an object that holds answers, or their
// list alone.
func parseAt(s string) (answers []answer, cut, ok bool) {
	d := json.NewDecoder(strings.NewReader(s))
	t, err := d.Token()
	if err != nil {
		return nil, false, false
	}
	if t == json.Delim('[') {
		answers, cut = parseList(d)
		return answers, cut, len(answers) > 0
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, false, false
		}
		if name == "answers" {
			if t, err := d.Token(); err != nil || t != json.Delim('[') {
				return nil, false, false
			}
			answers, cut = parseList(d)
			return answers, cut, true
		}
		var other json.RawMessage
		if d.Decode(&other) != nil {
			return nil, false, false
		}
	}
	return nil, false, false
}

func parseList(d *json.Decoder) (answers []answer, cut bool) {
	for d.More() && len(answers) < mostAnswers {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return answers, errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
		}
		var a struct {
			Question  number          `json:"question"`
			Answer    string          `json:"answer"`
			InLecture *bool           `json:"in_lecture"`
			Quotes    json.RawMessage `json:"quotes"`
		}
		if json.Unmarshal(raw, &a) != nil || a.Question == 0 {
			continue
		}
		text := strings.TrimSpace(release.Text(a.Answer))
		if len(text) > mostAnswer {
			continue
		}
		answers = append(answers, answer{
			question: int(a.Question),
			text:     text,
			absent:   text == "" || a.InLecture != nil && !*a.InLecture,
			quotes:   parseQuotes(a.Quotes),
		})
	}
	_, err := d.Token()
	return answers, err != nil && len(answers) < mostAnswers
}

// parseQuotes reads quotations; one that is a text alone names no passage.
func parseQuotes(raw json.RawMessage) []quoted {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	var out []quoted
	for _, raw := range list[:min(len(list), mostQuotes)] {
		var q struct {
			Passage number `json:"passage"`
			Text    string `json:"text"`
		}
		if json.Unmarshal(raw, &q) != nil && json.Unmarshal(raw, &q.Text) != nil {
			continue
		}
		out = append(out, quoted{int(q.Passage), q.Text})
	}
	return out
}

// number is a number from 1 on, as a number or in a text such as "[3]"; else 0.
type number int

// UnmarshalJSON reads it.
func (n *number) UnmarshalJSON(raw []byte) error {
	s := strings.Trim(string(raw), `"[]() #.`)
	v, err := strconv.Atoi(s)
	if err != nil || v < 0 {
		v = 0
	}
	*n = number(v)
	return nil
}
