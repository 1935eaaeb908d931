import { assertInteger, assertNumber, invalid, murmurhash3Signed } from '@footlight/core';
import { lookup, tf } from '@footlight/engine';
import type { Embedding, EmbeddingFactory, EmbeddingOptions } from './embedding.js';
import { drawVariable, normal } from './initializers.js';
import { assertSizes } from './table-embedding.js';

/** Options of `bloomEmbeddings`. */
export interface BloomEmbeddingsOptions {
  /** Number of rows of the table as a share of `count`, above 0. Default 0.2. */
  readonly ratio?: number;
  /** Number of rows that are summed for one id, from 1 to 24. Default 4. */
  readonly hashes?: number;
  /**
   * `dead-row`: Spotlight's padding. Row 0 is zero and is never trained, so it adds nothing to the ids that hash to it,
   * and id 0 uses row 0 alone. Default: every row is trained and no id is reserved.
   */
  readonly faithful?: 'dead-row';
}

/** Options of `bloomEmbedding`. */
export interface BloomEmbeddingOptions extends EmbeddingOptions, BloomEmbeddingsOptions {}

/** An embedding that sums rows of a table that is smaller than the number of ids. */
export interface BloomEmbedding extends Embedding {
  /** `weight` `[⌊ratio · count⌋, dim]` is the table. */
  readonly parameters: { readonly weight: tf.Variable<tf.Rank.R2> };
}

/**
 * Bloom embedding: the vector of an id is the sum of a few rows of a small table, chosen by hashing the id.
 *
 * $$ e_{id} = \sum_{k=1}^{K} w_{h_k(id)}, \quad h_k(id) = \text{murmur3}(id, \text{seed}_k) \bmod \lfloor \text{ratio} \cdot \text{count} \rfloor, \quad w \sim N(0, 1/d^2) $$
 *
 * w are the rows of the table, h_k the hash functions, K is `hashes` and d is `dim`. The hashes equal those of
 * Spotlight bit for bit. Spotlight's documentation speaks of an average, but its code computes the sum, and so does
 * this layer.
 *
 * Differs from the paper: the layer hashes input ids only; the paper also hashes outputs.
 *
 * @example
 * const items = bloomEmbedding({ count: 1000, dim: 32, ratio: 0.2, rng }); // a table of 200 rows
 * items.apply(ids) // ids [batch, time] → [batch, time, 32]
 * @shape ids `[...]` int32 → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, or if the table would have no row
 * @source Serrà and Karatzoglou, RecSys 2017, https://arxiv.org/abs/1706.03993, as in Kula, Spotlight,
 *   https://github.com/maciejkula/spotlight
 */
export function bloomEmbedding({
  count,
  dim,
  rng,
  ratio = 0.2,
  hashes = 4,
  faithful,
}: BloomEmbeddingOptions): BloomEmbedding {
  assertSizes('bloomEmbedding', count, dim);
  assertOptions(ratio, hashes);
  const rows = Math.floor(ratio * count);
  if (rows < 1) invalid('bloomEmbedding(ratio)', `at least 1/${count}, for a table of at least one row`, ratio);

  const weight = drawVariable<tf.Rank.R2>([rows, dim], normal({ deviation: 1 / dim }), rng);
  const rowsById = hashIds(count, hashes, rows, faithful === 'dead-row');
  const apply = (ids: tf.Tensor): tf.Tensor =>
    tf.tidy(() => {
      const table = tf.tensor2d(rowsById, [count, hashes], 'int32');
      const chosen = tf.gather(table, ids as tf.Tensor1D) as tf.Tensor; // [..., hash]
      const vectors = lookup(weight, chosen); // [..., hash, dim]
      const live = faithful ? tf.mul(vectors, tf.cast(tf.expandDims(tf.greater(chosen, 0), -1), 'float32')) : vectors;
      return tf.sum(live, -2);
    });
  return {
    parameters: { weight },
    apply,
    all: () => tf.tidy(() => apply(tf.range(0, count, 1, 'int32')) as tf.Tensor2D),
  };
}

/**
 * Embedding factory that creates a `bloomEmbedding` for a model.
 *
 * @example
 * factorization({ dim: 32, itemEmbedding: bloomEmbeddings({ ratio: 0.3 }) })
 * @throws {RecsysError} `invalid-argument` if `ratio` is not above 0, or if `hashes` is not from 1 to 24
 */
export function bloomEmbeddings({ ratio = 0.2, hashes = 4, faithful }: BloomEmbeddingsOptions = {}): EmbeddingFactory {
  assertOptions(ratio, hashes);
  const faithfulOption = faithful ? { faithful } : {};
  return {
    name: `bloom(${[ratio, hashes, ...Object.values(faithfulOption)].join(',')})`,
    protocol: { name: 'bloom', ratio, hashes, ...faithfulOption },
    create: (options) => bloomEmbedding({ ...options, ratio, hashes, ...faithfulOption }),
  };
}

function assertOptions(ratio: number, hashes: number): void {
  assertNumber('bloomEmbedding(ratio)', ratio, { above: 0 });
  assertInteger('bloomEmbedding(hashes)', hashes, { maximum: seeds.length });
}

/** Computes the rows of each id. Returns `[count, hash]`, row by row. */
function hashIds(count: number, hashes: number, rows: number, deadRow: boolean): Int32Array {
  const chosen = new Int32Array(count * hashes);
  for (let id = deadRow ? 1 : 0; id < count; id++) {
    for (let k = 0; k < hashes; k++) {
      const remainder = murmurhash3Signed(id, seeds[k]!) % rows;
      chosen[id * hashes + k] = remainder < 0 ? remainder + rows : remainder; // numpy's % has the sign of the divisor
    }
  }
  return chosen;
}

/** The seeds of Spotlight's hash functions. */
const seeds: readonly number[] = [
  179424941, 179425457, 179425907, 179426369, 179424977, 179425517, 179425943, 179426407, 179424989, 179425529,
  179425993, 179426447, 179425003, 179425537, 179426003, 179426453, 179425019, 179425559, 179426029, 179426491,
  179425027, 179425579, 179426081, 179426549,
];
