import { fontSize } from './svg-element.js';

/** Number of colors. Further series repeat them with another symbol and another dash. */
const colorCount = 7;

/** After Okabe and Ito, who chose them for every kind of color vision; darker on white, for a contrast of 3 : 1. */
const light = ['#0072b2', '#c04f00', '#00805e', '#b0527f', '#8f6b00', '#5b4bb8', '#4d4d4d'];
const dark = ['#56b4e9', '#ee8a45', '#2fc49a', '#e39ac4', '#e6b422', '#a99cf5', '#c8c8c8'];

/** Symbols by series: they distinguish series without colors. */
export const symbols = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye', 'cross'] as const;

const dashes = [undefined, '6 3', '2 3', '8 3 2 3'];

export function getColor(series: number): string {
  return `var(--series-${(series % colorCount) + 1})`;
}

export function getSymbol(series: number): (typeof symbols)[number] {
  return symbols[(series + Math.floor(series / colorCount)) % symbols.length]!;
}

export function getDash(series: number): string | undefined {
  return dashes[series % dashes.length];
}

const createVariables = (ground: string, text: string, colors: readonly string[]): string =>
  [`--ground: ${ground};`, `--text: ${text};`, ...colors.map((color, at) => `--series-${at + 1}: ${color};`)].join(' ');

/** Creates CSS variables of both color schemes for `selector`. Figures within a page read them from the page. */
export function createPaletteCss(selector: string): string {
  return [
    `${selector} { ${createVariables('#ffffff', '#1d2127', light)} }`,
    `@media (prefers-color-scheme: dark) { ${selector} { ${createVariables('#14171b', '#e6e8eb', dark)} } }`,
  ].join('\n');
}

/** CSS of figures within a page, once per page, in addition to the variables of `createPaletteCss`. */
export const figureCss: string = [
  `.figure { color: var(--text); fill: currentColor; font: ${fontSize}px system-ui, sans-serif;`,
  ' display: block; width: 100%; height: auto; }\n',
  '.figure text { white-space: pre; }',
].join('');
