import { basename, extname } from 'node:path';
import { invalid } from '@footlight/core';
import { type Dataset, kCore, type Negatives, type Split, table, uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { type Metric, mrr, ndcg, recall, rmse } from '@footlight/metrics';
import { defineExperiment, type Experiment } from '@footlight/trainer';
import { losses, models, splits } from './components-by-name.js';

/** What the command line says about somebody's own file. */
export interface OwnTable {
  readonly table: string;
  readonly user?: string;
  readonly item?: string;
  readonly rating?: string;
  readonly time?: string;
  readonly times?: 'seconds' | 'milliseconds' | 'date';
  readonly model: string;
  readonly loss: string;
  readonly split?: string;
  readonly epochs: number;
  readonly dim: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly negatives?: number;
  readonly kCore?: number;
  readonly seed: number;
}

/** The name under which results of the file are kept, e.g. `own/ratings-factorization`. */
export function rowOf({ table: path, model }: OwnTable): string {
  return `own/${basename(path, extname(path))}-${model}`;
}

/**
 * An experiment on somebody's own file, from the names of its columns and parts.
 *
 * @throws {RecsysError} `invalid-argument` if parts do not fit together
 */
export function ownExperiment(options: OwnTable): Experiment {
  const dataset = datasetOf(options);
  const filters = options.kCore === undefined ? [] : [kCore({ minimum: options.kCore })];
  const split = splitOf(options);
  const { seed } = options;
  const measured = { dataset, filters, split, seed };
  const model = models[options.model]!({ dim: options.dim });
  if (model.kind === 'solver') return defineExperiment({ ...measured, metrics: rankMetrics(), model });
  const loss = losses[options.loss]!();
  const training = {
    epochs: options.epochs,
    batchSize: options.batchSize,
    optimizer: () => adam({ learningRate: options.learningRate }),
  };
  // One call per kind of loss: which options there are depends on it.
  if (loss.kind === 'ranking')
    return defineExperiment({ ...measured, ...training, metrics: rankMetrics(), model, loss, ...negativesOf(options) });
  if (options.negatives !== undefined)
    invalid('footlight run --negatives', `a ranking loss, such as ${rankingNames()}`, loss.name);
  if (loss.kind === 'catalogue')
    return defineExperiment({ ...measured, ...training, metrics: rankMetrics(), model, loss });
  if (options.rating === undefined)
    invalid('footlight run --rating', `the name of the column with the ratings for ${loss.name}`, 'none');
  return defineExperiment({ ...measured, ...training, metrics: [...rankMetrics(), rmse()], model, loss });
}

function datasetOf({ table: path, user, item, rating, time, times }: OwnTable): Dataset {
  if (user === undefined) invalid('footlight run --user', 'the name of the column with the user ids', 'none');
  if (item === undefined) invalid('footlight run --item', 'the name of the column with the item ids', 'none');
  return table({
    path,
    user,
    item,
    ...(rating === undefined ? {} : { rating }),
    ...(time === undefined ? {} : { timestamp: time }),
    ...(times === undefined ? {} : { times }),
  });
}

/** Without times there is no last interaction to leave out. */
function splitOf({ split, time }: OwnTable): Split {
  const name = split ?? (time === undefined ? 'random' : 'leave-last-out');
  if (name !== 'random' && time === undefined)
    invalid(
      `footlight run --split ${name}`,
      'the name of the column with the times',
      'none',
      'Add --time, or take --split random.',
    );
  return splits[name]!();
}

function rankMetrics(): Metric[] {
  return [ndcg({ at: 10 }), recall({ at: 20 }), mrr()];
}

function negativesOf({ negatives }: OwnTable): { negatives?: Negatives } {
  return negatives === undefined ? {} : { negatives: uniformNegatives({ count: negatives }) };
}

function rankingNames(): string {
  return Object.entries(losses)
    .filter(([, make]) => make().kind === 'ranking')
    .map(([name]) => name)
    .join(', ');
}
