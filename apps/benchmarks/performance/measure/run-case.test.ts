import { describe, expect, it } from 'vitest';
import type { BenchmarkCase, Measurement } from './benchmark-case.js';
import type { PeerProcess, Peers } from './peer-process.js';
import { runCase } from './run-case.js';

/** A case whose times are given by round. */
function createCase(own: readonly Partial<Measurement>[], newProcesses = false): BenchmarkCase {
  const measurements = own.map((each) => ({ seconds: 1, ...each }));
  return {
    group: 'Reading',
    name: 'read',
    unit: 'file',
    maxRatio: 1,
    prepare: async () => ({
      run: () => measurements.shift()!,
      request: [{ work: 'one' }, { work: 'two' }],
      newProcesses,
    }),
  };
}

/** Peers whose measurements are given by work and round; they count the processes that were started. */
function createPeers(byWork: Readonly<Record<string, readonly Partial<Measurement>[]>>): Peers & { started: number } {
  const left = Object.fromEntries(Object.entries(byWork).map(([work, each]) => [work, [...each]]));
  const createProcess = (work: string): PeerProcess => ({
    prepare: async () => (left[work] ? [work] : []),
    run: async () => ({ [work]: { seconds: 1, ...left[work]!.shift()! } }),
    readPeakBytes: async () => 7e8,
    close: () => undefined,
  });
  return {
    started: 0,
    get: ({ work }) => createProcess(work),
    start({ work }) {
      this.started++;
      return createProcess(work);
    },
    close: () => undefined,
  };
}

const toSeconds = (...seconds: number[]) => seconds.map((each) => ({ seconds: each }));
const options = { rounds: 3, warmUp: false, pause: 0, onLoad: () => undefined };

describe('runCase', () => {
  it('compares times within rounds, so that changing load cancels', async () => {
    // 1 / 4, 6 / 12 and 2 / 10 against one; the fastest of each round takes 4, 3 and 10
    const peers = createPeers({ one: toSeconds(4, 12, 10), two: toSeconds(40, 3, 20) });
    const result = await runCase(createCase(toSeconds(1, 6, 2)), { ...options, peers });
    expect(result.seconds.median).toBe(2);
    expect(result.peers.one).toMatchObject({
      seconds: { median: 10, smallest: 4, largest: 12 },
      ratio: { median: 0.25, smallest: 0.2, largest: 0.5 },
    });
    expect(result.ratio).toEqual({ median: 0.25, smallest: 0.2, largest: 2 });
    expect(result).not.toHaveProperty('prepare');
  });

  it('does not count the round that warms up', async () => {
    const result = await runCase(createCase(toSeconds(100, 1, 1, 1)), { ...options, warmUp: true });
    expect(result.seconds.largest).toBe(1);
  });

  it('measures Footlight alone where peers are skipped or not installed', async () => {
    expect(await runCase(createCase(toSeconds(1, 1, 1)), options)).toMatchObject({ peers: {} });
    const result = await runCase(createCase(toSeconds(1, 1, 1)), { ...options, peers: createPeers({}) });
    expect(result).toMatchObject({ peers: {} });
    expect(result).not.toHaveProperty('ratio');
  });

  it('compares with peers of the case itself, unless Footlight is measured alone, and closes the case', async () => {
    let closed = 0;
    const create = (): BenchmarkCase => ({
      ...createCase([]),
      prepare: async () => ({
        run: () => ({ seconds: 1 }),
        otherPeers: { page: async () => ({ seconds: 4 }) },
        close: async () => void closed++,
      }),
    });
    expect(await runCase(create(), options)).toMatchObject({ ratio: { median: 0.25 }, peers: { page: {} } });
    expect((await runCase(create(), { ...options, alone: true })).peers).toEqual({});
    expect(closed).toBe(2);
    const failing = {
      ...create(),
      prepare: async () => ({ ...(await create().prepare()), run: () => expect.fail('x') }),
    };
    await expect(runCase(failing, options)).rejects.toThrow('x');
    expect(closed).toBe(3);
  });

  it('starts a process per run where peak memory is that of one run', async () => {
    const peers = createPeers({ one: toSeconds(1, 1, 1) });
    const result = await runCase(createCase(toSeconds(1, 1, 1), true), { ...options, peers });
    expect(peers.started).toBe(2 + 3); // two for the names, three runs
    expect(result.peers.one!.peakBytes!.median).toBe(7e8);
  });

  it('refuses outcomes with different rows or checksums', async () => {
    const rows = createPeers({ one: [{ rows: 11 }, { rows: 11 }, { rows: 11 }] });
    const same = [{ rows: 7, checksum: 5 }, { rows: 7, checksum: 5 }, { rows: 7 }];
    await expect(runCase(createCase(same), { ...options, peers: rows })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bench (read): expected equal rows, received 7, 11.]`,
    );
    const checksum = createPeers({ one: [{ rows: 7 }, { rows: 7 }, { checksum: 13 }] });
    await expect(runCase(createCase(same), { ...options, peers: checksum })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bench (read): expected equal checksum, received 5, 13.]`,
    );
  });
});
