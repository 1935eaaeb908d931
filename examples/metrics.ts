import { createRng } from '@footlight/core';
import { comparePaired, mrr, ndcg, rankQuery, recall } from '@footlight/metrics';

// One query over five items, of which 0 and 3 are relevant. Items 2 and 3 have equal scores: metrics are
// expected values over both orders.
const query = rankQuery({ scores: Float32Array.of(1, 3, 2, 2, 0), relevant: [0, 3] });
console.log('ranks', ...Array.from(query.ranks));
for (const metric of [ndcg({ at: 3 }), recall({ at: 3 }), mrr(), mrr({ over: 'first' })]) {
  console.log(metric.name.padEnd(10), metric.measure(query).toFixed(3));
}

// Two models on the same seven queries: is the difference significant?
const [one, other] = [
  [0.5, 0.6, 0.4, 0.9, 0.8, 0.7, 0.6],
  [0.4, 0.6, 0.2, 0.8, 0.7, 0.5, 0.5],
];
const { meanDifference, interval, pValue } = comparePaired(one, other, { rng: createRng(42) });
const range = `${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}`;
console.log(`mean difference ${meanDifference.toFixed(3)} (95 % interval ${range}), p = ${pValue.toFixed(2)}`);
