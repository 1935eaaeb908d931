import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from '../command-line.fixture.js';
import { exitCodes } from '../exit-codes.js';

describe('footlight study on many machines', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
  });
  afterAll(() => line.remove());
  const refuse = async (...args: string[]) => {
    const { code, stderr } = await line.footlight('study', ...args);
    expect(code).toBe(exitCodes.usage);
    return stderr;
  };

  it('refuses options that do not fit several workers', async () => {
    const redis = ['--storage', 'redis://localhost'];
    expect(await refuse('run', 'x', '--workers', '2', ...redis)).toMatch(/Start footlight study work several times/);
    expect(await refuse('run', 'x', '--workers', '2', '--more', '3')).toMatch(/--trials for several workers/);
    expect(await refuse('run', 'x', '--seconds', '2', ...redis)).toMatch(/--trials for several machines/);
  });

  it('works on a Redis server only, whose address is checked', async () => {
    expect(await refuse('work', '--storage', 'search.log')).toMatch(/expected --storage redis:\/\/host/);
    expect(await refuse('work', '--storage', 'redis://:secret@host/x')).toMatch(/redis:\/\/:\*\*\*@host\/x/);
    const { code, stderr } = await line.footlight('study', 'show', 'x', '--storage', 'redis://127.0.0.1:1');
    expect([code, stderr]).toEqual([exitCodes.data, expect.stringContaining('no server answers there')]);
  });
});
