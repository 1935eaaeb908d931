// structure: one command with its options
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';

const timed = ['--time', 'timestamp'];
const small = ['--dim', '5'];

describe('footlight run --table', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());
  const run = (results: string, ...more: readonly string[]) => line.footlight(...line.runTable(results, ...more));

  it('prints one JSON object per experiment, and nothing else', async () => {
    const { code, stdout, stderr } = await run('json', ...timed, ...small, '--epochs', '3', '--seeds', '2', '--json');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(Object.keys(result)).toEqual([
      'experiment',
      'protocol',
      'metrics',
      'published',
      'validation',
      'seeds',
      'backend',
      'seconds',
    ]);
    expect(result).toMatchObject({
      experiment: 'own/likes-factorization-bpr-leave-last-out-…',
      published: {},
      seeds: [42, 43],
      backend: 'cpu',
    });
    expect(result.protocol.hash).toMatch(/^[0-9a-f]{12}$/);
    expect(Object.keys(result.metrics['ndcg@10'])).toEqual(['mean', 'standardError', 'userError', 'values']);
    expect(result.metrics['ndcg@10'].values).toHaveLength(2);
    expect(Object.keys(result.seconds)).toEqual(['load', 'train', 'evaluate']);
    const stored = JSON.parse(await readFile(await line.find('json', 'own/likes-factorization'), 'utf8'));
    expect(stored).toMatchObject({ ...result, experiment: expect.stringMatching(/-leave-last-out-[0-9a-f]{8}$/) });
    expect(stored.command).toContain('--learning-rate 0.01');
    expect(stored.environment.node).toBe(process.version);
  });

  it('recommends from a saved model to users of the training data and to others', async () => {
    const artifact = join(line.folder, 'likes.safetensors');
    const training = ['--epochs', '30', '--learning-rate', '0.05', '--save', artifact];
    const saved = await run('saved', ...timed, ...small, ...training);
    expect(saved.code).toBe(0);
    expect(saved.stderr).toMatch(
      /^own\/\S+-leave-last-out-…: ndcg@10 0\.\d{4}, .* s\n\nModel saved, with its card .*\.md\. Try:\n {2}footlight /,
    );
    expect(saved.stderr).toMatch(
      / …\/likes\.safetensors --history 'item 0, item 4'\n {2}footlight recommend \S+ --user u0\n$/,
    );
    await rm(join(line.folder, 'saved'), { recursive: true }); // the artifact needs nothing else
    const recommend = (...args: readonly string[]) =>
      line.footlight('recommend', artifact, '--backend', 'cpu', ...args);
    const known = await recommend('--user', 'u4', '--count', '3', '--json');
    const stranger = await recommend('--history', 'item 2, item 4', '--count', '3', '--exclude', 'item 6');
    const unknown = await recommend('--user', 'u99');
    const unclear = await recommend();
    const recommendations = JSON.parse(known.stdout) as { item: string }[];
    expect(recommendations).toHaveLength(3);
    expect(recommendations.filter(({ item }) => Number(item.slice(5)) % 2 === 1)).toEqual([]); // u4 likes even items
    expect(stranger.stdout).toMatch(/^ 1\. item \d+\n 2\. item \d+\n 3\. item \d+\n$/);
    expect(stranger.stdout).not.toMatch(/item (2|4|6)\n/);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toMatchInlineSnapshot(`
      "--user: expected a user id of the catalogue, received u99. Ids are those of the source.
      "
    `);
    expect(unclear).toMatchObject({
      code: 2,
      stderr: 'footlight recommend: expected either --history or --user, or --users-file, received none.\n',
    });
  });

  it('predicts ratings from a saved model that learned them, and shows them in lists', async () => {
    const artifact = join(line.folder, 'stars.safetensors');
    const training = ['--rating', 'rating', '--loss', 'squared', '--epochs', '20'];
    expect(await run('stars', ...timed, ...small, ...training, '--save', artifact)).toMatchObject({ code: 0 });
    const rated = await line.footlight('predict', artifact, '--user', 'u4', '--item', 'item 2', '--backend', 'cpu');
    const listed = await line.footlight('recommend', artifact, '--user', 'u4', '--count', '1', '--backend', 'cpu');
    const missing = await line.footlight('predict', artifact, '--user', 'u4', '--item', 'item 99', '--backend', 'cpu');
    expect(Number(rated.stdout)).toBeGreaterThan(0.5); // ratings are 1 … 5
    expect(Number(rated.stdout)).toBeLessThan(5.5);
    expect(listed.stdout).toMatch(/^ 1\. item \d+ {2}\d\.\d\d\n$/);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
  });

  it('loads saved models with options of any kind', async () => {
    const models = [
      'factorization(dim=3, biases=false, itemEmbedding=bloom(ratio=0.5))',
      'sequence-gru(dim=3, history=5, start=learned)',
      'mult-dae(dims=[5, 3], dropout={encoder=[0.25, 0]})',
      'ease(regularization=7)',
      'item-knn(neighbors=5, shrink=2)',
    ];
    for (const [at, model] of models.entries()) {
      const artifact = join(line.folder, `${at}.safetensors`);
      const training = at < 3 ? ['--epochs', '1'] : [];
      expect(await run('any', ...timed, '--model', model, ...training, '--save', artifact)).toMatchObject({ code: 0 });
      const { code, stdout } = await line.footlight(
        'recommend',
        artifact,
        '--user',
        'u4',
        '--count',
        '1',
        '--backend',
        'cpu',
      );
      expect({ model, code, stdout }).toEqual({ model, code: 0, stdout: expect.stringMatching(/^ 1\. item \d+\n$/) });
    }
  });

  it('keeps the order of filters and metrics, and cross-validates', async () => {
    const { code, stdout } = await run(
      'ordered',
      ...[...timed, '--rating', 'rating', '--model', 'popularity', '--split', 'k-fold(folds=2)', '--json'],
      ...['--filter', 'minimum-rating(rating=2)', '--filter', 'dedupe(keep=last)', '--k-core', '2'],
      ...['--metric', 'auc', '--metric', 'recall(at=5, outOf=reachable)', '--metric', 'sampled(metric=mrr, count=7)'],
    );
    expect(code).toBe(0);
    const { protocol, metrics, seeds } = JSON.parse(stdout);
    expect(protocol.filters.map(({ name }: { name: string }) => name)).toEqual(['minimum-rating', 'dedupe', 'k-core']);
    expect(Object.keys(metrics)).toEqual(['auc', 'recall@5(reachable)', 'mrr(sampled 7)']);
    expect(seeds).toHaveLength(2);
  });

  it('splits a file without times at random, user by user, and says what it left out', async () => {
    const lines = Array.from({ length: 70 }, (_, row) => {
      const user = Math.floor(row / 7);
      return `u${user},${row % 7 < 2 || row % 7 > 4 ? `i${(user + (row % 7)) % 9}` : `own ${row}`}`;
    });
    const file = join(line.folder, 'timeless.csv');
    await writeFile(file, `${['user,item', ...lines].join('\n')}\n`);
    const options = ['--table', file, '--user', 'user', '--item', 'item', '--model', 'popularity'];
    const given = [...options, '--results', join(line.folder, 'timeless'), '--backend', 'cpu'];
    const { code, stdout, stderr } = await line.footlight('run', ...given, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { protocol, leftOut } = JSON.parse(stdout);
    expect(protocol).toMatchObject({ split: { name: 'leave-random-out', order: 'canonical' }, cold: 'exclude' });
    expect(leftOut.test.users).toBe(0);
    expect(leftOut.test.items).toBeGreaterThan(0);
    const { interactions, items } = leftOut.test;
    const shown = await line.footlight('run', ...given);
    expect(shown.stderr).toContain(
      `left out of the test part: ${items} items without training interactions (${interactions} interactions)`,
    );
    const whole = await line.footlight('run', ...given, '--cold', 'include', '--json');
    expect(JSON.parse(whole.stdout)).toMatchObject({ protocol: { cold: 'include' } });
    expect(whole.stdout).not.toContain('leftOut');
    const bySource = await line.footlight('run', ...given, '--split', 'leave-last-out(order=source)', '--json');
    expect({ code: bySource.code, stderr: bySource.stderr }).toEqual({ code: 0, stderr: '' });
    expect(await line.footlight('run', ...given, '--split', 'random')).toMatchObject({ code: 0 });
  });

  it('says which file, column or component is missing, in one line', async () => {
    const columns = ['--user', 'userId', '--item'];
    const noFile = await line.footlight('run', '--table', join(line.folder, 'none.csv'), ...columns, 'movieId');
    const noColumn = await line.footlight('run', '--table', line.file, ...columns, 'film');
    const noLoss = await run('none', '--loss', 'bprr');
    const noOption = await run('none', '--model', 'item-knn(neighbrs=3)');
    expect([noFile, noColumn, noLoss, noOption].map(({ code }) => code)).toEqual([3, 3, 2, 2]);
    expect(noFile.stderr).toMatchInlineSnapshot(`
      "none.csv: expected a file at …/none.csv, received none. Check the path.
      "
    `);
    expect(noColumn.stderr).toMatchInlineSnapshot(`
      "likes.csv: expected a column "film", received the columns userId, movieId, rating, timestamp. Name one of these, or check the separator.
      "
    `);
    expect(noLoss.stderr).toMatchInlineSnapshot(`
      "--loss: expected one of bpr, sigmoid-bpr, pointwise, logistic, hinge, adaptive-hinge, warp, sampled-softmax, gbce, info-nce, bpr-max, top1-max, softmax, multinomial, squared, poisson, logistic-rating, received bprr. Did you mean bpr?
      "
    `);
    expect(noOption.stderr).toMatchInlineSnapshot(`
      "--model item-knn: expected an option of item-knn, received neighbrs. Options of item-knn:
        neighbors   neighbors of each item (integer, default 100)
        similarity  of the users of two items (cosine or jaccard or asymmetric-cosine or dot-product,
                  default cosine)
        asymmetry   α of the similarity asymmetric-cosine, from 0 to 1 (number, default 0.5)
        shrink      added to the denominator, from 0 (number, default 0)
        weighting   of the users of an item: users with many choices count less (none or tf-idf or bm25,
                  default none)
        k1          k₁ of the weighting bm25, from 0 (number, default 1.2)
        b           b of the weighting bm25, from 0 to 1 (number, default 0.75)
        history     last items of a user that are read (integer, default all)
      "
    `);
  });

  it('says what to do about components that do not fit together', async () => {
    const messages: string[] = [];
    for (const args of [
      ['--loss', 'squared'],
      ['--model', 'mult-vae', '--loss', 'bpr'],
      ['--metric', 'rmse'],
      ['--loss', 'softmax', '--negatives', '3'],
      ['--split', 'leave-last-out'],
      ['--filter', 'minimum-rating(rating=4)'],
      ['--model', 'popularity', '--epochs', '3'],
      ['--model', 'mult-dae', '--dim', '3'],
      [...timed, '--model', 'neural-collaborative-filtering', '--split', 'by-user'],
      ['--split', 'published'],
      ['--model', 'factorization(dim=0)'],
      ['--metric', 'ndcg', '--metric', 'ndcg(at=10)'],
    ]) {
      const { code, stderr } = await run('wrong', ...args);
      expect(code).toBe(2);
      messages.push(stderr);
    }
    expect(messages.join('')).toMatchInlineSnapshot(`
      "--loss squared: expected a file with ratings, received none. Name their column with --rating, or choose another loss: bpr or sigmoid-bpr or pointwise or logistic or hinge or adaptive-hinge or warp or sampled-softmax or gbce or info-nce or bpr-max or top1-max.
      --loss bpr: expected a loss over all items for mult-vae, which reads whole histories, received a ranking loss. Try --loss softmax or multinomial.
      --metric rmse: expected a file with ratings, received none. Name their column with --rating, or choose ranking metrics such as ndcg or recall.
      --negatives: expected a loss that compares with negatives, received softmax, which needs none. Leave the option out, or choose bpr or sigmoid-bpr or pointwise or logistic or hinge or adaptive-hinge or warp or sampled-softmax or gbce or info-nce or bpr-max or top1-max.
      --split leave-last-out: expected the name of the column with the times, received none. Add --time, or take --split leave-random-out. If the rows of each user are in the order of time, set order=source.
      --filter minimum-rating: expected a file with ratings, received none. Name their column with --rating.
      --epochs: expected a model that is trained, received popularity, which is computed directly. Leave the option out.
      --dim: expected a model with vectors of one length, received mult-dae. Its options are dims, decoder, dropout, faithful: --model "mult-dae(…)".
      --split: expected held-out users with training interactions, since neural collaborative filtering has no closed form for the vector of a new user, received user u1 without. Take a split within users, such as the split leave-last-out, or a model that reads histories.
      --split published: expected a data set that publishes its own partition, received a file of your own. Name the parts with --train and --test, or choose another split.
      model factorization, option dim: expected a positive integer, received 0.
      --metric: expected different metrics, received ndcg@10 twice.
      "
    `);
  });
});
