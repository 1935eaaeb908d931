import type { MetricResult } from '../result.js';
import { computeInterval } from './compute-interval.js';
import { asHtml, type Html } from './html.js';
import { formatValue } from './names.js';

/** Range of the values that strips show. */
export interface StripScale {
  readonly from: number;
  readonly to: number;
  /** Value of the baseline, drawn as a line. */
  readonly baseline?: number;
}

const [width, height] = [140, 18];

/** Chooses a scale for strips of results: around those that are not worse than `worst`, with their intervals. */
export function createStripScale(results: readonly MetricResult[], baseline: number | undefined): StripScale {
  const ends = results.flatMap((result) => [
    result.mean,
    ...(['seeds', 'users'] as const).flatMap((kind) => computeInterval(result, kind) ?? []),
  ]);
  const [low, high] = [Math.min(...ends, baseline ?? Infinity), Math.max(...ends, baseline ?? -Infinity)];
  const margin = 0.04 * (high - low || Math.abs(high) || 1);
  return { from: low - margin, to: high + margin, ...(baseline === undefined ? {} : { baseline }) };
}

/**
 * Draws a mean with two 95 % intervals: over seeds as a thick bar, over users as a thin line. What lies outside the
 * scale becomes an arrow at its end.
 */
export function drawIntervalStrip(result: MetricResult, { from, to, baseline }: StripScale): Html {
  const place = (value: number) => Math.round((10 * width * (value - from)) / (to - from)) / 10;
  const clamp = (value: number) => Math.min(width, Math.max(0, place(value)));
  const [users, seeds] = [computeInterval(result, 'users'), computeInterval(result, 'seeds')];
  const middle = height / 2;
  const parts = [
    ...(baseline === undefined ? [] : [`<path class="rule" d="M${place(baseline)} 0V${height}"/>`]),
    ...(users ? [`<path class="users" d="M${clamp(users[0])} ${middle}H${clamp(users[1])}"/>`] : []),
    ...(seeds ? [`<path class="seeds" d="M${clamp(seeds[0])} ${middle}H${clamp(seeds[1])}"/>`] : []),
    drawMean(place(result.mean), middle),
  ];
  const label = [
    formatValue(result.mean),
    ...(seeds ? [`over seeds ${formatEnds(seeds)}`] : []),
    ...(users ? [`over users ${formatEnds(users)}`] : []),
  ].join(', ');
  return asHtml(
    `<svg class="strip" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">` +
      `<title>${label}</title>${parts.join('')}</svg>`,
  );
}

function drawMean(x: number, y: number): string {
  if (x < 0) return `<path class="mean" d="M0 ${y}l7 -4v8z"/>`;
  if (x > width) return `<path class="mean" d="M${width} ${y}l-7 -4v8z"/>`;
  return `<circle class="mean" cx="${x}" cy="${y}" r="3.5"/>`;
}

const formatEnds = (ends: readonly [number, number]): string => ends.map(formatValue).join(' to ');
