import { invalid, omitUndefined } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { Training } from '@footlight/layers';
import type { Encoded, Network, Representation } from '../types.js';
import type { AutoencoderLayers } from './autoencoder-options.js';
import {
  createBasketEncoder,
  createHiddenLayers,
  createItemLayer,
  dropoutThenTanh,
  nameLayers,
} from './basket-encoder.js';
import { createCatalogueProduct, scoreItems } from './score-items.js';

/** How the output of the encoder becomes the code. */
export interface Coding {
  /** Units of the encoder's last layer per unit of the code. */
  readonly width: number;
  /** @shape output `[batch, width · code]`, users `[batch]` → code `[batch, code]`, penalty `[batch]` */
  toCode(output: tf.Tensor2D, users: tf.Tensor1D, training?: Training): Code;
  /** Behavior of RecoTour that is repeated, for the protocol. */
  readonly faithful?: readonly string[];
}

/** The code of a batch, `[batch, code]`, and its penalty, `[batch]`. */
export interface Code {
  readonly code: tf.Tensor2D;
  readonly penalty?: tf.Tensor1D;
}

/**
 * Creates an autoencoder of baskets as a representation. Its vectors are the input of the last dense layer, which is a
 * product with the items, so the scores of a batch are the only tensor of the size users × items.
 */
export function autoencoder(name: string, layers: AutoencoderLayers, coding: Coding): Representation {
  const { dims, decoder, dropout, extraTanh } = layers;
  const faithful = [...(extraTanh ? ['extra-tanh'] : []), ...(coding.faithful ?? [])];
  return {
    kind: 'representation',
    name: `${name}(${dims.join(', ')})`,
    protocol: {
      name,
      dims: [...dims],
      decoder: [...decoder],
      dropout: { encoder: [...dropout.encoder], decoder: [...dropout.decoder] },
      ...(faithful.length > 0 ? { faithful: faithful.length === 1 ? faithful[0]! : faithful } : {}),
    },
    reads: 'basket',
    build({ itemCount }, rng): Network {
      const code = dims.at(-1)!;
      const sizes = [itemCount, ...dims.slice(0, -1), coding.width * code];
      const encoder = createBasketEncoder(sizes, layers, rng.fork('encoder'));
      const hidden = createHiddenLayers([code, ...decoder], rng.fork('decoder'));
      const dim = decoder.at(-1) ?? code;
      const { item, itemBias } = createItemLayer(itemCount, dim, rng);
      const regularize = dropoutThenTanh(extraTanh);
      return {
        reads: 'basket',
        parameters: {
          encoder: encoder.parameters,
          ...omitUndefined({ decoder: hidden.length > 0 ? nameLayers(hidden) : undefined }),
          item: item.parameters,
          itemBias: itemBias.parameters,
        },
        encode({ baskets, basketMatrix = baskets, users }, training): Encoded {
          if (!basketMatrix) return invalid(`${name}.encode(queries)`, 'queries with baskets', 'none');
          const { code: own, ...penalty } = coding.toCode(encoder.apply(basketMatrix, training), users, training);
          const vectors = hidden.reduce(
            (x, layer, at) => regularize(tf.tanh(layer.apply(x)), dropout.decoder[at + 1]!, training),
            regularize(own, dropout.decoder[0]!, training),
          ); // [batch, dim]
          return { vectors: tf.expandDims(vectors, 1) as tf.Tensor3D, ...penalty };
        },
        score: (vectors, candidates) => scoreItems(vectors, item, itemBias, candidates),
        catalogue: () => createCatalogueProduct(item, itemBias),
        itemVectors: () => item.all(),
      };
    },
  };
}
