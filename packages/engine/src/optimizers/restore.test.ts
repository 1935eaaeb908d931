import { describe, expect, it } from 'vitest';
import { adam } from './adam.js';

describe('restore', () => {
  it('refuses the state of another optimizer, half a step, and moments that are missing or of other sizes', () => {
    const one = (values: number[]) => ({ shape: [values.length], values: Float32Array.from(values) });
    const state = { step: one([1]), 'item:mean': one([1, 2]), 'item:square': one([3, 4]) };
    const refuse = (changes: Record<string, unknown>) => {
      const stored = Object.entries({ ...state, ...changes }).filter(([, slot]) => slot !== undefined);
      const optimizer = adam({ learningRate: 0.1 });
      try {
        optimizer.restore(new Map(stored) as ReturnType<typeof optimizer.state>);
      } catch (error) {
        return (error as Error).message.replace(' Restore the state of an optimizer with the same options.', '');
      }
      return 'restored';
    };
    expect([
      refuse({}),
      refuse({ step: one([1.5]) }),
      refuse({ 'item:mean': undefined }),
      refuse({ 'item:mean': one([1]) }),
      refuse({ 'item:mean': undefined, 'item:square': undefined }),
      refuse({ 'item:momentum': one([1, 2]) }),
    ]).toMatchInlineSnapshot(`
      [
        "restored",
        "optimizer.restore: expected a whole number of steps, received 1.5.",
        "optimizer.restore: expected 2 values of item:mean, received none.",
        "optimizer.restore: expected 1 values of item:square, received 2.",
        "optimizer.restore: expected the moments after 1 steps, received none.",
        "optimizer.restore: expected moments named mean or square, received item:momentum.",
      ]
    `);
  });
});
