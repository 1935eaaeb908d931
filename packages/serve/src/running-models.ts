import { invalid, murmurhash3 } from '@footlight/core';
import type { ServedModelCard } from './card-types.js';
import { createGatherer, type Gatherer } from './gather-requests.js';
import { createCard } from './model-card.js';
import { ServiceError } from './service-error.js';
import type { ServedModel } from './types.js';

/** Number of buckets that users are divided into. */
const BUCKETS = 10_000;

/** A model at work. */
export interface RunningModel {
  readonly name: string;
  readonly served: ServedModel;
  readonly card: ServedModelCard;
  readonly gatherer: Gatherer;
}

/** The models of a service at one moment: a request sees one of these from its beginning to its end. */
export interface RunningModels {
  readonly all: readonly RunningModel[];
  /**
   * Chooses the model of a request: the one that is named, else by the hash of `key`, so that a user meets the same
   * model every time.
   *
   * @throws {ServiceError} `unknown-model`
   */
  choose(name: string | undefined, key: string): { readonly model: RunningModel; readonly bucket: number };
}

/**
 * Starts models.
 *
 * @throws {RecsysError} `invalid-argument` if there are none, or if their shares do not sum to 100
 */
export function startModels(
  models: Readonly<Record<string, ServedModel>>,
  earlier: readonly RunningModel[],
  onBatch: (count: number) => void,
): RunningModels {
  const names = Object.keys(models);
  if (names.length === 0) invalid('createService(models)', 'at least one model', 'none');
  const shares = findShares(models);
  const all = names.map((name): RunningModel => {
    const served = models[name]!;
    const same = earlier.find((each) => each.name === name && each.served.recommender === served.recommender);
    const gatherer = same?.gatherer ?? createGatherer(served.recommender, BATCH, onBatch);
    return { name, served, card: createCard(name, served, shares.get(name)!), gatherer };
  });
  const choose: RunningModels['choose'] = (name, key) => {
    const bucket = toBucket(key);
    const model = name === undefined ? findByBucket(all, bucket) : all.find((each) => each.name === name);
    if (model) return { model, bucket };
    throw new ServiceError(
      404,
      'unknown-model',
      `model: expected ${all.map((each) => each.name).join(' or ')}, received ${JSON.stringify(name)}.`,
    );
  };
  return { all, choose };
}

/** The most requests that are scored in one call. */
const BATCH = 256;

function findShares(models: Readonly<Record<string, ServedModel>>): Map<string, number> {
  const entries = Object.entries(models);
  if (entries.every(([, { share }]) => share === undefined))
    return new Map(entries.map(([name], at) => [name, at === 0 ? 100 : 0]));
  const shares = entries.map(([, { share = Number.NaN }]) => share);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.every((share) => share >= 0) && Math.abs(sum - 100) < 1e-6)
    return new Map(entries.map(([name], at) => [name, shares[at]!]));
  const received = entries.map(([name, { share = 'none' }]) => `${name}: ${share}`).join(', ');
  return invalid('createService(models)', 'a share of each model, which sum to 100', received);
}

function findByBucket(all: readonly RunningModel[], bucket: number): RunningModel {
  let end = 0;
  for (const model of all) {
    end += model.card.share;
    if (bucket < (end * BUCKETS) / 100) return model;
  }
  return all.findLast(({ card }) => card.share > 0)!;
}

/** The bucket of a user, session or history: the hash of its text, from 0. */
function toBucket(key: string): number {
  let hash = 0;
  for (let at = 0; at < key.length; at++) hash = murmurhash3(key.charCodeAt(at), hash);
  return hash % BUCKETS;
}
