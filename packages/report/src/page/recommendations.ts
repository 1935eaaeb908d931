import { createRng, type OnProgress } from '@footlight/core';
import { disposeParameters } from '@footlight/layers';
import { type Experiment, type Outcome, type Recommender, runExperiment } from '@footlight/trainer';
import { protocolTitle } from '../protocol-title.js';
import type { KeptResult } from '../result.js';
import { byProtocol } from '../tables.js';

/** Somebody of the test part, and what some models recommend. */
export interface Advised {
  readonly user: string;
  readonly knownCount: number;
  /** Titles of what they rated highest, the last ones first. */
  readonly liked: readonly string[];
  /** Titles of what was kept for the test. */
  readonly heldOut: readonly string[];
  readonly lists: readonly { readonly row: string; readonly titles: readonly string[] }[];
}

/** What models of one protocol recommend, and how good these very models are. */
export interface Advice {
  /** What the models share: data and split. */
  readonly protocol: string;
  readonly models: readonly {
    readonly row: string;
    readonly name: string;
    readonly seed: number;
    readonly backend: string;
    readonly reached: string;
  }[];
  readonly people: readonly Advised[];
}

/** Finds an experiment by its name. */
export type FindExperiment = (name: string) => Promise<Experiment>;

/** Shows the progress of a run under this label, until it is cleared. */
export type ShowProgress = (label: string) => { readonly show: OnProgress; clear(): void };

const listLength = 5;

// The archive of these data comes along, so that anybody gets the same lists without network.
const bundled = 'movielens-latest-small';
const longestSeconds = 60;
const modelsPerProtocol = 3;

/** Trains rows on the bundled data again, those that take less than a minute, with the first of their seeds, and asks them. */
export async function adviceOf(
  results: readonly KeptResult[],
  findExperiment: FindExperiment,
  showProgress: ShowProgress,
  signal: AbortSignal,
): Promise<Advice[]> {
  const advice: Advice[] = [];
  for (const group of byProtocol(results.filter(isQuick)))
    advice.push(await adviceOfGroup(oneOfEach(group), findExperiment, showProgress, signal));
  return advice;
}

function isQuick({ row, protocol, seconds, metrics }: KeptResult): boolean {
  const ranks = !Object.keys(metrics).some((metric) => metric.startsWith('rmse'));
  return protocol.dataset.name === bundled && !row.startsWith('own/') && seconds.train < longestSeconds && ranks;
}

/** The best row of each kind of model, best first. */
function oneOfEach(group: readonly KeptResult[]): KeptResult[] {
  const metric = Object.keys(group[0]!.metrics)[0]!;
  const best = [...group].sort((one, other) => other.metrics[metric]!.mean - one.metrics[metric]!.mean);
  const kind = ({ name }: KeptResult) => name.split(' / ')[2]!.replace(/\(.*/, '');
  return best
    .filter((result, at) => best.findIndex((other) => kind(other) === kind(result)) === at)
    .slice(0, modelsPerProtocol);
}

async function adviceOfGroup(
  results: readonly KeptResult[],
  findExperiment: FindExperiment,
  showProgress: ShowProgress,
  signal: AbortSignal,
): Promise<Advice> {
  const models: Advice['models'][number][] = [];
  const lists: { readonly row: string; readonly titles: readonly string[] }[][] = [];
  let people: Omit<Advised, 'lists'>[] = [];
  for (const { row } of results) {
    const experiment = await findExperiment(row);
    const outcome = await trained(row, experiment, showProgress, signal);
    const { recommender, backend, seed, name } = outcome;
    if (people.length === 0) people = await someOf(outcome, experiment);
    models.push({ row, name: name.split(' / ').slice(2).join(', '), seed, backend, reached: reached(outcome) });
    lists.push(
      await Promise.all(people.map(async ({ user }) => ({ row, titles: await titlesFor(recommender, user) }))),
    );
    disposeParameters(recommender.predictor.parameters);
  }
  return {
    protocol: protocolTitle(results[0]!.protocol),
    models,
    people: people.map((person, at) => ({ ...person, lists: lists.map((ofModel) => ofModel[at]!) })),
  };
}

async function trained(
  row: string,
  experiment: Experiment,
  showProgress: ShowProgress,
  signal: AbortSignal,
): Promise<Outcome> {
  const bar = showProgress(row);
  try {
    return await runExperiment(experiment, { signal, onProgress: bar.show });
  } finally {
    bar.clear();
  }
}

function reached({ metrics }: Outcome): string {
  const [metric, { mean }] = Object.entries(metrics)[0]!;
  return `${metric} ${mean.toFixed(4)}`;
}

async function titlesFor(recommender: Recommender, user: string): Promise<string[]> {
  const list = await recommender.recommend({ user }, listLength);
  return list.map(({ item, title }) => (title === '' ? String(item) : title));
}

/** Three of those who were asked about: with few, with some and with many known interactions. */
async function someOf(
  { recommender, users, seed }: Outcome,
  experiment: Experiment,
): Promise<Omit<Advised, 'lists'>[]> {
  const { known } = recommender;
  const counts = new Int32Array(known.catalogue.userCount);
  for (const user of known.users) counts[user]! += 1;
  const byCount = Array.from(users).sort((one, other) => counts[one]! - counts[other]! || one - other);
  const chosen = [0.25, 0.5, 0.75].map((share) => byCount[Math.floor(share * byCount.length)]!);
  const all = await dataOf(experiment, seed);
  return chosen.map((dense) => {
    const user = String(known.catalogue.userIds[dense]);
    const before = new Set(recommender.getHistory(user).map(String));
    const later = itemsOf(all, user).filter(({ id }) => !before.has(id));
    return {
      user,
      knownCount: counts[dense]!,
      liked: likedBy(recommender, dense),
      heldOut: later.map(({ title }) => title),
    };
  });
}

function likedBy({ known: { catalogue, users, items, ratings } }: Recommender, user: number): string[] {
  const rows = [...users.keys()].filter((row) => users[row] === user).reverse();
  const best = rows.sort((one, other) => (ratings?.[other] ?? 0) - (ratings?.[one] ?? 0)); // stable: the last ones first
  return best
    .slice(0, listLength)
    .map((row) => catalogue.itemTitles?.[items[row]!] ?? String(catalogue.itemIds[items[row]!]));
}

type Interactions = Recommender['known'];

/** The data before they were split. */
async function dataOf({ dataset, filters = [] }: Experiment, seed: number): Promise<Interactions> {
  return filters.reduce(
    (rest, filter) => filter.apply(rest),
    await dataset.load({ rng: createRng(seed).fork('dataset') }),
  );
}

function itemsOf(
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
