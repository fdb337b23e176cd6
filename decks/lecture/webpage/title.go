package webpage

import (
	"strings"

	"lectern/decks/fold"
	"lectern/decks/lecture/page"
)

// title names the page: by its first heading, else by its <title> without the name
// of the site.
func (r *reader) title() {
	if t := page.FirstHeading(r.p); t != "" {
		r.p.Title = t
		return
	}
	r.p.Title = withoutSite(strings.Join(strings.Fields(r.docTitle), " "), r.site)
}

// withoutSite takes the name of the site off a title: the part that is known to be
// it, else the last one.
func withoutSite(title, site string) string {
	for _, sep := range []string{" | ", " — ", " – ", " · ", " :: ", " » ", " - "} {
		parts := strings.Split(title, sep)
		if len(parts) < 2 {
			continue
		}
		if site != "" && fold.Fold(parts[0]) == fold.Fold(site) {
			return strings.Join(parts[1:], sep)
		}
		return strings.Join(parts[:len(parts)-1], sep)
	}
	return title
}
