import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@footlight/tooling-setup/run-child';

/** What a program printed, and what went wrong. */
export interface Outcome {
  readonly stdout: string;
  readonly problems: string[];
}

/** Runs a module in a project. Anything but exit code 0 and an empty stderr is a problem. */
export async function runModule(text: string, project: string): Promise<Outcome> {
  const file = join(project, 'use.mjs');
  writeFileSync(file, text);
  const { code, stdout, stderr } = await runProgram(process.execPath, [file], {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: project }, // a home without TensorFlow and downloads of the user
  });
  const problems =
    code === 0 && stderr === '' ? [] : [`expected exit code 0 and nothing on stderr, received ${code} and:\n${stderr}`];
  return { stdout, problems };
}
