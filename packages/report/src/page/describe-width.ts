import type { StoredResult } from '../result.js';

export interface Width {
  /** Name of the model. */
  readonly model: string;
  /** Size of the code layer, in units. */
  readonly width: number;
  /** All other options of the training as text. Widths are comparable only where it is equal. */
  readonly rest: string;
}

/** Reads the width of an autoencoder from its layer sizes (`dims`, of which the last is the code). */
export function describeWidth({ training }: Pick<StoredResult, 'training'>): Width | undefined {
  const {
    dims,
    decoder: _,
    ...model
  } = (training?.model ?? {}) as {
    readonly name?: string;
    readonly dims?: readonly number[];
    readonly decoder?: readonly number[];
    readonly faithful?: string;
  };
  const width = Array.isArray(dims) ? dims.at(-1) : undefined;
  if (model.name === undefined || width === undefined) return undefined;
  const name = model.faithful === undefined ? model.name : `${model.name}, ${model.faithful}`;
  return { model: name, width, rest: JSON.stringify({ ...training, model, note: undefined }) };
}
