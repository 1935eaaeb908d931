import { assertInteger, assertNumber, assertShape, invalid, omitUndefined } from '@footlight/core';
import { readValues } from '../memory.js';
import { hasKernel, runKernel } from '../run-kernel.js';
import { createEvenOffsets } from '../sparse-rows.js';
import { tf } from '../tfjs/tfjs.js';
import { type AttentionDropout, attentionDefinition } from './attention-definition.js';
import { createLeftLayout, createMask, gatherSteps, scatterSteps } from './ragged-steps.js';

export interface AttentionInputs {
  /** `[batch, time, dim]`: what each step looks for; head h has the entries h·dim/heads … (h + 1)·dim/heads − 1. */
  readonly queries: tf.Tensor3D;
  /** `[batch, source, dim]`: what each source is found by. */
  readonly keys: tf.Tensor3D;
  /** `[batch, source, dim]`: what each source gives. */
  readonly values: tf.Tensor3D;
  /** `[batch, source]`: 1 for a source that can be attended to, 0 for padding. Default: all 1. */
  readonly mask?: tf.Tensor2D;
  /**
   * Added to the scores, `[batch or 1, heads or 1, time, source]`. Kernels have none: with it, numbers are stored for
   * each pair of a step and a source. Default: nothing.
   */
  readonly bias?: tf.Tensor4D;
  /** Number of heads, which divides `dim`. */
  readonly heads: number;
  /** Whether step t attends to the sources 0 … t only. `time` and `source` must then be equal. Default false. */
  readonly causal?: boolean;
  /** Dropout of the weights. Default: none. */
  readonly dropout?: AttentionDropout;
}

export interface RaggedAttentionInputs extends Pick<AttentionInputs, 'heads' | 'causal' | 'dropout'> {
  /** `[step, dim]`: the steps of sequences one after the other. */
  readonly queries: tf.Tensor2D;
  /** `[step, dim]` */
  readonly keys: tf.Tensor2D;
  /** `[step, dim]` */
  readonly values: tf.Tensor2D;
  /** `[batch + 1]`: where the steps of each sequence begin, and where the last ones end. */
  readonly offsets: Int32Array;
}

/**
 * Scaled dot-product attention with several heads: each step receives a mean of the values, weighted by how well its
 * query fits their keys.
 *
 * $$ a_{tj} = \frac{m_j \, e^{q_t \cdot k_j / \sqrt{d} + r_{tj}}}{\sum_{j'} m_{j'} \, e^{q_t \cdot k_{j'} / \sqrt{d} + r_{tj'}}}, \quad y_t = \sum_j a_{tj} v_j $$
 *
 * for each head, with vectors of length d = dim / heads; the heads are concatenated. m is the mask and r the bias; with
 * `causal`, sources j > t have m = 0 as well. A step without any source gets zeros. With `dropout`, each $a_{tj}$ is
 * multiplied by 0 or by 1 / (1 − rate); the numbers drawn depend on the seed, the step, the head and the source alone.
 *
 * Kernels `Attention` and `AttentionGradient`, which never store the weights: their memory does not grow with `time` ·
 * `source`.
 *
 * @shape queries `[batch, time, dim]`, keys and values `[batch, source, dim]`, mask `[batch, source]` → `[batch, time,
 *   dim]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree, `heads` does not divide `dim`, `causal` is asked for
 *   with `time` ≠ `source`, or rate or seed of the dropout are out of range
 * @source Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, eq. 1; the kernel: Dao et al. 2022,
 *   https://arxiv.org/abs/2205.14135
 */
export function attention(inputs: AttentionInputs): tf.Tensor3D {
  const { queries, keys, values, mask, bias, heads, causal, dropout } = inputs;
  const { batch, time, dim } = assertShape('attention(queries)', queries, ['batch', 'time', 'dim']);
  const { source } = assertShape('attention(keys)', keys, ['batch', 'source', 'dim'], { batch, dim });
  assertShape('attention(values)', values, ['batch', 'source', 'dim'], { batch, source, dim });
  if (mask) assertShape('attention(mask)', mask, ['batch', 'source'], { batch, source });
  assertOptions('attention', dim, heads, dropout);
  if (bias) assertBias('attention(bias)', bias, [batch, heads, time, source]);
  if (causal && time !== source) invalid('attention(causal)', `as many steps as sources, ${source}`, `${time}`);
  return tf.tidy(() => {
    const numbers = mask && tf.cast(mask, 'float32');
    if (bias || !hasKernel('Attention'))
      return attentionDefinition({ ...inputs, ...(numbers && { mask: numbers }) }, createEvenOffsets(batch, time));
    return runAttention<tf.Tensor3D>({
      ...{ queries, keys, values, heads, causal, dropout, mask: numbers && readValues(numbers).slice() },
      ...{ stepOffsets: createEvenOffsets(batch, time), sourceOffsets: createEvenOffsets(batch, source) },
    });
  });
}

/**
 * `attention` of sequences of different lengths to themselves, without padding: the steps of all sequences lie one
 * after the other, and each attends to those of its own sequence.
 *
 * Kernel `Attention`.
 *
 * @shape queries, keys and values `[step, dim]` → `[step, dim]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree, offsets do not ascend from 0 to the number of steps,
 *   `heads` does not divide `dim`, or rate or seed of the dropout are out of range
 * @source Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, eq. 1; the kernel: Dao et al. 2022,
 *   https://arxiv.org/abs/2205.14135
 */
export function raggedAttention(inputs: RaggedAttentionInputs): tf.Tensor2D {
  const { queries, keys, values, offsets, heads, causal, dropout } = inputs;
  const { step, dim } = assertShape('raggedAttention(queries)', queries, ['step', 'dim']);
  assertShape('raggedAttention(keys)', keys, ['step', 'dim'], { step, dim });
  assertShape('raggedAttention(values)', values, ['step', 'dim'], { step, dim });
  assertOptions('raggedAttention', dim, heads, dropout);
  if (offsets[0] !== 0 || offsets.at(-1) !== step || offsets.some((offset, at) => offset < (offsets[at - 1] ?? 0)))
    invalid('raggedAttention(offsets)', `0, then ascending to the ${step} steps`, `[${offsets.join(', ')}]`);
  if (hasKernel('Attention'))
    return runAttention<tf.Tensor2D>({
      ...{ queries, keys, values, heads, causal, dropout, stepOffsets: offsets, sourceOffsets: offsets },
    });
  return tf.tidy(() => {
    const layout = createLeftLayout(offsets);
    const pad = (steps: tf.Tensor2D) => scatterSteps(steps, layout);
    const padded = { queries: pad(queries), keys: pad(keys), values: pad(values) }; // [batch, time, dim]
    const mask = createMask(layout);
    const output = attentionDefinition({ ...padded, mask, heads, ...omitUndefined({ causal, dropout }) }, offsets);
    return gatherSteps(output, layout);
  });
}

/** What the kernel reads: steps and sources of all sequences, one after the other. */
interface KernelInputs {
  readonly heads: number;
  readonly causal: boolean | undefined;
  readonly dropout: AttentionDropout | undefined;
  readonly queries: tf.Tensor;
  readonly keys: tf.Tensor;
  readonly values: tf.Tensor;
  readonly mask?: Float32Array | undefined;
  readonly stepOffsets: Int32Array;
  readonly sourceOffsets: Int32Array;
}

function runAttention<Output extends tf.Tensor>(inputs: KernelInputs): Output {
  const { queries, keys, values, ...options } = inputs;
  const run = tf.customGrad(((q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, save: tf.GradSaveFunc) => {
    const own = { queries: q, keys: k, values: v };
    const [means, normalizers] = runKernel('Attention', { ...own, ...options }, missing);
    save([q, k, v, means!, normalizers!]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [queries, keys, values, means, normalizers] = saved;
      const given = { queries, keys, values, means, normalizers, gradients: dy, ...options };
      return runKernel('AttentionGradient', given, missing);
    };
    return { value: means!, gradFunc };
  }) as Parameters<typeof tf.customGrad>[0]);
  return run(queries, keys, values) as Output;
}

function missing(): tf.Tensor[] {
  throw new Error('Attention: expected the kernels of a backend that has them.'); // `hasKernel` was asked before
}

/**
 * Checks the shape of what attention adds to its scores.
 *
 * @param sizes batch, heads, time and source
 *
 * @throws {RecsysError} `invalid-argument` if it is not `[batch or 1, heads or 1, time, source]`
 */
export function assertBias(where: string, bias: tf.Tensor4D, sizes: readonly number[]): void {
  if (bias.rank === 4 && sizes.every((size, axis) => bias.shape[axis] === size || (axis < 2 && bias.shape[axis] === 1)))
    return;
  const [batch, heads, time, source] = sizes;
  const expected = `shape [batch=${batch} or 1, heads=${heads} or 1, time=${time}, source=${source}]`;
  invalid(where, expected, `[${bias.shape.join(', ')}]`);
}

function assertOptions(where: string, dim: number, heads: number, dropout: AttentionDropout | undefined): void {
  assertInteger(`${where}(heads)`, heads);
  if (dim % heads !== 0) invalid(`${where}(heads)`, `a divisor of dim=${dim}`, `${heads}`);
  if (!dropout) return;
  assertNumber(`${where}(dropout.rate)`, dropout.rate, { from: 0, below: 1 });
  assertInteger(`${where}(dropout.seed)`, dropout.seed, { minimum: 0, maximum: 2 ** 32 - 1 });
}
