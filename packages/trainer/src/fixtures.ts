import {
  type Dataset,
  type HeldOut,
  holdOutUsers,
  type Interactions,
  type Split,
  uniformNegatives,
} from '@footlight/datasets';
import { adam, tf } from '@footlight/engine';
import { bprLoss, multinomialLoss } from '@footlight/losses';
import { mrr, ndcg } from '@footlight/metrics';
import { factorization, multVae } from '@footlight/models';
import { defineExperiment } from './experiment/define-experiment.js';
import { annealed } from './fit/penalty-weight.js';
import type { Predictor } from './recommend/predictor.js';
import type { CatalogueExperiment, EvaluationSpec, LearnedExperiment } from './types.js';

// Shared by the tests of this package; not exported.

/**
 * Interactions from [user, item] pairs; original ids are 100 + user and 10 × item, titles 'Item A', 'Item B', …. Times
 * are row numbers.
 */
export function createInteractions(
  pairs: readonly (readonly [user: number, item: number])[],
  userCount: number,
  itemCount: number,
): Interactions {
  return {
    catalogue: {
      userCount,
      itemCount,
      userIds: Int32Array.from({ length: userCount }, (_, user) => 100 + user),
      itemIds: Int32Array.from({ length: itemCount }, (_, item) => 10 * item),
      itemTitles: Array.from({ length: itemCount }, (_, item) => `Item ${String.fromCharCode(65 + item)}`),
    },
    users: Int32Array.from(pairs, ([user]) => user),
    items: Int32Array.from(pairs, ([, item]) => item),
    ratings: Float32Array.from(pairs, (_, row) => 1 + (row % 5)),
    timestamps: Float64Array.from(pairs, (_, row) => row),
  };
}

/** A predictor whose scores are those of `table`, `[user][item]`. */
export function createTablePredictor(table: readonly (readonly number[])[]): Predictor {
  const scores = tf.tensor2d(table.map((row) => [...row]));
  return {
    reads: 'user',
    parameters: {},
    histories: { refusal: 'a table has a row per user' },
    score: ({ users }) => tf.gather(scores, users) as tf.Tensor2D,
    scoreCandidates: ({ users }, candidates) => tf.gather(tf.gather(scores, users), candidates, 1, 1) as tf.Tensor2D,
  };
}

/** Sixty users with two tastes: even users like even items, odd users like odd items; 7 items each. */
export function createTwoTastes(): Interactions {
  const pairs = Array.from({ length: 60 }, (_, user) =>
    Array.from({ length: 7 }, (_, k) => [user, (2 * (user + 3 * k) + (user % 2)) % 34] as const),
  ).flat();
  return createInteractions(pairs, 60, 34);
}

export function createDataset(all: Interactions): Dataset {
  return { name: 'given', protocol: {}, columns: { ratings: true, timestamps: true }, load: async () => all };
}

function selectRows(all: Interactions, keep: (row: number) => boolean): Interactions {
  const pick = <T extends Int32Array | Float32Array | Float64Array>(column: T): T =>
    column.filter((_, row) => keep(row)) as T;
  return {
    catalogue: all.catalogue,
    users: pick(all.users),
    items: pick(all.items),
    ratings: pick(all.ratings!),
    timestamps: pick(all.timestamps!),
  };
}

/** Split: every seventh interaction is a test target, the one before it is in the validation part. */
export function everySeventh(): Split {
  return {
    name: 'every-seventh',
    protocol: {},
    split(all) {
      const train = selectRows(all, (row) => row % 7 < 5);
      const held = (which: number, history: Interactions): HeldOut => ({
        history,
        targets: selectRows(all, (row) => row % 7 === which),
      });
      return {
        train,
        validation: held(5, train),
        test: held(
          6,
          selectRows(all, (row) => row % 7 < 6),
        ),
      };
    },
  };
}

/** The options that the experiments of the tests share. */
export const sharedSpec: EvaluationSpec = {
  dataset: createDataset(createTwoTastes()),
  split: everySeventh(),
  metrics: [ndcg({ at: 10 }), mrr()],
  seed: 3,
};

/** A factorization of the two tastes that trains in a second. */
export const learnedExperiment: LearnedExperiment = defineExperiment({
  ...sharedSpec,
  model: factorization({ dim: 5 }),
  loss: bprLoss(),
  negatives: uniformNegatives({ count: 2 }),
  optimizer: () => adam({ learningRate: 0.05 }),
  epochs: 6,
  batchSize: 32,
});

/** A variational autoencoder of the baskets of two tastes, some of whose users are held out. */
export const basketExperiment: CatalogueExperiment = defineExperiment({
  dataset: createDataset(createTwoTastes()),
  split: holdOutUsers({ validation: 11, test: 13, targets: 0.3 }),
  metrics: [ndcg({ at: 10 })],
  seed: 3,
  model: multVae({ dims: [17, 5] }),
  loss: multinomialLoss(),
  optimizer: () => adam({ learningRate: 0.02 }),
  epochs: 12,
  batchSize: 7,
  penalty: annealed({ cap: 0.2, epochs: 6 }),
});
