import type { Id, Recommendation } from '@footlight/trainer';
import { createExplainer, type Explainer, type Reason } from './explain.js';
import { findKnown, type TrainedModel } from './trained-model.js';

/** A line of a list. */
export interface Line extends Recommendation {
  readonly reason?: Reason;
}

/** What a model recommends, or why it cannot. */
export type List =
  | { readonly lines: readonly Line[]; readonly unknown: number; readonly refusal?: never }
  | { readonly refusal: string };

const LENGTH = 12;
const explainers = new WeakMap<TrainedModel, Explainer>();

/** Recommends to a user who likes these items. */
export async function recommend(model: TrainedModel, likes: readonly Id[]): Promise<List> {
  const history = findKnown(model, likes);
  if (history.length === 0)
    return { refusal: likes.length === 0 ? 'Click films that you like.' : 'This model knows none of your films.' };
  const explainer = explainers.get(model) ?? createExplainer(model.recommender);
  explainers.set(model, explainer);
  try {
    const found = await model.recommender.recommend({ history }, LENGTH);
    const lines: Line[] = [];
    for (const line of found) {
      const reason = await explainer.explain(line.item, history);
      lines.push(reason ? { ...line, reason } : line);
    }
    return { lines, unknown: likes.length - history.length };
  } catch (error) {
    return { refusal: (error as Error).message };
  }
}
