import { invalid } from '@footlight/core';
import type { Catalogue } from '@footlight/datasets';
import { collectParameters } from '@footlight/layers';
import type { Network, Reads } from '@footlight/models';
import type { Recommender } from '../recommend/types.js';
import { copyParameters, restoreParameters } from '../storage/parameters.js';

/**
 * Sets the parameters of a network to those of a trained model, so that training continues from it.
 *
 * @throws {RecsysError} `invalid-argument` if the data have other users or items than the model was trained on, or if
 *   the network is another model
 */
export async function startFrom(network: Network, catalogue: Catalogue, from: Recommender): Promise<void> {
  assertSameIds(network.reads, catalogue, from.catalogue);
  restoreParameters(
    collectParameters(network.parameters),
    await copyParameters(collectParameters(from.predictor.parameters)),
  );
}

/** Checks that dense ids mean the same; models of histories have no parameters of users. */
function assertSameIds(reads: Reads, data: Catalogue, earlier: Catalogue): void {
  const kinds = reads === 'user' ? (['user', 'item'] as const) : (['item'] as const);
  for (const kind of kinds) {
    const [own, others] = [data[`${kind}Ids`], earlier[`${kind}Ids`]];
    const known = new Set(Array.from(others, String));
    const strangers = Array.from(own, String).filter((id) => !known.has(id));
    const examples = strangers.slice(0, 3).join(', ');
    if (strangers.length > 0)
      invalid(
        'fit(from)',
        `${kind}s that the model was trained on`,
        `${strangers.length} new: ${examples}${strangers.length > 3 ? ', …' : ''}`,
        'Train a new model on all data, or filter the new ones out.',
      );
    if (own.length !== others.length || Array.from(own, String).some((id, at) => id !== String(others[at])))
      invalid(
        'fit(from)',
        `the ${others.length} ${kind}s that the model was trained on, in their order`,
        own.length === others.length ? 'them in another order' : `${own.length} of them`,
        'Continue with data of the same users and items.',
      );
  }
}
