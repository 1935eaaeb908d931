import { type ComponentEntry, option } from './component.js';

/** Samplers of hyperparameters, for `footlight study run --sampler`. */
export const samplers: readonly ComponentEntry[] = [
  {
    name: 'tpe',
    exported: 'tpeSampler',
    summary: 'tree-structured Parzen estimator: follows the densities of good and other trials',
    options: [
      option('rules', 'choice', 'rules that the other options change', {
        choices: ['optuna-5', 'optuna-4', 'hyperopt'],
        default: 'optuna-5',
      }),
      option('startupTrials', 'integer', 'trials before which parameters are random', {
        default: '10, with hyperopt 20',
      }),
      option('candidates', 'integer', 'candidates of which the best is taken', { default: '24' }),
      option('multivariate', 'boolean', 'whether parameters are drawn together', {
        default: 'true with the rules optuna-5',
      }),
      option('group', 'boolean', 'whether a conditional space is drawn together in groups', { default: 'false' }),
      option('constantLiar', 'boolean', 'whether running trials count as bad ones', {
        default: 'true with the rules optuna-5',
      }),
      option('priorWeight', 'number', 'weight of the prior, relative to a trial', { default: '1' }),
      option('good', 'choice', 'number of good trials among n: a tenth, or √n / 4', {
        choices: ['tenth', 'root'],
        default: 'tenth, with hyperopt root',
      }),
    ],
  },
  {
    name: 'cma-es',
    exported: 'cmaEsSampler',
    summary: 'CMA-ES: follows the best trials with a normal distribution; for numbers only',
    options: [
      option('population', 'integer', 'trials per generation', { default: '4 + 3 log(parameters)' }),
      option('startupTrials', 'integer', 'trials before which parameters are random', { default: '1' }),
    ],
  },
  {
    name: 'quasi-random',
    exported: 'quasiRandomSampler',
    summary: 'points of a low-discrepancy sequence, which fill the space evenly',
    options: [
      option('sequence', 'choice', 'kind of sequence', { choices: ['sobol', 'halton'], default: 'sobol' }),
      option('scramble', 'boolean', 'whether the sequence is randomized', { default: 'true' }),
      option('seed', 'integer', 'seed of the randomization', { default: '0' }),
    ],
  },
  {
    name: 'grid',
    exported: 'gridSampler',
    summary: 'every combination of values once, in random order',
    options: [option('values', 'value', 'values by parameter, e.g. {dim=[16, 32], rate=[0.1, 0.01]}', { first: true })],
  },
  { name: 'random', exported: 'randomSampler', summary: 'uniform draws from the ranges', options: [] },
];

const startupTrials = option('startupTrials', 'integer', 'complete trials before which no trial is stopped', {
  default: '5',
});
const warmupSteps = option('warmupSteps', 'integer', 'epochs before which no trial is stopped', { default: '0' });
const intervalSteps = option('intervalSteps', 'integer', 'epochs from one decision to the next', { default: '1' });
const minimumTrials = option('minimumTrials', 'integer', 'complete trials that a decision needs', { default: '1' });

/** Pruners, for `footlight study run --pruner`. */
export const pruners: readonly ComponentEntry[] = [
  { name: 'none', exported: 'noPruner', summary: 'every trial runs to its end', options: [] },
  {
    name: 'median',
    exported: 'medianPruner',
    summary: 'stops a trial that is worse than the median of the complete ones at the same epoch',
    options: [startupTrials, warmupSteps, intervalSteps, minimumTrials],
  },
  {
    name: 'percentile',
    exported: 'percentilePruner',
    summary: 'stops a trial that is not among the best percents of the complete ones at the same epoch',
    options: [
      option('keep', 'number', 'percents that go on, from 0 to 100', { first: true }),
      startupTrials,
      warmupSteps,
      intervalSteps,
      minimumTrials,
    ],
  },
  {
    name: 'successive-halving',
    exported: 'successiveHalvingPruner',
    summary: 'ASHA: at each rung of a ladder of epochs, the best share goes on',
    options: [
      option('minimumSteps', 'integer', 'epochs before the first decision', {
        default: 'a hundredth of the longest trial',
      }),
      option('reductionFactor', 'integer', 'one of so many trials goes on', { default: '4' }),
      option('skippedRungs', 'integer', 'rungs that are left out', { default: '0' }),
      option('bootstrapTrials', 'integer', 'trials that a rung needs; needs minimumSteps', { default: '0' }),
    ],
  },
  {
    name: 'hyperband',
    exported: 'hyperbandPruner',
    summary: 'several ladders of successive halving, of which later ones decide later',
    options: [
      option('minimumSteps', 'integer', 'epochs before the earliest decision', { default: '1' }),
      option('maximumSteps', 'integer', 'epochs of a whole trial', { default: 'those of the longest trial' }),
      option('reductionFactor', 'integer', 'one of so many trials goes on', { default: '3' }),
    ],
  },
  {
    name: 'patience',
    exported: 'patiencePruner',
    summary: 'stops a trial whose last epochs are all worse than an earlier one',
    options: [
      option('patience', 'integer', 'epochs without an improvement that are allowed'),
      option('minimumDifference', 'number', 'smallest difference that is an improvement', { default: '0' }),
      option('pruner', 'pruner', 'pruner that decides once patience has ended', { default: 'the trial is stopped' }),
    ],
  },
  {
    name: 'wilcoxon',
    exported: 'wilcoxonPruner',
    summary: 'stops a trial whose seeds or folds are significantly worse than those of the best trial',
    options: [
      option('threshold', 'number', 'p-value below which a trial counts as worse', { default: '0.1' }),
      option('startupSteps', 'integer', 'seeds or folds before which no trial is stopped', { default: '2' }),
    ],
  },
];
