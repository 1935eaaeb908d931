import assert from 'node:assert/strict';
import { createService, memorySessions } from '@footlight/serve';
import { createClient } from '@footlight/serve/client';
import { readVectors, toOnnx } from '@footlight/serve/export';
import { listen } from '@footlight/serve/node';

assert.throws(() => createService({ models: {} }), /at least one model/);
assert.equal(await memorySessions().append('session', [{ item: 1 }], 10), 1);
assert.equal(typeof listen, 'function');
assert.equal(typeof readVectors, 'function');
assert.equal(typeof toOnnx, 'function');
await assert.rejects(createClient('http://127.0.0.1:1').readHealth(), /expected an answer/);
