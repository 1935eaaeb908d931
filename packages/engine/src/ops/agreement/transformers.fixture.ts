import { drawPlain, type Make } from '../../backends/kernels/agreement/agreement.fixture.js';
import { tf } from '../../tfjs/tfjs.js';
import { attention, raggedAttention } from '../attention.js';
import { layerNorm } from '../layer-norm.js';
import { differentiate, drawSize, pick } from './helpers.fixture.js';

/** Attention and normalization, the parts of transformer blocks. */
export const transformerOperations: Record<string, Make> = {
  attention: (rng) => {
    const [batch, time, heads] = [drawSize(rng), drawSize(rng), 1 + rng.integer(3)];
    const [dim, causal] = [heads * drawSize(rng, 30), rng.next() < 0.5];
    const source = causal ? time : drawSize(rng);
    const [share, dropout] = [rng.next(), pick(rng, [undefined, { rate: 0.3, seed: rng.integer(2 ** 32) }])];
    const numbers = Float32Array.from({ length: batch * source }, () => (rng.next() < share ? 1 : 0));
    const mask = pick(rng, [undefined, { values: numbers, shape: [batch, source], dtype: 'float32' as const }]);
    return {
      given: [
        ...[
          drawPlain(rng, [batch, time, dim]),
          drawPlain(rng, [batch, source, dim]),
          drawPlain(rng, [batch, source, dim]),
        ],
        ...(mask ? [mask] : []),
      ],
      compute: differentiate(3, ([queries, keys, values, mask]) =>
        attention({
          ...({ queries, keys, values } as Record<'queries' | 'keys' | 'values', tf.Tensor3D>),
          ...{ heads, causal, ...(mask && { mask: mask as tf.Tensor2D }), ...(dropout && { dropout }) },
        }),
      ),
      tolerance: 5e-5,
    };
  },
  raggedAttention: (rng) => {
    const [batch, heads] = [rng.integer(5), 1 + rng.integer(3)];
    const offsets = new Int32Array(batch + 1);
    for (let row = 0; row < batch; row++) offsets[row + 1] = offsets[row]! + rng.integer(rng.next() < 0.2 ? 60 : 7);
    const shape = [offsets[batch]!, heads * drawSize(rng, 30)];
    const dropout = pick(rng, [undefined, { rate: 0.3, seed: rng.integer(2 ** 32) }]);
    const options = { offsets, heads, causal: rng.next() < 0.5, ...(dropout && { dropout }) };
    return {
      given: [drawPlain(rng, shape), drawPlain(rng, shape), drawPlain(rng, shape)],
      compute: differentiate(3, (t) => {
        const [queries, keys, values] = t as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
        return raggedAttention({ queries, keys, values, ...options });
      }),
      tolerance: 5e-5,
    };
  },
  layerNorm: (rng) => {
    const dim = 2 + drawSize(rng, 90); // of two numbers, only the sign is left
    const shape = [...pick(rng, [[], [drawSize(rng)], [drawSize(rng, 300)], [drawSize(rng), drawSize(rng)]]), dim];
    return {
      given: [drawPlain(rng, shape), drawPlain(rng, [dim]), drawPlain(rng, [dim])],
      compute: differentiate(3, ([x, weight, bias]) =>
        layerNorm({ x: x!, weight: weight as tf.Tensor1D, bias: bias as tf.Tensor1D, epsilon: 1e-3 }),
      ),
      tolerance: 1e-4,
    };
  },
};
