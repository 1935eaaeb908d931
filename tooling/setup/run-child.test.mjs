import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from './run-child.mjs';

const module = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'run-child.mjs')).href);

// The wrapper runs a child in order, then another one; what they do is written to files.
const wrapper = `
import { findInterruption, forwardSignals, runChild } from ${module};
forwardSignals();
const options = { stdio: 'inherit' };
const { code } = await runChild(process.execPath, ['child.mjs'], options);
const { code: next } = await runChild(process.execPath, ['-e', 'require("fs").writeFileSync("next", "")'], options);
process.exitCode = findInterruption() === undefined ? next : code;
`;

// A script that runs one program after the other, and cleans up.
const script = `
import { writeFileSync } from 'node:fs';
import { runInterruptibly, runProgram } from ${module};
try {
  await runInterruptibly(async () => {
    await runProgram(process.execPath, ['child.mjs']);
    writeFileSync('next', '');
  });
} finally {
  writeFileSync('cleaned', '');
}
`;

/** Says that it is there, writes what it received, and ends with an exit code of its own; at the latest in a minute. */
const inOrder = `
import { writeFileSync } from 'node:fs';
setTimeout(() => process.exit(99), 60_000);
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'])
  process.on(signal, () => { writeFileSync('received', signal); process.exit(7); });
writeFileSync('begun', String(process.pid));
`;
const byDefault = `
import { writeFileSync } from 'node:fs';
setTimeout(() => process.exit(99), 60_000);
writeFileSync('begun', String(process.pid));
`;

/** Runs what follows as the first process of a container. */
const container = ['unshare', '--user', '--map-root-user', '--pid', '--fork'];
const hasContainers = spawnSync(container[0], [...container.slice(1), 'true']).status === 0;

describe.skipIf(process.platform === 'win32')('runChild, in a process that gets a signal', { timeout: 60_000 }, () => {
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'footlight-signals-'));
    writeFileSync(join(folder, 'wrapper.mjs'), wrapper);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function run(child, signal, command = [process.execPath]) {
    writeFileSync(join(folder, 'child.mjs'), child);
    const [program, ...args] = [...command, 'wrapper.mjs'];
    const parent = spawn(program, args, { cwd: folder, stdio: 'ignore' });
    const ended = new Promise((resolve) => parent.on('close', (code, by) => resolve(code ?? by)));
    while (!existsSync(join(folder, 'begun'))) await wait(10);
    while (readFileSync(join(folder, 'begun'), 'utf8') === '') await wait(10);
    if (command.length === 1) parent.kill(signal);
    else process.kill(Number(readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8')), signal);
    return ended;
  }

  it.each(['SIGHUP', 'SIGINT', 'SIGTERM'])('forwards %s and takes over the exit code of the child', async (signal) => {
    expect(await run(inOrder, signal)).toBe(7);
    expect(readFileSync(join(folder, 'received'), 'utf8')).toBe(signal);
    expect(existsSync(join(folder, 'next'))).toBe(false);
  });

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('ends a child that does not handle %s, with the exit code %i', async (signal, code) => {
    expect(await run(byDefault, signal)).toBe(code);
    const child = Number(readFileSync(join(folder, 'begun'), 'utf8'));
    expect(() => process.kill(child, 0)).toThrow('ESRCH');
    expect(existsSync(join(folder, 'next'))).toBe(false);
  });

  it.each([inOrder, byDefault])('ends a script of programs after the one that runs, and cleans up', async (child) => {
    writeFileSync(join(folder, 'wrapper.mjs'), script);
    expect(await run(child, 'SIGTERM')).toBe(143);
    expect(() => process.kill(Number(readFileSync(join(folder, 'begun'), 'utf8')), 0)).toThrow('ESRCH');
    expect(existsSync(join(folder, 'next'))).toBe(false);
    expect(existsSync(join(folder, 'cleaned'))).toBe(true);
  });

  it.skipIf(!hasContainers)('forwards SIGTERM as the first process of a container too', async () => {
    expect(await run(inOrder, 'SIGTERM', [...container, process.execPath])).toBe(7);
    rmSync(join(folder, 'begun'));
    expect(await run(byDefault, 'SIGTERM', [...container, process.execPath])).toBe(143);
  });
});

describe('runProgram', () => {
  it('returns what a program prints and its exit code', async () => {
    const code = 'console.log("out"); console.error("err"); process.exitCode = 3;';
    expect(await runProgram(process.execPath, ['-e', code])).toMatchObject({
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    expect(await runProgram('footlight-no-such-program', [])).toMatchObject({ code: 1, stdout: '' });
  });
});
