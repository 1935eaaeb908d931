import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installTensorflow } from './install-tensorflow.js';

/** Stand-ins that leave what the real tools leave, and note that they were called. The real ones are run by CI, which then tests on the result. */
const tools = {
  npm: 'case "$1" in install) echo npm >> "$LOG"; /bin/mkdir -p "$3/node_modules/@tensorflow/tfjs-node/binding" "$3/node_modules/node-api-headers";; esac',
  python3: `case "$1 $3" in
    "-m download") echo pip >> "$LOG"; /bin/mkdir -p "$8"; : > "$8/tensorflow_cpu-2.21.0-cp311.whl";;
    "-c"*) echo unpack >> "$LOG"; /bin/mkdir -p "$4/tensorflow/include"; : > "$4/tensorflow/libtensorflow_cc.so.2"; : > "$4/tensorflow/libtensorflow_framework.so.2";;
  esac`,
  'g++': 'case "$1" in -std*) echo g++ >> "$LOG"; while [ "$1" != -o ]; do shift; done; : > "$2";; esac',
};

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'footlight-install-'));
  mkdirSync(join(place, 'bin'));
  for (const [name, script] of Object.entries(tools)) tool(name, script);
  vi.stubEnv('PATH', join(place, 'bin'));
  vi.stubEnv('LOG', join(place, 'log'));
  vi.stubEnv('CXX', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

function tool(name: string, script: string): void {
  writeFileSync(join(place, 'bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(place, 'bin', name), 0o755);
}

const install = (onStep?: (step: string) => void) =>
  installTensorflow({ folder: join(place, 'made here'), ...(onStep ? { onStep } : {}) });

/** The tools that were called since the last look. */
function called(): string[] {
  const path = join(place, 'log');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  rmSync(path, { force: true });
  return lines;
}

describe.runIf(process.platform === 'linux')('installTensorflow', () => {
  it('fetches, unpacks and links, and says so', async () => {
    const steps: string[] = [];
    const folder = await install((step) => steps.push(step));
    expect(steps.map((step) => step.split(':')[0])).toEqual(['npm', 'pip', 'unpack', 'g++']);
    expect(called()).toEqual(['npm', 'pip', 'unpack', 'g++']);
    expect(existsSync(join(folder, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node'))).toBe(true);
    expect(existsSync(join(folder, 'tensorflow-2.21.0/include'))).toBe(false); // a quarter of the room, of no use once it is linked
  });

  it('does nothing where it is done, and mends what is gone', async () => {
    const folder = await install();
    called();
    await install();
    expect(called()).toEqual([]);
    rmSync(join(folder, 'tensorflow-2.21.0/libtensorflow_cc.so.2'));
    await install();
    expect(called()).toEqual(['pip', 'unpack', 'g++']);
  });

  it('goes on where it stopped', async () => {
    tool('g++', 'case "$1" in -std*) echo "binding.cc:7: fatal error: no room" >&2; exit 1;; esac');
    await expect(install()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: installTensorflow: g++ failed: binding.cc:7: fatal error: no room. Run this again once that is mended; finished steps are kept.]`,
    );
    expect(called()).toEqual(['npm', 'pip', 'unpack']);
    tool('g++', tools['g++']);
    await install();
    expect(called()).toEqual(['g++']);
  });

  it('says which tool is missing before anything is fetched', async () => {
    rmSync(join(place, 'bin/g++'));
    await expect(install()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: installTensorflow: expected g++ on the PATH, received none. Install it and run this again; finished steps are kept.]`,
    );
    tool('python3', 'echo "python3: No module named pip" >&2; exit 1');
    await expect(install()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: installTensorflow: python3 failed: python3: No module named pip. Run this again once that is mended; finished steps are kept.]`,
    );
    expect(called()).toEqual([]);
  });
});
