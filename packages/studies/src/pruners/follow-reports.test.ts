import { describe, expect, it } from 'vitest';
import type { StudyView } from '../types.js';
import { followReports } from './follow-reports.js';
import { medianPruner } from './percentile.js';
import { createRecord, createView } from './pruners.fixture.js';

describe('followReports', () => {
  it('sorts the reports of complete trials by step, as trials end', () => {
    const trials = [
      createRecord(0, [3, Number.NaN]),
      createRecord(1, [1, 5]),
      createRecord(2, [0], 'pruned'),
      createRecord(3, [2]),
    ];
    const finished = [1];
    const view: StudyView = { ...createView(trials, 'maximize'), finished };
    const follow = followReports();
    expect(follow(view).getReports(0)).toMatchObject({ count: 1, losses: Float64Array.of(-1) });
    finished.push(2, 0, 3);
    expect(follow(view).complete).toBe(3);
    expect(follow(view).getReports(0)).toMatchObject({ count: 3, losses: Float64Array.of(-3, -2, -1) });
    expect(follow(view).getReports(1)).toMatchObject({ count: 2, losses: Float64Array.of(-5) });
    expect(follow(view).getReports(7).count).toBe(0);
  });

  it('reads each ended trial once, however many reports the median pruner decides about', () => {
    const complete = Array.from({ length: 300 }, (_, number) => createRecord(number, [number, number, number]));
    let reads = 0;
    const trials = new Proxy(complete, {
      get(list, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
        return Reflect.get(list, key);
      },
    });
    const view: StudyView = { ...createView(complete), trials };
    const pruner = medianPruner();
    const own = createRecord(300, [0], 'running');
    for (let decision = 0; decision < 50; decision++) expect(pruner.shouldPrune(view, own, () => {})).toBe(false);
    expect(reads).toBe(300);
  });
});
