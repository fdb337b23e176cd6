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

// A fresh document for each formula, so that no \newcommand outlives its card.
globalThis.tex2svg = function (source, display) {
  const tex = new TeX({
    packages,
    maxMacros: 500,
    maxBuffer: 20 * 1024,
    formatError: (_, error) => { throw new Error(error.message); },
  });
  const page = mathjax.document('', {InputJax: tex, OutputJax: new SVG({fontCache: 'none'})});
  const node = page.convert(source, {display, em: 16, ex: 8, containerWidth: 80 * 16});
  return adaptor.innerHTML(node);
};
