import { type Interactions, joinValidation, type Splits, selectRows } from '@footlight/datasets';
import type { Predictor } from '../recommend/predictor.js';
import { markIds } from './mark-ids.js';

/**
 * Lists the interactions that are known at test time. Where whole users are held out, the history of the test part has
 * only them; the other users follow.
 */
export function listKnown(splits: Splits): Interactions {
  const { train, validation, test, known = test.history } = splits;
  const all = validation ? joinValidation(splits) : train;
  const isListed = markUsers(known);
  if (all.users.every((user) => isListed[user] === 1)) return known;
  // adds the histories of users whom `known` does not have
  return joinValidation({
    train: known,
    validation: { history: all, targets: selectRows(all, new Int32Array(0)) },
    test,
  });
}

/** Lists the users of `known` whom a model of user ids was not trained on; `undefined` if there are none. */
export function listUntrainedUsers(
  { reads, scoresAnyUser }: Predictor,
  known: Interactions,
  train: Interactions,
): Int32Array | undefined {
  if (reads !== 'user' || scoresAnyUser) return undefined;
  const [isKnown, isTrained] = [markUsers(known), markUsers(train)];
  const users = Int32Array.from(isKnown.keys()).filter((user) => isKnown[user] === 1 && isTrained[user] === 0);
  return users.length > 0 ? users : undefined;
}

const markUsers = ({ users, catalogue }: Interactions): Uint8Array => markIds(users, catalogue.userCount);
