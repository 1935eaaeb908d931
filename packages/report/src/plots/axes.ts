import * as Plot from '@observablehq/plot';
import type { CategoryRows } from './category-rows.js';
import type { Axis, Figure } from './figure.js';

const faint = { strokeOpacity: 0.12 };

/** The grid and the axis of x, and the second scale above if there is one. */
export function createXAxes({ x, top }: Figure): Plot.Markish[] {
  return [
    Plot.gridX({ ...faint, ...getTicks(x) }),
    Plot.axisX({ anchor: 'bottom', label: x.label, ...getTicks(x), ...getFormat(x) }),
    ...(top ? [createTopAxis(top)] : []),
  ];
}

/** The grid and the axis of y. */
export function createYAxis(y: Axis): Plot.Markish[] {
  return [
    Plot.gridY({ ...faint, ...getTicks(y) }),
    Plot.axisY({ anchor: 'left', label: y.label || null, ...getArrow(y), ...getTicks(y), ...getFormat(y) }),
  ];
}

/** Labels each category once, in the middle of its rows. */
export function createCategoryAxis(
  { categories, getKey }: CategoryRows,
  { series }: Figure,
  step: number,
): Plot.Markish {
  const middleRow = Math.floor(series.length / 2);
  const names = new Map(categories.map((category) => [getKey(category, middleRow), category]));
  return Plot.axisY([...names.keys()], {
    anchor: 'left',
    label: null,
    tickSize: 0,
    tickFormat: (key: string) => names.get(key)!,
    dy: series.length % 2 === 0 ? -step / 2 : 0,
  });
}

/** Rows that are numbered from the top have no direction. */
const getArrow = ({ domain }: Axis): { labelArrow?: 'none' } =>
  domain && domain[0] > domain[1] ? { labelArrow: 'none' } : {};

const getTicks = ({ ticks }: Axis): { ticks?: number[] } => (ticks ? { ticks: [...ticks] } : {});

/** Without a format Plot writes thousandths on a logarithmic scale as `m`. */
function getFormat({ format, scale }: Axis): { tickFormat?: string | ((value: number) => string) } {
  if (format) return { tickFormat: format };
  return scale === 'log' ? { tickFormat: '~g' } : {};
}

function createTopAxis({ label, ticks }: NonNullable<Figure['top']>): Plot.Markish {
  const texts = new Map(ticks.map(({ at, text }) => [at, text]));
  return Plot.axisX(
    ticks.map(({ at }) => at),
    { anchor: 'top', label, tickFormat: (at: number) => texts.get(at) ?? '' },
  );
}
