import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type FileFault, interceptFiles } from '@footlight/tooling-vitest/file-faults';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTemporaryFolder } from '../temporary-folder.fixture.js';
import { obtainArchive } from './obtain-archive.js';

const content = Buffer.from('ratings, '.repeat(9_001));
const sha256 = createHash('sha256').update(content).digest('hex');

/** A server that continues downloads of its only version. */
async function serve(): Promise<string> {
  const server = createServer(({ headers }, response) => {
    const from = headers['if-range'] === '"1"' ? Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0) : 0;
    const part = content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': part.length,
      etag: '"1"',
      ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    });
    response.end(part);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/ml-x.csv`;
}

describe.each(['with a published checksum', 'without one'])('a download %s', (which) => {
  const checksum = which === 'without one' ? {} : { checksum: `sha256:${sha256}` };
  async function prepare() {
    const [directory, url] = [createTemporaryFolder(), await serve()];
    const obtain = () =>
      obtainArchive({ fileName: 'ml-x.csv', url, ...checksum }, { directory }, { attempts: 2, milliseconds: 1 });
    const obtainWith = async (fault: FileFault, at: number) => {
      const files = interceptFiles(directory, ({ number }) => (number === at ? fault : undefined));
      const error = await obtain().then(
        () => undefined,
        (cause: Error) => cause,
      );
      files.restore();
      return { files, error };
    };
    const list = () => readdirSync(directory).sort();
    const clear = () => {
      rmSync(directory, { recursive: true });
      mkdirSync(directory);
    };
    const read = () => readFileSync(join(directory, 'ml-x.csv'));
    return { directory, obtain, obtainWith, list, clear, read };
  }

  it('is complete after its process ended at any operation, and leaves no other file', async () => {
    const { directory, obtain, obtainWith, list, clear, read } = await prepare();
    await obtain();
    const names = list();
    for (const crash of ['before', 'within', 'after'] as const)
      for (let at = 0; ; at++) {
        clear();
        const { files } = await obtainWith({ crash }, at);
        if (!files.crashed) break;
        expect(!list().includes('ml-x.csv') || read().equals(content)).toBe(true); // whole, or not there
        for (const name of list().filter((each) => each.includes('.lock'))) {
          const path = join(directory, name);
          writeFileSync(path, readFileSync(path, 'utf8').replace(/"process": \d+/, `"process": ${2 ** 22 + 7}`));
          utimesSync(path, new Date(), Date.now() / 1000 - 11);
        }
        await obtain();
        expect(read().equals(content)).toBe(true);
        // The lock of a process that has ended stays until the next download takes it over.
        const left = list().filter((each) => !each.includes('.lock'));
        expect({ after: files.operations[at], left }).toEqual({ after: files.operations[at], left: names });
      }
  }, 60_000);

  it('reports a disk that is full, and gives no part the name of the archive', async () => {
    const { directory, obtain, obtainWith, clear, read } = await prepare();
    const { files } = await obtainWith({ code: 'ENOSPC' }, -1);
    const writes = files.operations.flatMap((each, at) => (each.startsWith('write') ? [at] : []));
    expect(writes.length).toBeGreaterThan(2);
    for (const at of writes) {
      clear();
      const { error } = await obtainWith({ code: 'ENOSPC', partly: true }, at);
      expect(error).toMatchObject({ code: expect.stringMatching(/^(disk-full|write-failed)$/) });
      expect(existsSync(join(directory, 'ml-x.csv'))).toBe(false);
      await obtain();
      expect(read().equals(content)).toBe(true);
    }
  });
});
