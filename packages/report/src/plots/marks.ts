import * as Plot from '@observablehq/plot';
import type { CategoryRows } from './category-rows.js';
import type { Figure, LinePoint, Series } from './figure.js';
import { getColor, getDash, getSymbol } from './palette.js';

/** Lines with more points than this have no point symbols. */
const marked = 25;

/** Creates Plot's marks for each series, in order. `rows` is present where y has categories. */
export function createMarks(figure: Figure, rows: CategoryRows | undefined): Plot.Markish[] {
  const several = figure.series.length > 1;
  return [
    ...figure.series.flatMap((each, at) => createSeriesMarks(each, at, several, rows)),
    ...createRuleMarks(figure, rows !== undefined),
  ];
}

/** Whether a line has so few points that each has a symbol. */
export function hasPointSymbols({ points, emphasis, shape }: Extract<Series, { draw: 'line' }>): boolean {
  if (emphasis !== undefined || shape === 'steps') return false;
  const runs = new Set(points.map(({ run }) => run)).size;
  return points.length <= marked * runs;
}

function createSeriesMarks(
  series: Series,
  position: number,
  several: boolean,
  rows: CategoryRows | undefined,
): Plot.Markish[] {
  const at = series.look ?? position;
  const color = getColor(at);
  switch (series.draw) {
    case 'line':
      return createLineMarks(series, at, several);
    case 'points':
      return [createPointMarks(series, at)];
    case 'columns':
      return [
        Plot.rectY(series.columns, {
          x1: 'from',
          x2: 'to',
          y1: ({ base = 0 }) => base,
          y2: ({ base = 0, y }) => base + y,
          fill: color,
          fillOpacity: 0.85,
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
      ];
    case 'bars':
      return createBarMarks(series, color, createGetRow(rows, position));
    case 'intervals': {
      const place = { y: createGetRow(rows, position) };
      return [
        Plot.ruleY(series.intervals, { ...place, x1: 'low', x2: 'high', stroke: color, strokeWidth: 2 }),
        Plot.dot(series.intervals, { ...place, x: 'x', r: 4, symbol: getSymbol(at), fill: color }),
      ];
    }
    case 'spans':
      return [createSpanMark(series, color)];
  }
}

/** The outline in the same color keeps short spans visible. */
function createSpanMark({ spans }: Extract<Series, { draw: 'spans' }>, color: string): Plot.Markish {
  return Plot.rect(spans, {
    x1: 'from',
    x2: 'to',
    y1: ({ y }) => y - 0.4,
    y2: ({ y }) => y + 0.4,
    fill: color,
    fillOpacity: 0.7,
    stroke: color,
    strokeWidth: 0.75,
    ...getNotes(spans),
  });
}

const getNotes = (items: readonly { readonly note?: string }[]): { title?: string } =>
  items.some(({ note }) => note !== undefined) ? { title: 'note' } : {};

function createPointMarks({ points, hollow = false }: Extract<Series, { draw: 'points' }>, at: number): Plot.Markish {
  const style = hollow
    ? ({ r: 5, strokeWidth: 1.8, fill: 'none' } as const)
    : ({ r: 3, symbol: getSymbol(at), fill: getColor(at), fillOpacity: 0.65 } as const);
  return Plot.dot(points, { x: 'x', y: 'y', stroke: getColor(at), ...style, ...getNotes(points) });
}

type GetRow = (each: { readonly category: string }) => string;

function createGetRow(rows: CategoryRows | undefined, series: number): GetRow {
  return ({ category }) => rows!.getKey(category, series);
}

function createLineMarks(series: Extract<Series, { draw: 'line' }>, at: number, several: boolean): Plot.Markish[] {
  const place = { x: 'x', y: 'y' } as const;
  const dash = several && !series.solid ? getDash(at) : undefined;
  const runs = series.points.some(({ run }) => run !== undefined);
  return [
    Plot.lineY(series.points, {
      ...place,
      ...(runs ? { z: 'run', strokeOpacity: 0.75 } : {}),
      ...(dash === undefined ? {} : { strokeDasharray: dash }),
      stroke: getColor(at),
      ...(series.emphasis ? strokes[series.emphasis] : { strokeWidth: 1.8 }),
      ...(series.shape === 'steps' ? { curve: 'step-after' } : {}),
      ...getNotes(series.points),
    }),
    Plot.dot(hasPointSymbols(series) ? series.points : selectIsolated(series.points), {
      ...place,
      r: 2.5,
      symbol: getSymbol(at),
      fill: getColor(at),
    }),
  ];
}

const strokes = {
  strong: { strokeWidth: 2, strokeOpacity: 0.95 },
  normal: { strokeWidth: 1.2, strokeOpacity: 0.6 },
  faint: { strokeWidth: 0.8, strokeOpacity: 0.35 },
} as const;

/** Points without a neighbor in their run, which no line shows. */
function selectIsolated(points: readonly LinePoint[]): LinePoint[] {
  const isDrawn = (point: LinePoint | undefined): boolean => Number.isFinite(point?.y);
  return points.filter((point, at) => {
    const neighbors = [points[at - 1], points[at + 1]].filter((other) => isDrawn(other) && other!.run === point.run);
    return isDrawn(point) && neighbors.length === 0;
  });
}

function createBarMarks({ bars }: Extract<Series, { draw: 'bars' }>, color: string, y: GetRow): Plot.Markish[] {
  const place = { y };
  const spread = bars.filter(({ low, high }) => low !== undefined && high !== undefined);
  const written = bars.filter(({ text }) => text !== undefined);
  return [
    Plot.barX(bars, { ...place, x: 'x', fill: color, fillOpacity: 0.85 }),
    Plot.ruleY(spread, { ...place, x1: 'low', x2: 'high', stroke: 'currentColor', strokeWidth: 1.2 }),
    Plot.text(written, {
      ...place,
      x: ({ x, high }) => Math.max(x, high ?? x),
      text: 'text',
      textAnchor: 'start',
      dx: 5,
    }),
  ];
}

const ruleLine = { stroke: 'currentColor', strokeOpacity: 0.7, strokeDasharray: '3 3' } as const;
const ruleText = { fill: 'currentColor', stroke: 'var(--ground)', strokeWidth: 4 } as const;

function createRuleMarks(figure: Figure, categories: boolean): Plot.Markish[] {
  const across = figure.rules?.filter((rule) => 'y' in rule) ?? [];
  const upright = figure.rules?.filter((rule) => 'x' in rule) ?? [];
  // Above the figure there is space for one label, unless there is a top axis.
  const above = !figure.top && (categories || upright.length === 1);
  return [
    Plot.ruleY(across, { y: 'y', ...ruleLine }),
    Plot.text(across, { y: 'y', text: 'label', frameAnchor: 'right', textAnchor: 'end', dx: -2, dy: -7, ...ruleText }),
    Plot.ruleX(upright, { x: 'x', ...ruleLine }),
    ...upright.map((rule, at) =>
      Plot.text([rule], {
        x: 'x',
        text: 'label',
        ...(above ? { frameAnchor: 'top', lineAnchor: 'bottom', dy: -2 } : { frameAnchor: 'bottom', dy: -4 - 13 * at }),
        ...alignRuleText(figure, rule.x),
        ...ruleText,
      }),
    ),
  ];
}

/** Labels of lines in the right half are to the left of the line, so that they stay within the figure. */
function alignRuleText(figure: Figure, x: number): { textAnchor: 'start' | 'end'; dx: number } {
  const places = figure.series.flatMap(listPositions);
  const [from, to] = figure.x.domain ?? [Math.min(...places), Math.max(...places)];
  return x > (from + to) / 2 ? { textAnchor: 'end', dx: -4 } : { textAnchor: 'start', dx: 4 };
}

function listPositions(series: Series): number[] {
  switch (series.draw) {
    case 'line':
    case 'points':
      return series.points.map(({ x }) => x);
    case 'columns':
      return series.columns.flatMap(({ from, to }) => [from, to]);
    case 'spans':
      return series.spans.flatMap(({ from, to }) => [from, to]);
    case 'bars':
      return [0, ...series.bars.map(({ x }) => x)];
    case 'intervals':
      return series.intervals.flatMap(({ low, high }) => [low, high]);
  }
}
