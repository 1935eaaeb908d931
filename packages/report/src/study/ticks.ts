import type { Axis } from '../plots/figure.js';

/** Values beyond are drawn here, since the length of an axis must be a finite number. */
const largest = 8e307;

/** Creates an axis with round ticks, about six of them, and labels of at most seven or eight digits. */
export function createAxis(label: string, low: number, high: number, scale: 'linear' | 'log' = 'linear'): Axis {
  const domain = widen(Math.max(-largest, Math.min(largest, low)), Math.max(-largest, Math.min(largest, high)), scale);
  const ticks = scale === 'log' ? createLogTicks(...domain) : createTicks(...domain);
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : 0;
  return { label, domain, scale, ticks, format: (tick) => formatTick(tick, scale === 'log' ? 0 : step) };
}

/** An axis of integers from 0, such as numbers of trials. */
export function createCountAxis(label: string, last: number): Axis {
  const high = Math.max(1, last);
  const ticks = createTicks(0, high).filter(Number.isInteger);
  return { label, domain: [0, high], ticks, format: (tick) => formatTick(tick, 1) };
}

function widen(low: number, high: number, scale: 'linear' | 'log'): [number, number] {
  if (low < high) return [low, high];
  if (scale === 'log') return [low / 2, high * 2];
  const space = Math.abs(low) / 10 || 1;
  return [low - space, high + space];
}

/** Multiples of 1, 2 or 5 times a power of ten within a range: four to eight. */
function createTicks(low: number, high: number): number[] {
  const rough = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough * 0.8)!;
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  // A range that is narrow beside its distance from zero has no room for steps.
  if (!(last - first < 20) || !Number.isFinite(step) || step === 0) return [low, high];
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(15)));
}

/** Powers of ten, or of a hundred and so on; with 2 and 5 times these where the range has fewer than three. */
function createLogTicks(low: number, high: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = Math.max(1, Math.ceil((last - first) / 5));
  const powers = Array.from(
    { length: Math.max(0, Math.floor((last - first) / step) + 1) },
    (_, at) => first + at * step,
  );
  if (powers.length > 2) return powers.map((power) => Number(`1e${power}`));
  const finer = Array.from({ length: last - first + 3 }, (_, at) => first - 1 + at).flatMap((power) =>
    [1, 2, 5].map((factor) => Number(`${factor}e${power}`)),
  );
  const inside = finer.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  return inside.length > 1 ? inside : createTicks(low, high);
}

/** As many digits as tell neighbors apart. */
function formatTick(tick: number, step: number): string {
  if (tick === 0) return '0';
  const size = Math.abs(tick);
  if (size >= 1e6 || size < 1e-4) {
    const digits = step > 0 ? Math.floor(Math.log10(size)) - Math.floor(Math.log10(step)) : 2;
    return tick
      .toExponential(Math.max(0, Math.min(12, digits)))
      .replace(/(\.\d*?)0+e/, '$1e')
      .replace('.e', 'e')
      .replace('e+', 'e');
  }
  const decimals = step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
  return step > 0 ? tick.toFixed(Math.min(20, decimals)) : String(Number(tick.toPrecision(4)));
}
