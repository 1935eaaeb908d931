import { assertInteger, assertNumber, invalid, omitUndefined } from '@footlight/core';
import {
  createSparseMatrix,
  createVariable,
  type SparseMatrix,
  scoreCatalogue,
  sparseDenseMatMul,
  tf,
  watchVariables,
} from '@footlight/engine';
import {
  collectParameters,
  type Embedding,
  type EmbeddingFactory,
  scaledEmbeddings,
  type Training,
} from '@footlight/layers';
import { createBilinearHistories } from '../fold-in/bilinear-histories.js';
import { describeFoldIn, type FoldInOptions, resolveFoldIn } from '../fold-in/options.js';
import { createNormalizedGraph } from '../normalized-graph.js';
import type { Network, Representation } from '../types.js';
import { createEmbeddings } from './create-embeddings.js';

export interface LightGcnOptions {
  /** Length of the vectors of users and items. */
  readonly dim: number;
  /** Number of propagations K, from 0. Default 3. */
  readonly layers?: number;
  /** L2 penalty λ on the embeddings of the user and the scored items of each query, from 0. Default 0.0001. */
  readonly regularization?: number;
  /** Embedding of users. Default `scaledEmbeddings({ deviation: 0.1 })`, as the authors' PyTorch code. */
  readonly userEmbedding?: EmbeddingFactory;
  /** Embedding of items. Default `scaledEmbeddings({ deviation: 0.1 })`. */
  readonly itemEmbedding?: EmbeddingFactory;
  /** How unknown users with a history are folded in. Does not change training. */
  readonly foldIn?: FoldInOptions;
}

/** Vectors of all users and items. */
interface Vectors {
  /** `[user, dim]` */
  readonly user: tf.Tensor2D;
  /** `[item, dim]` */
  readonly item: tf.Tensor2D;
}

/**
 * LightGCN: linear graph convolution; the embeddings of users and items are averaged over the graph of who chose what.
 *
 * $$ P^{(k+1)} = \tilde{R} Q^{(k)}, \quad Q^{(k+1)} = \tilde{R}^\top P^{(k)}, \quad \tilde{R}_{ui} = \frac{[u \text{ chose } i]}{\sqrt{d_u d_i}} $$
 * $$ P = \frac{1}{K + 1} \sum_{k=0}^K P^{(k)}, \quad Q = \frac{1}{K + 1} \sum_{k=0}^K Q^{(k)}, \quad s_{ui} = P_u \cdot Q_i $$
 *
 * where $P^{(0)}$ and $Q^{(0)}$ are the learned embeddings of users and items, and d are the numbers of neighbors in
 * the training data. Each training step propagates once, each parameter change once more before the next answer. The
 * penalty of a query with user u and scored items i is $\frac{\lambda}{2} (\|P^{(0)}_u\|^2 + \sum_i
 * \|Q^{(0)}_i\|^2)$, as in the authors' code; losses over the whole catalogue have that of the user only.
 *
 * The propagated vectors are stored with the model, so that a saved one answers without the training data.
 *
 * @example
 * lightGcn({ dim: 64 }).build({ userCount: 943, itemCount: 1682, interactions: train }, createRng(42))
 * @throws {RecsysError} `invalid-argument` for options out of range; from `encode` while training if the model was
 *   built without interactions
 * @source He et al., SIGIR 2020, https://arxiv.org/abs/2002.02126; https://github.com/gusye1234/LightGCN-PyTorch
 */
export function lightGcn(options: LightGcnOptions): Representation {
  const {
    dim,
    layers = 3,
    regularization = 1e-4,
    userEmbedding = scaledEmbeddings({ deviation: 0.1 }),
    itemEmbedding = scaledEmbeddings({ deviation: 0.1 }),
  } = options;
  assertInteger('lightGcn(dim)', dim);
  assertInteger('lightGcn(layers)', layers, { minimum: 0 });
  assertNumber('lightGcn(regularization)', regularization, { from: 0 });
  const foldInOptions = resolveFoldIn(options.foldIn);
  return {
    kind: 'representation',
    name: `light-gcn(${dim}, ${layers} ${layers === 1 ? 'layer' : 'layers'})`,
    protocol: {
      name: 'light-gcn',
      ...{ dim, layers, regularization },
      userEmbedding: userEmbedding.protocol,
      itemEmbedding: itemEmbedding.protocol,
      foldIn: describeFoldIn(foldInOptions),
    },
    reads: 'user',
    build(data, rng): Network {
      const { userCount, itemCount } = data;
      const embeddings = createEmbeddings(
        data,
        { user: { embedding: userEmbedding, dim }, item: { embedding: itemEmbedding, dim } },
        rng,
      );
      const { user, item } = embeddings;
      const graph = data.interactions && createNormalizedGraph(data.interactions);
      const propagated = {
        user: createVariable<tf.Rank.R2>([userCount, dim], (zeros) => zeros),
        item: createVariable<tf.Rank.R2>([itemCount, dim], (zeros) => zeros),
      };
      const haveChanged = watchVariables([
        ...collectParameters({ user: user.parameters, item: item.parameters }).values(),
      ]);
      const refresh = (): void => {
        if (!graph || !haveChanged()) return;
        tf.tidy(() => {
          const vectors = propagate(graph, embeddings, layers);
          propagated.user.assign(vectors.user);
          propagated.item.assign(vectors.item);
        });
      };
      const read = (): Vectors => {
        refresh();
        return propagated;
      };
      const steps = new WeakMap<Training, Vectors>(); // the vectors of the step that `encode` began
      const propagateStep = (training: Training): Vectors => {
        const vectors = propagate(graph ?? refuseTraining(), embeddings, layers);
        steps.set(training, vectors);
        return vectors;
      };
      const score: Network['score'] = (vectors, candidates, training) => {
        const items = training ? (steps.get(training) ?? propagateStep(training)).item : read().item;
        if (!candidates) return scoreCatalogue(vectors, items);
        if (regularization > 0) training?.addPenalty?.(penalize(item, candidates, regularization));
        const rows = tf.reshape(gather(items, candidates), [...candidates.shape, dim]); // [query, candidate, dim]
        return tf.sum(tf.mul(rows, tf.expandDims(vectors, 1)), 2);
      };
      return {
        reads: 'user',
        parameters: { user: user.parameters, item: item.parameters, propagated },
        encode({ users }, training) {
          const all = training ? propagateStep(training) : read();
          const vectors = tf.expandDims(gather(all.user, users), 1) as tf.Tensor3D; // [batch, 1, dim]
          const penalty = training && regularization > 0 ? penalize(user, users, regularization) : undefined;
          return { vectors, ...omitUndefined({ penalty }) };
        },
        score,
        catalogue: () => ({ table: tf.clone(read().item) }),
        itemVectors: () => tf.clone(read().item),
        refresh,
        histories: createBilinearHistories(
          {
            users: () => ({ vectors: read().user }),
            items: () => ({ vectors: read().item }),
            trainedUsers: data.trainedUsers,
            rates: false,
            score: (vector) => score(vector),
          },
          foldInOptions,
        ),
      };
    },
  };
}

/** The means of the embeddings over all layers. */
function propagate(graph: SparseMatrix, { user, item }: Record<'user' | 'item', Embedding>, layers: number): Vectors {
  let [users, items] = [user.all(), item.all()];
  let [userSum, itemSum] = [users, items];
  for (let layer = 0; layer < layers; layer++) {
    [users, items] = [sparseDenseMatMul(graph, items), sparseDenseMatMul(graph, users, { transposed: true })];
    [userSum, itemSum] = [tf.add(userSum, users), tf.add(itemSum, items)];
  }
  return { user: tf.div(userSum, layers + 1), item: tf.div(itemSum, layers + 1) };
}

/**
 * Gathers rows as the product with a selection matrix, whose gradient adds up rows in one order everywhere.
 *
 * @shape table `[count, dim]`, ids `[...]` int32 → `[id, dim]`
 */
function gather(table: tf.Tensor2D, ids: tf.Tensor): tf.Tensor2D {
  const offsets = Int32Array.from({ length: ids.size + 1 }, (_, at) => at);
  return sparseDenseMatMul(createSparseMatrix({ offsets, ids: ids.dataSync() as Int32Array }, table.shape[0]), table);
}

/** Half the squared lengths of the initial vectors of each row of ids, times λ. @shape ids `[row, ...]` → `[row]` */
function penalize(embedding: Embedding, ids: tf.Tensor, regularization: number): tf.Tensor1D {
  const vectors = embedding.apply(ids); // [row, ..., dim]
  return tf.mul(regularization / 2, tf.sum(tf.reshape(tf.square(vectors), [ids.shape[0]!, -1]), 1));
}

function refuseTraining(): never {
  return invalid(
    'lightGcn(build)',
    'the training interactions, for the graph',
    'none',
    'Pass them: build({ ...train.catalogue, interactions: train }, rng).',
  );
}
