import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import type { Model } from '@footlight/models';
import { createPredictor, createRecommender, createScorerPredictor, type Recommender } from '@footlight/trainer';
import * as ort from 'onnxruntime-web/wasm';
import { toOnnx } from './to-onnx.js';

ort.env.wasm.numThreads = 1;

export const userCount = 11;
export const itemCount = 29;

/** Users with 1 to 9 items of two tastes; the last user has none. */
export function createKnown(): Interactions {
  const rng = createRng(5);
  const rows = Array.from({ length: userCount - 1 }, (_, user) =>
    Array.from(
      new Set(Array.from({ length: 1 + (user % 9) }, () => (2 * rng.integer(14) + (user % 2)) % itemCount)),
    ).map((item) => [user, item] as const),
  ).flat();
  return {
    catalogue: {
      ...{ userCount, itemCount },
      userIds: Int32Array.from({ length: userCount }, (_, user) => 100 + user),
      itemIds: Array.from({ length: itemCount }, (_, item) => `item "${item}"`),
      itemFeatures: {
        names: ['odd', 'even'],
        offsets: Int32Array.from({ length: itemCount + 1 }, (_, item) => item),
        ids: Int32Array.from({ length: itemCount }, (_, item) => item % 2),
      },
    },
    users: Int32Array.from(rows, ([user]) => user),
    items: Int32Array.from(rows, ([, item]) => item),
    ratings: Float32Array.from(rows, ([user, item]) => 1 + ((user + item) % 5)),
    timestamps: Float64Array.from(rows, (_, at) => at),
  };
}

/** A recommender whose parameters are all random, as if the model were trained. */
export function createTrained(model: Model): Recommender {
  const known = createKnown();
  if (model.kind === 'solver') return createRecommender(createScorerPredictor(model.solve(known, createRng(2))), known);
  const network = model.build({ ...known.catalogue, interactions: known, ratingMean: 3 }, createRng(3));
  const rng = createRng(4);
  const change = (tree: object): void => {
    for (const value of Object.values(tree))
      if (!(value instanceof tf.Variable)) change(value);
      else {
        const noise = Float32Array.from({ length: value.size }, () => 0.6 * (rng.next() - 0.5));
        tf.tidy(() => value.assign(tf.add(value, tf.tensor(noise, value.shape))));
      }
  };
  change(network.parameters);
  network.refresh?.();
  return createRecommender(createPredictor(network), known);
}

/** What one row of a batch gives to the graph: padding is where there is no item. */
export interface Row {
  readonly user?: number;
  readonly steps: readonly (number | undefined)[];
}

export interface Answers {
  readonly items: readonly (readonly number[])[];
  readonly itemScores: readonly (readonly number[])[];
  readonly scores: readonly (readonly number[])[];
}

/** Creates a session of ONNX Runtime for a recommender. */
export async function openSession(recommender: Recommender): Promise<{
  readonly bytes: Uint8Array;
  run(rows: readonly Row[], count: number): Promise<Answers>;
  release(): Promise<void>;
}> {
  const bytes = await toOnnx(recommender, { name: 'model' });
  const session = await ort.InferenceSession.create(bytes);
  return {
    bytes,
    async run(rows, count) {
      const time = Math.max(...rows.map(({ steps }) => steps.length));
      const cells = rows.flatMap(({ steps }) => Array.from({ length: time }, (_, at) => steps[at]));
      const shape = [rows.length, time];
      const toIntegers = (values: readonly number[]) => BigInt64Array.from(values, BigInt);
      const results = await session.run({
        ...(session.inputNames.includes('user') && {
          user: new ort.Tensor('int64', toIntegers(rows.map(({ user }) => user!)), [rows.length]),
        }),
        history: new ort.Tensor('int64', toIntegers(cells.map((item) => item ?? -7_000_000)), shape),
        mask: new ort.Tensor(
          'float32',
          Float32Array.from(cells, (item) => (item === undefined ? 0 : 1)),
          shape,
        ),
        count: new ort.Tensor('int64', toIntegers([count]), [1]),
      });
      const read = (name: string) => {
        const { data, dims } = results[name]!;
        const numbers = Array.from(data as ArrayLike<number | bigint>, Number);
        return rows.map((_, row) => numbers.slice(row * dims[1]!, (row + 1) * dims[1]!));
      };
      return { items: read('items'), itemScores: read('item_scores'), scores: read('scores') };
    },
    release: () => session.release(),
  };
}
