import { tf } from '@footlight/engine';
import type { LossEntry, ModelEntry } from '../components/component.js';
import { findComponent } from '../components/create-component.js';
import { parseSpec } from '../components/parse-spec.js';
import { chooseNames, chooseTraining } from './check-combination.js';
import { readingOptions } from './create-dataset.js';
import { formatFlag } from './format-flag.js';
import type { RunOptions } from './types.js';

/** Options that describe a file of one's own; experiments have them in their files. */
export const tableOptions: readonly string[] = [
  ...readingOptions,
  'model',
  'loss',
  'split',
  'filter',
  'metric',
  'ties',
  'seen',
  'minimumRating',
  'cold',
  'candidates',
  'kCore',
  'epochs',
  'dim',
  'batchSize',
  'learningRate',
  'l2',
  'negatives',
  'stopEarly',
  'refit',
  'monitor',
  'layout',
  'lengthPool',
  'seed',
];

/** Training options that are recorded with their defaults too. */
const recorded = ['model', 'epochs', 'batchSize', 'learningRate', 'l2', 'seed'];

/** The command that runs the same again, without what depends on the machine. */
export function formatCommand(name: string, seeds: number, options: RunOptions): string {
  const start = options.from === undefined ? [] : ['--from', quoteForShell(options.from)];
  const common = ['--seeds', String(seeds), ...start, '--backend', tf.getBackend()];
  const file = options.table ?? options.train;
  if (file === undefined) return ['footlight', 'run', name, ...common].join(' ');
  const own = { ...options, table: file };
  const model = findComponent<ModelEntry>('model', parseSpec('--model', options.model).name, '--model');
  const lossName = parseSpec('--loss', chooseNames(own, model).loss).name;
  const { l2, learningRate } = chooseTraining(own, model, findComponent<LossEntry>('loss', lossName, '--loss'));
  const values: Readonly<Record<string, unknown>> = { ...options, learningRate, l2: l2 || options.l2 };
  const trained = model.kind === 'representation';
  const wanted = tableOptions.filter(
    (option) =>
      options.given.includes(option) || (recorded.includes(option) && (trained || ['model', 'seed'].includes(option))),
  );
  const words = [options.table === undefined ? 'train' : 'table', ...wanted].flatMap((option) =>
    [values[option] ?? []]
      .flat()
      .flatMap((value) => (value === true ? [formatFlag(option)] : [formatFlag(option), quoteForShell(String(value))])),
  );
  return ['footlight', 'run', ...words, ...common].join(' ');
}

/** A word as a shell reads it. */
export function quoteForShell(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
