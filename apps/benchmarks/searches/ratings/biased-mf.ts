import { factorization } from '@footlight/models';
import { createRatingSearch } from '../ratings.js';

export default createRatingSearch(() => factorization({ dim: 20, globalMean: true }), { low: 3, high: 10 });
