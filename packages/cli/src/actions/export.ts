import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createRng, invalid, omitUndefined } from '@footlight/core';
import { writeFileAtomically } from '@footlight/core/files';
import { type Interactions, type Splits, toCsr, toNpy, toNpz } from '@footlight/datasets';
import type { Context } from '../context.js';
import { createProgressLine } from '../terminal/progress.js';
import { assertFilters } from './check-combination.js';
import { assertReading, createDataset } from './create-dataset.js';
import { createFilters, createSplit } from './create-table-experiment.js';
import { listModelOptions } from './export-model.js';
import { toCsv } from './to-csv.js';
import { toParquet } from './to-parquet.js';
import type { ExportOptions } from './types.js';
import { assertOutputs } from './write-output.js';

/** A file that is written, made when its turn comes. */
interface ExportedFile {
  readonly name: string;
  readonly content: () => string | Uint8Array;
  /** For the summary. */
  readonly holds: string;
}

/** `footlight export`: the names of the files go to the output. */
export async function exportData(options: ExportOptions, context: Context): Promise<void> {
  const modelOption = listModelOptions(options.given)[0];
  if (modelOption !== undefined)
    invalid('footlight export', `a saved model along with ${modelOption}`, 'none', 'Name its file first.');
  const output = options.output ?? invalid('footlight export', 'a folder with --output', 'none');
  await assertOutputs([join(output, 'train.csv')], context);
  const parts = await loadParts(options, context);
  const { as } = options;
  const files = as === 'npz' ? listNpzFiles(parts, options) : listTables(parts, as);
  const folder = resolve(context.cwd, output);
  const present = files.find(({ name }) => existsSync(join(folder, name)));
  if (present)
    invalid('--output', 'a folder without these files', `${present.name} in ${folder}`, 'Choose another folder.');
  for (const { name, content, holds } of files) {
    await writeFileAtomically(join(folder, name), content());
    context.out.write(`${join(output, name)}: ${holds}\n`);
  }
}

/** The interactions by the name of their part: all of them, or the parts of a split. */
async function loadParts(options: ExportOptions, { cwd, err, signal }: Context): Promise<[string, Interactions][]> {
  const table = findTable(options);
  assertReading(options);
  assertValues(options);
  assertFilters(options);
  const splitName = options.split ?? (options.test === undefined ? undefined : 'published');
  const filters = await createFilters(options);
  const split = splitName === undefined ? undefined : await createSplit(options, splitName);
  if (split && !('split' in split))
    return invalid('--split', 'one split', `${split.length} (${splitName})`, 'Export all interactions, without it.');
  const rng = createRng(options.seed);
  const line = createProgressLine('footlight export', err);
  try {
    const loaded = await createDataset({ ...options, table }, cwd).load({
      ...{ rng: rng.fork('dataset'), signal },
      ...omitUndefined({ onProgress: line.show }),
    });
    const filtered = filters.reduce((interactions, filter) => filter.apply(interactions), loaded);
    return split ? listParts(split.split(filtered, rng.fork('split'))) : [['interactions', filtered]];
  } finally {
    line.clear();
  }
}

function assertValues({ as, values, rating, weight }: ExportOptions): void {
  if (values === undefined) return;
  if (as !== 'npz') invalid('--values', 'matrices', `--as ${as}, which has all columns`, 'Leave the option out.');
  const column = { ones: true, ratings: rating, weights: weight }[values];
  const flag = values === 'ratings' ? '--rating' : '--weight';
  if (column === undefined) invalid('--values', `a file with ${values}`, 'none', `Name their column with ${flag}.`);
}

function findTable({ table, train, test }: ExportOptions): string {
  if (table !== undefined && train !== undefined) invalid('footlight export', 'either --table or --train', 'both');
  if ((train === undefined) !== (test === undefined))
    invalid('footlight export', '--train and --test together', train === undefined ? '--test alone' : '--train alone');
  return table ?? train ?? invalid('footlight export', 'a file with --table', 'none');
}

function listParts({ train, validation, test }: Splits): [string, Interactions][] {
  const held = [
    ['validation', validation],
    ['test', test],
  ] as const;
  return [
    ['train', train],
    ...held.flatMap(([name, part]): [string, Interactions][] =>
      part
        ? [
            [`${name}-history`, part.history],
            [`${name}-targets`, part.targets],
          ]
        : [],
    ),
  ];
}

function listTables(parts: readonly [string, Interactions][], format: 'csv' | 'parquet'): ExportedFile[] {
  const write = format === 'csv' ? toCsv : toParquet;
  return parts.map(([name, interactions]) => ({
    name: `${name}.${format}`,
    content: () => write(interactions),
    holds: `${interactions.users.length} interactions`,
  }));
}

/** A matrix per part, and the original ids of its rows and columns. Parts share ids where they share a catalogue. */
function listNpzFiles(parts: readonly [string, Interactions][], { values }: ExportOptions): ExportedFile[] {
  const matrices = parts.map(([name, interactions]): ExportedFile => {
    const matrix = toCsr(interactions, omitUndefined({ values }));
    const holds = `${matrix.shape.join(' × ')} matrix, ${matrix.data.length} entries`;
    return { name: `${name}.npz`, content: () => toNpz(matrix), holds };
  });
  const [, { catalogue: shared }] = parts[0]!;
  const others = parts.filter(([, { catalogue }]) => catalogue.userIds !== shared.userIds);
  const listIds = (name: string, ids: Interactions['catalogue']['userIds']): ExportedFile => ({
    name: `${name}.npy`,
    content: () => toNpy(ids),
    holds: `${ids.length} ids`,
  });
  return [
    ...matrices,
    listIds('users', shared.userIds),
    listIds('items', shared.itemIds),
    ...others.map(([name, { catalogue }]) => listIds(`${name}-users`, catalogue.userIds)),
  ];
}
