import assert from 'node:assert/strict';
import { factorization } from '@footlight/models';

assert.equal(factorization({ dim: 3 }).kind, 'representation');
