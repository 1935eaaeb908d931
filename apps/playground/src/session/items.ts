import type { Id } from '@footlight/trainer';
import { computed } from '@preact/signals';
import { shownModels } from './session.js';

/** An item of the catalogue. */
export interface Item {
  readonly id: Id;
  readonly title: string;
  /** The title in lower case without accents, for the search. */
  readonly searched: string;
  /** Known interactions. */
  readonly count: number;
  readonly dense: number;
}

const simplify = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** The items of the first model that is shown, most popular first. */
export const items = computed((): readonly Item[] => {
  const recommender = shownModels.value[0]?.recommender;
  if (!recommender) return [];
  const { itemIds, itemTitles, itemCount } = recommender.catalogue;
  const counts = new Int32Array(itemCount);
  for (const item of recommender.known.items) counts[item]!++;
  return Array.from({ length: itemCount }, (_, dense) => {
    const id = itemIds[dense]!;
    const title = itemTitles?.[dense] || String(id);
    return { id, title, searched: simplify(title), count: counts[dense]!, dense };
  }).sort((one, other) => other.count - one.count || one.dense - other.dense);
});

/** Items by original id. */
export const itemsById = computed((): ReadonlyMap<Id, Item> => new Map(items.value.map((item) => [item.id, item])));

/** Items whose title has every word of a text, most popular first. */
export function findItems(text: string, count: number): readonly Item[] {
  const words = simplify(text).split(/\s+/).filter(Boolean);
  const found: Item[] = [];
  for (const item of items.value) {
    if (!words.every((word) => item.searched.includes(word))) continue;
    found.push(item);
    if (found.length === count) break;
  }
  return found;
}
