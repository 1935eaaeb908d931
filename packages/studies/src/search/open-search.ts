import { invalid, type Json, RecsysError } from '@footlight/core';
import {
  createDataLoader,
  type DataLoader,
  type Experiment,
  type Protocol,
  type RunOptions,
  splitIntoFolds,
} from '@footlight/trainer';
import { areCompatible } from '../distributions.js';
import { encodeDistribution } from '../log/distribution-json.js';
import { memoryLog } from '../log/memory-log.js';
import type { StudyLog } from '../log/types.js';
import { readStopRules, type StopRules } from '../stop-rules.js';
import { createStudy, listStudies } from '../study.js';
import type { Study } from '../study-types.js';
import type { Pruner, Sampler } from '../types.js';
import {
  assertSameSearch,
  DEFINITION_KEY,
  describeSearch,
  findDirection,
  type SearchDefinition,
} from './definition.js';
import { createPointTrial, type PointTrial } from './point.js';
import type { Search } from './types.js';

export interface OpenSearchOptions extends Pick<RunOptions, 'directory' | 'onProgress' | 'signal'> {
  /** Name of the study. Default: that of the search. */
  readonly name?: string | undefined;
  /** Default: a new `memoryLog()`. */
  readonly log?: StudyLog | undefined;
  /** In place of that of the search. */
  readonly sampler?: Sampler | undefined;
  /** In place of that of the search. */
  readonly pruner?: Pruner | undefined;
  /** In place of that of the search. */
  readonly seed?: number | undefined;
  /** Rules that replace those of the search, or of the log if the study is there. */
  readonly stop?: StopRules | undefined;
  /** Continue a study whose search or data have changed. Default false. */
  readonly acceptChanges?: boolean | undefined;
}

/** A search with its study and its data. */
export interface OpenedSearch {
  readonly search: Search;
  readonly study: Study;
  readonly loader: DataLoader;
  /** Protocol of all trials, with the fingerprint of the data. */
  readonly protocol: Protocol;
  readonly directory?: string | undefined;
}

/**
 * Opens the study of a search: loads the data, checks that there is a validation part, and that an earlier study of the
 * name has the same data, protocol and fixed options.
 *
 * @throws {RecsysError} `invalid-argument` if the search does not fit its experiments; `search-changed` if the study
 *   has trials of another search or other data; `parameter-changed` if a parameter has another kind or choices
 */
export async function openSearch(search: Search, options: OpenSearchOptions = {}): Promise<OpenedSearch> {
  const { log = memoryLog(), directory, onProgress, signal, acceptChanges = false } = options;
  const name =
    options.name ?? search.name ?? invalid('openSearch(name)', 'a name of the study', 'none', 'Name the search.');
  const loader = createDataLoader(countRuns(search));
  const stored = (await listStudies(log)).includes(name) ? await createStudy({ name, log }) : undefined;
  const earlier = stored?.attributes[DEFINITION_KEY] as SearchDefinition | undefined;

  const point = createPointTrial(earlier?.point ?? {}, false);
  const experiment = checkSpace(search, search.space(point.trial));
  const loaded = await loader.load(splitIntoFolds(experiment)[0], { directory, onProgress, signal });
  if (!loaded.splits.validation)
    invalid(
      `search ${name}`,
      'experiments whose split has a validation part, since the test part must not choose options',
      `${experiment.split.name}, which has none`,
      'Choose a split that has one, e.g. leaveLastOut().',
    );
  const definition = describeSearch(search, experiment, loaded.protocol, point.params);
  const hasTrials = stored !== undefined && stored.trials.length > 0;
  if (stored && hasTrials) assertSameParameters(stored, point);
  if (earlier && hasTrials && !acceptChanges) assertSameSearch(name, earlier, definition);
  if (hasTrials && !earlier && !acceptChanges)
    throw new RecsysError(
      'search-changed',
      `study ${name}: expected trials of this search, received trials of another program, without a description of ` +
        'their data. Choose another name, or accept the changes.',
    );

  const study = await createStudy({
    name,
    log,
    direction: findDirection(search, experiment),
    sampler: options.sampler ?? search.sampler,
    pruner: options.pruner ?? search.pruner,
    seed: options.seed ?? search.seed,
    stop: chooseStopRules(search, stored, options.stop),
  });
  if (JSON.stringify(earlier) !== JSON.stringify(definition))
    await study.setAttribute(DEFINITION_KEY, definition as unknown as Json);
  return { search, study, loader, protocol: definition.protocol, directory };
}

function countRuns({ seeds = 1 }: Search): number {
  return Math.max(8, seeds);
}

function checkSpace({ objective }: Search, experiment: Experiment): Experiment {
  if (typeof experiment !== 'object' || !Array.isArray(experiment?.metrics))
    invalid('defineSearch(space)', 'a function that returns an experiment', String(experiment));
  const names = experiment.metrics.map(({ name }) => name);
  if (!names.includes(objective.metric))
    invalid('defineSearch(objective.metric)', `one of ${names.join(', ')}`, objective.metric);
  return experiment;
}

/** Choices and kinds of parameters must stay; ranges may change. */
function assertSameParameters({ name, trials }: Study, { distributions }: PointTrial): void {
  for (const [parameter, distribution] of Object.entries(distributions)) {
    const before = trials.find((trial) => parameter in trial.distributions)?.distributions[parameter];
    if (before && !areCompatible(before, distribution))
      throw new RecsysError(
        'parameter-changed',
        `study ${name}: expected the parameter ${parameter} of its earlier trials, ${encodeDistribution(before)}, ` +
          `received ${encodeDistribution(distribution)}. Give the parameter or the study another name.`,
      );
  }
}

/** Rules in the log stay, unless others are given. */
function chooseStopRules(
  { trials, stop }: Search,
  stored: Study | undefined,
  given: StopRules | undefined,
): StopRules | undefined {
  const before = stored ? readStopRules(stored) : { ...stop, ...(trials === undefined ? {} : { trials }) };
  const rules = { ...before, ...given };
  return Object.keys(rules).length === 0 ? undefined : rules;
}

/**
 * Creates the experiment of a trial from its parameters.
 *
 * @throws {RecsysError} `invalid-argument` if the space names a parameter that the trial lacks
 * @example
 * await runExperiment(createTrialExperiment(search, study.best));
 */
export function createTrialExperiment(
  search: Search,
  { params }: { readonly params: PointTrial['params'] },
): Experiment {
  return search.space(createPointTrial(params, true).trial);
}
