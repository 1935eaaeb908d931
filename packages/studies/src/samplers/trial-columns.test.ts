import { describe, expect, it } from 'vitest';
import type { Distribution } from '../distributions.js';
import type { StudyView, TrialRecord } from '../types.js';
import { createTrialColumns } from './trial-columns.js';

const range: Distribution = { kind: 'float', low: 0, high: 1, log: false, step: null };

function createRecord(number: number, internal: Record<string, number>, state: TrialRecord['state']): TrialRecord {
  const distributions = Object.fromEntries(Object.keys(internal).map((name) => [name, range]));
  const intermediate = new Map<number, number>();
  return { id: number, number, state, params: internal, internal, distributions, intermediate, ...none };
}

const none = { attributes: {}, systemAttributes: {} };

describe('createTrialColumns', () => {
  it('has the proposal of a running trial, and forgets what the objective did not name', () => {
    const trials = [createRecord(0, { x: 0.4, y: 0.9 }, 'complete'), createRecord(1, { x: 0.5 }, 'running')];
    const view: StudyView = { name: 'a', directions: ['minimize'], trials, finished: [0], systemAttributes: {} };
    const follow = createTrialColumns(() => ({ x: 0.5, y: 0.2 }));
    const read = (name: string): number[] => {
      const { order, count } = follow(view).getColumn(name)!;
      return [...order.subarray(0, count)];
    };
    expect(read('y')).toEqual([1, 0]);
    trials[1] = createRecord(1, { x: 0.5 }, 'complete');
    expect(read('y')).toEqual([0]);
    expect(follow(view).getColumn('y')!.values[1]).toBeNaN();
    expect(read('x')).toEqual([0, 1]);
  });

  it('orders equal values by number, whichever trial names its value first', () => {
    const trials = [createRecord(0, {}, 'running'), createRecord(1, { x: 0.5 }, 'running')];
    const view: StudyView = { name: 'a', directions: ['minimize'], trials, finished: [], systemAttributes: {} };
    const follow = createTrialColumns(({ internal }) => internal);
    follow(view);
    trials[0] = createRecord(0, { x: 0.5 }, 'running');
    expect([...follow(view).getColumn('x')!.order.subarray(0, 2)]).toEqual([0, 1]);
  });
});
