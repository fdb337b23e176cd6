// The part of MathJax that Lectern carries: TeX in, SVG out. See README.md.
const {mathjax} = require('mathjax-full/js/mathjax.js');
const {TeX} = require('mathjax-full/js/input/tex.js');
const {SVG} = require('mathjax-full/js/output/svg.js');
const {liteAdaptor} = require('mathjax-full/js/adaptors/liteAdaptor.js');
const {RegisterHTMLHandler} = require('mathjax-full/js/handlers/html.js');

const packages = ['base', 'ams', 'newcommand', 'boldsymbol', 'cancel', 'color', 'mhchem'];
require('mathjax-full/js/input/tex/ams/AmsConfiguration.js');
require('mathjax-full/js/input/tex/newcommand/NewcommandConfiguration.js');
require('mathjax-full/js/input/tex/boldsymbol/BoldsymbolConfiguration.js');
require('mathjax-full/js/input/tex/cancel/CancelConfiguration.js');
require('mathjax-full/js/input/tex/color/ColorConfiguration.js');
require('mathjax-full/js/input/tex/mhchem/MhchemConfiguration.js');

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);

// The words of \text, and letters that MathJax's own fonts lack, are set in the
// typeface of the card: measureText(text, bold, italic), given by the program,
// says how wide they are, in em.
class Pictures extends SVG {
  measureTextNode(node) {
    const style = adaptor.getAttribute(node, 'style') || '';
    const is = (name, value) => adaptor.getAttribute(node, name) === value || style.includes(name + ': ' + value);
    const size = parseFloat(adaptor.getAttribute(node, 'font-size')) / 1000;
    const w = measureText(adaptor.textContent(node), is('font-weight', 'bold'), is('font-style', 'italic'));
    return {w: w * size, h: 0.75, d: 0.2};
  }
}

// Lines and frames of tables get their look from MathJax's style sheet, which a
// picture on its own does not have.
function drawLines(node) {
  for (const line of [...adaptor.tags(node, 'line'), ...adaptor.tags(node, 'rect')]) {
    if (!adaptor.hasAttribute(line, 'data-line') && !adaptor.hasAttribute(line, 'data-frame')) continue;
    adaptor.setAttribute(line, 'fill', 'none');
    adaptor.setAttribute(line, 'stroke-width', '70');
    const kind = adaptor.getAttribute(line, 'class') || '';
    if (kind.includes('dashed')) adaptor.setAttribute(line, 'stroke-dasharray', '140');
    if (kind.includes('dotted')) {
      adaptor.setAttribute(line, 'stroke-linecap', 'round');
      adaptor.setAttribute(line, 'stroke-dasharray', '0,140');
    }
  }
}

// A fresh document for each formula, so that no \newcommand outlives its card.
globalThis.tex2svg = function (source, display) {
  const tex = new TeX({
    packages,
    maxMacros: 500,
    maxBuffer: 20 * 1024,
    formatError: (_, error) => { throw new Error(error.id + '\u0000' + error.message); },
  });
  const page = mathjax.document('', {InputJax: tex, OutputJax: new Pictures({fontCache: 'none', mtextFont: 'serif'})});
  // 1.03 em of a formula are 1 em of the text around it, so its words are as
  // large as that text: an x-height of 0.442 em is 7.283 px of 16 / 1.03.
  const node = page.convert(source, {display, em: 16, ex: 7.283, containerWidth: 80 * 16});
  drawLines(node);
  return adaptor.innerHTML(node);
};
