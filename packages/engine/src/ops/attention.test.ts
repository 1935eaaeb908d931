import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hasKernel } from '../run-kernel.js';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { tf } from '../tfjs/tfjs.js';
import { type AttentionInputs, attention, raggedAttention } from './attention.js';

type Named = Record<string, { shape: number[]; values: number[] }>;

/** PyTorch's scaled_dot_product_attention, with the gradients of Σ cos(k) yₖ, k from 1. */
const torch = JSON.parse(readFileSync(new URL('../../fixtures/attention.json', import.meta.url), 'utf8')) as Record<
  string,
  { inputs: Named; output: Named[string]; gradients: Named }
>;

const options: Record<string, Pick<AttentionInputs, 'heads' | 'causal'>> = {
  'of other sources, three heads': { heads: 3 },
  causal: { heads: 2, causal: true },
  'causal, with padding on the left, in the middle and everywhere': { heads: 1, causal: true },
  'with padding': { heads: 6 },
  'with a bias': { heads: 2, causal: true },
};

const createSteps = (time = 2, dim = 4): tf.Tensor3D => tf.ones([3, time, dim]);
const createInputs = () => ({ queries: createSteps(), keys: createSteps(), values: createSteps(), heads: 2 });

describeOnBackends('attention', () => {
  it.each(Object.keys(torch))('has the output and the gradients of PyTorch: %s', (title) => {
    const { inputs, output, gradients } = torch[title]!;
    const weights = tf.cos(tf.range(1, 1 + output.values.length));
    const mask = inputs.mask && tf.tensor2d(inputs.mask.values, inputs.mask.shape.slice(0, 2) as [number, number]);
    const names = Object.keys(gradients);
    const compute = (given: tf.Tensor[]) => {
      const named = Object.fromEntries(names.map((name, at) => [name, given[at]!]));
      return attention({ ...(named as unknown as AttentionInputs), ...options[title]!, ...(mask && { mask }) });
    };
    tf.tidy(() => {
      const given = names.map((name) => tf.tensor(inputs[name]!.values, inputs[name]!.shape));
      expectClose(compute(given).dataSync(), output.values);
      const derived = tf.grads((...own: tf.Tensor[]) => tf.sum(tf.mul(tf.reshape(compute(own), [-1]), weights)))(given);
      names.forEach((name, at) => void expectClose(derived[at]!.dataSync(), gradients[name]!.values));
    });
  });

  it('weighs the values by hand', () => {
    // One head of one entry: the last step has the weights e⁰ and e^(log 3), divided by 4; the first sees itself alone.
    const output = attention({
      queries: tf.ones([1, 2, 1]),
      keys: tf.tensor3d([0, Math.log(3)], [1, 2, 1]),
      values: tf.tensor3d([8, 4], [1, 2, 1]),
      ...{ heads: 1, causal: true },
    });
    expectClose(output.dataSync(), [8, 5]);
  });

  it('has finite weights at scores of ±10⁴', () => {
    const queries = tf.tensor3d([100, -100], [1, 2, 1]);
    const output = attention({ queries, keys: queries, values: tf.tensor3d([3, 7], [1, 2, 1]), heads: 1 });
    expectClose(output.dataSync(), [3, 7]);
  });

  it('multiplies the weights by the factors of a dropout', () => {
    // A mean of ones is the sum of the weights: each of four sources has weight ¼, times 0 or 2.
    const same = tf.zeros<tf.Rank.R3>([2, 4, 3]);
    const inputs = { queries: same, keys: same, values: tf.ones<tf.Rank.R3>([2, 4, 3]), heads: 3 };
    const sums = (seed: number) => [...attention({ ...inputs, dropout: { rate: 0.5, seed } }).dataSync()];
    for (const sum of sums(7)) expect(2 * sum).toBeCloseTo(Math.round(2 * sum), 5);
    expect(new Set(sums(7)).size).toBeGreaterThan(2);
    expect(sums(7)).toEqual(sums(7));
    expect(sums(7)).not.toEqual(sums(8));
  });

  it('drops the share of the weights that is asked for', () => {
    const same = tf.zeros<tf.Rank.R3>([40, 50, 1]);
    const dropout = { rate: 0.3, seed: 2 ** 32 - 1 };
    const output = attention({ queries: same, keys: same, values: tf.ones([40, 50, 1]), heads: 1, dropout });
    expect(Math.abs(tf.mean(output).dataSync()[0]! - 1)).toBeLessThan(0.01); // 100,000 draws: deviation 0.002
  });

  it('has kernels whose memory does not grow with the square of the steps', async () => {
    if (!hasKernel('Attention')) return;
    const time = 1000;
    const steps = tf.ones<tf.Rank.R3>([1, time, 4]);
    const options = { heads: 2, causal: true, dropout: { rate: 0.1, seed: 1 } };
    const differentiate = tf.grad((x) => {
      const queries = x as tf.Tensor3D;
      return tf.sum(attention({ queries, keys: queries, values: queries, ...options }));
    });
    const { peakBytes } = await tf.profile(() => differentiate(steps));
    expect(peakBytes - tf.memory().numBytes).toBeLessThan(30 * steps.size * 4); // the weights alone have 8 MB
  });

  it('takes a boolean mask', () => {
    const mask = tf.tensor2d([1, 0, 1, 1, 0, 0], [3, 2]).asType('bool');
    const values = tf.tensor3d([1, 5, 1, 5, 1, 5], [3, 2, 1]);
    const same = tf.zeros<tf.Rank.R3>([3, 2, 1]);
    expectClose(attention({ queries: same, keys: same, values, mask, heads: 1 }).dataSync(), [1, 1, 3, 3, 0, 0]);
  });

  it('refuses shapes that disagree', () => {
    expect(() => attention({ ...createInputs(), heads: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: attention(heads): expected a divisor of dim=4, received 3.]`,
    );
    expect(() => attention({ ...createInputs(), heads: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: attention(heads): expected a positive integer, received 0.]`,
    );
    expect(() =>
      attention({ ...createInputs(), keys: createSteps(5), values: createSteps(5), causal: true }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: attention(causal): expected as many steps as sources, 5, received 2.]`,
    );
    expect(() => attention({ ...createInputs(), values: createSteps(5) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: attention(values): expected shape [batch=3, source=2, dim=4], received [3, 5, 4].]`,
    );
    expect(() => attention({ ...createInputs(), mask: tf.ones([3, 5]) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: attention(mask): expected shape [batch=3, source=2], received [3, 5].]`,
    );
    expect(() => attention({ ...createInputs(), bias: tf.ones([3, 3, 2, 2]) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: attention(bias): expected shape [batch=3 or 1, heads=2 or 1, time=2, source=2], received [3, 3, 2, 2].]`,
    );
    expect(() => attention({ ...createInputs(), dropout: { rate: 1, seed: 0 } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: attention(dropout.rate): expected a number in [0, 1), received 1.]`,
    );
    expect(() =>
      attention({ ...createInputs(), dropout: { rate: 0, seed: 2 ** 32 } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: attention(dropout.seed): expected an integer from 0 to 4294967295, received 4294967296.]`,
    );
  });
});

describeOnBackends('raggedAttention', () => {
  const draw = (steps: number, phase: number) => tf.cos(tf.add(tf.mul(tf.range(0, steps * 6), 1.7), phase));
  const createSteps = (steps: number) =>
    [0, 1, 2].map((phase) => tf.reshape(draw(steps, phase), [steps, 6])) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];

  it.each([true, false])('attends within each sequence, causal: %s', (causal) => {
    const offsets = Int32Array.of(0, 3, 3, 8);
    const [queries, keys, values] = createSteps(8);
    const output = raggedAttention({ queries, keys, values, offsets, heads: 2, causal });
    const cut = (x: tf.Tensor2D, from: number, count: number) =>
      tf.expandDims(tf.slice(x, [from, 0], [count, 6])) as tf.Tensor3D;
    const parts = [[0, 3] as const, [3, 5] as const].map(([from, count]) => {
      const [q, k, v] = [queries, keys, values].map((x) => cut(x, from, count)) as [
        tf.Tensor3D,
        tf.Tensor3D,
        tf.Tensor3D,
      ];
      return tf.reshape(attention({ queries: q, keys: k, values: v, heads: 2, causal }), [-1, 6]);
    });
    expectClose(output.dataSync(), tf.concat(parts).dataSync());
  });

  it('has the gradients of padded attention, with and without dropout', () => {
    for (const dropout of [undefined, { rate: 0.4, seed: 3 }]) {
      const [queries, keys, values] = createSteps(5);
      const weights = draw(5, 3);
      const weigh = (output: tf.Tensor) => tf.sum(tf.mul(tf.reshape(output, [-1]), weights));
      const options = { heads: 3, causal: true, ...(dropout && { dropout }) };
      const offsets = Int32Array.of(0, 5); // one sequence: padded and ragged steps have the same numbers
      const ragged = tf.grads((q, k, v) =>
        weigh(
          raggedAttention({
            queries: q as tf.Tensor2D,
            keys: k as tf.Tensor2D,
            values: v as tf.Tensor2D,
            offsets,
            ...options,
          }),
        ),
      )([queries, keys, values]);
      const toRow = (x: tf.Tensor) => tf.expandDims(x) as tf.Tensor3D;
      const padded = tf.grads((q, k, v) =>
        weigh(attention({ queries: toRow(q!), keys: toRow(k!), values: toRow(v!), ...options })),
      )([queries, keys, values]);
      ragged.forEach((gradient, at) => void expectClose(gradient.dataSync(), padded[at]!.dataSync()));
    }
  });

  it('takes no steps at all', () => {
    const none = tf.zeros<tf.Rank.R2>([0, 6]);
    const inputs = { queries: none, keys: none, values: none, heads: 2 };
    expect(raggedAttention({ ...inputs, offsets: Int32Array.of(0, 0) }).shape).toEqual([0, 6]);
    expect(raggedAttention({ ...inputs, offsets: Int32Array.of(0) }).shape).toEqual([0, 6]);
  });

  it('refuses offsets that do not fit', () => {
    const [queries, keys, values] = createSteps(4);
    for (const offsets of [[0, 3], [1, 4], [0, 4, 3, 4], []])
      expect(() => raggedAttention({ queries, keys, values, heads: 2, offsets: Int32Array.from(offsets) })).toThrow(
        /^raggedAttention\(offsets\): expected 0, then ascending to the 4 steps, received \[/,
      );
  });
});
