import { expect, it } from 'vitest';
import { selectEvenly, thinOut } from './thin-out.js';

const items = Array.from({ length: 11 }, (_, at) => at);

it('thinOut keeps the best half and others at equal distances', () => {
  expect(thinOut(items, 11)).toEqual(items);
  expect(thinOut(items, 6)).toEqual([0, 1, 2, 3, 7, 10]); // of 3 … 10 the first, 3 + 3.5, the last
});

it('selectEvenly has the first and the last', () => {
  expect(selectEvenly(items, 3)).toEqual([0, 5, 10]);
  expect(selectEvenly(items, 20)).toEqual(items);
});
