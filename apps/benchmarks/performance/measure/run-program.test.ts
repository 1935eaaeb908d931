import { describe, expect, it } from 'vitest';
import { runProgram } from './run-program.js';

describe('runProgram', () => {
  const run = (program: string) => runProgram(process.execPath, ['--eval', program]);

  it('returns what the program printed', async () => {
    expect(await run('console.log(7)')).toBe('7\n');
  });

  it('rejects when the program fails, is killed or does not exist', async () => {
    await expect(run('process.exit(3)')).rejects.toThrow('ended with exit code 3.');
    await expect(run("process.kill(process.pid, 'SIGKILL')")).rejects.toThrow('ended with SIGKILL.');
    await expect(runProgram('/no/such/program', [])).rejects.toThrow('ENOENT');
  });
});
