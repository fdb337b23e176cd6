package docx

import (
	"context"
	"strings"
	"testing"
)

func mr(text string, props ...string) string {
	return "<m:r><m:rPr>" + strings.Join(props, "") + "</m:rPr><m:t>" + text + "</m:t></m:r>"
}

// el is an element of a formula.
func el(name string, inner ...string) string {
	return "<m:" + name + ">" + strings.Join(inner, "") + "</m:" + name + ">"
}

func TestTeX(tt *testing.T) {
	x, y := el("e", mr("x")), el("e", mr("y"))
	for _, c := range []struct{ name, in, want string }{
		{"signs", mr("α+β≤∞"), `\alpha +\beta \le \infty`},
		{"signs of TeX", mr("50% {a_b}"), `50\% \{a\_b\}`},
		{"letters of their own style", mr("𝑥𝟏"), "x1"},
		{"words", mr("если x", "<m:nor/>"), `\text{если x}`},
		{"upright", mr("softmax", `<m:sty m:val="p"/>`), `\mathrm{softmax}`},
		{"bold", mr("W", `<m:sty m:val="b"/>`), `\mathbf{W}`},
		{"open face", mr("R", `<m:scr m:val="double-struck"/>`), `\mathbb{R}`},
		{"a fraction", el("f", el("num", mr("1")), el("den", mr("2n"))), `\frac{1}{2n}`},
		{"a fraction in a line", el("f", `<m:fPr><m:type m:val="lin"/></m:fPr>`, el("num", mr("a")), el("den", mr("b"))), "a/b"},
		{"scripts", el("sSubSup", x, el("sub", mr("i")), el("sup", mr("10"))), "x_i^{10}"},
		{"a power of a root", el("sSup", el("e", el("rad", `<m:radPr><m:degHide m:val="1"/></m:radPr>`, el("deg"), x)), el("sup", mr("2"))), `{\sqrt{x}}^2`},
		{"a root", el("rad", el("deg", mr("3")), x), `\sqrt[3]{x}`},
		{"a sum", el("nary", `<m:naryPr><m:chr m:val="∑"/></m:naryPr>`, el("sub", mr("i=1")), el("sup", mr("n")), x), `\sum_{i=1}^n x`},
		{"an integral without bounds", el("nary", `<m:naryPr><m:subHide m:val="1"/><m:supHide m:val="1"/></m:naryPr>`, el("sub"), el("sup"), x), `\int x`},
		{"brackets", el("d", x), "(x)"},
		{"tall brackets", el("d", `<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>`, el("e", el("f", el("num", mr("a")), el("den", mr("b"))))), `\left[ \frac{a}{b} \right]`},
		{"norm", el("d", `<m:dPr><m:begChr m:val="‖"/><m:endChr m:val="‖"/></m:dPr>`, x), `\|x\|`},
		{"cases", el("d", `<m:dPr><m:begChr m:val="{"/><m:endChr m:val=""/></m:dPr>`, el("e", el("eqArr", el("e", mr("x,&amp;x&gt;0")), el("e", mr("0,&amp;x≤0"))))), `\begin{cases}x,&x>0 \\ 0,&x\le 0\end{cases}`},
		{"a matrix", el("m", el("mr", x, y), el("mr", y, x)), `\begin{matrix}x & y \\ y & x\end{matrix}`},
		{"a function", el("func", el("fName", mr("sin", `<m:sty m:val="p"/>`)), x), `\sin x`},
		{"a function of one's own", el("func", el("fName", mr("softmax", `<m:sty m:val="p"/>`)), x), `\operatorname{softmax} x`},
		{"a limit", el("func", el("fName", el("limLow", el("e", mr("lim", `<m:sty m:val="p"/>`)), el("lim", mr("x→0")))), y), `\lim_{x\to 0} y`},
		{"accents", el("acc", `<m:accPr><m:chr m:val="⃗"/></m:accPr>`, x) + el("acc", y), `\vec{x}\hat{y}`},
		{"a line over", el("bar", `<m:barPr><m:pos m:val="top"/></m:barPr>`, x), `\overline{x}`},
		{"a brace under", el("limLow", el("e", el("groupChr", x)), el("lim", mr("n"))), `\underbrace{x}_{n}`},
		{"before", el("sPre", el("sub", mr("1")), el("sup", mr("2")), x), "{}_1^2x"},
		{"what is deleted", mr("a") + `<w:del>` + mr("b") + `</w:del>`, "a"},
		{"unknown structures", el("box", x), "x"},
	} {
		tt.Run(c.name, func(tt *testing.T) {
			w := newWalker(context.Background(), strings.NewReader("<m:oMath "+allSpace+">"+c.in+"</m:oMath>"))
			var got string
			err := w.root(func(w *walker) (err error) {
				got, err = tex(w)
				return err
			})
			if err != nil {
				tt.Fatal(err)
			}
			if got = strings.TrimSpace(got); got != c.want {
				tt.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
