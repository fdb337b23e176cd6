package draft

import (
	"strings"
	"unicode"

	"lectern/decks/fold"
)

// word is a word of a text, as it is compared, and where it stands.
type word struct {
	text     string
	from, to int // bytes
}

// words splits a text. Signs between words do not count; of scripts written
// without spaces each letter is a word.
func words(s string) []word {
	var out []word
	start := -1
	end := func(to int) {
		if start >= 0 {
			if text := fold.Fold(s[start:to]); text != "" {
				out = append(out, word{text, start, to})
			}
			start = -1
		}
	}
	for i, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			end(i)
			start = i
			end(i + len(string(r)))
		case unicode.IsLetter(r), unicode.IsDigit(r), start >= 0 && (unicode.IsMark(r) || unicode.Is(unicode.Cf, r)):
			if start < 0 {
				start = i
			}
		default:
			end(i)
		}
	}
	end(len(s))
	return out
}

// Endings that a word may lose to be looked for, each before those it ends in.
var (
	cyrillicEndings = strings.Fields("иями ями ами ого его ому ему ыми ими ией ться тся ешь ишь ует ют ут ят ат ет ит ла ло ли ть ах ях ов ев ей ой ый ий ая яя ое ее ые ие ую юю ом ем ам ям ию ия ии ью а е и о у ы ь ю я й")
	latinEndings    = strings.Fields("ings ing edly ed ies es ly s e y")
)

// frame are words that questions are put with; passages that share no others have
// nothing to do with them.
var frame = set(`что такое это как какой какая какое какие каков какова каковы почему зачем когда где кто чем чему
	в во на из к с со о об по для и или а не ли у от до за же бы есть быть может можно нужно
	what is are was were how why when where who which do does did can could should would will
	the a an of in on to for and or not it its this that with by from be as at`)

func set(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// stem cuts the ending of a folded word, so that its forms meet; at least three
// letters stay. It need not be a real stem.
func stem(w string) string {
	const least = 3
	endings := latinEndings
	for _, r := range w {
		if unicode.IsDigit(r) {
			return w
		}
		if unicode.Is(unicode.Cyrillic, r) {
			endings = cyrillicEndings
		}
	}
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(w, e); ok && len([]rune(rest)) >= least {
			return rest
		}
	}
	return w
}
