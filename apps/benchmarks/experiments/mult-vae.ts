import {
  amazonReviews,
  type Dataset,
  type Filter,
  holdOutUsers,
  minimumCounts,
  minimumRating,
  movielens,
} from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { multinomialLoss } from '@footlight/losses';
import { ndcg, recall } from '@footlight/metrics';
import { annealed, stopEarly } from '@footlight/trainer';

// What the rows of "Mult-VAE" (RecoTour, 2020) have in common; the protocol is that of Liang et al., WWW 2018.

/** Users with fewer than 5 items go, after what was not liked: more than 3.5 stars of films, everything of Amazon. */
const frequent: Filter = minimumCounts({ users: 5, items: 0, mode: 'items-then-users' });
const liked: readonly Filter[] = [minimumRating({ rating: 3.5, inclusive: false }), frequent];

const measuredOn = (dataset: Dataset, filters: readonly Filter[], held: number) =>
  ({
    dataset,
    filters,
    split: holdOutUsers({ validation: held, test: held }),
    metrics: [ndcg({ at: 100 }), recall({ at: 20, outOf: 'reachable' }), recall({ at: 50, outOf: 'reachable' })],
    seed: 42,
  }) as const;

export const ml20m = measuredOn(movielens('20m'), liked, 10_000);
export const amazonMovies = measuredOn(amazonReviews('Movies_and_TV'), [frequent], 0.1);
export const ml1m = measuredOn(movielens('1m'), liked, 0.1);
export const latestSmall = measuredOn(movielens('latest-small'), liked, 0.1);
/** A sample of what Amazon sells: musical instruments, 1,429 people. */
export const amazonSample = measuredOn(amazonReviews('Musical_Instruments'), [frequent], 0.1);

/** What the write-up publishes, which has NDCG@100, Recall@20 and Recall@50 out of what is reachable. */
export const published = (ndcg100: number, recall20: number, recall50: number): Readonly<Record<string, number>> => ({
  'ndcg@100': ndcg100,
  'recall@20(reachable)': recall20,
  'recall@50(reachable)': recall50,
});

const best = (patience: number) => stopEarly({ metric: 'ndcg@100', patience });

/** As the write-up trains on MovieLens 20M and Amazon: β grows for 170 epochs of 200. */
export const long = {
  loss: multinomialLoss(),
  epochs: 200,
  batchSize: 512,
  optimizer: () => adam({ learningRate: 1e-3, rows: 'dense' }),
  stopEarly: best(20),
} as const;

/** For some thousand people: steps are as many as there are in some epochs of the large data. */
export const short = { ...long, epochs: 100, batchSize: 100, stopEarly: best(10) } as const;

/** β up to 0.2, as in the paper. */
export const rising = (epochs: number, cap = 0.2) => annealed({ cap, epochs });
