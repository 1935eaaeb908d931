import type { Scorer, SolverStep } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { runSteps } from './run-steps.js';

const scorer = {} as Scorer;

interface State {
  done: number;
  isEnded?: boolean;
}

/** A solver whose steps keep the processor busy. */
function* createSteps(count: number, state: State): Generator<SolverStep, Scorer> {
  try {
    for (; state.done < count; state.done++) {
      const end = performance.now() + 60;
      while (performance.now() < end);
      yield state.done % 2 === 0 ? undefined : { label: 'solve', done: state.done, total: count, unit: 'steps' };
    }
    return scorer;
  } finally {
    state.isEnded = true;
  }
}

describe('runSteps', () => {
  it('returns the scorer and reports the steps that are worth it', async () => {
    const reported: number[] = [];
    const solved = await runSteps(createSteps(4, { done: 0 }), { onProgress: ({ done }) => void reported.push(done) });
    expect(solved).toBe(scorer);
    expect(reported).toEqual([1, 3]);
  });

  it('stops between steps when a timer or a signal of the system aborts it', async () => {
    const interruption = new AbortController();
    const state: State = { done: 0 };
    setTimeout(() => interruption.abort(new Error('Ctrl-C')), 1);
    const solved = runSteps(createSteps(1000, state), { signal: interruption.signal });
    await expect(solved).rejects.toThrow('Ctrl-C');
    expect(state.done).toBeLessThan(900);
    expect(state.isEnded).toBe(true);
  });
});
