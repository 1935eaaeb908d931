import { beforeAll, describe, expect, it } from 'vitest';
import { kernelBackends } from '../../testing/kernel-backends.fixture.js';
import { tf } from '../../tfjs/tfjs.js';
import { useBackend } from '../../use-backend.js';
import { expectAgreement } from './agreement/agreement.fixture.js';
import { dataMovementCases } from './agreement/data-movement.fixture.js';
import { elementwiseCases } from './agreement/elementwise.fixture.js';
import { reductionCases } from './agreement/reductions.fixture.js';

const cases = { ...elementwiseCases, ...reductionCases, ...dataMovementCases };

describe.each(kernelBackends)('the backend %s', (backend) => {
  beforeAll(async () => {
    await useBackend('cpu');
    await useBackend(backend);
  });

  it.each(Object.keys(cases))('%s equals that of cpu, whatever the shapes', async (name) => {
    for (let seed = 0; seed < 25; seed++) await expectAgreement(backend, cases, name, seed);
  });

  it('equals cpu for as long as FOOTLIGHT_FUZZ_SECONDS says', async () => {
    const end = Date.now() + 1000 * Number(process.env.FOOTLIGHT_FUZZ_SECONDS ?? 1);
    const names = Object.keys(cases);
    for (let seed = 1000; Date.now() < end; seed++)
      await expectAgreement(backend, cases, names[seed % names.length]!, seed);
  }, 600_000);

  it('describes itself', async () => {
    expect(await useBackend(backend)).toMatchObject({
      name: backend,
      reason: expect.stringMatching(/^(C\+\+ kernels|WebAssembly with (relaxed )?SIMD), \d+ threads?$/),
    });
  });

  it('refuses ids out of range', () => {
    expect(() => tf.gather(tf.ones([7, 3]), tf.tensor1d([0, 9], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: gatherRows(ids): expected ids from 0 to 6, received 9 at position 1.]`,
    );
  });
});
