import * as Plot from '@observablehq/plot';
import type { ParallelScale } from './figure.js';
import { estimateTextWidth } from './svg-element.js';

const rowHeight = 48;
const marginX = 16;
const halo = { fill: 'currentColor', stroke: 'var(--ground)', strokeWidth: 4 } as const;

/** Size of parallel coordinates: each scale has its label above and the texts of its ticks below. */
export function measureScales(scales: readonly ParallelScale[], width: number): Plot.PlotOptions {
  return {
    width,
    height: scales.length * rowHeight,
    marginLeft: marginX,
    marginRight: marginX,
    marginTop: rowHeight / 2,
    marginBottom: rowHeight / 2,
    x: { type: 'linear', domain: [0, 1] },
    y: { type: 'linear', domain: [Math.max(1, scales.length - 1), 0] },
  };
}

/** The scales and their ticks, which are drawn below the data. */
export function createScaleMarks(scales: readonly ParallelScale[]): Plot.Markish[] {
  const ticks = scales.flatMap((scale, y) => scale.ticks.map(({ at }) => ({ at, y })));
  return [
    Plot.ruleY([...scales.keys()], { x1: 0, x2: 1, stroke: 'currentColor', strokeOpacity: 0.6 }),
    Plot.ruleX(ticks, { x: 'at', y1: ({ y }) => y - 0.06, y2: ({ y }) => y + 0.06, stroke: 'currentColor' }),
  ];
}

/** The texts of the scales, which are drawn above the data. */
export function createScaleTexts(scales: readonly ParallelScale[], width: number): Plot.Markish[] {
  const texts = scales.flatMap((scale, y) =>
    selectFitting(scale.ticks, width - 2 * marginX).map((tick) => ({ ...tick, y })),
  );
  const align = (textAnchor: 'start' | 'middle' | 'end') =>
    Plot.text(
      texts.filter(({ at }) => chooseAnchor(at) === textAnchor),
      { x: 'at', y: 'y', text: 'text', textAnchor, dy: 12, ...halo },
    );
  return [
    Plot.text(scales, {
      x: () => 0,
      y: (_, row: number) => row,
      text: 'label',
      textAnchor: 'start',
      dy: -11,
      fontWeight: 600,
      ...halo,
    }),
    ...(['start', 'middle', 'end'] as const).map(align),
  ];
}

const chooseAnchor = (at: number): 'start' | 'middle' | 'end' => (at < 0.03 ? 'start' : at > 0.97 ? 'end' : 'middle');

/** Leaves out texts that would cover an earlier one. The last one goes before those in the middle. */
function selectFitting(ticks: ParallelScale['ticks'], width: number): ParallelScale['ticks'] {
  const places = ticks.map(({ at, text }) => {
    const size = estimateTextWidth(text);
    const anchor = chooseAnchor(at);
    const from = at * width - (anchor === 'start' ? 0 : anchor === 'end' ? size : size / 2);
    return { from, to: from + size };
  });
  const order = [...new Set([0, ticks.length - 1, ...ticks.keys()])].filter((number) => number in ticks);
  const chosen = new Set<number>();
  for (const number of order) {
    const { from, to } = places[number]!;
    const isFree = [...chosen].every((other) => from > places[other]!.to + 6 || to < places[other]!.from - 6);
    if (isFree) chosen.add(number);
  }
  return ticks.filter((_, number) => chosen.has(number));
}
