import type { StoredResult } from '../result.js';

/** NDCG on the validation data if there is one, otherwise the first metric. */
export function selectMetric({ runs: [run], metrics }: StoredResult): string {
  const names = Object.keys(run?.validation ?? metrics);
  return names.find((name) => name.startsWith('ndcg')) ?? names[0]!;
}
