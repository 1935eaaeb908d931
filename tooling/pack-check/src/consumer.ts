import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkCommandLine } from './command-line.js';
import { createProject, npmInstall } from './npm-project.js';
import { listPeers, listPlainEntryPoints, type PublishedPackage } from './published-packages.js';
import { runModule } from './run-module.js';
import { tryCommand } from './try-command.js';
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

/** That a wrong option is an error shows that the types were found. */
const wrong = `
// @ts-expect-error
factorization({ dim: 'seven' });
`;

/**
 * Installs all archives with npm in an empty folder outside the repository and uses them from strict TypeScript and
 * plain JavaScript: first without optional peers, then with them and without a compiler, at last with compiled kernels.
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
  problems.push(...tryCommand(folder, join(folder, 'bin')));
  if (copyKernels(packed, folder)) problems.push(...checkTraining(folder, ['native']));
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
  const silent = `import { tf } from '@footlight/engine';\ntf.enableProdMode(); // else it greets on stderr\n`;
  const { stdout, problems } = runModule(silent + training.replaceAll("']!", "']"), folder);
  if (problems.length > 0) return problems;
  const { backend, ndcg } = JSON.parse(stdout) as { backend: string; ndcg: number };
  return [
    ...(backends.includes(backend) ? [] : [`expected the backend ${backends.join(' or ')}, received ${backend}.`]),
    ...(ndcg > 0 && ndcg < 1 ? [] : [`expected an NDCG between 0 and 1, received ${ndcg}.`]),
  ];
}

/** Copies the kernels that were compiled in the repository. They load only if the packed sources are the same. */
function copyKernels(packed: readonly Packed[], project: string): boolean {
  const kernels = packed.find(({ published }) => existsSync(join(published.folder, 'binding.gyp')))?.published;
  if (!kernels) return false;
  const built = join(kernels.folder, 'build', 'Release');
  if (!existsSync(join(built, 'footlight.node'))) return false;
  const target = join(project, 'node_modules', kernels.manifest.name, 'build', 'Release');
  mkdirSync(target, { recursive: true });
  for (const file of ['footlight.node', 'footlight.json']) cpSync(join(built, file), join(target, file));
  return true;
}
