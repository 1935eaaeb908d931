import { beforeAll, describe, expect, it } from 'vitest';
import { expectAgreement } from '../backends/kernels/agreement/agreement.fixture.js';
import { kernelBackends } from '../testing/kernel-backends.fixture.js';
import { useBackend } from '../use-backend.js';
import { bilinearOperations } from './agreement/bilinear.fixture.js';
import { rankingOperations } from './agreement/rankings.fixture.js';
import { sequenceOperations } from './agreement/sequences.fixture.js';
import { tableOperations } from './agreement/tables.fixture.js';
import { transformerOperations } from './agreement/transformers.fixture.js';

// Compares the fused operations of the kernels with their definitions on cpu: values and gradients, with random
// shapes and ids.

const operations = {
  ...{ ...tableOperations, ...bilinearOperations, ...sequenceOperations, ...rankingOperations },
  ...transformerOperations,
};

describe.each(kernelBackends)('fused operations of the backend %s', (backend) => {
  beforeAll(async () => {
    await useBackend('cpu');
    await useBackend(backend);
  });

  it.each(Object.keys(operations))('%s equals its definition, whatever the shapes', async (name) => {
    for (let seed = 0; seed < 40; seed++) await expectAgreement(backend, operations, name, seed);
  });

  it('equal their definitions for as long as FOOTLIGHT_FUZZ_SECONDS says', async () => {
    const end = Date.now() + 1000 * Number(process.env.FOOTLIGHT_FUZZ_SECONDS ?? 1);
    const names = Object.keys(operations);
    for (let seed = 1000; Date.now() < end; seed++)
      await expectAgreement(backend, operations, names[seed % names.length]!, seed);
    expect(names.length).toBeGreaterThan(0);
  }, 600_000);
});
