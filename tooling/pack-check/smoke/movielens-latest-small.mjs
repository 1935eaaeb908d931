import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { archive } from '@footlight/movielens-latest-small';

assert.ok(existsSync(archive));
