import type { PublishedCell } from '@footlight/report';

const ml1m = 'the published archive of MovieLens 1M, whose times are exact for all users';
const ml10m = 'the archive of MovieLens 10M, and hours of training for each seed';
const amazon = "SNAP's file of Amazon co-purchases, and hours of training for each seed";
const search = 'a search of 200 trials; the experiment takes over what it found';
const ml20m = 'the archive of MovieLens 20M (199 MB)';
const movies = 'the 5-core reviews of Amazon Movies & TV';
const archives = `${ml20m} and ${movies}, and hours of training for each curve`;

/** Validation and test of a published model, and the options that its search found. */
const publishedModel = (model: string, experiment: string, options: string, needs: string): PublishedCell[] => [
  ...(['validation', 'test'] as const).map((part) => ({
    cell: `${model}, MRR, ${part}`,
    experiment: `mlstm4reco/${experiment}`,
    metric: 'mrr',
    part,
    needs,
  })),
  {
    cell: `${model}, learning rate, batch size, dim, l2, epochs`,
    experiment: `mlstm4reco/${experiment}`,
    value: options,
    needs: search,
  },
];

const sampled = 'mrr(sampled 200)';

/** Training and test MRR of a sequence model of the talk. */
const trainingAndTest = (model: string, experiment: string): PublishedCell[] => [
  { cell: `${model}, training`, experiment: `talk/${experiment}-train`, metric: sampled },
  { cell: `${model}, test`, experiment: `talk/${experiment}`, metric: sampled },
];

/** Every number that the write-ups print; Table 1 of the last one has a table of its own. */
export const publishedCells: Readonly<Record<string, readonly PublishedCell[]>> = {
  mlstm4reco: [
    ...publishedModel('MovieLens 1M, LSTM', 'ml-1m-lstm', '1.93e-2, 208, 112, 6.01e-06, 50', ml1m),
    ...publishedModel('MovieLens 1M, mLSTM', 'ml-1m-mlstm', '1.25e-2, 240, 120, 5.90e-06, 40', ml1m),
    ...publishedModel('MovieLens 10M, LSTM', 'ml-10m-lstm', '4.19e-3, 224, 120, 2.43e-07, 50', ml10m),
    ...publishedModel('MovieLens 10M, mLSTM', 'ml-10m-mlstm', '4.50e-3, 224, 128, 1.12e-06, 45', ml10m),
    ...publishedModel('Amazon, LSTM', 'amazon-lstm', '2.85e-3, 224, 128, 2.42e-11, 50', amazon),
    ...publishedModel('Amazon, mLSTM', 'amazon-mlstm', '2.48e-3, 144, 120, 4.53e-11, 50', amazon),
    { cell: 'MovieLens 1M, gain of the mLSTM', value: '5.30 %', needs: ml1m },
    { cell: 'MovieLens 10M, gain of the mLSTM', value: '7.96 %', needs: ml10m },
    { cell: 'Amazon, gain of the mLSTM', value: '18.19 %', needs: amazon },
  ],
  talk: [
    { cell: 'Factorization, pointwise loss', experiment: 'talk/factorization-pointwise', metric: 'mrr' },
    { cell: 'Factorization, BPR', experiment: 'talk/factorization-bpr', metric: 'mrr' },
    { cell: 'Factorization, adaptive hinge', experiment: 'talk/factorization-adaptive', metric: 'mrr' },
    { cell: 'Popularity, training', experiment: 'talk/sequence-popularity-faithful-train', metric: sampled },
    { cell: 'Popularity, test', experiment: 'talk/sequence-popularity-faithful', metric: sampled },
    { cell: 'Pooling, training', experiment: 'talk/sequence-pool-faithful-train', metric: sampled },
    { cell: 'Pooling, test', experiment: 'talk/sequence-pool-faithful', metric: sampled },
    { cell: 'LSTM, training', experiment: 'talk/sequence-lstm-faithful-train', metric: sampled },
    { cell: 'LSTM, test', experiment: 'talk/sequence-lstm-faithful', metric: sampled },
    ...trainingAndTest('Counting, popularity', 'counting-popularity'),
    ...trainingAndTest('Counting, pooling', 'counting-pool'),
    ...trainingAndTest('Counting, LSTM', 'counting-lstm'),
    {
      cell: 'Start of the second training sequence',
      value: '130, 190, 31, 28, 52',
      needs: 'the random numbers of its run, which sets no seed',
    },
  ],
  ratings: [
    { cell: 'Matrix factorization, the loop as printed', experiment: 'ratings/mf-faithful', metric: 'rmse(0..1)' },
    { cell: 'Matrix factorization, gradients cleared', experiment: 'ratings/mf', metric: 'rmse(0..1)' },
    { cell: 'Dense network, the same loop', experiment: 'ratings/dense-faithful', metric: 'rmse(0..1)' },
    { cell: 'Dense network, options of ours', experiment: 'ratings/dense', metric: 'rmse(0..1)' },
    { cell: 'LSTM', experiment: 'ratings/lstm', metric: 'rmse(0..1)' },
    { cell: 'Users', experiment: 'ratings/constant-mean', size: 'users', value: '943' },
    { cell: 'Movies', experiment: 'ratings/constant-mean', size: 'items', value: '1,682' },
  ],
  triplet: [
    { cell: 'Positive ratings, training', experiment: 'triplet/bilinear', size: 'train', value: '49,906' },
    { cell: 'Positive ratings, test', experiment: 'triplet/bilinear', size: 'test', value: '5,469' },
    { cell: 'AUC of the untrained bilinear model', experiment: 'triplet/bilinear-untrained', metric: 'auc' },
    { cell: 'AUC of the bilinear model, 10 epochs', experiment: 'triplet/bilinear', metric: 'auc' },
    { cell: 'The same, 20 epochs', experiment: 'triplet/bilinear-20', metric: 'auc' },
    { cell: 'The same, 30 epochs', experiment: 'triplet/bilinear-30', metric: 'auc' },
    {
      cell: 'AUC after each epoch before the last',
      value: 'as printed',
      needs: 'the printed output, of which the last value is at hand; ours are in the figure above',
    },
    { cell: 'Loss of the first epoch', experiment: 'triplet/bilinear', loss: 'first', value: '0.3164' },
    {
      cell: 'AUC of the untrained deep model, close to',
      experiment: 'triplet/deep-untrained',
      metric: 'auc',
      value: '0.50',
    },
    { cell: 'AUC of the deep model, 20 epochs', experiment: 'triplet/deep', metric: 'auc' },
    {
      cell: 'AUC of the deep model, the task',
      experiment: 'triplet/deep',
      metric: 'auc',
      value: '0.91',
      bound: 'at least',
    },
    { cell: 'Loss of its last epoch', experiment: 'triplet/deep', loss: 'last', value: '0.2544' },
    {
      cell: 'Parameters of the bilinear model, with a row for id 0 in each table',
      experiment: 'triplet/bilinear',
      parameters: { users: 944, items: 1683 },
      value: '168,128',
    },
    {
      cell: 'Parameters of the deep model, with these rows',
      experiment: 'triplet/deep',
      parameters: { users: 944, items: 1683 },
      value: '150,465',
    },
  ],
  'mult-vae': [
    { cell: 'Amazon, reviews', experiment: 'mult-vae/amazon-movies-popularity', value: '1,697,533', needs: movies },
    {
      cell: 'Amazon, users',
      experiment: 'mult-vae/amazon-movies-popularity',
      size: 'users',
      value: '123,960',
      needs: movies,
    },
    { cell: 'Amazon, items before the split', value: '50,052', needs: movies },
    { cell: 'Amazon, users of the three parts', value: '99,168, 12,396, 12,396', needs: movies },
    { cell: 'MovieLens 20M, ratings above 3.5', value: '9,990,682', needs: ml20m },
    {
      cell: 'MovieLens 20M, users',
      experiment: 'mult-vae/ml-20m-popularity',
      size: 'users',
      value: '136,677',
      needs: ml20m,
    },
    { cell: 'MovieLens 20M, items before the split', value: '20,720', needs: ml20m },
    { cell: 'MovieLens 20M, training users', value: '116,677', needs: ml20m },
    {
      cell: 'MovieLens 20M, training items',
      experiment: 'mult-vae/ml-20m-popularity',
      size: 'items',
      value: '20,108',
      needs: ml20m,
    },
    {
      cell: 'MovieLens 20M, training clicks',
      experiment: 'mult-vae/ml-20m-popularity',
      size: 'train',
      value: '8,538,846',
      needs: ml20m,
    },
    { cell: 'One epoch on 2,000 users: loss 561.928, NDCG@100', value: '0.006', needs: ml20m },
    { cell: 'Figure 2: twelve curves', value: 'a figure', needs: archives },
    { cell: 'Figure 3: NDCG@100 of four widths', value: 'a figure', needs: archives },
    { cell: 'Figure 4: metrics and losses of all runs', value: 'a figure', needs: archives },
  ],
};
