import { expect } from 'vitest';
import type { Answers } from './train.fixture.js';

/** Scores of two backends are equal within rounding; lists are the same. */
export function round(answers: Answers): unknown {
  const near = (value: number): unknown => expect.closeTo(value, 4);
  return answers.map((each) => {
    if (typeof each === 'string') return each;
    if (typeof each === 'number') return near(each);
    return each.map(({ score, rating, ...item }) => ({
      ...item,
      score: near(score),
      ...(rating !== undefined && { rating: near(rating) }),
    }));
  });
}
