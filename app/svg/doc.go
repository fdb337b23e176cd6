// Package svg draws SVG pictures: formulas from MathJax and the figures of a
// course. It knows the part of SVG that those are made of and nothing that could
// reach outside the file:
//
//   - svg (also nested, clipped to its box), g, path, rect with rx, circle,
//     ellipse, line, polyline, polygon, text and tspan;
//   - transform, viewBox, fill, fill-rule, stroke, stroke-width, stroke-dasharray,
//     stroke-linecap, stroke-linejoin, stroke-miterlimit, opacity, fill-opacity,
//     stroke-opacity, font-family, font-size, font-weight, font-style, text-anchor,
//     as attributes or in style.
//
// Colours are hex, rgb(), the names of SVG, currentColor and var(--name, fallback).
// The last takes a colour of the program's theme where there is one, so that a
// picture follows light and dark; a browser shows the fallback. Everything else
// is passed over without a word: scripts, styles, references, filters.
//
// Drawing one picture takes bounded time and memory at any size: what it would
// cost is counted while the file is read, and a file over the limit is refused.
package svg
