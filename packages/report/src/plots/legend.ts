import * as Plot from '@observablehq/plot';
import type { Figure, Series } from './figure.js';
import { hasPointSymbols } from './marks.js';
import { getColor, getDash, getSymbol } from './palette.js';
import { estimateTextWidth } from './svg-element.js';

interface Entry {
  readonly series: Series;
  readonly number: number;
  readonly x: number;
  readonly y: number;
}

/** Width of figures by default, in pixels: that of a phone without margins. */
export const defaultWidth = 360;

const lineHeight = 18;
const swatch = 25;
const margin = 4;

/** Creates the legend above a figure, in as many lines as it needs; empty for a single series. */
export function createLegend({ series, width = defaultWidth }: Figure): {
  readonly height: number;
  readonly marks: readonly Plot.Markish[];
} {
  if (series.length < 2) return { height: 0, marks: [] };
  const entries = placeEntries(series, width);
  return { height: entries.at(-1)!.y + lineHeight / 2 + 4, marks: entries.flatMap(createEntryMarks) };
}

function placeEntries(series: readonly Series[], width: number): Entry[] {
  const entries: Entry[] = [];
  let [x, y] = [margin, lineHeight / 2];
  for (const [position, each] of series.entries()) {
    const number = each.look ?? position;
    const needed = swatch + estimateTextWidth(each.name) + 14;
    if (x > margin && x + needed > width) [x, y] = [margin, y + lineHeight];
    entries.push({ series: each, number, x, y });
    x += needed;
  }
  return entries;
}

function createEntryMarks({ series, number, x, y }: Entry): Plot.Markish[] {
  const color = getColor(number);
  const middle = { x: [x + 10], y: [y] };
  const isLine = series.draw === 'line';
  const dash = isLine && series.solid ? undefined : getDash(number);
  return [
    ...(isLine
      ? [
          Plot.link([0], {
            x1: [x],
            x2: [x + 20],
            y1: [y],
            y2: [y],
            stroke: color,
            strokeWidth: 1.8,
            ...(dash ? { strokeDasharray: dash } : {}),
          }),
        ]
      : []),
    ...(hasArea(series)
      ? [Plot.rect([0], { x1: [x + 4], x2: [x + 16], y1: [y - 6], y2: [y + 6], fill: color, fillOpacity: 0.85 })]
      : isLine && !hasPointSymbols(series)
        ? []
        : [Plot.dot([0], { ...middle, ...createDotStyle(series, number) })]),
    Plot.text([series.name], { x: [x + swatch], y: [y], text: [series.name], textAnchor: 'start' }),
  ];
}

const hasArea = ({ draw }: Series): boolean => draw === 'bars' || draw === 'columns' || draw === 'spans';

function createDotStyle(series: Series, number: number): Plot.DotOptions {
  const color = getColor(number);
  return series.draw === 'points' && series.hollow
    ? { r: 5, stroke: color, strokeWidth: 1.8, fill: 'none' }
    : { r: 3.5, fill: color, symbol: getSymbol(number) };
}
