import { invalid, type OnProgress, type Rng } from '@footlight/core';
import { groupByUser, type HeldOut, type Interactions, type RatingScale } from '@footlight/datasets';
import type { ScoreProduct, ScoreRows } from '@footlight/engine';
import {
  type ListMetric,
  type Metric,
  type RankedQuery,
  type RankMetric,
  type RatingMetric,
  summarize,
} from '@footlight/metrics';
import type { Reads } from '@footlight/models';
import * as tf from '@tensorflow/tfjs';
import { groupItemsByUser } from '../recommend/group-items-by-user.js';
import { type ModelInput, type Predictor, toModelInput, toQueries } from '../recommend/predictor.js';
import type { MetricSummary } from '../run/report.js';
import { createScoreLookup, measureSampled, type ScoreLookup } from './measure-sampled.js';
import { rankBatch, ranksProducts } from './rank-batch.js';

/**
 * What happens to the items of a user's history when a list is judged.
 *
 * - `exclude`: they are no candidates. A target among them cannot be found and counts as missed.
 * - `rank-last`: they stand below all other items, all equal (Spotlight).
 * - `include`: they are ranked like all others.
 */
export type SeenRule = 'exclude' | 'rank-last' | 'include';

export interface EvaluateOptions {
  readonly metrics: readonly Metric[];
  /** Default `exclude`. */
  readonly seen?: SeenRule;
  /** Training interactions; list metrics take the popularity of items from them. */
  readonly train?: Interactions;
  /** What sampled metrics draw from; others need none. */
  readonly rng?: Rng;
  /** Turns scores into ratings for rating metrics: the link of the loss. Default: scores are ratings. */
  readonly link?: (scores: tf.Tensor1D) => tf.Tensor1D;
  /** The scale of the model's ratings. Default: the source's own. */
  readonly ratingScale?: RatingScale;
  /** Users per batch. Default: at most 1024, as many as keep a batch of scores under 16 MB and one of histories under 32,768 steps. */
  readonly batchSize?: number;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

export interface MetricValues extends MetricSummary {
  /** One value per user of `Evaluation.users` (rank metrics), per held-out interaction (rating metrics), or one for all (list metrics). NaN where undefined. */
  readonly values: Float64Array;
}

export interface Evaluation {
  /** Dense ids of the users who were asked about, ascending. */
  readonly users: Int32Array;
  readonly metrics: Readonly<Record<string, MetricValues>>;
}

/**
 * Ranks the whole catalogue for every user who has targets, a batch of users at a time.
 *
 * Equal scores are ordered by id, the lower first; metrics that average ties say so. Memory grows with batch × items, never with users × items.
 *
 * @throws {RecsysError} `invalid-argument` if there is nobody to evaluate; `not-finite` if a score is NaN
 */
export async function evaluate(predictor: Predictor, heldOut: HeldOut, options: EvaluateOptions): Promise<Evaluation> {
  const { catalogue } = heldOut.targets;
  const targets = groupByUser(heldOut.targets);
  const users = usersWithRows(targets.offsets);
  if (users.length === 0)
    invalid('evaluate(heldOut)', 'at least one user with targets', 'none', 'Does the split leave a test part?');
  const past = groupItemsByUser(heldOut.history);
  const measures = options.metrics.map((metric) => measureOf(metric, users.length, heldOut.targets, options));

  const scores = scoresFor(predictor);
  const size = options.batchSize ?? batchSizeFor(predictor.reads, scores.whole ? catalogue.itemCount : 1);
  let shown = 0;
  for (let start = 0; start < users.length; start += size) {
    options.signal?.throwIfAborted();
    const batch = users.slice(start, start + size);
    const rows = Array.from(batch, (user) => targets.rows.subarray(targets.offsets[user]!, targets.offsets[user + 1]!));
    await evaluateBatch(
      predictor,
      scores,
      heldOut.targets,
      { start, rows, known: Array.from(batch, past), users: batch },
      measures,
      options,
    );
    const now = performance.now();
    if (now - shown < 100) continue;
    shown = now;
    options.onProgress?.({ label: 'evaluate', done: start + batch.length, total: users.length, unit: 'users' });
    await new Promise(setImmediate); // lets signals and timers in
  }
  return { users, metrics: Object.fromEntries(measures.map((measure) => [measure.metric.name, measure.finish()])) };
}

interface EvaluationBatch {
  /** Where the first user of this batch stands among all users. */
  readonly start: number;
  readonly users: Int32Array; // [batch]
  /** Items of each user's history, oldest first. */
  readonly known: readonly Int32Array[];
  /** Rows of the targets of each user. */
  readonly rows: readonly Int32Array[];
}

function batchSizeFor(reads: Reads, scoresPerUser: number): number {
  const steps = typeof reads === 'object' ? reads.history : 1;
  return Math.max(1, Math.min(1024, Math.floor(2 ** 22 / scoresPerUser), Math.floor(2 ** 15 / steps)));
}

/** Scores of a batch as what is ranked. */
interface BatchScores {
  /** Whether they are made of all items at once. */
  readonly whole: boolean;
  of(past: ModelInput): Promise<ScoreRows | ScoreProduct>;
}

/** Products are left to the ranking where it multiplies faster than it could read. The table is read once. */
function scoresFor(predictor: Predictor): BatchScores {
  const { products } = predictor;
  if (!products || !ranksProducts())
    return { whole: true, of: async (past) => ({ rows: await read(() => predictor.score(toQueries(past))) }) }; // [batch, item]
  const parts: { table: Float32Array; bias?: Float32Array } = { table: nothingRead };
  // Not returned: tidy would look for tensors among the numbers.
  tf.tidy(() => {
    const { table, bias } = products.catalogue();
    parts.table = table.dataSync() as Float32Array;
    if (bias) parts.bias = bias.dataSync() as Float32Array;
  });
  return {
    whole: false,
    of: async (past) => ({ vectors: await read(() => products.vectors(toQueries(past))), ...parts }),
  }; // [batch, dim]
}

async function evaluateBatch(
  predictor: Predictor,
  scores: BatchScores,
  targets: Interactions,
  asked: EvaluationBatch,
  measures: readonly MetricAccumulator[],
  options: EvaluateOptions,
): Promise<void> {
  const past = toModelInput(asked.known, predictor.reads, asked.users);
  if (measures.some((measure) => measure.metric.kind !== 'rating')) {
    evaluateRankings(await scores.of(past), targets, asked, measures, options.seen ?? 'exclude');
  }
  const rated = measures.filter((measure) => measure.metric.kind === 'rating');
  if (rated.length > 0) {
    const predicted = await predictRatings(predictor, targets, asked, past, options);
    const flat = asked.rows.flatMap((rows) => [...rows]);
    for (const measure of rated) for (const [at, row] of flat.entries()) measure.addRating?.(row, predicted[at]!);
  }
}

function evaluateRankings(
  scores: ScoreRows | ScoreProduct,
  targets: Interactions,
  { start, known, rows }: EvaluationBatch,
  measures: readonly MetricAccumulator[],
  seen: SeenRule,
): void {
  const { itemCount } = targets.catalogue;
  const relevant = rows.map((own) => Int32Array.from(new Set(Array.from(own, (target) => targets.items[target]!))));
  const score = createScoreLookup(scores, itemCount);
  for (const measure of measures)
    if (measure.addScored) relevant.forEach((own, at) => void measure.addScored!(start, at, own, score));

  const [ranking, listing] = [
    measures.filter((measure) => measure.addRanked),
    measures.filter((measure) => measure.addList),
  ];
  if (ranking.length + listing.length === 0) return;
  const batch = rankBatch(scores, {
    itemCount,
    excluded: seen === 'include' ? known.map(() => nothing) : known,
    relevant,
    excludedRank: seen === 'rank-last' ? 'last' : 'none',
    top: Math.max(0, ...measures.map(({ metric }) => (metric.kind === 'list' ? metric.at : 0))),
  });
  for (let at = 0; at < rows.length; at++) {
    if (ranking.length > 0) {
      const ranked = batch.ranked(at);
      for (const measure of ranking) measure.addRanked!(start + at, ranked);
    }
    if (listing.length > 0) {
      const list = batch.list(at);
      for (const measure of listing) measure.addList!(start + at, list);
    }
  }
}

const nothing: Int32Array = new Int32Array(0);
const nothingRead: Float32Array = new Float32Array(0);

/** Predicted ratings of all targets of a batch, one user after the other. */
async function predictRatings(
  predictor: Predictor,
  { items }: Interactions,
  { rows }: EvaluationBatch,
  past: ModelInput,
  { link, ratingScale }: EvaluateOptions,
): Promise<Float32Array> {
  const width = Math.max(...rows.map((own) => own.length));
  const candidates = new Int32Array(rows.length * width); // short rows are filled up with item 0, whose score is not read
  for (const [at, own] of rows.entries())
    for (const [k, row] of own.entries()) candidates[at * width + k] = items[row]!;
  const scores = await read(() => {
    const all = predictor.scoreCandidates(toQueries(past), tf.tensor2d(candidates, [rows.length, width], 'int32')); // [batch, candidate]
    const flat = tf.reshape(all, [rows.length * width]) as tf.Tensor1D;
    return link ? link(flat) : flat;
  });
  const predicted = rows.flatMap((own, at) => Array.from(own, (_, k) => scores[at * width + k]!));
  return Float32Array.from(ratingScale ? predicted.map(ratingScale.toSource) : predicted);
}

async function read(compute: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(compute);
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

/** A metric together with the values it has collected so far. */
interface MetricAccumulator {
  readonly metric: Metric;
  addRanked?(query: number, ranked: RankedQuery): void;
  /** `at` is the place of the query in the batch that begins with query `start`. */
  addScored?(start: number, at: number, relevant: Int32Array, score: ScoreLookup): void;
  addList?(query: number, list: ArrayLike<number>): void;
  addRating?(row: number, predicted: number): void;
  finish(): MetricValues;
}

function measureOf(
  metric: Metric,
  queryCount: number,
  targets: Interactions,
  { train, rng }: EvaluateOptions,
): MetricAccumulator {
  if (metric.kind === 'rank' && metric.sampled === undefined) return rankMeasure(metric, queryCount);
  if (metric.kind === 'rank')
    return sampledMeasure(
      metric,
      queryCount,
      targets.catalogue.itemCount,
      (rng ?? invalid('evaluate(rng)', `random numbers for ${metric.name}`, 'none', 'Pass { rng }.')).fork(metric.name),
    );
  if (metric.kind === 'rating')
    return ratingMeasure(
      metric,
      targets.ratings ?? invalid('evaluate(heldOut)', `targets with ratings for ${metric.name}`, 'none'),
    );
  return listMeasure(
    metric,
    queryCount,
    train ?? invalid('evaluate(train)', `training interactions for ${metric.name}`, 'none', 'Pass { train }.'),
  );
}

function rankMeasure(metric: RankMetric, queryCount: number): MetricAccumulator {
  const values = new Float64Array(queryCount);
  return {
    metric,
    addRanked(query, ranked) {
      values[query] = metric.measure(ranked);
    },
    finish: () => ({ ...summaryOf(values), values }),
  };
}

function sampledMeasure(metric: RankMetric, queryCount: number, itemCount: number, rng: Rng): MetricAccumulator {
  const values = new Float64Array(queryCount);
  return {
    metric,
    addScored(start, at, relevant, score) {
      values[start + at] = measureSampled(metric, score, at, relevant, itemCount, rng);
    },
    finish: () => ({ ...summaryOf(values), values }),
  };
}

function ratingMeasure(metric: RatingMetric, ratings: Float32Array): MetricAccumulator {
  const values = new Float64Array(ratings.length);
  return {
    metric,
    addRating(row, predicted) {
      values[row] = metric.measure(predicted, ratings[row]!);
    },
    finish() {
      const { mean, standardError, count } = summaryOf(values);
      const finished = metric.finish(mean);
      // The delta method: a smooth function g of a mean has the standard error |g'| · se; g' by central difference.
      const width = Math.max(1e-6 * Math.abs(mean), 1e-12);
      const slope =
        (metric.finish(mean + width) - metric.finish(Math.max(0, mean - width))) /
        (mean + width - Math.max(0, mean - width));
      return { mean: finished, standardError: Math.abs(slope) * standardError, count, values };
    },
  };
}

function listMeasure(metric: ListMetric, queryCount: number, train: Interactions): MetricAccumulator {
  const lists = new Int32Array(queryCount * metric.at).fill(-1);
  return {
    metric,
    addList(query, list) {
      for (let rank = 0; rank < Math.min(metric.at, list.length); rank++) lists[query * metric.at + rank] = list[rank]!;
    },
    finish() {
      const popularity = new Float64Array(train.catalogue.itemCount);
      for (const item of train.items) popularity[item]!++;
      const mean = metric.measure(lists, popularity, train.catalogue.userCount);
      return { mean, standardError: Number.NaN, count: queryCount, values: Float64Array.of(mean) };
    },
  };
}

function summaryOf(values: Float64Array): MetricSummary {
  const { mean, standardError, count } = summarize(values);
  return { mean, standardError, count };
}

function usersWithRows(offsets: Int32Array): Int32Array {
  const users: number[] = [];
  for (let user = 0; user + 1 < offsets.length; user++) if (offsets[user + 1]! > offsets[user]!) users.push(user);
  return Int32Array.from(users);
}
