import { invalid } from '@footlight/core';
import { concatenateInteractions } from '../concatenate-interactions.js';
import { findRows, selectRows } from '../select-rows.js';
import type { Interactions, Splits } from '../types.js';

/**
 * Joins the training and the validation part, to train a model again before it is tested: every training interaction,
 * then those of the validation part. The history of a validation user who occurs in train is part of train already and
 * is not added again.
 *
 * @throws {RecsysError} `invalid-argument` without a validation part
 */
export function joinValidation({ train, validation, uncutValidation = validation }: Splits): Interactions {
  if (!uncutValidation)
    return invalid(
      'joinValidation',
      'a split with a validation part',
      'one without',
      'Choose a split that has one, e.g. leaveLastOut().',
    );
  const { history, targets } = uncutValidation;
  const isTrained = new Uint8Array(train.catalogue.userCount);
  for (const user of train.users) isTrained[user] = 1;
  const added = findRows(history.users.length, (row) => isTrained[history.users[row]!] === 0);
  return concatenateInteractions(train, concatenateInteractions(selectRows(history, added), targets));
}
