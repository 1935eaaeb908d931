// structure: a list of claims
import type { BetterClaim, ClaimGroup, FigureClaim } from '@footlight/report';

const sampled = 'mrr(sampled 200)';
const scaled = 'rmse(0..1)';
const ndcg = 'ndcg@100';
const half = 'tested on half of MovieLens 1M, in place of MovieLens 20M';
const sample = 'tested on Musical Instruments, in place of Amazon Movies & TV';

/** A claim about two experiments of one folder. */
const inFolder =
  (folder: string, metric: string) =>
  (statement: string, better: string, than: string, rest: Partial<BetterClaim> = {}): BetterClaim => ({
    statement,
    better: `${folder}/${better}`,
    than: `${folder}/${than}`,
    metric,
    ...rest,
  });

const talk = inFolder('talk', 'mrr');
const sequences = inFolder('talk', sampled);
const ratings = inFolder('ratings', scaled);
const triplet = inFolder('triplet', 'auc');
const recurrent = inFolder('mlstm4reco', 'mrr');
const autoencoders = inFolder('mult-vae', ndcg);

/** A test of Spotlight fails below this value. */
const spotlightBound = (loss: string, figure: string): FigureClaim => ({
  statement: `Factorization of MovieLens 100K, ${loss}`,
  experiment: `spotlight/implicit-ml-100k-${loss}`,
  metric: 'mrr',
  figure,
  bound: 'at least',
  source: "a bound in Spotlight's tests",
});

/** What the five write-ups and the sources of the other experiments claim. */
const claims: readonly ClaimGroup[] = [
  {
    title: 'Neural networks for recommendations (Kula, 2017)',
    folder: 'talk',
    claims: [
      talk('BPR is better than a pointwise loss', 'factorization-bpr', 'factorization-pointwise', {
        published: ['0.08', '0.06'],
      }),
      talk('An adaptive hinge loss is better than BPR', 'factorization-adaptive', 'factorization-bpr', {
        published: ['0.11', '0.08'],
      }),
      sequences('An LSTM is better than popularity', 'sequence-lstm-faithful', 'sequence-popularity-faithful', {
        published: ['0.11', '0.12'],
        source: 'said below the figures, which say the opposite',
      }),
      sequences('Pooling is better than an LSTM', 'sequence-pool-faithful', 'sequence-lstm-faithful', {
        published: ['0.14', '0.11'],
      }),
      sequences('An LSTM is better than popularity', 'sequence-lstm', 'sequence-popularity', {
        source: 'tested with whole users held out',
      }),
      sequences('Pooling is better than an LSTM', 'sequence-pool', 'sequence-lstm', {
        source: 'tested with whole users held out',
      }),
      sequences('An LSTM learns to count, and popularity does not', 'counting-lstm', 'counting-popularity', {
        published: ['0.77', '0.07'],
      }),
    ],
  },
  {
    title: 'PyTorch for recommenders 101 (Fast Forward Labs, 2018)',
    folder: 'ratings',
    claims: [
      ratings('A dense network is better than matrix factorization', 'dense-faithful', 'mf-faithful', {
        published: ['0.28', '0.66'],
        source: 'as printed, with gradients that are never cleared',
      }),
      ratings('A dense network is better than matrix factorization', 'dense-trained', 'mf-trained', {
        source: 'tested with both trained to their best',
      }),
      ratings('A dense network is better than the mean rating', 'dense', 'constant-mean', {
        source: 'not in the post, whose 0.28 is the error of the mean',
      }),
      ratings('An LSTM is better than the mean rating', 'lstm', 'constant-mean-in-sequence', {
        source: 'not in the post',
      }),
    ],
  },
  {
    title: 'Triplet loss lab (m2dsupsdlclass, 2017)',
    folder: 'triplet',
    claims: [
      triplet('A trained bilinear model is better than an untrained one', 'bilinear', 'bilinear-untrained', {
        published: ['0.9262', '0.4978'],
      }),
      {
        statement: 'AUC of the untrained deep model',
        experiment: 'triplet/deep-untrained',
        metric: 'auc',
        figure: '0.50',
      },
      {
        statement: 'AUC of the deep model, the task',
        experiment: 'triplet/deep',
        metric: 'auc',
        figure: '0.91',
        bound: 'at least',
      },
      { statement: 'AUC of the deep model', experiment: 'triplet/deep', metric: 'auc', figure: '0.9208' },
      triplet('Hard negatives (WARP) are better than uniform ones', 'bilinear-warp', 'bilinear-20', {
        source: 'suggested as an extension',
      }),
      triplet('Features of users and items help', 'bilinear-features', 'bilinear-20', {
        source: 'suggested as an extension',
      }),
      triplet('A factorization machine is better than the bilinear model', 'factorization-machine', 'bilinear-20', {
        source: 'suggested as an extension',
      }),
    ],
  },
  {
    title: 'Multiplicative LSTM (Wilhelm, 2018)',
    folder: 'mlstm4reco',
    claims: [
      recurrent('An mLSTM is better than an LSTM on MovieLens 1M', 'ml-1m-mlstm', 'ml-1m-lstm', {
        published: ['0.1386', '0.1317'],
      }),
      recurrent('An mLSTM is better than an LSTM on MovieLens 10M', 'ml-10m-mlstm', 'ml-10m-lstm', {
        published: ['0.1115', '0.1033'],
      }),
      recurrent('An mLSTM is better than an LSTM on Amazon', 'amazon-mlstm', 'amazon-lstm', {
        published: ['0.3123', '0.2642'],
      }),
      recurrent('The published mLSTM is better than an LSTM', 'ml-1m-2999-mlstm-cell-start', 'ml-1m-2999-lstm-hidden', {
        source: 'tested on half of MovieLens 1M, options not searched',
      }),
      recurrent(
        'The multiplicative cell is better, all else equal',
        'ml-1m-2999-mlstm-hidden',
        'ml-1m-2999-lstm-hidden',
        { source: 'tested on half of MovieLens 1M, options not searched' },
      ),
      recurrent('An mLSTM is better than an LSTM', 'musical-instruments-mlstm', 'musical-instruments-lstm', {
        source: 'tested on Musical Instruments',
      }),
      recurrent('An mLSTM is better than an LSTM', 'searched-ml-1m-2999-mlstm', 'searched-ml-1m-2999-lstm', {
        source: 'tested on half of MovieLens 1M, 200 trials each',
      }),
      recurrent('An mLSTM is better than an LSTM', 'searched-toys-mlstm', 'searched-toys-lstm', {
        source: 'tested on Toys and Games, 200 trials each',
      }),
    ],
  },
  {
    title: 'Mult-VAE and Mult-DAE (RecoTour, 2020)',
    folder: 'mult-vae',
    claims: [
      autoencoders('Mult-VAE is better than Mult-DAE on MovieLens', 'ml-20m-vae-faithful', 'ml-20m-dae-faithful', {
        published: ['0.427', '0.418'],
      }),
      autoencoders('Mult-VAE is better than Mult-DAE', 'ml-1m-2999-vae', 'ml-1m-2999-dae', { source: half }),
      autoencoders('Mult-VAE is better than Mult-DAE', 'amazon-sample-vae', 'amazon-sample-dae', { source: sample }),
      autoencoders('A penalty up to β = 0.2 is better than none', 'ml-1m-2999-vae', 'ml-1m-2999-vae-cap-0', {
        published: ['0.424', '0.416'],
        source: `PyTorch, in its list of all results; ${half}`,
      }),
      autoencoders('A wider Mult-DAE is better: 300 units or 200', 'ml-1m-2999-grid-300-dae', 'ml-1m-2999-dae', {
        source: `the post finds no gain; ${half}`,
      }),
      autoencoders('A third layer is better', 'ml-1m-2999-vae-three-layers', 'ml-1m-2999-vae', {
        source: `the post finds no gain; ${half}`,
      }),
      autoencoders('β from a first stage is better than a cap of 0.2', 'ml-1m-2999-vae-two-stages', 'ml-1m-2999-vae', {
        source: half,
      }),
      autoencoders('Mult-VAE is better than EASE, a linear model', 'ml-1m-2999-vae', 'ml-1m-2999-ease', {
        published: ['0.426', '0.420'],
        source: `Steck, 2019; ${half}`,
      }),
    ],
  },
  {
    title: 'Spotlight: examples and tests',
    link: 'https://github.com/maciejkula/spotlight',
    folder: 'spotlight',
    claims: [
      spotlightBound('pointwise', '0.05'),
      spotlightBound('bpr', '0.07'),
      spotlightBound('hinge', '0.07'),
      spotlightBound('adaptive', '0.07'),
    ],
  },
  { title: 'Surprise: its table of benchmarks', link: 'https://surpriselib.com', folder: 'surprise', claims: [] },
  {
    title: 'Reviews that S3-Rec publishes',
    link: 'https://github.com/RUCAIBox/CIKM2020-S3Rec',
    folder: 's3rec',
    claims: [],
  },
  {
    title: 'Gowalla in the split of LightGCN',
    link: 'https://github.com/gusye1234/LightGCN-PyTorch',
    folder: 'gowalla',
    claims: [],
  },
];

export default claims;
