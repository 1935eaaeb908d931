import assert from 'node:assert/strict';
import { zeroEmbedding } from '@footlight/layers';

assert.equal(typeof zeroEmbedding, 'function');
