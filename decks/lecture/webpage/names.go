package webpage

import (
	"maps"
	"strings"
)

// The names by which pages call their parts, as sites' builders write them into
// classes: Sphinx and Jupyter Book, MkDocs, Docusaurus, Quarto and bookdown, the
// Carpentries, Runestone and PreTeXt, OpenStax, Moodle, edX, H5P, learning sites.

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func union(sets ...map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, s := range sets {
		maps.Copy(all, s)
	}
	return all
}

var (
	// things are what a page marks as something of its own.
	things = union(asks, answers, folds, set(`admonition callout alert note notes tip tips warning caution danger important seealso attention aside remark example examples definition theorem lemma proposition corollary proof
		objectives keypoints prereq prerequisites prerequisite testimonial discussion checklist instructor overview outcomes goals tldr`))
	asks = set(`exercise exr exo challenge question quiz quizz task problem homework assignment activity checkpoint puzzle drill quest exploration investigation worksheet tryit yourturn selfcheck selftest conceptcheck poll practice
		mchoice multiplechoice multichoice fillintheblank shortanswer dragndrop clickablearea parsons activecode mcq que qna choicegroup
		aufgabe übung uebung frage ejercicio pregunta exercice esercizio zadanie zadacha vopros uprazhnenie задание задача вопрос упражнение`)
	answers = set(`solution solutions soln answer answers answerkey hint hints explanation rationale feedback lösung loesung antwort solución solucion respuesta réponse reponse corrige soluzione
		otvet reshenie podskazka ответ решение подсказка`)
	options = set(`option choice answer variant alternative otvet`)
	choices = set(`option choice variant alternative answer`)
	quizzes = set(`quiz answer question mcq choice test`)
	chips   = set(`pill points pts score badge chip tag difficulty level marks`)
	folds   = set(`details accordion collapse collapsible spoiler toggle expander expandable foldable`)
	toggles = set(`toggle toggler accordion collapse collapser collapsible spoiler expand expander reveal showanswer show trigger dropdown`)

	// pairs are things with a name in two words.
	pairs = set(`knowledge-check self-check self-test self-assessment concept-check quick-check your-turn try-it try-this multiple-choice multi-choice single-choice fill-blank short-answer true-false practice-problem
		learning-objectives learning-goals learning-outcomes key-points key-takeaways instructor-note further-reading answer-key case-study course-question check-understanding code-challenge`)

	// many are wrappers around several things; what stands in them is what counts.
	many = set(`exercises challenges questions quizzes tasks problems activities assignments drills aufgaben übungen fragen ejercicios preguntas exercices zadaniya zadachi voprosy`)

	// weak words say something only beside a frame: "alert info".
	weak   = set(`info information success error primary secondary default abstract quote bug failure summary todo help`)
	frames = set(`admonition callout alert hint custom aside theorem admonitionblock infobox notice blockquote markdown starlight theme admonish`)

	levels = set(`easy medium hard difficult advanced beginner intermediate basic`)

	// titles, parts and shells end the names of what a thing consists of.
	titles = set(`title heading header caption head summary label legend`)
	parts  = set(`text link links number num no name type types points point mark marks icon img image button buttons btn footer foot row col column columns square nav navigation menu id index count counter total score grade
		status state progress info meta bar group list lists ref reference form input field page pages tag tags badge divider line time date author actions action controls control wrap style layout grid view editor`)
	shells = set(`body content contents inner panel block container wrapper box area section main card item outer pane region part div holder frame collapse collapsed`)

	// neutral words end names without changing what they name.
	neutral = set(`hidden shown visible open opened closed collapsed expanded active default left right center top bottom small large full wide like styled dark light first last odd even primary secondary easy medium hard difficult advanced
		beginner intermediate basic unanswered answered single simple new old level correct incorrect hide show flush one two three en ru inline static`)

	// states begin names that say what a thing has or lacks.
	states = set(`has no is not with without contains for js show hide when if`)

	prefixes = set(`doc md wy os jp h5p w3 vp bd rst mw ltx sd ui cs theme my ptx rs mc`)
	labels   = set(`label lang language header name title heading bar`)

	furniture = set(`nav navbar navigation menubar submenu breadcrumb breadcrumbs toc toctree tableofcontents sidebar sphinxsidebar sphinxsidebarwrapper sidenav sidepanel pagination pager pagenav footer cookie cookies consent gdpr
		disqus giscus utterances newsletter advert advertisement adsense searchbox searchbar skiplink skipnav prevnext editlink editpage backtotop scrolltop noprint onlyprint printonly navbox catlinks printfooter topbar bottombar
		offcanvas masthead colophon subnav crumbs hamburger`)
	maybeFurniture = set(`menu search share sharing social related recommended recommendations comments subscribe banner ads promo sponsor sponsors popup modal lightbox toolbar copyright login signin signup rating ratings helpful announcement
		drawer reflist`)
	furniturePairs = set(`of-contents back-to to-top prev-next next-prev edit-this edit-page edit-link skip-link page-nav last-updated was-helpful site-header site-title page-feedback feedback-widget doc-footer article-footer related-posts
		see-also-links post-meta post-tags tag-cloud author-bio read-more language-switcher theme-switcher version-switcher contents-topic contents-local footer-nav improve-page report-issue page-info`)
	elsewhere = set(`layout page content main grid wrap open opened enabled disabled active app offset shift columns body visible`)
	places    = set(`main site page global local left right top bottom wrapper container content inner outer area block section box bar list primary secondary mobile desktop header head the my col column panel widget widgets root`)

	languages = set(`python python3 py ipython3 r c cpp c++ csharp cs java javascript js typescript ts go golang rust ruby php perl sql bash sh shell console zsh powershell html css xml json yaml toml haskell scala kotlin swift julia matlab octave lisp
		scheme clojure lua latex tex makefile dockerfile diff ini assembly asm fortran pascal ocaml elixir erlang dart agda coq lean prolog stata sas output error racket elm zig nim`)
)
