import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from 'vitest';

const cli = fileURLToPath(new URL('cli.ts', import.meta.url));
const flags = ['--conditions=@footlight/source', '--import', import.meta.resolve('tsx'), cli];

describe('footlight', () => {
  let folder: string;
  let file: string;
  let results: string;

  /** Users of two tastes: even ones like even items, odd ones odd items; 53 × 7 interactions with 31 items. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footlight-cli-'));
    file = join(folder, 'likes.csv');
    results = join(folder, 'results');
    const lines = Array.from({ length: 53 * 7 }, (_, row) => {
      const [user, k] = [Math.floor(row / 7), row % 7];
      return `u${user},item ${2 * ((3 * user + 2 * k) % 15) + (user % 2)},${1 + (row % 5)},${row}`;
    });
    await writeFile(file, `${['userId,movieId,rating,timestamp', ...lines].join('\n')}\n`);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const columns = ['--user', 'userId', '--item', 'movieId'];
  const small = ['--dim', '5', '--backend', 'cpu'];
  const own = (...more: string[]): string[] => [
    'run',
    '--table',
    file,
    ...columns,
    '--results',
    results,
    ...small,
    ...more,
  ];

  const start = (
    args: readonly string[],
    first = 'data:text/javascript,',
  ): { child: ChildProcess; ended: Promise<Ended> } => {
    const child = spawn(process.execPath, ['--import', first, ...flags, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = [child.stdout!.setEncoding('utf8').toArray(), child.stderr!.setEncoding('utf8').toArray()];
    const code = new Promise<number | null>((resolve) => child.on('close', resolve));
    const clean = (text: string[]): string => text.join('').replaceAll(folder, '…');
    return {
      child,
      ended: Promise.all([code, stdout, stderr]).then(([code, out, err]) => ({
        code,
        stdout: clean(out),
        stderr: clean(err),
      })),
    };
  };
  const footlight = (...args: string[]): Promise<Ended> => start(args).ended;
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await wait(10);
  };

  it.concurrent('lists rows with what was published', async ({ expect }) => {
    const { code, stdout } = await footlight('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\| talk\/factorization-adaptive +\| movielens-100k.* \| mrr 0.11 +\|$/m);
  });

  it.concurrent('documents its exit codes', async ({ expect }) => {
    const { code, stdout } = await footlight('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('130  interrupted');
  });

  it.concurrent('prints one JSON object per row, and nothing else', async ({ expect }) => {
    const { code, stdout, stderr } = await footlight(
      ...own('--time', 'timestamp', '--epochs', '3', '--seeds', '2', '--json', '--results', join(folder, 'json')),
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(Object.keys(result)).toEqual([
      'experiment',
      'protocol',
      'metrics',
      'published',
      'seeds',
      'backend',
      'seconds',
    ]);
    expect(result).toMatchObject({
      experiment: 'own/likes-factorization',
      published: {},
      seeds: [42, 43],
      backend: 'cpu',
    });
    expect(result.protocol.hash).toMatch(/^[0-9a-f]{12}$/);
    expect(Object.keys(result.metrics['ndcg@10'])).toEqual(['mean', 'standardError', 'values']);
    expect(result.metrics['ndcg@10'].values).toHaveLength(2);
    expect(Object.keys(result.seconds)).toEqual(['load', 'train', 'evaluate']);
    const kept = JSON.parse(await readFile(join(folder, 'json/own/likes-factorization.json'), 'utf8'));
    expect(kept).toMatchObject(result);
    expect(kept.command).toContain('--learning-rate 0.01');
    expect(kept.environment.node).toBe(process.version);
  });

  it.concurrent('recommends from a saved model to those it knows and those it does not', async ({ expect }) => {
    const artifact = join(folder, 'likes.safetensors');
    const saved = await footlight(
      ...own(
        '--time',
        'timestamp',
        '--epochs',
        '30',
        '--learning-rate',
        '0.05',
        '--save',
        artifact,
        '--results',
        join(folder, 'saved'),
      ),
    );
    expect(saved).toMatchObject({
      code: 0,
      stderr: '\nSaved. Ask it: pnpm footlight recommend …/likes.safetensors --history "…"\n',
    });
    await rm(join(folder, 'saved'), { recursive: true }); // the artifact needs nothing else
    const [known, stranger, nobody, unclear] = await Promise.all([
      footlight('recommend', artifact, '--user', 'u4', '--count', '3', '--backend', 'cpu', '--json'),
      footlight(
        'recommend',
        artifact,
        '--history',
        'item 2, item 4',
        '--count',
        '3',
        '--exclude',
        'item 6',
        '--backend',
        'cpu',
      ),
      footlight('recommend', artifact, '--user', 'u99', '--backend', 'cpu'),
      footlight('recommend', artifact, '--backend', 'cpu'),
    ]);
    const recommendations = JSON.parse(known.stdout) as { item: string }[];
    expect(recommendations).toHaveLength(3);
    expect(recommendations.filter(({ item }) => Number(item.slice(5)) % 2 === 1)).toEqual([]); // u4 likes even items
    expect(stranger.stdout).toMatch(/^ 1\. item \d+\n 2\. item \d+\n 3\. item \d+\n$/);
    expect(stranger.stdout).not.toMatch(/item (2|4|6)\n/);
    expect(nobody).toMatchObject({ code: 2, stdout: '' });
    expect(nobody.stderr).toMatchInlineSnapshot(`
      "recommend(user): expected a user id of the catalogue, received u99. Ids are those of the source.
      "
    `);
    expect(unclear).toMatchObject({
      code: 2,
      stderr: 'footlight recommend: expected either --history or --user, received neither.\n',
    });
  });

  it.concurrent('predicts ratings from a saved model that learned them, and shows them in lists', async ({
    expect,
  }) => {
    const artifact = join(folder, 'stars.safetensors');
    const options = [
      '--rating',
      'rating',
      '--loss',
      'squared',
      '--epochs',
      '20',
      '--learning-rate',
      '0.05',
      '--save',
      artifact,
      '--results',
      join(folder, 'stars'),
    ];
    expect(await footlight(...own('--time', 'timestamp', ...options))).toMatchObject({ code: 0 });
    const [rated, listed, missing] = await Promise.all([
      footlight('predict', artifact, '--user', 'u4', '--item', 'item 2', '--backend', 'cpu'),
      footlight('recommend', artifact, '--user', 'u4', '--count', '1', '--backend', 'cpu'),
      footlight('predict', artifact, '--user', 'u4', '--item', 'item 99', '--backend', 'cpu'),
    ]);
    expect(Number(rated.stdout)).toBeGreaterThan(0.5); // ratings are 1 … 5
    expect(Number(rated.stdout)).toBeLessThan(5.5);
    expect(listed.stdout).toMatch(/^ 1\. item \d+ {2}\d\.\d\d\n$/);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
  });

  it.concurrent('compares two rows of one protocol, user by user', async ({ expect }) => {
    const kept = join(folder, 'compared');
    for (const model of ['factorization', 'popularity'])
      await footlight(
        ...own(
          '--time',
          'timestamp',
          '--model',
          model,
          ...(model === 'popularity' ? [] : ['--epochs', '2']),
          '--results',
          kept,
        ),
      );
    const { code, stdout } = await footlight(
      'compare',
      'own/likes-factorization',
      'own/likes-popularity',
      '--results',
      kept,
      '--json',
    );
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject(['ndcg@10', 'recall@20', 'mrr'].map((metric) => ({ metric, users: 53 })));
  });

  it.concurrent('writes a report of what was kept, and says what to run where nothing was', async ({ expect }) => {
    const kept = join(folder, 'reported');
    const page = join(folder, 'report.html');
    const report = (...more: string[]) =>
      footlight('report', ...more, '--results', kept, '--output', page, '--no-recommendations');
    expect(await report()).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(page, 'utf8')).toContain('<h2 id="results-title">No results yet</h2>');
    await footlight(...own('--time', 'timestamp', '--epochs', '3', '--results', kept));
    const [all, unknown] = [await report('own/likes-factorization'), await report('own/likes-popularity')];
    expect(all).toMatchObject({ code: 0, stderr: '' });
    expect(all.stdout).toMatch(/^…\/report\.html: 1 row, 2 figures, \d+ KiB\n$/);
    const text = await readFile(page, 'utf8');
    expect(text).toContain('own/likes-factorization: loss');
    expect(text).toContain('own/likes-factorization: ndcg@10 of users');
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toMatch(/^footlight: expected the name of a row, received own\/likes-popularity\./);
  });

  it.concurrent('suggests rows of similar names', async ({ expect }) => {
    const { code, stdout, stderr } = await footlight('run', 'latest-small/popularty');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatchInlineSnapshot(`
      "footlight: expected the name of a row, received latest-small/popularty. Did you mean latest-small/popularity?
      "
    `);
  });

  it.concurrent('refuses options that would have no effect', async ({ expect }) => {
    const { code, stderr } = await footlight('run', 'talk/popularity', '--epochs', '3');
    expect(code).toBe(2);
    expect(stderr).toMatchInlineSnapshot(`
      "footlight run: expected --table along with --epochs, received none. Rows choose their own parts.
      "
    `);
  });

  it.concurrent('says which file or column is missing, in one line', async ({ expect }) => {
    const [noFile, noColumn, noLoss] = await Promise.all([
      footlight('run', '--table', join(folder, 'none.csv'), ...columns, ...small, '--results', results),
      footlight('run', '--table', file, '--user', 'userId', '--item', 'film', ...small, '--results', results),
      footlight(...own('--loss', 'bprr')),
    ]);
    expect([noFile.code, noColumn.code, noLoss.code]).toEqual([3, 3, 2]);
    expect(noFile.stderr).toMatchInlineSnapshot(`
      "none.csv: expected a file at …/none.csv, received none. Check the path.
      "
    `);
    expect(noColumn.stderr).toMatchInlineSnapshot(`
      "likes.csv: expected a column "film", received the columns userId, movieId, rating, timestamp. Name one of these, or check the separator.
      "
    `);
    expect(noLoss.stderr).toMatchInlineSnapshot(`
      "error: option '--loss <name>' argument 'bprr' is invalid. Allowed choices are bpr, sigmoid-bpr, pointwise, logistic, hinge, adaptive-hinge, warp, softmax, squared.
      (footlight --help tells more)
      "
    `);
  });

  it.concurrent('says what to put where when there is no network', async ({ expect }) => {
    const offline = "data:text/javascript,globalThis.fetch=()=>Promise.reject(new TypeError('fetch failed'))";
    const data = join(folder, 'no-data');
    const { code, stdout, stderr } = await start(
      ['run', 'talk/popularity', '--data', data, '--results', results, '--backend', 'cpu'],
      offline,
    ).ended;
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^ml-100k\.zip: expected …\/no-data\/ml-100k\.zip .* put it there.*\.\n$/);
  });

  it.concurrent('refuses to put two protocols into one table, and says which field differs', async ({ expect }) => {
    const kept = join(folder, 'differing');
    for (const [model, split] of [
      ['popularity', 'random'],
      ['random', 'leave-last-out'],
    ] as const)
      expect(
        await footlight(...own('--time', 'timestamp', '--model', model, '--split', split, '--results', kept)),
      ).toMatchObject({
        code: 0,
      });
    const [apart, together] = await Promise.all([
      footlight('table', '--results', kept),
      footlight('table', 'own/likes-popularity', 'own/likes-random', '--results', kept),
    ]);
    expect(apart.code).toBe(0);
    expect(apart.stdout.match(/^\| own/gm)).toHaveLength(2);
    expect(together).toMatchObject({ code: 4, stdout: '' });
    expect(together.stderr).toMatch(
      /^footlight table: .* which differ in split\.name: .* Name rows that agree, or none for one table per protocol\.\n$/,
    );
  });

  it.concurrent('ends in order at Ctrl-C, and leaves earlier results as they were', async ({ expect }) => {
    const kept = join(folder, 'interrupted');
    const path = join(kept, 'own/likes-factorization.json');
    const args = own('--epochs', '1', '--results', kept);
    expect(await footlight(...args)).toMatchObject({ code: 0 });
    const before = await readFile(path, 'utf8');
    const { child, ended } = start(own('--epochs', '1000000', '--results', kept));
    await until(() => existsSync(join(kept, '.unfinished/own/likes-factorization/seed-42.checkpoint')));
    child.kill('SIGINT');
    expect(await ended).toEqual({
      code: 130,
      stdout: '',
      stderr: 'Interrupted. Go on with the same command and --resume.\n',
    });
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(await readdir(join(kept, 'own'))).toEqual(['likes-factorization.json', 'likes-factorization.values.json']);
  });

  it.concurrent('goes on after a kill, and ends with the numbers of a run that was not killed', async ({ expect }) => {
    const args = (name: string, epochs = '60'): string[] =>
      own('--epochs', epochs, '--seeds', '3', '--json', '--results', join(folder, name));
    const whole = footlight(...args('whole'));
    const { child, ended } = start(args('killed'));
    const unfinished = join(folder, 'killed/.unfinished/own/likes-factorization');
    await until(() => existsSync(join(unfinished, 'seed-43.checkpoint')));
    child.kill('SIGKILL');
    await ended;
    const first = JSON.parse(await readFile(join(unfinished, 'finished-seeds.json'), 'utf8')).runs[0];
    const other = await footlight(...args('killed', '61'), '--resume');
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toMatchInlineSnapshot(`
      "footlight run own/likes-factorization: expected unfinished seeds of this experiment, received those of another (its protocol, training, seed or backend differ). Run without --resume to start anew.
      "
    `);
    const resumed = await footlight(...args('killed'), '--resume');
    expect(JSON.parse(resumed.stdout).metrics).toEqual(JSON.parse((await whole).stdout).metrics);
    const kept = JSON.parse(await readFile(join(folder, 'killed/own/likes-factorization.json'), 'utf8'));
    expect(kept.runs[0].losses).toEqual(first.losses);
    expect(existsSync(unfinished)).toBe(false);
  });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
