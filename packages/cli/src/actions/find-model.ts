import { canonicalJson, invalid, type Json, omitUndefined } from '@footlight/core';
import { type RatingScaleOptions, ratingScale } from '@footlight/datasets';
import { logisticRatingLoss, poissonLoss, squaredLoss } from '@footlight/losses';
import type { Model } from '@footlight/models';
import type { ArtifactDescription, PredictedRatings } from '@footlight/trainer';
import type { Kind, OptionEntry } from '../components/component.js';
import { components, packages } from '../components/components.js';
import { listExperimentNames, loadByName, loadExperiments } from '../project/experiments.js';
import { findProject } from '../project/find-project.js';
import type { ArtifactOptions } from './types.js';

type Protocol = Readonly<Record<string, Json>>;

/**
 * The model that a file was saved with: that of the experiment given, else one of the packages with the same options,
 * else that of an experiment of the project.
 *
 * @throws {RecsysError} `invalid-argument` if there is none
 */
export async function findModel(
  { model: { name, protocol } }: ArtifactDescription,
  { experiment, experiments }: ArtifactOptions,
  cwd: string,
): Promise<Model> {
  const isSame = (model: Model) => canonicalJson(model.protocol) === canonicalJson(protocol);
  const project = await findProject(cwd, { experiments });
  if (experiment !== undefined) return (await loadExperiments([experiment], { cwd, project }))[0]!.experiment.model;
  const restored = (await restoreComponent('model', protocol).catch(() => undefined)) as Model | undefined;
  if (restored && isSame(restored)) return restored;
  for (const each of project.experiments === undefined ? [] : listExperimentNames(project.experiments)) {
    const { model } = (await loadByName(each, project.experiments!)).experiment;
    if (isSame(model)) return model;
  }
  return invalid(
    'footlight recommend',
    'a model of the packages or of an experiment of this project',
    name,
    'Name its experiment with --experiment, or run it again if its options have changed.',
  );
}

/** Makes a component of the packages from its protocol, which holds its options. */
async function restoreComponent(kind: Kind, protocol: Protocol): Promise<unknown> {
  const entry = components[kind].find(({ name, stored = name }) => stored === protocol['name']);
  if (!entry) return undefined;
  const options: Record<string, unknown> = {};
  for (const option of entry.options) {
    const value = protocol[option.stored ?? option.name] ?? protocol[option.name];
    if (value !== undefined) options[option.name] = await restoreValue(option, value);
  }
  const create = ((await packages[kind]()) as Record<string, (options: object) => unknown>)[entry.exported]!;
  return create(omitUndefined(options));
}

async function restoreValue({ type }: OptionEntry, value: Json): Promise<unknown> {
  if (type === 'embedding') return restoreComponent('embedding', value as Protocol);
  // The text `1 / dim` stands for a default.
  if ((type === 'number' || type === 'integer') && typeof value !== 'number') return undefined;
  return value;
}

/** How the scores of an artifact become ratings; none if it does not predict any. */
export function findRatings({ ratings }: ArtifactDescription): PredictedRatings | undefined {
  if (!ratings) return undefined;
  const { loss, scale } = ratings;
  const found = ratingLosses.find(({ name }) => name === loss);
  if (loss !== undefined && !found)
    invalid('footlight predict', `a model trained with ${ratingLosses.map(({ name }) => name).join(', ')}`, loss);
  return {
    ...(found ? { loss: found } : {}),
    ...(scale ? { scale: ratingScale(scale as unknown as RatingScaleOptions) } : {}),
  };
}

const ratingLosses = [squaredLoss(), poissonLoss(), logisticRatingLoss()] as const;
