import { type Json, RecsysError } from '@footlight/core';
import {
  compareProtocols,
  describeProtocol,
  describeTraining,
  type Experiment,
  isLearned,
  listDifferences,
  type Protocol,
  readFingerprints,
} from '@footlight/trainer';
import type { Direction } from '../types.js';
import type { Point } from './point.js';
import type { Search } from './types.js';

/** Name of the study's attribute that holds its definition. */
export const DEFINITION_KEY = 'footlight:search';

/** Everything but the parameters that the values of a study depend on, as its log holds it. */
export interface SearchDefinition {
  readonly metric: string;
  readonly part: 'validation';
  readonly seed: number;
  readonly seeds: number;
  /** With the fingerprint of the data. */
  readonly protocol: Protocol;
  /** Options of the experiment at `point`. */
  readonly training: { readonly [option: string]: Json };
  /** One point of the space: at equal parameters, experiments must be equal. */
  readonly point: Point;
}

export function describeSearch(
  { objective, seeds = 1 }: Search,
  experiment: Experiment,
  protocol: Protocol,
  point: Point,
): SearchDefinition {
  return {
    metric: objective.metric,
    part: 'validation',
    seed: experiment.seed,
    seeds,
    protocol: describeProtocol(experiment, readFingerprints(protocol)),
    training: describeOptions(experiment),
    point,
  };
}

function describeOptions(experiment: Experiment): { readonly [option: string]: Json } {
  if (isLearned(experiment)) return describeTraining(experiment);
  const { name, protocol } = experiment.model;
  return { model: { name, ...protocol } };
}

/** The direction of an objective: that of the search, else that of the metric. */
export function findDirection({ objective }: Search, { metrics }: Experiment): Direction {
  const metric = metrics.find(({ name }) => name === objective.metric);
  return objective.direction ?? (metric?.kind === 'rating' ? 'minimize' : 'maximize');
}

/**
 * Checks that a search is the one whose trials a study holds.
 *
 * @throws {RecsysError} `search-changed`, naming what differs
 */
export function assertSameSearch(name: string, stored: SearchDefinition, now: SearchDefinition): void {
  const [one, other] = [stored, now].map(({ point: _, protocol: { hash: __, ...protocol }, ...rest }) => ({
    ...rest,
    protocol,
  })) as unknown as [Json, Json];
  const differences = listDifferences(one, other);
  if (differences.length === 0) return;
  const isData = differences.every((line) => /^protocol\.dataset\.\w*[fF]ingerprint/.test(line));
  throw new RecsysError(
    'search-changed',
    `study ${name}: expected the ${isData ? 'data' : 'search'} of its earlier trials, received ` +
      `${differences.slice(0, 3).join('; ')}${differences.length > 3 ? '; …' : ''}. ` +
      'Values of both could not be compared: choose another name, or accept the changes.',
  );
}

/**
 * Checks that the experiment of a trial has the protocol of the study, so that its value can be compared.
 *
 * @throws {RecsysError} `search-changed`
 */
export function assertProtocol(name: string, experiment: Experiment, expected: Protocol): void {
  assertEqualProtocols(name, describeProtocol(experiment, readFingerprints(expected)), expected);
}

/** Checks that the data of a trial are those of the study. @throws {RecsysError} `search-changed` */
export function assertData(name: string, loaded: Protocol, expected: Protocol): void {
  const dataset = { ...expected.dataset, ...readFingerprints(loaded) };
  assertEqualProtocols(name, { ...expected, dataset }, expected);
}

function assertEqualProtocols(name: string, received: Protocol, expected: Protocol): void {
  const differences = compareProtocols(expected, received);
  if (differences.length === 0) return;
  throw new RecsysError(
    'search-changed',
    `study ${name}: expected one protocol for all trials, received another one: ` +
      `${differences.slice(0, 3).join('; ')}. ` +
      'Values of both could not be compared: let parameters choose the model and its training only.',
  );
}
