import assert from 'node:assert/strict';
import { load } from '@footlight/kernels';

const { kernels, reason } = load(); // what is packed here has no binary
assert.ok(kernels ? kernels.threads() >= 1 : reason.length > 0);
