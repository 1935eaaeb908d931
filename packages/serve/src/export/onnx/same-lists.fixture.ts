import type { Model } from '@footlight/models';
import type { Recommender, UserOrHistory } from '@footlight/trainer';
import { expect } from 'vitest';
import { createTrained, openSession, type Row } from './onnx.fixture.js';

/** Histories with repetitions, of no item, of one, and longer than a window; padding on both sides and in between. */
const rows: readonly Row[] = [
  { steps: [undefined, 3, 5] },
  { steps: [28, 0, undefined, 1, 28, undefined, 2, 4, 9, 11, 6] },
  { steps: [] },
  { steps: [17] },
  { steps: [1, undefined, undefined] },
];

const toQuery = ({ predictor, catalogue }: Recommender, { user, steps }: Row): UserOrHistory => {
  if (predictor.reads === 'user') return { user: catalogue.userIds[user!]! };
  return { history: steps.filter((step) => step !== undefined).map((item) => catalogue.itemIds[item]!) };
};
const listDense = async (recommender: Recommender, row: Row, count: number) => {
  const { itemIds } = recommender.catalogue;
  const list = await recommender.recommend(toQuery(recommender, row), count).catch((error: Error) => {
    expect(error.message).toMatch(/the same score for all|without interactions/);
    return [];
  });
  return { items: list.map(({ item }) => (itemIds as readonly string[]).indexOf(item as string)), list };
};

/** Expects the lists of ONNX Runtime to be those of `recommend`. */
export async function expectSameLists(model: Model): Promise<void> {
  const recommender = createTrained(model);
  const { known, predictor } = recommender;
  const own = (user: number) => Array.from(known.items).filter((_item, at) => known.users[at] === user);
  const requested = predictor.reads === 'user' ? [0, 3, 8, 10].map((user) => ({ user, steps: own(user) })) : rows;
  const session = await openSession(recommender);
  const answers = await session.run(requested, 20);
  for (const [at, row] of requested.entries()) {
    const { items, list } = await listDense(recommender, row, 20);
    const found = answers.items[at]!.filter((item) => item >= 0);
    // GF-CF has scores of items that no path leads to, which are 0 but for rounding.
    const isSignal = (place: number) => model.name !== 'gf-cf(3)' || Math.abs(list[place]!.score) > 1e-6;
    expect(
      found.filter((_item, place) => isSignal(place)),
      `row ${at}`,
    ).toEqual(items.filter((_item, place) => isSignal(place)));
    expect(found.length).toBe(items.length);
    for (const [place, { score }] of list.entries())
      expect(Math.abs(answers.itemScores[at]![place]! - score)).toBeLessThan(1e-5 * (1 + Math.abs(score)));
  }
  // A row does not depend on the others, nor on the length of the batch.
  expect((await session.run([requested[1]!], 20)).items[0]).toEqual(answers.items[1]);
  await session.release();
  recommender.dispose();
}
