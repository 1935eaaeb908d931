import type { KeptResult } from '../result.js';

/** Kind of model and width of its innermost layer, where it has layers. */
export function widthOf({ training }: Pick<KeptResult, 'training'>): { readonly model: string; readonly width: number } | undefined {
  const model = training?.model;
  if (typeof model !== 'object' || model === null || Array.isArray(model)) return undefined;
  const { name, dim } = model as { readonly name?: unknown; readonly dim?: unknown };
  return typeof name === 'string' && typeof dim === 'number' ? { model: name, width: dim } : undefined;
}
