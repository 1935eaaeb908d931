import assert from 'node:assert/strict';
import { protocolTitle } from '@footlight/report';

assert.equal(typeof protocolTitle, 'function');
