import * as tf from '@tensorflow/tfjs';
import { lstm } from './lstm.js';
import { describeLayer } from './testing/describe-layer.js';

const input = () =>
  tf.tensor3d(
    Array.from({ length: 30 }, (_, at) => Math.sin(at + 1)),
    [2, 5, 3],
  );

describeLayer('lstm', {
  create: (rng) => {
    const layer = lstm({ inputDim: 3, dim: 2, rng, start: 'learned' });
    return {
      parameters: layer.parameters,
      apply: (x) =>
        tf.tidy(() => {
          const { hidden, cell } = layer.apply(x as tf.Tensor3D);
          return tf.concat([hidden, cell], 2);
        }),
    };
  },
  input,
});
