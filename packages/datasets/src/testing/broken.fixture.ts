import { selectRows } from '../select-rows.js';
import type { Interactions } from '../types.js';
import type { Promised } from './describe-promises.js';

/** Name and protocol of components that break a promise. */
export const mutantDescription: { readonly name: string; readonly protocol: Record<string, never> } = {
  name: 'mutant',
  protocol: {},
};

/** The sentences of the promises that a component breaks. */
export function listBroken(promises: readonly Promised[]): string[] {
  return promises.filter(([, check]) => throws(check)).map(([sentence]) => sentence);
}

function throws(check: () => void): boolean {
  try {
    check();
    return false;
  } catch {
    return true;
  }
}

/** The rows in reverse order. */
export function reverseRows(interactions: Interactions): Interactions {
  const last = interactions.users.length - 1;
  return selectRows(
    interactions,
    interactions.users.map((_, row) => last - row),
  );
}
