import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { install, tooOld } from './install.mjs';

describe('tooOld', () => {
  it('accepts the oldest Node that is supported, and everything after it', () => {
    for (const version of ['20.19.0', '20.20.2', '22.0.0']) expect(tooOld(version, '>=20.19')).toBeUndefined();
  });

  it('says what is needed', () => {
    expect(tooOld('20.18.3', '>=20.19')).toMatchInlineSnapshot(
      `"setup: expected Node 20.19 or newer, received 20.18.3. Install the version in .nvmrc from https://nodejs.org."`,
    );
    expect(tooOld('18.20.1', '>=20.19')).toContain('received 18.20.1');
  });
});

describe('install', () => {
  let root;
  const run = vi.fn();
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    run.mockReset().mockResolvedValue({ code: 0, output: '' });
    root = mkdtempSync(join(tmpdir(), 'setup-'));
    for (const folder of ['node_modules', 'packages/core']) mkdirSync(join(root, folder), { recursive: true });
    for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'packages/core/package.json'])
      write(file, file);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(root, { recursive: true });
  });
  const write = (file, text) => writeFileSync(join(root, file), text);

  it('runs pnpm once, then leaves it alone', async () => {
    expect(await install(root, 'pnpm@10.0.0', run)).toBeUndefined();
    expect(await install(root, 'pnpm@10.0.0', run)).toBeUndefined();
    expect(run).toHaveBeenCalledTimes(1);
  });

  it.each(['pnpm-lock.yaml', 'packages/core/package.json'])('runs it again when %s has changed', async (file) => {
    await install(root, 'pnpm@10.0.0', run);
    write(file, 'changed');
    await install(root, 'pnpm@10.0.0', run);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('shows what pnpm said when it fails, and tries again next time', async () => {
    run.mockResolvedValueOnce({ code: 7, output: 'no such package\n' });
    expect(await install(root, 'pnpm@10.0.0', run)).toMatchInlineSnapshot(`
      "no such package
      setup: expected the packages to install, received exit code 7 from pnpm@10.0.0. See above; run the command again once that is fixed."
    `);
    await install(root, 'pnpm@10.0.0', run);
    expect(run).toHaveBeenCalledTimes(2);
  });
});
