import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@footlight/tooling-setup/run-child';

/** Names of the runnable examples, `quickstart` for quickstart.ts. */
export function exampleNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => /^[^.]+\.ts$/.test(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

export function outputFile(folder: string, name: string): string {
  return join(folder, 'output', `${name}.txt`);
}

/** Runs it against the sources of the packages. @returns what it prints */
export async function runExample(folder: string, name: string): Promise<string> {
  const flags = ['--conditions=@footlight/source', '--import', import.meta.resolve('tsx')];
  const { code, stdout } = await runProgram(process.execPath, [...flags, join(folder, `${name}.ts`)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (code !== 0) throw new Error(`${name}.ts: expected exit code 0, received ${code}. See above.`);
  return stdout;
}

export function readOutput(folder: string, name: string): string {
  return readFileSync(outputFile(folder, name), 'utf8');
}

const number = /-?\d+(?:\.\d+)?(?:e-?\d+)?/g;
/** What grows with the digits of the numbers in a table. */
const filling = /[ ─]+/g;

/**
 * Whether two outputs agree. Words must be equal; numbers with a decimal point may be 0.01 or one in fifty apart,
 * because processors and versions of Node round differently and training amplifies it.
 */
export function agree(expected: string, received: string): boolean {
  if (removeNumbers(expected) !== removeNumbers(received)) return false;
  const numbers = received.match(number) ?? [];
  return (expected.match(number) ?? []).every(
    (text, index) => text === numbers[index] || (text.includes('.') && near(Number(text), Number(numbers[index]))),
  );
}

function removeNumbers(output: string): string {
  return output.replace(number, '#').replace(filling, ' ');
}

function near(expected: number, received: number): boolean {
  return Math.abs(expected - received) <= Math.max(0.01, Math.abs(expected) / 50);
}
