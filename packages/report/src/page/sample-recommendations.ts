import { createRng, type OnProgress } from '@footlight/core';
import { disposeParameters } from '@footlight/layers';
import { type Experiment, type Outcome, type Recommender, runExperiment } from '@footlight/trainer';
import { formatProtocolTitle } from '../format-protocol-title.js';
import type { StoredResult } from '../result.js';
import { groupByProtocol } from '../result-tables.js';

/** A user of the test data with recommendations of several models. */
export interface SampleUser {
  /** Original user id. */
  readonly user: string;
  /** Number of interactions in the user's history. */
  readonly knownCount: number;
  /** Titles of the items that the user rated highest, most recent first. */
  readonly liked: readonly string[];
  /** Titles of the user's test items. */
  readonly heldOut: readonly string[];
  /** One list of titles per model, best item first. */
  readonly lists: readonly { readonly experiment: string; readonly titles: readonly string[] }[];
}

/** Recommendations of models that share a protocol, with the score of each of these models. */
export interface SampleRecommendations {
  /** Title of the protocol: dataset, filters and split. */
  readonly protocol: string;
  readonly models: readonly {
    readonly experiment: string;
    /** Name of the model and its loss. */
    readonly name: string;
    readonly seed: number;
    readonly backend: string;
    /** The first metric with its value, e.g. `ndcg@10 0.0512`. */
    readonly score: string;
  }[];
  readonly users: readonly SampleUser[];
}

/** Finds an experiment by its name. */
export type FindExperiment = (name: string) => Promise<Experiment>;

/** Shows the progress of a run under a label until it is cleared. */
export type ShowProgress = (label: string) => { readonly show: OnProgress; clear(): void };

export interface SampleOptions {
  readonly findExperiment: FindExperiment;
  /** Default: shows nothing. */
  readonly showProgress?: ShowProgress;
  /** Stops training when it aborts. */
  readonly signal?: AbortSignal;
}

const listLength = 5;

// A package contains this dataset, so the lists are the same on every machine and need no network.
const bundledDataset = 'movielens-latest-small';
const longestSeconds = 60;
const modelsPerProtocol = 3;

/**
 * Trains the best models again and recommends items to three test users of each protocol.
 *
 * It takes experiments on the bundled dataset that train in less than a minute, with the first of their seeds.
 */
export async function createSampleRecommendations(
  results: readonly StoredResult[],
  options: SampleOptions,
): Promise<SampleRecommendations[]> {
  const all: SampleRecommendations[] = [];
  for (const group of groupByProtocol(results.filter(isQuick)))
    all.push(await recommendForProtocol(selectBestModels(group), options));
  return all;
}

function isQuick({ experiment, protocol, seconds, metrics }: StoredResult): boolean {
  const ranks = !Object.keys(metrics).some((metric) => metric.startsWith('rmse'));
  return (
    protocol.dataset.name === bundledDataset &&
    !experiment.startsWith('own/') &&
    seconds.train < longestSeconds &&
    ranks
  );
}

/** The best experiment of each kind of model, best first. */
function selectBestModels(group: readonly StoredResult[]): StoredResult[] {
  const metric = Object.keys(group[0]!.metrics)[0]!;
  const best = [...group].sort((one, other) => other.metrics[metric]!.mean - one.metrics[metric]!.mean);
  const getKind = ({ name }: StoredResult) => name.split(' / ')[2]!.replace(/\(.*/, '');
  return best
    .filter((result, index) => best.findIndex((other) => getKind(other) === getKind(result)) === index)
    .slice(0, modelsPerProtocol);
}

async function recommendForProtocol(
  results: readonly StoredResult[],
  options: SampleOptions,
): Promise<SampleRecommendations> {
  const models: SampleRecommendations['models'][number][] = [];
  const lists: SampleUser['lists'][number][][] = [];
  let users: Omit<SampleUser, 'lists'>[] = [];
  for (const { experiment } of results) {
    const definition = await options.findExperiment(experiment);
    const outcome = await train(experiment, definition, options);
    const { recommender, backend, seed, name } = outcome;
    if (users.length === 0) users = await sampleUsers(outcome, definition);
    models.push({
      experiment,
      name: name.split(' / ').slice(2).join(', '),
      seed,
      backend,
      score: formatScore(outcome),
    });
    lists.push(
      await Promise.all(
        users.map(async ({ user }) => ({ experiment, titles: await recommendTitles(recommender, user) })),
      ),
    );
    disposeParameters(recommender.predictor.parameters);
  }
  return {
    protocol: formatProtocolTitle(results[0]!.protocol),
    models,
    users: users.map((user, index) => ({ ...user, lists: lists.map((listsOfModel) => listsOfModel[index]!) })),
  };
}

async function train(name: string, experiment: Experiment, { showProgress, signal }: SampleOptions): Promise<Outcome> {
  const bar = showProgress?.(name);
  try {
    return await runExperiment(experiment, { ...(signal ? { signal } : {}), ...(bar ? { onProgress: bar.show } : {}) });
  } finally {
    bar?.clear();
  }
}

function formatScore({ metrics }: Outcome): string {
  const [metric, { mean }] = Object.entries(metrics)[0]!;
  return `${metric} ${mean.toFixed(4)}`;
}

async function recommendTitles(recommender: Recommender, user: string): Promise<string[]> {
  const list = await recommender.recommend({ user }, listLength);
  return list.map(({ item, title }) => (title === '' ? String(item) : title));
}

/** Three test users: those at the quartiles of the number of known interactions. */
async function sampleUsers(
  { recommender, users, seed }: Outcome,
  experiment: Experiment,
): Promise<Omit<SampleUser, 'lists'>[]> {
  const { known } = recommender;
  const counts = new Int32Array(known.catalogue.userCount);
  for (const user of known.users) counts[user]! += 1;
  const byCount = Array.from(users).sort((one, other) => counts[one]! - counts[other]! || one - other);
  const chosen = [0.25, 0.5, 0.75].map((share) => byCount[Math.floor(share * byCount.length)]!);
  const all = await loadInteractions(experiment, seed);
  return chosen.map((dense) => {
    const user = String(known.catalogue.userIds[dense]);
    const before = new Set(recommender.getHistory(user).map(String));
    const later = findItems(all, user).filter(({ id }) => !before.has(id));
    return {
      user,
      knownCount: counts[dense]!,
      liked: findBestRated(recommender, dense),
      heldOut: later.map(({ title }) => title),
    };
  });
}

function findBestRated({ known: { catalogue, users, items, ratings } }: Recommender, user: number): string[] {
  const rows = [...users.keys()].filter((row) => users[row] === user).reverse();
  const best = rows.sort((one, other) => (ratings?.[other] ?? 0) - (ratings?.[one] ?? 0)); // stable: most recent first
  return best
    .slice(0, listLength)
    .map((row) => catalogue.itemTitles?.[items[row]!] ?? String(catalogue.itemIds[items[row]!]));
}

type Interactions = Recommender['known'];

/** The filtered interactions before the split. */
async function loadInteractions({ dataset, filters = [] }: Experiment, seed: number): Promise<Interactions> {
  return filters.reduce(
    (rest, filter) => filter.apply(rest),
    await dataset.load({ rng: createRng(seed).fork('dataset') }),
  );
}

function findItems(
  { catalogue, users, items }: Interactions,
  user: string,
): { readonly id: string; readonly title: string }[] {
  const dense = Array.from(catalogue.userIds, String).indexOf(user);
  const rows = [...users.keys()].filter((row) => users[row] === dense);
  return rows.map((row) => ({
    id: String(catalogue.itemIds[items[row]!]),
    title: catalogue.itemTitles?.[items[row]!] ?? String(catalogue.itemIds[items[row]!]),
  }));
}
