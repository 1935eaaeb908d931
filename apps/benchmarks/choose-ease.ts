import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '@footlight/core/files';
import { useBackend } from '@footlight/engine';
import { ease } from '@footlight/models';
import { defineExperiment, runExperiment } from '@footlight/trainer';
import { markdownTable } from 'markdown-table';
import { amazonSample, latestSmall, ml1m2999 } from './experiments/mult-vae.js';

// Chooses λ of EASE for the experiments mult-vae/*-ease by NDCG@100 of the validation part, and stores the table.
// Usage: npx pnpm --filter @footlight/benchmarks choose:ease

const weights = [25, 50, 100, 250, 500, 1000, 2000] as const;
const metric = 'ndcg@100';
const evaluations = {
  'ml-1m-2999': ml1m2999,
  'amazon-sample': amazonSample,
  'latest-small': latestSmall,
} as const;
const file = join(import.meta.dirname, 'results/ease-regularization.md');

await useBackend('native');
const rows: string[][] = [];
for (const [name, evaluation] of Object.entries(evaluations)) {
  const means: number[] = [];
  for (const regularization of weights) {
    const { validation } = await runExperiment(defineExperiment({ ...evaluation, model: ease({ regularization }) }));
    means.push(validation![metric]!.mean);
  }
  const best = weights[means.indexOf(Math.max(...means))]!;
  rows.push([`mult-vae/${name}-ease`, ...means.map((mean) => mean.toFixed(4)), String(best)]);
}
const table = markdownTable([['experiment', ...weights.map((weight) => `λ ${weight}`), 'chosen'], ...rows], {
  align: ['l', ...weights.map(() => 'r'), 'r'],
});
const before = await readFile(file, 'utf8');
const day = new Date().toISOString().slice(0, 10);
await writeFileAtomically(file, `${before.slice(0, before.indexOf('| experiment'))}${table}\n\nMeasured ${day}.\n`);
console.log(table);
