import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { tf } from '../tfjs/tfjs.js';
import { type AttentionInputs, attention } from './attention.js';

type Named = Record<string, { shape: [number, number, number]; values: number[] }>;

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
};

const names = ['queries', 'keys', 'values'] as const;
const createSteps = (time = 2, dim = 4): tf.Tensor3D => tf.ones([3, time, dim]);
const createInputs = () => ({ queries: createSteps(), keys: createSteps(), values: createSteps(), heads: 2 });

describeOnBackends('attention', () => {
  it.each(Object.keys(torch))('has the output and the gradients of PyTorch: %s', (title) => {
    const { inputs, output, gradients } = torch[title]!;
    const weights = tf.cos(tf.range(1, 1 + output.values.length));
    const mask = inputs.mask && tf.tensor2d(inputs.mask.values, inputs.mask.shape.slice(0, 2) as [number, number]);
    const compute = (queries: tf.Tensor, keys: tf.Tensor, values: tf.Tensor) =>
      attention({ ...({ queries, keys, values } as AttentionInputs), ...options[title]!, ...(mask && { mask }) });
    tf.tidy(() => {
      const given = names.map((name) => tf.tensor(inputs[name]!.values, inputs[name]!.shape));
      expectClose(compute(...(given as [tf.Tensor, tf.Tensor, tf.Tensor])).dataSync(), output.values);
      const derived = tf.grads((...own: tf.Tensor[]) =>
        tf.sum(tf.mul(tf.reshape(compute(...(own as [tf.Tensor, tf.Tensor, tf.Tensor])), [-1]), weights)),
      )(given);
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
    const factors = tf.tensor4d([0, 2, 2, 0], [1, 1, 2, 2]);
    const values = tf.tensor3d([3, 7], [1, 2, 1]);
    const same = tf.zeros<tf.Rank.R3>([1, 2, 1]);
    const output = attention({ queries: same, keys: same, values, heads: 1, weightFactors: factors });
    expectClose(output.dataSync(), [7, 3]); // ½ · 2 · 7, ½ · 2 · 3
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
    expect(() =>
      attention({ ...createInputs(), weightFactors: tf.ones([3, 1, 2, 2]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: attention(weightFactors): expected shape [batch=3, heads=2, time=2, source=2], received [3, 1, 2, 2].]`,
    );
  });
});
