import type { Pruner } from '../types.js';

/**
 * No pruning: every trial runs to its end.
 *
 * @example
 * await createStudy({ name: 'search', pruner: noPruner() });
 */
export function noPruner(): Pruner {
  return { name: 'none', shouldPrune: () => false };
}
