import type { Distribution } from '../distributions.js';
import { isFinished } from '../log/operations.js';
import type { StudyView, TrialRecord } from '../types.js';

/** The values of one parameter in all trials. */
export interface Column {
  /** Values by the number of the trial, as logarithms if the parameter is searched there; NaN where it is missing. */
  readonly values: Float64Array;
  /** The numbers of the trials that have the parameter, by ascending value, equal ones by number. */
  readonly order: Int32Array;
  readonly count: number;
  /** Standard deviations and logarithms of the normalizing constants that were computed last, by number. */
  readonly sigmas: Float64Array;
  readonly constants: Float64Array;
  /** The range for which the constants were computed. */
  range: string;
}

interface GrowingColumn extends Column {
  readonly log: boolean;
  values: Float64Array;
  order: Int32Array;
  count: number;
  sigmas: Float64Array;
  constants: Float64Array;
}

/** The trials of a study as columns, which grow with it. */
export interface TrialColumns {
  getColumn(name: string): Column | undefined;
}

/**
 * Follows a study: the values of trials that have begun, in sorted order, at a cost that does not grow with the number
 * of ended trials.
 *
 * @param readParams reads the internal values of a running trial, which may be more than it has named so far
 */
export function createTrialColumns(
  readParams: (trial: TrialRecord) => Readonly<Record<string, number>>,
): (study: StudyView) => TrialColumns {
  const known = new WeakMap<readonly number[], Table>(); // the list of ended trials stands for the study
  return (study) => {
    let table = known.get(study.finished);
    if (!table) {
      table = createTable(readParams);
      known.set(study.finished, table);
    }
    table.follow(study);
    return table;
  };
}

interface Table extends TrialColumns {
  follow(study: StudyView): void;
}

function createTable(readParams: (trial: TrialRecord) => Readonly<Record<string, number>>): Table {
  const columns = new Map<string, GrowingColumn>();
  let [open, seen, capacity] = [[] as number[], 0, 64];

  const obtain = (name: string, distribution: Distribution | undefined): GrowingColumn | undefined => {
    let column = columns.get(name);
    if (!column && distribution) {
      column = {
        log: distribution.kind !== 'categorical' && distribution.log,
        values: new Float64Array(capacity).fill(Number.NaN),
        order: new Int32Array(capacity),
        count: 0,
        sigmas: new Float64Array(capacity).fill(Number.NaN),
        constants: new Float64Array(capacity),
        range: '',
      };
      columns.set(name, column);
    }
    return column;
  };
  const grow = (size: number): void => {
    if (size <= capacity) return;
    while (capacity < size) capacity *= 2;
    for (const column of columns.values()) {
      column.values = extend(column.values, capacity);
      column.sigmas = extend(column.sigmas, capacity);
      const { order, constants } = column;
      column.order = new Int32Array(capacity);
      column.order.set(order);
      column.constants = new Float64Array(capacity);
      column.constants.set(constants);
    }
  };
  const enter = (trial: TrialRecord): void => {
    const { number, distributions, internal } = trial;
    const params = isFinished(trial.state) ? internal : { ...readParams(trial), ...internal };
    if (number < seen) for (const [name, column] of columns) if (!Object.hasOwn(params, name)) remove(column, number);
    for (const [name, value] of Object.entries(params)) {
      const column = obtain(name, distributions[name]);
      if (column) set(column, number, column.log ? Math.log(value) : value);
    }
  };

  return {
    follow({ trials }: StudyView): void {
      grow(trials.length);
      const numbers = [...open, ...Array.from({ length: trials.length - seen }, (_, at) => seen + at)];
      for (const number of numbers) enter(trials[number]!);
      open = numbers.filter((number) => !isFinished(trials[number]!.state));
      seen = trials.length;
    },
    getColumn: (name: string): Column | undefined => columns.get(name),
  };
}

function extend(values: Float64Array, capacity: number): Float64Array {
  const longer = new Float64Array(capacity).fill(Number.NaN);
  longer.set(values);
  return longer;
}

/** Removes the value of a trial: a proposal that the objective has not named. */
function remove(column: GrowingColumn, number: number): void {
  const { values, order } = column;
  if (Number.isNaN(values[number])) return;
  const at = order.indexOf(number);
  order.copyWithin(at, at + 1, column.count);
  column.count--;
  values[number] = Number.NaN;
}

/** Sets the value of a trial, and moves it to its place in the order; equal values are ordered by number. */
function set(column: GrowingColumn, number: number, value: number): void {
  const { values, order } = column;
  if (values[number] === value) return;
  remove(column, number);
  let [low, high] = [0, column.count];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = order[middle]!;
    if (values[other]! < value || (values[other] === value && other < number)) low = middle + 1;
    else high = middle;
  }
  order.copyWithin(low + 1, low, column.count);
  order[low] = number;
  values[number] = value;
  column.sigmas[number] = Number.NaN;
  column.count++;
}
