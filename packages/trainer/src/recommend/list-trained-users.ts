import type { Catalogue } from '@footlight/datasets';

/**
 * Lists the users who occur in a column, without some of them, ascending; `undefined` if these are all users of the
 * catalogue or none.
 */
export function listTrainedUsers(
  { userCount }: Catalogue,
  users: Int32Array,
  untrained: Int32Array = new Int32Array(0),
): Int32Array | undefined {
  const isTrained = new Uint8Array(userCount);
  for (const user of users) isTrained[user] = 1;
  for (const user of untrained) isTrained[user] = 0;
  const ids = Int32Array.from(isTrained.keys()).filter((user) => isTrained[user] === 1);
  return ids.length === userCount || ids.length === 0 ? undefined : ids;
}
