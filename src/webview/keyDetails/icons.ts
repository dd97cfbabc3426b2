import type { Tone } from './protocol.js';

/** Outlines on a 16 by 16 field, drawn with the colour of the text around them. They go with words, never alone. */
const PATHS: Readonly<Record<Tone, readonly string[]>> = {
  plain: ['M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13', 'M8 7.2v4', 'M8 4.6v.9'],
  good: ['M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13', 'M5 8.2l2.2 2.2L11.2 6'],
  warning: ['M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13', 'M8 4.4V8l2.6 1.7'],
  bad: ['M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13', 'M3.5 12.5l9-9'],
};
const SVG = 'http://www.w3.org/2000/svg';

export function icon(tone: Tone): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of [['viewBox', '0 0 16 16'], ['class', 'icon'], ['aria-hidden', 'true'], ['focusable', 'false']] as const) svg.setAttribute(name, value);
  for (const d of PATHS[tone]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}
