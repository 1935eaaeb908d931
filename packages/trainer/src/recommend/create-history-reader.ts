import { groupByUserInTime, type Interactions } from '@footlight/datasets';
import type { DenseHistory } from './score-history.js';

/** Creates the function that reads a user's history: items, with their ratings if the model learned from ratings. */
export function createHistoryReader(history: Interactions, rated: boolean): (user: number) => DenseHistory {
  const { offsets, rows } = groupByUserInTime(history);
  return (user) => {
    const own = rows.subarray(offsets[user]!, offsets[user + 1]!);
    const items = own.map((row) => history.items[row]!);
    return rated ? { items, ratings: Array.from(own, (row) => history.ratings![row]!) } : { items };
  };
}
