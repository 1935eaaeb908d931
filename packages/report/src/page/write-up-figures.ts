import type { Figure } from '../plots/figure.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { createEpochLossFigures, createRunLossFigures } from './loss-figures.js';
import { createPenaltyFigures } from './penalty-figures.js';
import { createWidthFigures } from './width-figures.js';

/** The figures of the write-up on variational autoencoders for the experiments of one protocol. */
export function createWriteUpFigures(group: ResultGroup<StoredResult>): Figure[] {
  return [createPenaltyFigures, createWidthFigures, createEpochLossFigures, createRunLossFigures].flatMap((create) =>
    create(group),
  );
}
