package intake

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"lectern/decks/lecture"
	"lectern/decks/source"
)

// notPages are files that courses keep beside their pages.
var notPages = regexp.MustCompile(`(?i)^(?:licen[cs]e|copying|changelog|changes|contributing|contributors|authors|code_of_conduct|security|notice|requirements.*|constraints.*|robots|cmakelists|summary|_sidebar|_navbar|_toc|toc|404|pull_request_template|issue_template|citation|.*\.min)$`)

// pagesAmong are the files that can be pages, in the order of the course: the
// one its table of contents gives, else that of names, with numbers as numbers
// and the page about a folder before the folder's pages.
func pagesAmong(names []string, read func(name string) string) []string {
	var pages []string
	stems := map[string]bool{} // of files that somebody wrote
	for _, name := range names {
		ext := path.Ext(name)
		if lecture.Reads(ext) && !notPages.MatchString(strings.TrimSuffix(path.Base(name), ext)) {
			pages = append(pages, name)
			if !derived(name) {
				stems[strings.TrimSuffix(name, ext)] = true
			}
		}
	}
	// What was made of a page beside it is that page again.
	pages = slices.DeleteFunc(pages, func(name string) bool { return derived(name) && stems[strings.TrimSuffix(name, path.Ext(name))] })
	slices.SortFunc(pages, comparePages)
	for _, toc := range contents {
		if !slices.Contains(names, toc) {
			continue
		}
		if listed := mentioned(read(toc), toc, pages); len(listed) >= 2 && len(listed)*2 >= len(pages) {
			return slices.Concat(leads(pages, listed), listed, slices.DeleteFunc(pages, func(name string) bool {
				return slices.Contains(listed, name) || isLead(name) && !strings.Contains(name, "/")
			}))
		}
	}
	return pages
}

// leads are the first pages of the course, when its table of contents does not
// name them.
func leads(pages, listed []string) []string {
	var out []string
	for _, name := range pages {
		if isLead(name) && !strings.Contains(name, "/") && !slices.Contains(listed, name) {
			out = append(out, name)
		}
	}
	return out
}

// contents are the files that give the order of pages in what courses are made
// with: MkDocs, Jupyter Book, Quarto, mdBook, Sphinx; then pages that list the
// others.
var contents = []string{
	"mkdocs.yml", "mkdocs.yaml", "_toc.yml", "docs/_toc.yml", "book/_toc.yml", "_quarto.yml",
	"SUMMARY.md", "src/SUMMARY.md", "docs/SUMMARY.md", "_sidebar.md", "docs/_sidebar.md",
	"index.rst", "docs/index.rst", "source/index.rst", "docs/source/index.rst",
	"README.md", "index.md", "docs/README.md", "docs/index.md",
}

// derived tells of files that are mostly made of others.
func derived(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".pdf":
		return true
	}
	return false
}

// isLead tells of the page about a folder.
func isLead(name string) bool {
	stem := strings.ToLower(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	return stem == "readme" || stem == "index" || stem == "_index" || stem == "intro"
}

// comparePages orders names folder by folder.
func comparePages(a, b string) int {
	for {
		x, restA, moreA := strings.Cut(a, "/")
		y, restB, moreB := strings.Cut(b, "/")
		switch {
		case moreA != moreB: // files before folders
			if moreA {
				return 1
			}
			return -1
		case !moreA:
			if isLead(x) != isLead(y) {
				if isLead(x) {
					return -1
				}
				return 1
			}
			return source.NaturalOrder(strings.ToLower(x), strings.ToLower(y))
		case x != y:
			return source.NaturalOrder(strings.ToLower(x), strings.ToLower(y))
		}
		a, b = restA, restB
	}
}

// target matches what a table of contents may name a page by: the target of a
// link, the value of a line of YAML, a line of a toctree.
var target = regexp.MustCompile(`\]\(<?([^)>\s#?]+)|(?m:^[ \t]*(?:-[ \t]+)?(?:[^:\n]*:[ \t]+)?['"]?([\w\p{L}./ -]+?)['"]?[ \t]*$)|<([\w\p{L}./-]+)>`)

const maxContents = 1 << 20 // bytes of a table of contents

// mentioned are the pages that a table of contents names, in its order.
func mentioned(text, toc string, pages []string) []string {
	known := map[string]string{} // pages by what they may be called
	for _, name := range slices.Backward(pages) {
		known[name] = name
		known[strings.TrimSuffix(name, path.Ext(name))] = name
	}
	dirs := []string{path.Dir(toc), "docs", "src", "content", "book"}
	var out []string
	seen := map[string]bool{}
	for _, m := range target.FindAllStringSubmatch(text[:min(len(text), maxContents)], -1) {
		said := strings.TrimSpace(m[1] + m[2] + m[3])
		for _, dir := range dirs {
			name, ok := known[path.Join(dir, said)]
			if ok && !seen[name] && name != toc {
				seen[name] = true
				out = append(out, name)
			}
			if ok {
				break
			}
		}
	}
	return out
}
