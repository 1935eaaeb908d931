import { invalid, omitUndefined } from '@footlight/core';
import { readFingerprints } from '@footlight/trainer';
import type { ServedModelCard } from './card-types.js';
import type { ServedModel } from './types.js';

/** Describes a model: what the artifact says, its data, and what it can answer. */
export function createCard(name: string, served: ServedModel, share: number): ServedModelCard {
  const { recommender, description, hash, date, card, dataLicense = card?.data.license } = served;
  const { predictor, catalogue, ratings, withoutHistories } = recommender;
  const { model, protocol, metrics } = description ?? {};
  if (card && hash !== undefined && card.artifact.hash !== hash)
    invalid(`createService(models.${name}.card)`, `the card of the file ${hash}`, `that of ${card.artifact.hash}`);
  return {
    name,
    share,
    ...omitUndefined({ model, protocol, metrics, card, hash, date }),
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
