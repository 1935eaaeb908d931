import { openSearch, runSearch } from '@footlight/studies/search';
import search from './factorization.search.js';

const opened = await openSearch(search, { name: 'factorization' });
await runSearch(opened, { trials: 6 });
const { best, trials } = opened.study;
const { learningRate, dim } = best.params as { learningRate: number; dim: number };
console.log(
  `best of ${trials.length}: trial ${best.number}, ndcg@10 ${best.values![0]!.toFixed(3)} on the validation part`,
);
console.log(`learning rate ${learningRate.toFixed(4)}, dim ${dim}`);
