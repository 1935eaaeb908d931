import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@footlight/tooling-setup/run-child';

const experiment = `
import { bprLoss, defineExperiment, factorization, leaveLastOut } from 'footlight';
import { ndcg, syntheticInteractions, uniformNegatives } from 'footlight';

export default defineExperiment({
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
`;

/** 41 users, each with 7 of 23 items. */
const table = ['user,item,time']
  .concat(
    Array.from({ length: 41 * 7 }, (_, row) => {
      const [user, place] = [Math.floor(row / 7), row % 7];
      return `u${user},i${(user * 5 + place * place) % 23},${1_000_000 + row}`;
    }),
  )
  .join('\n');

/** Runs the installed command `footlight` as users do: with a table, with files of their own, with a saved model. */
export async function checkCommandLine(project: string, version: string): Promise<string[]> {
  writeFileSync(join(project, 'ratings.csv'), table);
  for (const file of ['mine.ts', 'mine.js']) writeFileSync(join(project, file), experiment);
  const own = ['--table', 'ratings.csv', '--user', 'user', '--item', 'item', '--time', 'time'];
  const short = ['--dim', '5', '--epochs', '2', '--json', '--save', 'model.safetensors'];
  return [
    ...(await expectOutput(project, ['--version'], (text) => text.trim() === version)),
    ...(await expectOutput(project, ['run', ...own, ...short], hasMetric)),
    ...(await expectOutput(project, ['run', './mine.ts', '--json'], hasMetric)),
    ...(await expectOutput(project, ['run', './mine.js', '--json'], hasMetric)),
    ...(await expectOutput(
      project,
      ['recommend', 'model.safetensors', '--user', 'u3', '--count', '3', '--json'],
      (text) => (JSON.parse(text) as unknown[]).length === 3,
    )),
  ];
}

function hasMetric(text: string): boolean {
  const { metrics } = JSON.parse(text) as { metrics: Record<string, { mean: number }> };
  const mean = metrics['ndcg@10']?.mean ?? Number.NaN;
  return mean > 0 && mean < 1;
}

async function expectOutput(
  project: string,
  args: readonly string[],
  isRight: (stdout: string) => boolean,
): Promise<string[]> {
  const { code, stdout, stderr } = await runProgram('npx', ['--no-install', 'footlight', ...args], {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: project },
    shell: process.platform === 'win32',
  });
  const command = `footlight ${args.join(' ')}`;
  if (code !== 0) return [`${command}: expected exit code 0, received ${code} and:\n${stderr}`];
  return isRight(stdout) ? [] : [`${command}: expected another output than:\n${stdout}`];
}
