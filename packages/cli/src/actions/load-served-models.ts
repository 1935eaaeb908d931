import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { invalid, omitUndefined } from '@footlight/core';
import type { ServedModel } from '@footlight/serve';
import { describeArtifact, describeStart, type ModelCard, readModelCard } from '@footlight/trainer';
import type { Context } from '../context.js';
import { printNote } from '../terminal/print.js';
import { openArtifact } from './open-artifact.js';
import type { ServeOptions } from './types.js';

/** A model that was loaded, and the state that its file had. */
export interface LoadedModel {
  readonly state: string;
  readonly model: ServedModel;
}

/** Loads the models of files by name; those whose files have not changed since `earlier` are the same. */
export async function loadServedModels(
  files: readonly string[],
  options: ServeOptions,
  context: Context,
  earlier: ReadonlyMap<string, LoadedModel> = new Map(),
): Promise<Map<string, LoadedModel>> {
  const shares = parseShares(files, options.share);
  const loaded = new Map<string, LoadedModel>();
  for (const [at, file] of files.entries()) {
    const name = basename(file).replace(/\.safetensors$/, '');
    if (loaded.has(name)) invalid('footlight serve', 'files with different names', `${name} twice`, 'Rename one.');
    const state = await readFileState(file, context);
    const before = earlier.get(name);
    const same = before?.state === state ? before : await loadModel(file, state, options, context);
    loaded.set(name, { ...same, model: { ...same.model, ...omitUndefined({ share: shares?.[at] }) } });
  }
  return loaded;
}

/** What changes when a file is written or replaced; empty if there is none. */
export async function readFileState(file: string, { cwd }: Context): Promise<string> {
  const found = await stat(resolve(cwd, file)).catch(() => undefined);
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : '';
}

/** Loads a model again if its file is replaced meanwhile, so that the card is that of the model. */
async function loadModel(file: string, state: string, options: ServeOptions, context: Context): Promise<LoadedModel> {
  const path = resolve(context.cwd, file);
  const recommender = await openArtifact(file, options, context);
  const description = await describeArtifact(path);
  const { from } = await describeStart(path);
  const date = (await stat(path)).mtime.toISOString();
  const now = await readFileState(file, context);
  if (now !== state) {
    recommender.dispose();
    return loadModel(file, now, options, context);
  }
  const { dataLicense } = options;
  const card = await findCard(path, from, context);
  return { state, model: { recommender, description, date, ...omitUndefined({ hash: from, card, dataLicense }) } };
}

/** The card beside a model; that of an earlier model is left out, which is said. */
async function findCard(path: string, hash: string | undefined, { err }: Context): Promise<ModelCard | undefined> {
  const card = await readModelCard(path);
  if (!card || card.artifact.hash === hash) return card;
  printNote(err, `${basename(path)}.card.json: the card of another file (${card.artifact.hash}), not shown.`);
  return undefined;
}

function parseShares(files: readonly string[], list: string | undefined): number[] | undefined {
  if (list === undefined) return undefined;
  const shares = list.split(',').map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.length === files.length && shares.every((share) => share >= 0) && Math.abs(sum - 100) < 1e-6)
    return shares;
  return invalid('--share', `a percentage for each of ${files.length} files, which sum to 100`, `"${list}"`);
}
