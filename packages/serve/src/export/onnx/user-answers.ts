import { groupByUserInTime } from '@footlight/datasets';
import type { Recommender } from '@footlight/trainer';
import { listAnsweredUsers } from '../read-vectors.js';
import type { GraphBuilder } from './graph-builder.js';

/** Scores of users, and whether there are some. */
export interface UserScores {
  /** `[batch, item]` float32 */
  readonly scores: string;
  /** `[batch]` bool */
  readonly isAnswered: string;
}

/**
 * Adds the answers to users whom a model of user ids was not trained on. Users without interactions, whom the model
 * folds in, all have the same scores; users with others are not answered, since their histories cannot be folded in
 * within a graph.
 *
 * @param users `[batch]` int64
 * @param scores `[batch, item]` float32 of the users whom it was trained on
 */
export async function addUserAnswers(
  builder: GraphBuilder,
  recommender: Recommender,
  users: string,
  scores: string,
): Promise<UserScores> {
  const { known, catalogue } = recommender;
  const { userCount, itemCount } = catalogue;
  const { offsets } = groupByUserInTime(known);
  const shared = await scoreNewUser(recommender);
  const isEmpty = Uint8Array.from({ length: userCount }, (_, user) => (offsets[user + 1] === offsets[user] ? 1 : 0));
  const answered = shared ? isEmpty.slice() : new Uint8Array(userCount);
  for (const user of listAnsweredUsers(recommender)) answered[user] = 1;
  const look = (table: Uint8Array) =>
    builder.add('Gather', [builder.constant('bool', [userCount], table), users], { axis: 0 });
  const isAnswered = look(answered);
  if (!shared || !isEmpty.includes(1)) return { scores, isAnswered };
  const isNew = builder.add('Unsqueeze', [look(isEmpty), builder.integers([1])]);
  const row = builder.constant('float32', [1, itemCount], shared);
  return { scores: builder.add('Where', [isNew, row, scores]), isAnswered };
}

/** Scores of all items for a user without interactions; none if the model refuses such users. */
async function scoreNewUser({ catalogue, recommend, ratings }: Recommender): Promise<Float32Array | undefined> {
  const query = { history: [], ...(ratings?.loss && { ratings: [] }) };
  const list = await recommend(query, catalogue.itemCount).catch(() => undefined);
  if (!list) return undefined;
  const places = new Map(Array.from(catalogue.itemIds as ArrayLike<string | number>, (id, item) => [id, item]));
  const scores = new Float32Array(catalogue.itemCount);
  for (const { item, score } of list) scores[places.get(item)!] = score;
  return scores;
}
