import { describe, expect, it } from 'vitest';
import { memoryLog } from './log/memory-log.js';
import { medianPruner } from './pruners/percentile.js';
import { parabola } from './study.fixture.js';
import { createStudy } from './study.js';

const catchError = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => new Error('no error'),
    (error: Error) => error,
  );

describe('study.optimize', () => {
  it('runs as many trials at once as there are workers', async () => {
    const study = await createStudy({ name: 'a' });
    let [running, most] = [0, 0];
    await study.optimize(
      async (trial) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
        return parabola(trial);
      },
      { trials: 10, workers: 4 },
    );
    expect([most, study.trials.length]).toEqual([4, 10]);
    expect(study.trials.every(({ state }) => state === 'complete')).toBe(true);
  });

  it('stops by the rules of the log, exactly, with several workers on one log', async () => {
    const log = memoryLog();
    const first = await createStudy({ name: 'a', log, stop: { trials: 25 } });
    const second = await createStudy({ name: 'a', log });
    await Promise.all([first, second].map((study) => study.optimize(parabola, { workers: 3 })));
    await first.refresh();
    expect(first.trials.map(({ number, state }) => [number, state])).toEqual(
      Array.from({ length: 25 }, (_, number) => [number, 'complete']),
    );
    expect(second.stopReason).toBe('25 trials');
    const more = await createStudy({ name: 'a', log, stop: { trials: 26 } });
    await more.optimize(parabola);
    expect(more.trials.length).toBe(26);
  });

  it('stops at a target, without improvement, and after a time', async () => {
    const run = async (stop: object, values: readonly number[]) => {
      const study = await createStudy({ name: 'a', stop, direction: 'maximize' });
      const objective = async ({ number }: { number: number }) => {
        await new Promise((resolve) => setTimeout(resolve, 3));
        return values[number]!;
      };
      await study.optimize(objective, { trials: values.length });
      return [study.trials.length, study.stopReason];
    };
    expect(await run({ target: 3 }, [1, 2, 3, 4])).toEqual([3, 'the value 3']);
    expect(await run({ trialsWithoutImprovement: 2 }, [1, 5, 3, 4, 9])).toEqual([4, '2 trials without improvement']);
    expect(await run({ seconds: 1e-3 }, [1, 5])).toEqual([1, '0.001 seconds']);
  });

  it('ends with the error of the objective and fails its trial, or goes on', async () => {
    const study = await createStudy({ name: 'a' });
    const objective = ({ number }: { number: number }) => {
      if (number === 2) throw new Error('diverged');
      return number;
    };
    expect((await catchError(study.optimize(objective, { trials: 5 }))).message).toBe('diverged');
    expect(study.trials.map(({ state }) => state)).toEqual(['complete', 'complete', 'failed']);
    expect(study.trials[2]!.systemAttributes).toEqual({ fail_reason: 'diverged' });
    const other = await createStudy({ name: 'a' });
    await other.optimize(objective, { trials: 5, onError: 'continue' });
    expect(other.trials.length).toBe(5);
    const third = await createStudy({ name: 'a' });
    const error = await catchError(third.optimize(() => 'x' as unknown as number, { trials: 5 }));
    expect(error.message).toMatchInlineSnapshot(`"trial 0: expected a number of the objective, received x."`);
    expect(third.trials.map(({ state }) => state)).toEqual(['failed']);
  });

  it('ends when it is aborted, after the running trials', async () => {
    const study = await createStudy({ name: 'a' });
    const controller = new AbortController();
    const search = study.optimize(
      async ({ number, signal }) => {
        if (number === 3) controller.abort(new Error('Ctrl-C'));
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (number === 3) signal.throwIfAborted();
        return number;
      },
      { workers: 2, signal: controller.signal },
    );
    expect((await catchError(search)).message).toBe('Ctrl-C');
    expect(study.trials.some(({ state }) => state === 'running')).toBe(false);
    expect(study.trials[3]!.state).toBe('failed');
    const error = await catchError(study.optimize(parabola, { signal: AbortSignal.abort(new Error('before')) }));
    expect(error.message).toBe('before');
    expect((await catchError(study.optimize(parabola))).message).toMatchInlineSnapshot(
      `"optimize(trials): expected a number, a signal, or a stop rule of the study, received none of them."`,
    );
  });

  it('prunes', async () => {
    const study = await createStudy({ name: 'a', pruner: medianPruner({ startupTrials: 2 }) });
    const ended: string[] = [];
    await study.optimize(
      async (trial) => {
        for (let step = 0; step < 3; step++) {
          trial.report(trial.number + step, step);
          if (await trial.shouldPrune()) trial.prune();
        }
        return trial.number;
      },
      { trials: 4, onTrial: ({ state }) => ended.push(state) },
    );
    expect(ended).toEqual(['complete', 'complete', 'pruned', 'pruned']);
    expect(study.trials[3]!.intermediate).toEqual(new Map([[0, 3]]));
  });
});
