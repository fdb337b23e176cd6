package rest

import "strings"

// names are what references may point to; they may be defined behind the
// references, so they are collected first.
type names struct {
	targets map[string]string // folded name → address
	labels  map[string]string // label before a heading → its text
	subs    map[string]string // substitution → directive and text: "replace:: …"
	own     map[string]bool   // labels that directives gave themselves
	nobody  []string          // addresses of anonymous targets
	next    int               // the anonymous target that is referred to next
}

// fold is how names of targets are compared.
func fold(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), " "))
}

// collect finds all targets, labels and substitutions.
func (r *reader) collect() {
	n := &r.names
	n.targets, n.labels, n.subs, n.own = map[string]string{}, map[string]string{}, map[string]string{}, map[string]bool{}
	for i, line := range r.lines {
		s := strings.TrimLeft(line, " ")
		if len(s) < 4 {
			continue
		}
		switch {
		case strings.HasPrefix(s, "__ "):
			n.nobody = append(n.nobody, strings.TrimSpace(s[3:]))
		case strings.HasPrefix(s, ".. __:"):
			n.nobody = append(n.nobody, strings.TrimSpace(s[6:]))
		case strings.HasPrefix(s, ".. _"):
			r.target(i, s[4:])
		case strings.HasPrefix(s, ".. |"):
			name, rest, ok := strings.Cut(s[4:], "|")
			if rest = strings.TrimSpace(rest); ok && rest != "" {
				rest = r.following(i, rest)
				n.subs[fold(name)] = rest
			}
		case strings.HasPrefix(s, ":label:"), strings.HasPrefix(s, ":name:"):
			_, label, _ := strings.Cut(s[1:], ":")
			n.own[strings.TrimSpace(label)] = true
		}
	}
}

// target reads what follows ".. _".
func (r *reader) target(i int, s string) {
	var name string
	if strings.HasPrefix(s, "`") {
		end := strings.Index(s[1:], "`:")
		if end < 0 {
			return
		}
		name, s = s[1:1+end], s[end+3:]
	} else {
		end := 0
		for {
			at := strings.IndexByte(s[end:], ':')
			if at < 0 {
				return
			}
			end += at
			if end+1 == len(s) || s[end+1] == ' ' {
				break // "a:b: address" names "a:b"
			}
			end++
		}
		name, s = strings.ReplaceAll(s[:end], `\`, ""), s[end+1:]
	}
	if address := strings.Join(strings.Fields(r.following(i, s)), ""); address != "" {
		r.names.targets[fold(name)] = address
		return
	}
	if title := r.titleAfter(i + 1); title != "" {
		r.names.labels[fold(name)] = title
	}
}

// following adds the lines that go on with what began in line i.
func (r *reader) following(i int, s string) string {
	in := r.indents[i]
	for j := i + 1; j < len(r.lines) && j < i+8 && r.indents[j] > in; j++ {
		s += " " + strings.TrimSpace(r.lines[j])
	}
	return s
}

// titleAfter is the heading that comes next, when nothing stands before it.
func (r *reader) titleAfter(i int) string {
	for end := min(i+20, len(r.lines)); i < end; i++ {
		s := r.lines[i]
		switch {
		case s == "" || strings.HasPrefix(s, ".. _") || strings.HasPrefix(s, ".. index::"):
			continue
		case adornment(s) && i+2 < len(r.lines) && adornment(r.lines[i+2]):
			return strings.TrimSpace(r.lines[i+1])
		case i+1 < len(r.lines) && adornment(r.lines[i+1]) && titled(s, r.lines[i+1]):
			return strings.TrimSpace(s)
		}
		return ""
	}
	return ""
}

// address follows a name through targets that name others ("other_").
func (n *names) address(name string) (string, bool) {
	a, ok := n.targets[fold(name)]
	for range 5 {
		if !ok || !strings.HasSuffix(a, "_") || strings.Contains(a, "/") {
			break
		}
		var next string
		if next, ok = n.targets[fold(strings.Trim(a, "`_"))]; ok {
			a = next
		}
	}
	return strings.TrimPrefix(a, "<"), ok
}

// anonymous is the address of the next anonymous reference.
func (n *names) anonymous() string {
	if n.next >= len(n.nobody) {
		return ""
	}
	n.next++
	return n.nobody[n.next-1]
}
