import assert from 'node:assert/strict';
import { constantRate } from '@footlight/trainer';

assert.equal(constantRate().factor(0, 1), 1);
