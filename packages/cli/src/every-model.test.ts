import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeArtifact, loadArtifact, type Recommender } from '@footlight/trainer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findModel, findRatings } from './actions/find-model.js';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';
import { models } from './components/models.js';

// Every model of the command line is trained, saved, and asked for recommendations to a known user and to a new one.

/** Models that refuse a history, with a part of the sentence. */
const refusals: Readonly<Record<string, string>> = {
  'constant-rating': 'the same score for all',
  'neural-collaborative-filtering': 'no closed form',
  'two-tower': 'not the history',
  random: 'depend on the id of the user',
};
/** Models whose lists are the same for all users, but for the items that are left out. */
const impersonal = ['feature-popularity', 'popularity', 'sequence-popularity'];
/** Models that need features. */
const needFeatures = ['feature-popularity'];
const features = ['--item-features', 'items.csv', '--item-features-id', 'id', '--item-features-columns', 'third'];
const small: Readonly<Record<string, string>> = {
  'mult-vae': 'mult-vae(dims=[7, 3])',
  'mult-dae': 'mult-dae(dims=[5])',
  'rec-vae': 'rec-vae(dim=3, hidden=7)',
  ease: 'ease(regularization=5)',
  'lstm-rating': 'lstm-rating(hidden=5, history=4)',
};
const likes = { even: ['item 2', 'item 4'], odd: ['item 3', 'item 5', 'item 7'] };

describe('every model of the command line', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
    const rows = Array.from({ length: 40 }, (_, item) => `item ${item},${item % 3}`);
    await writeFile(join(line.folder, 'items.csv'), ['id,third', ...rows].join('\n'));
  });
  afterAll(() => line.remove());

  const getPath = (name: string) => join(line.folder, `${name}.safetensors`);
  const recommend = (name: string, ...args: readonly string[]) =>
    line.footlight('recommend', getPath(name), '--backend', 'cpu', '--count', '5', '--json', ...args);
  const open = async (name: string): Promise<Recommender> => {
    const description = await describeArtifact(getPath(name));
    return loadArtifact(getPath(name), await findModel(description, {}, line.folder), findRatings(description));
  };

  it.each(models.map((entry) => [entry.name, entry] as const))('%s survives --save', async (name, entry) => {
    const training = entry.kind === 'solver' ? [] : ['--epochs', '2'];
    const dims = entry.kind === 'solver' || entry.dimOptions.length === 0 ? [] : ['--dim', '6'];
    const rating = entry.needs === 'ratings' ? ['--rating', 'rating'] : [];
    const saved = await line.footlight(
      ...line.runTable(name, '--time', 'timestamp', '--model', small[name] ?? name, ...rating),
      ...[...training, ...dims, ...(needFeatures.includes(name) ? features : []), '--save', getPath(name)],
    );
    expect(saved, saved.stderr).toMatchObject({ code: 0 });
    const refusal = refusals[name];

    // a known user
    const known = await recommend(name, '--user', 'u4');
    const api = await open(name);
    if (name === 'constant-rating') {
      expect(known).toMatchObject({ code: 2, stderr: expect.stringContaining(refusal!) });
      expect(await api.predict({ user: 'u4' }, 'item 2')).toBeGreaterThan(1);
    } else {
      expect(JSON.parse(known.stdout)).toEqual(await api.recommend({ user: 'u4' }, 5));
      // a new user with the history of a known one: the same list where the model reads histories
      if (api.predictor.reads !== 'user')
        expect(await api.recommend({ history: api.getHistory('u4') }, 5)).toEqual(JSON.parse(known.stdout));
    }

    // a new user
    const [even, odd] = await Promise.all([
      recommend(name, '--history', likes.even.join(', ')),
      recommend(name, '--history', likes.odd.join(', ')),
    ]);
    if (refusal !== undefined) {
      expect(even).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(refusal) });
      expect(saved.stderr).not.toContain('--history');
    } else {
      expect(JSON.parse(even!.stdout)).toEqual(await api.recommend({ history: likes.even }, 5));
      expect(JSON.parse(odd!.stdout)).toEqual(await api.recommend({ history: likes.odd }, 5));
      if (!impersonal.includes(name)) expect(even!.stdout).not.toBe(odd!.stdout);
      expect(saved.stderr).toContain('--history');
    }
    expect(saved.stderr.includes('footlight predict')).toBe(rating.length > 0);
  });

  it('has the same lists in another process', async () => {
    const commands = models.flatMap(({ name }) => [
      ['recommend', getPath(name), '--backend', 'cpu', '--json', '--user', 'u4'],
      ['recommend', getPath(name), '--backend', 'cpu', '--json', '--history', likes.odd.join(', ')],
    ]);
    const here: string[] = [];
    for (const args of commands) {
      const { stdout, stderr } = await line.footlight(...args);
      here.push(stdout + stderr);
    }
    const fixture = fileURLToPath(new URL('./every-model.fixture.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@footlight/source', '--import', 'tsx', fixture, JSON.stringify(commands)],
      { cwd: fileURLToPath(new URL('..', import.meta.url)), maxBuffer: 2 ** 24 },
    );
    expect((JSON.parse(stdout) as string[]).map((text) => text.replaceAll(line.folder, '…'))).toEqual(here);
  });

  it('shows every command that it suggests at work', async () => {
    const artifact = join(line.folder, 'stars.safetensors');
    const saved = await line.footlight(
      ...line.runTable('stars', '--rating', 'rating', '--loss', 'squared', '--dim', '4', '--epochs', '2'),
      ...['--save', artifact],
    );
    const suggested = saved.stderr.split('\n').filter((each) => each.startsWith('  footlight '));
    expect(suggested.map((each) => each.replaceAll(/'[^']*'/g, '…'))).toMatchInlineSnapshot(`
      [
        "  footlight recommend …/stars.safetensors --history … --ratings …",
        "  footlight recommend …/stars.safetensors --user u0",
        "  footlight predict …/stars.safetensors --user u0 --item …",
      ]
    `);
    for (const each of suggested) {
      const words = each
        .trim()
        .match(/'[^']*'|\S+/g)!
        .slice(1);
      const args = words.map((word) => word.replaceAll("'", '').replace('…', line.folder));
      expect(await line.footlight(...args, '--backend', 'cpu')).toMatchObject({ code: 0 });
    }
  });
});
