import { execFileSync } from 'node:child_process';
import { load } from '@footlight/kernels';
import { describe, expect, it } from 'vitest';
import { bundleProgram } from './bundle-program.js';
import type { MeasuredPoint, ScalingPoint } from './scaling-point.js';

describe.skipIf(!load().kernels)('bundleProgram', () => {
  it('bundles a program that runs without TypeScript', { timeout: 60_000 }, () => {
    const point: ScalingPoint = { model: 'lstm', items: 97, batch: 5, dim: 7, threads: 1 };
    const printed = execFileSync(process.execPath, [bundleProgram('scaling-process'), JSON.stringify(point)], {
      encoding: 'utf8',
    });
    const { seconds, peakBytes, ...measured } = JSON.parse(printed) as MeasuredPoint;
    expect(measured).toEqual(point);
    expect(seconds).toBeGreaterThan(0);
    expect(peakBytes).toBeGreaterThan(1e7);
  });
});
