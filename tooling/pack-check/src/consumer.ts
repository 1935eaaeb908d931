import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCommandLine } from './command-line.js';
import { checkSizes } from './installed-sizes.js';
import { npmInstall } from './npm-project.js';
import { packPlatform } from './pack-platform.js';
import { listPeers, listPlainEntryPoints, type PublishedPackage } from './published-packages.js';
import { runModule } from './run-module.js';
import { tryCommand, withKernels, withoutCompiler } from './try-command.js';
import { checkTypes, resolutions } from './type-check.js';

/** A package and its archive. */
export interface Packed {
  readonly published: PublishedPackage;
  readonly archive: string;
}

/** What a check of installed packages found. */
export interface ConsumerReport {
  readonly problems: string[];
  /** Why it was skipped: npm cannot reach a registry. */
  readonly unreachable?: string;
}

const training = `
import { leaveLastOut, syntheticInteractions, uniformNegatives } from '@footlight/datasets';
import { useBackend } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { defineExperiment, runExperiment } from '@footlight/trainer';

const experiment = defineExperiment({
  dataset: syntheticInteractions({ users: 50, items: 30, interactions: 500 }),
  split: leaveLastOut(),
  model: factorization({ dim: 7 }),
  loss: bprLoss(),
  negatives: uniformNegatives({ count: 2 }),
  metrics: [ndcg({ at: 10 })],
  epochs: 2,
  batchSize: 64,
  seed: 42,
});
const { name } = await useBackend();
const { metrics } = await runExperiment(experiment);
console.log(JSON.stringify({ backend: name, ndcg: metrics['ndcg@10']!.mean }));
`;

const silent = `import { tf } from '@footlight/engine';\ntf.enableProdMode(); // else it greets on stderr\n`;

const quickstart = new URL('../../../examples/quickstart.ts', import.meta.url);

/** That a wrong option is an error shows that the types were found. */
const wrong = `
// @ts-expect-error
factorization({ dim: 'seven' });
`;

/**
 * Installs all archives with npm in an empty project outside the repository and uses them from strict TypeScript and
 * plain JavaScript: first without optional peers, then with them and without a compiler, at last with the package of
 * the kernels for this platform, if they were compiled here. No scripts of packages run.
 */
export async function checkConsumer(packed: readonly Packed[], folder: string): Promise<ConsumerReport> {
  const required = new Set(packed.flatMap(({ published }) => Object.keys({ ...published.manifest.dependencies })));
  const optional = new Set(
    packed.flatMap(({ published }) => listPeers(published.manifest, true)).filter((name) => !required.has(name)),
  );
  const [peers, plain] = [true, false].map((wanted) =>
    packed.filter(({ published }) => optional.has(published.manifest.name) === wanted),
  ) as [Packed[], Packed[]];
  const archives = (all: readonly Packed[]): string[] => all.map(({ archive }) => archive);
  const installed = await npmInstall(folder, archives(plain));
  if (installed.unreachable || installed.problems.length > 0) return installed;
  const { version } = packed.find(({ published }) => published.manifest.name === 'footlight')!.published.manifest;
  const problems = [
    ...(await checkProgram(folder, plain)),
    ...(await checkTraining(folder, ['wasm', 'cpu'])),
    ...(await checkCommandLine(folder, version)),
    ...(await npmInstall(folder, archives(peers))).problems,
    ...checkSizes(
      folder,
      packed.map(({ published }) => published),
    ),
    ...(await checkTraining(folder, ['wasm', 'cpu'])),
    ...(await checkQuickstart(folder)),
    ...(await tryCommand(folder, join(folder, 'bin'), withoutCompiler)),
  ];
  const platform = await packPlatform(folder);
  if (platform === undefined) return { problems };
  problems.push(...(await npmInstall(folder, [platform])).problems, ...(await checkTraining(folder, ['native'])));
  problems.push(...(await tryCommand(folder, join(folder, 'bin'), withKernels)));
  return { problems };
}

async function checkProgram(folder: string, packed: readonly Packed[]): Promise<string[]> {
  const entries = packed.flatMap(({ published }) => listPlainEntryPoints(published.manifest));
  const imports = entries.map((entry, at) => `import * as entry${at} from '${entry}';`);
  const uses = `export const entries: object[] = [${entries.map((_, at) => `entry${at}`).join(', ')}];`;
  const program = [...imports, uses, training, wrong].join('\n');
  const problems: string[] = [];
  for (const resolution of Object.keys(resolutions) as (keyof typeof resolutions)[])
    problems.push(...(await checkTypes(folder, program, resolution)));
  return problems;
}

async function checkTraining(folder: string, backends: readonly string[]): Promise<string[]> {
  const { stdout, problems } = await runModule(silent + training.replaceAll("']!", "']"), folder);
  if (problems.length > 0) return problems;
  const { backend, ndcg } = JSON.parse(stdout) as { backend: string; ndcg: number };
  return [
    ...(backends.includes(backend) ? [] : [`expected the backend ${backends.join(' or ')}, received ${backend}.`]),
    ...(ndcg > 0 && ndcg < 1 ? [] : [`expected an NDCG between 0 and 1, received ${ndcg}.`]),
  ];
}

/** Runs the example of the README with the data that are packed. */
async function checkQuickstart(folder: string): Promise<string[]> {
  const { stdout, problems } = await runModule(silent + readFileSync(quickstart, 'utf8'), folder);
  return problems.length > 0 || /^ndcg@10: 0\.\d{4} /.test(stdout)
    ? problems
    : [`quickstart: expected the metrics, received:\n${stdout}`];
}
