import type { NumericDistribution } from '../distributions.js';
import { logNormalMassAround } from '../numeric/normal.js';

/** Kernels of a number; the prior is the last one. */
export interface NumericKernels {
  readonly kind: 'numeric';
  readonly distribution: NumericDistribution;
  readonly low: number;
  readonly high: number;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** Logarithms of the normalizing constants: of the mass within the range, the deviation and √2π. */
  readonly constants: Float64Array;
  /** Kernel numbers by ascending mean, so that equal kernels are neighbors. */
  readonly order: Int32Array;
}

/** Kernels of a choice; the prior follows the observations. */
interface CategoricalKernels {
  readonly kind: 'categorical';
  readonly choices: number;
  readonly observed: Int32Array;
  /** Probabilities of the observed choice and of each other one, under a kernel. */
  readonly hit: number;
  readonly miss: number;
}

export type Kernels = NumericKernels | CategoricalKernels;

/** The kernels that still matter at one sample, and the logarithms of their products so far. */
interface Survivors {
  readonly kernels: Int32Array;
  readonly logs: Float64Array;
  count: number;
}

/** The logarithms of the kernels of one parameter at the samples. None is above 0. */
export interface Term {
  /** Terms that are cheap to compute come first and leave fewer kernels for the others. */
  readonly cost: number;
  /** The logarithm of one kernel at a sample. */
  compute(kernel: number, sample: number): number;
  /** Adds the logarithms at a sample, and drops the kernels that fall below the limit. */
  add(survivors: Survivors, sample: number, limit: number): void;
}

/**
 * log Σ exp over the kernels, for each sample.
 *
 * Terms below e⁻⁴⁰ of the largest change nothing. The prior is a lower bound of the largest, and a product of some
 * parameters is an upper bound of that of all, so that most kernels are dropped after a few parameters.
 */
export function sumKernels(base: Float64Array, terms: readonly Term[], samples: number): Float64Array {
  const survivors: Survivors = { kernels: new Int32Array(base.length), logs: new Float64Array(base.length), count: 0 };
  const { kernels, logs } = survivors;
  const prior = base.length - 1;
  return Float64Array.from({ length: samples }, (_, sample) => {
    const limit = terms.reduce((sum, term) => sum + term.compute(prior, sample), base[prior]!) - 40;
    for (let k = 0; k < base.length; k++) kernels[k] = k;
    logs.set(base);
    survivors.count = base.length;
    for (const term of terms) term.add(survivors, sample, limit);
    let largest = -Infinity;
    for (let i = 0; i < survivors.count; i++) if (logs[i]! > largest) largest = logs[i]!;
    let sum = 0;
    for (let i = 0; i < survivors.count; i++) sum += Math.exp(logs[i]! - largest);
    return largest + Math.log(sum);
  });
}

/** The term of one parameter. */
export function createTerm(kernels: Kernels, samples: Float64Array): Term {
  if (kernels.kind === 'categorical') return createChoiceTerm(kernels, samples);
  return kernels.distribution.step === null ? createDensityTerm(kernels, samples) : createMassTerm(kernels, samples);
}

/** `add` of a term, kernel by kernel. */
function addEach(compute: Term['compute']): Term['add'] {
  return (survivors, sample, limit) => {
    const { kernels: numbers, logs, count } = survivors;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const sum = logs[i]! + compute(numbers[i]!, sample);
      if (sum < limit) continue;
      logs[kept] = sum;
      numbers[kept++] = numbers[i]!;
    }
    survivors.count = kept;
  };
}

function createChoiceTerm(kernels: CategoricalKernels, samples: Float64Array): Term {
  const { observed, choices } = kernels;
  const [hit, miss, prior] = [Math.log(kernels.hit), Math.log(kernels.miss), -Math.log(choices)];
  const compute = (kernel: number, sample: number): number =>
    kernel === observed.length ? prior : observed[kernel] === samples[sample] ? hit : miss;
  return {
    cost: 1,
    compute,
    add: addEach(compute),
  };
}

/**
 * Numbers without a step: −((x − μ) / σ)² / 2; the constants are in the base of the sum. Most parameters are such, so
 * that `add` has no call per kernel.
 */
function createDensityTerm({ distribution, means, deviations }: NumericKernels, samples: Float64Array): Term {
  const places = distribution.log ? samples.map(Math.log) : samples;
  return {
    cost: 0,
    compute: (kernel, sample) => -0.5 * ((places[sample]! - means[kernel]!) / deviations[kernel]!) ** 2,
    add(survivors, sample, limit) {
      const { kernels: numbers, logs, count } = survivors;
      const x = places[sample]!;
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const kernel = numbers[i]!;
        const z = (x - means[kernel]!) / deviations[kernel]!;
        const sum = logs[i]! - 0.5 * z * z;
        if (sum < limit) continue;
        logs[kept] = sum;
        numbers[kept++] = kernel;
      }
      survivors.count = kept;
    },
  };
}

/** Numbers with a step: the mass of each kernel within half a step around the sample. */
function createMassTerm(kernels: NumericKernels, samples: Float64Array): Term {
  const { distribution, means, deviations, constants } = kernels;
  const { groups, size } = groupKernels(kernels);
  const half = distribution.step! / 2;
  const known = new Map<number, Float64Array>(); // by sample and group, since few values differ
  const compute = (kernel: number, sample: number): number => {
    const value = samples[sample]!;
    const logs = known.get(value) ?? new Float64Array(size).fill(Number.NaN);
    known.set(value, logs);
    const group = groups[kernel]!;
    if (!Number.isNaN(logs[group])) return logs[group]!;
    const [center, width] = distribution.log
      ? [0.5 * (Math.log(value - half) + Math.log(value + half)), Math.log1p((2 * half) / (value - half))]
      : [value, 2 * half];
    const [mean, deviation] = [means[kernel]!, deviations[kernel]!];
    const within = constants[kernel]! - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
    logs[group] = logNormalMassAround((center - mean) / deviation, width / deviation) - within;
    return logs[group]!;
  };
  return {
    cost: 2,
    compute,
    add: addEach(compute),
  };
}

/** Gives equal kernels one number. */
function groupKernels({ means, deviations, order }: NumericKernels): {
  readonly groups: Int32Array;
  readonly size: number;
} {
  const groups = new Int32Array(means.length);
  let [mean, deviation, group] = [Number.NaN, Number.NaN, -1];
  for (const kernel of order) {
    if (means[kernel] !== mean || deviations[kernel] !== deviation) {
      [mean, deviation] = [means[kernel]!, deviations[kernel]!];
      group++;
    }
    groups[kernel] = group;
  }
  return { groups, size: group + 1 };
}
