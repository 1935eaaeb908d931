import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@footlight/tooling-setup/run-child';

// What a user of the command does first, in a project with the installed packages and nothing else on the path.

const experiment = `import { bprLoss, defineExperiment, factorization, leaveLastOut, ndcg, table } from 'footlight';

export default defineExperiment({
  dataset: table({ path: 'ratings.csv', user: 'userId', item: 'movieId', timestamp: 'timestamp' }),
  split: leaveLastOut(),
  model: factorization({ dim: 7 }),
  loss: bprLoss(),
  metrics: [ndcg({ at: 10 })],
  epochs: 2,
  seed: 42,
});
`;

const columns = ['--table', 'ratings.csv', '--user', 'userId', '--item', 'movieId'];

/** A command, what it must print, and its exit code if that is not 0. */
type Session = readonly [args: readonly string[], expected: RegExp, code?: number];

/** Commands in the order in which they are run without kernels and without a compiler. */
export const withoutCompiler: readonly Session[] = [
  [['--version'], /^\d+\.\d+\.\d+/],
  [['--help'], /^Usage: footlight/],
  [
    ['run', ...columns, '--time', 'timestamp', '--epochs', '2', '--save', 'model.safetensors'],
    /own\/ratings-factorization/,
  ],
  [['recommend', 'model.safetensors', '--user', 'u4', '--count', '3'], /^ 1\. item \d+/],
  [['recommend', 'model.safetensors', '--history', 'item 2, item 4'], /^ {1,2}1\. item \d+/],
  [
    ['run', ...columns, '--rating', 'rating', '--loss', 'squared', '--epochs', '2', '--save', 'stars.safetensors'],
    /rmse/,
  ],
  [['predict', 'stars.safetensors', '--user', 'u4', '--item', 'item 2'], /^-?\d+\.\d{4}/],
  [['run', ...columns, '--model', 'ease(regularization=20)', '--metric', 'recall(at=5)'], /own\/ratings-ease/],
  [['run', './mine.ts'], /own\/mine-[0-9a-f]{8} /],
  [['run', 'plain.mjs'], /own\/plain-[0-9a-f]{8} /],
  [['list'], /group\/first .*never run/],
  [['run', 'group/first'], /group\/first /],
  [['list', 'first'], /group\/first .*ndcg@10 0\.\d{4}/],
  [['doctor'], /wasm +\| works +\| .*\(chosen\)[\s\S]*footlight doctor --compile/],
  [
    ['doctor', '--compile'],
    /^Compiling .*\nfootlight doctor --compile: expected a C\+\+17 compiler .* and Python .*, found none\. Install/,
    1,
  ],
];

/** Commands that are run with the package of the kernels for this platform. */
export const withKernels: readonly Session[] = [
  [['doctor'], /native +\| works +\| .*\(chosen\)/],
  [['doctor', '--compile'], /native +\| works[\s\S]*nothing was compiled/],
];

/** Runs the installed command from plain files and TypeScript. @returns what went wrong */
export async function tryCommand(project: string, path: string, sessions: readonly Session[]): Promise<string[]> {
  writeProject(project);
  const command = join(project, 'node_modules', 'footlight', 'dist', 'cli.js');
  const problems: string[] = [];
  for (const [args, expected, wanted = 0] of sessions) {
    const { code, stdout, stderr } = await runProgram(process.execPath, [command, ...args], {
      cwd: project,
      env: { PATH: path, HOME: project },
    });
    const output = stdout + stderr;
    if (code === wanted && expected.test(output)) continue;
    problems.push(
      `footlight ${args.join(' ')}: expected exit code ${wanted} and ${expected}, received ${code} and:\n${output}`,
    );
  }
  return problems;
}

/** A table of 53 users with two tastes, and experiments in files of all kinds. */
function writeProject(project: string): void {
  const rows = Array.from({ length: 53 * 7 }, (_, row) => {
    const [user, at] = [Math.floor(row / 7), row % 7];
    return `u${user},item ${2 * ((3 * user + 2 * at) % 15) + (user % 2)},${1 + (row % 5)},${row}`;
  });
  const files: Readonly<Record<string, string>> = {
    'ratings.csv': ['userId,movieId,rating,timestamp', ...rows, ''].join('\n'),
    'mine.ts': experiment
      .replace('export default', "import { dim } from './dim.js';\n\nexport default")
      .replace('{ dim: 7 }', '{ dim }'),
    'dim.ts': 'export const dim: number = 7;\n',
    'plain.mjs': experiment,
    'footlight.config.mjs': "export default { experiments: './experiments' };\n",
    'experiments/group/first.ts': experiment,
  };
  mkdirSync(join(project, 'experiments', 'group'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
}
