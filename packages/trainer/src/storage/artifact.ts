import {
  canonicalJson,
  createRng,
  createSha256,
  invalid,
  type Json,
  omitUndefined,
  RecsysError,
} from '@footlight/core';
import { limitVariables } from '@footlight/engine';
import { collectParameters, disposeParameters } from '@footlight/layers';
import type { Model } from '@footlight/models';
import { createRecommender } from '../recommend/create-recommender.js';
import { listTrainedUsers } from '../recommend/list-trained-users.js';
import { createPredictor, createScorerPredictor } from '../recommend/predictor.js';
import type { PredictedRatings, Recommender } from '../recommend/types.js';
import { type ArtifactDescription, type ArtifactOptions, describeRatings } from './artifact-description.js';
import { toTensorFile } from './pack-artifact.js';
import { readSection, restoreParameters } from './parameters.js';
import { createStoredChecks, isObject, parseStoredJson } from './stored-checks.js';
import { type FileSource, type FileTarget, readContent, toStoredFile } from './stored-file.js';
import { readInteractions } from './stored-interactions.js';
import { isCheckpoint } from './stored-position.js';
import {
  failDamaged,
  packTensorFile,
  readTensorFile,
  type StoredTensor,
  type TensorFile,
  writeTensorFile,
} from './tensor-file.js';

/**
 * Saves a trained model as one file that is complete without the data: parameters, ids, titles, protocol and metrics.
 *
 * The file contains the ids of all users, and what each of them chose and when, unless `histories` is `false`.
 *
 * @param target the path of the file, in Node, or a file in a storage, e.g. `opfsFile('model.safetensors')`
 * @throws {RecsysError} `write-failed`; an earlier file is then unchanged. `invalid-argument` if `histories`
 *   is `false` for a model that predicts ratings, which needs those of the users
 * @example
 * const { recommender, protocol } = await runExperiment(experiment);
 * await saveArtifact('model.safetensors', recommender, { model: experiment.model, protocol });
 */
export async function saveArtifact(
  target: FileTarget,
  recommender: Recommender,
  description: ArtifactDescription,
  options: ArtifactOptions = {},
): Promise<void> {
  await writeTensorFile(target, await toTensorFile('saveArtifact', recommender, description, options));
}

/**
 * Creates the file that `saveArtifact` writes, as a `Blob`: for browsers, which write no paths. The bytes are the same.
 *
 * @throws {RecsysError} `invalid-argument` as `saveArtifact`
 * @example
 * const blob = await createArtifact(recommender, { model }, { histories: false });
 */
export async function createArtifact(
  recommender: Recommender,
  description: ArtifactDescription,
  options: ArtifactOptions = {},
): Promise<Blob> {
  return new Blob(packTensorFile(await toTensorFile('createArtifact', recommender, description, options)));
}

/**
 * Reads the description of an artifact, without loading its model.
 *
 * @throws {RecsysError} `file-not-found`, `read-failed`, `file-damaged`
 */
export async function describeArtifact(source: FileSource): Promise<ArtifactDescription> {
  return parseDescription(toStoredFile(source).name, await readTensorFile(source));
}

/**
 * Loads an artifact as a recommender; no data are needed.
 *
 * @param source the path of the file, its content, or a file in a storage
 * @param model the model that was saved, with the same options
 * @param ratings the loss and the scale that the model was trained with, if it predicts ratings
 * @throws {RecsysError} `file-not-found`, `file-damaged`, or `invalid-argument` if it contains another model or was
 *   trained on other `ratings`
 * @example
 * const recommender = await loadArtifact('model.safetensors', factorization({ dim: 64 }));
 */
export async function loadArtifact(source: FileSource, model: Model, ratings?: PredictedRatings): Promise<Recommender> {
  const { name: fileName } = toStoredFile(source);
  const file = await readTensorFile(source);
  const { model: saved, ratings: savedRatings = null } = parseDescription(fileName, file);
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
  const known = readInteractions(fileName, file);
  const checks = createStoredChecks(fileName, file.tensors);
  const untrained = checks.column('untrainedUsers', Int32Array);
  if (untrained) checks.below('untrainedUsers', untrained, known.catalogue.userCount);
  const withoutHistories = file.metadata['histories'] === 'none';
  const stored = checks.column('trainedUsers', Int32Array);
  if (stored) checks.below('trainedUsers', stored, known.catalogue.userCount);
  const trainedUsers = stored ?? listTrainedUsers(known.catalogue, known.users, untrained);
  const summary = { ...known.catalogue, ...omitUndefined({ trainedUsers }) };
  const weights = readSection(file, 'weights');
  const predictor = limitVariables(countValues(weights), () =>
    model.kind === 'solver'
      ? createScorerPredictor(model.restore(known.catalogue, listShapes(weights)))
      : createPredictor(model.build(summary, createRng('replaced by saved weights'))),
  );
  try {
    restoreParameters(collectParameters(predictor.parameters), weights);
    for (const [name, count] of Object.entries(predictor.idCounts ?? {}))
      checks.below(name, weights.get(name)!.values as Int32Array, count);
    return createRecommender(predictor, known, ratings, untrained, withoutHistories);
  } catch (error) {
    disposeParameters(predictor.parameters);
    throw error;
  }
}

function listShapes(weights: ReadonlyMap<string, StoredTensor>): ReadonlyMap<string, readonly number[]> {
  return new Map([...weights].map(([path, { shape }]) => [path, shape]));
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
export async function describeStart(source: FileSource | undefined): Promise<{ readonly from?: string }> {
  if (source === undefined) return {};
  const hash = createSha256();
  hash.update(await readContent(toStoredFile(source)));
  return { from: hash.digest().slice(0, 12) };
}

function parseDescription(fileName: string, file: TensorFile): ArtifactDescription {
  const { metadata } = file;
  if (metadata['format'] !== 'footlight-artifact-1')
    throw new RecsysError(
      'file-damaged',
      `${fileName}: expected a saved model, received ${describeFormat(file)}. ` +
        'Name a file that footlight run --save or saveArtifact wrote.',
    );
  const description = parseStoredJson<ArtifactDescription>(fileName, metadata, 'description');
  const { model, protocol = {}, metrics = {}, ratings = {} } = description;
  if (!isObject(model) || typeof model.name !== 'string' || !isObject(model.protocol))
    failDamaged(fileName, 'whose description names no model');
  if (
    ![protocol, metrics, ratings, ratings.scale ?? {}].every(isObject) ||
    !['string', 'undefined'].includes(typeof ratings.loss)
  )
    failDamaged(fileName, 'whose description is incomplete');
  return description;
}

/** What a tensor file is that is no artifact. */
function describeFormat(file: TensorFile): string {
  const { format } = file.metadata;
  if (isCheckpoint(file)) return 'the checkpoint of a run';
  return format === undefined ? 'another file of tensors' : `a file of the format ${format}`;
}
