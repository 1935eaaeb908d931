import assert from 'node:assert/strict';
import { ndcg, rankQuery } from '@footlight/metrics';

assert.equal(ndcg({ at: 2 }).measure(rankQuery({ scores: Float32Array.of(3, 1, 2), relevant: [0] })), 1);
