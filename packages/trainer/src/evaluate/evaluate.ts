import { assertInteger, invalid, omitUndefined, yieldWhenDue } from '@footlight/core';
import { groupByUser, type HeldOut, type Interactions } from '@footlight/datasets';
import type { RankTargetsOptions } from '@footlight/engine';
import { createProgressReporter } from '../progress.js';
import { groupItemsByUser } from '../recommend/group-items-by-user.js';
import { toModelInput } from '../recommend/model-input.js';
import type { Predictor } from '../recommend/predictor.js';
import type { SeenRule } from '../types.js';
import { type CandidateSet, createCandidateSet } from './candidate-set.js';
import { chooseBatchSize } from './choose-batch-size.js';
import { listUsers } from './list-users.js';
import { createScoreLookup } from './measure-sampled.js';
import { createAccumulator, type MetricAccumulator } from './metric-accumulators.js';
import { predictRatings } from './predict-ratings.js';
import { rankBatch } from './rank-batch.js';
import { createScoreSource, type ScoreSource } from './score-source.js';
import type { EvaluateOptions, Evaluation, EvaluationBatch } from './types.js';

/**
 * Evaluates a model: ranks the whole catalogue, or the given candidates, for every user who has targets, a batch of
 * users at a time.
 *
 * Each metric states how it ranks equal scores; the lists that list metrics read have the lower id first. Memory grows
 * with batch × items, never with users × items.
 *
 * @throws {RecsysError} `invalid-argument` if no user has targets; `not-finite` if a score is NaN
 * @example
 * const { metrics } = await evaluate(createPredictor(network), test, { metrics: [ndcg({ at: 10 })] });
 */
export async function evaluate(predictor: Predictor, heldOut: HeldOut, options: EvaluateOptions): Promise<Evaluation> {
  await yieldWhenDue();
  const { targets } = heldOut;
  const { offsets, rows } = groupByUser(targets);
  const users = listUsers(offsets);
  if (users.length === 0)
    invalid('evaluate(heldOut)', 'at least one user with targets', 'none', 'Choose a split that leaves a test part.');
  const readHistory = groupItemsByUser(heldOut.history);
  const { queryUsers: userOfQuery } = heldOut;
  const queryUsers = userOfQuery && users.map((query) => userOfQuery[query]!);
  const targetUsers = userOfQuery && targets.users.map((query) => userOfQuery[query]!);
  const candidates = createCandidateSet(targets.catalogue.itemCount, options.candidateItems);
  const itemCount = candidates.count;
  const accumulators = options.metrics.map((metric) =>
    createAccumulator(metric, users.length, targets, { ...options, itemCount, queryUsers, targetUsers }),
  );
  const source = createScoreSource(predictor, targets.catalogue.itemCount);
  try {
    const size =
      options.batchSize === undefined
        ? chooseBatchSize(predictor.reads, source.scoresPerUser)
        : assertInteger('evaluate(batchSize)', options.batchSize);
    const progress = createProgressReporter(
      { label: 'evaluate', total: users.length, unit: 'users' },
      options.onProgress,
    );
    await yieldWhenDue();
    for (let start = 0; start < users.length; start += size) {
      options.signal?.throwIfAborted();
      const batch = users.slice(start, start + size);
      const histories = Array.from(batch, readHistory);
      const targetRows = Array.from(batch, (user) => rows.subarray(offsets[user]!, offsets[user + 1]!));
      await evaluateBatch(predictor, source, targets, { start, users: batch, histories, targetRows }, accumulators, {
        ...options,
        candidates,
      });
      if (progress.isDue()) await progress.report(start + batch.length);
    }
  } finally {
    source.release?.();
  }
  const metrics = Object.fromEntries(accumulators.map((each) => [each.metric.name, each.finish()]));
  return { users, ...omitUndefined({ queryUsers }), metrics };
}

async function evaluateBatch(
  predictor: Predictor,
  source: ScoreSource,
  targets: Interactions,
  batch: EvaluationBatch,
  accumulators: readonly MetricAccumulator[],
  options: EvaluateOptions & { readonly candidates: CandidateSet },
): Promise<void> {
  const input = toModelInput(batch.histories, predictor.reads, batch.users);
  if (accumulators.some(({ metric }) => metric.kind !== 'rating'))
    evaluateRankings(await source.computeScores(input), targets, batch, accumulators, options);
  const rating = accumulators.filter(({ metric }) => metric.kind === 'rating');
  if (rating.length === 0) return;
  const predicted = await predictRatings(predictor, targets, batch, options);
  const rows = batch.targetRows.flatMap((own) => [...own]);
  for (const each of rating) for (const [at, row] of rows.entries()) each.addRating?.(row, predicted[at]!);
}

function evaluateRankings(
  allScores: RankTargetsOptions['scores'],
  targets: Interactions,
  { start, histories, targetRows }: EvaluationBatch,
  accumulators: readonly MetricAccumulator[],
  { seen = 'exclude', candidates }: { readonly seen?: SeenRule | undefined; readonly candidates: CandidateSet },
): void {
  const itemCount = candidates.count;
  const scores = candidates.selectScores(allScores);
  const relevant = targetRows.map((rows) =>
    candidates.toPositions(Int32Array.from(new Set(Array.from(rows, (row) => targets.items[row]!)))),
  );
  const score = createScoreLookup(scores, itemCount);
  for (const each of accumulators)
    if (each.addScored) relevant.forEach((items, row) => void each.addScored!(start, row, items, score));

  const ranking = accumulators.filter((each) => each.addRanked);
  const listing = accumulators.filter((each) => each.addList);
  if (ranking.length + listing.length === 0) return;
  const batch = rankBatch(scores, {
    itemCount,
    excluded: seen === 'include' ? histories.map(() => noItems) : histories.map(candidates.toPositions),
    relevant,
    excludedRank: seen === 'rank-last' ? 'last' : 'none',
    top: Math.max(0, ...accumulators.map(({ metric }) => (metric.kind === 'list' ? metric.at : 0))),
  });
  for (let row = 0; row < targetRows.length; row++) {
    if (ranking.length > 0) {
      const ranked = batch.readRanks(row);
      for (const each of ranking) each.addRanked!(start + row, ranked);
    }
    if (listing.length > 0) {
      const list = candidates.toItems(batch.readList(row));
      for (const each of listing) each.addList!(start + row, list);
    }
  }
}

const noItems: Int32Array = new Int32Array(0);
