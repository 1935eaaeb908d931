import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from './sections.js';

/** One measured case of a performance benchmark: the time of Footlight and those of the others. */
export interface BenchmarkResult {
  readonly group: string;
  readonly name: string;
  readonly seconds: { readonly median: number };
  readonly peers: Readonly<Record<string, { readonly seconds: { readonly median: number } }>>;
}

/** The fastest of the others by median, if any was measured. */
export function findFastestPeer({
  peers,
}: BenchmarkResult): { readonly name: string; readonly seconds: number } | undefined {
  const [fastest] = Object.entries(peers)
    .map(([name, { seconds }]) => ({ name, seconds: seconds.median }))
    .sort((one, other) => one.seconds - other.seconds);
  return fastest;
}

/** `5.1 × as fast`, or `as fast` where the difference is below what two runs differ by. */
export function formatFactor(factor: number): string {
  return factor > 0.95 && factor < 1.05 ? 'as fast' : `${factor.toFixed(factor < 10 ? 1 : 0)} × as fast`;
}

export function formatSeconds(seconds: number): string {
  return seconds < 0.1 ? `${(1000 * seconds).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
}

/** One line of the table of the front page. */
interface SpeedLine {
  /** The work, in words. */
  readonly work: string;
  readonly suite: 'engine' | 'reading';
  /** The beginning of the name of the group. */
  readonly group: string;
  readonly name: string;
}

const lines: readonly SpeedLine[] = [
  {
    work: 'factorization, BPR: epoch of MovieLens 1M',
    suite: 'engine',
    group: 'Factorization',
    name: 'BPR, dense Adam',
  },
  {
    work: 'LSTM, dim 128: epoch of 2,999 users',
    suite: 'engine',
    group: 'Sequences',
    name: 'LSTM, dim 128, adaptive hinge × 5, batch 208',
  },
  {
    work: '… multiplicative LSTM',
    suite: 'engine',
    group: 'Sequences',
    name: 'mLSTM, dim 128, adaptive hinge × 5, batch 208',
  },
  { work: '… CNN', suite: 'engine', group: 'Sequences', name: 'CNN, dim 128, adaptive hinge × 5, batch 208' },
  { work: 'Mult-VAE, 20,108 items: step, float32', suite: 'engine', group: 'Mult-VAE', name: 'fp32' },
  {
    work: 'rank 20,108 items for 10,000 users',
    suite: 'engine',
    group: 'Rankings',
    name: '10,000 users × 20,108 items, dim 128, seen items left out, NDCG@100, Recall@20, Recall@50',
  },
  {
    work: 'matrix product, 2048³, float32',
    suite: 'engine',
    group: 'Matrix products',
    name: 'fp32 2048 × 2048 × 2048',
  },
  { work: 'read 20 million ratings, CSV', suite: 'reading', group: 'Reading', name: 'read ratings.csv' },
];

/**
 * The table of speeds in Markdown, from the stored results of `bench:engine` and `bench:reading`.
 *
 * @param folder `apps/benchmarks/performance/results`
 * @throws {Error} if a case is missing, or no other library was measured for it
 */
export function speedTable(folder: string): string {
  const rows = lines.map((line) => {
    const result = findResult(folder, line);
    const peer = findFastestPeer(result);
    if (!peer) throw new Error(`${line.name}: expected the time of another library, received none.`);
    const ours = result.seconds.median;
    return [
      line.work,
      formatSeconds(ours),
      `${formatSeconds(peer.seconds)}, ${peer.name}`,
      formatFactor(peer.seconds / ours),
    ];
  });
  return table(['work', 'Footlight', 'fastest other', 'Footlight is'], rows);
}

function findResult(folder: string, { suite, group, name }: SpeedLine): BenchmarkResult {
  const stored = JSON.parse(readFileSync(join(folder, suite, 'results.json'), 'utf8')) as {
    readonly results: readonly BenchmarkResult[];
  };
  const found = stored.results.find((result) => result.group.startsWith(group) && result.name === name);
  if (!found) throw new Error(`${suite}: expected a result named "${name}" in group ${group}, received none.`);
  return found;
}
