export { resolveArchiveDirectory } from '#platform/readers/archive-directory';
export { listDownloads } from '#platform/readers/list-downloads';
export { type Baskets, basketBatches, toBaskets } from './batches/basket-batches.js';
export { pairBatches } from './batches/pair-batches.js';
export { sequenceBatches } from './batches/sequence-batches.js';
export type { SequenceOrderOptions } from './batches/shuffle-order.js';
export { countTargets, subsequenceBatches } from './batches/subsequence-batches.js';
export {
  type DataFingerprint,
  type FingerprintOptions,
  fingerprintInPieces,
  fingerprintInteractions,
} from './canonical/fingerprint-interactions.js';
export { toCanonicalOrder } from './canonical/to-canonical-order.js';
export { readFeatureNames } from './features.js';
export { type DedupeOptions, dedupe } from './filters/dedupe.js';
export { type KCoreOptions, kCore } from './filters/k-core.js';
export { type MinimumCountsOptions, minimumCounts } from './filters/minimum-counts.js';
export { type MinimumRatingOptions, minimumRating } from './filters/minimum-rating.js';
export { type RecencyDecayOptions, recencyDecay } from './filters/recency-decay.js';
export { sortByItem } from './filters/sort-by-item.js';
export type { GroupedRows } from './group-by.js';
export { groupByUser, groupByUserInTime } from './group-by-user.js';
export { type CooMatrix, type MatrixOptions, toCoo } from './matrices/to-coo.js';
export { type CsrMatrix, toCsr } from './matrices/to-csr.js';
export { type NpyArray, toNpy } from './matrices/to-npy.js';
export { toNpz } from './matrices/to-npz.js';
export { type InBatchNegativesOptions, inBatchNegatives } from './negatives/in-batch-negatives.js';
export { type LowRatedNegativesOptions, lowRatedNegatives } from './negatives/low-rated-negatives.js';
export { type NumpyNegativesOptions, numpyNegatives } from './negatives/numpy-negatives.js';
export { type PopularNegativesOptions, popularNegatives } from './negatives/popular-negatives.js';
export type { Rejection } from './negatives/rejection.js';
export { type UniformNegativesOptions, uniformNegatives } from './negatives/uniform-negatives.js';
export { type RatingScaleOptions, ratingScale } from './rating-scale.js';
export type { TimeUnit } from './readers/convert-to-seconds.js';
export type { TableFormat } from './readers/detect-format.js';
export type { FileLimits } from './readers/file-limits.js';
export type { FileContent } from './readers/file-location.js';
export { reindex } from './reindex.js';
export type { RowOrderOptions } from './row-order.js';
export { selectRows } from './select-rows.js';
export { type AmazonCoPurchasesOptions, amazonCoPurchases } from './sources/amazon-co-purchases.js';
export { type AmazonReviewsOptions, amazonReviews } from './sources/amazon-reviews.js';
export { type CountingSequencesOptions, countingSequences } from './sources/counting-sequences.js';
export {
  type ItemFeaturesOptions,
  itemFeatures,
  type UserFeaturesOptions,
  userFeatures,
} from './sources/entity-features.js';
export { type GoodbooksOptions, goodbooks } from './sources/goodbooks.js';
export { type GowallaOptions, gowalla } from './sources/gowalla.js';
export { type InMemoryOptions, inMemory } from './sources/in-memory.js';
export { type InteractionListsOptions, interactionLists } from './sources/interaction-lists.js';
export { type ItemVectorsOptions, itemVectors, type VectorCounts } from './sources/item-vectors.js';
export { type MarkovSequencesOptions, markovSequences } from './sources/markov-sequences.js';
export {
  type MovieLens100kPartition,
  type MovieLensOptions,
  movielens,
} from './sources/movielens.js';
export type { MovieLensVariant } from './sources/movielens-layouts.js';
export { type RowField, type RowsOptions, rows } from './sources/rows.js';
export { type S3RecName, type S3RecOptions, s3rec } from './sources/s3rec.js';
export { type SyntheticInteractionsOptions, syntheticInteractions } from './sources/synthetic-interactions.js';
export { type PairColumn, type TableOptions, table } from './sources/table.js';
export type { FeatureCounts, TableFeatures, TableItemFeatures } from './sources/table-features.js';
export { trainAndTest } from './sources/train-and-test.js';
export { type AtRandomOptions, atRandom } from './splits/at-random.js';
export { type BernoulliUsersOptions, bernoulliUsers, type NetrexQuirk } from './splits/bernoulli-users.js';
export { type ByTimeOptions, byTime } from './splits/by-time.js';
export { type ByUserOptions, byUser } from './splits/by-user.js';
export { type HoldOutItemsOptions, holdOutItems } from './splits/hold-out-items.js';
export { type HoldOutUsersOptions, holdOutUsers } from './splits/hold-out-users.js';
export { joinValidation } from './splits/join-validation.js';
export { type KFoldOptions, kFold } from './splits/k-fold.js';
export { type LeaveLastOutOptions, leaveLastOut } from './splits/leave-last-out.js';
export { type LeaveRandomOutOptions, leaveRandomOut } from './splits/leave-random-out.js';
export { onTrainingData } from './splits/on-training-data.js';
export { publishedSplit } from './splits/published-split.js';
export type { Rounding } from './splits/shares.js';
export { type WindowTargetsOptions, windowTargets } from './splits/window-targets.js';
export { type WithValidationOptions, withValidation } from './splits/with-validation.js';
export type {
  Archive,
  ArchiveUse,
  Batch,
  Catalogue,
  Dataset,
  Features,
  Filter,
  HeldOut,
  Interactions,
  LoadOptions,
  LowRated,
  NegativeSampler,
  Negatives,
  OriginalIds,
  RatingScale,
  RowOrder,
  SamplingContext,
  Split,
  Splits,
  Vectors,
} from './types.js';
export { type TrainingWindowsOptions, type Windows, type WindowsOptions, windows } from './windows.js';
