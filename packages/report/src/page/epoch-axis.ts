import type { Axis } from '../plots/figure.js';

const steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000];

/** An axis of epochs from 0 to the last, with ticks at integers. */
export function createEpochAxis(last: number): Axis {
  const step = steps.find((each) => last / each <= 7) ?? 2000;
  const ticks = Array.from({ length: Math.floor(last / step) + 1 }, (_, tick) => tick * step);
  return { label: 'epoch (from 0)', domain: [0, Math.max(1, last)], ticks, format: String };
}
