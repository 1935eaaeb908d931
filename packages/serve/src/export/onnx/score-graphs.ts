import { invalid } from '@footlight/core';
import { type tf, traceKernels } from '@footlight/engine';
import type { Recommender } from '@footlight/trainer';
import { convertKernels } from './convert-kernels.js';
import { createExample, createVectors, type Example } from './examples.js';
import type { GraphBuilder } from './graph-builder.js';
import { mergeTraces } from './merge-traces.js';

/** Names of what scores are computed from, in the graph, of the inputs that a model reads. */
export interface ScoreInputs {
  /** `[batch]` int64 */
  readonly users?: string;
  /** `[batch, time]` int64, the last items, padded on the left. */
  readonly history?: string;
  /** `[batch, time]` float32, 1 for an item. */
  readonly mask?: string;
  /** `[batch, item]` float32, 1 for an item of the history. */
  readonly clicks?: string;
}

/** Lengths of the two batches that are traced. */
const lengths = [2, 3] as const;

/**
 * Adds the computation of the scores of a model, as its own code runs it.
 *
 * @returns name of the scores, `[batch, item]` float32
 * @throws {RecsysError} `invalid-argument` if the model cannot be a graph
 */
export async function addTracedScores(
  where: string,
  builder: GraphBuilder,
  { predictor, catalogue }: Recommender,
  inputs: ScoreInputs,
): Promise<string> {
  const { reads } = predictor;
  const toInt32 = (name: string | undefined) => (name === undefined ? '' : builder.cast(name, 'int32'));
  return addTrace(
    where,
    builder,
    (batch) => createExample(batch, reads, catalogue),
    ({ users, history, mask, basketMatrix }, { baskets }) =>
      predictor.score({
        users: users as tf.Tensor1D,
        history: history as tf.Tensor2D,
        mask: mask as tf.Tensor2D,
        ...(reads === 'basket' && baskets && { baskets, basketMatrix: basketMatrix as tf.Tensor2D }),
      }),
    {
      users: toInt32(inputs.users),
      history: toInt32(inputs.history),
      ...{ mask: inputs.mask ?? '', basketMatrix: inputs.clicks ?? '' },
    },
  );
}

/**
 * Adds the scores of a model from its vectors of users.
 *
 * @param vectors `[batch, dim]` float32
 * @returns name of the scores, `[batch, item]` float32
 * @throws {RecsysError} `invalid-argument` if the scores cannot be a graph
 */
export function addScoresOfVectors(
  where: string,
  builder: GraphBuilder,
  { score }: NonNullable<Recommender['predictor']['steps']>,
  dim: number,
  vectors: string,
): Promise<string> {
  return addTrace(
    where,
    builder,
    (batch) => createVectors(batch, dim),
    (given) => score(given['vectors'] as tf.Tensor2D),
    { vectors },
  );
}

async function addTrace(
  where: string,
  builder: GraphBuilder,
  create: (batch: number) => Example,
  score: (tensors: Readonly<Record<string, tf.Tensor>>, example: Example) => tf.Tensor2D,
  given: Readonly<Record<string, string>>,
): Promise<string> {
  const trace = async (batch: number) => {
    const example = create(batch);
    try {
      return await traceKernels(example.tensors, (tensors) => ({ scores: score(tensors, example) }));
    } finally {
      for (const tensor of Object.values(example.tensors)) tensor.dispose();
    }
  };
  const graph = mergeTraces(where, await trace(lengths[0]), await trace(lengths[1]), lengths);
  const { dtype } = graph.outputs['scores']!;
  if (dtype !== 'float32') invalid(where, 'scores of float32', dtype);
  return convertKernels(where, builder, graph, given)['scores']!;
}
