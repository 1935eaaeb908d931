import assert from 'node:assert/strict';
import { leaveLastOut } from '@footlight/datasets';

assert.equal(typeof leaveLastOut().split, 'function');
