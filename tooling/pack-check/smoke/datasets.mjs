import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import threads from 'node:worker_threads';
import { leaveLastOut, table } from '@footlight/datasets';

assert.equal(typeof leaveLastOut().split, 'function');

// A second thread reads the second half of a file from 64 MiB on: the installed package must find its worker.
let rowsOfWorker = 0;
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    this.once('message', (columns) => (rowsOfWorker = columns[0].length));
  }
};
syncBuiltinESMExports();
const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
const path = join(folder, 'ratings.csv');
const note = 'x'.repeat(40_000);
writeFileSync(path, `user,item,note\n${Array.from({ length: 1700 }, (_, row) => `${row},${row},${note}\n`).join('')}`);
const { users } = await table({ path, user: 'user', item: 'item' }).load({});
rmSync(folder, { recursive: true });
assert.equal(users.length, 1700);
assert.ok(rowsOfWorker > 0 && rowsOfWorker < 1700, `expected rows from the worker, received ${rowsOfWorker}`);
