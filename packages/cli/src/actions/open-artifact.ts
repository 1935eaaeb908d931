import { resolve } from 'node:path';
import { useBackend } from '@footlight/engine';
import { describeArtifact, loadArtifact, type Recommender } from '@footlight/trainer';
import type { Context } from '../context.js';
import { findModel, findRatings } from './find-model.js';
import type { ArtifactOptions } from './types.js';

/** Loads a saved model. */
export async function openArtifact(path: string, options: ArtifactOptions, { cwd }: Context): Promise<Recommender> {
  const file = resolve(cwd, path);
  const description = await describeArtifact(file);
  await useBackend(options.backend);
  return loadArtifact(file, await findModel(description, options, cwd), findRatings(description));
}
