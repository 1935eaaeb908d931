import type { Catalogue } from '@footlight/datasets';

/** Somebody the model knows by id, or anybody by what they liked. Original ids of the source. */
export type Person = { readonly user: string | number } | { readonly history: readonly (string | number)[] };

export interface RecommendOptions {
  /** Original item ids never to be shown. Default none. */
  readonly exclude?: readonly (string | number)[];
  /** Only these original item ids may be shown. Default all. */
  readonly allow?: readonly (string | number)[];
  /** Whether items of the person's own history may be shown again. Default false. */
  readonly repeat?: boolean;
}

export interface Recommendation {
  readonly item: string | number; // original id
  readonly title: string; // '' if the source has none
  readonly score: number;
}

export interface Recommender {
  readonly catalogue: Catalogue;
  /** @returns the `count` best items, best first; ties to the lower dense id */
  recommend(person: Person, count: number, options?: RecommendOptions): Promise<Recommendation[]>;
  /** @returns the `count` items whose vectors have the largest cosine with that of `item` */
  similarItems(item: string | number, count: number): Promise<Recommendation[]>;
  /** Original id of an item given its id or its title (exact, else the only title that contains the text, case-insensitive). */
  findItem(text: string | number): string | number;
}
