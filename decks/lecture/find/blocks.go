package find

import (
	"strings"

	"lectern/decks"
	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// block handles a block that is no heading.
func (s *strand) block(k int) {
	f, i := s.f, s.seq[k]
	if i <= f.upTo() {
		return // an item above has taken it
	}
	if s.open != nil && k > 0 && f.buttonBetween(s.seq[k-1], i) {
		s.close()
	}
	switch b := &f.p.Blocks[i]; b.Kind {
	case page.Paragraph:
		s.paragraph(k, i)
	case page.List:
		s.entries(k, i)
	case page.Box:
		s.box(k, i)
	case page.Quote:
		s.quote(k, i)
	case page.Table:
		s.table(i)
	case page.Rule:
		if s.open != nil && f.p.Format == "notebook" {
			return
		}
		s.close()
		s.list = nil
		s.from = k + 1
	default:
		s.more(i)
	}
}

// more adds a block to the open item, or to the last one when a list that it
// stands in goes on.
func (s *strand) more(i int) {
	if s.open != nil {
		s.open.nodes = append(s.open.nodes, i)
	}
}

// quote handles what is set off as a quotation: a task with its sign, or a question
// to the audience at the end of a section.
func (s *strand) quote(k, i int) {
	f := s.f
	inner := f.children(i)
	if s.open != nil && s.open.strong {
		s.open.nodes = append(s.open.nodes, i)
		return
	}
	if f.quotedAnswer(i) >= 0 && s.open == nil && (s.last == nil || s.last.end() < s.seq[max(k-1, 0)]) {
		s.before(k, false)
		if s.open != nil {
			s.open.nodes = append(s.open.nodes, i)
			s.close()
			return
		}
	}
	if s.open == nil && s.c.place == decks.Question && s.last != nil && s.last.Answer == "" && len(s.last.Choices) == 0 && k > 0 && s.last.end() == int(f.p.Blocks[s.seq[k-1]].End)-1 && !f.asking(inner) {
		f.answerWith(s.last, f.leaves(i)) // questions answered in quotations
		return
	}
	if s.open != nil && !endsInColon(page.Plain(s.open.text)) {
		s.close()
	}
	if len(inner) > 0 {
		first := inner[0]
		b := &f.p.Blocks[first]
		if b.Kind == page.Paragraph {
			head := f.text(first)
			if s.invites(first, head) {
				s.open.nodes = append(s.open.nodes, inner[1:]...)
				return
			}
			if w := fold.Fold(trimTitle(head)); answersTitle.MatchString(w) && len(inner) > 1 {
				s.solution(k, w, inner[1:])
				return
			}
			if l, ok := labelOf(b.Text); ok && l.kind != "" {
				sub := &strand{f: f, c: s.c, seq: inner}
				if sub.labelled(0, first, l) {
					s.close()
					sub.open.nodes = append(sub.open.nodes, inner[1:]...)
					sub.close()
					s.last = sub.last
					return
				}
			}
			if len(inner) == 1 && endsAsking(head) && !asks(strings.TrimRight(head, "?？ »”\"")) && s.open == nil && !f.traits.faq && f.endOfSection(s.seq, k) && short(head, 300) {
				s.start(&draft{head: first, text: b.Text, kind: decks.Question, level: s.c.level, entry: -1})
				return
			}
		}
		if b.Kind == page.Heading {
			f.walk(inner, s.c)
			return
		}
	}
	if s.open != nil {
		s.open.nodes = append(s.open.nodes, i)
	}
}

// endOfSection tells whether nothing but rules follows before the next heading.
func (f *finder) endOfSection(seq []int, k int) bool {
	for _, i := range seq[k+1:] {
		switch b := &f.p.Blocks[i]; b.Kind {
		case page.Rule:
		case page.Heading:
			return true
		case page.Box:
			return f.roleOf(i) == solution
		default:
			return false
		}
	}
	return true
}

func firstOf(ss ...string) string {
	for _, s := range ss {
		if s != "" {
			return s
		}
	}
	return ""
}
