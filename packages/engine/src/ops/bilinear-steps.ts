import type { FusedLoss } from '../fused-loss.js';
import type { BilinearTable, BilinearTables, BilinearTraining } from '../kernels.js';
import type { Optimizer } from '../optimizers/types.js';
import { hasKernel, runKernel } from '../run-kernel.js';
import type { tf } from '../tfjs/tfjs.js';
import { claimValues } from '../variables.js';
import type { BilinearBatch } from './types.js';

export interface BilinearStepsOptions {
  /** Tables of $p_u \cdot q_i + b_u + b_i$. Either both biases or neither. */
  readonly tables: {
    /** `[user, dim]` */
    readonly user: tf.Variable;
    /** `[item, dim]` */
    readonly item: tf.Variable;
    /** `[user, 1]` */
    readonly userBias?: tf.Variable;
    /** `[item, 1]` */
    readonly itemBias?: tf.Variable;
  };
  /** All trained parameters by path, the tables among them. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** The loss as data; see `findFormula` of `@footlight/losses`. */
  readonly loss: FusedLoss;
  readonly optimizer: Optimizer;
}

export interface BilinearSteps {
  /** Runs one step: scores, loss, gradients and update of all tables. @returns the mean loss before the update */
  step(batch: BilinearBatch, learningRateFactor: number): number;
  /**
   * Starts one step on another thread, so that the caller can make the next batch meanwhile. Waits for the step before.
   *
   * Nothing else may read a table or the state of the optimizer until the returned function or `flush` has been called.
   *
   * @returns a function that waits for the step and returns its loss
   */
  begin(batch: BilinearBatch, learningRateFactor: number): () => number;
  /** Applies postponed updates of rows. Required before anything else reads a table or the state of the optimizer. */
  flush(): void;
}

/**
 * Fused training steps of a bilinear factorization: each step is one call of a C++ kernel.
 *
 * The mathematics is that of the composed step (`scoreCandidates`, the loss, `valueAndGradients`, the optimizer) within
 * rounding, without tensors in between.
 *
 * @returns `undefined` unless the backend has the kernel, all parameters are tables of the product, and the optimizer
 *   is one of this package
 * @throws {RecsysError} from `step`: `invalid-argument` for ids outside of a table; nothing is changed then
 * @source ours
 */
export function bilinearSteps({
  tables,
  parameters,
  loss,
  optimizer,
}: BilinearStepsOptions): BilinearSteps | undefined {
  const { memory } = optimizer;
  const all = Object.values(tables);
  if (!hasKernel('createBilinear') || !memory || parameters.size !== all.length) return undefined;
  const paths = new Map([...parameters].map(([path, variable]) => [variable, path]));
  if (all.some((table) => !paths.has(table))) return undefined;

  const { user, item, userBias, itemBias } = tables;
  // Looked up at every step, because a checkpoint may have replaced the memory.
  const findTable = (variable: tf.Variable): BilinearTable => ({
    weights: claimValues(variable),
    slots: memory.slots(paths.get(variable)!, variable.size),
  });
  const findTables = (): BilinearTables => ({
    user: findTable(user),
    item: findTable(item),
    ...(userBias && itemBias ? { userBias: findTable(userBias), itemBias: findTable(itemBias) } : {}),
  });
  const create = (): BilinearTraining => {
    const sizes = { users: user.shape[0]!, items: item.shape[0]!, dim: user.shape[1]!, biases: userBias !== undefined };
    const options = { ...sizes, loss, optimizer: memory.optimizer, step: memory.steps };
    return runKernel('createBilinear', options, () => undefined)!;
  };
  // created at the first step, because the optimizer may be restored until then
  let training: BilinearTraining | undefined;
  let running: { loss?: number } | undefined;
  const finish = () => {
    if (running) running.loss = training!.finish();
    running = undefined;
  };
  const begin: BilinearSteps['begin'] = (batch, factor) => {
    training ??= create();
    training.prepare(batch);
    finish();
    training.start(findTables(), factor);
    memory.steps++;
    const own: { loss?: number } = {};
    running = own;
    return () => {
      if (own.loss === undefined) finish();
      return own.loss!;
    };
  };
  return {
    begin,
    step: (batch, factor) => begin(batch, factor)(),
    flush() {
      finish();
      training?.flush(findTables());
    },
  };
}
