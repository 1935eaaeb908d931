import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { isAddon, isCompiled } from './compiled.js';

const script = fileURLToPath(new URL('hostile-calls.mjs', import.meta.url));
const names: string[] = JSON.parse(execFileSync(process.execPath, [script, '--list'], { encoding: 'utf8' }));
const isSanitized = process.env.ASAN_OPTIONS !== undefined;

/** Runs cases in one process. @returns how each was answered, or what ended the process before */
function run(cases: readonly string[], limit = ''): (name: string) => string {
  const call = [process.execPath, '--expose-gc', script, ...cases];
  const [command, ...rest] = limit ? ['bash', '-c', `${limit}; exec "$0" "$@"`, ...call] : call;
  const { status, signal, stdout, stderr } = spawnSync(command!, rest, { encoding: 'utf8', timeout: 120_000 });
  const end = `the process ended with ${signal ?? status}: ${stderr.slice(-2000)}`;
  const lines = stdout.split('\n').filter((line) => line.startsWith('['));
  const answers = new Map<string, string>(lines.map((line) => JSON.parse(line)));
  return (name) => (status === 0 || name !== [...answers.keys()].at(-1) ? (answers.get(name) ?? end) : end);
}

const shortOfMemory = 'expected enough memory for its result, received less. Use smaller sizes or smaller batches.';
const refuseOverlap = (argument: string, other: string) =>
  `TypeError: ${argument}: expected memory that no other argument reads or writes, ` +
  `received memory that ${other} has, too.`;
const refuseRepeats = (kernel: string, item: number, query: number) =>
  `TypeError: ${kernel}(relevantIds): expected each item once per query, ` +
  `received item ${item} more than once in query ${query}.`;

/** Answers to calls that are refused; the others work. */
const refusals: Readonly<Record<string, string>> = {
  'more relevant entries than items': refuseRepeats('rankTargets', 0, 0),
  'repeated relevant scores': refuseRepeats('rankScores', 2, 1),
  'shrink is not a number': 'TypeError: nearestSets(shrink): expected a number from 0 on, received NaN.',
  'sets beyond the last': 'TypeError: nearestSets(end): expected an integer from 0 to 2, received 3.',
  'a range that ends before it begins': 'TypeError: nearestSets(begin): expected an integer from 0 to 1, received 2.',
  'writes over ids that it reads': refuseOverlap('gatherRows(out)', 'ids'),
  'writes over part of the ids': refuseOverlap('gatherRows(out)', 'ids'),
  'writes over offsets of a table': refuseOverlap('optimizerRows(scratch)', 'weights'),
  'writes losses over a table': refuseOverlap('bilinearSteps(user.weights)', 'outLosses'),
  'ids in shared memory':
    'TypeError: gatherRows(ids): expected an Int32Array on an ArrayBuffer, ' +
    'received one on a SharedArrayBuffer, which other threads may change.',
  'a getter detaches what was read': 'TypeError: bilinearPrepare(users): expected at least one query, received 0.',
  'a getter of tables detaches the queries':
    'TypeError: bilinearSteps(users): expected at least one query, received 0.',
  'a getter starts the step itself':
    'TypeError: bilinearStart(bilinear): ' +
    'expected one that bilinearPrepare was called with before each start, received another.',
  'a proxy as slots': isAddon
    ? 'TypeError: bilinearStart(user.slots): expected 2 of them, received an object.'
    : 'TypeError: bilinearStart(user.slots): expected 409600 numbers, received 0.', // it takes away what it gave first
};

describe.skipIf(!isCompiled)('a process', () => {
  const limited = ['lacks memory', 'zeros beyond all memory'];
  const isInWorker = (name: string) => name.includes('worker') || name.includes('terminated');
  const isOverflow = (name: string) => name.startsWith('2⁶⁴');
  const others = names.filter((name) => !isInWorker(name) && !limited.includes(name));
  let findAnswer: (name: string) => string;
  beforeAll(() => {
    findAnswer = run(others);
  }, 130_000);

  it.each(names.filter(isInWorker))(
    'survives: %s',
    (name) => {
      expect(run([name])(name)).toBe('done');
    },
    130_000,
  );

  it.each(others.filter((name) => !isOverflow(name)))('survives: %s', (name) => {
    expect(findAnswer(name)).toBe(refusals[name] ?? 'done');
  });

  it.each(others.filter(isOverflow))('refuses a product of sizes that is too large: %s', (name) => {
    // Some are refused before, for the length of an array or for a size of its own.
    expect(findAnswer(name)).toMatch(
      /^(Range|Type)Error: \w+(\(\w+\))?: expected .*, received \d+( × \d+ numbers)?\.$/,
    );
  });

  // A sanitizer reserves all addresses, and ends the process where there is no memory.
  it.skipIf(process.platform !== 'linux' || isSanitized)('reports that memory is short', () => {
    expect(run(['zeros beyond all memory'])('zeros beyond all memory')).toMatch(
      isAddon ? `RangeError: zeros: ${shortOfMemory}` : /^RangeError: memory of the kernels: expected .*, received /,
    );
    // WebAssembly has 4 GiB at most.
    expect(run(['lacks memory'], isAddon ? 'ulimit -v 6000000' : '')('lacks memory')).toBe(
      `RangeError: solveLeastSquares: ${shortOfMemory}`,
    );
  });
});
