import { createRng } from '@footlight/core';
import { collectParameters, disposeParameters } from '@footlight/layers';
import type { Experiment } from '@footlight/trainer';

/** Counts the parameters that the learned model of an experiment has for so many users and items. */
export function countParameters(
  { model }: Experiment,
  sizes: { readonly users: number; readonly items: number },
): number {
  if (model.kind === 'solver') return 0;
  const { parameters } = model.build({ userCount: sizes.users, itemCount: sizes.items }, createRng(0));
  const variables = new Set(collectParameters(parameters).values());
  const count = [...variables].reduce((sum, { size }) => sum + size, 0);
  disposeParameters(parameters);
  return count;
}
