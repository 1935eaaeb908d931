import { createRng } from '@footlight/core';
import { comparePaired, mrr, ndcg, rankQuery, recall } from '@footlight/metrics';

// One query over five items; items 0 and 3 are what the user chose. Equal scores: the lower id first.
const query = rankQuery({ scores: Float32Array.of(1, 3, 2, 2, 0), relevant: [0, 3] });
console.log('ranks', ...Array.from(query.ranks));
for (const metric of [ndcg({ at: 3 }), recall({ at: 3 }), mrr(), mrr({ over: 'first' })]) {
  console.log(metric.name.padEnd(10), metric.measure(query).toFixed(3));
}

// Two models on the same seven queries: is the first better, or was it luck?
const [one, other] = [
  [0.5, 0.6, 0.4, 0.9, 0.8, 0.7, 0.6],
  [0.4, 0.6, 0.2, 0.8, 0.7, 0.5, 0.5],
];
const { meanDifference, interval, pValue } = comparePaired(one, other, { rng: createRng(42) });
console.log(
  `better by ${meanDifference.toFixed(3)} (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}), p = ${pValue.toFixed(2)}`,
);
