import type { StoredResult } from '../result.js';

export interface Width {
  /** Kind of model. */
  readonly model: string;
  /** Length of its code. */
  readonly width: number;
  /** Everything else about its training, as text: only widths that agree in it can be compared. */
  readonly rest: string;
}

/** Of autoencoders, which say how long their layers are (`dims`, the last being the code). */
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
