import { invalid } from '@footlight/core';
import type { ComponentEntry, LossEntry, ModelEntry } from '../components/component.js';
import { findComponent } from '../components/create-component.js';
import { losses } from '../components/losses.js';
import { parseSpec, type Spec, type Value } from '../components/parse-spec.js';
import { assertNegatives } from './check-negatives.js';
import { assertReading, hasTimes } from './create-dataset.js';
import { formatFlag } from './format-flag.js';
import type { ReadingOptions, TableExperimentOptions } from './types.js';

/** Components where none were named: the loss of the model, ranking metrics, and a split that the file allows. */
export function chooseNames(
  { loss, split, ...reading }: TableExperimentOptions,
  model: ModelEntry,
): { readonly loss: string; readonly split: string; readonly metrics: readonly string[] } {
  const chosen = loss ?? model.loss ?? 'bpr';
  const rates =
    model.needs === 'ratings' || losses.some(({ name, kind }) => kind === 'rating' && isNamed(chosen, name));
  return {
    loss: chosen,
    split: split ?? chooseSplit(reading),
    metrics: ['ndcg(at=10)', 'recall(at=20)', 'mrr', ...(rates ? ['rmse'] : [])],
  };
}

/**
 * Learning rate and L2 penalty where none were given.
 *
 * Ratings are few per user, so models of user ids that learn them need a penalty. With 1e-3 the RMSE of a factorization
 * is 0.86 on MovieLens latest-small (0.98 without; the mean alone 1.05), and stays there with more epochs.
 */
export function chooseTraining(
  { learningRate, l2 }: TableExperimentOptions,
  model: ModelEntry,
  loss: LossEntry,
): { readonly learningRate: number; readonly l2: number } {
  const rates = loss.kind === 'rating' && model.reads === 'user';
  return { learningRate: learningRate ?? (rates ? 0.003 : 0.01), l2: l2 ?? (rates ? 1e-3 : 0) };
}

function chooseSplit(reading: ReadingOptions): string {
  if (reading.test !== undefined) return 'published';
  return hasTimes(reading) ? 'leave-last-out' : 'leave-random-out';
}

function isNamed(text: string, name: string): boolean {
  return text === name || text.startsWith(`${name}(`);
}

/**
 * Checks columns, model, loss, filters, metrics and training options against each other, before anything is read.
 *
 * @throws {RecsysError} `invalid-argument` for the first that does not fit, with what to do
 */
export function assertCombination(options: TableExperimentOptions, model: ModelEntry, loss: LossEntry): void {
  assertReading(options);
  if (model.kind === 'solver') assertNoTraining(options, model);
  else assertLoss(options, model, loss);
  assertDim(options, model);
  assertWindows(options, model);
  assertRatings(options, model, '--model');
  assertFilters(options);
  assertNegatives(options);
  for (const metric of options.metric ?? []) assertMetric(options, metric);
}

/** Checks filters against the file. */
export function assertFilters(
  options: ReadingOptions & Pick<TableExperimentOptions, 'filter' | 'minimumRating'>,
): void {
  if (options.minimumRating !== undefined && options.rating === undefined)
    invalid('--minimum-rating', 'a file with ratings', 'none', 'Name their column with --rating.');
  for (const filter of options.filter ?? [])
    assertRatings(options, findComponent('filter', parseSpec('--filter', filter).name, '--filter'), '--filter');
}

/** Checks a split against the file. */
export function assertSplit(reading: ReadingOptions, split: ComponentEntry, options: Spec['options']): void {
  const place = `--split ${split.name}`;
  if (split.needs === 'times' && !hasTimes(reading) && !followsFile(split, options))
    invalid(
      place,
      'the name of the column with the times',
      'none',
      'Add --time, or take --split leave-random-out.' +
        (split.name === 'by-time' ? '' : ' If the rows of each user are in the order of time, set order=source.'),
    );
  if (split.name === 'by-time' && reading.format === 'sequences')
    invalid(place, 'times', 'positions in a line', 'Choose another split, such as leave-last-out.');
  if (reading.test !== undefined && split.name !== 'published')
    invalid(place, 'no other split, since --test names the test data', split.name, 'Leave --split out.');
  if (split.name === 'published' && reading.test === undefined)
    invalid(
      place,
      'a data set that publishes its own partition',
      'a file of your own',
      'Name the parts with --train and --test, or choose another split.',
    );
}

/** Whether the order of rows in the file stands for times, in this split or in the one that it cuts. */
function followsFile({ name }: ComponentEntry, { order, split }: Spec['options']): boolean {
  return (
    name !== 'by-time' && [order, toSpec(split)?.options['order']].some((value) => toSpec(value)?.name === 'source')
  );
}

/** Words are components without options. */
function toSpec(value: Value | undefined): Spec | undefined {
  return typeof value === 'object' && 'name' in value ? (value as Spec) : undefined;
}

const trainingOptions = [
  ...['loss', 'negatives', 'epochs', 'batchSize', 'learningRate', 'l2'],
  ...['stopEarly', 'monitor', 'layout', 'lengthPool'],
];

function assertNoTraining({ given }: TableExperimentOptions, { name }: ModelEntry): void {
  const stray = given.find((option) => trainingOptions.includes(option));
  if (stray !== undefined)
    invalid(
      formatFlag(stray),
      'a model that is trained',
      `${name}, which is computed directly`,
      'Leave the option out.',
    );
}

function assertLoss(options: TableExperimentOptions, model: ModelEntry, loss: LossEntry): void {
  const place = `--loss ${loss.name}`;
  if (loss.kind === 'rating' && options.rating === undefined)
    invalid(
      place,
      'a file with ratings',
      'none',
      `Name their column with --rating, or choose another loss: ${listLosses('ranking')}.`,
    );
  if (model.reads === 'basket' && loss.kind !== 'catalogue')
    invalid(
      place,
      `a loss over all items for ${model.name}, which reads whole histories`,
      `a ${loss.kind} loss`,
      `Try --loss ${listLosses('catalogue')}.`,
    );
  if (loss.kind !== 'ranking' && options.negatives !== undefined)
    invalid(
      '--negatives',
      'a loss that compares with negatives',
      `${loss.name}, which needs none`,
      `Leave the option out, or choose ${listLosses('ranking')}.`,
    );
}

/** Options of windows are for models of histories. */
function assertWindows({ given }: TableExperimentOptions, { name, reads }: ModelEntry): void {
  const stray = given.find((option) => ['layout', 'lengthPool'].includes(option));
  if (stray === undefined || reads === 'history') return;
  invalid(
    formatFlag(stray),
    'a model that reads histories in order',
    name,
    'Leave the option out, or try --model sequence-gru.',
  );
}

function assertDim({ dim }: TableExperimentOptions, { name, dimOptions, options }: ModelEntry): void {
  if (dim === undefined || dimOptions.length > 0) return;
  const others = options.map((option) => option.name).join(', ');
  invalid(
    '--dim',
    'a model with vectors of one length',
    name,
    others === '' ? 'It has no options.' : `Its options are ${others}: --model "${name}(…)".`,
  );
}

function assertRatings({ rating }: ReadingOptions, { name, needs }: ComponentEntry, flag: string): void {
  if (needs !== 'ratings' || rating !== undefined) return;
  invalid(`${flag} ${name}`, 'a file with ratings', 'none', 'Name their column with --rating.');
}

function assertMetric(options: TableExperimentOptions, text: string): void {
  const metric = findComponent('metric', parseSpec('--metric', text).name, '--metric');
  if (metric.needs !== 'ratings' || options.rating !== undefined) return;
  invalid(
    `--metric ${metric.name}`,
    'a file with ratings',
    'none',
    'Name their column with --rating, or choose ranking metrics such as ndcg or recall.',
  );
}

function listLosses(wanted: LossEntry['kind']): string {
  return losses
    .filter(({ kind }) => kind === wanted)
    .map(({ name }) => name)
    .join(' or ');
}
