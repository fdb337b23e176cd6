package webpage_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"lectern/decks/lecture/page"
	"lectern/decks/lecture/page/pagetest"
	"lectern/decks/lecture/webpage"
)

func read(t testing.TB, text string) *page.Page {
	t.Helper()
	p, err := webpage.Read(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	if why := pagetest.Check(p); why != "" {
		t.Fatal(why)
	}
	return p
}

// Pages in the manner of the builders of course sites, with what is read of them.
func TestSites(t *testing.T) {
	pagetest.Compare(t, os.DirFS("testdata"), "*.html", webpage.Read)
}

func TestElements(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"paragraphs without ends", "<p>one<p>two <b>three</b>", "p one\np two **three**\n"},
		{"emphasis over paragraphs", "<b><p>one</p><p>two</p></b>three", "p **one**\np **two**\np three\n"},
		{"emphasis many times over", strings.Repeat("<b>", 200) + "a" + strings.Repeat("</b>", 200) + "b", "p **a**b\n"},
		{"emphasis that crosses", "<b>one <i>two</b> three</i>", "p **one *two*** three\n"},
		{"emphasis left open in a cell", "<table><tr><td><b>a<td>b<tr><td>c<td>d</table><p>e", "table | **a** | b |⏎| c | d |\np e\n"},
		{"white space", "<p> a\n\t b&nbsp;c\v\u0085\u2028 <i> d </i> e&shy;f </p>", "p a b c *d* ef\n"},
		{"signs", "<p>a*b_c [d] &amp;lt; `e`</p><p># f</p><p>- g</p>", "p a\\*b\\_c &#91;d&#93; &amp;lt; \\`e\\`\np \\# f\np \\- g\n"},
		{"code in a line", "<p><code>a  b</code> <code>c`d</code> <kbd>e</kbd><code>f <i>g</i></code></p>", "p `a b` `` c`d `` `ef g`\n"},
		{"links", `<p><a href="a b">c</a> <a href="javascript:x()">d</a> <a href="e"></a><a name="f">g</a> <a href="#h">¶</a></p>`, "p [c](a%20b) d g\n"},
		{"a link around blocks", `<a href="x"><div>one</div><div>two</div></a>`, "p [one](x)\np [two](x)\n"},
		{"pictures", `<p>a <img src="b.png" alt="c d"> <img src="data:image/gif;base64,R0lG" data-src="e.png"></p>`, "p a ![c d](b.png) ![](e.png)\n"},
		{"heading by its role", `<div role="heading" aria-level="4">a</div>`, "#### a\n"},
		{"heading left open", "<h2>a<p>b</p><ul><li>c</ul>", "## a\np b\nlist\n  •\n    p c\n"},
		{"heading with a block in it", "<h2><p>a</p><div>b</div></h2>c", "## a b\np c\n"},
		{"numbers of a list", `<ol start="3"><li>a<li value="7">b<li>c</ol><ol type="a"><li>d<li>e</ol><ol style="list-style-type: upper-roman"><li>f</ol>`,
			"list\n  3.\n    p a\n  7.\n    p b\n  8.\n    p c\nlist\n  a)\n    p d\n  b)\n    p e\nlist\n  I)\n    p f\n"},
		{"a list in a list, badly", "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "list\n  •\n    p a\n    list\n      •\n        p b\n  •\n    p c\n"},
		{"entries without a list", "<li>a<li>b", "list\n  •\n    p a\n  •\n    p b\n"},
		{"an empty list", "<ul><li></li><li> </li></ul>a", "p a\n"},
		{"boxes to tick", `<ul><li><input type="checkbox" checked>a<li><label><input type="checkbox"> b</label></ul>`, "list\n  • [x]\n    p a\n  • [ ]\n    p b\n"},
		{"definitions", "<dl><dt>a<dt>b<dd>c<dd>d<dt>e<dd>f</dl>", "list\n  \n    p **a**\n    p **b**\n    p c\n    p d\n  \n    p **e**\n    p f\n"},
		{"rows", `<table><caption>a</caption><tr><th>b<th colspan="2">c<tr><td>d|e<td><ul><li>f<li>g</ul><td><code>h</code></table>`, "p a\ntable | b | c |  |⏎| d\\|e | • f • g | `h` |\n"},
		{"a table that arranges the page", "<table><tr><td><h2>a</h2><p>b</p></td><td><p>c</p></td></tr></table>", "## a\np b\np c\n"},
		{"a table of one column", "<table><tr><td>a<tr><td>b</table>", "p a\np b\n"},
		{"code", "<pre>\n  a\n\n  b&lt;c\n</pre>", "code    a⏎⏎  b<c\n"},
		{"lines of code as blocks", `<pre><div class="line">a</div><div class="line"><span class="line-number">2</span>b</div></pre>`, "code  a⏎b\n"},
		{"language of code", `<div class="language-go"><pre><code>a</code></pre></div><pre class="brush: js">b</pre><pre><code class="hljs python">c</code></pre>`, "code go a\ncode js b\ncode python c\n"},
		{"lines that are entries", "<p>Ask:<br>1. a<br><b>2.</b> b<br>c<br><br>d</p>", "p Ask:\np 1. a\np **2.** b c\np d\n"},
		{"a formula in code", "<pre>a\n<script type='math/tex; mode=display'>b</script>c</pre>", "code  a⏎c\n"},
		{"details", `<details class="solution"><summary>Why <i>so</i>?</summary>a</details>`, "box details solution \"Why *so*?\"\n  p a\n"},
		{"a quote that is a note", "<blockquote><p>[!WARNING]<br>a</p></blockquote><blockquote>b</blockquote>", "box warning \"\"\n  p a\nquote\n  p b\n"},
		{"unseen answer", `<p>a</p><button onclick="x()">Show answer</button><div style="display: none">b</div><div style="display:none">c</div>`, "p a\nbox details \"Show answer\"\n  p b\n~ p c\n"},
		{"words that a script opens an answer by", `<p>a <a href="javascript:x()">Answer</a></p><div style="display:none">b</div><p>c <span onclick="x()">d</span></p>`, "p a\nbox details \"Answer\"\n  p b\np c d\n"},
		{"a label over an unseen answer", `<p>Решение:</p><div hidden>b</div>`, "p Решение:\nbox details \"Решение:\"\n  p b\n"},
		{"choices within a tab", `<div class="tab-set"><input type=radio checked><label>Go</label><div class="tab-content"><p>a</p><label><input type=radio>b</label><label><input type=radio>c</label></div></div>`, "p a\nlist\n   [ ]\n    p b\n   [ ]\n    p c\n"},
		{"choices that are buttons", "<p>a</p>\n<button class=option>\nb\n</button>\n<button class='option correct'>c</button>", "p a\nlist\n   [ ]\n    p b\n   [x]\n    p c\n"},
		{"slides", `<section hidden aria-hidden="true" class="future"><h2>a</h2></section>`, "## a\n"},
		{"a quotation's source", "<blockquote><p>a</p><footer>b</footer></blockquote><footer>c</footer>", "quote\n  p a\n  p b\n~ p c\n"},
		{"wrong ends", "</div>a</p>b</li></table>c", "p a\np b\np c\n"},
		{"left out", `<script>a</script><style>b</style><template><p>c</p></template><svg><text>d</text></svg><iframe>e</iframe><!-- f --><noscript><p>g</p></noscript><select><option>h</select>i`, "p i\n"},
		{"XHTML", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><script src="a"/><p>b<a id="c"/>d</p><p/><![CDATA[e]]></body></html>`, "p bd\np e\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := pagetest.Outline(read(t, c.html)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestFurniture(t *testing.T) {
	links := `<ul><li><a href="1">One</a></li><li><a href="2">Two</a></li></ul>`
	for _, c := range []struct{ name, html, want string }{
		{"outside of main", "<p>a</p><main><p>b</p></main><p>c</p>", "~ p a\np b\n~ p c\n"},
		{"links at the edges", links + "<p>a</p>" + links + "<p>b</p><p><a href=3>Next</a></p>",
			"~ list\n  ~ •\n    ~ p [One](1)\n  ~ •\n    ~ p [Two](2)\np a\nlist\n  •\n    p [One](1)\n  •\n    p [Two](2)\np b\n~ p [Next](3)\n"},
		{"nothing but links", links, "list\n  •\n    p [One](1)\n  •\n    p [Two](2)\n"},
		{"by name", `<div class="left-sidebar">a</div><div id="footer">b</div><div class="page-with-sidebar"><p>c</p></div><section id="menu"><h2>d</h2></section><div class="binary-search">e</div>`, "~ p a\n~ p b\np c\n## d\np e\n"},
		{"a menu that holds the content", `<div class="sidebar-nav"><p>a</p><main><p>b</p></main></div>`, "~ p a\np b\n"},
		{"a task outside of what looks like the content", `<div id="content"><p>a long text that is the lecture</p></div><div class="exercise">b</div><p>c</p>`, "p a long text that is the lecture\nbox exercise \"\"\n  p b\n~ p c\n"},
		{"header with the page's heading", "<header><h1>a</h1><p>by b</p></header><p>c</p>", "# a\np by b\np c\n"},
		{"header of a site", "<header><a href=x>a</a></header><p>c</p>", "~ p [a](x)\np c\n"},
		{"a form for data", "<p>a</p><form><label>Mail <input type=email></label><button>Send</button></form>", "p a\n~ p Mail\n"},
		{"a form that asks", "<form><p>What is <b>a</b>?</p><input></form>", "p What is **a**?\n"},
		{"aside in the content", "<main><p>a</p><aside>b</aside></main><aside>c</aside>", "p a\nbox aside \"\"\n  p b\n~ p c\n"},
		{"names that mislead", `<div class="menu">` + strings.Repeat("<p>a lecture about menus</p>", 200) + "</div>", strings.Repeat("p a lecture about menus\n", 200)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := pagetest.Outline(read(t, c.html)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct{ html, title, lang string }{
		{"<html lang=ru-RU><title>a | Site</title><body><h2>b</h2><h1>Лекция <em>1</em></h1>", "Лекция 1", "ru"},
		{"<html lang=en><title>a | Site</title><body><h3>b</h3><h2>c</h2>", "c", "en"},
		{"<title>Sets - Course - Site</title><body>x", "Sets - Course", ""},
		{`<meta property="og:site_name" content="Site"><title>Site | Sets</title><body>x`, "Sets", ""},
		{"<title>Sets</title><svg><title>y</title></svg>x", "Sets", ""},
		{"<body><p>x", "", ""},
	} {
		if p := read(t, c.html); p.Title != c.title || p.Lang != c.lang || p.Format != "html" {
			t.Errorf("%s: %q in %q (%s)", c.html, p.Title, p.Lang, p.Format)
		}
	}
}

func TestLines(t *testing.T) {
	p := read(t, "<h1>a</h1>\n<p>\n\nb\nc</p>\n<!--\n--><ul>\n<li>d\n<li>\ne</ul><pre>\n\nf</pre>")
	var got []int32
	for _, b := range p.Blocks {
		if !b.Kind.Holds() {
			got = append(got, b.Line)
		}
	}
	if fmt.Sprint(got) != "[1 4 8 10 12]" {
		t.Error(got)
	}
}

func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		"<!DOCTYPE html><p>": true, "\ufeff \n<HTML lang=ru>": true, "<!-- saved from url -->\n<!doctype HTML PUBLIC>": true, "<?xml version='1.0'?>\n<!DOCTYPE html>": true,
		"": false, "# HTML\n\n```html\n<!DOCTYPE html>\n```": false, "<div align=center>\n\n# A": false, "<htmlx>": false, "a <html>": false,
	} {
		if webpage.Sniff(text) != want {
			t.Errorf("%q", text)
		}
	}
}

func TestPictureWithin(t *testing.T) {
	data := []byte(strings.Repeat("picture", 40))
	p := read(t, `<p>see <img alt="a" src="data:image/png;base64,`+base64.StdEncoding.EncodeToString(data)+`"> <img alt="b" src="data:text/html;base64,`+strings.Repeat("aaaa", 100)+`"></p>`)
	if got := pagetest.Outline(p); got != "p see ![a](picture-1.png) b\n" {
		t.Error(got)
	}
	if len(p.Pictures) != 1 || p.Pictures[0].Name != "picture-1.png" || string(p.Pictures[0].Data) != string(data) {
		t.Errorf("%d pictures", len(p.Pictures))
	}
}

// What is too long to be held is passed over, and the page goes on behind it.
func TestLongTokens(t *testing.T) {
	long := strings.Repeat("a='</p>' ", 1<<20)
	for name, html := range map[string]string{
		"attribute": `<p>one<img src="data:image/png;base64,` + strings.Repeat("A", 9<<20) + `">two</p><p>three</p>`,
		"comment":   "<p>one<!--" + long + "-->two</p><p>three</p>",
		"script":    "<p>one<script>" + long + "</SCRIPT>two</p><p>three</p>",
	} {
		if got := pagetest.Outline(read(t, html)); got != "p onetwo\np three\n" {
			t.Errorf("%s: %.200q", name, got)
		}
	}
	words := strings.Repeat("слово ", 1<<20)
	total := 0
	for _, b := range read(t, words).Blocks {
		total += strings.Count(b.Text, "слово")
	}
	if total != 1<<20 {
		t.Errorf("%d words", total)
	}
}

func TestDeep(t *testing.T) {
	for _, around := range [][2]string{{"<div>", "</div>"}, {"<div><section>", "</section></div>"}, {"<span>", "</span>"}, {"<b><i>", "</i></b>"}} {
		html := strings.Repeat(around[0], 5000) + "<h1>a</h1><ol><li>b</ol>" + strings.Repeat(around[1], 5000) + "<p>c"
		var got []string
		for _, b := range read(t, html).Blocks {
			got = append(got, b.Plain())
		}
		if s := strings.Join(strings.Fields(strings.Join(got, " ")), " "); s != "a b c" {
			t.Errorf("%s: %q", around[0], s)
		}
	}
	html := strings.Repeat("<div>", 5000) + "<ol><li>a<li>b</ol>" + strings.Repeat("</div>", 5000)
	if got := pagetest.Outline(read(t, html)); got != "list\n  1.\n    p a\n  2.\n    p b\n" {
		t.Errorf("within wrappers:\n%s", got)
	}
}

func TestMillionEntries(t *testing.T) {
	if testing.Short() {
		t.Skip("a large page")
	}
	p := read(t, "<ul>"+strings.Repeat("<li>a question?", 1_000_000))
	if n := len(p.Blocks); n != 2_000_001 {
		t.Error(n)
	}
}

func TestErrors(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := webpage.Read(ctx, "<p>a"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if testing.Short() {
		t.Skip("a large page")
	}
	if _, err := webpage.Read(context.Background(), strings.Repeat("<hr>", page.MaxBlocks+1)); !errors.Is(err, page.ErrTooLarge) {
		t.Error(err)
	}
}
