import { invalid } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { parseItems } from './parse-items.js';
import { numberLines } from './recommend.js';

const titles = [
  'Alien (1979)',
  'American President, The (1995)',
  'Good, the Bad and the Ugly, The (1966)',
  'Heat (1995)',
];
const recommender = {
  findItem(text: string | number) {
    const at = titles.findIndex(
      (title, id) => title.toLowerCase() === String(text).toLowerCase() || String(id) === text,
    );
    return at < 0 ? invalid('findItem', 'a title', text) : at;
  },
};

describe('parseItems', () => {
  it('splits at commas, but not at those of a title', () => {
    expect(
      parseItems(
        recommender,
        'Alien (1979), American President, The (1995), 3, Good, the Bad and the Ugly, The (1966)',
      ),
    ).toEqual([0, 1, 3, 2]);
  });

  it('takes what stands in quotation marks as one title, without the marks', () => {
    expect(parseItems(recommender, '"American President, The (1995)", Alien (1979),"3" , 3')).toEqual([1, 0, 3, 3]);
    const echo = { findItem: (text: string | number) => (String(text).includes(',') ? invalid('x', 'y', text) : text) };
    expect(parseItems(echo, '"Great" Cats,"a ""b""",c, "d')).toEqual(['"Great" Cats', 'a "b"', 'c', '"d']);
    expect(() => parseItems(recommender, '"Film 2, The"')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: findItem: expected a title, received Film 2, The.]`,
    );
  });

  it('takes no notice of empty pieces', () => {
    expect(parseItems(recommender, ' , Heat (1995),')).toEqual([3]);
  });

  it('complains about the first piece that is no item', () => {
    expect(() => parseItems(recommender, 'Alien (1979), Hear (1995)')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: findItem: expected a title, received Hear (1995).]`,
    );
  });
});

describe('numberLines', () => {
  it('shows titles, and ids where there are none', () => {
    const list = [
      { item: 7, title: 'Alien (1979)', score: 1 },
      { item: 8, title: '', score: 0.5 },
    ];
    expect(numberLines(list)).toBe(' 1. Alien (1979)\n 2. 8');
  });
});
