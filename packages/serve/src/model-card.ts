import { omitUndefined } from '@footlight/core';
import { readFingerprints } from '@footlight/trainer';
import type { ModelCard } from './card-types.js';
import type { ServedModel } from './types.js';

/** Describes a model: what the artifact says, its data, and what it can answer. */
export function createCard(name: string, served: ServedModel, share: number): ModelCard {
  const { recommender, description, hash, date, dataLicense } = served;
  const { predictor, catalogue, ratings, withoutHistories } = recommender;
  const { model, protocol, metrics } = description ?? {};
  return {
    name,
    share,
    ...omitUndefined({ model, protocol, metrics, hash, date }),
    data: {
      users: withoutHistories ? 0 : catalogue.userCount,
      items: catalogue.itemCount,
      ...omitUndefined({
        name: protocol && String(protocol.dataset['name']),
        fingerprint: protocol && readFingerprints(protocol).fingerprint,
        license: dataLicense,
      }),
    },
    answers: {
      users: !withoutHistories,
      histories: predictor.histories.refusal === undefined,
      ratings: ratings !== undefined,
      similar: predictor.similarities !== undefined || predictor.itemVectors !== undefined,
    },
  };
}
