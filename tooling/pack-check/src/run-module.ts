import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a program printed, and what went wrong. */
export interface Outcome {
  readonly stdout: string;
  readonly problems: string[];
}

/** Runs a module in a project. Anything but exit code 0 and an empty stderr is a problem. */
export function runModule(text: string, project: string): Outcome {
  const file = join(project, 'use.mjs');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
    cwd: project,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: project }, // a home without TensorFlow and downloads of the user
  });
  const problems =
    status === 0 && stderr === ''
      ? []
      : [`expected exit code 0 and nothing on stderr, received ${status} and:\n${stderr}`];
  return { stdout, problems };
}
