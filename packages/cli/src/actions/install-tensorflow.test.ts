// structure: every step of one installation, on the same faked programs
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { publishedGpuWheel, publishedWheel, version } from './fetch-libraries.js';
import { type InstallTensorflowOptions, installTensorflow } from './install-tensorflow.js';

/**
 * Fake tools that create the files of the real ones and log each call. CI runs the real tools and then tests the
 * backend that they built.
 */
const tools = {
  npm: `case "$1" in ci)
    echo npm >> "$LOG"
    /bin/mkdir -p "$3/node_modules/@tensorflow/tfjs-node/binding" "$3/node_modules/node-api-headers";;
  esac`,
  python3: `case "$1 $3" in
    "-m download") echo pip >> "$LOG"; /bin/mkdir -p "$8"; : > "$8/tensorflow_cpu-2.21.0-cp311-cp311-linux.whl";;
    "-c"*)
      echo unpack >> "$LOG"; /bin/mkdir -p "$4/tensorflow/include"
      : > "$4/tensorflow/libtensorflow_cc.so.2"; : > "$4/tensorflow/libtensorflow_framework.so.2";;
  esac`,
  'g++': 'case "$1" in -std*) echo g++ >> "$LOG"; while [ "$1" != -o ]; do shift; done; : > "$2";; esac',
};

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'footlight-install-'));
  mkdirSync(join(workspace, 'bin'));
  for (const [name, script] of Object.entries(tools)) writeTool(name, script);
  vi.stubEnv('PATH', join(workspace, 'bin'));
  vi.stubEnv('LOG', join(workspace, 'log'));
  vi.stubEnv('CXX', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(workspace, { recursive: true });
});

function writeTool(name: string, script: string): void {
  writeFileSync(join(workspace, 'bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(workspace, 'bin', name), 0o755);
}

/** The empty file of the fake pip. */
const wheel = {
  name: 'tensorflow_cpu-2.21.0-cp311-cp311-linux.whl',
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
};
const install = (more: InstallTensorflowOptions = {}) =>
  installTensorflow({ folder: join(workspace, 'with spaces'), wheel, ...more });

/** Reads and clears the log of calls. */
function takeCalls(): string[] {
  const path = join(workspace, 'log');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  rmSync(path, { force: true });
  return lines;
}

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('installTensorflow', () => {
  it('downloads, unpacks and links, and reports each step', async () => {
    const steps: string[] = [];
    const folder = await install({ onStep: (step) => steps.push(step) });
    expect(steps.map((step) => step.split(':')[0])).toEqual(['npm', 'pip', 'unpack', 'g++']);
    expect(takeCalls()).toEqual(['npm', 'pip', 'unpack', 'g++']);
    expect(existsSync(join(folder, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node'))).toBe(true);
    // A quarter of the size, not needed after linking.
    expect(existsSync(join(folder, 'tensorflow-2.21.0/include'))).toBe(false);
  });

  it('links the libraries for GPUs, of another wheel, and checks its checksum', async () => {
    const name = 'tensorflow-2.21.0-cp313-cp313-linux.whl';
    writeTool('python3', tools.python3.replace('tensorflow_cpu-2.21.0-cp311-cp311-linux.whl', name));
    vi.stubEnv('FOOTLIGHT_TENSORFLOW_GPU', join(workspace, 'gpu'));
    const steps: string[] = [];
    const options = { gpu: true, onStep: (step: string) => steps.push(step) };
    await expect(installTensorflow({ ...options, wheel: { name, sha256: 'published' } })).rejects.toMatchObject({
      code: 'wrong-checksum',
    });
    expect(existsSync(join(workspace, 'gpu/tensorflow-2.21.0'))).toBe(false);
    takeCalls();
    expect(await installTensorflow({ ...options, wheel: { ...wheel, name } })).toBe(join(workspace, 'gpu'));
    expect(steps).toContain('pip: tensorflow 2.21.0, about 570 MB');
    expect(takeCalls().map((call) => call.split(' ')[0])).toEqual(['pip', 'unpack', 'g++']);
  });

  it('pins published wheels of one version', () => {
    for (const { name, sha256 } of [publishedWheel, publishedGpuWheel]) {
      expect(name).toContain(`-${version}-cp3`);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('does nothing when the installation is complete, and restores a missing library', async () => {
    const folder = await install();
    takeCalls();
    await install();
    expect(takeCalls()).toEqual([]);
    rmSync(join(folder, 'tensorflow-2.21.0/libtensorflow_cc.so.2'));
    await install();
    expect(takeCalls()).toEqual(['pip', 'unpack', 'g++']);
  });

  it('continues after the step that failed', async () => {
    writeTool('g++', 'case "$1" in -std*) echo "binding.cc:7: fatal error: no room" >&2; exit 1;; esac');
    await expect(install()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight doctor --install-tensorflow: g++ failed: binding.cc:7: fatal error: no room. Fix it and run this command again; finished steps are not repeated.]`,
    );
    expect(takeCalls()).toEqual(['npm', 'pip', 'unpack']);
    writeTool('g++', tools['g++']);
    await install();
    expect(takeCalls()).toEqual(['g++']);
  });

  it('names the error of pip, and none of the warnings before it', async () => {
    writeTool(
      'python3',
      `case "$3" in download)
        echo "WARNING: Retrying after connection broken by 'NewConnectionError'" >&2
        echo 'ERROR: No matching distribution found for tensorflow-cpu' >&2; exit 1;;
      esac`,
    );
    await expect(installTensorflow({ folder: join(workspace, 'pip'), wheel })).rejects.toThrow(
      'python3 failed: ERROR: No matching distribution found for tensorflow-cpu. ',
    );
  });

  it('names a missing tool before it downloads anything', async () => {
    rmSync(join(workspace, 'bin/g++'));
    await expect(install()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight doctor --install-tensorflow: expected g++ on the PATH, received none. Install it and run this command again; finished steps are not repeated.]`,
    );
    writeTool('python3', 'echo "python3: No module named pip" >&2; exit 1');
    await expect(install()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight doctor --install-tensorflow: python3 failed: python3: No module named pip. Fix it and run this command again; finished steps are not repeated.]`,
    );
    expect(takeCalls()).toEqual([]);
  });

  it('pins every package of npm, and lets npm run none of their scripts', async () => {
    writeTool('npm', `${tools.npm}\necho "$@" >> "$LOG"`);
    const folder = await install();
    expect(takeCalls()[2]).toBe(`ci --prefix ${folder} --ignore-scripts --no-audit --no-fund`);
    const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
    const { '': root, ...packages } = lock.packages as Record<string, { version: string; integrity: string }>;
    expect(root).toHaveProperty('dependencies', { '@tensorflow/tfjs-node': '4.22.0', 'node-api-headers': '1.7.0' });
    for (const each of Object.values(packages)) expect(each.integrity).toMatch(/^sha512-/);
  });

  it('installs packages again that another version of this command has installed', async () => {
    const folder = await install();
    writeFileSync(join(folder, 'packages.json'), 'others');
    rmSync(join(folder, 'installed.json'));
    takeCalls();
    await install();
    expect(takeCalls()[0]).toBe('npm');
  });

  it('runs nothing of packages with other contents', async () => {
    const said = 'integrity checksum failed when using sha512: wanted sha512-A but got sha512-B. (7 bytes)';
    writeTool('npm', `case "$1" in ci) printf 'npm error code EINTEGRITY\nnpm error ${said}\n' >&2; exit 1;; esac`);
    await expect(install()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight doctor --install-tensorflow: expected the packages that npm publishes, received others (integrity checksum failed when using sha512: wanted sha512-A but got sha512-B. (7 bytes)). Nothing of them was run. Check the registry that npm uses and its cache, and try again.]`,
    );
    expect(takeCalls()).toEqual([]);
  });

  it('deletes a wheel with other contents, and runs nothing of it', async () => {
    await expect(install({ wheel: { ...wheel, sha256: 'published' } })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight doctor --install-tensorflow: expected tensorflow_cpu-2.21.0-cp311-cp311-linux.whl with the SHA-256 published that PyPI publishes, received e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855. It was deleted and nothing of it was run. Check the index that pip uses, and try again.]`,
    );
    expect(takeCalls()).toEqual(['npm', 'pip']);
    expect(readdirSync(join(workspace, 'with spaces/wheel'))).toEqual([]);
    await expect(install({ wheel: { ...wheel, name: 'other-1-cp311-cp311-linux.whl' } })).rejects.toThrow(
      `expected other-1-cp311-cp311-linux.whl from pip, received ${wheel.name}.`,
    );
  });

  it('refuses a folder that others can write to, before it writes anything', async () => {
    const folder = join(workspace, 'shared');
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    await expect(install({ folder })).rejects.toMatchObject({ code: 'unsafe-folder' });
    symlinkSync(workspace, join(workspace, 'link'));
    await expect(install({ folder: join(workspace, 'link') })).rejects.toMatchObject({ code: 'unsafe-folder' });
    expect([takeCalls(), readdirSync(folder)]).toEqual([[], []]);
    const own = await install();
    expect(statSync(own).mode & 0o777).toBe(0o700);
  });

  it('ends the programs of the step under way when it is interrupted', async () => {
    // A compiler that starts another program, which goes on for a minute.
    writeTool('g++', 'case "$1" in -std*) /bin/sleep 60 & echo $! > "$LOG.child"; wait;; esac');
    const interruption = new AbortController();
    const running = install({ signal: interruption.signal });
    const path = join(workspace, 'log.child');
    while (!existsSync(path) || readFileSync(path, 'utf8') === '') await wait(10);
    interruption.abort(new Error('interrupted'));
    await expect(running).rejects.toThrow('interrupted');
    // A program that was killed stays in the list, as a zombie, until its new parent has looked at it.
    const status = `/proc/${readFileSync(path, 'utf8').trim()}/stat`;
    while (existsSync(status) && !readFileSync(status, 'utf8').includes(') Z ')) await wait(10);
  });
});
