// structure: the tests share a server that fails in many ways
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Progress } from '@footlight/core';
import { interceptFiles } from '@footlight/tooling-vitest/file-faults';
import { describe, expect, it, onTestFinished } from 'vitest';
import { catchMessage, createTemporaryFolder } from '../temporary-folder.fixture.js';
import { obtainArchive } from './obtain-archive.js';

const content = Buffer.from('ratings, '.repeat(100_003));
const md5 = createHash('md5').update(content).digest('hex');
const retry = { attempts: 3, milliseconds: 1 };

type Respond = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

/** A server on this machine, and the requests that it received. */
async function serve(respond: Respond): Promise<{ url: string; requests: IncomingMessage[]; close(): Promise<void> }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => respond(request, response, requests.push(request)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ml-x.zip`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    if (server.listening) await once(server.close(), 'close');
  };
  onTestFinished(close);
  return { url, requests, close };
}

const whole: Respond = (_, response) => response.writeHead(200, { 'content-length': content.length }).end(content);

/** Sends the first half and closes the connection; continues at the requested byte if the version is the same. */
function interrupt(version: () => string, ranges = true): Respond {
  return ({ headers }, response, attempt) => {
    const from =
      ranges && headers['if-range'] === version() ? Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0) : 0;
    const part = content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': part.length,
      etag: version(),
      ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    });
    if (attempt === 1)
      response.write(part.subarray(0, content.length / 2), () => setTimeout(() => response.destroy(), 50));
    else response.end(part);
  };
}

async function obtain(
  url: string,
  directory: string,
  options: { checksum?: string; onProgress?: (progress: Progress) => void } = {},
): Promise<string> {
  const { checksum = `md5:${md5}`, onProgress } = options;
  return obtainArchive(
    { fileName: 'ml-x.zip', url, checksum },
    { directory, ...(onProgress && { onProgress }) },
    retry,
  );
}

const withoutPort = (message: string): string => message.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1');

describe('obtainArchive', () => {
  it('downloads once where several processes need the same file', async () => {
    const { url, requests } = await serve((request, response, attempt) =>
      setTimeout(() => whole(request, response, attempt), 200),
    );
    const directory = createTemporaryFolder();
    const labels: string[] = [];
    const onProgress = ({ label }: Progress): void => void labels.push(label);
    await Promise.all([1, 2, 3].map(() => obtain(url, directory, { onProgress })));
    expect(requests).toHaveLength(1);
    expect(readdirSync(directory)).toEqual(['ml-x.zip']);
    expect(content.equals(readFileSync(join(directory, 'ml-x.zip')))).toBe(true);
    expect(labels).toContain('wait for another download of ml-x.zip');
  });

  it('downloads into the folder, reports progress and leaves no other file', async () => {
    const folder = createTemporaryFolder();
    const seen: Progress[] = [];
    const { url } = await serve(whole);
    const path = await obtain(url, folder, { onProgress: (progress) => seen.push(progress) });
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(readdirSync(folder)).toEqual(['ml-x.zip']);
    expect(seen.at(-1)).toEqual({
      label: 'download ml-x.zip',
      unit: 'bytes',
      done: content.length,
      total: content.length,
    });
  });

  it('creates the folder', async () => {
    const folder = join(createTemporaryFolder(), 'new', 'folder');
    expect(await obtain((await serve(whole)).url, folder)).toBe(join(folder, 'ml-x.zip'));
  });

  it('uses an existing file as it is, without a request', async () => {
    const folder = createTemporaryFolder({ 'ml-x.zip': 'my file' });
    const { url, requests } = await serve(whole);
    expect(readFileSync(await obtain(url, folder), 'utf8')).toBe('my file');
    expect(requests).toHaveLength(0);
  });

  it('continues after an interrupted connection', async () => {
    const { url, requests } = await serve(interrupt(() => '"one"'));
    const path = await obtain(url, createTemporaryFolder());
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(requests[1]!.headers['if-range']).toBe('"one"');
    expect(Number(/bytes=(\d+)-/.exec(requests[1]!.headers.range!)![1])).toBeGreaterThan(0);
  });

  it('starts again if the file has changed, or if the server does not support ranges', async () => {
    let version = 0;
    for (const respond of [interrupt(() => `"${version++}"`), interrupt(() => '"one"', false)]) {
      const path = await obtain((await serve(respond)).url, createTemporaryFolder());
      expect(readFileSync(path).equals(content)).toBe(true);
    }
  });

  it('continues in a later call', async () => {
    const folder = createTemporaryFolder();
    const { url, requests } = await serve(interrupt(() => '"one"'));
    const once = { attempts: 1, milliseconds: 1 };
    const archive = { fileName: 'ml-x.zip', url, checksum: `md5:${md5}` };
    await expect(obtainArchive(archive, { directory: folder }, once)).rejects.toMatchObject({
      code: 'download-failed',
    });
    expect(existsSync(join(folder, 'ml-x.zip'))).toBe(false);
    await obtainArchive(archive, { directory: folder }, once);
    expect(readFileSync(join(folder, 'ml-x.zip')).equals(content)).toBe(true);
    expect(requests[1]!.headers.range).toMatch(/^bytes=[1-9]/);
    expect(readdirSync(folder)).toEqual(['ml-x.zip']);
  });

  it('retries after errors of the server', async () => {
    const { url, requests } = await serve((request, response, attempt) =>
      attempt < 3 ? response.writeHead(attempt === 1 ? 503 : 429).end() : whole(request, response, attempt),
    );
    await obtain(url, createTemporaryFolder());
    expect(requests).toHaveLength(3);
  });

  it('does not retry if the server refuses the file', async () => {
    const { url, requests } = await serve((_, response) => response.writeHead(404, 'Not Found').end());
    const folder = createTemporaryFolder();
    expect(withoutPort(await catchMessage(obtain(url, folder), folder))).toMatchInlineSnapshot(
      `"ml-x.zip: expected <folder>/ml-x.zip or a download from http://127.0.0.1/ml-x.zip, received the server answered 404 Not Found. Download http://127.0.0.1/ml-x.zip on a machine with a network and put it there, or set FOOTLIGHT_DATA to the folder that holds it."`,
    );
    expect(requests).toHaveLength(1);
  });

  it('says which file to put where if there is no network', async () => {
    const folder = createTemporaryFolder();
    const { url, close } = await serve(whole);
    await close();
    expect(withoutPort(await catchMessage(obtain(url, folder), folder))).toMatchInlineSnapshot(
      `"ml-x.zip: expected <folder>/ml-x.zip or a download from http://127.0.0.1/ml-x.zip, received connect ECONNREFUSED 127.0.0.1. Download http://127.0.0.1/ml-x.zip on a machine with a network and put it there, or set FOOTLIGHT_DATA to the folder that holds it."`,
    );
    expect(
      await catchMessage(obtainArchive({ fileName: 'own.zip' }, { directory: folder }), folder),
    ).toMatchInlineSnapshot(
      `"own.zip: expected <folder>/own.zip, received no such file. It cannot be downloaded: get it from its owners and put it there, or set FOOTLIGHT_DATA to the folder that holds it."`,
    );
  });

  it('deletes a download with a wrong checksum', async () => {
    const folder = createTemporaryFolder({ 'ml-y.zip': 'kept' });
    const { url } = await serve((_, response) => response.end('<html>Please log in</html>'));
    expect(withoutPort(await catchMessage(obtain(url, folder), folder))).toMatchInlineSnapshot(
      `"<folder>/ml-x.zip: expected a download with the checksum md5:bdbe53d9cc04db8fdcb6fc2367dab0a3, received md5:fcfe9946f2dd7c7a84f71bc174d3928b from http://127.0.0.1/ml-x.zip. The download was deleted: load again, or put the original file there."`,
    );
    expect(readdirSync(folder)).toEqual(['ml-y.zip']);
  });

  it('leaves the folder as it was if the disk is full', async () => {
    const folder = createTemporaryFolder({ 'ml-y.zip': 'kept' });
    const files = interceptFiles(folder, ({ operation }) =>
      operation === 'write ml-x.zip.part' ? { code: 'ENOSPC', partly: true } : undefined,
    );
    onTestFinished(() => files.restore());
    const { url } = await serve(whole);
    expect(await catchMessage(obtain(url, folder), folder)).toMatchInlineSnapshot(
      `"<folder>/ml-x.zip: expected free disk space for the download, received ENOSPC: injected fault, write. The partial download was deleted; free some space, or set FOOTLIGHT_DATA to a folder on another disk."`,
    );
    expect(readdirSync(folder)).toEqual(['ml-y.zip']);
  });

  it('stops when the signal is aborted, and keeps the partial download', async () => {
    const folder = createTemporaryFolder();
    const stop = new AbortController();
    const { url } = await serve((_, response) => {
      response.writeHead(200, { etag: '"one"', 'content-length': content.length }).write(content.subarray(0, 100_003));
    });
    const stopped = obtainArchive(
      { fileName: 'ml-x.zip', url },
      {
        directory: folder,
        signal: stop.signal,
        onProgress: () => setTimeout(() => stop.abort(new Error('enough')), 50),
      },
      retry,
    );
    await expect(stopped).rejects.toThrow('enough');
    expect(readdirSync(folder).toSorted()).toEqual(['ml-x.zip.part', 'ml-x.zip.part.version']);
  });
});
