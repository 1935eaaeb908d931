import { describe, expect, it } from 'vitest';
import { createStudy } from '../study.js';
import { countReports, createRecord } from './pruners.fixture.js';
import { successiveHalvingPruner } from './successive-halving.js';

const reached = (number: number, rung0: number, rung1?: number) => ({
  ...createRecord(number, [rung0]),
  systemAttributes: { completed_rung_0: rung0, ...(rung1 === undefined ? {} : { completed_rung_1: rung1 }) },
});

describe('successiveHalvingPruner', () => {
  it('lets one of three go on at the steps 1, 3, 9', () => {
    const pruner = successiveHalvingPruner({ minimumSteps: 1, reductionFactor: 3 });
    const trials = [1, 2, 3, 4, 5].map((value, number) => reached(number, value));
    // Six trials at rung 0: the best two go on.
    expect(countReports(pruner, trials, [0, 1.5, 9, 9, 9])).toBe(5); // the only one at rung 1
    expect(countReports(pruner, trials, [0, 2.5, 9])).toBe(2);
    expect(countReports(pruner, trials, [0, 4.5, 9], 'maximize')).toBe(3);
    expect(countReports(pruner, trials, [0, Number.NaN])).toBe(2);
  });

  it('skips rungs, waits for a bootstrap, and estimates its first step', () => {
    const trials = [1, 2, 3].map((value, number) => reached(number, value));
    expect(countReports(successiveHalvingPruner({ minimumSteps: 1, skippedRungs: 1 }), trials, [9, 9, 9, 9, 9])).toBe(
      5,
    );
    expect(countReports(successiveHalvingPruner({ minimumSteps: 1, bootstrapTrials: 4 }), trials, [0, 0])).toBe(2);
    expect(countReports(successiveHalvingPruner(), trials, [9, 9])).toBe(2);
    expect(countReports(successiveHalvingPruner(), [], [9, 9])).toBe(2);
    expect(() => successiveHalvingPruner({ bootstrapTrials: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: successiveHalvingPruner(bootstrapTrials): expected an integer from 0 to 0, received 1.]`,
    );
  });

  it('shares its rungs through the log', async () => {
    const pruner = successiveHalvingPruner({ minimumSteps: 1, reductionFactor: 2 });
    const study = await createStudy({ name: 'a', pruner });
    await study.optimize(
      async (trial) => {
        for (let step = 1; step <= 8; step++) {
          trial.report(trial.number, step);
          if (await trial.shouldPrune()) trial.prune();
        }
        return trial.number;
      },
      { trials: 4 },
    );
    expect(study.trials.map(({ state }) => state)).toEqual(['complete', 'pruned', 'pruned', 'pruned']);
    expect(Object.keys(study.trials[0]!.systemAttributes)).toEqual([0, 1, 2, 3].map((at) => `completed_rung_${at}`));
  });
});
