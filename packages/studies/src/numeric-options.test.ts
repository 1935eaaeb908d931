import { fileURLToPath } from 'node:url';
import { describeNumericOptions, ranges } from '@footlight/tooling-vitest/numeric-options';
import { computeImportance } from './importance/importance.js';
import { fileLog } from './log/file-log.js';
import { hyperbandPruner } from './pruners/hyperband.js';
import { patiencePruner } from './pruners/patience.js';
import { medianPruner, percentilePruner } from './pruners/percentile.js';
import { createRecord, createView } from './pruners/pruners.fixture.js';
import { successiveHalvingPruner } from './pruners/successive-halving.js';
import { wilcoxonPruner } from './pruners/wilcoxon.js';
import { cmaEsSampler } from './samplers/cma-es.js';
import { quasiRandomSampler } from './samplers/quasi-random.js';
import { tpeSampler } from './samplers/tpe.js';
import { createStudy } from './study.js';

const { finite, fraction, fromZero, integerFromZero, positive, positiveInteger } = ranges;
const study = createView([{ ...createRecord(0, [1]), params: { x: 1 } }]);
const share = (value: number): boolean => value >= 0 && value <= 1;
const halving = { minimumSteps: 1 };

describeNumericOptions(fileURLToPath(new URL('index.ts', import.meta.url)), {
  cases: {
    'cmaEsSampler(population)': [
      (value) => positiveInteger(value) && value >= 3,
      (population) => cmaEsSampler({ population }),
    ],
    'cmaEsSampler(startupTrials)': [integerFromZero, (startupTrials) => cmaEsSampler({ startupTrials })],
    'computeImportance(objective)': [(value) => value === 0, (objective) => computeImportance(study, { objective })],
    'computeImportance(region)': [
      (value) => share(value) && value > 0,
      (region) => computeImportance(study, { region }),
    ],
    'computeImportance(target)': [fraction, (target) => computeImportance(study, { target })],
    'createStudy(seed)': [finite, (seed) => createStudy({ name: 'a', seed })],
    'fileLog(graceSeconds)': [positive, (graceSeconds) => fileLog('/dev/null', { graceSeconds })],
    'hyperbandPruner(maximumSteps)': [positiveInteger, (maximumSteps) => hyperbandPruner({ maximumSteps })],
    'hyperbandPruner(minimumSteps)': [positiveInteger, (minimumSteps) => hyperbandPruner({ minimumSteps })],
    'hyperbandPruner(reductionFactor)': [
      (value) => positiveInteger(value) && value >= 2,
      (reductionFactor) => hyperbandPruner({ reductionFactor }),
    ],
    'medianPruner(intervalSteps)': [positiveInteger, (intervalSteps) => medianPruner({ intervalSteps })],
    'medianPruner(minimumTrials)': [positiveInteger, (minimumTrials) => medianPruner({ minimumTrials })],
    'medianPruner(startupTrials)': [integerFromZero, (startupTrials) => medianPruner({ startupTrials })],
    'medianPruner(warmupSteps)': [integerFromZero, (warmupSteps) => medianPruner({ warmupSteps })],
    'patiencePruner(minimumDifference)': [
      fromZero,
      (minimumDifference) => patiencePruner({ patience: 1, minimumDifference }),
    ],
    'patiencePruner(patience)': [integerFromZero, (patience) => patiencePruner({ patience })],
    'percentilePruner(intervalSteps)': [positiveInteger, (intervalSteps) => percentilePruner(25, { intervalSteps })],
    'percentilePruner(keep)': [(value) => value >= 0 && value <= 100, percentilePruner],
    'percentilePruner(minimumTrials)': [positiveInteger, (minimumTrials) => percentilePruner(25, { minimumTrials })],
    'percentilePruner(startupTrials)': [integerFromZero, (startupTrials) => percentilePruner(25, { startupTrials })],
    'percentilePruner(warmupSteps)': [integerFromZero, (warmupSteps) => percentilePruner(25, { warmupSteps })],
    'quasiRandomSampler(seed)': [finite, (seed) => quasiRandomSampler({ seed })],
    'successiveHalvingPruner(bootstrapTrials)': [
      integerFromZero,
      (bootstrapTrials) => successiveHalvingPruner({ ...halving, bootstrapTrials }),
    ],
    'successiveHalvingPruner(minimumSteps)': [
      positiveInteger,
      (minimumSteps) => successiveHalvingPruner({ minimumSteps }),
    ],
    'successiveHalvingPruner(reductionFactor)': [
      (value) => positiveInteger(value) && value >= 2,
      (reductionFactor) => successiveHalvingPruner({ reductionFactor }),
    ],
    'successiveHalvingPruner(skippedRungs)': [
      integerFromZero,
      (skippedRungs) => successiveHalvingPruner({ skippedRungs }),
    ],
    'tpeSampler(candidates)': [positiveInteger, (candidates) => tpeSampler({ candidates })],
    'tpeSampler(priorWeight)': [positive, (priorWeight) => tpeSampler({ priorWeight })],
    'tpeSampler(startupTrials)': [integerFromZero, (startupTrials) => tpeSampler({ startupTrials })],
    'wilcoxonPruner(startupSteps)': [integerFromZero, (startupSteps) => wilcoxonPruner({ startupSteps })],
    'wilcoxonPruner(threshold)': [share, (threshold) => wilcoxonPruner({ threshold })],
  },
});
