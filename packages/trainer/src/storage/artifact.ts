import { canonicalJson, createRng, invalid, type Json, RecsysError } from '@footlight/core';
import type { Catalogue, Features, Interactions, OriginalIds } from '@footlight/datasets';
import { collectParameters } from '@footlight/layers';
import type { Model } from '@footlight/models';
import type { Protocol } from '../experiment/describe-protocol.js';
import { createRecommender, type PredictedRatings, type Recommender } from '../recommend/create-recommender.js';
import { createPredictor, createScorerPredictor } from '../recommend/predictor.js';
import { copyParameters, restoreParameters } from './parameters.js';
import { readTensorFile, type StoredTensor, type TensorFile, writeTensorFile } from './tensor-file.js';

/** What an artifact says about itself. */
export interface ArtifactDescription {
  /** Name and options of the model, to be handed the same model when loading. */
  readonly model: Pick<Model, 'name' | 'protocol'>;
  /** The protocol it was measured under, and what it reached; absent if it was not measured. */
  readonly protocol?: Protocol;
  readonly metrics?: Readonly<Record<string, number>>;
  /** How its scores become ratings; absent if it does not predict any. `saveArtifact` takes it from the recommender. */
  readonly ratings?: SavedRatings;
}

/** `PredictedRatings` as data: the name of the loss and the protocol of the scale. */
export interface SavedRatings {
  readonly loss?: string;
  readonly scale?: { readonly [key: string]: Json };
}

function ratingsAsData({ loss, scale }: PredictedRatings): SavedRatings {
  return { ...(loss ? { loss: loss.name } : {}), ...(scale ? { scale: scale.protocol } : {}) };
}

/**
 * Keeps a trained model in one file that needs nothing else: weights, ids, titles, what its users did before, protocol and metrics.
 *
 * @throws {RecsysError} `write-failed`; what stood at `path` is then untouched
 */
export async function saveArtifact(
  path: string,
  recommender: Recommender,
  description: ArtifactDescription,
): Promise<void> {
  const { predictor, catalogue, known, ratings } = recommender;
  const weights = [...(await copyParameters(collectParameters(predictor.parameters)))].map(
    ([name, tensor]): [string, StoredTensor] => [`weights:${name}`, tensor],
  );
  const column = (values: Int32Array | Float64Array): StoredTensor => ({ shape: [values.length], values });
  const ids = { userIds: catalogue.userIds, itemIds: catalogue.itemIds };
  const numeric = Object.entries(ids).flatMap(([name, list]): [string, StoredTensor][] =>
    isNumeric(list) ? [[name, column(list)]] : [],
  );
  const text = Object.entries(ids).flatMap(([name, list]) => (isNumeric(list) ? [] : [[name, list]]));
  const times: [string, StoredTensor][] = known.timestamps ? [['timestamps', column(known.timestamps)]] : [];
  await writeTensorFile(path, {
    tensors: new Map<string, StoredTensor>([
      ...weights,
      ...numeric,
      ['users', column(known.users)],
      ['items', column(known.items)],
      ...times,
    ]),
    metadata: {
      format: 'footlight-artifact-1',
      description: JSON.stringify({
        ...description,
        model: { name: description.model.name, protocol: description.model.protocol },
        ...(ratings ? { ratings: ratingsAsData(ratings) } : {}),
      }),
      catalogue: JSON.stringify({
        userCount: catalogue.userCount,
        itemCount: catalogue.itemCount,
        itemTitles: catalogue.itemTitles,
        userFeatures: featuresAsData(catalogue.userFeatures),
        itemFeatures: featuresAsData(catalogue.itemFeatures),
        ...Object.fromEntries(text),
      }),
    },
  });
}

/**
 * What an artifact says about itself, without loading its model.
 *
 * @throws {RecsysError} `file-not-found`, `file-damaged`
 */
export async function describeArtifact(path: string): Promise<ArtifactDescription> {
  return descriptionOf(path, await readTensorFile(path));
}

/**
 * Loads an artifact; no data are needed. With `ratings`, the loss and scale it was trained with, it predicts ratings again.
 *
 * @throws {RecsysError} `file-not-found`, `file-damaged`, or `invalid-argument` if it holds another model than `model` or was trained on other `ratings`
 */
export async function loadArtifact(path: string, model: Model, ratings?: PredictedRatings): Promise<Recommender> {
  const file = await readTensorFile(path);
  const { model: saved, ratings: learned = null } = descriptionOf(path, file);
  if (canonicalJson(saved) !== canonicalJson({ name: model.name, protocol: model.protocol }))
    invalid(
      'loadArtifact(model)',
      `${saved.name} with ${canonicalJson(saved.protocol)}`,
      `${model.name} with ${canonicalJson(model.protocol)}`,
      'Pass the model it was trained with.',
    );
  if (ratings && canonicalJson(learned as Json) !== canonicalJson(ratingsAsData(ratings) as Json))
    invalid(
      'loadArtifact(ratings)',
      canonicalJson(learned as Json),
      canonicalJson(ratingsAsData(ratings) as Json),
      'Pass the loss and scale it was trained with.',
    );
  const known = interactionsOf(file);
  const predictor =
    model.kind === 'solver'
      ? createScorerPredictor(model.restore(known.catalogue))
      : createPredictor(model.build(known.catalogue, createRng('replaced by saved weights')));
  const weights = new Map(
    [...file.tensors].flatMap(([name, tensor]): [string, StoredTensor][] =>
      name.startsWith('weights:') ? [[name.slice(8), tensor]] : [],
    ),
  );
  restoreParameters(collectParameters(predictor.parameters), weights);
  return createRecommender(predictor, known, ratings);
}

function descriptionOf(path: string, { metadata }: TensorFile): ArtifactDescription {
  if (metadata['format'] !== 'footlight-artifact-1')
    throw new RecsysError(
      'file-damaged',
      `loadArtifact: expected an artifact written by saveArtifact, received ${path} of format ${metadata['format'] ?? 'unknown'}. Is it a checkpoint?`,
    );
  return JSON.parse(metadata['description']!) as ArtifactDescription;
}

function interactionsOf({ tensors, metadata }: TensorFile): Interactions {
  const values = <T>(name: string): T => tensors.get(name)!.values as T;
  const { userFeatures, itemFeatures, ...saved } = JSON.parse(metadata['catalogue']!) as Omit<
    Catalogue,
    'userFeatures' | 'itemFeatures'
  > &
    Partial<Record<'userFeatures' | 'itemFeatures', SavedFeatures>>;
  const catalogue: Catalogue = {
    ...saved,
    ...(userFeatures ? { userFeatures: featuresOf(userFeatures) } : {}),
    ...(itemFeatures ? { itemFeatures: featuresOf(itemFeatures) } : {}),
    userIds: saved.userIds ?? values<OriginalIds>('userIds'),
    itemIds: saved.itemIds ?? values<OriginalIds>('itemIds'),
  };
  const times = tensors.has('timestamps') ? { timestamps: values<Float64Array>('timestamps') } : {};
  return { catalogue, users: values<Int32Array>('users'), items: values<Int32Array>('items'), ...times };
}

interface SavedFeatures {
  readonly names: readonly string[];
  readonly offsets: readonly number[];
  readonly ids: readonly number[];
}

function featuresAsData(features: Features | undefined): SavedFeatures | undefined {
  return features && { names: features.names, offsets: [...features.offsets], ids: [...features.ids] };
}

function featuresOf({ names, offsets, ids }: SavedFeatures): Features {
  return { names, offsets: Int32Array.from(offsets), ids: Int32Array.from(ids) };
}

function isNumeric(ids: OriginalIds): ids is Int32Array | Float64Array {
  return ArrayBuffer.isView(ids);
}
