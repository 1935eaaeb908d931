// structure: each test is one way in which a server or a connection fails
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createRng } from '@footlight/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { catchMessage, createTemporaryFolder, zipFiles } from '../temporary-folder.fixture.js';
import type { ArchiveUse } from '../types.js';
import { obtainArchive } from './obtain-archive.js';

const rng = createRng(1);
const ratings = Array.from({ length: 20_000 }, () => rng.integer(1000)).join('\n');
const zip = Buffer.from(zipFiles({ 'x/ratings.csv': ratings, 'x/books.csv': 'title\n' }));
const gzip = gzipSync(ratings);
const html = '<!DOCTYPE html><html><body>Please log in</body></html>';

type Respond = (request: IncomingMessage, response: ServerResponse, attempt: number) => unknown;

async function serve(respond: Respond): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => void respond(request, response, requests.push(request)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`, requests };
}

/** Obtains a file without a published checksum; the message of the error without what differs between runs. */
async function obtain(url: string, fileName: string, folder = createTemporaryFolder()): Promise<string> {
  const work = obtainArchive({ fileName, url }, { directory: folder }, { attempts: 3, milliseconds: 1 });
  const message = await catchMessage(work, folder);
  if (message === 'nothing was thrown') return 'obtained';
  const problem = /received (.*?)\. (The download was deleted|Download http)/.exec(message)?.[1] ?? message;
  if (existsSync(join(folder, fileName))) throw new Error(`${fileName} is there: ${message}`);
  return problem;
}

const send =
  (content: Buffer | string, headers: Record<string, string | number> = {}): Respond =>
  (_, response) =>
    response.writeHead(200, { 'content-length': Buffer.byteLength(content), ...headers }).end(content);

describe('a download without a published checksum', () => {
  it('gets its name if it is whole, and keeps its checksum in words', async () => {
    const folder = createTemporaryFolder();
    const { url } = await serve(send(zip));
    expect(await obtain(url, 'books.zip', folder)).toBe('obtained');
    expect(readdirSync(folder).toSorted()).toEqual(['books.zip', 'books.zip.sha256']);
    const record = readFileSync(join(folder, 'books.zip.sha256'), 'utf8');
    expect(
      record.replace(/127\.0\.0\.1:\d+|\d{4}-\d\d-\d\d/g, '…').replace(/^[0-9a-f]{64}/m, 'sum'),
    ).toMatchInlineSnapshot(`
      "# books.zip as it was first downloaded from http://…/file, ….
      # Its publisher states no checksum, so a later download has to equal this one.
      # Delete this file to accept another one.
      sum  books.zip
      "
    `);
    expect(record).toContain(`${createHash('sha256').update(zip).digest('hex')}  books.zip`);
  });

  it('is refused if it is another kind of file, cut off or damaged', async () => {
    const damaged = Buffer.from(zip);
    damaged[60]! ^= 1;
    const received = {
      html: await obtain((await serve(send(html))).url, 'books.zip'),
      htmlAsGzip: await obtain((await serve(send(html))).url, 'reviews.json.gz'),
      htmlAsCsv: await obtain((await serve(send(html))).url, 'ratings.csv'),
      zipAsCsv: await obtain((await serve(send(zip))).url, 'ratings.csv'),
      text: await obtain((await serve(send('not found'))).url, 'books.zip'),
      empty: await obtain((await serve(send(''))).url, 'ratings.csv'),
      halfZip: await obtain((await serve(send(zip.subarray(0, zip.length / 2)))).url, 'books.zip'),
      halfGzip: await obtain((await serve(send(gzip.subarray(0, gzip.length / 2)))).url, 'reviews.json.gz'),
      damagedZip: await obtain((await serve(send(damaged))).url, 'books.zip'),
      encoded: await obtain((await serve(send(gzip, { 'content-encoding': 'gzip' }))).url, 'ratings.csv'),
    };
    expect(received).toMatchInlineSnapshot(`
      {
        "damagedZip": "one that is cut off or damaged (invalid code -- missing end-of-block)",
        "empty": "an empty file",
        "encoded": "the file in the encoding gzip, which was not requested",
        "halfGzip": "one that is cut off or damaged (unexpected end of file)",
        "halfZip": "one that is cut off or damaged (End of central directory record signature not found. Either not a zip file, or file is truncated.)",
        "html": "an HTML page",
        "htmlAsCsv": "an HTML page",
        "htmlAsGzip": "an HTML page",
        "text": "another file",
        "zipAsCsv": "a zip archive",
      }
    `);
  }, 30_000);

  it('is refused if it ends before the length that was announced', async () => {
    const { url, requests } = await serve((_, response) =>
      response.writeHead(200, { 'content-length': 1000 }).write('user,item\n1,2\n', () => response.destroy()),
    );
    expect(await obtain(url, 'ratings.csv')).not.toBe('obtained');
    expect(requests.length).toBeGreaterThan(1);
  });

  it('is refused without a length if nothing else shows that it is whole', async () => {
    const server = createSocketServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nuser,item\n1,2\n'));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
    expect(await obtain(url, 'ratings.csv')).toMatchInlineSnapshot(
      `"a file whose size the server did not say, so that it may be cut off"`,
    );
    const chunked = await serve((_, response) => {
      response.write('user,item\n');
      response.end('1,2\n');
    });
    expect(await obtain(chunked.url, 'ratings.csv')).toBe('obtained');
  });

  it.each([
    ['other bytes', (from: number) => `bytes ${from + 1}-${zip.length - 1}/${zip.length}`],
    ['another end', (from: number) => `bytes ${from}-${zip.length - 2}/${zip.length}`],
    ['another size', (from: number) => `bytes ${from}-${zip.length}/${zip.length + 1}`],
    ['no range', () => undefined],
  ])('is requested again as a whole if the server continues with %s', async (_, describeRange) => {
    const { url, requests } = await serve(({ headers }, response, attempt) => {
      const from = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
      if (attempt === 1) {
        response.writeHead(200, { 'content-length': zip.length, etag: '"1"' });
        response.write(zip.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20));
      } else if (from === 0) send(zip)(response.req, response, attempt);
      else {
        const range = describeRange(from);
        const part = zip.subarray(from);
        response.writeHead(206, { 'content-length': part.length, ...(range && { 'content-range': range }) }).end(part);
      }
    });
    const folder = createTemporaryFolder();
    expect(await obtain(url, 'books.zip', folder)).toBe('obtained');
    expect(zip.equals(readFileSync(join(folder, 'books.zip')))).toBe(true);
    expect(requests.length).toBeGreaterThan(1);
  });

  it('is whole from a slow server', async () => {
    const { url } = await serve(async (_, response) => {
      response.writeHead(200, { 'content-length': gzip.length });
      for (let from = 0; from < gzip.length; from += 1000) {
        response.write(gzip.subarray(from, from + 1000));
        await wait(2);
      }
      response.end();
    });
    expect(await obtain(url, 'reviews.json.gz')).toBe('obtained');
  });

  it('has to equal the first download, and a changed file is told', async () => {
    const folder = createTemporaryFolder();
    let content = zip;
    const { url } = await serve((request, response, attempt) => send(content)(request, response, attempt));
    expect(await obtain(url, 'books.zip', folder)).toBe('obtained');
    rmSync(join(folder, 'books.zip'));
    content = Buffer.from(zipFiles({ 'x/ratings.csv': '1' }));
    expect(
      (await obtain(url, 'books.zip', folder)).replace(/[0-9a-f]{64}/g, '…').replace(/:\d{4,5}/, ''),
    ).toMatchInlineSnapshot(`"sha256:… from http://127.0.0.1/file"`);
    content = zip;
    expect(await obtain(url, 'books.zip', folder)).toBe('obtained');
    const seen: ArchiveUse['checksum'][] = [];
    const look = () =>
      obtainArchive({ fileName: 'books.zip' }, { directory: folder, onArchive: ({ checksum }) => seen.push(checksum) });
    await look();
    writeFileSync(join(folder, 'books.zip'), 'other');
    await look();
    expect(seen).toEqual(['unknown', 'other']);
  });

  it('is downloaded once by two processes at once', async () => {
    const { url, requests } = await serve(async (request, response, attempt) => {
      await wait(300);
      send(zip)(request, response, attempt);
    });
    const folder = createTemporaryFolder();
    const fixture = fileURLToPath(new URL('obtain-once.fixture.ts', import.meta.url));
    const start = async (): Promise<number> => {
      const flags = ['--conditions=@footlight/source', '--import', 'tsx', fixture, url, folder, 'books.zip'];
      const [code] = await once(spawn(process.execPath, flags, { stdio: 'inherit' }), 'exit');
      return code as number;
    };
    expect(await Promise.all([start(), start()])).toEqual([0, 0]);
    expect(requests).toHaveLength(1);
    expect(zip.equals(readFileSync(join(folder, 'books.zip')))).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(['books.zip', 'books.zip.sha256']);
  }, 60_000);
});
