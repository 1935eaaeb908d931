import { resolve } from 'node:path';
import { canonicalJson, invalid, type Json, omitUndefined } from '@footlight/core';
import { openFileWriter, writeFileAtomically } from '@footlight/core/files';
import { type ExportedVectors, exportToPostgres, readVectors, toOnnx, type VectorTable } from '@footlight/serve/export';
import { describeArtifact, type Recommender } from '@footlight/trainer';
import type { Context } from '../context.js';
import { formatFlag } from './format-flag.js';
import { openArtifact } from './open-artifact.js';
import type { ExportModelOptions } from './types.js';
import { toVectorParquet } from './vectors-to-parquet.js';
import { assertOutputs } from './write-output.js';

/** Options that say what is written of a model, and those of the model itself. */
const outputs = ['onnx', 'vectors', 'userVectors', 'pgvector'] as const;
const own: readonly string[] = [...outputs, 'pgSchema', 'pgName', 'backend', 'experiment', 'experiments', 'verbose'];

/** The options of a model among those that were typed. */
export function listModelOptions(given: readonly string[]): string[] {
  return given.filter((name) => own.includes(name) && name !== 'verbose').map(formatFlag);
}

/** `footlight export model.safetensors`: writes a saved model for other programs. */
export async function exportModel(path: string, options: ExportModelOptions, context: Context): Promise<void> {
  const { onnx, vectors, userVectors, pgvector, pgSchema, pgName, given } = options;
  const stray = given.find((name) => !own.includes(name));
  if (stray !== undefined)
    invalid('footlight export', 'options of a model', formatFlag(stray), 'It is one of --table, which needs no model.');
  if (!outputs.some((name) => options[name] !== undefined))
    invalid('footlight export', `one of ${outputs.map(formatFlag).join(', ')}`, 'none');
  if (pgvector === undefined && (pgSchema ?? pgName) !== undefined)
    invalid('footlight export', '--pgvector along with the names of tables', 'none');
  if (pgvector !== undefined && !/^postgres(ql)?:\/\//.test(pgvector))
    invalid('--pgvector', 'an address that begins with postgres://', 'another text'); // it may contain a password
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
    if (pgvector !== undefined) await writeTables(path, recommender, { ...options, pgvector }, context);
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

async function writeTables(
  path: string,
  recommender: Recommender,
  { pgvector, pgSchema, pgName }: ExportModelOptions & { readonly pgvector: string },
  { cwd, out, signal }: Context,
): Promise<void> {
  const { model } = await describeArtifact(resolve(cwd, path));
  const given = omitUndefined({ schema: pgSchema, name: pgName });
  const { tables, itemCount, userCount, usersLeftOut, recommend } = await exportToPostgres(pgvector, recommender, {
    ...given,
    ...{ description: model.name, signal },
  });
  out.write(`${tables.items}: ${itemCount} items\n`);
  if (tables.users === undefined || recommend === undefined) return;
  const left = usersLeftOut > 0 ? `; ${usersLeftOut} left out, of whom the model has learned nothing` : '';
  out.write(`${tables.users}: ${userCount} users${left}\n${recommend}\n`);
}
