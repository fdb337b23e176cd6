package export

// The page's looks. Sizes are such that a sheet fits A4 and Letter alike.
const (
	baseStyle = `:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; color: #111; background: #fff; font: 11pt/1.4 Charter, "Bitstream Charter", Cambria, Georgia, serif; }
p, ul, ol, pre, table, blockquote { margin: 0 0 .4em; orphans: 2; widows: 2; }
img, tr, math { break-inside: avoid; }
ul, ol { padding-left: 1.4em; }
img { max-width: 100%; max-height: 90mm; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .85em/1.35 Consolas, Menlo, "DejaVu Sans Mono", monospace; }
code { font-family: Consolas, Menlo, "DejaVu Sans Mono", monospace; font-size: .9em; overflow-wrap: anywhere; }
blockquote { margin-left: 0; padding-left: .8em; border-left: 1.5pt solid #bbb; }
table { border-collapse: collapse; }
td, th { border: .5pt solid #999; padding: .1em .5em; vertical-align: top; }
math, math * { border: 0; }
mtd { border: 0; padding: .1em .4em; }
mark { background: none; font-weight: bold; text-decoration: underline; }
a { color: inherit; }
h1, h2 { font-family: "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; line-height: 1.2; break-after: avoid; }
h1 { font-size: 20pt; margin: 0 0 .3em; }
h2 { font-size: 14pt; margin: 1.2em 0 .5em; padding-bottom: .15em; border-bottom: .75pt solid #111; }
.options { list-style: none; padding: 0; }
.options li { display: flex; gap: .5em; }
.letter { font-weight: bold; }
.none { color: #777; font-style: italic; }
.line { height: 1.8em; border-bottom: .5pt solid #aaa; }
`
	entryStyle = `article { margin: 0 0 1.1em; padding-left: 2.4em; position: relative; }
.number { position: absolute; left: 0; width: 1.9em; text-align: right; font-weight: bold; color: #555; }
.question { font-weight: 600; break-inside: avoid; break-after: avoid; }
.question math, .question pre { font-weight: normal; }
.hint, .explanation, .source { font-size: .88em; color: #444; }
.label { display: block; break-after: avoid; font: .72em "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; letter-spacing: .04em; color: #666; }
`
	bookletStyle = `@page { margin: 18mm 16mm; }
body { max-width: 175mm; padding: 8mm; }
header { margin-bottom: 1.5em; }
.from { color: #555; }
` + entryStyle + `@media print { body { max-width: none; padding: 0; } }
`
	cardsStyle = `@page { margin: 10mm; }
.sheet { display: grid; width: 190mm; height: 256mm; margin: 0 auto 6mm; break-after: page; break-inside: avoid; }
.small { grid-template: repeat(4, 64mm) / repeat(2, 95mm); }
.medium { grid-template: repeat(2, 128mm) / repeat(2, 95mm); }
.big { grid-template: repeat(2, 128mm) / 190mm; }
.card { display: flex; flex-direction: column; padding: 4mm 5mm 3mm; overflow: hidden; border: .5pt dashed #bbb; }
.side { flex: 1; min-height: 0; overflow: hidden; display: flex; flex-direction: column; justify-content: safe center; }
.size0 { font-size: 12pt; }
.size1 { font-size: 10pt; }
.size2 { font-size: 8.5pt; }
.card table { width: 100%; table-layout: fixed; overflow-wrap: anywhere; }
.small img { max-height: 28mm; }
.medium img { max-height: 45mm; }
.big img { max-height: 55mm; }
.card footer { display: flex; justify-content: space-between; gap: 4mm; font: 7pt "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; color: #777; }
.card footer span:first-child { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.long { width: 190mm; margin: 0 auto; }
` + entryStyle + `@media print { .sheet { margin-bottom: 0; } }
`
)
