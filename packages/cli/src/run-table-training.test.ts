import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

describe('footlight run --table with options of the training', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());
  const timed = ['--time', 'timestamp', '--dim', '5', '--epochs', '4'];
  const run = (results: string, ...more: readonly string[]) =>
    line.footlight(...line.runTable(results, ...timed, ...more));

  it('stops early, trains again on both parts, monitors the test part and splits subsequences', async () => {
    const options = [
      '--stop-early',
      'mrr',
      '--refit',
      '--monitor',
      'test',
      '--layout',
      'subsequences',
      '--length-pool',
      '2',
    ];
    const { code, stderr } = await run('training', '--model', 'sequence-pooling', ...options);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const stored = JSON.parse(await readFile(await line.find('training', 'own/likes-sequence-pooling'), 'utf8'));
    expect(stored.protocol.refit).toBe(true);
    expect(stored.training).toMatchObject({
      stopEarly: { metric: 'mrr' },
      windows: { layout: 'subsequences', lengthPool: 2 },
    });
    const [{ losses, validation, test, bestEpoch, refitLosses }] = stored.runs;
    expect([validation.mrr.length, test.mrr.length]).toEqual([losses.length, losses.length]);
    expect(refitLosses).toHaveLength(bestEpoch + 1);
    expect(stored.command).toContain('--stop-early mrr --refit --monitor test --layout subsequences --length-pool 2');
  });

  it('records an L2 penalty of 0 where the default is another', async () => {
    const rates = ['--rating', 'rating', '--loss', 'squared'];
    for (const [results, more, recorded] of [
      ['default', [], '--l2 0.001'],
      ['zero', ['--l2', '0'], '--l2 0 '],
    ] as const) {
      expect(await run(results, ...rates, ...more)).toMatchObject({ code: 0 });
      const { command } = JSON.parse(await readFile(await line.find(results, 'own/likes'), 'utf8'));
      expect(command).toContain(recorded);
    }
  });

  it('draws items rated low as negatives', async () => {
    const rated = ['--rating', 'rating', '--split', 'leave-random-out'];
    const negatives = ['--negatives', 'low-rated(share=0.5)'];
    const ended = await run('low-rated', ...rated, ...negatives, '--minimum-rating', '3');
    expect(ended).toMatchObject({ code: 0 });
    const stored = JSON.parse(await readFile(await line.find('low-rated', 'own/likes'), 'utf8'));
    expect(stored.protocol.filters).toMatchObject([{ name: 'minimum-rating', rating: 3, below: 'negatives' }]);
    expect(stored.training.negatives).toMatchObject({ name: 'low-rated', count: 1, share: 0.5 });
    const without = await run('low-rated', ...rated, ...negatives);
    expect(without).toMatchObject({ code: 2 });
    expect(without.stderr).toMatchInlineSnapshot(`
      "--negatives low-rated: expected the lowest rating of a positive, received none. Add --minimum-rating, or --filter "minimum-rating(rating=…, below=negatives)".
      "
    `);
    const unrated = await run('low-rated', ...negatives);
    expect(unrated.stderr).toMatchInlineSnapshot(`
      "--negatives low-rated: expected a file with ratings, received none. Name their column with --rating.
      "
    `);
  });

  it('refuses them where they have no effect', async () => {
    const layout = await run('refused', '--layout', 'subsequences');
    expect(layout).toMatchObject({ code: 2, stdout: '' });
    expect(layout.stderr).toMatchInlineSnapshot(`
      "--layout: expected a model that reads histories in order, received factorization. Leave the option out, or try --model sequence-gru.
      "
    `);
    const solved = await line.footlight(
      ...line.runTable('refused', '--time', 'timestamp', '--model', 'popularity', '--stop-early', 'mrr'),
    );
    expect(solved.stderr).toMatchInlineSnapshot(`
      "--stop-early: expected a model that is trained, received popularity, which is computed directly. Leave the option out.
      "
    `);
    const unknown = await run('refused', '--stop-early', 'auc');
    expect(unknown.stderr).toMatchInlineSnapshot(`
      "--stop-early: expected one of ndcg@10, recall@20, mrr, received auc.
      "
    `);
    const without = await run('refused', '--refit', '--split', 'leave-last-out(validation=false)');
    expect(without.stderr).toMatchInlineSnapshot(`
      "--refit: expected a split with a validation part, received one without. Choose a split that has one, e.g. the split leave-last-out.
      "
    `);
  });
});
