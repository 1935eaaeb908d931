import type { KeptResult } from '../result.js';

/** Kind of model, and the length of its code: of autoencoders, which say how long their layers are (`dims`, the last being the code). */
export function widthOf({ training }: Pick<KeptResult, 'training'>): { readonly model: string; readonly width: number } | undefined {
  const { name, dims, faithful } = (training?.model ?? {}) as {
    readonly name?: string;
    readonly dims?: readonly number[];
    readonly faithful?: string;
  };
  const width = Array.isArray(dims) ? dims.at(-1) : undefined;
  if (name === undefined || width === undefined) return undefined;
  return { model: faithful === undefined ? name : `${name}, ${faithful}`, width };
}
