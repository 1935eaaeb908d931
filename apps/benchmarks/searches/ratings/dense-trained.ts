import { uniformEmbeddings } from '@footlight/layers';
import { neuralCollaborativeFiltering } from '@footlight/models';
import { createRatingSearch } from '../ratings.js';

export default createRatingSearch(
  (trial) =>
    neuralCollaborativeFiltering({
      userDim: 20,
      itemDim: 20,
      hidden: [64],
      dropout: trial.float('dropout', { low: 0, high: 0.5, step: 0.1 }),
      userEmbedding: uniformEmbeddings(),
      itemEmbedding: uniformEmbeddings(),
    }),
  { low: 4, high: 16 },
);
