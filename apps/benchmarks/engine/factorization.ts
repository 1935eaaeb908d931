import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createRng } from '@footlight/core';
import { archiveDirectory, movielens, uniformNegatives } from '@footlight/datasets';
import { adam, useBackend } from '@footlight/engine';
import { adaptiveHingeLoss, type RankingLoss, sigmoidBprLoss } from '@footlight/losses';
import { factorization } from '@footlight/models';
import { fit } from '@footlight/trainer';

// Epochs of implicit factorization on MovieLens 1M as Spotlight trains it (dense Adam, 128 numbers per vector, 1024 ratings per step): through `fit`, with
// drawing and shuffling, and the same in PyTorch, turn by turn.
//
//   npx pnpm --filter @footlight/benchmarks bench:factorization [turns] [python with torch]

const [turns = '5', python = 'python3'] = process.argv.slice(2);
const losses: Record<string, RankingLoss> = { bpr: sigmoidBprLoss(), adaptive: adaptiveHingeLoss() };
const { name } = await useBackend();
const train = await movielens('1m').load({ rng: createRng(1) });

const archive = `${archiveDirectory()}/ml-1m.zip`;
const peer = spawn(python, [fileURLToPath(new URL('factorization-peer.py', import.meta.url)), archive], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
const theirs = async (loss: string): Promise<number> => {
  peer.stdin.write(`${loss}\n`);
  return Number((await answers.next()).value);
};

const runs = Object.fromEntries(
  Object.entries(losses).map(([loss, value]) => [
    loss,
    fit(factorization({ dim: 128 }).build(train.catalogue, createRng('model')), train, {
      loss: value,
      negatives: uniformNegatives({ count: value.negativeCount ?? 1, reject: 'nothing' }),
      optimizer: adam({ learningRate: 1e-2, rows: 'dense' }),
      epochs: Number.MAX_SAFE_INTEGER,
      batchSize: 1024,
      rng: createRng('fit'),
    }),
  ]),
);
const seconds: Record<string, { ours: number[]; theirs: number[] }> = { bpr: { ours: [], theirs: [] }, adaptive: { ours: [], theirs: [] } };
for (let turn = 0; turn <= Number(turns); turn++)
  for (const loss of Object.keys(losses)) {
    const [ours, other] = [(await runs[loss]!.next()).value!.seconds, await theirs(loss)];
    if (turn === 0) continue; // both warm up
    seconds[loss]!.ours.push(ours);
    seconds[loss]!.theirs.push(other);
  }
peer.stdin.end();

const middle = (values: number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
const range = (values: number[]): string =>
  `${middle(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;
process.stdout.write(`Backend ${name}; seconds per epoch, medians and ranges of ${turns} turns\n`);
for (const [loss, { ours, theirs: other }] of Object.entries(seconds))
  process.stdout.write(
    `${loss}: ours ${range(ours)}, PyTorch ${range(other)}, ratio ${middle(ours.map((value, turn) => value / other[turn]!)).toFixed(3)}\n`,
  );
