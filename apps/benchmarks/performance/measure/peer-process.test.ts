import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { getPeerEnvironment, startPeerProcess } from './peer-process.js';

describe('getPeerEnvironment', () => {
  it('gives a BLAS with one thread to implicit only', () => {
    expect(getPeerEnvironment('implicit-als')).toHaveProperty('OPENBLAS_NUM_THREADS', '1');
    expect(getPeerEnvironment('numpy-ranking')).not.toHaveProperty('OPENBLAS_NUM_THREADS');
  });

  it('reuses memory except for dataframe libraries', () => {
    expect(getPeerEnvironment('product')).toHaveProperty('GLIBC_TUNABLES');
    expect(getPeerEnvironment('ratings-pandas')).toEqual({});
  });
});

describe.skipIf(!hasPython())('startPeerProcess', () => {
  it('prepares, runs and measures the memory of a work', async () => {
    const peer = startPeerProcess('python3', 2);
    expect(await peer.prepare({ work: 'sleep', seconds: 0.01 })).toEqual(['sleep, 2 threads']);
    const { 'sleep, 2 threads': measurement } = await peer.run();
    expect(measurement!.seconds).toBeGreaterThanOrEqual(0.01);
    expect(await peer.readPeakBytes()).toBeGreaterThan(1e6);
    peer.close();
  });

  it('has no peers where a package is missing', async () => {
    const peer = startPeerProcess('python3', 2);
    expect(await peer.prepare({ work: 'missing-package' })).toEqual([]);
    peer.close();
  });

  it('rejects when the process ends', async () => {
    const peer = startPeerProcess('python3', 2);
    await expect(peer.prepare({ work: 'no such work' })).rejects.toThrow(
      'bench: peers/serve.py ended with exit code 1.',
    );
  });

  it('rejects when the interpreter is missing', async () => {
    await expect(startPeerProcess('no-such-python', 2).prepare({ work: 'sleep' })).rejects.toThrow('ENOENT');
  });
});

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
