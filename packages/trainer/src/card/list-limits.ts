import { formatCount } from '@footlight/core';
import type { Recommender } from '../recommend/types.js';
import type { Outcome } from '../run/types.js';

/** What a model is for, from what it answers. */
export function listIntendedUse({ catalogue, ratings }: Recommender): string[] {
  const items = formatCount(catalogue.itemCount, 'item');
  return [
    ratings
      ? `Predicting how users rate the ${items} of its catalogue, and ranking them by that.`
      : `Ranking the ${items} of its catalogue for a user. ` +
        'Scores order items; they are neither ratings nor probabilities.',
  ];
}

/** Where the limits of a model are, from its file, what it answers, and how it was measured. */
export function listLimits({ recommender, protocol, sizes, leftOut }: Outcome, histories: boolean): string[] {
  const { predictor } = recommender;
  const { refusal } = predictor.histories;
  const users = formatCount(recommender.catalogue.userCount, 'user');
  const cold = leftOut?.test.interactions ?? 0;
  return [
    histories
      ? `The file contains the ids of ${users} and what each of them chose. Where users are people, it is personal ` +
        'data: store and share it as such, or save the model without histories.'
      : 'The file contains neither ids nor histories of users; it answers histories that come with a request.',
    refusal === undefined
      ? 'Users that it was not trained on are answered from their history; one without a history gets no personal list.'
      : `It answers only users that it was trained on, since ${refusal}.`,
    'It ranks the items of its training data only. New items need a training that continues from it, or a new one.',
    `Metrics were computed offline on ${formatCount(sizes.test, 'held-out interaction')} ` +
      `(${String(protocol.split['name'])}); they do not say how users react to the lists. ` +
      'Intervals reflect the choice of users, not that of the seed.',
    ...(cold > 0
      ? [`${formatCount(cold, 'test interaction')} of users or items without training data were left out.`]
      : []),
    'It learned from what users did before, and repeats the preferences and omissions in these data.',
  ];
}
