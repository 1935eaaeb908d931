import { fileURLToPath } from 'node:url';
import type { BenchmarkCase, Measurement } from '../measure/benchmark-case.js';
import { createCacheFolder } from '../measure/cache-folder.js';
import { runProgram } from '../measure/run-program.js';
import type { Suite } from '../suite.js';
import { allRatings, countHeldOutUsers, generateRatings } from './generate-ratings.js';

export { allRatings };

type Task = 'read' | 'prepare';

/** Reading and preparing generated ratings, beside dataframe libraries of Python; each run in a process of its own. */
export const reading: Suite = {
  name: 'reading',
  title: 'Reading ratings compared with other libraries',
  script: 'bench:reading',
  requirements: 'requirements-reading.txt',
  warmUp: false,
  usesBackend: false,
  isStored: true,
  createCases({ ratings }) {
    const folder = createCacheFolder(`reading-${ratings}`);
    const { csv, zip } = generateRatings(folder, ratings);
    const heldOut = countHeldOutUsers(ratings);
    const group = `Reading ${ratings.toLocaleString('en')} ratings`;
    return [
      createCase(group, 'read ratings.csv', 'read', csv, heldOut, ['pandas', 'polars', 'duckdb']),
      ...(zip === undefined ? [] : [createCase(group, 'read ml-20m.zip', 'read', zip, heldOut, ['pandas'])]),
      createCase(group, 'prepare for the Mult-VAE', 'prepare', csv, heldOut, ['pandas', 'polars']),
    ];
  },
  notes: ({ machine }) => formatNotes(machine.cores),
};

function formatNotes(cores: number): string {
  const processes = [
    'Each run is in a process of its own. Times exclude the start of the process;',
    '*peak memory* is the most that it held at one time, its runtime included (1 MB is 10⁶ bytes).',
  ];
  const file = [
    '- The file is generated in the layout of MovieLens 20M:',
    '20,000,263 rows of 138,493 users and 26,744 films by default, about 520 MB.',
    'It is in the page cache of the system.',
  ];
  const read = [
    '- *read*: into columns in memory.',
    'Footlight also maps users and items to dense ids; the others keep the original ids.',
    'From the zip, Footlight also verifies the checksum and reads the titles.',
  ];
  const prepare = [
    '- *prepare for the Mult-VAE*: read, keep ratings of 4 and more, keep users with 5 and more of them,',
    'hold out 10,000 + 10,000 users, draw a fifth of their items as targets,',
    'and return all five data sets as arrays by user.',
    'pandas follows the published notebook, with a draw per held-out user,',
    'and must return as many rows as Footlight and the same checksum of the validation targets.',
    'polars uses expressions, with draws of its own.',
    `pandas computes in one thread, polars and duckdb in ${cores}.`,
  ];
  const list = [file, read, prepare].map((sentences) => sentences.join(' '));
  return `${processes.join(' ')}\n\n${list.join('\n')}`;
}

function createCase(
  group: string,
  name: string,
  task: Task,
  path: string,
  heldOut: number,
  peers: readonly string[],
): BenchmarkCase {
  return {
    group,
    name,
    unit: 'file',
    prepare: async () => ({
      run: () => runProcess(task, path, heldOut),
      request: peers.map((peer) => ({ work: `ratings-${peer}`, task, path, heldOut })),
      newProcesses: true,
    }),
  };
}

async function runProcess(task: Task, path: string, heldOut: number): Promise<Measurement> {
  const program = fileURLToPath(new URL('reading-process.ts', import.meta.url));
  const flags = ['--conditions=@footlight/source', '--import', import.meta.resolve('tsx')];
  const printed = await runProgram(process.execPath, [...flags, program, task, path, String(heldOut)]);
  return JSON.parse(printed) as Measurement;
}
