package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
)

// What the tests' documents are made of.

const (
	spaceW   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	allSpace = spaceW + ` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:v="urn:schemas-microsoft-com:vml"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"`
	relType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// part is a file of the archive.
type part struct{ name, text string }

// document is an archive with a body and further parts.
func document(body string, parts ...part) []byte {
	rels := `<Relationship Id="s" Type="` + relType + `styles" Target="styles.xml"/>` +
		`<Relationship Id="n" Type="` + relType + `numbering" Target="numbering.xml"/>` +
		`<Relationship Id="web" Type="` + relType + `hyperlink" Target="https://example.org/a b" TargetMode="External"/>` +
		`<Relationship Id="bad" Type="` + relType + `hyperlink" Target="file:///etc/passwd" TargetMode="External"/>` +
		`<Relationship Id="pic" Type="` + relType + `image" Target="media/image1.png"/>` +
		`<Relationship Id="out" Type="` + relType + `image" Target="../../../secret.png"/>` +
		`<Relationship Id="emf" Type="` + relType + `image" Target="media/image2.emf"/>`
	all := append([]part{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relType + `officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document ` + allSpace + `><w:body>` + body + `</w:body></w:document>`},
		{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels + `</Relationships>`},
	}, parts...)
	return archive(all...)
}

func archive(parts ...part) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// p is a paragraph: its properties, then runs of XML.
func p(props string, inner ...string) string {
	if props != "" {
		props = "<w:pPr>" + props + "</w:pPr>"
	}
	return "<w:p>" + props + strings.Join(inner, "") + "</w:p>"
}

// t is a run of text with properties.
func t(text string, props ...string) string {
	look := ""
	if len(props) > 0 {
		look = "<w:rPr>" + strings.Join(props, "") + "</w:rPr>"
	}
	return `<w:r>` + look + `<w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func styled(style, text string) string { return p(`<w:pStyle w:val="`+style+`"/>`, t(text)) }

func item(list, level int, text string) string {
	return p(fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, list), t(text))
}

func table(rows ...[]string) string {
	var b strings.Builder
	b.WriteString("<w:tbl>")
	for _, row := range rows {
		b.WriteString("<w:tr>")
		for _, cell := range row {
			if !strings.HasPrefix(cell, "<") {
				cell = p("", t(cell))
			}
			b.WriteString("<w:tc>" + cell + "</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

// someStyles are styles as Word in Russian writes them: ids in its language,
// names of its own styles in English.
var someStyles = part{"word/styles.xml", `<w:styles ` + spaceW + `>
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="z3"><w:name w:val="Заголовок 3"/></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="My own"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="code"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:type="paragraph" w:styleId="q"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="ring1"><w:name w:val="Ring"/><w:basedOn w:val="ring2"/></w:style>
<w:style w:type="paragraph" w:styleId="ring2"><w:name w:val="Ring 2"/><w:basedOn w:val="ring1"/></w:style>
<w:style w:type="paragraph" w:styleId="task"><w:name w:val="Task"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="vc"><w:name w:val="Verbatim Char"/></w:style>
<w:style w:type="character" w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>`}

func lvl(i int, format, text string, more ...string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:pPr><w:ind w:left="%d"/></w:pPr>%s</w:lvl>`,
		i, format, text, 720*(i+1), strings.Join(more, ""))
}

var someLists = part{"word/numbering.xml", `<w:numbering ` + spaceW + `>
<w:abstractNum w:abstractNumId="1">` + lvl(0, "decimal", "%1.") + lvl(1, "russianLower", "%2)") + lvl(2, "lowerRoman", "%3.") + `</w:abstractNum>
<w:abstractNum w:abstractNumId="2">` + lvl(0, "bullet", "\uf0b7", `<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>`) + lvl(1, "bullet", "o", `<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr>`) + `</w:abstractNum>
<w:abstractNum w:abstractNumId="3">` + lvl(0, "bullet", "\uf0a8", `<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>`) + `</w:abstractNum>
<w:abstractNum w:abstractNumId="4">` + lvl(0, "decimal", "Задание %1.", `<w:pStyle w:val="task"/>`) + lvl(1, "decimal", "%1.%2.") + `</w:abstractNum>
<w:abstractNum w:abstractNumId="5">` + lvl(0, "lowerLetter", "%1)") + `</w:abstractNum>
<w:abstractNum w:abstractNumId="6">` + lvl(0, "upperRoman", "%1") + lvl(1, "decimal", "%1.%2", "<w:isLgl/>") + `</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="5"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="6"/></w:num>
<w:num w:numId="7"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>`}
