import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './repository.js';

const named = /`(packages\/losses\/[^`]+)`[^`]*```ts\n([\s\S]*?)```/g;

describe('the loss of CONTRIBUTING', () => {
  const copy = mkdtempSync(join(tmpdir(), 'contributing-'));
  const folder = join(copy, 'packages/losses');
  const steps = [...readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(named)].map(([, path, text]) => ({
    path: path!,
    text: text!,
  }));

  beforeAll(() => {
    for (const path of [
      'tsconfig.base.json',
      ...['src', 'package.json', 'tsconfig.json', 'vitest.config.ts'].map((each) => `packages/losses/${each}`),
    ])
      cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, 'packages/losses/node_modules'), join(folder, 'node_modules'), 'junction');
    for (const { path, text } of steps)
      writeFileSync(join(copy, path), path.endsWith('index.ts') ? withLine(path, text) : text);
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  /** The line may have been added to the package already, by a reader who tries the example. */
  const withLine = (path: string, line: string): string => {
    const before = readFileSync(join(copy, path), 'utf8');
    return before.includes(line) ? before : before + line;
  };

  const run = (bin: string, args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(join(folder, 'node_modules/.bin', bin), args, {
      cwd: folder,
      encoding: 'utf8',
    });
    return status === 0 ? 'passed' : stdout + stderr;
  };

  it('is one file, one test and one line', () => {
    expect(steps.map(({ path }) => path.replace(/.*\//, ''))).toEqual([
      'squared-hinge.ts',
      'squared-hinge.test.ts',
      'index.ts',
    ]);
  });

  it('passes its test', () => {
    expect(run('vitest', ['run', 'src/ranking/squared-hinge.test.ts'])).toBe('passed');
  });

  it('has types', () => {
    expect(run('tsc', ['-p', '.'])).toBe('passed');
  });
});
