import { describe, expect, it } from 'vitest';
import { createInteractions, createTablePredictor } from '../fixtures.js';
import { createRecommender } from './create-recommender.js';

const known = createInteractions([[0, 0]], 1, 5);
const scores = createTablePredictor([[1, 2, 3, 4, 5]]);
const recommender = createRecommender(scores, known);

describe('findItem', () => {
  it('accepts an id, a title, or a part of one title', () => {
    expect(['30', 'item c', ' D '].map((text) => recommender.findItem(text))).toEqual([30, 20, 30]);
  });

  it('ignores whether accents are composed, in titles and in ids', () => {
    const titles = ['Amélie', 'Le Fabuleux Destin', 'Ole\u0301', 'x', 'y'];
    const find = createRecommender(scores, {
      ...known,
      catalogue: { ...known.catalogue, itemTitles: titles },
    }).findItem;
    expect(['Ame\u0301lie', 'AMÉLIE', 'am\u00e9l', 'Olé', 'ole\u0301'].map((text) => find(text))).toEqual([
      0, 0, 0, 20, 20,
    ]);
    const ids = ['caf\u00e9', 'b', 'c', 'd', 'e'];
    expect(
      createRecommender(scores, { ...known, catalogue: { ...known.catalogue, itemIds: ids } }).findItem('cafe\u0301'),
    ).toBe('caf\u00e9');
  });

  it('refuses an empty text, and a title of two items', () => {
    const titles = ['Heat', 'Alien', 'HEAT', 'Heat 2', ''];
    const find = createRecommender(scores, {
      ...known,
      catalogue: { ...known.catalogue, itemTitles: titles },
    }).findItem;
    expect(() => find(' ')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: findItem: expected an item id or a text that exactly one title contains, received " ", which is empty. Name an item.]`,
    );
    expect(() => find('Heat')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: findItem: expected an item id or a text that exactly one title contains, received "Heat", which is the title of 2 items. Choose one by its id: Heat (id 0); HEAT (id 20).]`,
    );
    expect(find('20')).toBe(20);
  });

  it('reports that no title matches, or several', () => {
    expect(() => recommender.findItem('Item Z')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: findItem: expected an item id or a text that exactly one title contains, received "Item Z", which no title contains. Check the spelling.]`,
    );
    expect(() => recommender.findItem('item')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: findItem: expected an item id or a text that exactly one title contains, received "item", which 5 titles contain. Choose one by its id: Item A (id 0); Item B (id 10); Item C (id 20); Item D (id 30); Item E (id 40).]`,
    );
  });
});
