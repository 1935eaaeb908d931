import { resolve } from 'node:path';
import { canonicalJson, invalid, type Json } from '@footlight/core';
import { openFileWriter, writeFileAtomically } from '@footlight/core/files';
import { type ExportedVectors, readVectors, toOnnx, type VectorTable } from '@footlight/serve/export';
import { describeArtifact, type Recommender } from '@footlight/trainer';
import type { Context } from '../context.js';
import { formatFlag } from './format-flag.js';
import { openArtifact } from './open-artifact.js';
import type { ExportModelOptions } from './types.js';
import { toVectorParquet } from './vectors-to-parquet.js';
import { assertOutputs } from './write-output.js';

/** Options that say what is written of a model, and those of the model itself. */
const outputs = ['onnx', 'vectors', 'userVectors'] as const;
const own: readonly string[] = [...outputs, 'backend', 'experiment', 'experiments', 'verbose'];

/** The options of a model among those that were typed. */
export function listModelOptions(given: readonly string[]): string[] {
  return given.filter((name) => own.includes(name) && name !== 'verbose').map(formatFlag);
}

/** `footlight export model.safetensors`: writes a saved model for other programs. */
export async function exportModel(path: string, options: ExportModelOptions, context: Context): Promise<void> {
  const { onnx, vectors, userVectors, given } = options;
  const stray = given.find((name) => !own.includes(name));
  if (stray !== undefined)
    invalid('footlight export', 'options of a model', formatFlag(stray), 'It is one of --table, which needs no model.');
  if (!outputs.some((name) => options[name] !== undefined))
    invalid('footlight export', `one of ${outputs.map(formatFlag).join(', ')}`, 'none');
  for (const [flag, file] of [
    ['--vectors', vectors],
    ['--user-vectors', userVectors],
  ] as const)
    if (file !== undefined && !/\.parquet$/i.test(file)) invalid(flag, 'a name that ends in .parquet', `"${file}"`);
  await assertOutputs([onnx, vectors, userVectors], context);
  const recommender = await openArtifact(path, options, context);
  try {
    if (vectors !== undefined || userVectors !== undefined)
      await writeVectors(readVectors(recommender), { vectors, userVectors }, context);
    if (onnx !== undefined) await writeOnnx(path, recommender, onnx, context);
  } finally {
    recommender.dispose();
  }
}

async function writeVectors(
  { items, users, dim, usersLeftOut }: ExportedVectors,
  { vectors, userVectors }: { readonly vectors: string | undefined; readonly userVectors: string | undefined },
  context: Context,
): Promise<void> {
  const write = async (file: string, table: VectorTable, name: 'item' | 'user', left = ''): Promise<void> => {
    await writeFileAtomically(resolve(context.cwd, file), toVectorParquet(name, table, dim));
    context.out.write(`${file}: ${table.ids.length} ${name}s, ${dim} numbers each${left}\n`);
  };
  if (userVectors !== undefined && !users)
    invalid('--user-vectors', 'a model with users', 'one that was saved without them', 'Leave the option out.');
  if (vectors !== undefined) await write(vectors, items, 'item');
  const left = usersLeftOut > 0 ? `; ${usersLeftOut} left out, of whom the model has learned nothing` : '';
  if (userVectors !== undefined) await write(userVectors, users!, 'user', left);
}

async function writeOnnx(path: string, recommender: Recommender, onnx: string, context: Context): Promise<void> {
  const { model } = await describeArtifact(resolve(context.cwd, path));
  const { catalogue, withoutHistories, predictor } = recommender;
  const bytes = await toOnnx(recommender, {
    name: model.name,
    metadata: { 'footlight.model': canonicalJson(model.protocol as Json) },
  });
  const list = (ids: ArrayLike<string | number>) => Array.from(ids);
  const ids = {
    items: list(catalogue.itemIds),
    ...(predictor.reads === 'user' && !withoutHistories && { users: list(catalogue.userIds) }),
    ...(catalogue.itemTitles && { titles: catalogue.itemTitles }),
  };
  const idsFile = `${onnx}.ids.json`;
  await writeFileAtomically(resolve(context.cwd, idsFile), `${JSON.stringify(ids)}\n`);
  const writer = await openFileWriter(resolve(context.cwd, onnx));
  try {
    await writer.write(bytes);
    await writer.commit();
  } finally {
    await writer.discard();
  }
  context.out.write(`${onnx}: ${model.name}, ${catalogue.itemCount} items\n`);
  context.out.write(`${idsFile}: their ids, in the order of the model\n`);
}
