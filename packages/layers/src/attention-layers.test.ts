// structure: the layers of transformers with their references
import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import { gatherSteps, type RaggedLayout, tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { expect, it } from 'vitest';
import { feedForward } from './feed-forward.js';
import { hstuBlock } from './hstu-block.js';
import { layerNormalization, rmsNormalization } from './layer-normalization.js';
import { type MultiHeadAttention, multiHeadAttention } from './multi-head-attention.js';
import { collectParameters } from './parameters.js';
import { learnedPositions, rotaryPositions } from './positions.js';
import { relativePositions } from './relative-biases.js';
import { describeLayer } from './testing/describe-layer.js';
import { transformerBlock } from './transformer-block.js';
import type { Layer } from './types.js';

type Named = Record<string, { shape: number[]; values: number[] }>;

/** Layers of PyTorch on [3, 5, dim], with the gradients of Σ cos(k) yₖ, k from 1. */
const torch = JSON.parse(readFileSync(new URL('../fixtures/attention.json', import.meta.url), 'utf8')) as Record<
  string,
  { inputs: Named; output: Named[string]; gradients: Named }
>;

const rng = () => createRng(7);
const toTensor = ({ values, shape }: Named[string]) => tf.tensor(values, shape);
const createSteps = (dim = 6): tf.Tensor3D => tf.reshape(tf.cos(tf.range(0, 2 * 5 * dim)), [2, 5, dim]);

const withMask = ({ parameters, apply }: ReturnType<typeof multiHeadAttention>, mask?: tf.Tensor2D): Layer => ({
  parameters,
  apply: (input, training) => apply(input as tf.Tensor3D, { ...(mask && { mask }), ...(training && { training }) }),
});

const asInTorch: Record<string, () => Layer> = {
  layerNormalization: () => layerNormalization({ dim: 4 }),
  rmsNormalization: () => rmsNormalization({ dim: 4 }),
  'feedForward relu': () => feedForward({ dim: 4, hidden: 7, activation: 'relu', rng: rng() }),
  'feedForward gelu': () => feedForward({ dim: 4, hidden: 7, rng: rng() }),
  'feedForward swiglu': () => feedForward({ dim: 4, hidden: 7, activation: 'swiglu', rng: rng() }),
  multiHeadAttention: () =>
    withMask(
      multiHeadAttention({ dim: 4, heads: 2, rng: rng() }),
      toTensor(torch.multiHeadAttention!.inputs.mask!) as tf.Tensor2D,
    ),
  rotaryPositions: () => rotaryPositions({ dim: 6 }),
  hstuBlock: () =>
    withMask(
      hstuBlock({ dim: 4, count: 7, heads: 2, queryDim: 3, valueDim: 5, rng: rng() }),
      toTensor(torch.hstuBlock!.inputs.mask!) as tf.Tensor2D,
    ),
  'transformerBlock with gates': () =>
    withMask(
      transformerBlock({ dim: 4, heads: 2, hidden: 7, activation: 'swiglu', gates: true, rng: rng() }),
      toTensor(torch['transformerBlock with gates']!.inputs.mask!) as tf.Tensor2D,
    ),
};

describeLayer('layerNormalization', { create: () => layerNormalization({ dim: 3 }), input: () => createSteps(3) });
describeLayer('rmsNormalization', { create: () => rmsNormalization({ dim: 3 }), input: () => createSteps(3) });
describeLayer('feedForward', {
  create: (source) => feedForward({ dim: 3, hidden: 5, dropout: 0.3, rng: source }),
  input: () => createSteps(3),
});
describeLayer('feedForward with a gate', {
  create: (source) => feedForward({ dim: 3, activation: 'swiglu', rng: source }),
  input: () => createSteps(3),
});
describeLayer('multiHeadAttention', {
  create: (source) => withMask(multiHeadAttention({ dim: 6, heads: 3, rng: source })),
  input: createSteps,
});
describeLayer('multiHeadAttention to both sides, rotary, with dropout', {
  create: (source) =>
    withMask(
      multiHeadAttention({ dim: 4, heads: 2, causal: false, rotary: true, bias: false, dropout: 0.4, rng: source }),
    ),
  input: () => createSteps(4),
});
describeLayer('hstuBlock', {
  create: (source) =>
    withMask(hstuBlock({ dim: 3, count: 7, heads: 2, queryDim: 3, valueDim: 5, dropout: 0.3, rng: source })),
  input: () => createSteps(3),
  step: 3e-3, // layer normalization of short vectors is curved
});
describeLayer('learnedPositions', {
  create: (source) => learnedPositions({ count: 7, dim: 3, rng: source }),
  input: () => createSteps(3),
});
describeLayer('rotaryPositions', { create: () => rotaryPositions({ dim: 4 }), input: () => createSteps(8) });

describeOnBackends('layers of transformers', () => {
  it.each(Object.keys(asInTorch))('have the output and the gradients of PyTorch: %s', (name) => {
    const { inputs, output, gradients } = torch[name]!;
    const layer = asInTorch[name]!();
    const parameters = collectParameters(layer.parameters);
    const { mask: _, input: __, ...own } = inputs;
    expect([...parameters.keys()].sort()).toEqual(Object.keys(own).sort());
    for (const [path, variable] of parameters) tf.tidy(() => variable.assign(toTensor(inputs[path]!)));
    const input = tf.variable(toTensor(inputs.input!));
    tf.tidy(() => {
      expectClose(layer.apply(input).dataSync(), output.values);
      const weights = tf.cos(tf.range(1, 1 + output.values.length));
      const loss = () => tf.sum(tf.mul(tf.reshape(layer.apply(input), [-1]), weights)) as tf.Scalar;
      const { grads } = tf.variableGrads(loss, [input, ...parameters.values()]);
      expectClose(grads[input.name]!.dataSync(), gradients.input!.values);
      for (const [path, variable] of parameters) expectClose(grads[variable.name]!.dataSync(), gradients[path]!.values);
    });
  });

  it('normalize by hand', () => {
    const output = (layer: Layer) => [...layer.apply(tf.tensor2d([[1, 7]])).dataSync()];
    expectClose(output(layerNormalization({ dim: 2 })), [-1, 1]);
    expectClose(output(rmsNormalization({ dim: 2 })), [0.2, 1.4]); // √((1 + 49) / 2) = 5
    expectClose(
      layerNormalization({ dim: 2 })
        .apply(tf.zeros([1, 2]))
        .dataSync(),
      [0, 0],
    );
  });

  it('count positions from the last step', () => {
    const layer = learnedPositions({ count: 3, dim: 1, rng: rng() });
    const [weight] = collectParameters(layer.parameters).values();
    weight!.assign(tf.tensor2d([[30], [20], [10]]));
    expect([...layer.apply(tf.tensor3d([1, 2], [1, 2, 1])).dataSync()]).toEqual([21, 12]);
    expect(() => layer.apply(tf.ones([1, 4, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: learnedPositions(input): expected at most count=3 steps, received 4. Cut off the oldest steps.]`,
    );
  });

  it('turn vectors so that products depend on distances', () => {
    const turn = rotaryPositions({ dim: 4 });
    const query = [0.3, -1.2, 0.7, 0.1];
    const key = [1.1, 0.4, -0.6, 0.9];
    // [batch, time, dim]: the same query and key at every step
    const same = (vector: number[]) => turn.apply(tf.tile(tf.tensor3d(vector, [1, 1, 4]), [1, 6, 1])) as tf.Tensor3D;
    const products = tf.matMul(same(query), same(key), false, true).dataSync(); // [6, 6]
    expectClose([products[1 * 6]!, products[4 * 6 + 3]!], [products[5 * 6 + 4]!, products[2 * 6 + 1]!]);
    expect(Math.abs(products[0]! - products[6]!)).toBeGreaterThan(0.1);
  });

  it('do not read padding or later steps', () => {
    const layer = multiHeadAttention({ dim: 4, heads: 2, rng: rng() });
    const mask = tf.tensor2d([[0, 1, 1, 1, 1]]);
    const steps = tf.slice(createSteps(4), [0, 0, 0], [1, 5, 4]);
    const changed = tf.mul(steps, tf.reshape(tf.tensor1d([9, 1, 1, 1, -5]), [1, 5, 1])); // padding, and the last step
    const middle = (input: tf.Tensor) =>
      tf.slice(layer.apply(input as tf.Tensor3D, { mask }), [0, 1, 0], [1, 3, 4]).dataSync();
    expectClose(middle(changed), middle(steps));
  });

  it('refuse what they cannot do', () => {
    expect(() => multiHeadAttention({ dim: 4, heads: 3, rng: rng() })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: multiHeadAttention(heads): expected a divisor of dim=4, received 3. Each head reads dim / heads entries.]`,
    );
    expect(() => multiHeadAttention({ dim: 6, heads: 2, rotary: true, rng: rng() })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: multiHeadAttention(rotary): expected heads of an even length dim / heads, received 3.]`,
    );
    expect(() => multiHeadAttention({ dim: 6, dropout: 1, rng: rng() })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: multiHeadAttention(dropout): expected a number in [0, 1), received 1.]`,
    );
    expect(() => rotaryPositions({ dim: 4 }).apply(tf.ones([1, 2, 6]))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rotaryPositions(input): expected vectors of a multiple of 4, received 6.]`,
    );
    expect(() => rotaryPositions({ dim: 4, base: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rotaryPositions(base): expected a finite number above 1, received 1.]`,
    );
    expect(() => layerNormalization({ dim: 4, epsilon: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: layerNormalization(epsilon): expected a positive number, received 0.]`,
    );
    expect(() => layerNormalization({ dim: 4 }).apply(tf.ones([1, 2, 6]))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: layerNormalization(input): expected shape [..., dim=4], received [1, 2, 6].]`,
    );
    expect(() => hstuBlock({ dim: 4, count: 5, heads: 3, rng: rng() })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: hstuBlock(heads): expected a divisor of dim=4, received 3. Or give queryDim and valueDim.]`,
    );
    expect(() =>
      hstuBlock({ dim: 4, count: 3, rng: rng() }).apply(tf.ones<tf.Rank.R3>([1, 4, 4])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: relativePositions(time): expected at most count=3 steps, received 4. Cut off the oldest steps.]`,
    );
    expect(() => feedForward({ dim: 4, hidden: 0.5, rng: rng() })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: feedForward(hidden): expected a positive integer, received 0.5.]`,
    );
    expect(() => feedForward({ dim: 4, activation: 'swish' as 'gelu', rng: rng() })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: feedForward(activation): expected 'relu', 'gelu' or 'swiglu', received the text 'swish'.]`,
    );
  });
});

describeOnBackends('a layout', () => {
  const kinds = ['plain', 'rotary', 'gates', 'bias', 'hstu'];
  it.each(kinds)('gives real steps the vectors that they have in a padded batch: %s', (kind) => {
    const block: MultiHeadAttention =
      kind === 'hstu'
        ? hstuBlock({ dim: 6, count: 5, heads: 3, rng: rng() })
        : transformerBlock({
            ...{ dim: 6, heads: 3, rng: rng(), hidden: 5, rotary: kind === 'rotary', gates: kind === 'gates' },
          });
    const bias = /bias|hstu/.test(kind) && relativePositions({ count: 7, heads: 3, rng: rng() }).apply(5);
    const mask = tf.tensor2d([0, 0, 1, 0, 1, 1, 1, 0, 0, 0], [2, 5]);
    const layout: RaggedLayout = {
      ...{ batch: 2, time: 5 },
      offsets: Int32Array.of(0, 2, 4),
      positions: Int32Array.of(2, 4, 5, 6),
    };
    const steps = createSteps();
    const padded = gatherSteps(block.apply(steps, { mask, ...(bias && { bias }) }), layout);
    const ragged = block.apply(gatherSteps(steps, layout), { layout, ...(bias && { bias }) });
    expect(ragged.shape).toEqual([4, 6]);
    expectClose(ragged.dataSync(), padded.dataSync());
  });

  it('must fit the steps', () => {
    const [offsets, positions] = [Int32Array.of(0, 5, 10), Int32Array.from({ length: 10 }, (_, at) => at)];
    const layout = { batch: 2, time: 5, offsets, positions };
    const apply = () => multiHeadAttention({ dim: 6, rng: rng() }).apply(tf.ones<tf.Rank.R2>([9, 6]), { layout });
    expect(apply).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: multiHeadAttention(input): expected shape [step=10, dim=6], received [9, 6].]`,
    );
  });
});
