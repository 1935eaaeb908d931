import type { Recommender } from '@footlight/trainer';
import { encodeUsers, listAnsweredUsers, readFactors } from '../read-vectors.js';
import type { GraphBuilder } from './graph-builder.js';
import { addScoresOfVectors } from './score-graphs.js';

/**
 * Adds the scores of a model of user ids, from a table of the vectors of all users.
 *
 * @param users `[batch]` int64
 * @returns name of the scores, `[batch, item]` float32
 * @throws {RecsysError} `invalid-argument` if the scores cannot be a graph
 */
export async function addTableScores(
  where: string,
  builder: GraphBuilder,
  recommender: Recommender,
  users: string,
): Promise<string> {
  const { userCount, itemCount } = recommender.catalogue;
  const { steps, products } = recommender.predictor;
  const answered = listAnsweredUsers(recommender);
  const gather = (encoded: Float32Array, dim: number): string => {
    const vectors = new Float32Array(userCount * dim); // zeros for users that are not answered
    for (const [row, user] of answered.entries()) vectors.set(encoded.subarray(row * dim, (row + 1) * dim), user * dim);
    return builder.add('Gather', [builder.constant('float32', [userCount, dim], vectors), users], { axis: 0 });
  };
  if (steps && !products) {
    const { dim, vectors } = encodeUsers(recommender, steps.vectors, answered);
    return addScoresOfVectors(where, builder, steps, dim, gather(vectors, dim));
  }
  const { dim, items, itemBiases, encode } = readFactors(where, recommender);
  const itemTable = builder.add('Transpose', [builder.constant('float32', [itemCount, dim], items)], { perm: [1, 0] });
  const scores = builder.add('MatMul', [gather(encode(answered), dim), itemTable]);
  return itemBiases ? builder.add('Add', [scores, builder.constant('float32', [itemCount], itemBiases)]) : scores;
}
