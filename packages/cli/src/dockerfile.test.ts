import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createServeCommand } from './commands/serve.js';
import type { Context } from './context.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the Dockerfile of footlight serve', () => {
  it('starts the program of this package without a shell, with options that the command has', async () => {
    const dockerfile = await read('../../serve/docker/Dockerfile');
    const entry = JSON.parse(/^ENTRYPOINT (\[.*\])$/m.exec(dockerfile)![1]!) as string[];
    const { bin } = JSON.parse(await read('../package.json')) as { bin: { footlight: string } };
    expect(entry.slice(0, 3)).toEqual(['node', `node_modules/footlight/${bin.footlight.slice(2)}`, 'serve']);
    const options = createServeCommand({} as Context).options.map(({ long }) => long);
    const compose = await read('../../serve/docker/compose.yaml');
    const used = [...entry, ...compose.match(/^ {4}command: .*models.*$/m)![0].split(/[ ,]+/)];
    expect(used.filter((word) => word.startsWith('--')).sort()).toEqual(['--host', '--port', '--redis', '--watch']);
    expect(options).toEqual(expect.arrayContaining(['--host', '--port', '--redis', '--watch']));
  });

  it('has a health check that fails where nothing answers, and a user without privileges', async () => {
    const dockerfile = await read('../../serve/docker/Dockerfile');
    const check = JSON.parse(/CMD (\["node", "-e".*\])$/m.exec(dockerfile)![1]!) as string[];
    const exits: number[] = [];
    const run = (fetched: () => Promise<{ ok: boolean }>) =>
      new Function('fetch', 'process', check[2]!)(fetched, { exit: (code: number) => exits.push(code) });
    run(async () => ({ ok: true }));
    run(async () => ({ ok: false }));
    run(async () => Promise.reject(new Error('refused')));
    await new Promise((resolve) => setImmediate(resolve));
    expect(exits.sort()).toEqual([0, 1, 1]);
    expect(dockerfile.slice(dockerfile.lastIndexOf('FROM'))).toMatch(/^USER node$/m);
  });
});
