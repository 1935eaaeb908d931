import type { MemoryResult } from '../engine/measure-memory.js';
import type { BenchmarkResult } from '../measure/run-case.js';

/** Whether a case reached its target; `unknown` where no peer was measured, `undefined` without a target. */
export type TargetState = 'reached' | 'missed' | 'unknown';

/** Compares the median ratio to the fastest peer with the target of the case. */
export function compareWithTarget({
  ratio,
  maxRatio,
}: Pick<BenchmarkResult, 'ratio' | 'maxRatio'>): TargetState | undefined {
  if (maxRatio === undefined) return undefined;
  if (!ratio) return 'unknown';
  return ratio.median <= maxRatio ? 'reached' : 'missed';
}

/** Whether the peak memory of a process is above its target. */
export function isAboveTarget({ bytes, maxBytes }: Pick<MemoryResult, 'bytes' | 'maxBytes'>): boolean {
  return bytes > maxBytes;
}

/** Formats a target with its state, e.g. `0.33, missed`. */
export function formatTarget(target: string, state: TargetState | undefined): string {
  if (state === 'missed') return `${target}, **missed**`;
  return state === 'unknown' ? `${target}, not compared` : target;
}
