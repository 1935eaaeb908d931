import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { compile } from '@footlight/kernels/compile';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findMissingTools } from '../build-tools.js';
import { loadFrom } from '../load.js';
import { isCompiled } from './compiled.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const canCompile = process.platform !== 'win32' && findMissingTools().length === 0;
let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'footlight-compile-'));
  folder = join(parent, 'with spaces');
  mkdirSync(folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(parent, { recursive: true });
});

const addon = `#include <node_api.h>
static napi_value start(napi_env env, napi_value exports) {
  napi_value seven;
  napi_create_int32(env, 7, &seven);
  napi_set_named_property(env, exports, "seven", seven);
  return exports;
}
NAPI_MODULE(footlight, start)
`;

/** Writes the sources of an addon with two small files. */
function writeAddon(text = addon): void {
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'src/answer.cc'), text);
  writeFileSync(join(folder, 'src/other.cc'), 'int three() { return 3; }\n');
  const target = "'target_name': 'footlight', 'sources': ['src/answer.cc', 'src/other.cc']";
  writeFileSync(join(folder, 'kernels.gypi'), `{ 'targets': [{ ${target} }] }\n`);
}

/** Adds a program to a folder that is the whole PATH. */
function writeProgram(name: string, script: string): void {
  const bin = join(parent, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
  vi.stubEnv('PATH', bin);
}

describe.runIf(canCompile)('compile', () => {
  it('compiles into the folder, also one with spaces in its name, and leaves nothing else', async () => {
    writeAddon();
    const progress: number[][] = [];
    expect(await compile({ folder, onProgress: (begun, total) => progress.push([begun, total]) })).toBeUndefined();
    expect(loadFrom(folder).kernels).toMatchObject({ seven: 7 });
    expect(progress).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(readdirSync(join(folder, 'build'), { recursive: true }).sort()).toEqual([
      'Release',
      join('Release', 'footlight.json'),
      join('Release', 'footlight.node'),
    ]);
  }, 60_000);

  it('passes on the error of the compiler and keeps the earlier binary', async () => {
    writeAddon('#error seven is missing\n');
    mkdirSync(join(folder, 'build/Release'), { recursive: true });
    writeFileSync(join(folder, 'build/Release/footlight.node'), 'earlier');
    const { reason, remedy } = (await compile({ folder }))!;
    expect(reason).toContain('error: #error seven is missing');
    expect(remedy).toBe(`The output of node-gyp is in ${join(folder, 'build/failed.log')}.`);
    expect(readFileSync(join(folder, 'build/Release/footlight.node'), 'utf8')).toBe('earlier');
  }, 60_000);

  it('ends the compilers when it is interrupted', async () => {
    writeAddon();
    const file = join(parent, 'compilers');
    writeProgram('slow', `case "$1" in --version) exit 0;; esac; echo $$ >> '${file}'; exec /bin/sleep 300`);
    vi.unstubAllEnvs();
    vi.stubEnv('CXX', join(parent, 'bin/slow'));
    const interruption = new AbortController();
    const compiling = compile({ folder, signal: interruption.signal });
    while (!existsSync(file) || readFileSync(file, 'utf8') === '') await wait(10);
    interruption.abort(new Error('interrupted'));
    await expect(compiling).rejects.toThrow('interrupted');
    // A program that was killed stays in the list, as a zombie, until its new parent has looked at it.
    const status = `/proc/${readFileSync(file, 'utf8').split('\n')[0]}/stat`;
    while (existsSync(status) && !readFileSync(status, 'utf8').includes(') Z ')) await wait(10);
  }, 60_000);

  it('explains that it cannot write', async () => {
    writeAddon();
    writeFileSync(join(folder, 'build'), 'a file');
    const { reason, remedy } = (await compile({ folder }))!;
    expect(reason).toMatch(/^expected a folder that can be written to, received the error "E\w+: .*build/);
    expect(remedy).toMatch(/^Run the command as the owner of the folder/);
  });
});

describe.skipIf(process.platform === 'win32')('missing tools', () => {
  beforeEach(() => {
    for (const name of ['CXX', 'MAKE', 'PYTHON', 'NODE_GYP_FORCE_PYTHON', 'npm_config_python']) vi.stubEnv(name, '');
  });

  it('are all named at once, with how to install them', async () => {
    writeAddon();
    writeProgram('nothing', '');
    expect((await compile({ folder }))!.reason).toMatch(
      /^expected a C\+\+17 compiler \(\S+\), g?make and Python \(python3\), found none$/,
    );
    expect((await compile({ folder }))!.remedy).toMatch(/^Install them/);
    for (const name of ['g++', 'c++']) writeProgram(name, '');
    writeProgram('python3', '');
    expect((await compile({ folder }))!.reason).toMatch(/^expected g?make, found none$/);
  });

  it('include programs that do not run, as those of macOS without its developer tools', async () => {
    writeAddon();
    for (const name of ['g++', 'c++', 'make', 'gmake', 'python3', 'python']) writeProgram(name, 'exit 1');
    expect((await compile({ folder }))!.reason).toMatch(/compiler .* and Python \(python3\), found none$/);
  });
});

it('explains that there are no sources', async () => {
  expect(await compile({ folder })).toMatchInlineSnapshot(`
    {
      "reason": "the sources are missing",
      "remedy": "Install @footlight/kernels again.",
    }
  `);
});

describe('build.mjs', () => {
  /** Runs the script in a copy of the package, with Node as the only program on the PATH. */
  function runBuild(...args: string[]): { status: number | null; output: string } {
    const parts = readdirSync(packageFolder).filter((name) => /\.(js|mjs|gyp)$|^(src|wasm|package\.json)$/.test(name));
    for (const part of parts) cpSync(join(packageFolder, part), join(folder, part), { recursive: true });
    symlinkSync(join(packageFolder, 'node_modules'), join(folder, 'node_modules'), 'junction');
    mkdirSync(join(folder, 'bin'));
    symlinkSync(process.execPath, join(folder, 'bin', 'node'));
    const { status, stdout, stderr } = spawnSync(process.execPath, ['build.mjs', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: join(folder, 'bin') },
    });
    return { status, output: stdout + stderr };
  }

  it.skipIf(process.platform === 'win32')('explains in one line that it cannot compile, without an error', () => {
    const { status, output } = runBuild();
    expect(output).toMatch(
      /^@footlight\/kernels: not compiled \(.+\); the engine runs on its other backends\. Install them.+\n$/,
    );
    expect(status).toBe(0);
  });

  it.skipIf(process.platform === 'win32')('fails with --required', () => {
    expect(runBuild('--required').status).toBe(1);
  });

  it.skipIf(!isCompiled)('does nothing if the kernels fit', () => {
    expect(execFileSync(process.execPath, [join(packageFolder, 'build.mjs')], { encoding: 'utf8' })).toBe('');
  });
});
