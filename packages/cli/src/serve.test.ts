import { copyFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from '@footlight/serve/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CommandLine, createCommandLine } from './command-line.fixture.js';
import { execute } from './run-command-line.js';

describe('footlight serve', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
    const save = (name: string, dim: string) =>
      line.footlight(
        ...line.runTable(name, '--epochs', '1', '--dim', dim, '--save', join(line.folder, `${name}.safetensors`)),
      );
    expect((await save('a', '4')).code).toBe(0);
    expect((await save('b', '8')).code).toBe(0);
  }, 60_000);
  afterAll(() => line.remove());

  it('answers requests, loads files again at SIGHUP, refuses wrong ones, and ends in order', async () => {
    const [served, other] = ['a', 'b'].map((name) => join(line.folder, `${name}.safetensors`)) as [string, string];
    const output = { out: '', err: '' };
    const write = (name: 'out' | 'err') => ({
      write(text: string) {
        output[name] += text;
      },
    });
    const ending = new AbortController();
    let hangUp = (): void => {};
    const ended = execute(['serve', served, '--port', '0', '--backend', 'cpu'], {
      ...{ cwd: line.folder, signal: ending.signal, out: write('out'), err: write('err') },
      onHangUp: (reload) => {
        hangUp = reload;
      },
    });
    const url = await vi.waitUntil(() => /http:\S+\d/.exec(output.err)?.[0], { timeout: 60_000 });
    const client = createClient(url, { milliseconds: 60_000 });
    const { recommendations } = await client.recommend({ user: 'u1', count: 3 });
    expect(recommendations).toHaveLength(3);
    const [before] = await client.readModels();
    expect(before).toMatchObject({ name: 'a', model: { protocol: { dim: 4 } }, data: { users: 53 } });
    expect(before!.card).toMatchObject({ artifact: { hash: before!.hash }, data: { train: 265 } });

    await copyFile(other, served);
    hangUp();
    await vi.waitUntil(() => output.err.includes('Models loaded again'), { timeout: 60_000 });
    const [after] = await client.readModels();
    expect(after).toMatchObject({ name: 'a', model: { protocol: { dim: 8 } } });
    expect(after).not.toHaveProperty('card'); // that of the file before
    expect(output.err).toContain('a.safetensors.card.json: the card of another file (');

    await copyFile(line.file, served);
    await utimes(served, 1, 1);
    hangUp();
    await vi.waitUntil(() => output.err.includes('The earlier models stay.'), { timeout: 60_000 });
    expect((await client.recommend({ user: 'u1' })).model).toBe('a');

    ending.abort();
    expect(await ended).toBe(0);
    await expect(client.readHealth()).rejects.toThrow('expected an answer');
    const records = output.out.trim().split('\n');
    expect(JSON.parse(records[0]!)).toMatchObject({ path: '/recommend', status: 200, model: 'a' });
  }, 240_000);

  it('says what is wrong with its options', async () => {
    const file = join(line.folder, 'b.safetensors');
    const serve = async (...args: string[]) => (await line.footlight('serve', ...args, '--backend', 'cpu')).stderr;
    expect(await serve(file, '--share', '90,10')).toContain(
      '--share: expected a percentage for each of 1 files, which sum to 100, received "90,10".',
    );
    expect(await serve(file, file)).toContain('expected files with different names, received b twice');
    expect(await serve(file, '--host', '203.0.113.1', '--port', '0')).toContain('Expected a free port on 203.0.113.1');
    expect(await serve('none.safetensors')).toContain('none.safetensors');
  }, 60_000);
});
