import type { NumberColumn } from './growing-column.js';

/** Unit of timestamps: since 1970, or ISO dates. */
export type TimeUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds' | 'date';

/** What a reader needs to know to convert a time that is a number. */
const PER_SECOND: Readonly<Record<TimeUnit, number>> = {
  seconds: 1,
  milliseconds: 1e3,
  microseconds: 1e6,
  nanoseconds: 1e9,
  date: 1,
};
const UNITS = ['seconds', 'milliseconds', 'microseconds', 'nanoseconds'] as const;

/** Seconds from which a time is refused: the year 5138. */
const LATEST = 1e11;

/** The years in which logs are usual: 1980 to 2100. */
const [USUAL_FROM, USUAL_TO] = [315_532_800, 4_102_444_800] as const;

/** Times of a finer unit before March 1973 are refused if a coarser unit makes usual years of them. */
const EARLY = 1e8;

/**
 * Converts times to seconds since 1970, in place.
 *
 * A unit is refused if it cannot be that of the times: from the year 5138 on, or before 1973 where a coarser unit leads
 * to usual years.
 *
 * @param fail throws the error for a row, from 0
 */
export function convertToSeconds(
  times: NumberColumn,
  unit: TimeUnit,
  fail: (row: number, expected: string, received: string, hint: string) => never,
): Float64Array {
  const refuse = (row: number): never => {
    const time = times[row]!;
    const likely = UNITS.find((each) => isUsual(time / PER_SECOND[each]));
    const hint =
      likely === undefined || likely === unit
        ? 'Correct the row, or set times to the unit of the column.'
        : likely === 'seconds'
          ? "If these are seconds, leave times out or set times: 'seconds'."
          : `If these are ${likely}, set times: '${likely}'.`;
    return fail(row, `${unit} since 1970`, String(time), hint);
  };
  if (unit === 'date') return times as Float64Array;
  const scale = PER_SECOND[unit];
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < times.length; row++) {
    const time = times[row]!;
    if (Math.abs(time) >= LATEST * scale) refuse(row);
    if (time < smallest) smallest = time;
    if (time > largest) largest = time;
  }
  if (scale === 1) return times as Float64Array;
  const isAbsolute = smallest >= USUAL_FROM || isUsual(largest / scale);
  for (let row = 0; row < times.length; row++) {
    const time = times[row]!;
    if (isAbsolute && Math.abs(time) < EARLY * scale && fitsCoarserUnit(time, scale)) refuse(row);
    times[row] = time / scale;
  }
  return times as Float64Array;
}

function fitsCoarserUnit(time: number, scale: number): boolean {
  return UNITS.some((unit) => PER_SECOND[unit] < scale && isUsual(time / PER_SECOND[unit]));
}

function isUsual(seconds: number): boolean {
  return seconds >= USUAL_FROM && seconds < USUAL_TO;
}
