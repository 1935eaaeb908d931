import { invalid, omitUndefined, type Rng } from '@footlight/core';
import { fingerprintInteractions, type Splits } from '@footlight/datasets';
import type { Reads } from '@footlight/models';
import { describeProtocol } from '../experiment/describe-protocol.js';
import type { Experiment, Protocol } from '../types.js';
import type { RunOptions } from './types.js';

/** The parts of the data, and the protocol with their fingerprint. */
export interface LoadedData {
  readonly splits: Splits;
  readonly protocol: Protocol;
}

/**
 * Loads, filters and splits the data of an experiment.
 *
 * @throws {RecsysError} `invalid-argument` if the model reads user ids and a test user has no training interactions
 */
export async function loadSplits(
  experiment: Experiment,
  rng: Rng,
  { directory, onProgress, onData, signal }: RunOptions,
): Promise<LoadedData> {
  const { dataset, filters = [], split, model, refit } = experiment;
  const all = await dataset.load({ rng: rng.fork('dataset'), ...omitUndefined({ directory, onProgress, signal }) });
  const protocol = describeProtocol(experiment, fingerprintInteractions(all, { onProgress }));
  onData?.(protocol);
  const filtered = filters.reduce((interactions, filter) => filter.apply(interactions), all);
  const splits = split.split(filtered, rng.fork('split'));
  if (refit && !splits.validation)
    invalid(
      'runExperiment(refit)',
      'a split with a validation part',
      'one without',
      'Choose a split that has one, e.g. leaveLastOut().',
    );
  if (model.kind === 'representation') assertUsersAreTrained(model.reads, splits);
  return { splits, protocol };
}

/** A model that looks up user ids has no parameters for users without training interactions. */
function assertUsersAreTrained(reads: Reads, { train, test }: Splits): void {
  if (reads !== 'user') return;
  const isTrained = new Uint8Array(train.catalogue.userCount);
  for (const user of train.users) isTrained[user] = 1;
  const stranger = test.targets.users.find((user) => !isTrained[user]);
  if (stranger === undefined) return;
  const id = train.catalogue.userIds[stranger];
  invalid(
    'runExperiment(split)',
    'test users with training interactions, for a model that reads user ids',
    `user ${id} without`,
    'Take a split within users, such as leaveLastOut(), or a model that reads histories.',
  );
}
