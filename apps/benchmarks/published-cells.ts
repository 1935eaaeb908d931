/** A number that a write-up prints, and where it is measured again. */
export interface PublishedCell {
  /** Which number it is: row and column of the write-up. */
  readonly cell: string;
  /** The experiment that measures it; its `published` value is the number. */
  readonly experiment?: string;
  /** Metric of the experiment. */
  readonly metric?: string;
  /** Part that it is measured on. Default `test`. */
  readonly part?: 'validation' | 'test';
  /** As printed, if it is the number of interactions of a part, or no experiment measures it. */
  readonly value?: string;
  /** The number is the number of interactions of this part. */
  readonly size?: 'train' | 'test';
  /** What a measurement needs that was not at hand. Absent: nothing. */
  readonly needs?: string;
}

const ml1m = 'the published archive of MovieLens 1M, whose times are exact for all users';
const ml10m = 'the archive of MovieLens 10M, and hours of training for each seed';
const amazon = "SNAP's file of Amazon co-purchases, and hours of training for each seed";
const search = 'a search of 200 trials for each model and dataset; the found options are those of the experiments';

/** Validation and test of a published model. */
const both = (model: string, experiment: string, needs: string): PublishedCell[] =>
  (['validation', 'test'] as const).map((part) => ({
    cell: `${model}, MRR, ${part}`,
    experiment: `mlstm4reco/${experiment}`,
    metric: 'mrr',
    part,
    needs,
  }));

const sampled = 'mrr(sampled 200)';

/** Training and test MRR of a sequence model of the talk. */
const trainingAndTest = (model: string, experiment: string): PublishedCell[] => [
  { cell: `${model}, training`, experiment: `talk/${experiment}-train`, metric: sampled },
  { cell: `${model}, test`, experiment: `talk/${experiment}`, metric: sampled },
];

/** Every number that four of the write-ups print; the fifth has tables of its own. */
export const publishedCells: Readonly<Record<string, readonly PublishedCell[]>> = {
  mlstm4reco: [
    ...both('MovieLens 1M, LSTM', 'ml-1m-lstm', ml1m),
    ...both('MovieLens 1M, mLSTM', 'ml-1m-mlstm', ml1m),
    ...both('MovieLens 10M, LSTM', 'ml-10m-lstm', ml10m),
    ...both('MovieLens 10M, mLSTM', 'ml-10m-mlstm', ml10m),
    ...both('Amazon, LSTM', 'amazon-lstm', amazon),
    ...both('Amazon, mLSTM', 'amazon-mlstm', amazon),
    { cell: 'MovieLens 1M, gain of the mLSTM', value: '5.30 %', needs: ml1m },
    { cell: 'MovieLens 10M, gain of the mLSTM', value: '7.96 %', needs: ml10m },
    { cell: 'Amazon, gain of the mLSTM', value: '18.19 %', needs: amazon },
    { cell: 'Options of the six models (five columns)', value: 'as printed', needs: search },
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
  ],
  ratings: [
    { cell: 'Matrix factorization, the loop as printed', experiment: 'ratings/mf-faithful', metric: 'rmse(0..1)' },
    { cell: 'Matrix factorization, gradients cleared', experiment: 'ratings/mf', metric: 'rmse(0..1)' },
    { cell: 'Dense network, the same loop', experiment: 'ratings/dense-faithful', metric: 'rmse(0..1)' },
    { cell: 'Dense network, options of ours', experiment: 'ratings/dense', metric: 'rmse(0..1)' },
    { cell: 'LSTM', experiment: 'ratings/lstm', metric: 'rmse(0..1)' },
  ],
  triplet: [
    { cell: 'Positive ratings, training', experiment: 'triplet/bilinear', size: 'train', value: '49,906' },
    { cell: 'Positive ratings, test', experiment: 'triplet/bilinear', size: 'test', value: '5,469' },
    { cell: 'AUC of the untrained model', experiment: 'triplet/bilinear-untrained', metric: 'auc' },
    { cell: 'AUC of the bilinear model, 10 epochs', experiment: 'triplet/bilinear', metric: 'auc' },
    { cell: 'The same, 20 epochs', experiment: 'triplet/bilinear-20', metric: 'auc' },
    { cell: 'The same, 30 epochs', experiment: 'triplet/bilinear-30', metric: 'auc' },
    { cell: 'AUC of the deep model, 20 epochs', experiment: 'triplet/deep', metric: 'auc' },
  ],
};
