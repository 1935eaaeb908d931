import { scaledEmbeddings } from '@footlight/layers';
import { factorization } from '@footlight/models';
import { createRatingSearch } from '../ratings.js';

export default createRatingSearch(
  (trial) => {
    const embedding = scaledEmbeddings({ deviation: trial.float('deviation', { low: 0.05, high: 1, log: true }) });
    return factorization({ dim: 20, biases: false, userEmbedding: embedding, itemEmbedding: embedding });
  },
  { low: 4, high: 16 },
);
