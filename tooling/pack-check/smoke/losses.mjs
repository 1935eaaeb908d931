import assert from 'node:assert/strict';
import { bprLoss } from '@footlight/losses';

assert.equal(bprLoss().kind, 'ranking');
