package lint

import (
	"slices"
	"strings"

	"lectern/decks"
)

// referent finds a pronoun with nothing on the card that it could mean: "How
// does it work?" A card is asked alone, days after the one before it.
func (c *checker) referent() {
	t := &c.front
	if t.lang == other || c.note.Kind == decks.Cloze || t.things.any() || len(t.sentences) == 0 {
		return
	}
	// What stands before or after the sentence may be what is meant.
	for _, s := range t.sentences[1:] {
		if !t.isFollowUp(s) && !t.asks(s) {
			return
		}
	}
	s := t.sentences[0]
	if t.colon(s) || t.quotes(s) {
		return
	}
	empty := true // so far, nothing that could be meant
	for i := s.first; i < s.last; i++ {
		w := t.words[i]
		switch {
		case w.opaque:
			return
		case pronouns[t.lang][w.s]:
			if empty && !t.expletive(i, s) {
				c.add(Finding{Code: Referent, Field: decks.Front, Span: t.span(i, i+1), Severity: Major})
			}
			return
		case demonstratives[t.lang][w.s]:
			if last, found := t.pointless(i, s, empty); found {
				c.add(Finding{Code: Referent, Field: decks.Front, Span: t.span(i, last), Severity: Major})
			}
			return
		case !light[t.lang][w.s] && !asking[t.lang][w.s] && !isAsk(t.lang, w.s):
			empty = false
		}
	}
}

// expletive reports an "it" that means what follows: "Why is it hard to …?"
func (t *text) expletive(i int, s sentence) bool {
	if t.lang != english {
		return false
	}
	if w := t.words[i].s; w != "it" && w != "it's" {
		return false
	}
	for k := i + 1; k < s.last; k++ {
		switch w := t.words[k].s; {
		case w == "to" || w == "for" || w == "in" || w == "at":
			if k+1 < s.last {
				return true
			}
		case w == "that" || w == "when" || w == "if" || w == "whether" || w == "take" || w == "takes" || w == "called",
			strings.HasSuffix(w, "ing") && k > i+1:
			return true
		}
	}
	return false
}

// pointless reports whether a demonstrative at i points at nothing; last is the
// word after the noun that it stands before.
func (t *text) pointless(i int, s sentence, empty bool) (last int, found bool) {
	if i+1 == s.last || t.alone(i) {
		return i + 1, empty
	}
	noun := t.words[i+1].s
	if noun == "" || itself[t.lang][noun] || !empty && t.lang == english && noun == "way" {
		return 0, false
	}
	for k := s.first; k < i; k++ {
		if prefix(t.words[k].s, noun) {
			return 0, false
		}
	}
	return i + 2, empty || onCards[t.lang](noun)
}

// alone reports whether the demonstrative at i stands without a noun.
func (t *text) alone(i int) bool {
	next := t.words[i+1].s
	if light[t.lang][next] || asking[t.lang][next] || t.comma(i+1) {
		return true
	}
	if t.lang == english {
		return set(`work works mean means happen happens matter matters make makes help helps differ`)[next]
	}
	for _, end := range []string{"ет", "ит", "ут", "ют", "ат", "ят", "ется", "ится", "ются", "ать", "ить", "еть", "ают"} {
		if strings.HasSuffix(next, end) {
			return true
		}
	}
	return false
}

// onCards are nouns of what is shown: with "this" before them they point at
// something even after other words.
var onCards = map[lang]func(string) bool{
	english: func(w string) bool {
		return set(`code program script snippet function expression dataset figure picture diagram example exercise problem question task`)[w]
	},
	russian: func(w string) bool {
		return begins(w, strings.Fields(`код программ скрипт выражени набор датасет рисун картин схем пример упражнени задач вопрос задани`))
	},
}

// prefix reports whether two words have the first five letters in common, or
// one is the beginning of the other: forms of one word.
func prefix(a, b string) bool {
	x, y := []rune(a), []rune(b)
	n := min(len(x), len(y), 5)
	return n >= 3 && string(x[:n]) == string(y[:n])
}

// colon reports a sentence that says after a colon what it is about.
func (t *text) colon(s sentence) bool {
	at := strings.IndexByte(t.raw[s.from:s.to], ':')
	return at >= 0 && t.words[s.last-1].from > s.from+at
}

// quotes reports a sentence that quotes what it is about.
func (t *text) quotes(s sentence) bool { return strings.ContainsAny(t.raw[s.from:s.to], `«“"`) }

// pointer is words that point at something: "the figure below". What they point
// at must stand on the card.
type pointer struct {
	words []string // alternatives parted by |, * any ending, ? may be left out, # a number
	needs need
}

type need int

const (
	needPicture need = iota // a picture, a drawing in text or a table
	needText                // anything besides the sentence that points
	needNever               // it stands on another page
)

func pointers(needs need, list ...string) []pointer {
	var out []pointer
	for _, s := range list {
		out = append(out, pointer{strings.Fields(s), needs})
	}
	return out
}

const (
	drawingsEN = "figure|figures|picture|diagram|screenshot|slide"
	drawingsRU = "рисунк*|рисунок|картинк*|схем*|диаграмм*|слайд*|скриншот*|иллюстраци*"
	listingsEN = "code|program|script|snippet|function|functions|expression|expressions|statement|statements|query|listing|example|loop|text|equation|formula|table|list|definition"
	listingsRU = "код*|пример*|утверждени*|вариант*|выражени*|функци*|программ*|скрипт*|запрос*|фрагмент*|формул*|списк*|текст*|таблиц*|перечисленн*|определени*"
	placesEN   = "exercise|question|problem|task|example|section|chapter|assignment|lesson"
	placesRU   = "упражнени*|вопрос*|пример*|задани*|задач*|раздел*|глав*|пункт*|урок*|параграф*"
	followsRU  = "следующий|следующая|следующее|следующие|следующего|следующей|следующих|следующем|следующую|следующими|приведенн*|данный|данная|данное|данного|данной|данном|данную"
)

var pointing = map[lang][]pointer{
	english: slices.Concat(
		pointers(needPicture, "in|on|from the|this ?following|above|below "+drawingsEN, "figure|fig #", drawingsEN+" above|below|shown"),
		pointers(needText, "the|this|these following ?"+listingsEN, listingsEN+" above|below", "the|this above|preceding "+listingsEN,
			"shown|given|described|listed|defined|mentioned|introduced|discussed above|below|earlier|previously", "see above|below"),
		pointers(needNever, "previous|preceding "+placesEN, placesEN+" #", "earlier|previously in the|this "+placesEN),
	),
	russian: slices.Concat(
		pointers(needPicture, "на|с|из ?следующ*|приведенн*|этом|данном "+drawingsRU, "рис|рисунок|рисунке|рисунка #", drawingsRU+" выше|ниже"),
		pointers(needText, followsRU+" "+listingsRU, listingsRU+" выше|ниже",
			"приведен*|показан*|описан*|указан*|перечислен*|данн*|представлен*|упомянут*|рассмотрен* выше|ниже", "см|смотри|смотрите выше|ниже"),
		pointers(needNever, "предыдущ*|прошл* "+placesRU, "упражнени*|вопрос*|задани*|раздел*|глав*|пункт*|урок* #"),
	),
}

// elsewhere finds a question that points at what is not on the card.
func (c *checker) elsewhere() {
	t := &c.front
	for k, s := range t.sentences {
		for i := s.first; i < s.last; i++ {
			for _, p := range pointing[t.lang] {
				n := p.match(t.words[i:s.last])
				if n == 0 || c.has(p.needs, k) {
					continue
				}
				if p.words[len(p.words)-1] == "#" && !t.ends(i+n) {
					continue
				}
				c.add(Finding{Code: Elsewhere, Field: decks.Front, Span: t.span(i, i+n), Severity: Major})
				return
			}
		}
	}
}

// has reports whether what sentence k points at stands on the card.
func (c *checker) has(n need, k int) bool {
	t := &c.front
	switch n {
	case needPicture:
		return t.things.picture || t.things.code || t.things.table || c.back.things.picture
	case needText:
		return t.things.any() || len(t.sentences) > 1 || t.colon(t.sentences[k]) || len(c.note.Choices) > 0
	}
	return false
}

// match returns how many words a pointer takes at the beginning of words, 0
// when it does not stand there.
func (p pointer) match(words []word) int {
	n := 0
	for _, want := range p.words {
		may := strings.HasPrefix(want, "?")
		ok := n < len(words) && oneOf(strings.TrimPrefix(want, "?"), words[n].s)
		switch {
		case ok:
			n++
		case !may:
			return 0
		}
	}
	return n
}

func oneOf(alternatives, w string) bool {
	if w == "" {
		return false
	}
	for a := range strings.SplitSeq(alternatives, "|") {
		stem, any := strings.CutSuffix(a, "*")
		if w == a || any && strings.HasPrefix(w, stem) || a == "#" && w[0] >= '0' && w[0] <= '9' {
			return true
		}
	}
	return false
}

// ends reports whether a number before word i is a name and no count: nothing
// that could be counted follows it.
func (t *text) ends(i int) bool {
	if i >= len(t.words) {
		return true
	}
	return strings.ContainsAny(t.raw[t.words[i-1].to:t.words[i].from], ",.;:!?)—–") || strings.Contains(t.words[i-1].s, ".")
}
