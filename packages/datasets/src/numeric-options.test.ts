import { fileURLToPath } from 'node:url';
import { createRng } from '@footlight/core';
import { describeNumericOptions, ranges } from '@footlight/tooling-vitest/numeric-options';
import { basketBatches, toBaskets } from './batches/basket-batches.js';
import { pairBatches } from './batches/pair-batches.js';
import { sequenceBatches } from './batches/sequence-batches.js';
import { subsequenceBatches } from './batches/subsequence-batches.js';
import { readFeatureNames } from './features.js';
import { kCore } from './filters/k-core.js';
import { minimumCounts } from './filters/minimum-counts.js';
import { minimumRating } from './filters/minimum-rating.js';
import { recencyDecay } from './filters/recency-decay.js';
import { inBatchNegatives } from './negatives/in-batch-negatives.js';
import { lowRatedNegatives } from './negatives/low-rated-negatives.js';
import { numpyNegatives } from './negatives/numpy-negatives.js';
import { popularNegatives } from './negatives/popular-negatives.js';
import { uniformNegatives } from './negatives/uniform-negatives.js';
import { ratingScale } from './rating-scale.js';
import { amazonCoPurchases } from './sources/amazon-co-purchases.js';
import { countingSequences } from './sources/counting-sequences.js';
import { markovSequences } from './sources/markov-sequences.js';
import { movielens } from './sources/movielens.js';
import { syntheticInteractions } from './sources/synthetic-interactions.js';
import { atRandom } from './splits/at-random.js';
import { bernoulliUsers } from './splits/bernoulli-users.js';
import { byTime } from './splits/by-time.js';
import { byUser } from './splits/by-user.js';
import { holdOutItems } from './splits/hold-out-items.js';
import { holdOutUsers } from './splits/hold-out-users.js';
import { kFold } from './splits/k-fold.js';
import { leaveRandomOut } from './splits/leave-random-out.js';
import { windowTargets } from './splits/window-targets.js';
import { createSample } from './testing/sample.js';
import { windows } from './windows.js';

const { positiveInteger, positive, fromZero, fraction, finite, integerFromZero } = ranges;

const sample = createSample();
const rng = createRng(1);
const start = (create: (count: number) => Iterable<unknown>) => (count: number) => [...create(count)];
const cut = windows(sample, { length: 3 });
const synthetic = { users: 7, items: 11, interactions: 13 };
/** A share, or the number of users or targets. */
const sizeOrShare = (value: number) => positiveInteger(value) || fraction(value);
/** A share, or seconds since 1970. */
const timeOrShare = (value: number) => value === 2 ** 53 || fraction(value);
const inFunction = 'the length of a function, which is no option';

describeNumericOptions(fileURLToPath(new URL('index.ts', import.meta.url)), {
  cases: {
    'amazonCoPurchases(minimum.items)': [
      positiveInteger,
      (items) => amazonCoPurchases({ minimum: { users: 3, items } }),
    ],
    'amazonCoPurchases(minimum.users)': [
      positiveInteger,
      (users) => amazonCoPurchases({ minimum: { users, items: 3 } }),
    ],
    'atRandom(seed)': [integerFromZero, (seed) => atRandom({ test: 0.2, seed })],
    'atRandom(test)': [fraction, (test) => atRandom({ test })],
    'atRandom(validation)': [fraction, (validation) => atRandom({ test: 0.2, validation })],
    'basketBatches(size)': [positiveInteger, start((size) => basketBatches(toBaskets(sample), size, rng))],
    'basketBatches(start)': [integerFromZero, start((skipped) => basketBatches(toBaskets(sample), 5, rng, skipped))],
    'bernoulliUsers(targets)': [positiveInteger, (targets) => bernoulliUsers({ test: 0.2, targets })],
    'bernoulliUsers(test)': [fraction, (test) => bernoulliUsers({ test })],
    'byTime(test)': [timeOrShare, (test) => byTime({ test })],
    'byTime(validation)': [fraction, (validation) => byTime({ test: 0.2, validation })],
    'byUser(seed)': [integerFromZero, (seed) => byUser({ test: 0.2, seed })],
    'byUser(targets)': [positiveInteger, (targets) => byUser({ test: 0.2, targets })],
    'byUser(test)': [fraction, (test) => byUser({ test })],
    'byUser(validation)': [fraction, (validation) => byUser({ test: 0.2, validation })],
    'countingSequences(length)': [positiveInteger, (length) => countingSequences({ length })],
    'countingSequences(users)': [positiveInteger, (users) => countingSequences({ users })],
    'holdOutItems(seed)': [integerFromZero, (seed) => holdOutItems({ test: 3, seed })],
    'holdOutItems(test)': [sizeOrShare, (test) => holdOutItems({ test })],
    'holdOutItems(validation)': [sizeOrShare, (validation) => holdOutItems({ test: 3, validation })],
    'holdOutUsers(minimum)': [positiveInteger, (minimum) => holdOutUsers({ test: 3, validation: 3, minimum })],
    'holdOutUsers(seed)': [integerFromZero, (seed) => holdOutUsers({ test: 3, validation: 3, seed })],
    'holdOutUsers(targets)': [fraction, (targets) => holdOutUsers({ test: 3, validation: 3, targets })],
    'holdOutUsers(test)': [sizeOrShare, (test) => holdOutUsers({ test, validation: 3 })],
    'holdOutUsers(validation)': [sizeOrShare, (validation) => holdOutUsers({ test: 3, validation })],
    'inBatchNegatives(exponent)': [fromZero, (exponent) => inBatchNegatives({ exponent })],
    'inBatchNegatives(extra)': [integerFromZero, (extra) => inBatchNegatives({ extra })],
    'kCore(items)': [positiveInteger, (items) => kCore({ items })],
    'kCore(minimum)': [positiveInteger, (minimum) => kCore({ minimum })],
    'kCore(users)': [positiveInteger, (users) => kCore({ users })],
    'kFold(folds)': [positiveInteger, (folds) => kFold({ folds })],
    'kFold(seed)': [integerFromZero, (seed) => kFold({ folds: 3, seed })],
    'leaveRandomOut(seed)': [integerFromZero, (seed) => leaveRandomOut({ seed })],
    'leaveRandomOut(test)': [sizeOrShare, (test) => leaveRandomOut({ test, validation: 1 })],
    'leaveRandomOut(validation)': [
      (validation) => validation === 0 || sizeOrShare(validation),
      (validation) => leaveRandomOut({ validation }),
    ],
    'lowRatedNegatives(count)': [positiveInteger, (count) => lowRatedNegatives({ count })],
    'lowRatedNegatives(maximum)': [finite, (maximum) => lowRatedNegatives({ count: 1, maximum })],
    'lowRatedNegatives(share)': [fraction, (share) => lowRatedNegatives({ count: 1, share })],
    'markovSequences(concentration)': [positive, (concentration) => markovSequences({ concentration })],
    'markovSequences(interactions)': [positiveInteger, (interactions) => markovSequences({ interactions })],
    'markovSequences(items)': [positiveInteger, (items) => markovSequences({ items })],
    'markovSequences(order)': [positiveInteger, (order) => markovSequences({ order })],
    'markovSequences(seed)': [integerFromZero, (seed) => markovSequences({ seed })],
    'markovSequences(users)': [positiveInteger, (users) => markovSequences({ users })],
    'minimumCounts(items)': [integerFromZero, (items) => minimumCounts({ items })],
    'minimumCounts(users)': [integerFromZero, (users) => minimumCounts({ users })],
    'recencyDecay(halfLife)': [positive, (halfLife) => recencyDecay({ halfLife })],
    'minimumRating(rating)': [finite, (rating) => minimumRating({ rating })],
    'movielens(users)': [positiveInteger, (users) => movielens('1m', { users })],
    'numpyNegatives(count)': [positiveInteger, (count) => numpyNegatives({ count })],
    'pairBatches(size)': [positiveInteger, start((size) => pairBatches(sample, size, rng))],
    'pairBatches(start)': [integerFromZero, start((skipped) => pairBatches(sample, 5, rng, skipped))],
    'popularNegatives(count)': [positiveInteger, (count) => popularNegatives({ count })],
    'popularNegatives(exponent)': [fromZero, (exponent) => popularNegatives({ count: 1, exponent })],
    'ratingScale(from)': [finite, (low) => ratingScale({ from: [low, 2 ** 60] })],
    'ratingScale(to)': [finite, (low) => ratingScale({ from: [1, 5], to: [low, 2 ** 60] })],
    'readFeatureNames(entity)': [integerFromZero, (entity) => readFeatureNames(sample.catalogue.itemFeatures!, entity)],
    'sequenceBatches(lengthPool)': [
      positiveInteger,
      start((lengthPool) => sequenceBatches(cut, 5, rng, 0, { lengthPool })),
    ],
    'sequenceBatches(size)': [positiveInteger, start((size) => sequenceBatches(cut, size, rng))],
    'sequenceBatches(start)': [integerFromZero, start((skipped) => sequenceBatches(cut, 5, rng, skipped))],
    'subsequenceBatches(lengthPool)': [
      positiveInteger,
      start((lengthPool) => subsequenceBatches(cut, 5, rng, 0, { lengthPool })),
    ],
    'subsequenceBatches(size)': [positiveInteger, start((size) => subsequenceBatches(cut, size, rng))],
    'subsequenceBatches(start)': [integerFromZero, start((skipped) => subsequenceBatches(cut, 5, rng, skipped))],
    'syntheticInteractions(activityDeviation)': [
      fromZero,
      (activityDeviation) => syntheticInteractions({ ...synthetic, activityDeviation }),
    ],
    'syntheticInteractions(density)': [fraction, (density) => syntheticInteractions({ users: 7, items: 11, density })],
    'syntheticInteractions(interactions)': [
      positiveInteger,
      (interactions) => syntheticInteractions({ ...synthetic, interactions }),
    ],
    'syntheticInteractions(items)': [positiveInteger, (items) => syntheticInteractions({ ...synthetic, items })],
    'syntheticInteractions(latentDim)': [
      positiveInteger,
      (latentDim) => syntheticInteractions({ ...synthetic, latentDim }),
    ],
    'syntheticInteractions(popularityExponent)': [
      fromZero,
      (popularityExponent) => syntheticInteractions({ ...synthetic, popularityExponent }),
    ],
    'syntheticInteractions(tasteStrength)': [
      fromZero,
      (tasteStrength) => syntheticInteractions({ ...synthetic, tasteStrength }),
    ],
    'syntheticInteractions(users)': [positiveInteger, (users) => syntheticInteractions({ ...synthetic, users })],
    'uniformNegatives(count)': [positiveInteger, (count) => uniformNegatives({ count })],
    'windowTargets(length)': [positiveInteger, (length) => windowTargets(byUser({ test: 0.2 }), { length })],
    'windowTargets(minimum)': [
      positiveInteger,
      (minimum) => windowTargets(byUser({ test: 0.2 }), { length: 3, minimum }),
    ],
    'windowTargets(step)': [positiveInteger, (step) => windowTargets(byUser({ test: 0.2 }), { length: 3, step })],
    'windowTargets(targets.last)': [
      positiveInteger,
      (last) => windowTargets(byUser({ test: 0.2 }), { length: 3, targets: { last } }),
    ],
    'windows(length)': [positiveInteger, (length) => windows(sample, { length })],
    'windows(minimum)': [positiveInteger, (minimum) => windows(sample, { length: 3, minimum })],
    'windows(step)': [positiveInteger, (step) => windows(sample, { length: 3, step })],
  },
  exempt: {
    'rows(item.length)': inFunction,
    'rows(rating.length)': inFunction,
    'rows(time.length)': inFunction,
    'rows(title.length)': inFunction,
    'rows(user.length)': inFunction,
    'rows(weight.length)': inFunction,
  },
});
