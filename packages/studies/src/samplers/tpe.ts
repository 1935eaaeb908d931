import { assertInteger, assertNumber, invalid } from '@footlight/core';
import { type Distribution, toExternal, toInternal } from '../distributions.js';
import { followFinished } from '../follow-finished.js';
import type { DrawContext, Sampler, StudyView, TrialRecord } from '../types.js';
import { drawUniformly } from './draw-uniformly.js';
import { createParzen } from './parzen.js';
import { createGroups, createIntersection, type Space } from './search-space.js';
import { splitTrials } from './split-trials.js';
import { createTrialColumns } from './trial-columns.js';

/** Number of good trials among n trials. */
export type GoodCount = 'tenth' | 'root';

export interface TpeOptions {
  /**
   * Rules to begin with, which other options change: `optuna-5` (multivariate, constant liar), `optuna-4` (each
   * parameter by itself, running trials ignored), or `hyperopt` (as `optuna-4`, with 20 random trials and √n / 4 good
   * trials). Default `optuna-5`.
   */
  readonly rules?: 'optuna-5' | 'optuna-4' | 'hyperopt' | undefined;
  /** Number of complete or pruned trials before which parameters are random. Default 10. */
  readonly startupTrials?: number | undefined;
  /** Number of candidates of which the best is taken. Default 24. */
  readonly candidates?: number | undefined;
  /** Whether parameters that every trial had are drawn together. Default: true for one direction, false for more. */
  readonly multivariate?: boolean | undefined;
  /** Whether a conditional space is drawn together in groups of parameters that occur together. Default false. */
  readonly group?: boolean | undefined;
  /** Whether running trials count as bad ones, so that workers do not search the same place. Default true. */
  readonly constantLiar?: boolean | undefined;
  /** Weight of the prior over the whole range, relative to an observation. Default 1. */
  readonly priorWeight?: number | undefined;
  /** Number of good trials among n: `tenth`, ⌈n / 10⌉, or `root`, ⌈√n / 4⌉; at most 25. Default `tenth`. */
  readonly good?: GoodCount | undefined;
}

const PARAMS = 'tpe:relative_params';
const CHUNK = 2045; // Optuna's limit of one attribute

const presets = {
  'optuna-5': { startupTrials: 10, multivariate: undefined, constantLiar: true, good: 'tenth' },
  'optuna-4': { startupTrials: 10, multivariate: false, constantLiar: false, good: 'tenth' },
  hyperopt: { startupTrials: 20, multivariate: false, constantLiar: false, good: 'root' },
} as const;

/**
 * Tree-structured Parzen estimator (TPE): proposes the candidate with the highest ratio of the density of the good
 * trials to that of the others.
 *
 * $$ x^* = \arg\max_{x \sim \ell} \frac{\ell(x)}{g(x)} $$
 *
 * ℓ is the density of the best trials, and g that of the others; candidates are drawn from ℓ. Of n > 25 trials of a
 * density, the newest 25 have weight 1 and the earlier ones a weight that rises linearly from 1/n.
 *
 * By default the rules are those of Optuna 5. Several directions are split by fronts and hypervolume.
 *
 * @example
 * await createStudy({ name: 'search', sampler: tpeSampler() });
 * @throws {RecsysError} `invalid-argument` if an option is out of its range
 * @source Bergstra et al., NIPS 2011, https://papers.nips.cc/paper/4443; Falkner et al. (BOHB), ICML 2018,
 *   https://arxiv.org/abs/1807.01774; Watanabe 2023, https://arxiv.org/abs/2304.11127; Optuna 5.0
 */
export function tpeSampler(options: TpeOptions = {}): Sampler {
  const { rules = 'optuna-5', candidates = 24, group = false, priorWeight = 1 } = options;
  const preset = presets[rules] ?? invalid('tpeSampler(rules)', Object.keys(presets).join(', '), rules);
  const { startupTrials = preset.startupTrials, constantLiar = preset.constantLiar, good = preset.good } = options;
  assertInteger('tpeSampler(startupTrials)', startupTrials, { minimum: 0 });
  assertInteger('tpeSampler(candidates)', candidates);
  assertNumber('tpeSampler(priorWeight)', priorWeight, { above: 0 });
  if (good !== 'tenth' && good !== 'root') invalid('tpeSampler(good)', 'tenth or root', good);

  const findSpace = createIntersection(true);
  const findGroups = createGroups();
  const count = followFinished(
    () => ({ ended: 0 }),
    (state, { state: ended }) => {
      if (ended !== 'failed') state.ended++;
    },
  );
  const findDistributions = followFinished<{ byName: Map<string, Distribution> }>(
    () => ({ byName: new Map() }),
    ({ byName }, { distributions }) => {
      for (const [name, each] of Object.entries(distributions)) if (!byName.has(name)) byName.set(name, each);
    },
  );
  /** The study of the current draw, for the proposals of running trials. */
  let known: ReadonlyMap<string, Distribution> = new Map();
  const readParams = (trial: TrialRecord) => readProposal(trial, known);
  const follow = createTrialColumns(readParams);

  function draw(study: StudyView, space: Space, context: DrawContext, label: string): Record<string, number> {
    known = findDistributions(study).byName;
    const columns = follow(study);
    const names = [...space.keys()];
    const { ended } = count(study);
    const size = countGood(good, ended, study.directions.length);
    const valuesByName = names.map((name) => columns.getColumn(name)?.values);
    const hasAll = (number: number): boolean => {
      if (number === context.number) return false;
      for (const values of valuesByName) if (!values || Number.isNaN(values[number])) return false;
      return true;
    };
    const { below, above } = splitTrials(study, size, hasAll, constantLiar);
    const axes = names.map((name) => [space.get(name)!, columns.getColumn(name)] as const);
    const shape = { priorWeight, magicClip: true, endpoints: false };
    const weightsBelow = study.directions.length > 1 ? new Float64Array(below.length).fill(1) : weigh(below.length);
    const densities = [
      createParzen(axes, below, weightsBelow, shape),
      createParzen(axes, above, weigh(above.length), shape),
    ] as const;
    const samples = densities[0].sample(context.createRng(label), candidates);
    const [goodLogs, badLogs] = densities.map((density) => density.logDensity(samples)) as [Float64Array, Float64Array];
    let best = 0;
    for (let at = 1; at < candidates; at++)
      if (goodLogs[at]! - badLogs[at]! > goodLogs[best]! - badLogs[best]!) best = at;
    return Object.fromEntries(names.map((name, at) => [name, samples[at]![best]!]));
  }

  return {
    name: rules === 'optuna-5' ? 'tpe' : `tpe(${rules})`,
    sampleJointly(study, context) {
      const multivariate = options.multivariate ?? preset.multivariate ?? study.directions.length === 1;
      if (!(multivariate || group) || count(study).ended < startupTrials) return undefined;
      const spaces = (group ? findGroups(study) : [findSpace(study)]).filter(({ size }) => size > 0);
      if (spaces.length === 0) return undefined;
      const internal = Object.assign(
        {},
        ...spaces.map((space, at) => draw(study, space, context, `joint ${at}`)),
      ) as Record<string, number>;
      if (!constantLiar) return { internal };
      const distributions = new Map(spaces.flatMap((space) => [...space]));
      return { internal, systemAttributes: writeProposal(internal, distributions) };
    },
    sampleOne(study, context, name, distribution) {
      if (count(study).ended < startupTrials) return drawUniformly(distribution, context.createRng(name));
      return draw(study, new Map([[name, distribution]]), context, name)[name]!;
    },
  };
}

function countGood(good: GoodCount, trials: number, directions: number): number {
  if (good === 'root') return Math.min(25, Math.ceil(0.25 * Math.sqrt(trials)));
  const tenth = Math.ceil(0.1 * trials);
  return directions > 1 ? tenth : Math.min(25, tenth);
}

/** The newest 25 trials have weight 1, the earlier ones rise linearly from 1/n to 1. */
function weigh(count: number): Float64Array {
  const weights = new Float64Array(count).fill(1);
  const ramp = count - 25;
  for (let at = 0; at < ramp; at++)
    weights[at] = ramp === 1 ? 1 / count : 1 / count + (at * (1 - 1 / count)) / (ramp - 1);
  return weights;
}

/** Writes the joint proposal of a trial as Optuna does: other workers see it before the parameters are named. */
function writeProposal(
  internal: Readonly<Record<string, number>>,
  space: ReadonlyMap<string, Distribution>,
): Record<string, string> {
  const external = Object.entries(internal).map(([name, value]) => [name, toExternal(space.get(name)!, value)]);
  const text = JSON.stringify(Object.fromEntries(external));
  const chunks = text.match(new RegExp(`[^]{1,${CHUNK}}`, 'g')) ?? [];
  return Object.fromEntries(chunks.map((chunk, at) => [`${PARAMS}:${at}`, chunk]));
}

function readProposal(
  { systemAttributes }: TrialRecord,
  known: ReadonlyMap<string, Distribution>,
): Record<string, number> {
  let text = '';
  for (let at = 0; typeof systemAttributes[`${PARAMS}:${at}`] === 'string'; at++)
    text += systemAttributes[`${PARAMS}:${at}`];
  if (text === '') return {};
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>).flatMap(([name, value]) => {
      const distribution = known.get(name);
      const internal = distribution && toInternal(distribution, value);
      return internal === undefined ? [] : [[name, internal] as const];
    });
    return Object.fromEntries(entries);
  } catch {
    return {}; // another worker has written the first chunks only
  }
}
