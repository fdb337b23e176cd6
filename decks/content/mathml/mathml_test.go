package mathml

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestConvert(t *testing.T) {
	for tex, want := range map[string]string{
		"x":                       "<mi>x</mi>",
		"x_1^2":                   "<msubsup><mrow><mi>x</mi></mrow><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></msubsup>",
		"x^12":                    "<msup><mrow><mi>x</mi></mrow><mrow><mn>1</mn></mrow></msup><mn>2</mn>",
		"f'":                      "<msup><mrow><mi>f</mi></mrow><mrow><mo>′</mo></mrow></msup>",
		"3.14-2":                  "<mn>3.14</mn><mo>−</mo><mn>2</mn>",
		`\frac12`:                 "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>",
		`\sqrt{d_k}`:              "<msqrt><mrow><msub><mrow><mi>d</mi></mrow><mrow><mi>k</mi></mrow></msub></mrow></msqrt>",
		`\sqrt[3]{x}`:             "<mroot><mrow><mrow><mi>x</mi></mrow></mrow><mrow><mn>3</mn></mrow></mroot>",
		`\sum_{i=1}^n`:            `<munderover><mrow><mo largeop="true" movablelimits="true">∑</mo></mrow><mrow><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow></mrow><mrow><mi>n</mi></mrow></munderover>`,
		`\int_0`:                  `<msub><mrow><mo largeop="true" movablelimits="true">∫</mo></mrow><mrow><mn>0</mn></mrow></msub>`,
		`\mathbb{R}`:              "<mrow><mrow><mi>ℝ</mi></mrow></mrow>",
		`\mathbf W`:               "<mrow><mi>𝐖</mi></mrow>",
		`\mathrm{softmax}`:        "<mi>softmax</mi>",
		`\text{если }x`:           "<mrow><mtext>если\u00a0</mtext></mrow><mi>x</mi>",
		`\operatorname{arg\,max}`: "<mi>arg\u2009max</mi>",
		"потери":                  "<mtext>потери</mtext>",
		"αβ":                      "<mi>α</mi><mi>β</mi>",
		`\left(x\right.`:          `<mrow><mo fence="true" stretchy="true">(</mo><mi>x</mi></mrow>`,
		`a<b`:                     "<mi>a</mi><mo>&lt;</mo><mi>b</mi>",
		`\not=`:                   "<mo>=\u0338</mo>",
		`x % comment`:             "<mi>x</mi>",
		`\begin{pmatrix}a&b\\c&d\\\end{pmatrix}`: `<mrow><mo fence="true" stretchy="true">(</mo><mtable>` +
			`<mtr><mtd style="text-align:center"><mi>a</mi></mtd><mtd style="text-align:center"><mi>b</mi></mtd></mtr>` +
			`<mtr><mtd style="text-align:center"><mi>c</mi></mtd><mtd style="text-align:center"><mi>d</mi></mtd></mtr></mtable><mo fence="true" stretchy="true">)</mo></mrow>`,
	} {
		got, ok := Convert(tex, false)
		if !ok || got != "<math>"+want+"</math>" {
			t.Errorf("%s: %v\n got %s\nwant <math>%s</math>", tex, ok, got, want)
		}
	}
	if got, _ := Convert("x", true); got != `<math display="block"><mi>x</mi></math>` {
		t.Errorf("display: %s", got)
	}
}

// What courses hold is known.
func TestKnown(t *testing.T) {
	for _, tex := range []string{
		`\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V`, `p(x_t \mid x_{<t}; \theta)`, `\nabla_\theta \mathcal{L}(\theta)`,
		`\hat{y} = \operatorname*{arg\,max}_{y \in \mathcal{Y}} \prod_{t=1}^{T} p(y_t \mid y_{<t}, x)`, `\|x\|_2 \le \varepsilon`,
		`f(x)=\begin{cases}x,&\text{если $x>0$}\\0,&\text{иначе}\end{cases}`, `O(n^2 \cdot d) \approx 10^{9}\,\text{FLOP}`,
		`\begin{aligned} a &= b + c \\[2pt] &= d \end{aligned}`, `\underbrace{a+b}_{\text{сумма}}`, `2\cdot L\cdot n_{kv}\cdot d_{head}\cdot T`,
		`\Bigl( \sum_{\substack{i<n\\ j<m}} a_{ij} \Bigr)`, `a \equiv b \pmod n`, `\lim\limits_{x\to 0} \frac{\sin x}{x} = 1`, `{\bf x}^T`,
		`\overline{AB} \parallel \vec{c}`, `a &= b \\ c &= d`, `\color{red}{x}`, `x''^2`,
	} {
		got, ok := Convert(tex, true)
		if !ok {
			t.Errorf("not known: %s", tex)
		}
		wellFormed(t, tex, got)
	}
}

// What is wrong or unknown is left to the caller.
func TestNotGuessed(t *testing.T) {
	for _, tex := range []string{
		`\frac{1`, `}`, `{`, `\nonsense x`, `x^`, `x_1_2`, `\left( x`, `\begin{cases} x`, `\begin{cases}\end{matrix}`, `\href{https://example.org}{x}`,
		`\def\a{\a}\a`, `\left x\right)`, `\text{$}`, `\`, "\x00", "\xff", strings.Repeat("{", 5000), strings.Repeat("x", maxLength+1), "\\text{\x10}", `a^^b`,
	} {
		if got, ok := Convert(tex, false); ok {
			t.Errorf("%q became %s", tex[:min(len(tex), 40)], got)
		}
	}
}

// elements are all that may stand in a result.
var elements = []string{"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover",
	"munderover", "mtable", "mtr", "mtd", "mphantom"}

var attributes = []string{"display", "mathvariant", "stretchy", "largeop", "movablelimits", "width", "accent", "accentunder", "fence", "linethickness",
	"minsize", "maxsize", "displaystyle", "style", "lspace", "rspace"}

func wellFormed(t *testing.T, tex, got string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(got))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%q: %v in %s", tex, err, got)
		}
		if e, ok := token.(xml.StartElement); ok {
			if !slices.Contains(elements, e.Name.Local) {
				t.Fatalf("%q: <%s>", tex, e.Name.Local)
			}
			for _, a := range e.Attr {
				if !slices.Contains(attributes, a.Name.Local) {
					t.Fatalf("%q: attribute %s", tex, a.Name.Local)
				}
			}
		}
	}
}

func FuzzConvert(f *testing.F) {
	for _, tex := range []string{`\frac{a}{b}`, `\text{<script>$x$}`, `\begin{cases}a&b\\c\end{cases}`, `\left<x\right>`, `x'^2_3`, `"onload=`} {
		f.Add(tex)
	}
	f.Fuzz(func(t *testing.T, tex string) {
		if got, ok := Convert(tex, true); ok {
			wellFormed(t, tex, got)
		} else if got != "" {
			t.Fatalf("%q: half a result %s", tex, got)
		}
	})
}
