import { chooseScale } from '../page/choose-scale.js';
import type { Axis } from '../plots/figure.js';
import { formatObjective } from './format-numbers.js';
import { createAxis } from './ticks.js';

/** An axis of objective values on which a few very bad ones do not hide the others. */
export interface ValueAxis {
  readonly axis: Axis;
  /** The position of a value: bad values beyond the axis, and infinite ones, are at its edge. */
  place(value: number): number;
  /** The edge where the bad values are. */
  readonly worst: number;
  /** Sentences on what is beyond the axis; empty if nothing is. */
  readonly remarks: readonly string[];
}

/**
 * Creates an axis for objective values.
 *
 * Losses far apart have a logarithmic scale. If a tenth of the values is much worse than all others, the axis ends
 * before them.
 */
export function createValueAxis(
  label: string,
  values: readonly number[],
  direction: 'minimize' | 'maximize',
): ValueAxis {
  const finite = values.filter(Number.isFinite).sort((one, other) => one - other);
  if (direction === 'maximize') finite.reverse(); // best first
  const [best = 0, last = 1] = [finite[0], finite.at(-1)];
  const isLog = direction === 'minimize' && finite.length > 0 && chooseScale([best, last]) === 'log';
  const edge = isLog ? last : chooseEdge(finite, best, last);
  const axis = createAxis(label, Math.min(best, edge), Math.max(best, edge), isLog ? 'log' : 'linear');
  const [low, high] = axis.domain!;
  const beyond = finite.filter((value) => value < low || value > high);
  const infinite = values.filter((value) => !Number.isFinite(value) && !Number.isNaN(value)).length;
  return {
    axis,
    place: (value) => Math.min(high, Math.max(low, value)),
    worst: direction === 'minimize' ? high : low,
    remarks: [
      ...(beyond.length > 0
        ? [`${countValues(beyond.length)} beyond the axis, up to ${formatObjective(last)}, drawn at its edge.`]
        : []),
      ...(infinite > 0
        ? [`${infinite === 1 ? 'One value is' : `${infinite} values are`} infinite, drawn at the edge.`]
        : []),
    ],
  };
}

const countValues = (count: number): string => (count === 1 ? 'One value is' : `${count} values are`);

/** The end of the axis: the worst value, unless the worst tenth is far from the others. */
function chooseEdge(finite: readonly number[], best: number, last: number): number {
  const usual = finite[Math.floor(0.9 * (finite.length - 1))] ?? last;
  if (finite.length < 20 || usual === best) return last;
  return Math.abs(last - best) > 4 * Math.abs(usual - best) ? best + 1.5 * (usual - best) : last;
}
