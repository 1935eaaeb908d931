import type { EpochReport } from '../types.js';
import { readSection } from './parameters.js';
import { isObject, parseStoredJson } from './stored-checks.js';
import { failDamaged, type StoredTensor, type TensorFile } from './tensor-file.js';

/** The position of a run. Together with parameters, optimizer state and seed it determines the rest of the run. */
export interface Position {
  /** Epochs completed. */
  readonly epoch: number;
  /** Steps completed in the epoch under way. */
  readonly step: number;
  /** Sum of the losses of these steps, each times its `queryCount`. */
  readonly lossSum: number;
  /** Number of real queries of these steps; sum of their weights where interactions have weights. */
  readonly queryCount: number;
  /** Reports of the completed epochs. */
  readonly epochs: readonly EpochReport[];
}

/** The position before the first step. */
export const startPosition: Position = { epoch: 0, step: 0, lossSum: 0, queryCount: 0, epochs: [] };

/** The epoch with the best value of the watched metric. */
export interface BestEpoch {
  readonly epoch: number;
  readonly value: number;
  readonly weights: ReadonlyMap<string, StoredTensor>;
}

/** Whether a file of tensors is the checkpoint of a run. */
export function isCheckpoint({ metadata: { key, position } }: TensorFile): boolean {
  return key !== undefined && position !== undefined;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * Reads the position from a checkpoint.
 *
 * @throws {RecsysError} `file-damaged` if a count is none, or there is not one report per completed epoch
 */
export function readPosition(fileName: string, { metadata }: TensorFile): Position {
  const position = parseStoredJson<Position>(fileName, metadata, 'position');
  const { epoch, step, lossSum, queryCount, epochs } = position;
  if (!isCount(epoch) || !isCount(step)) failDamaged(fileName, `at the epoch ${epoch} and the step ${step}`);
  if (!Number.isFinite(lossSum) || !(Number.isFinite(queryCount) && queryCount >= 0))
    failDamaged(fileName, `with the loss ${lossSum} of ${queryCount} queries`);
  if (!Array.isArray(epochs) || epochs.length !== epoch || !epochs.every(isReport))
    failDamaged(fileName, `without a report of each of its ${epoch} epochs`);
  return position;
}

function isReport(report: EpochReport, epoch: number): boolean {
  if (!isObject(report) || report.epoch !== epoch || typeof report.loss !== 'number') return false;
  const { seconds, validation = {}, test = {}, validationLoss = 0, penaltyWeight = 0 } = report;
  // earlier versions wrote null for NaN
  const values = [seconds, validationLoss, penaltyWeight, ...Object.values(validation), ...Object.values(test)];
  return values.every((value: unknown) => value === null || typeof value === 'number');
}

/**
 * Reads the best epoch from a checkpoint; `undefined` if it has none.
 *
 * @throws {RecsysError} `file-damaged` if it is no completed epoch, or has no value
 */
export function readBest(fileName: string, file: TensorFile, { epoch: end }: Position): BestEpoch | undefined {
  if (!file.metadata['best']) return undefined;
  const { epoch, value } = parseStoredJson<BestEpoch>(fileName, file.metadata, 'best');
  if (!isCount(epoch) || epoch >= end || !Number.isFinite(value))
    failDamaged(fileName, `with the best epoch ${epoch} of ${end}, with the value ${value}`);
  return { epoch, value, weights: readSection(file, 'best') };
}
