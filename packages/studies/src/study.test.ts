import { describe, expect, it } from 'vitest';
import { memoryLog } from './log/memory-log.js';
import { randomSampler } from './samplers/random.js';
import { tpeSampler } from './samplers/tpe.js';
import { mixed, parabola } from './study.fixture.js';
import { createStudy, listStudies } from './study.js';
import type { TrialRecord } from './types.js';

const catchMessage = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: Error) => error.message,
  );
const listParams = (trials: readonly TrialRecord[]) => trials.map(({ params }) => params);

describe('createStudy', () => {
  it('finds the minimum of a parabola, and of its negative the maximum', async () => {
    const study = await createStudy({ name: 'parabola', seed: 42 });
    await study.optimize(parabola, { trials: 80 });
    expect(study.best.values![0]).toBeLessThan(0.5);
    const other = await createStudy({ name: 'parabola', seed: 42, direction: 'maximize' });
    await other.optimize((trial) => -parabola(trial), { trials: 80 });
    expect(other.best.params).toEqual(study.best.params);
  });

  it('draws the same points for the same seed, and continues with new ones after a restart', async () => {
    for (const sampler of [tpeSampler, randomSampler]) {
      const run = async (seed: number, parts: readonly number[]) => {
        const log = memoryLog();
        for (const trials of parts) {
          const study = await createStudy({ name: 'mixed', seed, log, sampler: sampler() });
          await study.optimize(mixed, { trials });
        }
        return listParams((await createStudy({ name: 'mixed', log })).trials);
      };
      const once = await run(7, [40]);
      expect(await run(7, [25, 15])).toEqual(once);
      expect(await run(8, [40])).not.toEqual(once);
      expect(new Set(once.map((params) => JSON.stringify(params))).size).toBe(40);
    }
  });

  it('has parameters within their ranges, and continuous values between the steps of none', async () => {
    const study = await createStudy({ name: 'mixed', seed: 3 });
    await study.optimize(mixed, { trials: 60 });
    for (const { params } of study.trials) {
      expect([8, 16, 24, 32, 40, 48, 56, 64]).toContain(params.dim);
      expect([0, 0.1, 0.2, 0.3, 0.4, 0.5]).toContain(params.dropout);
      expect((params.rate as number) >= 1e-5 && (params.rate as number) <= 1).toBe(true);
      expect('depth' in params).toBe(params.kind === 'mlp');
    }
    expect(study.best.values![0]).toBeLessThan(3);
  });

  it('asks and tells by hand, with attributes, reports and states', async () => {
    const study = await createStudy({ name: 'by hand' });
    const [one, two, three] = [await study.ask(), await study.ask(), await study.ask()];
    one!.setAttribute('note', { why: ['a', 1] });
    one!.report(0.5, 1);
    two!.report(0.75, 3);
    expect(await study.tell(one!, 2)).toMatchObject({ number: 0, state: 'complete', values: [2] });
    expect(await study.tell(two!, { pruned: true })).toMatchObject({ state: 'pruned', values: [0.75] });
    expect(await study.tell(three!, { failed: 'no memory' })).toMatchObject({
      state: 'failed',
      systemAttributes: { fail_reason: 'no memory' },
    });
    expect(study.trials[0]).toMatchObject({
      attributes: { note: { why: ['a', 1] } },
      intermediate: new Map([[1, 0.5]]),
    });
    await study.setAttribute('data', 'ml-1m');
    expect(study.attributes).toEqual({ data: 'ml-1m' });
    expect(await catchMessage(study.tell(one!, 3))).toMatchInlineSnapshot(
      `"study.tell(trial 0): expected a running trial, received complete."`,
    );
    expect(await catchMessage(study.tell({ number: 9 }, 3))).toMatchInlineSnapshot(
      `"study.tell(trial): expected a trial of this study, received number 9."`,
    );
    const four = await study.ask();
    expect(await catchMessage(study.tell(four, [1, 2]))).toMatchInlineSnapshot(
      `"trial 3: expected a number of the objective, received [1, 2]."`,
    );
    expect(await study.tell(four, Number.NaN)).toMatchObject({ state: 'failed' });
  });

  it('runs enqueued trials first, with their parameters', async () => {
    const log = memoryLog();
    const study = await createStudy({ name: 'parabola', log });
    await study.enqueue({ x: 1, y: -2 }, { from: 'paper' });
    await study.enqueue({ x: 3 });
    const other = await createStudy({ name: 'parabola', log });
    await other.optimize(parabola, { trials: 3, workers: 3 });
    expect(other.trials.length).toBe(3);
    expect(other.best).toMatchObject({ number: 0, values: [0], attributes: { from: 'paper' } });
    expect(other.trials[1]!.params.x).toBe(3);
    await other.enqueue({ x: 17 });
    expect(await catchMessage(other.optimize(parabola, { trials: 1 }))).toMatchInlineSnapshot(
      `"trial(x): expected an enqueued value within the range, received 17."`,
    );
  });

  it('has a Pareto front for several directions', async () => {
    const study = await createStudy({ name: 'two', directions: ['minimize', 'maximize'], seed: 1 });
    await study.optimize(
      (trial) => {
        const [cost, gain] = [trial.float('cost', { low: 0, high: 1 }), trial.float('gain', { low: 0, high: 1 })];
        return [cost, gain * cost];
      },
      { trials: 60 },
    );
    const front = study.paretoFront.map(({ values }) => values!);
    expect(front.length).toBeGreaterThan(3);
    for (const [cost, gain] of front)
      expect(study.trials.some(({ values }) => values![0]! < cost! && values![1]! > gain!)).toBe(false);
    expect(() => study.best).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: study.best: expected one direction, received 2. Read paretoFront.]`,
    );
  });

  it('refuses what does not fit the log', async () => {
    const log = memoryLog();
    await createStudy({ name: 'a', log, direction: 'maximize' });
    await createStudy({ name: 'b', log });
    expect(await listStudies(log)).toEqual(['a', 'b']);
    expect((await createStudy({ name: 'a', log })).directions).toEqual(['maximize']);
    const messages = await Promise.all(
      [
        createStudy({ name: 'a', log, direction: 'minimize' }),
        createStudy({ name: '' }),
        createStudy({ name: 'c', directions: [] }),
        createStudy({ name: 'c', direction: 'up' as 'maximize' }),
        createStudy({ name: 'c', direction: 'minimize', directions: ['minimize'] }),
        createStudy({ name: 'c', directions: ['minimize', 'minimize'], stop: { target: 1 } }),
      ].map(catchMessage),
    );
    expect(messages).toMatchInlineSnapshot(`
      [
        "createStudy(a): expected the directions of the study in the log, maximize, received minimize. Choose another name for a new study.",
        "createStudy(name): expected a text, received .",
        "createStudy(directions): expected at least one direction, received none.",
        "createStudy(direction): expected minimize or maximize, received up.",
        "createStudy: expected direction or directions, received both. Leave one of them out.",
        "createStudy(stop): expected trials or seconds for several directions, received a rule about the best value.",
      ]
    `);
  });

  it('fails the trials of workers that were killed', async () => {
    const log = memoryLog();
    const killed = await createStudy({ name: 'a', log });
    (await killed.ask()).float('x', { low: 0, high: 1 });
    const next = await createStudy({ name: 'a', log });
    expect(await next.failRunning()).toBe(1);
    expect(next.trials.map(({ state }) => state)).toEqual(['failed']);
  });
});
