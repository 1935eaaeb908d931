import { type ColumnTable, table } from 'arquero';

/** A recommended item, as `recommend` of `@footlight/trainer` returns it. */
export interface RecommendedItem {
  /** Original item id. */
  readonly item: string | number;
  /** '' if the item has none. */
  readonly title?: string;
  readonly score: number;
  /** Predicted rating in the scale of the source. */
  readonly rating?: number;
}

/**
 * Collects the recommendations of many users in an arquero table: one row per recommendation, best first.
 *
 * The columns are `user`, `rank` (from 1), `item`, `title` (if an item has one), `score` and `rating` (if the model
 * predicts ratings).
 *
 * @example
 * import { toRecommendationTable } from '@footlight/datasets/arquero';
 *
 * const { recommender } = await runExperiment(experiment);
 * const top = await toRecommendationTable([1, 4, 6], (user) => recommender.recommend({ user }, 10));
 * top.filter((row) => row.rank === 1).print();
 * await writeFile('recommendations.csv', top.toCSV());
 */
export async function toRecommendationTable<User extends string | number>(
  users: Iterable<User>,
  recommend: (user: User) => Promise<readonly RecommendedItem[]> | readonly RecommendedItem[],
): Promise<ColumnTable> {
  const rows: (RecommendedItem & { readonly user: User; readonly rank: number })[] = [];
  for (const user of users)
    for (const [at, recommended] of (await recommend(user)).entries())
      rows.push({ ...recommended, user, rank: at + 1 });
  return table({
    user: rows.map(({ user }) => user),
    rank: Int32Array.from(rows, ({ rank }) => rank),
    item: rows.map(({ item }) => item),
    ...(rows.some(({ title }) => title) && { title: rows.map(({ title = '' }) => title) }),
    score: Float64Array.from(rows, ({ score }) => score),
    ...(rows.some(({ rating }) => rating !== undefined) && { rating: rows.map(({ rating }) => rating) }),
  });
}
