import { coverage, mrr, ndcg, sampled, type TieRule } from '@footlight/metrics';
import { describe, expect, it } from 'vitest';
import { applyTies } from './apply-ties.js';

describe('applyTies', () => {
  const metrics = [ndcg({ at: 10 }), mrr({ ties: 'average-rank' }), sampled(mrr(), { count: 2 }), coverage({ at: 10 })];
  const listRules = (ties?: TieRule) => applyTies(metrics, ties).map(({ protocol }) => protocol.ties);

  it('changes the metrics of ranks that name no rule', () => {
    expect(listRules()).toEqual(['expected', 'average-rank', 'expected', undefined]);
    expect(listRules('lower-id')).toEqual(['lower-id', 'average-rank', 'lower-id', undefined]);
  });

  it('keeps names', () =>
    expect(applyTies(metrics, 'worst').map(({ name }) => name)).toEqual(metrics.map(({ name }) => name)));
});
