import type { BilinearLoss, BilinearOptimizer, BilinearTable } from '@footlight/native';
import * as tf from '@tensorflow/tfjs';
import { loadNativeKernels } from '../backends/native/load-kernels.js';
import { claimValues } from '../memory.js';
import type { Optimizer } from '../optimizers/types.js';

export interface BilinearStepsOptions {
  /** Tables of $p_u \cdot q_i + b_u + b_i$; biases both or neither. */
  readonly tables: {
    readonly user: tf.Variable; // [user, dim]
    readonly item: tf.Variable; // [item, dim]
    readonly userBias?: tf.Variable; // [user, 1]
    readonly itemBias?: tf.Variable; // [item, 1]
  };
  /** All that is trained, by path; tables are looked for among them. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** The loss as data; see `findFormula` of `@footlight/losses`. */
  readonly loss: BilinearLoss;
  readonly optimizer: Optimizer;
}

/** A batch of queries as ids. */
export interface BilinearBatch {
  readonly users: Int32Array; // [query]
  readonly positives: Int32Array; // [query]
  readonly negatives: Int32Array; // [query, negative]
}

export interface BilinearSteps {
  /** One step: scores, loss, gradients and update of all tables. @returns the mean loss before the update */
  step(batch: BilinearBatch, learningRateFactor: number): number;
  /**
   * The same on another thread, so that the next batch can be made meanwhile; the step begun before is waited for. Until the loss is asked for, or `flush` has
   * been called, nobody else may read a table or what the optimizer remembers.
   *
   * @returns what waits for the step and has its loss
   */
  begin(batch: BilinearBatch, learningRateFactor: number): () => number;
  /** Brings rows up to date whose update was put off; before anything else reads a table or what the optimizer remembers. */
  flush(): void;
}

/**
 * Training steps of bilinear factorization, each in one call of a C++ kernel: the mathematics of the composed path (`scoreCandidates`, the loss,
 * `valueAndGradients`, the optimizer) within rounding, without a tensor in between.
 *
 * @returns `undefined` unless the backend is `native`, all parameters are tables of the product, and the optimizer is one of this package
 * @throws {RecsysError} from `step`: `invalid-argument` for ids outside of a table; nothing is changed then
 * @source ours
 */
export function bilinearSteps({
  tables,
  parameters,
  loss,
  optimizer,
}: BilinearStepsOptions): BilinearSteps | undefined {
  const kernels = tf.getBackend() === 'native' ? loadNativeKernels() : undefined;
  const { memory } = optimizer;
  const all = Object.values(tables);
  if (!kernels || !memory || parameters.size !== all.length) return undefined;
  const pathOf = new Map([...parameters].map(([path, variable]) => [variable, path]));
  if (all.some((table) => !pathOf.has(table))) return undefined;

  const { user, item, userBias, itemBias } = tables;
  /** Memory of a table and of what the optimizer remembers of it; looked up at every step, since a checkpoint may have replaced it. */
  const tableOf = (variable: tf.Variable): BilinearTable => ({
    weights: claimValues(variable),
    slots: memory.slots(pathOf.get(variable)!, variable.size),
  });
  const tablesNow = () => ({
    user: tableOf(user),
    item: tableOf(item),
    ...(userBias && itemBias ? { userBias: tableOf(userBias), itemBias: tableOf(itemBias) } : {}),
  });
  const create = () =>
    kernels.createBilinear({
      users: user.shape[0]!,
      items: item.shape[0]!,
      dim: user.shape[1]!,
      biases: userBias !== undefined,
      loss,
      optimizer: optimizer.protocol as unknown as BilinearOptimizer,
      step: memory.steps,
    });
  let bilinear: ReturnType<typeof create> | undefined; // made at the first step: what is remembered may be restored until then
  let running: { loss?: number } | undefined;
  const settle = () => {
    if (running) running.loss = kernels.bilinearSettle(bilinear!);
    running = undefined;
  };
  const begin: BilinearSteps['begin'] = (batch, factor) => {
    bilinear ??= create();
    kernels.bilinearPrepare(bilinear, batch);
    settle();
    kernels.bilinearStart(bilinear, tablesNow(), factor);
    memory.steps++;
    const own: { loss?: number } = {};
    running = own;
    return () => {
      if (own.loss === undefined) settle();
      return own.loss!;
    };
  };
  return {
    begin,
    step: (batch, factor) => begin(batch, factor)(),
    flush() {
      settle();
      if (bilinear) kernels.bilinearFlush(bilinear, tablesNow());
    },
  };
}
