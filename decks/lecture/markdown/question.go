package markdown

import (
	"strings"

	"lectern/decks/lecture/page"
)

// component reads a component whose attributes go over several lines. One with
// choices becomes a list of entries to tick; of others only the tag is read.
func (r *reader) component(lines []line) int {
	if t := tagLine.FindString(lines[0].text); t != "" && !strings.HasSuffix(t, "=>") && !optionsOf.MatchString(lines[0].text) {
		return 0 // its tag ends on its first line
	}
	var src strings.Builder
	for n := 0; n < len(lines) && n < 2000; n++ {
		src.WriteString(lines[n].text)
		src.WriteByte('\n')
		bare := strings.TrimSpace(lines[n].text)
		if !strings.HasSuffix(bare, ">") || strings.HasSuffix(bare, "=>") {
			if bare == "" && n < 2 {
				return 0
			}
			continue
		}
		text := src.String()
		m := optionsOf.FindStringIndex(text)
		if m == nil || text[m[0]] == 'o' && !strings.Contains(text, "orrect") {
			if n == 0 {
				return 0
			}
			r.flush()
			if strings.HasSuffix(bare, "/>") {
				return n + 1
			}
			name := component.FindStringSubmatch(strings.TrimSpace(text))[1]
			r.openBox(strings.ToLower(name), page.Block{Mark: strings.ToLower(name), Line: int32(lines[0].no)})
			return n + 1
		}
		if !strings.HasSuffix(bare, "/>") && !strings.Contains(text, "</") && strings.Count(text, "{") > strings.Count(text, "}") {
			continue
		}
		r.flush()
		r.choices(lines[0].no, text[m[1]:])
		return n + 1
	}
	return 0
}

// choices reads a literal of JavaScript: an array of objects with text, explain
// and correct, in whatever notation.
func (r *reader) choices(no int, src string) {
	r.b.Open(page.Block{Kind: page.Box, Mark: "choices", Line: int32(no)})
	r.openList(int32(no))
	for i, o := range objects(src) {
		text := firstOf(o.of["text"], o.of["label"], o.of["answer"], o.of["content"], o.of["option"], o.of[""])
		if text == "" {
			continue
		}
		tick := page.Unticked
		if o.of["correct"] == "true" || o.of["iscorrect"] == "true" || o.of["right"] == "true" {
			tick = page.Ticked
		}
		line := int32(no + o.line)
		r.b.Open(page.Block{Kind: page.Entry, Mark: string(rune('a'+i%26)) + ")", Tick: tick, Line: line})
		r.b.Add(page.Block{Text: oneLine(clean(text)), Line: line})
		if why := oneLine(clean(firstOf(o.of["explain"], o.of["explanation"], o.of["feedback"], o.of["rationale"]))); why != "" {
			r.b.Open(page.Block{Kind: page.Box, Mark: "explanation", Line: line})
			r.b.Add(page.Block{Text: why, Line: line})
			r.b.Close()
		}
		r.b.Close()
	}
	r.b.Close()
	r.b.Close()
}

// object is one of a literal's objects: its fields by lower-case name, and how many
// lines stand before it. A bare string is an object with the field "".
type object struct {
	of   map[string]string
	line int
}

// objects scans a literal of JavaScript for its innermost objects and the strings
// outside of them. Anything it does not know it skips.
func objects(src string) []object {
	var all []object
	var cur *object
	depth, lines, key, word := 0, 0, "", ""
	flush := func() {
		if key != "" && word != "" && cur != nil && cur.of[key] == "" {
			cur.of[key] = word
		}
		key, word = "", ""
	}
	for i := 0; i < len(src); {
		switch c := src[i]; c {
		case '"', '\'', '`':
			s, n := quoted(src[i:], c)
			at := lines
			lines += strings.Count(src[i:i+n], "\n")
			i += n
			switch {
			case cur == nil:
				all = append(all, object{map[string]string{"": s}, at})
			case key == "":
				word = s // a quoted key, or a value without one
			default:
				cur.of[key], key, word = s, "", ""
			}
			continue
		case '{':
			if depth == 0 {
				cur = &object{map[string]string{}, lines}
			}
			depth++
			key, word = "", ""
		case '}':
			flush()
			if depth--; depth == 0 && cur != nil {
				all = append(all, *cur)
				cur = nil
			}
			if depth < 0 {
				return all
			}
		case ':':
			key, word = strings.ToLower(word), ""
		case ',':
			flush()
		case '\n':
			lines++
		case ' ', '\t', '[', ']', '(', ')', '/', '>':
		default:
			n := i
			for n < len(src) && (src[n] == '_' || src[n] >= '0' && src[n] <= '9' || src[n]|0x20 >= 'a' && src[n]|0x20 <= 'z') {
				n++
			}
			if n == i {
				break
			}
			word = src[i:n]
			i = n
			continue
		}
		i++
	}
	return all
}

// quoted reads a string of JavaScript and tells how long it is in the source.
func quoted(src string, q byte) (string, int) {
	var b strings.Builder
	for i := 1; i < len(src); i++ {
		switch c := src[i]; c {
		case q:
			return b.String(), i + 1
		case '\\':
			i++
			if i < len(src) {
				switch src[i] {
				case 'n':
					b.WriteByte('\n')
				case 't':
					b.WriteByte('\t')
				default:
					b.WriteByte(src[i])
				}
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), len(src)
}

func firstOf(ss ...string) string {
	for _, s := range ss {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}
