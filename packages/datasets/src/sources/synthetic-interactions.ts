import { assertFraction, assertInteger, assertNumber, invalid } from '@footlight/core';
import type { Dataset } from '../types.js';
import { drawInteractions, type SyntheticShape } from './draw-interactions.js';

export interface SyntheticInteractionsOptions {
  /** Number of users. */
  readonly users: number;
  /** Number of items. */
  readonly items: number;
  /** Number of interactions; or give `density`. */
  readonly interactions?: number;
  /** Share of all pairs of user and item that interact, at most one half. */
  readonly density?: number;
  /**
   * The item of popularity rank r is drawn in proportion to r^−exponent; 0 makes all items equally popular. Default 1.
   */
  readonly popularityExponent?: number;
  /** Number of latent factors (tastes). Default 8. */
  readonly latentDim?: number;
  /** Influence of tastes on the items drawn and on their ratings; 0 leaves popularity alone. Default 1. */
  readonly tasteStrength?: number;
  /** Standard deviation of the logarithm of the number of interactions per user. Default 1. */
  readonly activityDeviation?: number;
}

/**
 * Synthetic interactions of any number with a realistic distribution: popular items, active users and latent tastes.
 *
 * User u has a mixture of tastes θ_u, the softmax of normal numbers. Each interaction draws a taste k from θ_u, then an
 * item i with probability proportional to rank(i)^−exponent · exp(strength · v_ik), v_ik normal, and never an item of u
 * again. The rating is 3.5 + strength · Σ_k θ_uk v_ik + noise, rounded to halves from 0.5 to 5. Rows are grouped by
 * user, in order of time.
 *
 * @throws {RecsysError} `invalid-argument` if there are fewer interactions than users, or more than half of all pairs
 * @example
 * syntheticInteractions({ users: 138_493, items: 26_744, interactions: 20_000_263 }) // the size of MovieLens 20M
 * @source ours
 */
export function syntheticInteractions(options: SyntheticInteractionsOptions): Dataset {
  const {
    users,
    items,
    density,
    popularityExponent = 1,
    latentDim = 8,
    tasteStrength = 1,
    activityDeviation = 1,
  } = options;
  assertInteger('syntheticInteractions(users)', users);
  assertInteger('syntheticInteractions(items)', items, { minimum: 2 });
  assertInteger('syntheticInteractions(latentDim)', latentDim);
  for (const [name, value] of Object.entries({ popularityExponent, tasteStrength, activityDeviation }))
    assertNumber(`syntheticInteractions(${name})`, value, { from: 0 });
  const interactions = resolveCount(options);
  const shape: SyntheticShape = {
    users,
    items,
    interactions,
    popularityExponent,
    latentDim,
    tasteStrength,
    activityDeviation,
  };
  return {
    name: `synthetic-interactions(${users} users, ${items} items, ${interactions} interactions)`,
    protocol: { source: 'synthetic-interactions', ...shape, ...(density === undefined ? {} : { density }) },
    columns: { ratings: true, timestamps: true },
    drawn: true,
    load: async (loadOptions) => drawInteractions(shape, loadOptions),
  };
}

function resolveCount({ users, items, interactions, density }: SyntheticInteractionsOptions): number {
  if ((interactions === undefined) === (density === undefined))
    invalid('syntheticInteractions', 'either interactions or density', interactions === undefined ? 'neither' : 'both');
  if (interactions !== undefined) assertInteger('syntheticInteractions(interactions)', interactions);
  const count = interactions ?? Math.round(assertFraction('syntheticInteractions(density)', density!) * users * items);
  const most = users * Math.floor(items / 2);
  if (!(Number.isInteger(count) && count >= users && count <= most))
    invalid(
      'syntheticInteractions(interactions)',
      `from ${users} (one per user) to ${most} (half of all pairs)`,
      count,
    );
  return count;
}
