package latex

import (
	"strings"

	"lectern/decks/lecture/page"
)

// Environments that are formulas, with what stands for them inside one.
var maths = map[string]bool{
	"equation": true, "align": true, "gather": true, "multline": true, "eqnarray": true, "displaymath": true, "math": true, "flalign": true,
	"alignat": true, "xalignat": true, "dmath": true, "dgroup": true, "IEEEeqnarray": true, "empheq": true, "numcases": true,
}

var formulaParts = set("aligned gathered cases array matrix pmatrix bmatrix vmatrix Vmatrix smallmatrix split alignedat multlined dcases")

// rewritten are environments that do not nest in a formula, and those that do.
var rewritten = map[string]string{"align": "aligned", "flalign": "aligned", "alignat": "alignedat", "xalignat": "alignedat", "gather": "gathered", "multline": "gathered", "eqnarray": "aligned"}

// dollars reads $…$ and $$…$$.
func (r *reader) dollars(s string) {
	if r.inCode() {
		r.raw("$")
		r.advance(1)
		return
	}
	if strings.HasPrefix(s, "$$") {
		if strings.HasPrefix(s, "$$$$") {
			r.advance(4)
			return
		}
		r.displayMath(s, 2, "$$")
		return
	}
	limit := min(len(s), 1<<14, max(r.fuel, 0))
	depth := 0
	for i := 1; i < limit; i++ {
		switch s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				i = limit
			}
		case '\n':
			if strings.HasPrefix(s[i:], "\n\n") {
				i = limit
			}
		case '$':
			if depth > 0 {
				continue
			}
			r.advance(i + 1)
			r.raw(r.mathSpan(s[1:i]))
			return
		}
	}
	r.fuel -= limit
	r.advance(1)
	r.text("$")
}

// inlineMath reads a formula within a line that ends with a command.
func (r *reader) inlineMath(s string, n int, end string) {
	at := r.find(s[n:], end, 1<<14)
	if at < 0 {
		return
	}
	r.advance(at + len(end))
	r.raw(r.mathSpan(s[n : n+at]))
}

// displayMath reads a formula that is set apart.
func (r *reader) displayMath(s string, n int, end string) {
	at := r.find(s[n:], end, maxArg)
	if at < 0 {
		if end == "$$" {
			r.advance(2)
		}
		return
	}
	if end == "$$" {
		r.advance(2)
	}
	line := r.at()
	r.advance(at + len(end))
	r.formula(line, s[n:n+at])
}

// find looks for an end that is not escaped.
func (r *reader) find(s, end string, limit int) int {
	limit = min(limit, len(s), max(r.fuel, 0))
	for i := 0; ; {
		at := strings.Index(s[i:limit], end)
		if at < 0 {
			r.fuel -= limit
			return -1
		}
		i += at
		slashes := 0
		for slashes < i && s[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
		i++
	}
}

func (r *reader) mathSpan(tex string) string {
	tex = r.tex(tex)
	if r.inCode() {
		return tex
	}
	return page.MathSpan(tex)
}

func (r *reader) formula(line int, tex string) {
	if r.inline > 0 {
		r.raw(r.mathSpan(tex))
		return
	}
	r.flush()
	r.ready(line)
	r.b.Add(page.Block{Kind: page.Formula, Line: int32(line), Text: r.tex(tex)})
}

// mathEnv reads an environment that is a formula.
func (r *reader) mathEnv(env string) {
	line := r.at()
	body := r.untilEnd(env)
	name := strings.TrimRight(env, "*")
	if name == "math" {
		r.raw(r.mathSpan(body))
		return
	}
	if to, ok := rewritten[name]; ok {
		body = `\begin{` + to + "}" + body + `\end{` + to + "}"
	} else if formulaParts[name] {
		body = `\begin{` + env + "}" + body + `\end{` + env + "}"
	}
	r.formula(line, body)
}

// tex is a formula without comments, labels and the page's own macros.
func (r *reader) tex(s string) string {
	if !strings.ContainsAny(s, `\%`) {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	r.texTo(&b, s, 0)
	return strings.TrimSpace(b.String())
}

func (r *reader) texTo(b *strings.Builder, s string, depth int) {
	for s != "" {
		at := strings.IndexAny(s, `\%`)
		if at < 0 {
			b.WriteString(s)
			return
		}
		b.WriteString(s[:at])
		s = s[at:]
		if s[0] == '%' {
			_, rest, ok := strings.Cut(s, "\n")
			if !ok {
				return
			}
			s = strings.TrimLeft(rest, " \t")
			continue
		}
		name, n := commandName(s)
		m, own := r.macros[name]
		switch {
		case name == "label":
			sub := reader{frames: []frame{{s: s[n:]}}, fuel: r.fuel}
			sub.arg()
			r.fuel = sub.fuel
			s = sub.rest()
		case name == "nonumber" || name == "notag":
			s = s[n:]
		case own && depth < 8 && r.fuel > len(m.body):
			sub := reader{frames: []frame{{s: s[n:]}}, fuel: r.fuel}
			body := m.expand(sub.option, sub.arg)
			r.fuel = sub.fuel - len(body)
			s = sub.rest()
			if m.alias {
				b.WriteString(body)
			} else {
				r.texTo(b, body, depth+1)
			}
			if s != "" && letter(s[0]) && strings.HasPrefix(body, `\`) && m.args == 0 {
				b.WriteByte(' ')
			}
		default:
			b.WriteString(s[:n])
			s = s[n:]
		}
	}
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
