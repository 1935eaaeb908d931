import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installTensorflow } from './install-tensorflow.js';

/**
 * Fake tools that create the files of the real ones and log each call. CI runs the real tools and then tests the
 * backend that they built.
 */
const tools = {
  npm: `case "$1" in install)
    echo npm >> "$LOG"
    /bin/mkdir -p "$3/node_modules/@tensorflow/tfjs-node/binding" "$3/node_modules/node-api-headers";;
  esac`,
  python3: `case "$1 $3" in
    "-m download") echo pip >> "$LOG"; /bin/mkdir -p "$8"; : > "$8/tensorflow_cpu-2.21.0-cp311.whl";;
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

const install = (onStep?: (step: string) => void) =>
  installTensorflow({ folder: join(workspace, 'with spaces'), ...(onStep ? { onStep } : {}) });

/** Reads and clears the log of calls. */
function takeCalls(): string[] {
  const path = join(workspace, 'log');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  rmSync(path, { force: true });
  return lines;
}

describe.runIf(process.platform === 'linux')('installTensorflow', () => {
  it('downloads, unpacks and links, and reports each step', async () => {
    const steps: string[] = [];
    const folder = await install((step) => steps.push(step));
    expect(steps.map((step) => step.split(':')[0])).toEqual(['npm', 'pip', 'unpack', 'g++']);
    expect(takeCalls()).toEqual(['npm', 'pip', 'unpack', 'g++']);
    expect(existsSync(join(folder, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node'))).toBe(true);
    // A quarter of the size, not needed after linking.
    expect(existsSync(join(folder, 'tensorflow-2.21.0/include'))).toBe(false);
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
});
