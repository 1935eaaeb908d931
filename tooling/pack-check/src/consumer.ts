import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCommandLine } from './command-line.js';
import { createProject, npmInstall } from './npm-project.js';
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
  readonly folder: string;
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
 * Installs all archives with npm in an empty folder outside the repository and uses them from strict TypeScript and
 * plain JavaScript: first without optional peers, then with them and without a compiler, at last with the package of
 * the kernels for this platform, if they were compiled here. No scripts of packages run.
 */
export function checkConsumer(packed: readonly Packed[]): ConsumerReport {
  const folder = createProject();
  const optional = new Set(packed.flatMap(({ published }) => listPeers(published.manifest, true)));
  const [peers, plain] = [true, false].map((wanted) =>
    packed.filter(({ published }) => optional.has(published.manifest.name) === wanted),
  ) as [Packed[], Packed[]];
  const archives = (all: readonly Packed[]): string[] => all.map(({ archive }) => archive);
  const installed = npmInstall(folder, archives(plain));
  if (installed.unreachable || installed.problems.length > 0) return { folder, ...installed };
  const { version } = packed.find(({ published }) => published.manifest.name === 'footlight')!.published.manifest;
  const problems = [
    ...checkProgram(folder, plain),
    ...checkTraining(folder, ['wasm', 'cpu']),
    ...checkCommandLine(folder, version),
  ];
  problems.push(...npmInstall(folder, archives(peers)).problems, ...checkTraining(folder, ['wasm', 'cpu']));
  problems.push(...checkQuickstart(folder), ...tryCommand(folder, join(folder, 'bin'), withoutCompiler));
  const platform = packPlatform(folder);
  if (platform === undefined) return { folder, problems };
  problems.push(...npmInstall(folder, [platform]).problems, ...checkTraining(folder, ['native']));
  problems.push(...tryCommand(folder, join(folder, 'bin'), withKernels));
  return { folder, problems };
}

function checkProgram(folder: string, packed: readonly Packed[]): string[] {
  const entries = packed.flatMap(({ published }) => listPlainEntryPoints(published.manifest));
  const imports = entries.map((entry, at) => `import * as entry${at} from '${entry}';`);
  const uses = `export const entries: object[] = [${entries.map((_, at) => `entry${at}`).join(', ')}];`;
  const program = [...imports, uses, training, wrong].join('\n');
  return (Object.keys(resolutions) as (keyof typeof resolutions)[]).flatMap((resolution) =>
    checkTypes(folder, program, resolution),
  );
}

function checkTraining(folder: string, backends: readonly string[]): string[] {
  const { stdout, problems } = runModule(silent + training.replaceAll("']!", "']"), folder);
  if (problems.length > 0) return problems;
  const { backend, ndcg } = JSON.parse(stdout) as { backend: string; ndcg: number };
  return [
    ...(backends.includes(backend) ? [] : [`expected the backend ${backends.join(' or ')}, received ${backend}.`]),
    ...(ndcg > 0 && ndcg < 1 ? [] : [`expected an NDCG between 0 and 1, received ${ndcg}.`]),
  ];
}

/** Runs the example of the README with the data that are packed. */
function checkQuickstart(folder: string): string[] {
  const { stdout, problems } = runModule(silent + readFileSync(quickstart, 'utf8'), folder);
  return problems.length > 0 || /^ndcg@10: 0\.\d{4} /.test(stdout)
    ? problems
    : [`quickstart: expected the metrics, received:\n${stdout}`];
}
