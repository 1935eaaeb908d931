import { invalid } from '@footlight/core';
import type { Catalogue, OriginalIds } from '@footlight/datasets';
import type { tf } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import type { Network, Representation } from '@footlight/models';
import type { Recommender } from '../recommend/types.js';
import { copyParameters, restoreParameters } from '../storage/parameters.js';
import type { StoredTensor } from '../storage/tensor-file.js';
import { type AxisKind, findIdAxes } from './find-id-axes.js';

/** How many users or items of the data an earlier model has. */
export interface IdCounts {
  /** Their parameters are taken over. */
  readonly known: number;
  /** They start from initial parameters. */
  readonly new: number;
  /** Those of the earlier model that the data no longer have. */
  readonly gone: number;
}

/** What a training takes over from an earlier model, whose parameters it starts from. */
export interface StartCounts {
  /** Absent for models without parameters of users. */
  readonly users?: IdCounts;
  readonly items: IdCounts;
}

/** Where a training continues that started from the checkpoint of an earlier run. */
export interface ContinuedRun {
  /** Epochs that the earlier run completed. */
  readonly epoch: number;
  /** Steps that it completed of the next epoch. */
  readonly step: number;
}

/** How a training began: from the parameters of a saved model, or at the place that an earlier run had reached. */
export type TrainingStart = StartCounts | ContinuedRun;

/**
 * Sets the parameters of a network to those of a trained model, so that training continues from it. Parameters of users
 * and items are found by their original ids; new ones keep their initial parameters.
 *
 * @param model the representation of the network, needed if the users or items differ
 * @throws {RecsysError} `invalid-argument` if the network is another model, or has parameters that do not belong to
 *   single users or items (hashed or feature embeddings) while users or items differ
 */
export async function startFrom(
  network: Network,
  catalogue: Catalogue,
  from: Recommender,
  model?: Representation,
): Promise<StartCounts> {
  const parameters = collectParameters(network.parameters);
  const earlier = await copyParameters(collectParameters(from.predictor.parameters));
  const users = network.reads === 'user' ? matchIds(catalogue.userIds, from.catalogue.userIds) : undefined;
  const items = matchIds(catalogue.itemIds, from.catalogue.itemIds);
  const counts = { ...(users && { users: users.counts }), items: items.counts };
  if ((users?.isSame ?? true) && items.isSame) {
    restoreParameters(parameters, earlier);
    return counts;
  }
  assertKnown('user', users);
  assertKnown('item', items);
  const axes = findIdAxes(
    model ??
      invalid(
        'fit(from)',
        'the users and items that the model was trained on, in their order, or { model }',
        describeCounts(counts),
        'Pass { model }, so that the parameters of users and items can be told.',
      ),
  );
  const sources = { user: users?.sources, item: items.sources, fixed: undefined };
  restoreParameters(
    parameters,
    new Map(
      [...parameters].map(([path, variable]) => {
        const stored =
          earlier.get(path) ??
          invalid('fit(from)', `a trained model with ${path}`, [...earlier.keys()].join(', '), 'Is it the same model?');
        return [path, takeOver(path, variable, stored, axes.get(path), sources)];
      }),
    ),
  );
  return counts;
}

/**
 * Says what is taken over, and whether the optimizer's state is.
 *
 * @example
 * describeTrainingStart({ items: { known: 9, new: 1, gone: 0 } })
 * // 'from the parameters of an earlier model (9 items known, 1 new, 0 gone); the optimizer starts anew'
 */
export function describeTrainingStart(start: TrainingStart): string {
  if (!('items' in start))
    return (
      `from a checkpoint after ${count(start.epoch, 'epoch')}` +
      `${start.step > 0 ? ` and ${count(start.step, 'step')}` : ''}, with the state of its optimizer`
    );
  return `from the parameters of an earlier model (${describeCounts(start)}); the optimizer starts anew`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function describeCounts({ users, items }: StartCounts): string {
  const describe = (kind: string, counts: IdCounts) =>
    `${counts.known} ${kind} known, ${counts.new} new, ${counts.gone} gone`;
  return [...(users ? [describe('users', users)] : []), describe('items', items)].join('; ');
}

interface Matched {
  readonly counts: IdCounts;
  /** Whether dense ids mean the same. */
  readonly isSame: boolean;
  /** The earlier dense id of each id; −1 for new ones. */
  readonly sources: Int32Array;
}

function matchIds(ids: OriginalIds, earlier: OriginalIds): Matched {
  const places = new Map<string, number>();
  for (let at = 0; at < earlier.length; at++) places.set(String(earlier[at]), at);
  const sources = Int32Array.from({ length: ids.length }, (_, at) => places.get(String(ids[at])) ?? -1);
  const known = sources.reduce((sum, source) => sum + (source >= 0 ? 1 : 0), 0);
  return {
    counts: { known, new: ids.length - known, gone: earlier.length - known },
    isSame: ids.length === earlier.length && sources.every((source, at) => source === at),
    sources,
  };
}

/** Ids of other data would train a new model under the name of the old one. */
function assertKnown(kind: 'user' | 'item', matched: Matched | undefined): void {
  if (!matched || matched.counts.known > 0) return;
  invalid(
    'fit(from)',
    `${kind}s that the model was trained on`,
    `${matched.counts.new} new ones and none of its ${matched.counts.gone}`,
    'Are these the same data, with ids of the same kind? Else train a new model.',
  );
}

/** The initial values of a parameter, with those of known users and items from the earlier model. */
function takeOver(
  path: string,
  variable: tf.Variable,
  stored: StoredTensor,
  axes: readonly (AxisKind | undefined)[] | undefined,
  sources: Readonly<Record<AxisKind, Int32Array | undefined>>,
): StoredTensor {
  const fits =
    axes?.length === stored.shape.length &&
    axes.every((axis, at) => axis !== undefined && (sources[axis] || stored.shape[at] === variable.shape[at]));
  if (!fits)
    invalid(
      'fit(from)',
      'parameters with one row per user or item, or the users and items that the model was trained on, in their order',
      `${path}, whose rows belong to several`,
      'Train a new model on all data, or filter the new ones out.',
    );
  const values = variable.dataSync().slice() as Float32Array;
  const size = stored.values.length;
  const strides = toStrides(stored.shape);
  for (let at = 0; at < values.length; at++) {
    let place = 0;
    let rest = at;
    for (let axis = variable.shape.length - 1; axis >= 0 && place >= 0; axis--) {
      const length = variable.shape[axis]!;
      const index = rest % length;
      rest = (rest - index) / length;
      const source = sources[axes![axis]!]?.[index] ?? index;
      place = source < 0 ? -1 : place + source * strides[axis]!;
    }
    if (place >= 0 && place < size) values[at] = stored.values[place]!;
  }
  return { shape: [...variable.shape], values };
}

function toStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
}
