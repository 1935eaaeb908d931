import { describe, expect, it } from 'vitest';
import { formatNeverRun } from './never-run.js';

describe('formatNeverRun', () => {
  it('says what each experiment needs', () => {
    expect(
      formatNeverRun([
        { experiment: 'a/b', dataset: 'films', published: { 'ndcg@100': 0.4, loss: 3 }, needs: ['films.zip (2 MB)'] },
        { experiment: 'a/c', dataset: 'songs', published: {}, needs: [] },
      ]),
    ).toMatchInlineSnapshot(`
      "Never run:

      | experiment | dataset | published            | measured  | needs            |
      | ---------- | ------- | -------------------- | --------- | ---------------- |
      | a/b        | films   | ndcg@100 0.4, loss 3 | never run | films.zip (2 MB) |
      | a/c        | songs   | –                    | never run | no download      |"
    `);
  });

  it('is empty where every experiment was run', () => expect(formatNeverRun([])).toBe(''));
});
