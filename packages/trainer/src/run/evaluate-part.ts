import { invalid } from '@footlight/core';
import { type HeldOut, type Interactions, joinValidation, type Splits } from '@footlight/datasets';
import { evaluate } from '../evaluate/evaluate.js';
import type { Evaluation } from '../evaluate/types.js';
import { isLearned } from '../experiment/define-experiment.js';
import type { Predictor } from '../recommend/predictor.js';
import type { Experiment } from '../types.js';
import { createFoldInPredictor } from './fold-in-predictor.js';
import { markIds } from './mark-ids.js';
import { toEvaluateOptions } from './to-evaluate-options.js';
import type { RunOptions } from './types.js';

/**
 * Evaluates a model on a held-out part; a model that looks users up by id folds in the histories of users whom it was
 * not trained on.
 */
export function evaluatePart(
  predictor: Predictor,
  heldOut: HeldOut,
  experiment: Experiment,
  splits: Splits,
  options: RunOptions,
): Promise<Evaluation> {
  const stranger = findStranger(predictor, heldOut, splits.train);
  return evaluate(
    stranger === undefined ? predictor : createFoldInPredictor(predictor, heldOut.history, experiment, splits.train),
    heldOut,
    toEvaluateOptions(experiment, splits, options),
  );
}

/**
 * Checks that a model can score the users of all held-out parts, before it is trained.
 *
 * @throws {RecsysError} `invalid-argument` if it looks users up by id, was not trained on some, and does not fold in
 *   their histories
 */
export function assertCanScore(predictor: Predictor, experiment: Experiment, splits: Splits): void {
  const { histories } = predictor;
  const { loss, refit } = experiment;
  const { train, validation, test } = splits;
  const monitorsTest = isLearned(experiment) && experiment.monitor === 'test';
  const testedTrain = refit && !monitorsTest ? joinValidation(splits) : train; // what the tested model is trained on
  for (const [part, known] of [[validation, train] as const, [test, testedTrain] as const]) {
    const stranger = part && findStranger(predictor, part, known);
    if (stranger === undefined) continue;
    if (stranger.others) refuse('some have', stranger.id);
    if (histories.refusal !== undefined) refuse(histories.refusal, stranger.id);
    if (loss?.kind === 'rating' && !histories.scoreRated)
      refuse('this model folds in which items were chosen, not their ratings', stranger.id);
  }
}

function refuse(reason: string, user: number | string): never {
  return invalid(
    'runExperiment(split)',
    `held-out users with training interactions, since ${reason}`,
    `user ${user} without`,
    'Take a split within users, such as leaveLastOut(), or a model that reads histories.',
  );
}

/** A held-out user without training interactions whom the model would have to look up, and whether others have some. */
function findStranger(
  { reads, scoresAnyUser }: Predictor,
  { targets, queryUsers }: HeldOut,
  train: Interactions,
): { readonly id: number | string; readonly others: boolean } | undefined {
  if (reads !== 'user' || scoresAnyUser) return undefined;
  const isTrained = markIds(train.users, train.catalogue.userCount);
  // the queries of a window are no users of the catalogue
  const isStranger = (user: number) => queryUsers !== undefined || isTrained[user] === 0;
  const stranger = targets.users.find(isStranger);
  if (stranger === undefined) return undefined;
  return {
    id: train.catalogue.userIds[queryUsers?.[stranger] ?? stranger]!,
    others: !targets.users.every(isStranger),
  };
}
