import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { canonicalJson, createRng, invalid, type Json, omitUndefined, RecsysError } from '@footlight/core';
import { limitVariables } from '@footlight/engine';
import { collectParameters, disposeParameters } from '@footlight/layers';
import type { Model } from '@footlight/models';
import { createRecommender } from '../recommend/create-recommender.js';
import { listTrainedUsers } from '../recommend/list-trained-users.js';
import { createPredictor, createScorerPredictor } from '../recommend/predictor.js';
import type { PredictedRatings, Recommender } from '../recommend/types.js';
import type { Protocol } from '../types.js';
import { assertRegularFile } from './assert-regular-file.js';
import { copyParameters, readSection, restoreParameters } from './parameters.js';
import { createStoredChecks, isObject, parseStoredJson } from './stored-checks.js';
import { readInteractions, toStoredInteractions } from './stored-interactions.js';
import { isCheckpoint } from './stored-position.js';
import {
  describeReadFailure,
  failDamaged,
  readTensorFile,
  type StoredTensor,
  type TensorFile,
  writeTensorFile,
} from './tensor-file.js';

/** The description that an artifact contains. */
export interface ArtifactDescription {
  /** Name and options of the model; `loadArtifact` takes the same model. */
  readonly model: Pick<Model, 'name' | 'protocol'>;
  /** The protocol that the model was evaluated under; absent if it was not evaluated. */
  readonly protocol?: Protocol;
  /** Means by metric name; absent if the model was not evaluated. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** How scores become ratings; absent if the model only ranks. `saveArtifact` takes it from the recommender. */
  readonly ratings?: SavedRatings;
}

/** `PredictedRatings` as data: the name of the loss and the protocol of the scale. */
export interface SavedRatings {
  /** Name of the loss. */
  readonly loss?: string;
  /** Protocol of the scale. */
  readonly scale?: { readonly [key: string]: Json };
}

function describeRatings({ loss, scale }: PredictedRatings): SavedRatings {
  return omitUndefined({ loss: loss?.name, scale: scale?.protocol });
}

/**
 * Saves a trained model as one file that is complete without the data: parameters, ids, titles, histories and ratings
 * of the users, protocol and metrics.
 *
 * @throws {RecsysError} `write-failed`; an earlier file at `path` is then unchanged
 * @example
 * const { recommender, protocol } = await runExperiment(experiment);
 * await saveArtifact('model.safetensors', recommender, { model: experiment.model, protocol });
 */
export async function saveArtifact(
  path: string,
  recommender: Recommender,
  description: ArtifactDescription,
): Promise<void> {
  const { predictor, known, ratings, untrainedUsers } = recommender;
  const weights = [...(await copyParameters(collectParameters(predictor.parameters)))].map(
    ([name, tensor]): [string, StoredTensor] => [`weights:${name}`, tensor],
  );
  const stored = toStoredInteractions(known);
  const untrained: [string, StoredTensor][] = untrainedUsers
    ? [['untrainedUsers', { shape: [untrainedUsers.length], values: untrainedUsers }]]
    : [];
  await writeTensorFile(path, {
    tensors: new Map<string, StoredTensor>([...weights, ...stored.tensors, ...untrained]),
    metadata: {
      format: 'footlight-artifact-1',
      description: JSON.stringify({
        ...description,
        model: { name: description.model.name, protocol: description.model.protocol },
        ...omitUndefined({ ratings: ratings && describeRatings(ratings) }),
      }),
      ...stored.metadata,
    },
  });
}

/**
 * Reads the description of an artifact, without loading its model.
 *
 * @throws {RecsysError} `file-not-found`, `read-failed`, `file-damaged`
 */
export async function describeArtifact(path: string): Promise<ArtifactDescription> {
  return parseDescription(path, await readTensorFile(path));
}

/**
 * Loads an artifact as a recommender; no data are needed.
 *
 * @param model the model that was saved, with the same options
 * @param ratings the loss and the scale that the model was trained with, if it predicts ratings
 * @throws {RecsysError} `file-not-found`, `file-damaged`, or `invalid-argument` if it contains another model or was
 *   trained on other `ratings`
 * @example
 * const recommender = await loadArtifact('model.safetensors', factorization({ dim: 64 }));
 */
export async function loadArtifact(path: string, model: Model, ratings?: PredictedRatings): Promise<Recommender> {
  const file = await readTensorFile(path);
  const { model: saved, ratings: savedRatings = null } = parseDescription(path, file);
  if (canonicalJson(saved) !== canonicalJson({ name: model.name, protocol: model.protocol }))
    invalid(
      'loadArtifact(model)',
      `${saved.name} with ${canonicalJson(saved.protocol)}`,
      `${model.name} with ${canonicalJson(model.protocol)}`,
      'Pass the model it was trained with.',
    );
  if (ratings && canonicalJson(savedRatings as Json) !== canonicalJson(describeRatings(ratings) as Json))
    invalid(
      'loadArtifact(ratings)',
      canonicalJson(savedRatings as Json),
      canonicalJson(describeRatings(ratings) as Json),
      'Pass the loss and scale it was trained with.',
    );
  const known = readInteractions(path, file);
  const checks = createStoredChecks(path, file.tensors);
  const untrained = checks.column('untrainedUsers', Int32Array);
  if (untrained) checks.below('untrainedUsers', untrained, known.catalogue.userCount);
  const trainedUsers = listTrainedUsers(known.catalogue, known.users, untrained);
  const summary = { ...known.catalogue, ...omitUndefined({ trainedUsers }) };
  const weights = readSection(file, 'weights');
  const predictor = limitVariables(countValues(weights), () =>
    model.kind === 'solver'
      ? createScorerPredictor(model.restore(known.catalogue))
      : createPredictor(model.build(summary, createRng('replaced by saved weights'))),
  );
  try {
    restoreParameters(collectParameters(predictor.parameters), weights);
    for (const [name, count] of Object.entries(predictor.idCounts ?? {}))
      checks.below(name, weights.get(name)!.values as Int32Array, count);
    return createRecommender(predictor, known, ratings, untrained);
  } catch (error) {
    disposeParameters(predictor.parameters);
    throw error;
  }
}

/** The values that a model may have whose weights are stored; room for constants that are not stored. */
function countValues(weights: ReadonlyMap<string, StoredTensor>): number {
  return 2 * [...weights.values()].reduce((sum, { values }) => sum + values.length, 0) + 2 ** 20;
}

/**
 * Describes where training starts from, for reports: the hash of the file; nothing without one.
 *
 * @throws {RecsysError} `file-not-found`, `file-damaged`, `read-failed`
 */
export function describeStart(path: string | undefined): { readonly from?: string } {
  if (path === undefined) return {};
  assertRegularFile(path);
  try {
    return { from: createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12) };
  } catch (cause) {
    throw describeReadFailure(path, cause as NodeJS.ErrnoException);
  }
}

function parseDescription(path: string, file: TensorFile): ArtifactDescription {
  const { metadata } = file;
  if (metadata['format'] !== 'footlight-artifact-1')
    throw new RecsysError(
      'file-damaged',
      `${basename(path)}: expected a saved model, received ${describeFormat(file)}. ` +
        'Name a file that footlight run --save or saveArtifact wrote.',
    );
  const description = parseStoredJson<ArtifactDescription>(path, metadata, 'description');
  const { model, protocol = {}, metrics = {}, ratings = {} } = description;
  if (!isObject(model) || typeof model.name !== 'string' || !isObject(model.protocol))
    failDamaged(path, 'whose description names no model');
  if (
    ![protocol, metrics, ratings, ratings.scale ?? {}].every(isObject) ||
    !['string', 'undefined'].includes(typeof ratings.loss)
  )
    failDamaged(path, 'whose description is incomplete');
  return description;
}

/** What a tensor file is that is no artifact. */
function describeFormat(file: TensorFile): string {
  const { format } = file.metadata;
  if (isCheckpoint(file)) return 'the checkpoint of a run';
  return format === undefined ? 'another file of tensors' : `a file of the format ${format}`;
}
