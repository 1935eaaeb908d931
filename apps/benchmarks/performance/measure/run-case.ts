import { loadavg } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { RecsysError } from '@footlight/core';
import type { BenchmarkCase, Measurement, PreparedCase } from './benchmark-case.js';
import type { PeerProcess, Peers } from './peer-process.js';
import { computeSpread, type Spread } from './spread.js';

/** Measurements of Footlight or of a peer. */
export interface Times {
  readonly seconds: Spread;
  /** Time of all processors together. */
  readonly processorSeconds?: Spread;
  /** Most memory that the process held at one time. */
  readonly peakBytes?: Spread;
  /** Measurements by round. */
  readonly runs?: readonly Measurement[];
}

/** Result of a case. */
export interface BenchmarkResult extends Omit<BenchmarkCase, 'prepare'>, Times {
  /** Peers by name; empty where none is installed. */
  readonly peers: Readonly<Record<string, PeerTimes>>;
  /** Footlight's time divided by that of the fastest peer, by round. */
  readonly ratio?: Spread;
}

export interface PeerTimes extends Times {
  /** Footlight's time divided by that of this peer, by round: rounds of one case meet the same load. */
  readonly ratio?: Spread;
}

export interface RunCaseOptions {
  readonly rounds: number;
  /** Whether a first round warms up and is not counted. */
  readonly warmUp: boolean;
  /** Peers in Python; absent if they are skipped. */
  readonly peers?: Peers | undefined;
  /** Whether Footlight is measured without any peer. Default false. */
  readonly alone?: boolean;
  /**
   * Pause after each run, in milliseconds: threads that wait for work by spinning need a while to sleep. Default 300.
   */
  readonly pause?: number;
  /** Called after each round with the load average of the last minute. */
  readonly onLoad: (load: number) => void;
}

/**
 * Runs a case in rounds: Footlight first, then each peer.
 *
 * @throws {RecsysError} `results-differ` if rows or checksums differ
 */
export async function runCase(benchmark: BenchmarkCase, options: RunCaseOptions): Promise<BenchmarkResult> {
  const prepared = await benchmark.prepare();
  try {
    return await runPrepared(benchmark, prepared, options);
  } finally {
    await prepared.close?.();
  }
}

async function runPrepared(
  benchmark: BenchmarkCase,
  prepared: PreparedCase,
  options: RunCaseOptions,
): Promise<BenchmarkResult> {
  const pause = () => setTimeout(options.pause ?? 300);
  const peers = options.alone ? [] : await preparePeers(prepared, options.peers);
  const own: Measurement[] = [];
  const others: Record<string, Measurement[]> = {};
  for (let round = options.warmUp ? -1 : 0; round < options.rounds; round++) {
    const measurement = await prepared.run();
    await pause();
    const answers = await runPeers(peers, pause);
    options.onLoad(loadavg()[0]!);
    if (round < 0) continue;
    own.push(measurement);
    for (const [name, answer] of Object.entries(answers)) others[name] = [...(others[name] ?? []), answer];
  }
  assertAgreement(benchmark.name, [own, ...Object.values(others)].flat());
  const { prepare: _, ...description } = benchmark;
  return { ...description, ...summarize(own), ...compareWithPeers(own, others) };
}

type RunPeer = () => Promise<Readonly<Record<string, Measurement>>>;

/** Prepares the peers of a case that have their packages. */
async function preparePeers(
  { request = [], newProcesses, otherPeers = {} }: PreparedCase,
  peers?: Peers,
): Promise<RunPeer[]> {
  const able: RunPeer[] = Object.entries(otherPeers).map(([name, run]) => async () => ({ [name]: await run() }));
  for (const each of peers ? [request].flat() : []) {
    const peer = newProcesses ? peers!.start(each) : peers!.get(each);
    const names = await peer.prepare(each);
    if (newProcesses) peer.close();
    if (names.length > 0) able.push(newProcesses ? () => runInNewProcess(peers!.start(each), each) : peer.run);
  }
  return able;
}

async function runInNewProcess(peer: PeerProcess, request: Parameters<PeerProcess['prepare']>[0]) {
  await peer.prepare(request);
  const answer = await peer.run();
  const peakBytes = await peer.readPeakBytes();
  peer.close();
  return Object.fromEntries(Object.entries(answer).map(([name, each]) => [name, { ...each, peakBytes }]));
}

async function runPeers(
  peers: readonly RunPeer[],
  pause: () => Promise<unknown>,
): Promise<Readonly<Record<string, Measurement>>> {
  const answers: Record<string, Measurement> = {};
  for (const run of peers) {
    Object.assign(answers, await run());
    await pause();
  }
  return answers;
}

function assertAgreement(name: string, measurements: readonly Measurement[]): void {
  for (const field of ['rows', 'checksum'] as const) {
    const values = new Set(measurements.flatMap((measurement) => measurement[field] ?? []));
    if (values.size > 1)
      throw new RecsysError(
        'results-differ',
        `bench (${name}): expected equal ${field}, received ${[...values].join(', ')}.`,
      );
  }
}

function summarize(measurements: readonly Measurement[]): Times {
  const get = (field: 'seconds' | 'processorSeconds' | 'peakBytes') =>
    measurements.flatMap((measurement) => measurement[field] ?? []);
  const [processors, peaks] = [get('processorSeconds'), get('peakBytes')];
  return {
    seconds: computeSpread(get('seconds')),
    ...(processors.length > 0 && { processorSeconds: computeSpread(processors) }),
    ...(peaks.length > 0 && { peakBytes: computeSpread(peaks) }),
    runs: measurements,
  };
}

function compareWithPeers(
  own: readonly Measurement[],
  others: Readonly<Record<string, readonly Measurement[]>>,
): Pick<BenchmarkResult, 'peers' | 'ratio'> {
  const divide = (getTime: (round: number) => number) =>
    computeSpread(own.map(({ seconds }, round) => seconds / getTime(round)));
  const peers = Object.entries(others).map(([name, times]) => [
    name,
    { ...summarize(times), ratio: divide((round) => times[round]!.seconds) },
  ]);
  const getFastest = (round: number) => Math.min(...Object.values(others).map((times) => times[round]!.seconds));
  return { peers: Object.fromEntries(peers), ...(peers.length > 0 && { ratio: divide(getFastest) }) };
}
