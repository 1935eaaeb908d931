import type { Id, Recommender } from '@footlight/trainer';

/** An item of the user's that is most similar to a recommended one. */
export interface Reason {
  readonly item: Id;
  readonly title: string;
  /** Cosine of the vectors, or the weight of the model. */
  readonly similarity: number;
}

/** Finds reasons by the model's own similarities. */
export interface Explainer {
  /** The item of `history` that is most similar to `item`; undefined if none is among its neighbors. */
  explain(item: Id, history: readonly Id[]): Promise<Reason | undefined>;
}

/** Neighbours of an item that count as a reason. */
const NEIGHBORS = 300;

/** Creates an explainer; what an item is similar to is computed once. */
export function createExplainer(recommender: Recommender): Explainer {
  const known = new Map<Id, Promise<ReadonlyMap<Id, number> | undefined>>();
  const findNeighbors = (item: Id) => {
    const found = known.get(item) ?? listNeighbors(recommender, item);
    known.set(item, found);
    return found;
  };
  return {
    async explain(item, history) {
      let best: Reason | undefined;
      for (const chosen of history) {
        const similarity = (await findNeighbors(chosen))?.get(item);
        if (similarity === undefined || similarity <= (best?.similarity ?? 0)) continue;
        best = { item: chosen, title: findTitle(recommender, chosen), similarity };
      }
      return best;
    },
  };
}

/** The title of an item, or its id. */
export function findTitle({ catalogue }: Recommender, item: Id): string {
  return catalogue.itemTitles?.[catalogue.itemIds.indexOf(item as never)] || String(item);
}

/** Neighbours with their similarity; undefined for models that compare no items. */
async function listNeighbors(recommender: Recommender, item: Id): Promise<ReadonlyMap<Id, number> | undefined> {
  const { similarities, itemVectors } = recommender.predictor;
  if (!similarities && !itemVectors) return undefined;
  const found = await recommender.similarItems(item, NEIGHBORS);
  return new Map(found.map(({ item: other, score }) => [other, score]));
}
