import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStudy, fileLog } from '@footlight/studies';

const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
const path = join(folder, 'search.log');
const study = await createStudy({ name: 'smoke', log: fileLog(path) });
await study.optimize((trial) => trial.float('x', { low: 0, high: 1 }), { trials: 3 });
assert.equal(study.trials.length, 3);
assert.equal(readFileSync(path, 'utf8').split('\n').length, 1 + 3 * 3 + 1);
rmSync(folder, { recursive: true });
