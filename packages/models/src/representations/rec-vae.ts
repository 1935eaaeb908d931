import { assertInteger, assertNumber, invalid } from '@footlight/core';
import { drawNormalTensor, tf } from '@footlight/engine';
import { collectParameters, type Training } from '@footlight/layers';
import type { Encoded, EpochPlan, Network, Representation } from '../types.js';
import { createItemLayer } from './basket-encoder.js';
import { createDenseEncoder } from './rec-vae-encoder.js';
import { createCatalogueProduct, scoreItems } from './score-items.js';

export interface RecVaeOptions {
  /** Length of the code. Default 200. */
  readonly dim?: number;
  /** Units of each of the five hidden layers of the encoder. Default 600. */
  readonly hidden?: number;
  /** Dropout rate of the clicks in the epochs that train the encoder, from 0 to below 1. Default 0.5. */
  readonly dropout?: number;
  /** Weight γ of the KL divergence per item of the basket, from 0. Default 0.005. */
  readonly gamma?: number;
  /**
   * Weights of the parts of the prior, which add up to 1: the standard normal distribution, the code of the encoder
   * before, and a wide normal distribution. Default `[0.15, 0.75, 0.1]`.
   */
  readonly mixture?: readonly [standard: number, previous: number, wide: number];
  /** Epochs that train the encoder before the decoder is trained, in turns. Default 3. */
  readonly encoderEpochs?: number;
  /** Epochs that train the decoder. Default 1. */
  readonly decoderEpochs?: number;
}

/**
 * RecVAE, a variational autoencoder of baskets with a composite prior: the code of a basket stays near that of the
 * encoder of the turn before.
 *
 * $$ (\mu_u, \log \sigma_u^2) = f(x_u / \|x_u\|), \quad z_u = \mu_u + \epsilon \sigma_u, \quad s_u = W z_u + b $$
 * $$ \mathrm{penalty}_u = \gamma |x_u| \left( \log N(z_u; \mu_u, \sigma_u^2) - \sum_j \log \sum_k \alpha_k N(z_{uj}; m_{kj}, v_{kj}) \right) $$
 *
 * where $x_u$ is the basket of user u as a vector of zeros and ones, f are five densely connected layers with swish and
 * layer normalization, $\epsilon$ is standard normal while training and 0 otherwise, and the parts k of the prior are
 * N(0, 1), the distribution of the previous encoder, and N(0, e¹⁰). Encoder and decoder are trained in turns, in epochs
 * of their own: clicks are dropped for the encoder only, and the previous encoder is that of the last turn. Train it
 * with `multinomialLoss()`.
 *
 * Differs from the authors' code: one optimizer counts the steps of both turns; first values are Glorot's.
 *
 * @example
 * recVae({ dim: 200, hidden: 600, gamma: 0.005 })
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Shenbin et al., WSDM 2020, https://arxiv.org/abs/1912.11160
 */
export function recVae(options: RecVaeOptions = {}): Representation {
  const { dim = 200, hidden = 600, dropout = 0.5, gamma = 0.005, mixture = [0.15, 0.75, 0.1] } = options;
  const { encoderEpochs = 3, decoderEpochs = 1 } = options;
  for (const [name, value] of Object.entries({ dim, hidden, encoderEpochs, decoderEpochs }))
    assertInteger(`recVae(${name})`, value);
  assertNumber('recVae(dropout)', dropout, { from: 0, below: 1 });
  assertNumber('recVae(gamma)', gamma, { from: 0 });
  for (const weight of mixture) assertNumber('recVae(mixture)', weight, { above: 0, below: 1 });
  const total = mixture.reduce((sum, weight) => sum + weight, 0);
  if (mixture.length !== 3 || Math.abs(total - 1) > 1e-6)
    invalid('recVae(mixture)', 'three numbers with the sum 1', `[${mixture.join(', ')}]`);
  const turn = encoderEpochs + decoderEpochs;
  const trainsEncoder = (epoch: number) => epoch % turn < encoderEpochs;
  return {
    kind: 'representation',
    name: `rec-vae(${hidden}, ${dim})`,
    protocol: { name: 'rec-vae', dim, hidden, dropout, gamma, mixture: [...mixture], encoderEpochs, decoderEpochs },
    reads: 'basket',
    build({ itemCount }, rng): Network {
      const sizes = { itemCount, hidden, dim };
      const encoder = createDenseEncoder(sizes, rng.fork('encoder'));
      const previous = createDenseEncoder(sizes, rng.fork('encoder'));
      const { item, itemBias } = createItemLayer(itemCount, dim, rng);
      return {
        reads: 'basket',
        parameters: {
          encoder: encoder.parameters,
          previous: previous.parameters,
          item: item.parameters,
          itemBias: itemBias.parameters,
        },
        planEpoch(epoch): EpochPlan {
          const encodes = trainsEncoder(epoch);
          return {
            trains: (path) => !path.startsWith('previous/') && path.startsWith('encoder/') === encodes,
            begin() {
              if (epoch % turn === encoderEpochs) copy(encoder.parameters, previous.parameters);
            },
          };
        },
        encode({ baskets, basketMatrix }, training): Encoded {
          if (!baskets) return invalid('rec-vae.encode(queries)', 'queries with baskets', 'none');
          const rate = training && trainsEncoder(training.epoch ?? 0) ? dropout : 0;
          const own = encoder.apply(basketMatrix ?? baskets, rate, training);
          const code = training ? sample(own, training) : own.mean;
          const earlier = previous.apply(baskets, 0);
          const parts: readonly Normal[] = [
            { mean: tf.scalar(0), logVariance: tf.scalar(0) },
            { mean: detach(earlier.mean), logVariance: detach(earlier.logVariance) },
            { mean: tf.scalar(0), logVariance: tf.scalar(10) },
          ];
          const densities = parts.map((part, at) => tf.add(computeLogDensity(code, part), Math.log(mixture[at]!)));
          const divergence = tf.sub(computeLogDensity(code, own), tf.logSumExp(tf.stack(densities, 2), 2));
          const { offsets } = baskets;
          const sizesOfBaskets = Float32Array.from(
            { length: offsets.length - 1 },
            (_, row) => offsets[row + 1]! - offsets[row]!,
          );
          return {
            vectors: tf.expandDims(code, 1) as tf.Tensor3D, // [batch, 1, code]
            penalty: tf.mul(tf.mul(gamma, tf.tensor1d(sizesOfBaskets)), tf.sum(divergence, 1)) as tf.Tensor1D,
          };
        },
        score: (vectors, candidates) => scoreItems(vectors, item, itemBias, candidates),
        catalogue: () => createCatalogueProduct(item, itemBias),
        itemVectors: () => item.all(),
      };
    },
  };
}

interface Normal {
  readonly mean: tf.Tensor;
  readonly logVariance: tf.Tensor;
}

function sample({ mean, logVariance }: Normal, { rng }: Training): tf.Tensor2D {
  const noise = drawNormalTensor<tf.Rank.R2>(mean.shape as [number, number], rng);
  return tf.add(mean, tf.mul(noise, tf.exp(tf.mul(0.5, logVariance)))) as tf.Tensor2D;
}

/** log N(x; mean, variance), elementwise. */
function computeLogDensity(x: tf.Tensor, { mean, logVariance }: Normal): tf.Tensor {
  const distances = tf.div(tf.square(tf.sub(x, mean)), tf.exp(logVariance));
  return tf.mul(-0.5, tf.add(tf.add(logVariance, Math.log(2 * Math.PI)), distances));
}

/** The same numbers without a gradient. */
const detach = (x: tf.Tensor): tf.Tensor => tf.tensor(x.dataSync(), x.shape);

function copy(from: Network['parameters'], to: Network['parameters']): void {
  const targets = collectParameters(to);
  for (const [path, variable] of collectParameters(from)) tf.tidy(() => targets.get(path)!.assign(tf.clone(variable)));
}
