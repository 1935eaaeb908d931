import { useBackend } from '@footlight/engine';
import { factorization, itemKnn } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTrained } from '../onnx/onnx.fixture.js';
import { exportToPostgres } from './export-to-postgres.js';

// Nothing listens at this address.
const address = 'postgres://name:secret@127.0.0.1:1/none';

describe('exportToPostgres, without a server', () => {
  beforeAll(async () => {
    await useBackend('cpu');
  });

  it('checks the model and the names before it connects', async () => {
    await expect(exportToPostgres(address, createTrained(itemKnn()))).rejects.toThrow('scores are products');
    const recommender = createTrained(factorization({ dim: 3 }));
    await expect(exportToPostgres(address, recommender, { name: 'é'.repeat(30) })).rejects.toThrow(
      'exportToPostgres(name): expected at most 48 bytes, of which PostgreSQL would drop none, received 60.',
    );
    await expect(exportToPostgres(address, recommender, { schema: '' })).rejects.toThrow(
      'exportToPostgres(schema): expected a name, received "".',
    );
    await expect(exportToPostgres(address, createTrained(factorization({ dim: 2000 })))).rejects.toThrow(
      'exportToPostgres: expected vectors of at most 1999 numbers, for the index, received 2000.',
    );
  });

  it('says why it cannot connect, and no password', async () => {
    const failed = exportToPostgres(address, createTrained(factorization({ dim: 3 })));
    const error: Error = (await failed.catch((cause: Error) => cause)) as Error;
    expect(error.message).toMatch(/received: .*ECONNREFUSED.*\. Earlier tables are unchanged\.$/);
    expect(error.message).not.toContain('secret');
  }, 60_000);
});
