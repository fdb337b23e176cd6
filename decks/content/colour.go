package content

import (
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// Token is a run of program text of one kind.
type Token struct {
	Kind TokenKind
	Text string
}

// TokenKind says how a run of program text is coloured.
type TokenKind int

// The kinds of tokens.
const (
	TokenPlain TokenKind = iota
	TokenKeyword
	TokenString
	TokenNumber
	TokenComment
	TokenName     // functions, types, tags
	TokenOperator // and punctuation
)

// maxHighlight is the longest code that is coloured, in bytes.
const maxHighlight = 64 << 10

// Colour splits program text into lines of coloured runs. A language that
// is not known, and text that is too long, come back plain.
func Colour(lang, text string) [][]Token {
	lexer := lexers.Get(strings.ToLower(strings.TrimSpace(lang)))
	if lang == "" || lexer == nil || len(text) > maxHighlight {
		return plainLines(text)
	}
	it, err := chroma.Coalesce(lexer).Tokenise(nil, text)
	if err != nil {
		return plainLines(text)
	}
	lines := [][]Token{nil}
	for t := it(); t != chroma.EOF; t = it() {
		for i, part := range strings.Split(t.Value, "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			if part != "" {
				lines[len(lines)-1] = append(lines[len(lines)-1], Token{Kind: kindOf(t.Type), Text: part})
			}
		}
	}
	if want := strings.Count(text, "\n") + 1; len(lines) > want {
		lines = lines[:want] // a lexer may add a final newline
	}
	return lines
}

func plainLines(text string) [][]Token {
	var lines [][]Token
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			lines = append(lines, nil)
			continue
		}
		lines = append(lines, []Token{{Text: line}})
	}
	return lines
}

func kindOf(t chroma.TokenType) TokenKind {
	switch {
	case t.InCategory(chroma.Comment):
		return TokenComment
	case t.InCategory(chroma.Keyword):
		return TokenKeyword
	case t.InSubCategory(chroma.LiteralNumber):
		return TokenNumber
	case t.InCategory(chroma.Literal):
		return TokenString
	case t == chroma.NameFunction, t == chroma.NameClass, t == chroma.NameBuiltin, t == chroma.NameTag, t == chroma.NameDecorator:
		return TokenName
	case t.InCategory(chroma.Operator), t == chroma.Punctuation:
		return TokenOperator
	}
	return TokenPlain
}
