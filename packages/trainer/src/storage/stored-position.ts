import type { EpochReport } from '../types.js';
import type { BestEpoch, Position } from './checkpoint.js';
import { readSection } from './parameters.js';
import { isObject, parseStoredJson } from './stored-checks.js';
import { failDamaged, type TensorFile } from './tensor-file.js';

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * Reads the position from a checkpoint.
 *
 * @throws {RecsysError} `file-damaged` if a count is none, or there is not one report per completed epoch
 */
export function readPosition(path: string, { metadata }: TensorFile): Position {
  const position = parseStoredJson<Position>(path, metadata, 'position');
  const { epoch, step, lossSum, queryCount, epochs } = position;
  if (!isCount(epoch) || !isCount(step)) failDamaged(path, `at the epoch ${epoch} and the step ${step}`);
  if (!Number.isFinite(lossSum) || !(Number.isFinite(queryCount) && queryCount >= 0))
    failDamaged(path, `with the loss ${lossSum} of ${queryCount} queries`);
  if (!Array.isArray(epochs) || epochs.length !== epoch || !epochs.every(isReport))
    failDamaged(path, `without a report of each of its ${epoch} epochs`);
  return position;
}

function isReport(report: EpochReport, epoch: number): boolean {
  if (!isObject(report) || report.epoch !== epoch || typeof report.loss !== 'number') return false;
  const { seconds, validation = {}, test = {}, validationLoss = 0, penaltyWeight = 0 } = report;
  // JSON has null for NaN
  const values = [seconds, validationLoss, penaltyWeight, ...Object.values(validation), ...Object.values(test)];
  return values.every((value: unknown) => value === null || typeof value === 'number');
}

/**
 * Reads the best epoch from a checkpoint; `undefined` if it has none.
 *
 * @throws {RecsysError} `file-damaged` if it is no completed epoch, or has no value
 */
export function readBest(path: string, file: TensorFile, { epoch: end }: Position): BestEpoch | undefined {
  if (!file.metadata['best']) return undefined;
  const { epoch, value } = parseStoredJson<BestEpoch>(path, file.metadata, 'best');
  if (!isCount(epoch) || epoch >= end || !Number.isFinite(value))
    failDamaged(path, `with the best epoch ${epoch} of ${end}, with the value ${value}`);
  return { epoch, value, weights: readSection(file, 'best') };
}
