import { assertInteger, assertNumber, invalid } from '@footlight/core';

/** Options of the autoencoders of baskets. */
export interface AutoencoderOptions {
  /** Units of the layers from the basket to the code; the last is the length of the code. */
  readonly dims?: readonly number[];
  /** Units of the layers from the code to the scores. Default: those of `dims` before the last, in reverse. */
  readonly decoder?: readonly number[];
  /**
   * Dropout rates of the inputs of the dense layers, layer by layer, each from 0 to below 1. Layers without a rate have
   * no dropout. Default: 0.5 for the clicks of the basket.
   */
  readonly dropout?: { readonly encoder?: readonly number[]; readonly decoder?: readonly number[] };
  /** `extra-tanh`: a tanh follows every dropout, as in RecoTour, whose loop treats dropout as a layer. */
  readonly faithful?: 'extra-tanh';
}

/** The options with all defaults filled in. */
export interface AutoencoderLayers {
  readonly dims: readonly number[];
  readonly decoder: readonly number[];
  /** One rate per dense layer: `dims.length` in the encoder, `decoder.length + 1` in the decoder. */
  readonly dropout: { readonly encoder: readonly number[]; readonly decoder: readonly number[] };
  readonly extraTanh: boolean;
}

/**
 * Checks the options of an autoencoder and fills in the defaults.
 *
 * @throws {RecsysError} `invalid-argument` for options out of range
 */
export function resolveLayers(
  where: string,
  defaults: readonly number[],
  options: AutoencoderOptions,
): AutoencoderLayers {
  const { dims = defaults, faithful } = options;
  if (dims.length === 0) invalid(`${where}(dims)`, 'at least one layer', 'none');
  const decoder = options.decoder ?? dims.slice(0, -1).reverse();
  for (const units of dims) assertInteger(`${where}(dims)`, units);
  for (const units of decoder) assertInteger(`${where}(decoder)`, units);
  if (faithful !== undefined && faithful !== 'extra-tanh')
    invalid(`${where}(faithful)`, "'extra-tanh' or nothing", faithful);
  const dropout = {
    encoder: fillRates(`${where}(dropout.encoder)`, options.dropout?.encoder ?? [0.5], dims.length),
    decoder: fillRates(`${where}(dropout.decoder)`, options.dropout?.decoder ?? [], decoder.length + 1),
  };
  return { dims, decoder, dropout, extraTanh: faithful === 'extra-tanh' };
}

/** Rates of all layers; 0 where none is given. */
function fillRates(where: string, rates: readonly number[], count: number): number[] {
  if (rates.length > count) invalid(where, `at most ${count} rates, one per dense layer`, rates.length);
  for (const rate of rates) assertNumber(where, rate, { from: 0, below: 1 });
  return [...rates, ...new Array<number>(count - rates.length).fill(0)];
}
