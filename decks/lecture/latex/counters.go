package latex

import (
	"strconv"
	"strings"
)

// Pages number their tasks with counters of their own: \newcounter, \stepcounter
// and \thename are followed; those of sections and equations are not.

// counter reads the commands of counters; false means that it is none.
func (r *reader) counter(name string) bool {
	switch name {
	case "newcounter":
		r.count(r.arg(), func(int) int { return 0 })
		r.option()
	case "setcounter":
		c := r.arg()
		n, ok := r.number(r.arg())
		if l := r.enum(c); l != nil && ok {
			l.n = n
		} else if ok {
			r.count(c, func(int) int { return n })
		}
	case "addtocounter":
		c := r.arg()
		n, ok := r.number(r.arg())
		if l := r.enum(c); l != nil && ok {
			l.n += n
		} else if ok {
			r.count(c, func(old int) int { return old + n })
		}
	case "stepcounter", "refstepcounter":
		r.count(r.arg(), func(old int) int { return old + 1 })
	case "arabic", "alph", "Alph", "roman", "Roman", "asbuk", "Asbuk":
		c := r.arg()
		if n, ok := r.counters[c]; ok {
			r.text(counted(`\`+name+"*", n))
		} else if l := r.enum(c); l != nil {
			r.text(counted(`\`+name+"*", l.n))
		}
	default:
		c, ok := strings.CutPrefix(name, "the")
		n, own := r.counters[c]
		if ok && own {
			r.emptyGroup()
			r.text(strconv.Itoa(n))
		}
		return ok && (own || strings.HasPrefix(c, "sub") || c == "section" || c == "chapter" || c == "page" || c == "equation")
	}
	return true
}

// count changes a counter of the page.
func (r *reader) count(name string, change func(int) int) {
	if len(r.counters) < 1000 {
		r.counters[name] = change(r.counters[name])
	}
}

// number reads a number or \value{counter}.
func (r *reader) number(s string) (int, bool) {
	s = strings.TrimSpace(s)
	if c, ok := strings.CutPrefix(s, `\value{`); ok {
		n, ok := r.counters[strings.TrimSuffix(c, "}")]
		return n, ok
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n > -1e6 && n < 1e6
}

// enum is the list whose entries a counter numbers: enumi, enumii, …
func (r *reader) enum(counter string) *list {
	depth := map[string]int{"enumi": 1, "enumii": 2, "enumiii": 3, "enumiv": 4}[counter]
	for _, e := range r.envs {
		if e.list != nil && strings.Contains(e.list.label, "*") {
			if depth--; depth == 0 {
				return e.list
			}
		}
	}
	return nil
}
