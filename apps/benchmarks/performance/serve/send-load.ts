import { createRng } from '@footlight/core';
import { Pool } from 'undici';
import type { ServeCase } from './cases.js';

/** What a load measured. */
export interface LoadResult {
  /** Lists that arrived. */
  readonly lists: number;
  readonly listsPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  readonly requests: number;
  /** Requests without an answer, with a status other than 200, or with too few lists or items. */
  readonly failed: number;
}

/** Items of a list. */
const count = 10;

/**
 * Sends requests over several connections, each of which waits for an answer before it sends the next one.
 */
export async function sendLoad(
  url: string,
  { size, connections, lists, history }: ServeCase,
  seconds: number,
): Promise<LoadResult> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const rng = createRng(3);
  const draw = (bound: number) => Math.floor(rng.next() * bound);
  const createRequest = () =>
    history > 0
      ? { history: Array.from({ length: history }, () => draw(size.items)), count }
      : { user: draw(size.users), count };
  const path = lists > 1 ? '/recommend/batch' : '/recommend';
  const createBody = () =>
    JSON.stringify(lists > 1 ? { requests: Array.from({ length: lists }, createRequest) } : createRequest());
  const start = performance.now();
  const end = start + 1000 * seconds;
  const times: number[] = [];
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let begun = performance.now(); begun < end; begun = performance.now()) {
      const isComplete = await sendRequest(pool, path, createBody(), lists).catch(() => false);
      times.push(performance.now() - begun);
      if (!isComplete) failed++;
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const elapsed = (performance.now() - start) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  const findQuantile = (part: number) =>
    times[Math.min(times.length - 1, Math.floor(part * times.length))] ?? Number.NaN;
  return {
    lists: (times.length - failed) * lists,
    listsPerSecond: ((times.length - failed) * lists) / elapsed,
    p50Milliseconds: findQuantile(0.5),
    p99Milliseconds: findQuantile(0.99),
    requests: times.length,
    failed,
  };
}

/** @returns whether the answer has all lists with all items */
async function sendRequest(pool: Pool, path: string, body: string, lists: number): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const { statusCode, body: answer } = await pool.request({ path, method: 'POST', headers, body });
  const text = await answer.text();
  return statusCode === 200 && text.split('"item":').length - 1 === lists * count;
}
