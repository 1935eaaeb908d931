import { describe, expect, it } from 'vitest';
import { computeLoss, differentiateLoss } from './bilinear-reference.js';
import { computeLargestError, ITEMS, LOSSES, OPTIMIZERS, toTitle } from './bilinear-training.js';
import { isCompiled } from './compiled.js';

it('the reference has the derivatives of finite differences', () => {
  const [scores, width] = [[0.3, -0.9, 0.8, 0.1, -2.5], 1e-4];
  for (const loss of LOSSES) {
    const evaluateAt = (c: number, offset: number) =>
      computeLoss(
        loss,
        scores.map((s, at) => (at === c ? s + offset : s)),
        ITEMS,
      );
    for (const [c, derivative] of differentiateLoss(loss, scores, ITEMS).entries())
      expect(derivative).toBeCloseTo((evaluateAt(c, width) - evaluateAt(c, -width)) / (2 * width), 7);
  }
});

describe.skipIf(!isCompiled)('bilinearSteps', () => {
  for (const loss of LOSSES)
    describe(`with ${toTitle(loss)}`, () => {
      for (const optimizer of OPTIMIZERS)
        for (const rows of ['lazy', 'dense'] as const)
          it(`equals the equations, ${toTitle({ ...optimizer, rows })}`, () => {
            for (const biases of [true, false])
              expect(
                computeLargestError({ dim: 5, biases, loss, optimizer: { ...optimizer, rows }, factor: 0.5 }),
              ).toBeLessThan(2e-5);
          });
    });

  for (const dim of [1, 2, 15, 16, 17, 31, 64, 128, 130, 200])
    it(`supports vectors of ${dim}`, () => {
      for (const optimizer of OPTIMIZERS)
        for (const rows of ['lazy', 'dense'] as const)
          expect(
            // Among thousands of entries some gradient is almost 0. An epsilon above its rounding keeps Adam from
            // following the sign of that rounding.
            computeLargestError({
              dim,
              biases: true,
              loss: { name: 'bpr' },
              optimizer: { ...optimizer, epsilon: 1e-5, rows },
              negatives: 1,
            }),
          ).toBeLessThan(1e-4);
    });

  for (const optimizer of OPTIMIZERS)
    it(`catches up with rows that were idle for 400 steps, ${toTitle(optimizer)}`, () => {
      const dense = { ...optimizer, rows: 'dense' } as const;
      const task = {
        dim: 19,
        biases: true,
        loss: { name: 'bpr' },
        optimizer: dense,
        steps: 400,
        chunk: 50,
        idBounds: [5, 7],
      } as const;
      expect(computeLargestError(task)).toBeLessThan(1e-3);
    });

  for (const l2 of [0, 1e-6])
    it(`equals 60 steps of dense Adam, l2 ${l2}`, () => {
      const optimizer = { name: 'adam', learningRate: 0.01, l2, rows: 'dense' } as const;
      expect(
        computeLargestError({
          dim: 23,
          biases: true,
          loss: { name: 'logistic' },
          optimizer,
          steps: 60,
          chunk: 7,
          idBounds: [7, 11],
        }),
      ).toBeLessThan(1e-4);
    });
});
